//! What a recording must be to be shown, ready to be compared: texts are folded, days are moments.

use crate::model::Status;

/// Makes texts comparable (case, accents). Given from outside, because the browser has the tables for
/// it and the wasm should not.
pub type Fold = fn(&str) -> String;

/// A day of the reader's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    pub year: i32,
    /// From 1.
    pub month: u8,
    pub day: u8,
}

/// The reader's calendar. Given from outside: time zones are the browser's.
#[derive(Clone, Copy)]
pub struct Calendar {
    pub today: Day,
    /// When a day begins, in ms since 1970.
    pub start_of: fn(Day) -> i64,
}

/// `from` included, `to` not; `None` is open. What has no value lies in no span that has an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span<T> {
    pub from: Option<T>,
    pub to: Option<T>,
}

impl<T> Default for Span<T> {
    fn default() -> Self {
        Self { from: None, to: None }
    }
}

impl<T: PartialOrd + Copy> Span<T> {
    pub fn is_open(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    pub fn has(&self, value: Option<T>) -> bool {
        match value {
            Some(value) => {
                self.from.is_none_or(|from| value >= from) && self.to.is_none_or(|to| value < to)
            }
            None => self.is_open(),
        }
    }
}

/// Statuses as people filter by them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusGroup {
    Ready,
    InProgress,
    Failed,
}

impl StatusGroup {
    pub const ALL: [Self; 3] = [Self::Ready, Self::InProgress, Self::Failed];

    pub fn has(self, status: &Status) -> bool {
        match self {
            Self::Ready => matches!(status, Status::Ready),
            Self::InProgress => status.is_in_progress(),
            Self::Failed => matches!(status, Status::Failed(_)),
        }
    }
}

/// All of it must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Criteria {
    /// What was typed.
    pub terms: Vec<Wanted>,
    /// A room's id.
    pub room: Option<String>,
    pub status: Option<StatusGroup>,
    /// Milliseconds since 1970.
    pub date: Span<i64>,
    /// Milliseconds.
    pub duration: Span<u64>,
    /// Bytes.
    pub size: Span<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// It must not be so.
    pub is_not: bool,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Folded; somewhere in any text. A long word may be mistyped.
    Word(String),
    /// Folded; somewhere in one text, exactly.
    Phrase(String),
    /// Folded; in the room's name or id.
    Room(String),
    Status(StatusGroup),
    Date(Span<i64>),
    Duration(Span<u64>),
    Size(Span<u64>),
}
