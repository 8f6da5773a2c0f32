//! The values of operators and filters, read and written: statuses, days, durations, sizes.
//! Whole numbers only: reading f64 would cost tables that every visitor downloads.

use crate::library::{Day, StatusGroup, day::digits};

/// Milliseconds in a thousandth of each unit of time, the largest first.
const TIMES: [(&str, u64); 3] = [("h", 3600), ("m", 60), ("s", 1)];
/// Bytes in a thousandth of each unit of size, the largest first.
const SIZES: [(&str, u64); 4] = [("tb", 1_000_000_000), ("gb", 1_000_000), ("mb", 1000), ("kb", 1)];

/// As people write them; the first of each group is how they are written here.
const STATUSES: [(&str, StatusGroup); 7] = [
    ("ready", StatusGroup::Ready),
    ("progress", StatusGroup::InProgress),
    ("failed", StatusGroup::Failed),
    ("in-progress", StatusGroup::InProgress),
    ("recording", StatusGroup::InProgress),
    ("processing", StatusGroup::InProgress),
    ("aborted", StatusGroup::Failed),
];

pub fn status(text: &str) -> Option<StatusGroup> {
    STATUSES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)).map(|(_, group)| *group)
}

pub fn status_name(group: StatusGroup) -> &'static str {
    STATUSES.iter().find(|(_, it)| *it == group).map_or("", |(name, _)| name)
}

/// A day, the first of a month or of a year, or one before today: `2026-03-01`, `2026-03`, `2026`,
/// `today`, `yesterday`, `7d`, `2w`, `3m`, `1y`.
pub fn day(text: &str, today: Day) -> Option<Day> {
    let text = text.to_ascii_lowercase();
    match text.as_str() {
        "today" => return Some(today),
        "yesterday" => return today.plus_days(-1),
        _ => {}
    }
    let (before_last, last) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let ago = digits(before_last, 5);
    match (last, ago) {
        ("d", Some(days)) => today.plus_days(-days),
        ("w", Some(weeks)) => today.plus_days(-7 * weeks),
        ("m", Some(months)) => today.minus_months(months),
        ("y", Some(years)) => today.minus_months(12 * years),
        _ if text.contains('-') => {
            Day::read(&text).or_else(|| Day::read(&[text.as_str(), "-01"].concat()))
        }
        _ => Day::new(digits(&text, 4)?, 1, 1),
    }
}

/// As short as [`day`] reads it.
pub fn day_text(day: Day) -> String {
    let mut text = day.text();
    if day.day == 1 {
        text.truncate(if day.month == 1 { 4 } else { 7 });
    }
    text
}

/// Milliseconds: `1h30m`, `1.5h`, `1:30:00`, `1:30` (minutes and seconds, as durations are shown),
/// `90` (minutes).
pub fn duration(text: &str) -> Option<u64> {
    let text = text.to_ascii_lowercase();
    if text.contains(':') {
        return clock(&text);
    }
    if let Some(minutes) = thousandths(&text) {
        return minutes.checked_mul(60);
    }
    let (mut rest, mut sum, mut is_any) = (text.as_str(), 0_u64, false);
    for (unit, scale) in TIMES {
        if let Some((number, after)) = rest.split_once(unit) {
            sum = sum.checked_add(thousandths(number)?.checked_mul(scale)?)?;
            (rest, is_any) = (after, true);
        }
    }
    (is_any && rest.is_empty()).then_some(sum)
}

/// Milliseconds of `h:mm:ss` or `m:ss`.
fn clock(text: &str) -> Option<u64> {
    let (first, rest) = text.split_once(':')?;
    let mut seconds = digits(first, 9)?;
    for part in rest.splitn(2, ':') {
        seconds = seconds * 60 + digits(part, 2).filter(|it| *it < 60)?;
    }
    u64::try_from(seconds).ok()?.checked_mul(1000)
}

/// `1h30m`, in the form that [`duration`] reads.
pub fn duration_text(ms: u64) -> String {
    let (mut rest, mut text) = (ms, String::new());
    for (unit, scale) in TIMES {
        let (count, left) = (rest / (scale * 1000), rest % (scale * 1000));
        if scale == 1 && (rest > 0 || ms == 0) {
            text.push_str(&thousandths_text(rest));
            text.push_str(unit);
        } else if count > 0 {
            text.push_str(&count.to_string());
            text.push_str(unit);
        }
        rest = left;
    }
    text
}

/// Bytes: `500mb`, `1.5gb`, `500` (MB). A unit is a thousand of the next, as sizes are shown.
pub fn size(text: &str) -> Option<u64> {
    let text = text.to_ascii_lowercase();
    if let Some(megabytes) = thousandths(&text) {
        return megabytes.checked_mul(1000);
    }
    for (unit, scale) in SIZES {
        if let Some(number) = text.strip_suffix(unit) {
            return thousandths(number)?.checked_mul(scale);
        }
    }
    let bytes = thousandths(text.strip_suffix('b')?)?;
    bytes.is_multiple_of(1000).then_some(bytes / 1000)
}

/// `1.5gb`, in the form that [`size`] reads: the largest unit that holds it exactly.
pub fn size_text(bytes: u64) -> String {
    let is_exact = |scale: u64| bytes.is_multiple_of(scale) && bytes / scale >= 1000;
    match SIZES.into_iter().find(|(_, scale)| is_exact(*scale)) {
        Some((unit, scale)) => thousandths_text(bytes / scale) + unit,
        None => bytes.to_string() + "b",
    }
}

/// `1.5` is 1500. `None` for what has more than three decimals.
fn thousandths(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(fraction) || fraction.len() > 3 {
        return None;
    }
    let fraction = fraction.bytes().chain([b'0'; 3]).take(3);
    let digits = whole.bytes().chain(fraction);
    digits
        .map(|digit| u64::from(digit - b'0'))
        .try_fold(0_u64, |sum, digit| sum.checked_mul(10)?.checked_add(digit))
}

/// The inverse of [`thousandths`].
fn thousandths_text(thousandths: u64) -> String {
    let (whole, fraction) = (thousandths / 1000, thousandths % 1000);
    let text = format!("{whole}.{fraction:03}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
