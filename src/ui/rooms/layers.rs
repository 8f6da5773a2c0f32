//! What opens over any page that shows rooms: the menu of a room, its form, its links, its deletion.

use super::{
    actions::room_menu, delete_dialog::delete_dialog, editor::editor, share_dialog::share_dialog,
    state::RoomsState,
};
use crate::ui::dom::{El, div};

pub fn rooms_layers(rooms: RoomsState) -> El {
    div().class("layers").child((
        room_menu(rooms),
        editor(rooms),
        share_dialog(rooms),
        delete_dialog(rooms),
    ))
}
