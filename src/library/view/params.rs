//! The view as the parameters of a link: only what differs from the default, in words that people
//! can read and write. What makes no sense is left at the default.

use super::{Band, Column, Columns, DateFilter, Density, Layout, View};
use crate::{
    library::{
        Day, Group,
        params::{Named, name, named, sort, sort_text},
        query::{duration, duration_text, size, size_text, status, status_name},
    },
    model::SortKey,
};

pub const SORT_KEYS: [(&str, SortKey); 4] = [
    ("room", SortKey::Room),
    ("date", SortKey::Date),
    ("duration", SortKey::Duration),
    ("size", SortKey::Size),
];
const DATES: [(&str, DateFilter); 4] = [
    ("today", DateFilter::Today),
    ("week", DateFilter::Week),
    ("month", DateFilter::Month),
    ("year", DateFilter::Year),
];
const LAYOUTS: [(&str, Layout); 3] =
    [("table", Layout::Table), ("cards", Layout::Cards), ("grid", Layout::Grid)];
const GROUPS: [(&str, Group); 2] = [("day", Group::Day), ("room", Group::Room)];
const DENSITIES: [(&str, Density); 2] =
    [("comfortable", Density::Comfortable), ("compact", Density::Compact)];
const COLUMNS: [(&str, Column); 6] = [
    ("date", Column::Date),
    ("duration", Column::Duration),
    ("size", Column::Size),
    ("room", Column::Room),
    ("file", Column::File),
    ("id", Column::Id),
];
/// Instead of columns, where none is shown.
const NONE: &str = "none";
const TO: &str = "..";

impl View {
    /// Values are plain text: whoever makes a link of them encodes them.
    pub fn to_params(&self) -> Vec<(&'static str, String)> {
        let (default, filters) = (Self::default(), &self.filters);
        let mut params = Vec::new();
        let mut put = |key, value: Option<String>| {
            params.extend(value.filter(|it| !it.is_empty()).map(|value| (key, value)));
        };
        put("q", Some(self.search.clone()).filter(|it| !it.trim().is_empty()));
        put("room", filters.room.clone());
        put("status", filters.status.map(|it| status_name(it).to_owned()));
        put("date", filters.date.and_then(date_text));
        put("duration", filters.duration.and_then(|it| band_text(it, duration_text)));
        put("size", filters.size.and_then(|it| band_text(it, size_text)));
        put("sort", (self.sort != default.sort).then(|| sort_text(&SORT_KEYS, &self.sort)));
        put("layout", word(&LAYOUTS, self.layout, default.layout));
        put("group", self.group.map(|it| name(&GROUPS, it).to_owned()));
        put("density", word(&DENSITIES, self.density, default.density));
        put("columns", (self.columns != default.columns).then(|| columns_text(&self.columns)));
        params
    }

    /// Of parameters with the same name the last counts; others may be among them.
    pub fn from_params<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut view = Self::default();
        for (key, value) in pairs {
            view.take(key, value);
        }
        view
    }

    fn take(&mut self, key: &str, value: &str) {
        let filters = &mut self.filters;
        match key {
            "q" => self.search = value.to_owned(),
            "room" => filters.room = Some(value.to_owned()).filter(|it| !it.is_empty()),
            "status" => filters.status = status(value),
            "date" => filters.date = date(value),
            "duration" => filters.duration = band(value, duration),
            "size" => filters.size = band(value, size),
            "sort" => self.sort = sort(&SORT_KEYS, value).unwrap_or_else(|| Self::default().sort),
            "layout" => self.layout = named(&LAYOUTS, value).unwrap_or_default(),
            "group" => self.group = named(&GROUPS, value),
            "density" => self.density = named(&DENSITIES, value).unwrap_or_default(),
            "columns" => self.columns = columns(value).unwrap_or_default(),
            _ => {}
        }
    }
}

/// Of what differs from the default.
fn word<T: Copy + PartialEq>(names: &Named<T>, value: T, default: T) -> Option<String> {
    (value != default).then(|| name(names, value).to_owned())
}

fn columns_text(columns: &Columns) -> String {
    let names: Vec<&str> = columns.shown().iter().map(|it| name(&COLUMNS, *it)).collect();
    if names.is_empty() { NONE.to_owned() } else { names.join(",") }
}

fn columns(text: &str) -> Option<Columns> {
    if text == NONE {
        return Some(Columns::of([]));
    }
    let columns = text.split(',').map(|part| named(&COLUMNS, part)).collect::<Option<Vec<_>>>()?;
    Some(Columns::of(columns))
}

/// `week`, `2026-03-01..2026-03-31`. `None` for what has no ends.
fn date_text(date: DateFilter) -> Option<String> {
    match date {
        DateFilter::Range { from, to } => range_text(from.map(Day::text), to.map(Day::text)),
        _ => Some(name(&DATES, date).to_owned()),
    }
}

fn date(text: &str) -> Option<DateFilter> {
    let range = || {
        let (from, to) = ends(text, Day::read)?;
        Some(DateFilter::Range { from, to })
    };
    named(&DATES, text).or_else(range)
}

/// `30m..1h`, `..500mb`.
fn band_text(band: Band, text: fn(u64) -> String) -> Option<String> {
    range_text(band.from.map(text), band.to.map(text))
}

fn band(text: &str, read: fn(&str) -> Option<u64>) -> Option<Band> {
    let (from, to) = ends(text, read)?;
    Some(Band { from, to })
}

fn range_text(from: Option<String>, to: Option<String>) -> Option<String> {
    let is_open = from.is_none() && to.is_none();
    (!is_open).then(|| [from.unwrap_or_default(), to.unwrap_or_default()].join(TO))
}

/// The ends of a range: each may be open, not both, and none may be nonsense.
fn ends<T>(text: &str, read: fn(&str) -> Option<T>) -> Option<(Option<T>, Option<T>)> {
    let (from, to) = text.split_once(TO)?;
    let end = |text: &str| match text {
        "" => Some(None),
        _ => read(text).map(Some),
    };
    let (from, to) = (end(from)?, end(to)?);
    (from.is_some() || to.is_some()).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use proptest::{option, prelude::*, sample::subsequence};

    use super::*;
    use crate::{
        library::{Filters, StatusGroup, day::tests::any_day, query::tests::any_amount},
        model::Sort,
    };

    /// As in a link, but not encoded.
    fn link(view: &View) -> String {
        let params = view.to_params();
        params.iter().map(|(key, value)| [key, "=", value].concat()).collect::<Vec<_>>().join("&")
    }

    fn view(link: &str) -> View {
        View::from_params(link.split('&').filter_map(|param| param.split_once('=')))
    }

    #[test]
    fn a_link_can_be_read_by_people() {
        assert_eq!(link(&View::default()), "");
        for text in [
            "q=heat -room:x&status=progress&date=week",
            "room=physics-4k7&date=2026-03-01..2026-03-31&duration=30m..1h&size=..500mb",
            "sort=-size,room&layout=cards&group=day&density=compact&columns=size,date",
            "date=2026-03-01..&columns=none",
        ] {
            assert_eq!(link(&view(text)), text);
        }
    }

    #[test]
    fn what_makes_no_sense_is_left_at_the_default() {
        for text in [
            "q=",
            "room=",
            "status=foo",
            "date=soon",
            "date=..",
            "date=2026-03-01",
            "date=2026-02-30..",
            "date=2026..2027",
            "duration=..",
            "duration=-5..",
            "duration=1h...2h",
            "size=1..2..3",
            "sort=",
            "sort=--date",
            "sort=title",
            "sort=room,-room",
            "sort=room,size,date",
            "layout=wall",
            "group=none",
            "density=",
            "columns=",
            "columns=date,evil",
            "utm_source=x",
            "__proto__=x",
        ] {
            assert_eq!(view(text), View::default(), "{text}");
        }
        assert_eq!(link(&view("layout=grid&layout=cards")), "layout=cards");
    }

    fn any_band() -> impl Strategy<Value = Option<Band>> {
        (option::of(any_amount()), option::of(any_amount()))
            .prop_map(|(from, to)| Some(Band { from, to }).filter(|band| !band.is_open()))
    }

    fn any_date() -> impl Strategy<Value = Option<DateFilter>> {
        let range = (option::of(any_day()), option::of(any_day()))
            .prop_map(|(from, to)| Some(DateFilter::Range { from, to }))
            .prop_map(|date| date.filter(|date| *date != DateFilter::ANY));
        prop_oneof![range, option::of(one_of(&DATES))]
    }

    fn one_of<T: Copy + std::fmt::Debug + 'static>(
        names: &'static [(&'static str, T)],
    ) -> impl Strategy<Value = T> {
        prop::sample::select(names).prop_map(|(_, value)| value)
    }

    fn any_filters() -> impl Strategy<Value = Filters> {
        let status = option::of(prop::sample::select(&StatusGroup::ALL));
        (option::of("\\PC{1,9}"), status, any_date(), any_band(), any_band()).prop_map(
            |(room, status, date, duration, size)| Filters { room, status, date, duration, size },
        )
    }

    fn any_sort() -> impl Strategy<Value = Vec<Sort>> {
        let keys = subsequence(SORT_KEYS.map(|(_, key)| key).to_vec(), 1..=2).prop_shuffle();
        (keys, any::<[bool; 2]>()).prop_map(|(keys, directions)| {
            let sort = keys.into_iter().zip(directions);
            sort.map(|(key, descending)| Sort { key, descending }).collect()
        })
    }

    prop_compose! {
        fn any_view()(
            search in "|\\PC*\\S\\PC*",
            filters in any_filters(),
            sort in any_sort(),
            layout in one_of(&LAYOUTS),
            group in option::of(one_of(&GROUPS)),
            density in one_of(&DENSITIES),
            columns in subsequence(Column::ALL.to_vec(), 0..=6).prop_shuffle(),
        ) -> View {
            View { search, filters, sort, layout, group, density, columns: Columns::of(columns) }
        }
    }

    proptest! {
        #[test]
        fn a_link_reproduces_the_view(view in any_view()) {
            let params = view.to_params();
            let pairs = params.iter().map(|(key, value)| (*key, value.as_str()));
            prop_assert_eq!(View::from_params(pairs), view);
        }

        #[test]
        fn no_link_upsets_the_view(
            pairs in prop::collection::vec(
                (
                    "q|room|status|date|duration|size|sort|layout|group|density|columns",
                    "[-.,0-9a-z]{0,12}|\\PC*",
                ),
                0..12,
            ),
        ) {
            let pairs = pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()));
            let view = View::from_params(pairs);
            let params = view.to_params();
            let again = View::from_params(params.iter().map(|(key, value)| (*key, value.as_str())));
            prop_assert_eq!(again, view);
        }
    }
}
