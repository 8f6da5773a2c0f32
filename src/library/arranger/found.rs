//! The rows that have a text, kept while somebody types on.

use crate::library::{Bits, Index, index::Mistyped};

pub struct Found {
    /// Folded.
    pub text: String,
    /// Those that have it.
    pub rows: Bits,
    /// Those that have a word near it, once they were asked for.
    near: Option<Bits>,
}

impl Found {
    /// Looks for it in the `asked` rows; no other may have it.
    pub fn new(index: &Index, text: &str, asked: &Bits) -> Self {
        Self { text: text.to_owned(), rows: index.with_text(text, asked), near: None }
    }

    /// The rows that have it, else those with a word that it may be a slip of.
    pub fn or_near(&mut self, index: &Index) -> &Bits {
        if !self.rows.is_empty() {
            return &self.rows;
        }
        self.near.get_or_insert_with(|| match Mistyped::new(&self.text) {
            Some(word) => index.with_mistyped(&word),
            None => Bits::new(),
        })
    }

    pub fn follow(&mut self, index: &Index, touched: &Bits) {
        for slot in touched.iter() {
            self.rows.set(slot, index.has_text(slot, &self.text));
        }
        self.near = None;
    }

    pub fn bytes(&self) -> usize {
        self.text.capacity() + self.rows.bytes() + self.near.as_ref().map_or(0, Bits::bytes)
    }
}
