//! Durations and positions: `1:12:08` to read, "1 hour 12 minutes 8 seconds" to hear.

/// `m:ss`, from one hour on `h:mm:ss`. Takes seconds.
pub fn clock(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// The same in words, without the parts that are zero.
pub fn spoken(seconds: u64) -> String {
    let parts = [(seconds / 3600, "hour"), (seconds / 60 % 60, "minute"), (seconds % 60, "second")];
    let words: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, unit)| format!("{count} {unit}{}", if *count == 1 { "" } else { "s" }))
        .collect();
    if words.is_empty() { "0 seconds".to_owned() } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_have_hours_only_when_needed() {
        assert_eq!(clock(0), "0:00");
        assert_eq!(clock(65), "1:05");
        assert_eq!(clock(4328), "1:12:08");
        assert_eq!(clock(360_000), "100:00:00");
    }

    #[test]
    fn spoken_times_leave_out_zeros() {
        assert_eq!(spoken(0), "0 seconds");
        assert_eq!(spoken(61), "1 minute 1 second");
        assert_eq!(spoken(7200), "2 hours");
    }
}
