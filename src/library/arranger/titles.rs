//! The order of titles, each compared once however many rows have it.

use crate::library::{Bits, Index, Slot};

/// Titles that are put in their places one by one; more are sorted anew.
const FEW: usize = 64;

#[derive(Default)]
pub struct Titles {
    /// Labels of the index that are worked in.
    labels: usize,
    /// In order.
    sorted: Vec<Title>,
    /// The place of each, by its number; those that compare equal share one.
    ranks: Vec<u32>,
}

struct Title {
    number: u32,
    /// It compares equal to the one before.
    is_same: bool,
}

impl Titles {
    /// By the titles' numbers.
    pub fn ranks(&self) -> &[u32] {
        &self.ranks
    }

    /// Works in the titles that are new. The order of the others stays, and so do orders made of it.
    pub fn follow(&mut self, index: &Index) {
        let labels = index.titles().len();
        if labels == self.labels {
            return;
        }
        let mut known: Bits = self.sorted.iter().map(|title| Slot(title.number)).collect();
        let mut added = Vec::new();
        for number in index.titles().skip(self.labels) {
            if !known.has(Slot(number)) {
                known.set(Slot(number), true);
                added.push(number);
            }
        }
        self.labels = labels;
        if added.is_empty() {
            return;
        }
        if added.len() <= FEW {
            added.into_iter().for_each(|number| self.insert(index, number));
        } else {
            added.extend(self.sorted.iter().map(|title| title.number));
            self.sorted = sort(index, &added);
        }
        let mut rank = 0;
        for (at, title) in self.sorted.iter().enumerate() {
            rank += u32::from(at > 0 && !title.is_same);
            let place = title.number as usize;
            if place >= self.ranks.len() {
                self.ranks.resize(place + 1, u32::MAX);
            }
            if let Some(place) = self.ranks.get_mut(place) {
                *place = rank;
            }
        }
    }

    pub fn bytes(&self) -> usize {
        self.sorted.capacity() * size_of::<Title>() + self.ranks.capacity() * size_of::<u32>()
    }

    fn insert(&mut self, index: &Index, number: u32) {
        let key = key_of(index, number);
        let at = self.sorted.partition_point(|other| key_of(index, other.number) <= key);
        let before = at.checked_sub(1).and_then(|before| self.sorted.get(before));
        let is_same = before.is_some_and(|before| key_of(index, before.number) == key);
        self.sorted.insert(at, Title { number, is_same });
    }
}

fn sort(index: &Index, numbers: &[u32]) -> Vec<Title> {
    let mut keys: Vec<(u64, Vec<u8>, u32)> = numbers
        .iter()
        .map(|number| {
            let key = key_of(index, *number);
            (start(&key), key, *number)
        })
        .collect();
    // Most differ in what one comparison of numbers sees.
    keys.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    let mut last: Option<&[u8]> = None;
    keys.iter()
        .map(|(_, key, number)| {
            let is_same = last.replace(key) == Some(key);
            Title { number: *number, is_same }
        })
        .collect()
}

fn key_of(index: &Index, title: u32) -> Vec<u8> {
    natural_key(&index.folded_title(title))
}

/// The first eight bytes.
fn start(key: &[u8]) -> u64 {
    (0..8).fold(0, |start, at| start << 8 | u64::from(key.get(at).copied().unwrap_or_default()))
}

/// Bytes that compare as people sort: digits as the number that they are. Equal for equal texts only.
pub fn natural_key(folded: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(folded.len() + 8);
    let mut zeros = Vec::new();
    for run in folded.as_bytes().chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit()) {
        if !run.first().is_some_and(u8::is_ascii_digit) {
            key.extend_from_slice(run);
            continue;
        }
        let leading = run.iter().take_while(|digit| **digit == b'0').count();
        let digits = run.get(leading..).unwrap_or_default();
        // A number stands where digits stand; then the longer is the larger.
        key.extend([b'0', digits.len().min(255) as u8]);
        key.extend_from_slice(digits);
        zeros.push(leading.min(255) as u8);
    }
    if zeros.iter().any(|leading| *leading > 0) {
        key.push(0);
        key.extend(zeros);
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_titles_compare_as_numbers() {
        let texts = [
            "physics",
            "physics ",
            "physics 2",
            "physics 02",
            "physics 2 a",
            "physics 10",
            "physics a",
        ];
        for pair in texts.windows(2) {
            assert!(natural_key(pair[0]) < natural_key(pair[1]), "{pair:?}");
        }
    }
}
