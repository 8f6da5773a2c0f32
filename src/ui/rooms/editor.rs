//! The form that makes a room or changes one.

use super::state::RoomsState;
use crate::ui::dom::Child;

pub fn editor(_rooms: RoomsState) -> impl Child {}
