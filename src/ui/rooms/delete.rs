//! Deleting rooms: what was confirmed is sent batch by batch, and what is in the way is asked about.

use super::state::RoomsState;
use crate::model::RoomId;

impl RoomsState {
    pub fn ask_to_delete(self, _ids: Vec<RoomId>) {}
}
