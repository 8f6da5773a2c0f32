//! Keeps a user to some rooms. Before a call: what is asked for must be in them, by what the call says or what the meeting
//! server says of it. After it: rows of other rooms are left out, so nothing leaks even from a server that ignores a
//! filter. When the room of something cannot be told, it is in none.

mod before;
mod rows;

use std::collections::BTreeSet;

pub use before::{admit, is_pinned};
pub use rows::{check_answer, keep_rows};

use super::refusal::Refusal;

/// The rooms of a user.
#[derive(Clone, Copy)]
pub struct Rooms<'a>(&'a BTreeSet<String>);

impl<'a> Rooms<'a> {
    pub fn new(rooms: &'a BTreeSet<String>) -> Self {
        Self(rooms)
    }

    /// Whereby writes a slash in front of a room's name, and people do not.
    pub fn has(self, room: &str) -> bool {
        let bare = room.strip_prefix('/').unwrap_or(room);
        self.0.contains(bare) || self.0.contains(&format!("/{bare}"))
    }

    pub fn check(self, room: &str) -> Result<(), Refusal> {
        match self.has(room) {
            true => Ok(()),
            false => Err(Self::outside()),
        }
    }

    /// The room, when there is one only.
    pub fn only(self) -> Option<&'a str> {
        match self.0.len() {
            1 => self.0.first().map(String::as_str),
            _ => None,
        }
    }

    pub fn all(self) -> impl Iterator<Item = &'a str> {
        self.0.iter().map(String::as_str)
    }

    pub fn outside() -> Refusal {
        Refusal::forbidden("This is not in your rooms")
    }
}
