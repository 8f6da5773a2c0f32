//! The signals that the parts of one library share, and what every intent needs: the client, the
//! formatter, the tasks. A `State` is a handle, free to copy; it belongs to the owner it was made
//! under and everything in it ends with that.

use std::rc::Rc;

use futures_util::future::AbortHandle;
use leptos::prelude::*;

use web_sys::HtmlInputElement;

use super::{browser, dom::NodeRef, tasks::Tasks};
use crate::{
    client::{Client, MediaLink},
    i18n::{Format, messages},
    library::{Deletion, Library, Selection, View},
    model::{
        Access, Capabilities, Error, Query, Recording, RecordingId, RecordingRef, RoomId, Secret,
    },
    rooms::Rooms,
};

/// Whether the server takes our requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Session {
    /// As far as we know; the first answer tells.
    Open,
    Ended,
}

/// The state of the list's last request.
#[derive(Clone, Debug, PartialEq)]
pub enum Load {
    /// The first page, or all of it again.
    Loading,
    LoadingMore,
    Done,
    /// `more`: while loading more, so that what is shown stands.
    Failed {
        error: Error,
        more: bool,
    },
}

/// What a live region says. News is also shown there; the rest stands elsewhere on the page, and is
/// said for those who do not see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    pub text: String,
    pub is_news: bool,
}

/// The menu of one row, and where its button is.
#[derive(Clone, Debug, PartialEq)]
pub struct Menu {
    pub id: RecordingId,
    /// Viewport coordinates of the button's lower right corner, in CSS px.
    pub x: f64,
    pub y: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Sharing {
    pub id: RecordingId,
    pub access: Access,
    /// `None` while it is being fetched.
    pub link: Option<Result<MediaLink, Error>>,
}

/// What the player shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Playing {
    pub recording: Recording,
    /// The share link's, when that is what opens it.
    pub secret: Option<Secret>,
}

#[derive(Clone, Copy)]
pub struct State {
    client: StoredValue<Rc<Client>, LocalStorage>,
    format: StoredValue<Rc<Format>, LocalStorage>,
    tasks: StoredValue<Tasks, LocalStorage>,
    /// The list request under way, which a newer one replaces.
    pub(super) loading: StoredValue<Option<AbortHandle>, LocalStorage>,
    pub session: RwSignal<Session>,
    /// What can be done here; nothing before the first answer.
    pub can: RwSignal<Capabilities>,
    pub query: RwSignal<Query>,
    /// Who signed in here, as far as we saw it.
    pub(super) user: StoredValue<Option<String>>,
    /// The only room that is shown, where the page is for one.
    pub(super) only_room: StoredValue<Option<RoomId>>,
    /// What the rows held are the answer to: their next page is asked for in the same words.
    pub(super) listed: StoredValue<Query>,
    pub library: RwSignal<Library>,
    pub load: RwSignal<Load>,
    /// Seconds until what failed for too many requests is tried again.
    pub retry_in: RwSignal<Option<u32>>,
    pub view: RwSignal<View>,
    /// The ids in view, in order.
    pub order: Memo<Vec<RecordingId>>,
    pub rooms: RwSignal<Rooms>,
    pub selection: RwSignal<Selection>,
    pub deletion: RwSignal<Deletion>,
    /// Where the focus goes when the row that had it is gone: the place in `order`.
    pub focus_at: RwSignal<Option<usize>>,
    pub menu: RwSignal<Option<Menu>>,
    pub sharing: RwSignal<Option<Sharing>>,
    /// The recording whose details are being changed.
    pub editing: RwSignal<Option<RecordingId>>,
    /// A request to merge is under way.
    pub is_merging: RwSignal<bool>,
    pub playing: RwSignal<Option<Playing>>,
    /// What the polite and the assertive live region say.
    pub status: RwSignal<Notice>,
    pub alert: RwSignal<Notice>,
    /// Where the focus goes when what had it is gone and nothing is nearer.
    pub search: NodeRef<HtmlInputElement>,
    /// What was deleted since the list was last asked for: an answer from before may still have it.
    pub(super) gone: StoredValue<Vec<RecordingId>>,
    /// What the server has promised to delete, and until when (ms since 1970) to believe it.
    pub(super) scheduled: StoredValue<Vec<(RecordingId, f64)>>,
}

impl State {
    pub fn new(client: Rc<Client>) -> Self {
        let tasks = Tasks::default();
        let stop = StoredValue::new_local(tasks.clone());
        on_cleanup(move || {
            stop.try_with_value(Tasks::stop);
        });
        let library = RwSignal::new(Library::new(browser::fold));
        let view = RwSignal::new(View::default());
        Self {
            format: StoredValue::new_local(Rc::new(Format::new(&browser::language()))),
            tasks: StoredValue::new_local(tasks),
            loading: StoredValue::new_local(None),
            session: RwSignal::new(Session::Open),
            can: RwSignal::new(client.capabilities()),
            query: RwSignal::new(Query::default()),
            user: StoredValue::new(None),
            only_room: StoredValue::new(None),
            listed: StoredValue::new(Query::default()),
            library,
            load: RwSignal::new(Load::Loading),
            retry_in: RwSignal::new(None),
            view,
            order: Memo::new(move |_| library.with(|library| view.with(|view| view.of(library)))),
            rooms: RwSignal::new(Rooms::default()),
            selection: RwSignal::new(Selection::default()),
            deletion: RwSignal::new(Deletion::Idle),
            focus_at: RwSignal::new(None),
            menu: RwSignal::new(None),
            sharing: RwSignal::new(None),
            editing: RwSignal::new(None),
            is_merging: RwSignal::new(false),
            playing: RwSignal::new(None),
            status: RwSignal::new(Notice::default()),
            alert: RwSignal::new(Notice::default()),
            search: NodeRef::default(),
            gone: StoredValue::new(Vec::new()),
            scheduled: StoredValue::new(Vec::new()),
            client: StoredValue::new_local(client),
        }
    }

    pub fn client(self) -> Rc<Client> {
        self.client.get_value()
    }

    pub fn format(self) -> Rc<Format> {
        self.format.get_value()
    }

    pub fn spawn(self, work: impl Future<Output = ()> + 'static) -> AbortHandle {
        self.tasks.with_value(|tasks| tasks.spawn(work))
    }

    /// Shows one room and no other, for as long as it lives.
    pub fn keep_to_room(self, room: RoomId) {
        self.only_room.set_value(Some(room.clone()));
        self.query.update(|query| query.room = Some(room));
    }

    /// Ends everything that is under way, of which nobody is to hear any more.
    pub fn stop_tasks(self) {
        self.tasks.with_value(Tasks::stop);
    }

    pub fn recording(self, id: &RecordingId) -> Option<Recording> {
        self.library.with(|library| library.get(id).cloned())
    }

    /// The title to name a recording by in a message.
    pub fn title(self, id: &RecordingId) -> String {
        self.library.with_untracked(|library| match library.get(id) {
            Some(recording) => recording.title().to_owned(),
            None => id.as_str().to_owned(),
        })
    }

    /// How the server finds it.
    pub fn reference(self, id: &RecordingId) -> RecordingRef {
        self.library.with_untracked(|library| match library.get(id) {
            Some(recording) => recording.into(),
            None => id.into(),
        })
    }

    /// Takes note of what the server can do, known at the latest after its first answer.
    pub fn learn(self) {
        let can = self.client().capabilities();
        if self.can.get_untracked() != can {
            self.can.set(can);
        }
    }

    /// Says what the user's doing came to, to be seen and heard.
    pub fn say(self, text: impl Into<String>) {
        self.alert.set(Notice::default());
        self.tell(text);
    }

    /// Says what has happened by itself.
    pub fn tell(self, text: impl Into<String>) {
        self.status.set(Notice { text: text.into(), is_news: true });
    }

    /// Says what can be seen anyway, to be heard.
    pub fn announce(self, text: impl Into<String>) {
        self.status.set(Notice { text: text.into(), is_news: false });
    }

    /// Says that something did not work; stays until it is closed or something else is said.
    pub fn warn(self, text: impl Into<String>) {
        self.status.set(Notice::default());
        self.alert.set(Notice { text: text.into(), is_news: true });
    }

    /// Says a problem that stands on the page where it belongs, to be heard.
    pub fn alarm(self, text: impl Into<String>) {
        self.alert.set(Notice { text: text.into(), is_news: false });
    }

    /// Takes an alarm back: it is over.
    pub fn calm(self) {
        if !self.alert.with_untracked(|alert| alert.is_news || alert.text.is_empty()) {
            self.alert.set(Notice::default());
        }
    }

    pub fn focus_search(self) {
        browser::focus(self.search.get_untracked().map(Into::into));
    }

    /// How many rows are shown of how many held.
    pub fn count(self) -> String {
        let shown = self.order.with(Vec::len);
        let (held, total) = self.library.with(|it| {
            let total = it.total().and_then(|total| usize::try_from(total).ok());
            (it.len(), it.next().map(|_| total))
        });
        let format = self.format();
        messages::count(shown, held, total, |n| format.number(n))
    }

    /// Why the list could not be loaded, and what happens next.
    pub fn explain(self, error: &Error) -> String {
        match self.retry_in.get() {
            Some(seconds) => messages::retry_in(seconds),
            None => messages::error(error),
        }
    }

    /// Takes note of an error of any request: the end of the session shows in one place for all.
    pub fn notice(self, error: &Error) {
        if *error == Error::SignedOut {
            self.session.set(Session::Ended);
        }
    }
}
