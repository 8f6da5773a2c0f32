//! What can be done with one room, in the menu of its row and on its page.

use super::state::{RoomMenu, RoomsState};
use crate::{
    model::{Room, RoomCapabilities, RoomStatus},
    ui::{
        dom::Child,
        icon,
        menu::{Item, item, menu},
        reactive::*,
    },
};

pub fn room_menu(rooms: RoomsState) -> impl Child {
    move || {
        let RoomMenu { id, x, y } = rooms.menu.get()?;
        let room = untrack(|| rooms.room(&id))?;
        let mut items = vec![item(icon::OPEN, "Open", true, {
            let id = id.clone();
            move || rooms.go_to(Some(&id))
        })];
        items.extend(actions(rooms, &room));
        Some(menu(x, y, move || rooms.menu.set(None), items))
    }
}

/// Beside opening it.
pub fn actions(rooms: RoomsState, room: &Room) -> Vec<Item> {
    let Some(can) = rooms.can.get_untracked() else { return Vec::new() };
    let id = || room.id.clone();
    let is_over = room.status == Some(RoomStatus::Ended);
    let mut items = Vec::new();
    if can_share(&can, room) {
        let id = id();
        items.push(item(icon::SHARE, "Share…", true, move || {
            rooms.sharing.set(Some(id.clone()));
        }));
    }
    if !can.edit.is_empty() {
        let id = id();
        items.push(item(icon::EDIT, "Edit…", !is_over, move || rooms.edit(id.clone())));
    }
    if can.close {
        let is_closed = room.status == Some(RoomStatus::Closed);
        let (shape, text) =
            if is_closed { (icon::UNLOCK, "Reopen") } else { (icon::LOCK, "Close room") };
        let id = id();
        items.push(item(shape, text, true, move || rooms.set_open(id.clone(), is_closed)));
    }
    if can.record && room.is_active() {
        let id = id();
        items.push(item(icon::RECORD, "Start recording", !room.is_recording, move || {
            rooms.start_recording(id.clone());
        }));
    }
    if let Some(deletion) = can.delete {
        let id = id();
        let text = if deletion.ends { "End meeting" } else { "Delete" };
        items.push(item(icon::TRASH, text, !is_over, move || {
            rooms.ask_to_delete(vec![id.clone()]);
        }));
    }
    items
}

/// Links are not in every answer: then they are asked for when they are wanted.
pub fn can_share(can: &RoomCapabilities, room: &Room) -> bool {
    !can.links.is_empty()
        && room.status != Some(RoomStatus::Ended)
        && (!room.links.is_empty() || !room.has_settings)
}
