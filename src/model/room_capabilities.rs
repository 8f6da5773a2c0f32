//! What a server can do with rooms, as data: a control whose flag is off is not rendered.

use super::{RoomField, RoomRight, RoomRole, WithMeeting, WithRecordings};

/// Declared by each dialect; see `provider::RoomProvider`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomCapabilities {
    /// What is asked for when a room is made; empty where none can be made.
    pub create: &'static [RoomField],
    /// What of a room can be changed; empty where nothing can.
    pub edit: &'static [RoomField],
    pub name: NameRule,
    /// [`RoomField::DeletesAt`] must be said when a room is made.
    pub must_end: bool,
    pub delete: Option<RoomDeletion>,
    /// Closing and reopening.
    pub close: bool,
    /// Links to enter by, in the order they are shown; empty where there are none.
    pub links: &'static [RoomRole],
    /// Recordings of a room can be started and stopped.
    pub record: bool,
    /// What rows say.
    pub status: bool,
    pub owner: bool,
    pub created: bool,
    /// Presets of [`RoomField::Encoding`], as the server names them.
    pub encodings: &'static [&'static str],
    /// What of the rights of a role can be set; what is not here goes along with another.
    pub rights: &'static [RoomRight],
}

/// How a room is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomDeletion {
    /// Rooms are sessions: what goes by the name of deletion ends them, and their rows stay (plugNmeet).
    pub ends: bool,
    /// How many rooms one request can delete.
    pub batch: usize,
    /// Choices where a meeting is in the way, the mildest first; empty: the server does not ask.
    pub with_meeting: &'static [WithMeeting],
    /// Choices where recordings are in the way.
    pub with_recordings: &'static [WithRecordings],
}

/// What the server makes of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameRule {
    /// Characters.
    pub longest: usize,
    /// Anything else than letters of ASCII, digits, `_`, `-` and blanks is dropped by the server.
    pub is_plain: bool,
    pub is_required: bool,
}

impl RoomCapabilities {
    /// A list to look at.
    pub const NONE: Self = Self {
        create: &[],
        edit: &[],
        name: NameRule { longest: 50, is_plain: false, is_required: false },
        must_end: false,
        delete: None,
        close: false,
        links: &[],
        record: false,
        status: false,
        owner: false,
        created: false,
        encodings: &[],
        rights: &[],
    };

    /// Whether there is anything to select rows for.
    pub fn has_bulk_work(&self) -> bool {
        self.delete.is_some()
    }
}
