//! What the page around a library hears of it, may forbid, and can do from outside. The element makes
//! events of it; the app has no page around it.

use std::rc::Rc;

use super::{
    browser,
    reactive::*,
    state::{Load, Playing, Session, State},
};
use crate::{
    i18n::messages,
    library::{Selection, Slot},
    model::{Access, Capabilities, Error, Recording, RecordingId, RoomCapabilities},
    player::{Order, Orders},
};

/// Something that has happened inside.
pub enum News {
    /// The list is there as far as was asked for. `total`: of how many, where the server says.
    Loaded {
        count: usize,
        total: Option<u64>,
    },
    Failed(Error),
    /// Somebody has to sign in. `was_in`: there was a session, and it has ended.
    SignedOut {
        was_in: bool,
        may_lack_cookies: bool,
    },
    /// So many are selected now: by people, not by the page.
    Selected(usize),
    Played(RecordingId),
    /// `at`: seconds from the start.
    Paused {
        id: RecordingId,
        at: f64,
    },
    Ended(RecordingId),
    /// The server has deleted them, or promised to.
    Deleted(Vec<RecordingId>),
    /// Somebody has been given a link.
    Shared {
        id: RecordingId,
        access: Access,
    },
    /// An action that the page has added to the rows.
    Acted {
        name: String,
        id: RecordingId,
    },
    Condition(Condition),
}

/// What people want and the page may keep them from.
pub enum Wish<'a> {
    Play(&'a RecordingId),
    Delete(&'a [RecordingId]),
    Download(&'a [RecordingId]),
}

/// How the library is, for the page's styles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    pub face: Face,
    pub is_signed_in: bool,
    pub is_playing: bool,
    pub is_selecting: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    Loading,
    Ready,
    Empty,
    SignedOut,
    Failed,
}

/// An action of the page's on one recording.
pub struct RowAction {
    pub name: String,
    pub label: String,
}

pub trait Host {
    fn hear(&self, news: News);
    fn allows(&self, wish: Wish) -> bool;
    fn row_actions(&self) -> Vec<RowAction>;
}

/// What the page does not want to be offered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    pub no_delete: bool,
    pub no_download: bool,
    pub no_share: bool,
    pub no_search: bool,
}

impl Limits {
    pub fn limit_rooms(self, can: RoomCapabilities) -> RoomCapabilities {
        RoomCapabilities {
            // To end a meeting is not to delete anything.
            delete: can.delete.filter(|it| it.ends || !self.no_delete),
            links: if self.no_share { &[] } else { can.links },
            ..can
        }
    }

    pub fn limit(self, mut can: Capabilities) -> Capabilities {
        can.delete &= !self.no_delete;
        can.download &= !self.no_download;
        can.zip &= !self.no_download;
        can.share &= !self.no_share;
        can.private_share &= !self.no_share;
        can
    }
}

/// A recording is on its way into the player as long as this is there.
pub struct Coming(State);

impl Drop for Coming {
    fn drop(&mut self) {
        let is_playing = self.0.is_playing();
        // `None` once the library is gone.
        self.0.orders.try_update(|it| it.came(is_playing));
    }
}

impl State {
    /// Has a page around it from now on, which hears what happens.
    pub fn host_in(self, host: Rc<dyn Host>) {
        self.host.set_value(Some(host));
        self.tell_of_loading();
        self.tell_of_session();
        self.tell_of_selection();
        let condition = Memo::new(move |_| self.condition());
        Effect::new(move |_| self.tell_host(News::Condition(condition.get())));
    }

    pub(super) fn tell_host(self, news: News) {
        // Not while the host is borrowed: what it does may come back here.
        let host = self.host.try_get_value().flatten();
        if let Some(host) = host {
            untrack(|| host.hear(news));
        }
    }

    /// Whether nobody is against it.
    pub(super) fn is_allowed(self, wish: Wish) -> bool {
        let host = self.host.get_value();
        host.is_none_or(|host| untrack(|| host.allows(wish)))
    }

    pub(super) fn row_actions(self) -> Vec<RowAction> {
        self.host.get_value().map_or_else(Vec::new, |host| host.row_actions())
    }

    fn tell_of_loading(self) {
        Effect::new(move |_| {
            let news = match &*self.load.read() {
                Load::Done => {
                    let (held, total) = self.library.with_untracked(|it| (it.held(), it.total()));
                    // The page of one recording has it in the player alone.
                    let is_playing = self.playing.read_untracked().is_some();
                    News::Loaded { count: held.max(usize::from(is_playing)), total }
                }
                Load::Failed { error: Error::SignedOut, .. } => return,
                Load::Failed { error, .. } => News::Failed(error.clone()),
                Load::Loading | Load::LoadingMore | Load::Filling => return,
            };
            self.tell_host(news);
        });
    }

    fn tell_of_session(self) {
        let has_ended = Memo::new(move |_| self.session.get() == Session::Ended);
        Effect::new(move |_| {
            if has_ended.get() {
                self.tell_host(News::SignedOut {
                    was_in: self.is_in.get_untracked(),
                    may_lack_cookies: self.may_lack_cookies(),
                });
            }
        });
    }

    fn tell_of_selection(self) {
        Effect::new(move |_| {
            let selection = self.list.selection.get();
            let count = selection.len();
            let told = self.told_selection.try_update_value(|it| std::mem::replace(it, selection));
            if told.is_some_and(|told| self.told_selection.with_value(|now| *now != told)) {
                self.tell_host(News::Selected(count));
            }
        });
    }

    fn condition(self) -> Condition {
        let face = match &*self.load.read() {
            _ if self.session.get() == Session::Ended => Face::SignedOut,
            _ if !self.library.read().is_empty() || self.playing.read().is_some() => Face::Ready,
            Load::Loading | Load::LoadingMore | Load::Filling => Face::Loading,
            Load::Failed { .. } => Face::Failed,
            Load::Done => Face::Empty,
        };
        Condition {
            face,
            is_signed_in: self.session.get() == Session::Open && self.is_in.get(),
            is_playing: self.playing.read().is_some(),
            is_selecting: !self.list.selection.read().is_empty(),
        }
    }

    /// See [`crate::client::Client::may_lack_cookies`].
    pub(super) fn may_lack_cookies(self) -> bool {
        self.client().may_lack_cookies(&browser::address())
    }

    /// In the order of the index.
    pub fn selected_ids(self) -> Vec<RecordingId> {
        let selection = self.list.selection.get_untracked();
        let slots: Vec<Slot> = selection.iter().collect();
        self.ids(&slots)
    }

    /// Selects these and no others, as far as they are known; nobody is told.
    pub fn select_only(self, ids: &[RecordingId]) {
        let mut selection = Selection::default();
        self.library.with_untracked(|library| {
            for slot in ids.iter().filter_map(|id| library.find(id)) {
                if !selection.has(slot) {
                    selection.toggle(slot);
                }
            }
        });
        self.told_selection.set_value(selection.clone());
        self.list.selection.set(selection);
    }

    /// Opens the player with a recording that may not be in the list, at `at` seconds. For a refusal, why.
    pub fn open(
        self,
        id: RecordingId,
        at: Option<f64>,
    ) -> impl Future<Output = Result<(), String>> + use<> {
        // Now, and not when somebody comes to wait for it.
        let coming = self.coming();
        async move {
            let _coming = coming;
            let recording = self.known_or_asked_for(&id).await;
            self.learn();
            match recording {
                Ok(it) if it.status.is_playable() => {
                    self.show_player(Playing { recording: it, secret: None, at });
                    Ok(())
                }
                Ok(it) => {
                    Err(messages::about(it.title(), &messages::not_playable(&it.status).text()))
                }
                Err(error) => {
                    self.notice(&error);
                    Err(messages::error(&error))
                }
            }
        }
    }

    /// A recording by its id, from the list or from the server.
    pub async fn known_or_asked_for(self, id: &RecordingId) -> Result<Recording, Error> {
        match untrack(|| self.recording(id)) {
            Some(known) => Ok(known),
            None => self.client().get(&id.into(), None).await,
        }
    }

    /// Unless the page is against it.
    pub(super) fn show_player(self, what: Playing) {
        if self.is_allowed(Wish::Play(&what.recording.id)) {
            self.orders.update(Orders::show);
            self.playing.set(Some(what));
        }
    }

    /// Before a recording is asked for to be played.
    pub(super) fn coming(self) -> Coming {
        let is_playing = self.is_playing();
        self.orders.update(|it| it.comes(is_playing));
        Coming(self)
    }

    pub fn order(self, order: Order) {
        let is_playing = self.is_playing();
        self.orders.update(|it| it.give(order, is_playing));
    }

    fn is_playing(self) -> bool {
        self.playing.try_get_untracked().flatten().is_some()
    }
}
