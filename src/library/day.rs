//! Reckoning with days of the calendar and writing them. When a day begins on the clock is not known
//! here: time zones are the browser's (`Calendar`).

use super::Day;

/// Of days that are typed. Two-digit years are a trap in every browser's `Date`, and nobody records in
/// them.
const YEARS: std::ops::RangeInclusive<i64> = 1000..=9999;

impl Day {
    /// `None` when no calendar has it.
    pub fn new(year: i64, month: i64, day: i64) -> Option<Self> {
        let is_day = YEARS.contains(&year)
            && (1..=12).contains(&month)
            && (1..=length_of_month(year, month)).contains(&day);
        is_day.then_some(Self { year: year as i32, month: month as u8, day: day as u8 })
    }

    /// So many days later, or earlier.
    pub fn plus_days(self, days: i64) -> Option<Self> {
        day_at(self.number().checked_add(days)?)
    }

    /// So many months earlier; where that month is too short, its last day.
    pub fn minus_months(self, months: i64) -> Option<Self> {
        let month = i64::from(self.year) * 12 + i64::from(self.month) - 1;
        let month = month.checked_sub(months)?;
        let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
        Self::new(year, month, i64::from(self.day).min(length_of_month(year, month)))
    }

    /// `2026-03-01`, also with single digits for month and day.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let day = Self::new(
            digits(parts.next()?, 4)?,
            digits(parts.next()?, 2)?,
            digits(parts.next()?, 2)?,
        );
        day.filter(|_| parts.next().is_none())
    }

    /// `2026-03-01`.
    pub fn text(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// Days since 1970. Years begin in March here, so that leap days come last.
    fn number(self) -> i64 {
        let (year, month) = (i64::from(self.year), i64::from(self.month));
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        365 * year + leap_days + (153 * month + 2) / 5 + i64::from(self.day) - 719_469
    }
}

/// The inverse of [`Day::number`].
fn day_at(number: i64) -> Option<Day> {
    const ERA: i64 = 146_097; // days in 400 years
    let number = number.checked_add(719_468)?;
    let (era, day) = (number.div_euclid(ERA), number.rem_euclid(ERA));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let is_next_year = month >= 10;
    let month = if is_next_year { month - 9 } else { month + 3 };
    Day::new(era * 400 + year + i64::from(is_next_year), month, day)
}

fn length_of_month(year: i64, month: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A number of at most `longest` digits and nothing else.
pub fn digits(text: &str, longest: usize) -> Option<i64> {
    let is_number = text.len() <= longest && text.bytes().all(|it| it.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

#[cfg(test)]
pub mod tests {
    use proptest::prelude::*;

    use super::*;

    pub fn any_day() -> impl Strategy<Value = Day> {
        (-354_285_i64..=2_932_896).prop_map(|number| day_at(number).unwrap())
    }

    fn day(text: &str) -> Day {
        Day::read(text).unwrap()
    }

    #[test]
    fn only_days_of_the_calendar_are_days() {
        for text in ["2024-02-29", "2000-02-29", "1000-01-01", "9999-12-31"] {
            assert_eq!(day(text).text(), text);
        }
        assert_eq!(day("2026-3-1").text(), "2026-03-01");
        for text in [
            "2023-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-01",
            "2026-01-00",
            "2026-04-31",
            "0999-01-01",
            "10000-01-01",
            "+202-01-01",
            "2026-01",
            "2026-01-01-",
            "2026-001-1",
            "--",
            "",
        ] {
            assert_eq!(Day::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_month_earlier_is_the_same_day_or_the_last() {
        let earlier = |text, months| day(text).minus_months(months).unwrap().text();
        assert_eq!(earlier("2026-03-31", 1), "2026-02-28");
        assert_eq!(earlier("2024-03-31", 1), "2024-02-29");
        assert_eq!(earlier("2026-01-15", 1), "2025-12-15");
        assert_eq!(earlier("2024-02-29", 12), "2023-02-28");
        assert_eq!(day("2026-01-01").minus_months(i64::MAX), None);
    }

    #[test]
    fn a_day_that_is_none_upsets_nothing() {
        for odd in
            [Day { year: i32::MIN, month: 0, day: 0 }, Day { year: i32::MAX, month: 255, day: 255 }]
        {
            assert_eq!(odd.plus_days(0), None);
            assert_eq!(odd.plus_days(i64::MAX), None);
            assert_eq!(odd.plus_days(i64::MIN), None);
            assert_eq!(odd.minus_months(0), None);
        }
    }

    proptest! {
        #[test]
        fn days_follow_each_other(it in any_day()) {
            prop_assert_eq!(day_at(it.number()), Some(it));
            prop_assert_eq!(Day::read(&it.text()), Some(it));
            if let Some(next) = it.plus_days(1) {
                prop_assert!(next > it);
                prop_assert_eq!(next.number(), it.number() + 1);
                prop_assert!(next.day == it.day + 1 || next.day == 1);
            }
        }
    }
}
