//! The question before rooms are deleted, what is in the way of it, and what became of them.

use super::state::RoomsState;
use crate::ui::dom::Child;

pub fn delete_dialog(_rooms: RoomsState) -> impl Child {}
