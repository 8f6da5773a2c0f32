//! The whole server at a glance.

use super::state::RoomsState;
use crate::ui::dom::{El, section};

pub fn overview_page(_rooms: RoomsState) -> El {
    section().class("library").attr("role", "region").attr("aria-label", "Overview")
}
