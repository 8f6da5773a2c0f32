//! All rows in one order. Made by counting digits (a radix sort), which is stable and needs no
//! comparisons; changed rows are merged in.

use super::Titles;
use crate::{
    library::{Bits, Index, Slot},
    model::Sort,
};

/// Orders that are remembered: four bytes a row each.
pub const REMEMBERED: usize = 5;

/// Bits counted at once.
const DIGIT: u32 = 11;

pub struct Sorted {
    pub sort: Vec<Sort>,
    /// Of live rows.
    pub slots: Vec<u32>,
}

impl Sorted {
    pub fn new(index: &Index, titles: &Titles, sort: &[Sort]) -> Self {
        let mut slots: Vec<u32> = index.slots().map(|slot| slot.0).collect();
        // From the last key to the first: each keeps the order of the ones after it.
        for sort in sort.iter().rev() {
            let keys = index.keys(sort.key, titles.ranks());
            sort_by(&mut slots, &keys, sort.descending);
        }
        Self { sort: sort.to_vec(), slots }
    }

    /// Merges in the rows that were changed, added or removed.
    pub fn follow(&mut self, index: &Index, titles: &Titles, touched: &Bits) {
        let place = |slot: u32| {
            let keys = [0, 1].map(|at| {
                let sort = self.sort.get(at)?;
                let key = index.key(Slot(slot), sort.key, titles.ranks());
                Some(directed(key, sort.descending))
            });
            (keys, slot)
        };
        let mut added: Vec<u32> =
            touched.iter().filter(|slot| index.has(*slot)).map(|slot| slot.0).collect();
        added.sort_by_cached_key(|slot| place(*slot));
        let mut kept = std::mem::take(&mut self.slots);
        kept.retain(|slot| !touched.has(Slot(*slot)));
        let mut slots = Vec::with_capacity(kept.len() + added.len());
        let mut rest: &[u32] = &kept;
        for slot in added {
            let own = place(slot);
            let (before, after) = rest.split_at(rest.partition_point(|other| place(*other) < own));
            slots.extend_from_slice(before);
            slots.push(slot);
            rest = after;
        }
        slots.extend_from_slice(rest);
        self.slots = slots;
    }

    pub fn bytes(&self) -> usize {
        self.slots.capacity() * size_of::<u32>() + self.sort.capacity() * size_of::<Sort>()
    }
}

/// What has no value stays last.
fn directed(key: u64, descending: bool) -> u64 {
    if descending && key != u64::MAX { u64::MAX - 1 - key } else { key }
}

pub fn sort_by(slots: &mut [u32], keys: &[u64], descending: bool) {
    let key =
        |slot: u32| directed(keys.get(slot as usize).copied().unwrap_or(u64::MAX), descending);
    let mut pairs: Vec<(u64, u32)> = slots.iter().map(|slot| (key(*slot), *slot)).collect();
    let valued = || pairs.iter().map(|pair| pair.0).filter(|key| *key != u64::MAX);
    let (Some(least), Some(most)) = (valued().min(), valued().max()) else { return };
    // From 0, so that there are few digits; no value comes next to the largest.
    let none = (most - least).saturating_add(1);
    for pair in &mut pairs {
        pair.0 = if pair.0 == u64::MAX { none } else { pair.0 - least };
    }
    let mut other = vec![(0, 0); pairs.len()];
    let mut shift = 0;
    while shift < u64::BITS && none >> shift != 0 {
        sort_by_digit(&pairs, &mut other, shift);
        std::mem::swap(&mut pairs, &mut other);
        shift += DIGIT;
    }
    for (slot, pair) in slots.iter_mut().zip(pairs) {
        *slot = pair.1;
    }
}

fn sort_by_digit(from: &[(u64, u32)], to: &mut [(u64, u32)], shift: u32) {
    const DIGITS: usize = 1 << DIGIT;
    let digit = |key: u64| (key >> shift) as usize % DIGITS;
    let mut places = [0_usize; DIGITS];
    for (key, _) in from {
        places[digit(*key)] += 1;
    }
    let mut next = 0;
    for place in &mut places {
        next += std::mem::replace(place, next);
    }
    for pair in from {
        let place = &mut places[digit(pair.0)];
        if let Some(to) = to.get_mut(*place) {
            *to = *pair;
        }
        *place += 1;
    }
}
