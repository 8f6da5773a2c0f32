//! Rows under headings: the day they are of, or the room.

use std::ops::Range;

use super::{Arranger, Order};
use crate::{
    library::{Bits, Index, Slot},
    model::{Sort, SortKey},
};

/// What rows are put under headings by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Day,
    Room,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupStart {
    /// Index in the order's slots.
    pub at: usize,
    pub key: GroupKey,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKey {
    /// Local midnight, ms since 1970.
    Day(i64),
    Undated,
    /// All that have the title of this one, the first of them.
    Room(Slot),
}

impl Arranger {
    /// Days in the direction of the first key when that is the date, else the newest first.
    pub(super) fn by_day(
        &mut self,
        index: &Index,
        sort: &[Sort],
        rows: &Bits,
        day_of: &dyn Fn(i64) -> Range<i64>,
    ) -> Order {
        let mut last: Option<GroupKey> = None;
        let mut day = 0..0;
        let mut begins = |slot: Slot| {
            let key = match index.date(slot) {
                Some(date) => {
                    if !day.contains(&date) || last.is_none() {
                        day = day_of(date);
                    }
                    GroupKey::Day(day.start)
                }
                None => GroupKey::Undated,
            };
            (last.replace(key) != Some(key)).then_some(key)
        };
        self.grouped(index, sort, rows, Sort { key: SortKey::Date, descending: true }, &mut begins)
    }

    /// Titles in the direction of the first key when that is the room, else from A.
    pub(super) fn by_room(&mut self, index: &Index, sort: &[Sort], rows: &Bits) -> Order {
        let ranks = self.titles.ranks().to_vec();
        let mut last = None;
        let mut begins = |slot: Slot| {
            let rank = index.key(slot, SortKey::Room, &ranks);
            (last.replace(rank) != Some(rank)).then_some(GroupKey::Room(slot))
        };
        self.grouped(index, sort, rows, Sort { key: SortKey::Room, descending: false }, &mut begins)
    }

    /// `begins` is told all rows, sorted by the groups' key, and says which begin a group.
    fn grouped(
        &mut self,
        index: &Index,
        sort: &[Sort],
        rows: &Bits,
        outer: Sort,
        begins: &mut dyn FnMut(Slot) -> Option<GroupKey>,
    ) -> Order {
        let is_outer = sort.first().is_some_and(|first| first.key == outer.key);
        let outer = [outer];
        let slots = self.sort(index, if is_outer { sort } else { &outer }, rows);
        let mut groups = Vec::new();
        for (at, slot) in slots.iter().enumerate() {
            groups.extend(begins(*slot).map(|key| GroupStart { at, key }));
        }
        if is_outer {
            return Order { slots, groups };
        }
        // All rows in the order asked for, each dealt to the end of its group.
        let mut group_of = vec![0; index.end() as usize];
        for (number, group) in groups.iter().enumerate() {
            let end = groups.get(number + 1).map_or(slots.len(), |next| next.at);
            for slot in slots.get(group.at..end).unwrap_or_default() {
                if let Some(of) = group_of.get_mut(slot.at()) {
                    *of = number;
                }
            }
        }
        let mut ends: Vec<usize> = groups.iter().map(|group| group.at).collect();
        let mut dealt = slots;
        for slot in self.sort(index, sort, rows) {
            let end = group_of.get(slot.at()).and_then(|group| ends.get_mut(*group));
            if let Some(end) = end {
                if let Some(place) = dealt.get_mut(*end) {
                    *place = slot;
                }
                *end += 1;
            }
        }
        for group in &mut groups {
            if let (GroupKey::Room(of), Some(first)) = (&mut group.key, dealt.get(group.at)) {
                *of = *first;
            }
        }
        Order { slots: dealt, groups }
    }
}
