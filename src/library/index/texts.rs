//! Texts that repeat, each kept once and known by a number: names of rooms, titles, descriptions.

use super::{
    find::{contains, sweep},
    grow,
    table::{Table, hash},
};
use crate::library::{Bits, Fold, Slot};

/// The number of no text.
pub const NONE: u32 = u32::MAX;

#[derive(Default)]
pub struct Texts {
    all: String,
    /// Where each ends in `all`.
    ends: Vec<u32>,
    numbers: Table,
    /// Folded copies of those that are not ASCII, in ascending order of their numbers.
    folded: Vec<(u32, Box<str>)>,
}

impl Texts {
    /// The number of a text, which is added when it is new; folded when it is to be searched.
    pub fn number(&mut self, text: &str, fold: Option<Fold>) -> u32 {
        let hash_of = hash(text.as_bytes());
        if let Some(number) = self.numbers.find(hash_of, &|number| self.get(number) == text) {
            return number;
        }
        let number = self.ends.len() as u32;
        if self.all.capacity() - self.all.len() < text.len() {
            self.all.reserve_exact(text.len() + self.all.len() / 8);
        }
        self.all.push_str(text);
        grow(&mut self.ends);
        self.ends.push(self.all.len() as u32);
        if let Some(fold) = fold.filter(|_| !text.is_ascii()) {
            self.folded.push((number, fold(text).into()));
        }
        let Self { all, ends, numbers, .. } = self;
        numbers.add(hash_of, number, &|number| hash(part(all, ends, number as usize).as_bytes()));
        number
    }

    pub fn optional(&mut self, text: Option<&str>, fold: Option<Fold>) -> u32 {
        text.map_or(NONE, |text| self.number(text, fold))
    }

    /// Empty for a number that no text has.
    pub fn get(&self, number: u32) -> &str {
        part(&self.all, &self.ends, number as usize)
    }

    pub fn optionally(&self, number: u32) -> Option<&str> {
        (number != NONE).then(|| self.get(number))
    }

    /// As it is compared.
    pub fn folded(&self, number: u32) -> String {
        match self.folded_copy(number) {
            Some(folded) => folded.to_owned(),
            None => self.get(number).to_ascii_lowercase(),
        }
    }

    /// What [`find`](super::find::find) can search: ASCII as it is, all else folded.
    pub fn searchable(&self, number: u32) -> &str {
        self.folded_copy(number).unwrap_or_else(|| self.get(number))
    }

    /// The numbers of the texts that a folded one is in.
    pub fn with(&self, needle: &str) -> Bits {
        let mut found = Bits::new();
        if needle.is_ascii() {
            let mut hit = |number: usize| found.set(Slot(number as u32), true);
            sweep(self.all.as_bytes(), &self.ends, 1, needle.as_bytes(), &mut hit);
        }
        for (number, folded) in &self.folded {
            found.set(Slot(*number), contains(folded, needle));
        }
        found
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn bytes(&self) -> usize {
        let folded: usize = self.folded.iter().map(|(_, text)| text.len()).sum();
        self.all.capacity()
            + self.ends.capacity() * size_of::<u32>()
            + self.numbers.bytes()
            + self.folded.capacity() * size_of::<(u32, Box<str>)>()
            + folded
    }

    fn folded_copy(&self, number: u32) -> Option<&str> {
        let at = self.folded.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        self.folded.get(at).map(|(_, text)| &**text)
    }
}

fn part<'a>(all: &'a str, ends: &[u32], at: usize) -> &'a str {
    let start =
        at.checked_sub(1).and_then(|before| ends.get(before)).map_or(0, |end| *end as usize);
    ends.get(at).and_then(|end| all.get(start..*end as usize)).unwrap_or_default()
}
