//! What keeps rooms from being deleted, and what can be done about it.

use crate::model::{Obstacle, RoomDeletion, RoomId, WithMeeting, WithRecordings};

/// The rooms that were not deleted, by what is in the way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Obstacles {
    pub with_meeting: Vec<RoomId>,
    pub with_recordings: Vec<RoomId>,
    pub with_both: Vec<RoomId>,
    /// For some it was chosen to wait for the meeting's end, and that alone does not do: there are
    /// recordings too.
    pub cannot_wait: bool,
    /// What can be done about meetings, the mildest first; empty when none is in the way, or nothing can.
    pub meeting_choices: Vec<WithMeeting>,
    /// What can be done about recordings, the mildest first; empty when none are in the way, or nothing can.
    pub recordings_choices: Vec<WithRecordings>,
}

impl Obstacles {
    pub(super) fn of(refused: &[(RoomId, Obstacle)], rule: &RoomDeletion) -> Self {
        let mut it = Self::default();
        for (id, obstacle) in refused {
            let rooms = match (obstacle.meeting, obstacle.recordings) {
                (true, true) => &mut it.with_both,
                (true, false) => &mut it.with_meeting,
                (false, _) => &mut it.with_recordings,
            };
            rooms.push(id.clone());
            it.cannot_wait |= obstacle.cannot_wait;
        }
        if refused.iter().any(|(_, obstacle)| obstacle.meeting) {
            it.meeting_choices.extend(rule.with_meeting);
        }
        if refused.iter().any(|(_, obstacle)| obstacle.recordings) {
            it.recordings_choices.extend(rule.with_recordings);
        }
        it
    }
}
