//! The pages of the app and the way between them. A page that was shown stays as it was left, behind the
//! one that is shown now, so that going back finds the same rows at the same place.

mod focus;
mod history;

use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlMediaElement};

use super::{Route, address, config, first_run::reload, link_view::Writer};
use crate::{
    i18n::{Words, t},
    model::RoomId,
    ui::{
        State, browser, command_palette,
        dom::{El, Fragment, NodeRef, a, button, div, fragment, h1, header, main, nav, span},
        icon,
        icon::icon,
        library_page,
        messages::live_regions,
        parts::{self, RoomsPart, SignIn},
        reactive::*,
        rooms::{Cover, RoomsState, Way},
        sign_in_again,
        state::Session,
        style::{APP, Sheet, sheet},
    },
};

pub static STYLE: Sheet = sheet!(APP, "style.css");

/// The pages that stay, each with a place of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pane {
    Recordings,
    Rooms,
    Room,
    Overview,
}

#[derive(Clone, Copy)]
struct Shell {
    state: State,
    writer: Writer,
    rooms: RoomsState,
    route: RwSignal<Route>,
    cover: Cover,
    is_profile_open: RwSignal<bool>,
    /// What had the focus last, on each page.
    focus: StoredValue<[Option<HtmlElement>; 4]>,
}

pub fn shell(state: State, first: Route) -> El {
    let route = RwSignal::new(first);
    let rooms = RoomsState::new(state);
    rooms.follow_session();
    let writer = Writer::new(state, move |others| match &*route.read_untracked() {
        Route::Rooms => Some(rooms.link_among(others)),
        Route::Recordings => Some(state.link_among(others)),
        _ => None,
    });
    rooms.set_go(Box::new(move |way| follow(route, writer, way)));
    let shell = Shell {
        writer,
        state,
        rooms,
        route,
        cover: Cover { is_open: RwSignal::new(false), closing: RwSignal::new(0) },
        is_profile_open: RwSignal::new(false),
        focus: StoredValue::new(Default::default()),
    };
    command_palette(state);
    shell.follow_history();
    shell.keep_views();
    shell.follow_player();
    shell.follow_cover();
    shell.name_pages();
    shell.keep_focus();
    let is_out = Memo::new(move |_| state.session.get() == Session::Ended && !state.is_in.get());
    shell.follow_sign_in(is_out);
    // Only over a page that shows rooms can anything of theirs open.
    let has_opened = Memo::new(move |before: Option<&bool>| {
        before == Some(&true) || pane_of(&route.read()) != Pane::Recordings
    });
    div().class("app").child((
        move || (!is_out.get()).then(|| shell.top()),
        main().child((
            move || is_out.get().then(|| parts::sign_in(state, SignIn::Page(change_server))),
            div().class("panes").attr("hidden", move || is_out.get().then_some("")).child((
                shell.pane(Pane::Recordings, move || fragment(library_page(state))),
                shell.pane(Pane::Rooms, move || parts::rooms(state, RoomsPart::List(rooms))),
                shell.room_pane(),
                shell.pane(Pane::Overview, move || parts::rooms(state, RoomsPart::Overview(rooms))),
            )),
            move || has_opened.get().then(|| parts::rooms(state, RoomsPart::Layers(rooms))),
        )),
        move || {
            shell
                .is_profile_open
                .get()
                .then(|| parts::rooms(state, RoomsPart::Profile(state, shell.is_profile_open)))
        },
        sign_in_again(state, move || state.is_in.get()),
        live_regions(state),
    ))
}

fn follow(route: RwSignal<Route>, writer: Writer, way: Way) {
    match way {
        Way::AllRooms => go(route, writer, Route::Rooms),
        // A browser takes such a segment for a step back.
        Way::Room(RoomId(id)) if matches!(id.as_str(), "." | "..") => {}
        Way::Room(room) => go(route, writer, Route::Room(room.clone())),
        Way::Recording(id) => go(route, writer, Route::Recording(id.clone())),
        Way::Leave(room) if *route.read_untracked() == Route::Room(room.clone()) => {
            address::replace(&address::path(&Route::Rooms), "");
            route.set(Route::Rooms);
        }
        Way::Leave(_) => {}
    }
}

/// Goes to another page, as a link does.
fn go(route: RwSignal<Route>, writer: Writer, to: Route) {
    writer.write_now();
    address::push(&address::path(&to));
    route.set(to);
}

fn pane_of(route: &Route) -> Pane {
    match route {
        Route::Rooms => Pane::Rooms,
        Route::Room(_) => Pane::Room,
        Route::Overview => Pane::Overview,
        Route::Recordings | Route::Recording(_) | Route::Shared(_) | Route::RoomLibrary(_) => {
            Pane::Recordings
        }
    }
}

fn change_server() -> Option<El> {
    config::is_chosen().then(|| push(icon::SETTINGS, t("Change server"), other_server))
}

fn other_server() {
    config::forget_choice();
    reload();
}

impl Shell {
    fn top(self) -> El {
        let Self { state, .. } = self;
        let has_rooms = Memo::new(move |_| self.rooms.can.with(Option::is_some));
        let is_covered = move || {
            let is_playing = state.playing.read().is_some();
            match pane_of(&self.route.read()) {
                Pane::Recordings => is_playing,
                Pane::Room => self.cover.is_open.get(),
                Pane::Rooms | Pane::Overview => false,
            }
        };
        let server = change_server();
        let account = move || {
            state.client().has_sign_in().then(|| {
                (
                    push(icon::USER, t("Profile"), move || self.is_profile_open.set(true)),
                    push(icon::LEAVE, t("Sign out"), move || state.sign_out()),
                )
            })
        };
        header().class("top").attr("inert", move || is_covered().then_some("")).child(
            div().class("top-inner").child((
                h1().class("brand").child(t("Meeting recordings")),
                nav().attr("aria-label", t("navigation|Main")).child((
                    self.link(Route::Recordings, t("Recordings")),
                    move || has_rooms.get().then(|| self.link(Route::Rooms, t("Rooms"))),
                    self.link(Route::Overview, t("Overview")),
                )),
                server,
                account(),
            )),
        )
    }

    fn link(self, to: Route, text: Words) -> El {
        let pane = pane_of(&to);
        let is_here = Memo::new(move |_| {
            let pane_now = pane_of(&self.route.read());
            pane_now == pane || (pane_now == Pane::Room && pane == Pane::Rooms)
        });
        a().attr("href", address::path(&to))
            .attr("aria-current", move || is_here.get().then_some("page"))
            .on(ev::click, move |event| {
                // Any other click is for a new tab or window, which is the browser's.
                if event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
                    return;
                }
                event.prevent_default();
                if *self.route.read_untracked() != to {
                    go(self.route, self.writer, to.clone());
                } else if to == Route::Rooms {
                    parts::refresh_rooms(self.rooms);
                } else {
                    self.state.refresh();
                }
            })
            .child(text)
    }

    /// Made when it is first shown, and then it stays, until somebody else signs in. The recordings are
    /// there from the start: the other pages count them.
    fn pane(self, pane: Pane, build: impl Fn() -> Fragment + 'static) -> El {
        let is_shown = self.is_shown(pane);
        let state = self.state;
        let made = Memo::new(move |before: Option<&Option<u32>>| {
            if pane == Pane::Recordings {
                return Some(0);
            }
            let epoch = state.epoch.get();
            let was_made = before.is_some_and(|it| *it == Some(epoch));
            let is_wanted = is_shown.get() && state.session.get() == Session::Open;
            (was_made || is_wanted).then_some(epoch)
        });
        self.frame(pane, is_shown).child(move || made.get().map(|_| untrack(&build)))
    }

    /// The page of the room that was looked at last; another user's is gone.
    fn room_pane(self) -> El {
        let room = Memo::new(move |before: Option<&(Option<RoomId>, u32)>| {
            let epoch = self.state.epoch.get();
            let before = before.filter(|(_, it)| *it == epoch).and_then(|(room, _)| room.clone());
            match &*self.route.read() {
                Route::Room(room) => (Some(room.clone()), epoch),
                _ => (before, epoch),
            }
        });
        let is_shown = self.is_shown(Pane::Room);
        self.frame(Pane::Room, is_shown).child(move || {
            let (room, _) = room.get();
            room.map(|room| parts::rooms(self.state, RoomsPart::Room(self.rooms, room, self.cover)))
        })
    }

    fn is_shown(self, pane: Pane) -> Memo<bool> {
        Memo::new(move |_| pane_of(&self.route.read()) == pane)
    }

    fn frame(self, pane: Pane, is_shown: Memo<bool>) -> El {
        let node = NodeRef::<HtmlElement>::default();
        Effect::new(move |before: Option<bool>| {
            let is_shown = is_shown.get();
            if let (Some(true), false, Some(node)) = (before, is_shown, node.get_untracked()) {
                pause(&node);
            }
            is_shown
        });
        div()
            .node_ref(node)
            .class(move || if is_shown.get() { "pane" } else { "pane is-behind" })
            .attr("inert", move || (!is_shown.get()).then_some(""))
            .on(ev::focusin, move |event| {
                let element = event.target().and_then(|it| it.dyn_into().ok());
                self.focus.update_value(|it| it[pane as usize] = element);
            })
    }
}

fn push(shape: &'static str, text: Words, act: impl Fn() + 'static) -> El {
    button()
        .class("button is-quiet")
        .attr("type", "button")
        .on(ev::click, move |_| act())
        .child((icon(shape), span().child(text)))
}

/// What nobody sees any more does not play on.
fn pause(pane: &HtmlElement) {
    for video in browser::all(pane, "video") {
        if let Ok(video) = video.dyn_into::<HtmlMediaElement>() {
            // Fails never.
            let _ = video.pause();
        }
    }
}
