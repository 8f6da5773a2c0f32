//! The rooms as a list: which columns there are, and what a row does.

use super::{
    row::row,
    state::{RoomsState, Way},
};
use crate::{
    i18n::{Words, t},
    library::Slot,
    model::{RoomCapabilities, RoomField, RoomId},
    rooms::RoomSortKey,
    ui::{
        dom::El,
        list::{self, Acts, Face, Header, sort_header},
        reactive::*,
    },
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Status,
    Recordings,
    Size,
    Created,
    DeletesAt,
    Owner,
}

/// Those that have anything to show on this server.
pub fn columns(can: &RoomCapabilities) -> Vec<Column> {
    let has_end = can.create.contains(&RoomField::DeletesAt);
    [
        (Column::Status, can.status),
        (Column::Recordings, true),
        (Column::Size, true),
        (Column::Created, can.created),
        (Column::DeletesAt, has_end),
        (Column::Owner, can.owner),
    ]
    .into_iter()
    .filter_map(|(column, has)| has.then_some(column))
    .collect()
}

pub fn grid(rooms: RoomsState) -> El {
    let acts = Acts {
        open: Box::new(move |slot| rooms.open(slot)),
        delete: Box::new(move |slot| rooms.ask_to_delete(rooms.ids(&rooms.list.meant_at(slot)))),
        clear: Box::new(move || rooms.clear_selection()),
    };
    let face = Face {
        label: t("Rooms"),
        class: "rooms",
        is_partial: Box::new(move || rooms.rooms.read().is_partial()),
        tracks: Box::new(move || tracks(&rooms.columns.get())),
        heads: Box::new(move || {
            let columns = rooms.columns.get();
            let name = header(rooms, RoomSortKey::Name, t("Room"), "room");
            [name].into_iter().chain(columns.into_iter().map(|it| column(rooms, it))).collect()
        }),
        row: Box::new(move |entry| row(rooms, entry)),
        at_end: Box::new(|| ()),
    };
    list::grid(rooms.list, acts, face)
}

fn tracks(columns: &[Column]) -> String {
    columns
        .iter()
        .map(|column| match column {
            Column::Status => " 8em",
            Column::Recordings => " 6em",
            Column::Size => " 5.5em",
            Column::Created | Column::DeletesAt => " 7.5em",
            Column::Owner => " minmax(0, 6em)",
        })
        .collect()
}

fn column(rooms: RoomsState, column: Column) -> El {
    let (key, name, class) = match column {
        Column::Status => (RoomSortKey::Status, t("Status"), "status-cell"),
        Column::Recordings => (RoomSortKey::Recordings, t("Recordings"), "count-cell"),
        Column::Size => (RoomSortKey::Size, t("Size"), "size"),
        Column::Created => (RoomSortKey::Created, t("Created"), "date"),
        Column::DeletesAt => (RoomSortKey::DeletesAt, t("Deletes itself"), "date deletes"),
        Column::Owner => (RoomSortKey::Owner, t("Owner"), "name"),
    };
    header(rooms, key, name, class)
}

fn header(rooms: RoomsState, key: RoomSortKey, name: Words, class: &'static str) -> El {
    sort_header(Header {
        name,
        class,
        sorted: Memo::new(move |_| {
            let view = rooms.view.read();
            let at = view.sort.iter().position(|sort| sort.key == key)?;
            Some((at, view.sort.get(at)?.descending))
        }),
        sort: Box::new(move |is_second| {
            rooms.view.update(|view| view.sort_by(key, is_second));
        }),
    })
}

impl RoomsState {
    pub fn open(self, slot: Slot) {
        let id = self.rooms.with_untracked(|it| it.get(slot).map(|room| room.id.clone()));
        if let Some(id) = id {
            self.go(Way::Room(&id));
        }
    }

    pub fn ids(self, slots: &[Slot]) -> Vec<RoomId> {
        self.rooms.with_untracked(|rooms| {
            slots.iter().filter_map(|slot| Some(rooms.get(*slot)?.id.clone())).collect()
        })
    }

    /// Whether there was anything to clear.
    pub fn clear_selection(self) -> bool {
        let had_any = self.list.clear_selection();
        if had_any {
            self.app.announce(t("Nothing selected."));
        }
        had_any
    }
}
