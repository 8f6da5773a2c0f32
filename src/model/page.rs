//! Asking for a part of a list, and the part that came.

use super::{RoomId, Status};

/// What to list. A dialect leaves out what its server cannot do (`Capabilities`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub room: Option<RoomId>,
    /// Rooms by their name.
    pub room_name: Option<NameFilter>,
    /// One meeting of a room.
    pub session: Option<String>,
    pub status: Option<Status>,
    /// `None` is the server's own order.
    pub sort: Option<Sort>,
    /// How many rows at most, where the server can be told; `None`: as many as it gives.
    pub size: Option<u32>,
}

impl Query {
    /// How many rows to ask a server for that gives up to `most` at once, a number in decimals.
    pub fn page_size(&self, most: &str) -> String {
        let is_less = |size: &u32| most.parse().is_ok_and(|most: u32| (1..most).contains(size));
        self.size.filter(is_less).map_or_else(|| most.to_owned(), |size| size.to_string())
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameFilter {
    pub text: String,
    pub matching: Matching,
}

/// How a name is compared; case never counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matching {
    Exact,
    Prefix,
    Partial,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortKey {
    Room,
    Date,
    Duration,
    Size,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort<K = SortKey> {
    pub key: K,
    pub descending: bool,
}

impl Sort {
    /// What a click on a column's header asks for: the other direction of the same column, or the
    /// usual first direction of another (names from A, the rest from the newest, longest, largest).
    pub fn by(self, key: SortKey) -> Self {
        let descending = if self.key == key { !self.descending } else { key != SortKey::Room };
        Self { key, descending }
    }
}

/// Where the next page begins; opaque, and bound to the query it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(pub String);

#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// `None` on the last page.
    pub next: Option<Cursor>,
    /// How many rows the whole list has, where the server counts them.
    pub total: Option<u64>,
    /// Rows that could not be read at all (no id): counted, so that nothing vanishes silently.
    pub unreadable: usize,
}

impl<T> Page<T> {
    pub const EMPTY: Self = Self { items: Vec::new(), next: None, total: None, unreadable: 0 };
}
