//! The rooms without the app around them, as the element shows them: their list, and behind it, as it was
//! left, the page of one.

use super::{
    layers::rooms_layers,
    page::rooms_page,
    room_page::room_page,
    state::{Cover, RoomsState, Way},
};
use crate::{
    model::RoomId,
    ui::{
        dom::{El, div},
        messages::live_regions,
        parts::{self, SignIn},
        reactive::*,
        sign_in_again,
        state::{Session, State},
    },
};

/// `room`: whose page is there first.
pub fn rooms_alone(app: State, room: Option<RoomId>) -> El {
    let rooms = RoomsState::new(app);
    rooms.follow_session();
    let open = RwSignal::new(room);
    rooms.set_go(Box::new(move |way| match way {
        Way::Room(room) => open.set(Some(room.clone())),
        Way::AllRooms | Way::Leave(_) => open.set(None),
        // Only the overview leads there.
        Way::Recording(_) => {}
    }));
    // Rooms tell of their recordings.
    app.refresh();
    parts::begin_when_idle(app);
    let is_out = Memo::new(move |_| app.session.get() == Session::Ended && !app.is_in.get());
    let is_open = Memo::new(move |_| open.read().is_some());
    let cover = Cover { is_open: RwSignal::new(false), closing: RwSignal::new(0) };
    let pages = move || {
        (!is_out.get()).then(|| {
            // Nothing that somebody has opened is open for whoever signs in next.
            app.epoch.track();
            let list = div().attr("hidden", move || is_open.get().then_some(""));
            let room = move || open.get().map(|room| untrack(|| room_page(rooms, room, cover)));
            div().child((list.child(untrack(|| rooms_page(rooms))), room))
        })
    };
    div().child((
        move || is_out.get().then(|| parts::sign_in(app, SignIn::Page(|| None))),
        pages,
        rooms_layers(rooms),
        sign_in_again(app, move || app.is_in.get()),
        live_regions(app),
    ))
}
