//! The rooms without the app around them, as the element shows them: their list, and behind it, as it was
//! left, the page of one. Over both the player, for recordings that the page around plays.

use gloo_timers::future::TimeoutFuture;
use web_sys::HtmlElement;

use super::{
    layers::rooms_layers,
    page::rooms_page,
    room_page::room_page,
    state::{Cover, RoomsState, Way},
};
use crate::{
    model::RoomId,
    ui::{
        browser,
        dom::{El, NodeRef, div},
        messages::live_regions,
        parts::{self, SignIn},
        reactive::*,
        sign_in_again,
        state::{Session, State},
    },
};

/// `room`: whose page is there first.
pub fn rooms_alone(app: State, room: Option<RoomId>) -> El {
    let mut rooms = RoomsState::new(app);
    // The element's focus goes to the one search that there is.
    rooms.search = app.search;
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
    let all = NodeRef::default();
    follow_with_focus(rooms, open, all);
    let is_out = Memo::new(move |_| app.session.get() == Session::Ended && !app.is_in.get());
    let is_open = Memo::new(move |_| open.read().is_some());
    let is_playing = Memo::new(move |_| app.playing.read().is_some());
    let cover = Cover { is_open: RwSignal::new(false), closing: RwSignal::new(0) };
    let pages = move || {
        (!is_out.get()).then(|| {
            // Nothing that somebody has opened is open for whoever signs in next.
            app.epoch.track();
            let list = div().attr("hidden", move || is_open.get().then_some(""));
            let room = move || open.get().map(|room| untrack(|| room_page(rooms, room, cover)));
            div()
                .class("pages")
                .attr("inert", move || is_playing.get().then_some(""))
                .child((list.child(untrack(|| rooms_page(rooms))), room))
        })
    };
    div().node_ref(all).child((
        move || is_out.get().then(|| parts::sign_in(app, SignIn::Page(|| None))),
        pages,
        move || is_playing.get().then(|| parts::player(app, Some(State::close_player))),
        rooms_layers(rooms),
        sign_in_again(app, move || app.is_in.get()),
        live_regions(app),
    ))
}

/// Whoever opens a room is at its heading, and who comes back at its row.
fn follow_with_focus(rooms: RoomsState, open: RwSignal<Option<RoomId>>, all: NodeRef<HtmlElement>) {
    Effect::new(move |before: Option<Option<RoomId>>| {
        let now = open.get();
        if let Some(before) = before.filter(|before| *before != now) {
            rooms.moved_on();
            rooms.spawn(async move {
                // After the page has been shown.
                TimeoutFuture::new(0).await;
                let heading = all.get_untracked().filter(|_| open.read_untracked().is_some());
                let heading = heading.map(|it| browser::all(&it, ".room-page h2"));
                match (heading.and_then(|it| it.into_iter().next()), before) {
                    (Some(heading), _) => {
                        heading.set_tab_index(-1);
                        browser::focus_in_place(&heading);
                    }
                    (None, Some(room)) if rooms.room(&room).is_some() => rooms.focus_row(&room),
                    _ => rooms.focus_search(),
                }
            });
        }
        now
    });
}
