//! What can be done with one room, in the menu of its row and on its page.

use super::state::{RoomMenu, RoomsState, Way};
use crate::{
    i18n::{Words, t},
    model::{Room, RoomCapabilities, RoomId, RoomStatus},
    ui::{
        dom::Child,
        icon,
        menu::{item, menu},
        reactive::*,
    },
};

pub fn room_menu(rooms: RoomsState) -> impl Child {
    move || {
        let RoomMenu { id, x, y } = rooms.menu.get()?;
        let room = untrack(|| rooms.room(&id))?;
        let mut items = vec![item(icon::OPEN, t("Open"), true, {
            let id = id.clone();
            move || rooms.go(Way::Room(&id))
        })];
        let can = rooms.can.get_untracked()?;
        items.extend(actions(&can, &room).into_iter().map(|action| {
            let id = id.clone();
            item(action.icon(), action.text(rooms), true, move || action.run(rooms, &id))
        }));
        Some(menu(x, y, move || rooms.menu.set(None), items))
    }
}

/// What can be done with a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Share,
    Edit,
    SetOpen(bool),
    Record,
    Delete,
}

impl Action {
    /// The same button, whatever it does at the moment.
    pub fn is_same(&self, other: &Self) -> bool {
        matches!((self, other), (Self::SetOpen(_), Self::SetOpen(_))) || self == other
    }

    pub fn icon(self) -> &'static str {
        match self {
            Self::Share => icon::SHARE,
            Self::Edit => icon::EDIT,
            Self::SetOpen(true) => icon::UNLOCK,
            Self::SetOpen(false) => icon::LOCK,
            Self::Record => icon::RECORD,
            Self::Delete => icon::TRASH,
        }
    }

    pub fn text(self, rooms: RoomsState) -> Words {
        match self {
            Self::Share => t("Share…"),
            Self::Edit => t("Edit…"),
            Self::SetOpen(true) => t("Reopen"),
            Self::SetOpen(false) => t("Close room"),
            Self::Record => t("Start recording"),
            Self::Delete if ends(rooms) => t("End meeting"),
            Self::Delete => t("Delete"),
        }
    }

    pub fn run(self, rooms: RoomsState, id: &RoomId) {
        let id = id.clone();
        match self {
            Self::Share => rooms.sharing.set(Some(id)),
            Self::Edit => rooms.edit(id),
            Self::SetOpen(is_open) => rooms.set_open(id, is_open),
            Self::Record => rooms.start_recording(id),
            Self::Delete => rooms.ask_to_delete(vec![id]),
        }
    }
}

/// Deletion only ends a meeting there.
fn ends(rooms: RoomsState) -> bool {
    rooms.can.with_untracked(|it| it.and_then(|can| can.delete).is_some_and(|it| it.ends))
}

/// Beside opening it, what the server can do with the room as it is now.
pub fn actions(can: &RoomCapabilities, room: &Room) -> Vec<Action> {
    // Nothing can be done with a session that is over.
    let is_over = room.status == Some(RoomStatus::Ended);
    let is_closed = room.status == Some(RoomStatus::Closed);
    [
        (Action::Share, can_share(can, room)),
        (Action::Edit, !can.edit.is_empty()),
        (Action::SetOpen(is_closed), can.close),
        // Some servers do not say whether a meeting is going on: they refuse when none is.
        (
            Action::Record,
            can.record && !room.is_recording && (room.status.is_none() || room.is_active()),
        ),
        (Action::Delete, can.delete.is_some()),
    ]
    .into_iter()
    .filter_map(|(action, is_possible)| (is_possible && !is_over).then_some(action))
    .collect()
}

/// Links are not in every answer: then they are asked for when they are wanted.
pub fn can_share(can: &RoomCapabilities, room: &Room) -> bool {
    !can.links.is_empty()
        && room.status != Some(RoomStatus::Ended)
        && (!room.links.is_empty() || !room.has_settings)
}
