//! A set of slots, one bit each: what a search matches, what is selected.

use super::Slot;

const WORD: usize = u64::BITS as usize;

/// Grows as slots are set; what lies beyond its end is not in it.
#[derive(Clone, Debug, Default)]
pub struct Bits {
    words: Vec<u64>,
}

impl Bits {
    pub fn new() -> Self {
        Self::default()
    }

    /// All slots below `end`.
    pub fn full(end: u32) -> Self {
        let end = end as usize;
        let mut words = vec![u64::MAX; end.div_ceil(WORD)];
        if let Some(last) = words.last_mut()
            && !end.is_multiple_of(WORD)
        {
            *last = (1 << (end % WORD)) - 1;
        }
        Self { words }
    }

    pub fn has(&self, slot: Slot) -> bool {
        self.words.get(slot.at() / WORD).is_some_and(|word| word >> (slot.at() % WORD) & 1 == 1)
    }

    pub fn set(&mut self, slot: Slot, is_in: bool) {
        let at = slot.at() / WORD;
        if at >= self.words.len() {
            if !is_in {
                return;
            }
            self.words.resize(at + 1, 0);
        }
        if let Some(word) = self.words.get_mut(at) {
            let bit = 1 << (slot.at() % WORD);
            if is_in { *word |= bit } else { *word &= !bit }
        }
    }

    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    pub fn clear(&mut self) {
        self.words.clear();
    }

    /// Keeps what is in both.
    pub fn and(&mut self, other: &Self) {
        self.words.truncate(other.words.len());
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    /// Adds what is in the other.
    pub fn or(&mut self, other: &Self) {
        if self.words.len() < other.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    /// Takes out what is in the other.
    pub fn and_not(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
    }

    /// 64 slots each.
    pub(super) fn words(&self) -> &[u64] {
        &self.words
    }

    pub(super) fn from_words(words: Vec<u64>) -> Self {
        Self { words }
    }

    /// Adds up to 64 slots, those of one word.
    pub(super) fn add_word(&mut self, at: usize, word: u64) {
        if word == 0 {
            return;
        }
        if at >= self.words.len() {
            self.words.resize(at + 1, 0);
        }
        if let Some(there) = self.words.get_mut(at) {
            *there |= word;
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.words.capacity() * size_of::<u64>()
    }

    /// In ascending order.
    pub fn iter(&self) -> impl Iterator<Item = Slot> {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros();
                (rest != 0).then(|| {
                    rest &= rest - 1;
                    Slot(at as u32 * WORD as u32 + bit)
                })
            })
        })
    }
}

impl PartialEq for Bits {
    fn eq(&self, other: &Self) -> bool {
        let (short, long) = if self.words.len() < other.words.len() {
            (&self.words, &other.words)
        } else {
            (&other.words, &self.words)
        };
        let (start, rest) = long.split_at(short.len());
        start == short && rest.iter().all(|word| *word == 0)
    }
}

impl Eq for Bits {}

impl FromIterator<Slot> for Bits {
    fn from_iter<T: IntoIterator<Item = Slot>>(slots: T) -> Self {
        let mut bits = Self::new();
        for slot in slots {
            bits.set(slot, true);
        }
        bits
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn of(set: &BTreeSet<u32>) -> Bits {
        set.iter().map(|slot| Slot(*slot)).collect()
    }

    proptest! {
        #[test]
        fn equals_a_set_of_numbers(
            a in prop::collection::btree_set(0_u32..300, 0..80),
            b in prop::collection::btree_set(0_u32..300, 0..80),
        ) {
            let (mut and, mut or, mut not) = (of(&a), of(&a), of(&a));
            and.and(&of(&b));
            or.or(&of(&b));
            not.and_not(&of(&b));
            prop_assert_eq!(&and, &of(&(&a & &b)));
            prop_assert_eq!(&or, &of(&(&a | &b)));
            prop_assert_eq!(&not, &of(&(&a - &b)));
            prop_assert_eq!(or.count(), (&a | &b).len());
            prop_assert_eq!(and.is_empty(), (&a & &b).is_empty());
            prop_assert_eq!(of(&a).iter().map(|slot| slot.0).collect::<Vec<_>>(), a.into_iter().collect::<Vec<_>>());
        }

        #[test]
        fn full_has_all_below_its_end_and_nothing_else(end in 0_u32..300) {
            prop_assert_eq!(Bits::full(end), (0..end).map(Slot).collect());
        }
    }
}
