//! How many rows each choice of a filter would leave, with the other filters as they are.

use super::{Arranger, Filter, passing, within, within_dates};
use crate::{
    library::{Bits, Criteria, Index, Span, StatusGroup},
    model::SortKey,
};

/// Rooms counted; a list of more is no help.
const ROOMS: usize = 200;

/// The choices of the filters that have spans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bands {
    /// Milliseconds since 1970.
    pub dates: Vec<Span<i64>>,
    /// Milliseconds.
    pub durations: Vec<Span<u64>>,
    /// Bytes.
    pub sizes: Vec<Span<u64>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows that pass all filters.
    pub all: usize,
    /// In the order of [`StatusGroup::ALL`].
    pub status: [usize; 3],
    /// Id, name and count: the most first, then by name; at most 200.
    pub rooms: Vec<(String, String, usize)>,
    pub dates: Vec<usize>,
    pub durations: Vec<usize>,
    pub sizes: Vec<usize>,
}

impl Arranger {
    pub fn counts(&mut self, index: &Index, criteria: &Criteria, bands: &Bands) -> Counts {
        self.follow(index);
        let rows = self.search(index, criteria);
        let passed = Filter::ALL.map(|filter| (filter, passing(index, criteria, filter)));
        let without = |left_out: Option<Filter>| {
            let mut rows = rows.clone();
            for (filter, passed) in &passed {
                if let Some(passed) = passed.as_ref().filter(|_| Some(*filter) != left_out) {
                    rows.and(passed);
                }
            }
            rows
        };
        let count = |mut passed: Bits, rows: &Bits| {
            passed.and(rows);
            passed.count()
        };
        let of_status = without(Some(Filter::Status));
        let of_dates = without(Some(Filter::Date));
        let dates = index.keys(SortKey::Date, &[]);
        let naturals = |filter: Filter, key: SortKey, bands: &[Span<u64>]| {
            let (rows, keys) = (without(Some(filter)), index.keys(key, &[]));
            bands.iter().map(|band| count(within(&keys, *band), &rows)).collect()
        };
        Counts {
            all: without(None).count(),
            status: StatusGroup::ALL.map(|group| count(index.with_status(group), &of_status)),
            rooms: most(index.count_rooms(&without(Some(Filter::Room)))),
            dates: bands
                .dates
                .iter()
                .map(|band| count(within_dates(&dates, *band), &of_dates))
                .collect(),
            durations: naturals(Filter::Duration, SortKey::Duration, &bands.durations),
            sizes: naturals(Filter::Size, SortKey::Size, &bands.sizes),
        }
    }
}

fn most(mut rooms: Vec<(&str, &str, usize)>) -> Vec<(String, String, usize)> {
    rooms.sort_unstable_by(|a, b| b.2.cmp(&a.2).then_with(|| (a.1, a.0).cmp(&(b.1, b.0))));
    rooms.truncate(ROOMS);
    rooms.into_iter().map(|(id, name, count)| (id.to_owned(), name.to_owned(), count)).collect()
}
