//! What the view asks for, made ready to be compared: texts folded, days as moments.

use super::{DateFilter, View};
use crate::library::{
    Calendar, Criteria, Fold, Span, Wanted, What,
    query::{Asked, Term, parse},
};

impl View {
    pub fn criteria(&self, calendar: Calendar, fold: Fold) -> Criteria {
        let filters = &self.filters;
        let search = parse(&self.search, calendar.today);
        Criteria {
            terms: search.terms.into_iter().filter_map(|it| wanted(it, calendar, fold)).collect(),
            room: filters.room.clone(),
            status: filters.status,
            date: filters.date.unwrap_or(DateFilter::ANY).span(calendar),
            duration: filters.duration.unwrap_or_default(),
            size: filters.size.unwrap_or_default(),
        }
    }
}

/// `None` for what asks for nothing (yet): a quote just opened, text that vanishes when folded.
fn wanted(term: Term, calendar: Calendar, fold: Fold) -> Option<Wanted> {
    let folded = |text: &str| Some(fold(text)).filter(|text| !text.trim().is_empty());
    let what = match term.what {
        Asked::Word(text) => What::Word(folded(&text)?),
        Asked::Phrase(text) => What::Phrase(folded(&text)?),
        Asked::Room(text) => What::Room(folded(&text)?),
        Asked::Status(group) => What::Status(group),
        Asked::After(day) => What::Date(from((calendar.start_of)(day))),
        Asked::Before(day) => What::Date(to((calendar.start_of)(day))),
        Asked::Longer(ms) => What::Duration(from(ms)),
        Asked::Shorter(ms) => What::Duration(to(ms)),
        Asked::Larger(bytes) => What::Size(from(bytes)),
        Asked::Smaller(bytes) => What::Size(to(bytes)),
    };
    Some(Wanted { is_not: term.is_not, what })
}

fn from<T>(value: T) -> Span<T> {
    Span { from: Some(value), to: None }
}

fn to<T>(value: T) -> Span<T> {
    Span { from: None, to: Some(value) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{
        Band, StatusGroup,
        view::filters::tests::{CALENDAR, at},
    };

    fn criteria(view: &View) -> Criteria {
        view.criteria(CALENDAR, str::to_lowercase)
    }

    #[test]
    fn nothing_asked_is_nothing_wanted() {
        assert_eq!(criteria(&View::default()), Criteria::default());
        let search = "  \"\" -\" ".to_owned();
        assert_eq!(criteria(&View { search, ..View::default() }), Criteria::default());
    }

    #[test]
    fn what_is_typed_is_folded_and_dated() {
        let search = "Heat -\"First Law\" room:LAB after:yesterday before:2026 longer:1h \
                      shorter:2h larger:1kb smaller:2kb status:failed";
        let terms = criteria(&View { search: search.to_owned(), ..View::default() }).terms;
        let whats: Vec<What> = terms.iter().map(|term| term.what.clone()).collect();
        assert_eq!(
            whats,
            [
                What::Word("heat".into()),
                What::Phrase("first law".into()),
                What::Room("lab".into()),
                What::Date(from(at("2026-03-04"))),
                What::Date(to(at("2026-01-01"))),
                What::Duration(from(3_600_000)),
                What::Duration(to(7_200_000)),
                What::Size(from(1000)),
                What::Size(to(2000)),
                What::Status(StatusGroup::Failed),
            ]
        );
        let negated = terms.iter().position(|term| term.is_not);
        assert_eq!((negated, terms.iter().filter(|term| term.is_not).count()), (Some(1), 1));
    }

    #[test]
    fn filters_are_taken_as_they_are() {
        let mut view = View::default();
        view.filters.room = Some("Room-1".into());
        view.filters.date = Some(DateFilter::Today);
        view.filters.size = Some(Band { from: Some(5), to: None });
        let criteria = criteria(&view);
        assert_eq!(criteria.room.as_deref(), Some("Room-1"));
        assert_eq!(criteria.date, from(at("2026-03-05")));
        assert_eq!((criteria.duration, criteria.size), (Span::default(), from(5)));
    }
}
