//! What people type to find recordings: words, "phrases", `-not`, and operators such as `room:` and
//! `after:`. Read from text, written as text, and completed. What is typed wrongly is no error but
//! text to search for.

mod complete;
mod key;
mod parse;
mod print;
mod token;
mod value;

#[cfg(test)]
pub(super) mod tests;

pub use complete::{Completion, complete};
pub use parse::{parse, words};
pub use print::print;
pub(super) use value::{duration, duration_text, size, size_text, status, status_name};

use super::{Day, StatusGroup};

/// All of its terms must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    pub terms: Vec<Term>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// It must not be so.
    pub is_not: bool,
    pub what: Asked,
}

/// As it was typed; `What` is the same made ready to be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Without white space.
    Word(String),
    /// Empty as long as only its quote is typed: that asks for nothing yet.
    Phrase(String),
    /// A part of the room's name or id.
    Room(String),
    Status(StatusGroup),
    /// On this day or later.
    After(Day),
    /// Before this day begins.
    Before(Day),
    /// Milliseconds, at least.
    Longer(u64),
    /// Milliseconds, less than.
    Shorter(u64),
    /// Bytes, at least.
    Larger(u64),
    /// Bytes, less than.
    Smaller(u64),
}
