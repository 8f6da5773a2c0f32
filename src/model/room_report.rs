//! What became of each room that was to be deleted.

use super::RoomId;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoomOutcome {
    /// Gone, and what went with it.
    Deleted { with_meeting: bool, with_recordings: bool },
    /// Still there for its recordings; nobody can enter. Its meeting was ended, if one was going on.
    Closed { with_meeting: bool },
    /// Deleted when its meeting ends.
    ToBeDeleted { with_recordings: bool },
    /// Closed when its meeting ends.
    ToBeClosed,
    /// It was not there any more; what the user wanted is so.
    AlreadyGone,
    /// Still there: this is in the way, and the choices of `RoomDeletion` may help.
    Refused(Obstacle),
    /// Still there, and why, in the server's words or ours.
    Failed(String),
}

/// What keeps a room from being deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Obstacle {
    pub meeting: bool,
    pub recordings: bool,
    /// It cannot wait for the meeting's end, because of the recordings: the meeting must be ended.
    pub cannot_wait: bool,
}

/// One outcome for every id that was asked for, in that order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoomReport {
    pub outcomes: Vec<(RoomId, RoomOutcome)>,
}
