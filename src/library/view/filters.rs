//! The filters beside the search box: each one choice, all of which must hold.

use crate::library::{Calendar, Day, Span, StatusGroup};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// A room's id.
    pub room: Option<String>,
    pub status: Option<StatusGroup>,
    pub date: Option<DateFilter>,
    /// Milliseconds.
    pub duration: Option<Band>,
    /// Bytes.
    pub size: Option<Band>,
}

/// `from` included, `to` not.
pub type Band = Span<u64>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateFilter {
    Today,
    /// 7 days, today among them.
    Week,
    /// 30 days.
    Month,
    /// 365 days.
    Year,
    /// Both days included; `None` is open.
    Range {
        from: Option<Day>,
        to: Option<Day>,
    },
}

impl Filters {
    /// Whether one of them may hide rows.
    pub fn is_any(&self) -> bool {
        self.room.is_some()
            || self.status.is_some()
            || self.date.is_some_and(|date| date != DateFilter::ANY)
            || [self.duration, self.size].into_iter().flatten().any(|band| !band.is_open())
    }
}

impl DateFilter {
    /// A range that nobody has chosen yet.
    pub const ANY: Self = Self::Range { from: None, to: None };

    /// Milliseconds since 1970. Those that count from today have no end: a server's clock may be ahead
    /// of the reader's, and its newest recordings are then of tomorrow.
    pub fn span(self, calendar: Calendar) -> Span<i64> {
        let since = |days: i64| {
            let first = calendar.today.plus_days(1 - days).unwrap_or(calendar.today);
            Span { from: Some((calendar.start_of)(first)), to: None }
        };
        match self {
            Self::Today => since(1),
            Self::Week => since(7),
            Self::Month => since(30),
            Self::Year => since(365),
            Self::Range { from, to } => Span {
                from: from.map(calendar.start_of),
                // Past the last day that can be written everything is included.
                to: to.and_then(|day| day.plus_days(1)).map(calendar.start_of),
            },
        }
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    pub const CALENDAR: Calendar =
        Calendar { today: Day { year: 2026, month: 3, day: 5 }, start_of };

    /// A number that differs for every day; tests ask for no more.
    fn start_of(day: Day) -> i64 {
        (i64::from(day.year) * 12 + i64::from(day.month)) * 32 + i64::from(day.day)
    }

    /// When the day begins.
    pub fn at(text: &str) -> i64 {
        start_of(Day::read(text).unwrap())
    }

    fn span(filter: DateFilter) -> (Option<i64>, Option<i64>) {
        let span = filter.span(CALENDAR);
        (span.from, span.to)
    }

    #[test]
    fn the_days_of_a_preset_include_today() {
        assert_eq!(span(DateFilter::Today), (Some(at("2026-03-05")), None));
        assert_eq!(span(DateFilter::Week), (Some(at("2026-02-27")), None));
        assert_eq!(span(DateFilter::Month), (Some(at("2026-02-04")), None));
        assert_eq!(span(DateFilter::Year), (Some(at("2025-03-06")), None));
    }

    #[test]
    fn a_range_includes_its_last_day() {
        let range = |from, to| span(DateFilter::Range { from, to });
        let february = (Day::read("2026-02-01"), Day::read("2026-02-28"));
        let moments = (Some(at("2026-02-01")), Some(at("2026-03-01")));
        assert_eq!(range(february.0, february.1), moments);
        assert_eq!(range(None, Day::read("9999-12-31")), (None, None));
        assert_eq!(range(None, None), (None, None));
    }

    #[test]
    fn open_ends_hide_nothing() {
        let open = Filters {
            date: Some(DateFilter::ANY),
            duration: Some(Band::default()),
            ..Filters::default()
        };
        assert!(!open.is_any());
        assert!(Filters { date: Some(DateFilter::Year), ..open }.is_any());
    }
}
