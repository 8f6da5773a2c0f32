//! Which rooms are shown and in what order. It keeps what it found and sorted until a room changes, so
//! that the next question, which mostly differs by a letter or a click, is answered before the next frame.

use super::{
    EXPIRING_MS, RoomCriteria, RoomSort, RoomSortKey, RoomTally, Tallies,
    rows::{Row, Rows},
};
use crate::library::{Bits, Criteria, Mistyped, NONE, Slot, What, date_key, natural_key, sort_by};

/// Texts and orders that are remembered: those of a search of several words, and of every column.
const REMEMBERED: usize = 8;
/// The key of what has no value.
const NO_KEY: u64 = u64::MAX;

#[derive(Default)]
pub struct Arranger {
    revision: u64,
    tallies: Tallies,
    /// Each list begins with what was used last.
    found: Vec<Found>,
    sorted: Vec<Sorted>,
    with_recordings: Option<Bits>,
    /// The places of titles and owners in their order, by the texts' numbers.
    ranks: Vec<u32>,
}

/// The rooms that have a text.
struct Found {
    /// Folded.
    text: String,
    rows: Bits,
    /// Those that have a word near it, once they were asked for.
    near: Option<Bits>,
}

/// All rooms in one order.
struct Sorted {
    sort: Vec<RoomSort>,
    slots: Vec<u32>,
}

impl Arranger {
    /// Forgets what is no longer so.
    pub fn follow(&mut self, rows: &Rows, tallies: &Tallies) {
        if self.revision != rows.revision() {
            *self = Self { revision: rows.revision(), tallies: tallies.clone(), ..Self::default() };
        } else if self.tallies != *tallies {
            self.tallies = tallies.clone();
            self.with_recordings = None;
            self.sorted.retain(|it| !it.sort.iter().any(|sort| sort.key.is_of_recordings()));
        }
    }

    /// The rooms that meet the criteria. `tally` by slot.
    pub fn matching(
        &mut self,
        rows: &Rows,
        criteria: &RoomCriteria,
        tally: &dyn Fn(u32) -> RoomTally,
        now_ms: i64,
    ) -> Bits {
        let mut shown = self.search(rows, &criteria.text);
        if let Some(group) = criteria.status {
            shown.and(&rows.which(&|row| row.status == Some(group.place())));
        }
        if criteria.expiring {
            let latest = now_ms.saturating_add(EXPIRING_MS);
            shown.and(&rows.which(&|row| row.deletes_at.is_some_and(|date| date <= latest)));
        }
        if let Some(has) = criteria.recordings {
            let with = self.with_recordings.get_or_insert_with(|| {
                rows.live().iter().filter(|slot| tally(slot.0).recordings > 0).collect()
            });
            if has { shown.and(with) } else { shown.and_not(with) }
        }
        shown
    }

    /// The rooms that have what was typed.
    fn search(&mut self, rows: &Rows, criteria: &Criteria) -> Bits {
        let mut shown = rows.live().clone();
        for term in &criteria.terms {
            let passed = match &term.what {
                What::Word(text) => self.find(rows, text, !term.is_not),
                What::Phrase(text) => self.find(rows, text, false),
                // The others are asked of recordings only.
                _ => continue,
            };
            if term.is_not { shown.and_not(&passed) } else { shown.and(&passed) }
        }
        shown
    }

    /// The rooms that have a text; when there are none and it may be mistyped, those with one near.
    fn find(&mut self, rows: &Rows, text: &str, may_be_mistyped: bool) -> Bits {
        let at = self.found.iter().position(|found| found.text == text);
        let mut found = match at {
            Some(at) => self.found.remove(at),
            None => Found { text: text.to_owned(), rows: rows.with_text(text), near: None },
        };
        let passed = if may_be_mistyped && found.rows.is_empty() {
            let near = || Mistyped::new(text).map(|word| rows.with_mistyped(&word));
            found.near.get_or_insert_with(|| near().unwrap_or_default()).clone()
        } else {
            found.rows.clone()
        };
        self.found.truncate(REMEMBERED - 1);
        self.found.insert(0, found);
        passed
    }

    /// The rooms to show, sorted.
    pub fn sort(
        &mut self,
        rows: &Rows,
        sort: &[RoomSort],
        tally: &dyn Fn(u32) -> RoomTally,
        shown: &Bits,
    ) -> Vec<Slot> {
        let at = self.sorted.iter().position(|sorted| sorted.sort == sort);
        let sorted = match at {
            Some(at) => self.sorted.remove(at),
            None => {
                let mut slots: Vec<u32> = rows.live().iter().map(|slot| slot.0).collect();
                // From the last key to the first: each keeps the order of the ones after it.
                for sort in sort.iter().rev() {
                    let keys = self.keys(rows, sort.key, tally);
                    sort_by(&mut slots, &keys, sort.descending);
                }
                Sorted { sort: sort.to_vec(), slots }
            }
        };
        let mut slots = Vec::with_capacity(shown.count());
        slots.extend(sorted.slots.iter().copied().map(Slot).filter(|slot| shown.has(*slot)));
        self.sorted.truncate(REMEMBERED - 1);
        self.sorted.insert(0, sorted);
        slots
    }

    /// Numbers in the order of the values, by slot.
    fn keys(
        &mut self,
        rows: &Rows,
        key: RoomSortKey,
        tally: &dyn Fn(u32) -> RoomTally,
    ) -> Vec<u64> {
        if matches!(key, RoomSortKey::Name | RoomSortKey::Owner) {
            self.rank(rows);
        }
        let rank = |text: u32| self.ranks.get(text as usize).map_or(NO_KEY, |it| u64::from(*it));
        let key_of = |(slot, row): (usize, &Row)| match key {
            RoomSortKey::Name => rank(row.title),
            RoomSortKey::Owner => rank(row.owner),
            RoomSortKey::Status => row.status.map_or(NO_KEY, u64::from),
            RoomSortKey::Created => date_key(row.created_at),
            RoomSortKey::DeletesAt => date_key(row.deletes_at),
            RoomSortKey::Recordings => tally(slot as u32).recordings as u64,
            RoomSortKey::Size => tally(slot as u32).size.min(NO_KEY - 1),
        };
        rows.all().iter().enumerate().map(key_of).collect()
    }

    fn rank(&mut self, rows: &Rows) {
        if !self.ranks.is_empty() {
            return;
        }
        let mut texts = Bits::new();
        for row in rows.all() {
            for text in [row.title, row.owner].into_iter().filter(|text| *text != NONE) {
                texts.set(Slot(text), true);
            }
        }
        let mut keys: Vec<(Vec<u8>, u32)> =
            texts.iter().map(|text| (natural_key(&rows.folded(text.0)), text.0)).collect();
        keys.sort_unstable();
        let end = keys.iter().map(|(_, text)| text + 1).max().unwrap_or(0);
        self.ranks = vec![u32::MAX; end as usize];
        let (mut rank, mut last): (u32, Option<&[u8]>) = (0, None);
        for (key, text) in &keys {
            rank += u32::from(last.is_some_and(|last| last != key));
            last = Some(key);
            if let Some(place) = self.ranks.get_mut(*text as usize) {
                *place = rank;
            }
        }
    }
}

impl RoomSortKey {
    fn is_of_recordings(self) -> bool {
        matches!(self, Self::Recordings | Self::Size)
    }
}
