//! Reading fields that any server may get wrong: a value that makes no sense is `None`, so that one
//! odd field costs one cell.

use super::http::one_line;
use crate::model::{Address, Error, Json, Link, Unexpected};

/// The span of a browser's `Date`, in ms from 1970.
const LAST_DATE: f64 = 8.64e15;
/// The largest integer that JSON carries exactly to a browser.
const LAST_INTEGER: f64 = 9_007_199_254_740_991.0;

/// Text that says something, on one line and bounded.
pub fn text(json: &Json, name: &str) -> Option<String> {
    json.field(name).and_then(Json::as_text).map(one_line).filter(|text| !text.is_empty())
}

/// A number, also when it is written as a text (protojson writes 64-bit integers so).
pub fn number(json: &Json, name: &str) -> Option<f64> {
    let value = json.field(name)?;
    let number = value.as_number().or_else(|| decimal(value.as_text()?.trim()))?;
    number.is_finite().then_some(number)
}

/// A number as JSON writes it. Not `str::parse`, whose exact rounding is 10 kB of tables that
/// everybody would download; this may be off in the 16th digit.
pub fn decimal(text: &str) -> Option<f64> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (sign, magnitude) = match mantissa.strip_prefix('-') {
        Some(magnitude) => (-1.0, magnitude),
        None => (1.0, mantissa),
    };
    let (whole, fraction) = magnitude.split_once('.').unwrap_or((magnitude, ""));
    let mut number = 0.0;
    for digit in whole.chars().chain(fraction.chars()) {
        number = number * 10.0 + f64::from(digit.to_digit(10)?);
    }
    let shift = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?;
    let scaled = if shift < 0 { number / 10_f64.powi(-shift) } else { number * 10_f64.powi(shift) };
    let is_number = !whole.is_empty() && magnitude.ends_with(|c: char| c.is_ascii_digit());
    (is_number && scaled.is_finite()).then_some(sign * scaled)
}

/// A moment from a number of which `scale` are a millisecond's worth: 1 for ms, 1000 for s. 0, which
/// some servers write for "not known", and what no calendar holds are none.
pub fn moment(value: f64, scale: f64) -> Option<i64> {
    let ms = value * scale;
    (ms > 0.0 && ms <= LAST_DATE).then_some(ms as i64)
}

/// A count of `1 / scale`ths, when it is one: for duration in ms from s, bytes from MB.
pub fn natural(value: f64, scale: f64) -> Option<u64> {
    let scaled = value * scale;
    (0.0..=LAST_INTEGER).contains(&scaled).then_some(scaled.round() as u64)
}

/// Milliseconds since 1970 of an RFC 3339 date and time. `None` for year 1, which Go writes for
/// "never", for what is not a date, and for times without a zone, which could be any.
pub fn rfc3339(text: &str) -> Option<i64> {
    let text = text.trim();
    let (date, time) = (text.get(..10)?, text.get(10..)?);
    let mut parts = date.split('-');
    let (year, month, day) =
        (digits(parts.next()?)?, digits(parts.next()?)?, digits(parts.next()?)?);
    let time = time.strip_prefix(['T', 't', ' '])?;
    let zone_at = time.find(['Z', 'z', '+', '-'])?;
    let (clock, zone) = time.split_at(zone_at);
    let mut parts = clock.splitn(3, ':');
    let (hour, minute) = (digits(parts.next()?)?, digits(parts.next()?)?);
    let seconds = parts.next().unwrap_or("0");
    let (second, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
    let second = digits(second)?;
    let in_range = (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second <= 60
        && year > 1;
    if !in_range || fraction.is_empty() || !fraction.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let millis = digits(&format!("{fraction:0<3}")[..3])?;
    let days = days_from_1970(year, month, day);
    let ms = ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + millis;
    Some(ms - zone_offset(zone)?)
}

fn digits(text: &str) -> Option<i64> {
    let is_number = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

fn zone_offset(zone: &str) -> Option<i64> {
    let (sign, rest) = match zone.split_at_checked(1)? {
        ("Z" | "z", "") => return Some(0),
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = match rest.split_once(':') {
        Some(it) => it,
        None => rest.split_at_checked(2)?,
    };
    let (hours, minutes) = (digits(hours)?, digits(minutes)?);
    if hours > 23 || minutes > 59 {
        return None;
    }
    Some(sign * (hours * 60 + minutes) * 60_000)
}

/// The proleptic Gregorian calendar, with years that begin in March so that leap days come last.
fn days_from_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days_of_years = 365 * year + year / 4 - year / 100 + year / 400;
    days_of_years + (153 * month + 2) / 5 + day - 1 - 719_468
}

/// A list of rows: those that can be read, and how many cannot.
pub fn rows<T>(rows: &[Json], read: impl Fn(&Json) -> Option<T>) -> (Vec<T>, usize) {
    let items: Vec<T> = rows.iter().filter_map(read).collect();
    let unreadable = rows.len() - items.len();
    (items, unreadable)
}

/// The last part of a path, whatever the separators: never show where a server stores its files.
pub fn file_name(path: &str) -> Option<String> {
    let name = path.rsplit(['/', '\\']).next()?;
    Some(one_line(name)).filter(|name| !name.trim().is_empty())
}

/// An absolute http(s) address, and nothing else: what servers give out is never trusted to be one.
pub fn web_link(url: &str) -> Result<Link, Error> {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    let is_web = matches!(scheme.as_deref(), Some("http" | "https"));
    if is_web && !url.contains(|c: char| c.is_control() || c.is_whitespace()) {
        Ok(Link { address: Address::Absolute(url.to_owned()), expires_at: None })
    } else {
        Err(Error::Unexpected(Unexpected::UnsafeLink))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_as_servers_write_them() {
        for (text, ms) in [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("2024-02-29T12:30:15.5Z", Some(1_709_209_815_500)),
            ("2025-10-30T08:15:00+02:00", Some(1_761_804_900_000)),
            ("2025-10-30T08:15:00.123456-0530", Some(1_761_831_900_123)),
            ("2025-10-30 08:15Z", Some(1_761_812_100_000)),
            ("0001-01-01T00:00:00Z", None),
            ("2025-10-30T08:15:00", None),
            ("2025-10-30 08:15:00", None),
            ("2025-13-30T08:15:00Z", None),
            ("2025-10-30T08:15:00.Z", None),
            ("2025-10-30T08:15:00+9000000000000000000:00", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(rfc3339(text), ms, "{text}");
        }
    }

    #[test]
    fn only_web_addresses_are_links() {
        assert!(web_link("https://files.example.org/a?b#c").is_ok());
        assert!(web_link("HTTP://x/").is_ok());
        for bad in ["javascript:alert(1)", "data:text/html,x", "//evil/x", "/x", "https://a/ b", ""]
        {
            assert_eq!(web_link(bad), Err(Error::Unexpected(Unexpected::UnsafeLink)), "{bad}");
        }
    }

    #[test]
    fn file_names_do_not_tell_folders() {
        assert_eq!(file_name("node_01/room01/a.mp4").as_deref(), Some("a.mp4"));
        assert_eq!(file_name("c:\\x\\a.mp4").as_deref(), Some("a.mp4"));
        assert_eq!(file_name("node/"), None);
    }

    #[test]
    fn numbers_as_texts() {
        for (text, number) in [
            ("12", Some(12.0)),
            ("-0.5", Some(-0.5)),
            ("123.45", Some(123.45)),
            ("1761814600", Some(1_761_814_600.0)),
            ("1.5e3", Some(1500.0)),
            ("1e400", None),
            ("", None),
            (".", None),
            ("-", None),
            ("1.", None),
            ("0x10", None),
            ("1e", None),
            ("NaN", None),
        ] {
            assert_eq!(decimal(text), number, "{text}");
        }
    }

    proptest! {
        #[test]
        fn decimals_are_what_was_written(number in -1e300..1e300_f64) {
            for text in [format!("{number}"), format!("{number:e}")] {
                let read = decimal(&text).unwrap();
                prop_assert!((read - number).abs() <= number.abs() * 1e-13, "{} {}", read, number);
            }
        }

        #[test]
        fn no_text_upsets_the_numbers(text in "[-+0-9.eE]{0,40}|\\PC{0,9}") {
            prop_assert!(decimal(&text).is_none_or(f64::is_finite));
        }

        #[test]
        fn no_text_upsets_the_dates(text in any::<String>()) {
            let _ = rfc3339(&text);
        }

        #[test]
        fn dates_are_the_inverse_of_writing_them(days in -700_000_i64..2_900_000, second in 0_i64..86_400) {
            let (mut year, mut left) = (1970, days);
            let length = |year: i64| if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) { 366 } else { 365 };
            while left < 0 { year -= 1; left += length(year); }
            while left >= length(year) { left -= length(year); year += 1; }
            let february = length(year) - 337;
            let mut month = 1;
            for long in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
                if left < long { break; }
                left -= long;
                month += 1;
            }
            let (hour, minute) = (second / 3600, second / 60 % 60);
            let text = format!("{year:04}-{month:02}-{:02}T{hour:02}:{minute:02}:{:02}Z", left + 1, second % 60);
            prop_assert_eq!(rfc3339(&text), Some((days * 86_400 + second) * 1000));
        }
    }
}
