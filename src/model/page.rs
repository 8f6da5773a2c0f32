//! Asking for a part of a list, and the part that came.

/// What to list. The order is the server's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Only this room, where the server can (`Capabilities::filter_room`).
    pub room: Option<super::RoomId>,
}

/// Where the next page begins; opaque, and bound to the query it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(pub String);

#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// `None` on the last page.
    pub next: Option<Cursor>,
    /// Rows that could not be read at all (no id): counted, so that nothing vanishes silently.
    pub unreadable: usize,
}
