//! The signals that the parts of the rooms' pages share. A handle, free to copy, beside the library's
//! `State`, which has the client, speaks to the reader and knows the recordings.

use futures_util::future::AbortHandle;
use web_sys::HtmlInputElement;

use crate::{
    library::{Bits, Density, Layout, Selection},
    model::{Room, RoomCapabilities, RoomId},
    rooms::{RoomCriteria, RoomDeletions, RoomView, Rooms, Tallies},
    ui::{
        browser,
        dom::NodeRef,
        list::List,
        reactive::*,
        state::{Load, State},
    },
};

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

#[derive(Clone, Copy)]
pub struct RoomsState {
    pub app: State,
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
    pub editing: RwSignal<Option<Editing>>,
    pub sharing: RwSignal<Option<RoomId>>,
    pub menu: RwSignal<Option<RoomMenu>>,
    /// `None` until something is deleted.
    pub deletions: RwSignal<Option<RoomDeletions>>,
    /// A task sends what is to be deleted.
    pub(super) is_deleting: StoredValue<bool>,
    pub search: NodeRef<HtmlInputElement>,
    /// Goes to a page of the app, by its path below the base: `rooms/abc`.
    pub go: StoredValue<fn(&str)>,
}

impl RoomsState {
    pub fn new(app: State, go: fn(&str)) -> Self {
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
        let can = RwSignal::new(app.client().room_capabilities());
        let deletions = RwSignal::new(None::<RoomDeletions>);
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
                deletions.with(|it| it.as_ref().is_some_and(|it| !it.question().is_empty()))
            }),
        };
        Self {
            app,
            can,
            rooms,
            load: RwSignal::new(Load::Loading),
            loading: StoredValue::new(None),
            view,
            criteria,
            tallies,
            list,
            editing: RwSignal::new(None),
            sharing: RwSignal::new(None),
            menu: RwSignal::new(None),
            deletions,
            is_deleting: StoredValue::new(false),
            search: NodeRef::default(),
            go: StoredValue::new(go),
        }
    }

    pub fn room(self, id: &RoomId) -> Option<Room> {
        self.rooms.with(|rooms| rooms.get(rooms.find(id)?).cloned())
    }

    /// The title to name a room by in a message.
    pub fn title(self, id: &RoomId) -> String {
        untrack(|| self.room(id)).map_or_else(|| id.0.clone(), |it| it.title().to_owned())
    }

    /// Takes note of what the server can do, known at the latest after its first answer.
    pub fn learn(self) {
        self.app.learn();
        let can = self.app.client().room_capabilities();
        if self.can.get_untracked() != can {
            self.can.set(can);
        }
    }

    pub fn focus_search(self) {
        browser::focus(self.search.get_untracked().map(Into::into));
    }
}
