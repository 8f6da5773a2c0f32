//! The signals that the parts of one library share, and what every intent needs: the client, the
//! formatter, the tasks. A `State` is a handle, free to copy; it belongs to the owner it was made
//! under and everything in it ends with that.

use std::{collections::HashSet, rc::Rc};

use futures_util::future::AbortHandle;

use web_sys::{HtmlElement, HtmlInputElement};

use super::{
    alarm::Alarm,
    browser,
    dom::NodeRef,
    host::{Host, Limits},
    intent::{keep::Keeping, watch::Watched},
    list::List,
    reactive::*,
    tasks::Tasks,
};
use crate::{
    client::{Client, MediaLink},
    i18n::{Format, Language, messages},
    library::{Bits, Column, Criteria, Deletions, Library, Polls, Selection, Undo, View},
    model::{
        Access, Capabilities, Error, Query, Recording, RecordingId, RecordingRef, RoomId, Secret,
        Sort, SortKey,
    },
    player::{Orders, Preferences},
    rooms::RoomNames,
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
    /// Page after page in the background, to the end.
    Filling,
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

/// What is open over the library, one at a time.
#[derive(Clone, Debug, PartialEq)]
pub enum Layer {
    Help,
    Commands,
    /// All that is known of one.
    Details(RecordingId),
    /// The question before a download that is large.
    Download {
        ids: Vec<RecordingId>,
        /// Of those selected, how many are not ready.
        left_out: usize,
    },
    /// Links that the clipboard did not take, one a line.
    Links(String),
}

/// How far the links of several recordings are fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copying {
    pub done: usize,
    pub of: usize,
}

/// What the player shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Playing {
    pub recording: Recording,
    /// The share link's, when that is what opens it.
    pub secret: Option<Secret>,
    /// Seconds, where it is to begin; `None`: at the start, unless the viewer goes on where they left.
    pub at: Option<f64>,
}

#[derive(Clone, Copy)]
pub struct State {
    client: StoredValue<Rc<Client>>,
    format: StoredValue<Rc<Format>>,
    tasks: StoredValue<Tasks>,
    /// The list request under way, which a newer one replaces.
    pub(super) loading: StoredValue<Option<AbortHandle>>,
    pub session: RwSignal<Session>,
    /// The server has answered somebody: what is on the page is theirs until they sign out.
    pub is_in: RwSignal<bool>,
    /// The dialog to sign in again is open, once the session has ended.
    pub is_asking: RwSignal<bool>,
    /// Counts up when all that was seen is forgotten: somebody has signed out, or somebody else in.
    pub epoch: RwSignal<u32>,
    /// What can be done here; nothing before the first answer.
    pub can: RwSignal<Capabilities>,
    /// Who signed in here, as far as we saw it.
    pub(super) user: StoredValue<Option<String>>,
    /// Whether the browser may keep how the reader likes the list, and the list.
    pub remembers: StoredValue<bool>,
    pub(super) keeping: StoredValue<Keeping>,
    /// The only room that is shown, where the page is for one.
    pub(super) only_room: StoredValue<Option<RoomId>>,
    pub library: RwSignal<Library>,
    pub load: RwSignal<Load>,
    /// Seconds until what failed for too many requests is tried again.
    pub retry_in: RwSignal<Option<u32>>,
    /// The reader has stopped the filling of the list, until asked for again.
    pub(super) is_stopped: StoredValue<bool>,
    /// The order that the server is being asked for.
    pub(super) sorting: StoredValue<Option<Sort>>,
    pub view: RwSignal<View>,
    pub criteria: Memo<Criteria>,
    /// The rows in view, and which of them are selected.
    pub list: List,
    pub(super) polls: StoredValue<Polls>,
    /// How many came by themselves and have not been looked at.
    pub news: RwSignal<usize>,
    pub rooms: RwSignal<RoomNames>,
    pub deletions: RwSignal<Deletions>,
    /// What of them can be taken back, and for how long.
    pub undo: RwSignal<Option<Undo>>,
    pub(super) is_deleting: StoredValue<bool>,
    /// What was selected when it was deleted, and is again when that is undone.
    pub(super) unselected: StoredValue<HashSet<RecordingId>>,
    pub menu: RwSignal<Option<Menu>>,
    pub sharing: RwSignal<Option<Sharing>>,
    /// The recording whose details are being changed.
    pub editing: RwSignal<Option<RecordingId>>,
    /// A request to merge is under way.
    pub is_merging: RwSignal<bool>,
    pub layer: RwSignal<Option<Layer>>,
    /// Taken away, it stops.
    pub copying: RwSignal<Option<Copying>>,
    /// There is a palette of commands, which only the app has.
    pub has_palette: StoredValue<bool>,
    pub playing: RwSignal<Option<Playing>>,
    /// How the viewer likes the player.
    pub player: RwSignal<Preferences>,
    /// Where recordings were left.
    pub(super) places: StoredValue<Watched>,
    /// The browser's own controls in place of ours.
    pub has_native_controls: StoredValue<bool>,
    /// What the polite and the assertive live region say.
    pub status: RwSignal<Notice>,
    pub alert: RwSignal<Notice>,
    /// Of a problem of this library.
    alarm: Alarm,
    /// Where the focus goes when what had it is gone and nothing is nearer.
    pub search: NodeRef<HtmlInputElement>,
    /// The same where there is no search.
    pub region: NodeRef<HtmlElement>,
    /// The page around it, where there is one, and what that does not want offered.
    pub(super) host: StoredValue<Option<Rc<dyn Host>>>,
    pub limits: StoredValue<Limits>,
    pub(super) told_selection: StoredValue<Selection>,
    /// What the page wants of the player.
    pub orders: RwSignal<Orders>,
    /// What was deleted since the list was last asked for: an answer from before may still have it.
    pub(super) gone: StoredValue<Vec<RecordingId>>,
    /// What the server has promised to delete, and until when (ms since 1970) to believe it.
    pub(super) scheduled: StoredValue<Vec<(RecordingId, f64)>>,
}

impl State {
    pub fn new(client: Rc<Client>) -> Self {
        let tasks = Tasks::default();
        let stop = StoredValue::new(tasks.clone());
        on_cleanup(move || {
            stop.try_with_value(Tasks::stop);
        });
        let library = RwSignal::new(Library::new(browser::fold));
        let view = RwSignal::new(View::default());
        let deletions = RwSignal::new(Deletions::default());
        let only_room = StoredValue::new(None::<RoomId>);
        let criteria = Memo::new(move |_| {
            let mut criteria = view.with(|it| it.criteria(browser::calendar(), browser::fold));
            // A server that cannot be asked for one room sends them all.
            if let Some(RoomId(room)) = only_room.get_value() {
                criteria.room = Some(room);
            }
            criteria
        });
        let sort = Memo::new(move |_| view.with(|it| (it.sort.clone(), it.group)));
        let order = Memo::new(move |_| {
            library.track();
            let hidden = deletions.with(|it| library.with_untracked(|library| hidden(it, library)));
            let (sort, group) = sort.get();
            criteria.with(|criteria| {
                library.with_untracked(|it| {
                    it.arrange(criteria, &sort, group, &browser::day_around, &hidden)
                })
            })
        });
        let asked = Memo::new(move |before: Option<&u64>| {
            criteria.track();
            sort.track();
            before.map_or(0, |it| it + 1)
        });
        let can = RwSignal::new(client.capabilities());
        let playing = RwSignal::new(None::<Playing>);
        let alert = RwSignal::new(Notice::default());
        let list = List {
            order,
            asked,
            keeps_place: StoredValue::new(false),
            layout: Memo::new(move |_| view.read().layout),
            density: Memo::new(move |_| view.read().density),
            selection: RwSignal::new(Selection::default()),
            can_select: Memo::new(move |_| can.with(Capabilities::has_bulk_work)),
            focus_at: RwSignal::new(None),
            is_covered: Memo::new(move |_| {
                !deletions.read().question().is_empty() || playing.read().is_some()
            }),
        };
        Self {
            format: StoredValue::new(Rc::new(Format::new(&Language::current().tag()))),
            tasks: StoredValue::new(tasks),
            loading: StoredValue::new(None),
            session: RwSignal::new(Session::Open),
            is_in: RwSignal::new(false),
            is_asking: RwSignal::new(false),
            epoch: RwSignal::new(0),
            can,
            user: StoredValue::new(None),
            remembers: StoredValue::new(false),
            keeping: StoredValue::new(Keeping::default()),
            only_room,
            library,
            load: RwSignal::new(Load::Loading),
            retry_in: RwSignal::new(None),
            is_stopped: StoredValue::new(false),
            sorting: StoredValue::new(None),
            view,
            criteria,
            list,
            polls: StoredValue::new(Polls::default()),
            news: RwSignal::new(0),
            rooms: RwSignal::new(RoomNames::default()),
            deletions,
            undo: RwSignal::new(None),
            is_deleting: StoredValue::new(false),
            unselected: StoredValue::new(HashSet::new()),
            menu: RwSignal::new(None),
            sharing: RwSignal::new(None),
            editing: RwSignal::new(None),
            is_merging: RwSignal::new(false),
            layer: RwSignal::new(None),
            copying: RwSignal::new(None),
            has_palette: StoredValue::new(false),
            playing,
            player: RwSignal::new(Preferences::default()),
            places: StoredValue::new(Watched::default()),
            has_native_controls: StoredValue::new(false),
            status: RwSignal::new(Notice::default()),
            alert,
            alarm: Alarm::new(alert),
            search: NodeRef::default(),
            region: NodeRef::default(),
            host: StoredValue::new(None),
            limits: StoredValue::new(Limits::default()),
            told_selection: StoredValue::new(Selection::default()),
            orders: RwSignal::new(Orders::default()),
            gone: StoredValue::new(Vec::new()),
            scheduled: StoredValue::new(Vec::new()),
            client: StoredValue::new(client),
        }
    }

    /// Another library for the same user of the same server: a room's own, beside that of all. What
    /// becomes of the session, and what is said, is said in one place for both.
    pub fn beside(self) -> Self {
        Self {
            session: self.session,
            is_in: self.is_in,
            is_asking: self.is_asking,
            epoch: self.epoch,
            user: self.user,
            player: self.player,
            remembers: self.remembers,
            status: self.status,
            alert: self.alert,
            alarm: Alarm::new(self.alert),
            host: self.host,
            limits: self.limits,
            ..Self::new(self.client())
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
        self.only_room.set_value(Some(room));
    }

    /// What to ask the server for: the page's room, or the one chosen while that list is asked for.
    pub(super) fn query(self) -> Query {
        let chosen = self.view.with_untracked(|it| it.filters.room.clone()).map(RoomId);
        let chosen = chosen.filter(|_| self.library.with_untracked(Library::is_narrowed));
        let sort = self.view.with_untracked(|it| it.sort.first().copied());
        let can_sort = |key: SortKey| self.can.with_untracked(|can| can.sort.contains(&key));
        Query {
            room: self.only_room.get_value().or(chosen),
            // Their own order is the newest first, and needs no asking.
            sort: sort.filter(|sort| *sort != View::NEWEST_FIRST && can_sort(sort.key)),
            size: self.client().page_size.get(),
            ..Query::default()
        }
    }

    /// Ends everything that is under way, of which nobody is to hear any more.
    pub fn stop_tasks(self) {
        self.tasks.with_value(Tasks::stop);
    }

    pub fn recording(self, id: &RecordingId) -> Option<Recording> {
        self.library.with(|library| library.get(library.find(id)?))
    }

    /// The title to name a recording by in a message.
    pub fn title(self, id: &RecordingId) -> String {
        let known = untrack(|| self.recording(id));
        known.map_or_else(|| id.as_str().to_owned(), |it| it.title().to_owned())
    }

    /// How the server finds it.
    pub fn reference(self, id: &RecordingId) -> RecordingRef {
        let known = untrack(|| self.recording(id));
        known.as_ref().map_or_else(|| id.into(), Into::into)
    }

    /// Takes note of what the server can do, known at the latest after its first answer.
    pub fn learn(self) {
        let can = self.limits.get_value().limit(self.client().capabilities());
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

    /// Says what can be seen anyway, to be heard. Not in place of news, which can be seen only there.
    pub fn announce(self, text: impl Into<String>) {
        if !self.status.with_untracked(|status| status.is_news) {
            self.status.set(Notice { text: text.into(), is_news: false });
        }
    }

    /// Says that something did not work; stays until it is closed or something else is said.
    pub fn warn(self, text: impl Into<String>) {
        self.status.set(Notice::default());
        self.alert.set(Notice { text: text.into(), is_news: true });
    }

    /// Says a problem that stands on the page where it belongs, to be heard.
    pub fn alarm(self, text: impl Into<String>) {
        self.alarm.raise(text.into());
    }

    /// Takes an alarm of its own back: it is over.
    pub fn calm(self) {
        self.alarm.calm();
    }

    pub fn focus_search(self) {
        match self.search.get_untracked() {
            Some(search) => browser::focus(Some(search.into())),
            None => browser::focus(self.region.get_untracked()),
        }
    }

    /// How many rows are shown of how many held.
    pub fn count(self) -> String {
        let shown = self.list.order.with(|order| order.slots.len());
        let (held, total) = self.library.with(|it| {
            let total = it.total().and_then(|total| usize::try_from(total).ok());
            (it.held(), it.is_partial().then_some(total))
        });
        let format = self.format();
        messages::count(shown, held, total, |n| format.number(n))
    }

    /// Whether a column has anything to show here. A status stands where a duration would.
    pub fn has_column(self, column: Column) -> bool {
        self.can.with(|can| match column {
            Column::Duration => can.duration || can.status,
            Column::Size => can.size,
            _ => true,
        })
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

/// What is on its way to be deleted is not shown, though it is there.
fn hidden(deletions: &Deletions, library: &Library) -> Bits {
    deletions.hidden().filter_map(|id| library.find(id)).collect()
}
