//! The links that a room is entered by, one for each role.

use super::state::RoomsState;
use crate::ui::dom::Child;

pub fn share_dialog(_rooms: RoomsState) -> impl Child {}
