//! Durations and positions: `1:12:08` to read, "1 hour 12 minutes 8 seconds" to hear.

use super::forms;

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
    let in_seconds = forms("{n} second", "{n} seconds");
    if seconds == 0 {
        return in_seconds.of(0);
    }
    let parts = [
        (seconds / 3600, forms("{n} hour", "{n} hours")),
        (seconds / 60 % 60, forms("{n} minute", "{n} minutes")),
        (seconds % 60, in_seconds),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let words: Vec<String> = parts.map(|(count, forms)| forms.of(count as usize)).collect();
    words.join(" ")
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
