//! The signals that the parts of the rooms' pages share. A handle, free to copy, beside the library's
//! `State`, which has the client, speaks to the reader and knows the recordings.

use futures_util::future::AbortHandle;
use web_sys::HtmlInputElement;

use super::grid::{Column, columns};
use crate::{
    library::{Bits, Density, Layout, Selection},
    model::{Capabilities, Error, RecordingId, Room, RoomCapabilities, RoomId},
    rooms::{RoomCriteria, RoomDeletions, RoomView, Rooms, Tallies},
    ui::{
        alarm::Alarm,
        browser,
        dom::NodeRef,
        list::List,
        reactive::*,
        state::{Load, Session, State},
        tasks::Tasks,
    },
};

/// The player of a room's page, which covers the whole window.
#[derive(Clone, Copy)]
pub struct Cover {
    pub is_open: RwSignal<bool>,
    /// Counts up when it is to be closed.
    pub closing: RwSignal<u32>,
}

/// What the form is open for.
#[derive(Clone, Debug, PartialEq)]
pub enum Editing {
    New,
    /// As the server has it now, with all settings.
    Room(Box<Room>),
}

/// The menu of one room, and where its button is.
#[derive(Clone, Debug, PartialEq)]
pub struct RoomMenu {
    pub id: RoomId,
    /// Viewport coordinates of the button's lower right corner, in CSS px.
    pub x: f64,
    pub y: f64,
}

/// A page of the app.
#[derive(Clone, Copy, Debug)]
pub enum Way<'a> {
    AllRooms,
    Room(&'a RoomId),
    /// A recording, played over the list of all.
    Recording(&'a RecordingId),
    /// That of all rooms in place of the room's, which is gone.
    Leave(&'a RoomId),
}

/// How the app goes to its pages.
pub type Go = Box<dyn Fn(Way)>;

#[derive(Clone, Copy)]
pub struct RoomsState {
    pub app: State,
    tasks: StoredValue<Tasks>,
    /// `None` where the server has no rooms, and before it is known.
    pub can: RwSignal<Option<RoomCapabilities>>,
    pub rooms: RwSignal<Rooms>,
    pub load: RwSignal<Load>,
    pub(super) loading: StoredValue<Option<AbortHandle>>,
    pub view: RwSignal<RoomView>,
    pub criteria: Memo<RoomCriteria>,
    /// Of the recordings known.
    pub tallies: Memo<Tallies>,
    pub list: List,
    pub columns: Memo<Vec<Column>>,
    pub editing: RwSignal<Option<Editing>>,
    pub sharing: RwSignal<Option<RoomId>>,
    pub menu: RwSignal<Option<RoomMenu>>,
    /// `None` until something is deleted.
    pub deletions: RwSignal<Option<RoomDeletions>>,
    /// A task sends what is to be deleted.
    pub(super) is_deleting: StoredValue<bool>,
    pub search: NodeRef<HtmlInputElement>,
    /// Of a problem of the list, beside the library's own.
    pub(super) alarm: Alarm,
    go: StoredValue<Go>,
    /// Counts what would open something when its answer comes: only the last still may.
    asked: StoredValue<u32>,
}

impl RoomsState {
    pub fn new(app: State) -> Self {
        let rooms = RwSignal::new(Rooms::new(browser::fold));
        let view = RwSignal::new(RoomView::default());
        let criteria = Memo::new(move |_| view.with(|it| it.criteria(browser::fold)));
        let sort = Memo::new(move |_| view.with(|it| it.sort.clone()));
        let tallies = Memo::new(move |_| app.library.with(|it| Tallies::of(it.index())));
        let order = Memo::new(move |_| {
            let sort = sort.get();
            let tallies = tallies.get();
            criteria.with(|criteria| {
                rooms.with(|it| {
                    it.arrange(criteria, &sort, &tallies, &Bits::new(), browser::now() as i64)
                })
            })
        });
        let asked = Memo::new(move |before: Option<&u64>| {
            criteria.track();
            sort.track();
            before.map_or(0, |it| it + 1)
        });
        let can = RwSignal::new(None);
        // Known at the latest after the first answer, whoever asked.
        Effect::new(move |_| {
            let is_known = app.can.get() != Capabilities::NONE;
            if is_known && app.session.get() == Session::Open {
                app.spawn(async move {
                    // A server that could not say is asked again with the next change.
                    if let Ok(now) = app.client().room_capabilities().await {
                        let now = now.map(|it| app.limits.get_value().limit_rooms(it));
                        if can.get_untracked() != now {
                            can.set(now);
                        }
                    }
                });
            }
        });
        let deletions = RwSignal::new(None::<RoomDeletions>);
        let editing = RwSignal::new(None::<Editing>);
        let sharing = RwSignal::new(None::<RoomId>);
        let list = List {
            order,
            asked,
            keeps_place: StoredValue::new(false),
            layout: Memo::new(|_| Layout::Table),
            density: Memo::new(|_| Density::Comfortable),
            selection: RwSignal::new(Selection::default()),
            can_select: Memo::new(move |_| {
                can.with(|it| it.is_some_and(|can| can.has_bulk_work()))
            }),
            focus_at: RwSignal::new(None),
            is_covered: Memo::new(move |_| {
                let is_asking = deletions.with(|it| {
                    it.as_ref().is_some_and(|it| {
                        !it.question().is_empty()
                            || it.obstacles().is_some()
                            || it.summary().is_some_and(|it| !it.failed.is_empty())
                    })
                });
                is_asking || editing.read().is_some() || sharing.read().is_some()
            }),
        };
        let tasks = StoredValue::new(Tasks::default());
        on_cleanup(move || {
            tasks.try_with_value(Tasks::stop);
        });
        Self {
            app,
            tasks,
            can,
            rooms,
            load: RwSignal::new(Load::Loading),
            loading: StoredValue::new(None),
            view,
            criteria,
            tallies,
            list,
            columns: Memo::new(move |_| {
                can.with(|it| it.as_ref().map(columns).unwrap_or_default())
            }),
            editing,
            sharing,
            menu: RwSignal::new(None),
            deletions,
            is_deleting: StoredValue::new(false),
            search: NodeRef::default(),
            alarm: Alarm::new(app.alert),
            go: StoredValue::new(Box::new(|_| ())),
            asked: StoredValue::new(0),
        }
    }

    pub fn spawn(self, work: impl Future<Output = ()> + 'static) -> AbortHandle {
        self.tasks.with_value(|tasks| tasks.spawn(work))
    }

    /// Forgets all that was seen: it was somebody else's.
    pub(super) fn reset(self) {
        let was_begun = self.rooms.with_untracked(Rooms::is_begun);
        // An answer to a question of theirs must not bring it back.
        self.tasks.with_value(Tasks::stop);
        self.view.set(RoomView::default());
        self.rooms.set(Rooms::new(browser::fold));
        self.list.selection.set(Selection::default());
        self.editing.set(None);
        self.sharing.set(None);
        self.menu.set(None);
        self.deletions.set(None);
        self.is_deleting.set_value(false);
        // What nobody has looked at yet need not be asked for again.
        if was_begun {
            self.load.set(Load::Failed { error: Error::SignedOut, more: false });
        }
    }

    pub fn room(self, id: &RoomId) -> Option<Room> {
        self.rooms.with(|rooms| rooms.get(rooms.find(id)?).cloned())
    }

    /// The title to name a room by in a message.
    pub fn title(self, id: &RoomId) -> String {
        untrack(|| self.room(id)).map_or_else(|| id.0.clone(), |it| it.title().to_owned())
    }

    /// Before anything is shown.
    pub fn set_go(self, go: Go) {
        self.go.set_value(go);
    }

    /// Whoever has gone to another page does not want to see there what was asked for before.
    pub fn moved_on(self) {
        self.asked.update_value(|it| *it = it.wrapping_add(1));
    }

    /// Whether what is asked for now may still open something.
    pub(super) fn ask_to_open(self) -> impl Fn() -> bool {
        self.moved_on();
        let mine = self.asked.get_value();
        move || self.asked.get_value() == mine && self.editing.with_untracked(Option::is_none)
    }

    pub fn go(self, way: Way) {
        self.go.with_value(|go| go(way));
    }

    pub fn focus_search(self) {
        browser::focus(self.search.get_untracked().map(Into::into));
    }
}
