//! The address bar follows what is shown, and what is shown follows the address bar: pages, the views of
//! their lists, the players over them.

use leptos::ev;

use super::{
    super::{Route, address},
    Shell, go,
};
use crate::{
    i18n::messages,
    library::Deletions,
    model::{Error, RecordingId},
    ui::{
        reactive::*,
        state::{Playing, Session},
    },
};

impl Shell {
    /// Back and forward.
    pub(super) fn follow_history(self) {
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
    pub(super) fn follow_cover(self) {
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

    /// The views of the lists are in the address while these are shown.
    pub(super) fn keep_views(self) {
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
    pub(super) fn follow_player(self) {
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
            let recording = state.known_or_asked_for(&id).await;
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
}
