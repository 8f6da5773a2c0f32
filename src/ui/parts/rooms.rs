//! The pages of the rooms, and what belongs to somebody who manages them.

use crate::{
    model::RoomId,
    ui::{
        dom::{Fragment, fragment},
        overview::overview_page,
        profile_dialog::profile_dialog,
        reactive::*,
        rooms::{Cover, RoomsState, room_page, rooms_alone, rooms_layers, rooms_page},
        state::State,
    },
};

#[derive(Clone)]
pub enum RoomsPart {
    /// The list of all.
    List(RoomsState),
    Room(RoomsState, RoomId, Cover),
    Overview(RoomsState),
    /// What opens over any of these.
    Layers(RoomsState),
    /// Who is signed in; the signal is off when that is closed.
    Profile(State, RwSignal<bool>),
    /// Nothing to be seen: asks for the list again.
    Refresh(RoomsState),
    /// All that somebody needs who manages rooms, where no app is around it.
    Alone(State, Option<RoomId>),
}

impl RoomsPart {
    pub(super) fn build(self) -> Fragment {
        match self {
            Self::List(rooms) => fragment(rooms_page(rooms)),
            Self::Room(rooms, room, cover) => fragment(room_page(rooms, room, cover)),
            Self::Overview(rooms) => fragment(overview_page(rooms)),
            Self::Layers(rooms) => fragment(rooms_layers(rooms)),
            Self::Refresh(rooms) => {
                rooms.refresh();
                Fragment::default()
            }
            Self::Alone(state, room) => fragment(rooms_alone(state, room)),
            Self::Profile(state, is_open) => {
                fragment(profile_dialog(state, move || is_open.set(false)))
            }
        }
    }
}
