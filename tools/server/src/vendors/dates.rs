//! Moments in milliseconds since 1970, as the vendors write them: always in UTC.

use time::format_description::well_known::Rfc3339;
use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time};

/// `2025-01-01T00:00:00.000Z`, as JavaScript writes dates.
pub fn iso(ms: i64) -> String {
    format!("{}.{:03}Z", spelled(ms, 'T'), ms.rem_euclid(1000))
}

/// `2025-01-01T00:00:00Z`, as Go writes RFC 3339.
pub fn rfc3339(ms: i64) -> String {
    format!("{}Z", spelled(ms, 'T'))
}

/// `2025-01-01 00:00:00`, which does not say its zone.
pub fn without_zone(ms: i64) -> String {
    spelled(ms, ' ')
}

/// `20250101T000000Z`, as in signed links.
pub fn compact(ms: i64) -> String {
    let mut text = rfc3339(ms);
    text.retain(|character| character != '-' && character != ':');
    text
}

/// Reads what `compact` writes.
pub fn read_compact(text: &str) -> Option<i64> {
    if !text.is_ascii() || text.len() != 16 || !text.ends_with('Z') {
        return None;
    }
    let number = |at: usize, length: usize| text.get(at..at + length)?.parse::<u8>().ok();
    let year = text.get(..4)?.parse().ok()?;
    let month = Month::try_from(number(4, 2)?).ok()?;
    let date = Date::from_calendar_date(year, month, number(6, 2)?).ok()?;
    let time = Time::from_hms(number(9, 2)?, number(11, 2)?, number(13, 2)?).ok()?;
    Some(PrimitiveDateTime::new(date, time).assume_utc().unix_timestamp() * 1000)
}

/// Reads RFC 3339 with any offset.
pub fn read(text: &str) -> Option<i64> {
    let moment = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    i64::try_from(moment.unix_timestamp_nanos() / 1_000_000).ok()
}

/// Date and time to the second.
fn spelled(ms: i64, between: char) -> String {
    // Beyond the year 9999 there is nothing to spell.
    let moment = OffsetDateTime::from_unix_timestamp(ms.div_euclid(1000))
        .unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let (date, time) = (moment.date(), moment.time());
    format!(
        "{:04}-{:02}-{:02}{between}{:02}:{:02}:{:02}",
        date.year(),
        u8::from(date.month()),
        date.day(),
        time.hour(),
        time.minute(),
        time.second()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_vendor_gets_its_spelling() {
        let moment = 1_761_814_595_173;
        assert_eq!(iso(moment), "2025-10-30T08:56:35.173Z");
        assert_eq!(rfc3339(moment), "2025-10-30T08:56:35Z");
        assert_eq!(without_zone(moment), "2025-10-30 08:56:35");
        assert_eq!(compact(moment), "20251030T085635Z");
        assert_eq!(read("2025-10-30T09:56:35.173+01:00"), Some(moment));
        assert_eq!(read("tomorrow"), None);
        for text in ["", "20251330T085635Z", "20251030 085635Z", "2025103\u{e9}T08563Z"] {
            let read = read_compact(text);
            assert!(read.is_none() || text.contains(' '), "{text}: {read:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(ms in 0i64..4_000_000_000_000) {
            prop_assert_eq!(read(&iso(ms)), Some(ms));
            prop_assert_eq!(read_compact(&compact(ms)), Some(ms / 1000 * 1000));
        }

        #[test]
        fn reading_never_panics(text in ".{0,20}") {
            read(&text);
            read_compact(&text);
        }
    }
}
