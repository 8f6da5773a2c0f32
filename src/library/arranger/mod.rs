//! Which rows are shown and in what order. It keeps what it found and sorted, so that the next question,
//! which mostly differs by a letter or a click, is answered before the next frame; what changed in the
//! index since is worked in. It belongs to one index.

mod counts;
mod found;
mod groups;
mod sorted;
#[cfg(test)]
mod tests;
mod titles;

use std::ops::Range;

use super::{Bits, Criteria, Index, Slot, Span, What, index::date_key};
use crate::model::{Sort, SortKey};
pub use counts::{Bands, Counts};
use found::Found;
pub use groups::{Group, GroupKey, GroupStart};
use sorted::Sorted;
pub(crate) use sorted::sort_by;
use titles::Titles;
pub(crate) use titles::natural_key;

/// Texts and orders that are remembered: those of a search of several words, and of every column.
const REMEMBERED: usize = 8;

#[derive(Default)]
pub struct Arranger {
    /// How much of the index is worked in.
    revision: u64,
    end: u32,
    titles: Titles,
    /// Each list begins with what was used last.
    found: Vec<Found>,
    sorted: Vec<Sorted>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    pub slots: Vec<Slot>,
    /// Empty when not grouped.
    pub groups: Vec<GroupStart>,
}

/// The filters beside what was typed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Filter {
    Room,
    Status,
    Date,
    Duration,
    Size,
}

impl Filter {
    const ALL: [Self; 5] = [Self::Room, Self::Status, Self::Date, Self::Duration, Self::Size];
}

impl Arranger {
    /// The rows that meet the criteria, sorted by up to two keys. What has no value comes last in both
    /// directions; equal rows keep their order of arrival. `day_of` gives the local day of a moment, in
    /// ms since 1970.
    pub fn arrange(
        &mut self,
        index: &Index,
        criteria: &Criteria,
        sort: &[Sort],
        group: Option<Group>,
        day_of: &dyn Fn(i64) -> Range<i64>,
    ) -> Order {
        self.follow(index);
        let mut rows = self.search(index, criteria);
        for filter in Filter::ALL {
            if let Some(passed) = passing(index, criteria, filter) {
                rows.and(&passed);
            }
        }
        match group {
            None => Order { slots: self.sort(index, sort, &rows), groups: Vec::new() },
            Some(Group::Day) => self.by_day(index, sort, &rows, day_of),
            Some(Group::Room) => self.by_room(index, sort, &rows),
        }
    }

    /// Memory held.
    pub fn bytes(&self) -> usize {
        self.titles.bytes()
            + self.found.iter().map(Found::bytes).sum::<usize>()
            + self.sorted.iter().map(Sorted::bytes).sum::<usize>()
    }

    /// Works in what changed in the index since.
    fn follow(&mut self, index: &Index) {
        let (from, end) = (self.end, index.end());
        let changed = index.changed_since(self.revision);
        self.titles.follow(index);
        let added = end.saturating_sub(from) as usize;
        // Beyond this, to begin anew takes less time.
        match changed.filter(|changed| changed.len() + added <= 64 + from as usize / 8) {
            Some(changed) => {
                let mut touched: Bits =
                    changed.iter().map(|slot| Slot(*slot)).filter(|slot| slot.0 < from).collect();
                for slot in from..end {
                    touched.set(Slot(slot), true);
                }
                if !touched.is_empty() {
                    self.found.iter_mut().for_each(|found| found.follow(index, &touched));
                    let titles = &self.titles;
                    self.sorted
                        .iter_mut()
                        .for_each(|sorted| sorted.follow(index, titles, &touched));
                }
            }
            None => {
                self.found.clear();
                self.sorted.clear();
            }
        }
        (self.revision, self.end) = (index.revision(), end);
    }

    /// The rows that have what was typed.
    fn search(&mut self, index: &Index, criteria: &Criteria) -> Bits {
        let mut rows = index.live().clone();
        for term in &criteria.terms {
            let passed = match &term.what {
                What::Word(text) | What::Phrase(text) | What::Room(text) if text.is_empty() => {
                    index.live().clone()
                }
                What::Word(text) => self.find(index, text, !term.is_not),
                What::Phrase(text) => self.find(index, text, false),
                What::Room(text) => index.with_room(text),
                What::Status(group) => index.with_status(*group),
                What::Date(span) => within_dates(&index.keys(SortKey::Date, &[]), *span),
                What::Duration(span) => within(&index.keys(SortKey::Duration, &[]), *span),
                What::Size(span) => within(&index.keys(SortKey::Size, &[]), *span),
            };
            if term.is_not { rows.and_not(&passed) } else { rows.and(&passed) }
        }
        rows
    }

    /// The rows that have a text; when there are none and it may be mistyped, those with one near.
    fn find(&mut self, index: &Index, text: &str, may_be_mistyped: bool) -> Bits {
        let at = self.found.iter().position(|found| found.text == text);
        let found = match at {
            Some(at) => self.found.remove(at),
            None => {
                // What has the text has every part of it: while somebody types, few rows are left.
                let wider = self.found.iter().filter(|found| text.contains(&found.text));
                let asked = wider.map(|found| &found.rows).min_by_key(|rows| rows.count());
                Found::new(index, text, asked.unwrap_or(index.live()))
            }
        };
        self.found.truncate(REMEMBERED - 1);
        self.found.insert(0, found);
        let Some(found) = self.found.first_mut() else { return Bits::new() };
        if may_be_mistyped { found.or_near(index).clone() } else { found.rows.clone() }
    }

    fn sort(&mut self, index: &Index, sort: &[Sort], rows: &Bits) -> Vec<Slot> {
        if sort.is_empty() {
            return rows.iter().collect();
        }
        let mut slots = Vec::with_capacity(rows.count());
        let sorted = self.sorted(index, sort);
        slots.extend(sorted.slots.iter().map(|slot| Slot(*slot)).filter(|slot| rows.has(*slot)));
        slots
    }

    fn sorted(&mut self, index: &Index, sort: &[Sort]) -> &Sorted {
        let at = self.sorted.iter().position(|sorted| sorted.sort == sort);
        let sorted = match at {
            Some(at) => self.sorted.remove(at),
            None => Sorted::new(index, &self.titles, sort),
        };
        self.sorted.truncate(sorted::REMEMBERED - 1);
        self.sorted.insert(0, sorted);
        &self.sorted[0]
    }
}

/// The rows that pass a filter; `None` when all do.
fn passing(index: &Index, criteria: &Criteria, filter: Filter) -> Option<Bits> {
    match filter {
        Filter::Room => criteria.room.as_ref().map(|id| index.with_room_id(id)),
        Filter::Status => criteria.status.map(|group| index.with_status(group)),
        Filter::Date => (!criteria.date.is_open())
            .then(|| within_dates(&index.keys(SortKey::Date, &[]), criteria.date)),
        Filter::Duration => (!criteria.duration.is_open())
            .then(|| within(&index.keys(SortKey::Duration, &[]), criteria.duration)),
        Filter::Size => (!criteria.size.is_open())
            .then(|| within(&index.keys(SortKey::Size, &[]), criteria.size)),
    }
}

fn within_dates(keys: &[u64], span: Span<i64>) -> Bits {
    let key = |date: i64| date_key(Some(date));
    within(keys, Span { from: span.from.map(key), to: span.to.map(key) })
}

/// The rows whose keys lie in a span; what has no value only in one without ends.
fn within(keys: &[u64], span: Span<u64>) -> Bits {
    let (from, to) = (span.from.unwrap_or(0), span.to.unwrap_or(u64::MAX));
    let is_open = span.is_open();
    let word = |keys: &[u64]| {
        keys.iter().enumerate().fold(0, |word, (bit, key)| {
            word | u64::from((*key >= from) & (*key < to) | is_open) << bit
        })
    };
    Bits::from_words(keys.chunks(u64::BITS as usize).map(word).collect())
}
