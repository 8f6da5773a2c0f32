//! The pages of the app and the way between them. A page that was shown stays as it was left, behind the
//! one that is shown now, so that going back finds the same rows at the same place.

use gloo_timers::future::TimeoutFuture;
use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlMediaElement};

use super::{Route, address, config, first_run::reload, link_view::Writer};
use crate::{
    i18n::{Words, messages, t},
    library::Deletions,
    model::{Error, RecordingId, RoomId},
    ui::{
        State, browser, command_palette,
        dom::{El, Fragment, NodeRef, a, button, div, fragment, h1, header, main, nav, span},
        icon,
        icon::icon,
        library_page,
        messages::live_regions,
        parts::{self, RoomsPart},
        reactive::*,
        rooms::{Cover, RoomsState, Way},
        sign_in::sign_in_page,
        sign_in_again,
        state::{Playing, Session},
    },
};

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
            move || is_out.get().then(|| sign_in(state)),
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
    address::push(&address::path(&to), "");
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

fn sign_in(state: State) -> El {
    let other = config::is_chosen().then(|| push(icon::SETTINGS, t("Change server"), other_server));
    sign_in_page(state).child(other)
}

fn other_server() {
    config::forget_choice();
    reload();
}

impl Shell {
    /// The focus is where one goes on, and nothing that was opened stays for whoever comes next.
    fn follow_sign_in(self, is_out: Memo<bool>) {
        Effect::new(move |before: Option<u32>| {
            let epoch = self.state.epoch.get();
            if before.is_some_and(|before| before != epoch) {
                self.is_profile_open.set(false);
                self.focus.set_value(Default::default());
            }
            epoch
        });
        Effect::new(move |before: Option<bool>| {
            let is_out = is_out.get();
            if before.is_some_and(|before| before != is_out) {
                self.state.spawn(async move {
                    // After the page has been shown.
                    TimeoutFuture::new(0).await;
                    if is_out {
                        let fields = all_in_page(".sign-in input");
                        browser::focus(fields.into_iter().next());
                    } else {
                        self.focus_in(pane_of(&self.route.get_untracked()), true);
                    }
                });
            }
            is_out
        });
    }

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
        let server =
            config::is_chosen().then(|| push(icon::SETTINGS, t("Change server"), other_server));
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
                    self.rooms.refresh();
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

    /// Back and forward.
    fn follow_history(self) {
        let listening = window_event_listener(ev::popstate, move |_| {
            let Some(url) = address::url() else { return };
            let route = address::route(&url);
            // The view that the entry was left with.
            match &route {
                Route::Recordings => self.state.show_link(&url.search()),
                Route::Rooms => self.rooms.show_link(&url.search()),
                _ => {}
            }
            if *self.route.read_untracked() != route {
                self.close_layers();
                self.route.set(route);
            } else if self.cover.is_open.get_untracked() {
                self.cover.closing.update(|it| *it = it.wrapping_add(1));
            }
        });
        on_cleanup(move || listening.remove());
    }

    /// What was open over the page that is left. The form stays: what was typed is not to be lost.
    fn close_layers(self) {
        self.rooms.menu.set(None);
        self.rooms.sharing.set(None);
        self.rooms.deletions.update(|it| {
            if let Some(it) = it.as_mut().filter(|it| !it.question().is_empty()) {
                it.dismiss();
            }
        });
        self.state.menu.set(None);
        self.state.sharing.set(None);
        self.state.editing.set(None);
        self.state.layer.set(None);
        self.state.deletions.update(Deletions::dismiss);
        self.is_profile_open.set(false);
    }

    /// The player of a room's page has an entry in the history, so that going back closes it.
    fn follow_cover(self) {
        Effect::new(move |before: Option<bool>| {
            let is_open = self.cover.is_open.get();
            let is_here = matches!(&*self.route.read_untracked(), Route::Room(_));
            if let Some(url) = address::url().filter(|_| is_here) {
                match (before, is_open) {
                    (Some(false), true) => address::push_player(&url.pathname()),
                    (Some(true), false) => address::leave_player(),
                    _ => {}
                }
            }
            is_open
        });
    }

    /// What had the focus may have gone, with a dialog between: then the page's heading has it.
    fn keep_focus(self) {
        let is_open = Memo::new(move |_| {
            self.rooms.list.is_covered.get()
                || self.is_profile_open.get()
                || self.rooms.menu.read().is_some()
                || self.state.layer.read().is_some()
        });
        Effect::new(move |before: Option<bool>| {
            let is_open = is_open.get();
            if before == Some(true) && !is_open {
                self.state.spawn(async move {
                    // After whoever closed it has put the focus where it belongs.
                    TimeoutFuture::new(50).await;
                    let active = browser::active_element();
                    if active.is_none_or(|it| it.tag_name() == "BODY") {
                        self.focus_in(pane_of(&self.route.get_untracked()), true);
                    }
                });
            }
            is_open
        });
    }

    /// The views of the lists are in the address while these are shown.
    fn keep_views(self) {
        let Self { state, rooms, route, .. } = self;
        state.remember();
        let search = address::url().map(|it| it.search()).unwrap_or_default();
        match &*route.read_untracked() {
            Route::Rooms => rooms.show_link(&search),
            Route::Recordings => state.show_link(&search),
            _ => {}
        }
        let writer = self.writer;
        Effect::new(move |_| {
            state.view.track();
            rooms.view.track();
            route.track();
            writer.changed();
        });
    }

    /// The recording that is played is in the address, and one that is in the address is played.
    fn follow_player(self) {
        let Self { state, route, .. } = self;
        Effect::new(move |before: Option<Option<RecordingId>>| {
            let id = state.playing.with(|it| it.as_ref().map(|it| it.recording.id.clone()));
            let now = route.get_untracked();
            match (&id, now) {
                (Some(id), Route::Recordings) => {
                    go(route, self.writer, Route::Recording(id.clone()));
                }
                (Some(id), Route::Recording(other)) if *id != other => {
                    let to = Route::Recording(id.clone());
                    address::replace(&address::path(&to), "");
                    route.set(to);
                }
                (None, Route::Recording(_)) if before.flatten().is_some() && !address::back() => {
                    self.leave_recording();
                }
                _ => {}
            }
            id
        });
        Effect::new(move |_| {
            let is_open = state.session.get() == Session::Open;
            let playing =
                state.playing.with_untracked(|it| it.as_ref().map(|it| it.recording.id.clone()));
            match route.get() {
                Route::Recording(id) if is_open && playing.as_ref() != Some(&id) => self.play(id),
                Route::Recording(_) => {}
                _ if playing.is_some() => state.close_player(),
                _ => {}
            }
        });
    }

    fn leave_recording(self) {
        address::replace(&address::path(&Route::Recordings), &self.state.link());
        self.route.set(Route::Recordings);
    }

    fn play(self, id: RecordingId) {
        let at = address::url().and_then(|url| address::time(&url));
        let state = self.state;
        state.spawn(async move {
            let recording = match untrack(|| state.recording(&id)) {
                Some(known) => Ok(known),
                None => state.client().get(&(&id).into(), None).await,
            };
            if self.route.get_untracked() != Route::Recording(id.clone()) {
                return;
            }
            match recording {
                Ok(recording) if recording.status.is_playable() => {
                    state.playing.set(Some(Playing { recording, secret: None, at }));
                }
                Ok(recording) => {
                    self.leave_recording();
                    let why = messages::not_playable(&recording.status);
                    state.warn(messages::about(recording.title(), &why.text()));
                }
                // It is played once somebody has signed in.
                Err(Error::SignedOut) => state.notice(&Error::SignedOut),
                Err(error) => {
                    self.leave_recording();
                    state.warn(messages::about(id.as_str(), &messages::error(&error)));
                }
            }
        });
    }

    /// Title and focus follow the page. Not at first: what a page begins with is its own.
    fn name_pages(self) {
        // What is shown, by its own title where it has one.
        let title = Memo::new(move |_| match &*self.route.read() {
            Route::Recording(_) => {
                let playing = self.state.playing.read();
                (t("Recordings"), playing.as_ref().map(|it| it.recording.title().to_owned()))
            }
            Route::Rooms => (t("Rooms"), None),
            Route::Room(id) => {
                let room = self.rooms.room(id);
                let title = room.map_or_else(|| id.0.clone(), |it| it.title().to_owned());
                (t("Rooms"), Some(title))
            }
            Route::Overview => (t("Overview"), None),
            _ => (t("Recordings"), None),
        });
        Effect::new(move |_| {
            let (page, own) = title.get();
            browser::set_title(&own.unwrap_or_else(|| page.into()));
        });
        let place = Memo::new(move |_| match &*self.route.read() {
            Route::Recording(_) => Route::Recordings,
            route => route.clone(),
        });
        Effect::new(move |before: Option<Route>| {
            let place = place.get();
            if before.is_some() {
                self.rooms.moved_on();
                let pane = pane_of(&place);
                let is_other_room =
                    matches!((&before, &place), (Some(Route::Room(_)), Route::Room(_)));
                self.state.spawn(async move {
                    // After the page has been shown.
                    TimeoutFuture::new(0).await;
                    self.focus_in(pane, !is_other_room);
                });
            }
            place
        });
    }

    /// Where the focus was on that page, or its heading.
    fn focus_in(self, pane: Pane, is_back: bool) {
        // The player sees to its own.
        if matches!(*self.route.read_untracked(), Route::Recording(_)) {
            return;
        }
        let before = self.focus.with_value(|it| it[pane as usize].clone());
        if let Some(element) = before.filter(|it| is_back && it.is_connected()) {
            return browser::focus_in_place(&element);
        }
        let headings = all_in_page(".pane:not(.is-behind) h2");
        if let Some(heading) = headings.into_iter().next() {
            heading.set_tab_index(-1);
            browser::focus_in_place(&heading);
        }
    }
}

fn push(shape: &'static str, text: Words, act: impl Fn() + 'static) -> El {
    button()
        .class("button is-quiet")
        .attr("type", "button")
        .on(ev::click, move |_| act())
        .child((icon(shape), span().child(text)))
}

fn all_in_page(selector: &str) -> Vec<HtmlElement> {
    let page = browser::document().and_then(|it| it.document_element());
    page.map(|it| browser::all(&it, selector)).unwrap_or_default()
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
