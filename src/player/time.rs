//! Times in links: `?t=34m10s` and the Media Fragments of W3C, `#t=npt:10,20`. What somebody typed by
//! hand is read too; what is not a time for certain is no time.

/// Seconds, of `90`, `90.5`, `90s`, `1m30s`, `1h2m3s`, `34:10` and `1:02:03`.
pub fn read_time(text: &str) -> Option<f64> {
    let text = text.trim();
    if text.contains(':') { read_clock(text) } else { read_units(text) }
}

/// `34m10s`, from one hour on `1h0m5s`. Takes seconds, of which the fraction is left out.
pub fn write_time(seconds: f64) -> String {
    let seconds = seconds as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes) {
        (0, 0) => format!("{seconds}s"),
        (0, _) => format!("{minutes}m{seconds}s"),
        _ => format!("{hours}h{minutes}m{seconds}s"),
    }
}

/// Seconds where to begin, of a page's fragment, with or without its `#`. It may say other things
/// too, and where to end. Of several times the last one counts, as the standard has it.
pub fn read_fragment(hash: &str) -> Option<f64> {
    hash.trim_start_matches('#').rsplit('&').find_map(|part| {
        let time = part.strip_prefix("t=")?.replace("%3A", ":").replace("%2C", ",");
        let time = time.strip_prefix("npt:").unwrap_or(&time);
        match time.split_once(',') {
            Some(("", end)) => read_time(end).map(|_| 0.0),
            Some((start, _)) => read_time(start),
            None => read_time(time),
        }
    })
}

/// `1h2m3s`: each part at most once, in this order. A number alone is seconds.
fn read_units(text: &str) -> Option<f64> {
    let (mut whole, mut rest) = (0, text);
    for (unit, seconds) in [('h', 3600), ('m', 60)] {
        if let Some((number, behind)) = rest.split_once(unit) {
            whole += digits(number)? * seconds;
            rest = behind;
        }
    }
    let is_whole = rest.is_empty() && rest.len() < text.len();
    let number = match rest.strip_suffix('s') {
        Some(number) => number,
        None if is_whole => "0",
        // `1h30` may mean minutes or seconds.
        None if rest.len() < text.len() => return None,
        None => rest,
    };
    Some(whole as f64 + decimal(number)?)
}

/// `[hours:]minutes:seconds`. Only the first part may be 60 or more.
fn read_clock(text: &str) -> Option<f64> {
    let (before, seconds) = text.rsplit_once(':')?;
    let (hours, minutes) = match before.split_once(':') {
        Some((hours, minutes)) => (digits(hours)?, digits(minutes).filter(|it| *it < 60)?),
        None => (0, digits(before)?),
    };
    let seconds = decimal(seconds).filter(|it| *it < 60.0)?;
    Some((hours * 3600 + minutes * 60) as f64 + seconds)
}

/// Digits, perhaps a point and more of them, of which those after the milliseconds are left out.
fn decimal(text: &str) -> Option<f64> {
    let Some((whole, fraction)) = text.split_once('.') else {
        return digits(text).map(|whole| whole as f64);
    };
    let millis: String = fraction.chars().chain("000".chars()).take(3).collect();
    let is_number = !fraction.is_empty() && fraction.bytes().all(|it| it.is_ascii_digit());
    is_number.then_some(digits(whole)? as f64 + digits(&millis)? as f64 / 1000.0)
}

/// Few enough that no sum of them overflows.
pub(super) fn digits(text: &str) -> Option<u64> {
    let is_number = (1..=9).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_what_people_and_players_write() {
        let times = [
            ("90", 90.0),
            (" 90.5 ", 90.5),
            ("90s", 90.0),
            ("1m30s", 90.0),
            ("1h2m3s", 3723.0),
            ("1h", 3600.0),
            ("2m", 120.0),
            ("1h0.25s", 3600.25),
            ("100m", 6000.0),
            ("34:10", 2050.0),
            ("90:00", 5400.0),
            ("1:02:03", 3723.0),
            ("1:02:03.0625", 3723.062),
            ("0", 0.0),
        ];
        for (text, seconds) in times {
            assert_eq!(read_time(text), Some(seconds), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_not_guessed() {
        let texts = [
            "",
            "s",
            "m",
            "h",
            ":",
            "1:",
            ":10",
            "-5",
            "-1:00",
            "+5",
            "1e3",
            "NaN",
            "inf",
            "1:60",
            "1:99:00",
            "1:2:3:4",
            "1h30",
            "30s1m",
            "1m1m",
            "5.",
            ".5",
            "1.5m",
            "1.5:00",
            "0x10",
            "９",
            "1 2",
            "9999999999",
            "9999999999s",
            "9999999999:00",
            "1 h",
        ];
        for text in texts {
            assert_eq!(read_time(text), None, "{text}");
        }
    }

    #[test]
    fn writes_the_parts_there_are() {
        assert_eq!(write_time(8.9), "8s");
        assert_eq!(write_time(2050.0), "34m10s");
        assert_eq!(write_time(3605.0), "1h0m5s");
        assert_eq!(write_time(-3.0), "0s");
        assert_eq!(write_time(f64::NAN), "0s");
    }

    #[test]
    fn fragments_say_other_things_too() {
        assert_eq!(read_fragment("#t=34m10s"), Some(2050.0));
        assert_eq!(read_fragment("t=10,20"), Some(10.0));
        assert_eq!(read_fragment("#t=,20"), Some(0.0));
        assert_eq!(read_fragment("#t=npt:1:00,2:00"), Some(60.0));
        assert_eq!(read_fragment("#t=npt%3A10%2C20"), Some(10.0));
        assert_eq!(read_fragment("#xywh=1,2,3,4&t=5&id=t"), Some(5.0));
        assert_eq!(read_fragment("#t=5&t=6&t=x"), Some(6.0));
        for hash in ["", "#", "#t", "#t=", "#t=,", "#t=smpte:10", "#start=5", "#/recordings/t=5"] {
            assert_eq!(read_fragment(hash), None, "{hash}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_as_it_was(seconds in 0_u32..) {
            prop_assert_eq!(read_time(&write_time(f64::from(seconds))), Some(f64::from(seconds)));
        }

        #[test]
        fn a_time_can_be_sought(text in "\\PC*|[0-9hms:.]{0,14}|[#&t=npt:,0-9]{0,20}") {
            for seconds in [read_time(&text), read_fragment(&text)].into_iter().flatten() {
                prop_assert!(seconds.is_finite() && seconds >= 0.0);
            }
        }
    }
}
