//! Making rooms, changing them, closing them and opening them again. A room that somebody else changed
//! or deleted while its form was open is not overwritten unasked.

use gloo_timers::future::TimeoutFuture;
use web_sys::{HtmlElement, HtmlFormElement};

use super::state::{Editing, RoomsState};
use crate::{
    i18n::{messages, rooms as texts},
    model::{
        EndAction, Error, Room, RoomCapabilities, RoomField, RoomId, RoomSettings, RoomStatus,
    },
    rooms::{Problem, RoomDraft},
    ui::{browser, dom::NodeRef, reactive::*},
};

/// What the open form asks before it goes on.
#[derive(Clone, PartialEq)]
pub enum Asks {
    /// Whether what was typed may be lost.
    Discard,
    /// The room is not as it was when the form was opened.
    Theirs(Box<Theirs>),
}

#[derive(Clone, PartialEq)]
pub struct Theirs {
    settings: RoomSettings,
    room: Room,
    pub changed: Vec<RoomField>,
}

/// The open form: a handle, free to copy.
#[derive(Clone, Copy)]
pub struct Form {
    pub rooms: RoomsState,
    pub can: StoredValue<RoomCapabilities>,
    what: StoredValue<Editing>,
    pub draft: RwSignal<RoomDraft>,
    /// What the server has, as far as we know.
    base: StoredValue<RoomSettings>,
    problems: Memo<Vec<(RoomField, Problem)>>,
    /// Fields that have been left: what is wrong with them is told from then on.
    left: RwSignal<Vec<RoomField>>,
    /// It was to be saved: what is wrong is told of all fields.
    is_tried: RwSignal<bool>,
    problem: RwSignal<String>,
    pub is_busy: RwSignal<bool>,
    pub asks: RwSignal<Option<Asks>>,
    /// What had the focus when something was asked.
    asked_from: StoredValue<Option<HtmlElement>>,
    pub node: NodeRef<HtmlFormElement>,
}

impl Form {
    pub fn new(rooms: RoomsState, what: Editing, can: RoomCapabilities) -> Self {
        let draft = match &what {
            Editing::New => RoomDraft::new(&can, browser::now() as i64),
            Editing::Room(room) => RoomDraft::of(room, &can),
        };
        let base = draft.before().clone();
        let draft = RwSignal::new(draft);
        Self {
            rooms,
            can: StoredValue::new(can),
            what: StoredValue::new(what),
            draft,
            base: StoredValue::new(base),
            problems: Memo::new(move |_| draft.read().problems(browser::now() as i64)),
            left: RwSignal::new(Vec::new()),
            is_tried: RwSignal::new(false),
            problem: RwSignal::new(String::new()),
            is_busy: RwSignal::new(false),
            asks: RwSignal::new(None),
            asked_from: StoredValue::new(None),
            node: NodeRef::default(),
        }
    }

    pub fn is_new(self) -> bool {
        self.what.try_with_value(|it| *it == Editing::New).unwrap_or(false)
    }

    /// What is to be told at a field: the server's words, else ours.
    pub fn problem_of(self, field: RoomField) -> Option<String> {
        let refusal = self.draft.with(|draft| {
            let mut refusals = draft.refusals().iter();
            refusals.find(|(it, _)| *it == Some(field)).map(|(_, text)| text.clone())
        });
        refusal.or_else(|| {
            let is_told = self.is_tried.get() || self.left.read().contains(&field);
            let problem = self.problems.read().iter().find(|(it, _)| *it == field).copied();
            problem.filter(|_| is_told).map(|(field, problem)| texts::problem(field, problem))
        })
    }

    /// What is wrong with the whole, and not with one field.
    pub fn problem(self) -> String {
        self.draft.with(|draft| {
            let refusals = draft.refusals().iter().filter(|(field, _)| field.is_none());
            let own = self.problem.get();
            let all = refusals.map(|(_, text)| text.clone()).chain([own]);
            all.filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
        })
    }

    pub fn leave(self, field: RoomField) {
        if !self.left.read_untracked().contains(&field) {
            self.left.update(|it| it.push(field));
        }
    }

    pub fn ask_to_close(self) {
        if self.is_busy.get_untracked() {
            return;
        }
        if self.asks.read_untracked().is_some() {
            self.go_on();
        } else if self.draft.read_untracked().is_changed() {
            self.ask(Asks::Discard);
        } else {
            self.close();
        }
    }

    pub fn close(self) {
        self.rooms.editing.set(None);
    }

    fn ask(self, what: Asks) {
        self.asked_from.set_value(browser::active_element());
        self.asks.set(Some(what));
    }

    /// Back to the fields.
    pub fn go_on(self) {
        self.asks.set(None);
        let from = self.asked_from.get_value().filter(|it| it.is_connected());
        browser::focus(from.or_else(|| self.first("input")));
    }

    pub fn save_anyway(self, theirs: &Theirs) {
        self.base.set_value(theirs.settings.clone());
        self.go_on();
        self.save();
    }

    pub fn load_theirs(self, theirs: &Theirs) {
        self.base.set_value(theirs.settings.clone());
        let draft = self.can.with_value(|can| RoomDraft::of(&theirs.room, can));
        self.draft.set(draft);
        self.is_tried.set(false);
        self.left.set(Vec::new());
        self.go_on();
    }

    pub fn save(self) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_tried.set(true);
        self.problem.set(String::new());
        let settings = self.draft.with_untracked(|it| {
            it.problems(browser::now() as i64).is_empty().then(|| it.settings())
        });
        let Some(settings) = settings else { return self.focus_first_problem() };
        self.is_busy.set(true);
        self.rooms.spawn(async move {
            match self.what.get_value() {
                Editing::New => self.create(&settings).await,
                Editing::Room(room) => self.change(&room.id, &settings).await,
            }
            // Closed when all went well, and its signals with it.
            self.is_busy.set(false);
        });
    }

    async fn create(self, settings: &RoomSettings) {
        match self.rooms.app.client().create_room(settings).await {
            Ok(room) => {
                let (id, title) = (room.id.clone(), room.title().to_owned());
                self.rooms.rooms.update(|it| {
                    it.put(room);
                });
                self.rooms.focus_row(&id);
                self.close();
                self.rooms.app.say(texts::created(&title));
            }
            Err(error) => self.refused(error),
        }
    }

    async fn change(self, id: &RoomId, after: &RoomSettings) {
        let (fields, base) = (self.draft.with_untracked(|it| it.fields()), self.base.get_value());
        let room = match self.rooms.fetch(id).await {
            Ok(room) => room,
            Err(error) => return self.refused(error),
        };
        let changed = changed(&base, &room.settings, fields);
        if !changed.is_empty() {
            let settings = room.settings.clone();
            return self.ask(Asks::Theirs(Box::new(Theirs { settings, room, changed })));
        }
        match self.rooms.app.client().update_room(id, &room.settings, after).await {
            Ok(()) => {
                // For the list; should it fail, the room is saved all the same.
                let title = match self.rooms.fetch(id).await {
                    Ok(room) => room.title().to_owned(),
                    Err(_) => self.rooms.title(id),
                };
                self.close();
                self.rooms.app.say(texts::saved(&title));
            }
            Err(error) => {
                // A part of it may be saved.
                if let Ok(room) = self.rooms.fetch(id).await {
                    self.base.set_value(room.settings);
                }
                self.refused(error);
            }
        }
    }

    fn refused(self, error: Error) {
        self.rooms.app.notice(&error);
        match error {
            Error::Invalid(fields) if !fields.is_empty() => {
                let client = self.rooms.app.client();
                self.draft.update(|it| it.refused(&fields, &|name| client.room_field(name)));
                self.focus_first_problem();
            }
            Error::NotFound if !self.is_new() => {
                self.problem.set(texts::DELETED_MEANWHILE.into());
            }
            Error::Conflict(_) if !self.is_new() => {
                self.problem.set(texts::MEETING_IN_THE_WAY.into());
            }
            error if self.is_new() => self.problem.set(texts::not_created(&error)),
            error => self.problem.set(messages::error(&error)),
        }
    }

    fn focus_first_problem(self) {
        self.rooms.spawn(async move {
            // After the fields say so.
            TimeoutFuture::new(0).await;
            browser::focus(self.first("[aria-invalid=true]"));
        });
    }

    fn first(self, selector: &str) -> Option<HtmlElement> {
        let form = self.node.get_untracked()?;
        browser::all(&form, selector).into_iter().next()
    }
}

/// Which settings differ, of those that the form has.
fn changed(before: &RoomSettings, now: &RoomSettings, fields: &[RoomField]) -> Vec<RoomField> {
    let is_changed = |field: &&RoomField| match field {
        RoomField::Name => before.name != now.name,
        RoomField::Id => before.id != now.id,
        RoomField::DeletesAt => before.deletes_at != now.deletes_at,
        RoomField::WithMeeting => before.deletion.with_meeting != now.deletion.with_meeting,
        RoomField::WithRecordings => {
            before.deletion.with_recordings != now.deletion.with_recordings
        }
        RoomField::MaxParticipants => before.max_participants != now.max_participants,
        RoomField::Chat => before.chat != now.chat,
        RoomField::Recording => before.recording != now.recording,
        RoomField::RecordingAccess => before.recording_access != now.recording_access,
        RoomField::Layout => before.layout != now.layout,
        RoomField::Encoding => before.encoding != now.encoding,
        RoomField::VirtualBackground => before.virtual_background != now.virtual_background,
        RoomField::E2ee => before.e2ee != now.e2ee,
        RoomField::Captions => before.captions != now.captions,
        RoomField::ModeratorLink => before.moderator_link != now.moderator_link,
        RoomField::SpeakerLink => before.speaker_link != now.speaker_link,
        RoomField::RecordingsLink => before.recordings_link != now.recordings_link,
        RoomField::Users => before.users != now.users,
        RoomField::ModeratorRights => before.moderator_rights != now.moderator_rights,
        RoomField::SpeakerRights => before.speaker_rights != now.speaker_rights,
        RoomField::Welcome => before.welcome != now.welcome,
        RoomField::Locked => before.is_locked != now.is_locked,
        RoomField::Group => before.is_group != now.is_group,
    };
    fields.iter().filter(is_changed).copied().collect()
}

impl RoomsState {
    /// Opens the form for a room, with what the server has of it now.
    pub fn edit(self, id: RoomId) {
        let may_open = self.ask_to_open();
        self.spawn(async move {
            let room = self.fetch(&id).await;
            if !may_open() {
                return;
            }
            match room {
                Ok(room) => self.editing.set(Some(Editing::Room(Box::new(room)))),
                Err(error) => self.fail(&id, &error),
            }
        });
    }

    pub fn set_open(self, id: RoomId, is_open: bool) {
        self.spawn(async move {
            if let Err(error) = self.app.client().set_room_open(&id, is_open).await {
                self.app.notice(&error);
                return self.fail(&id, &error);
            }
            // Closing may have to wait for the end of a meeting: the server knows.
            let room = self.fetch(&id).await.ok();
            let waits = room.is_some_and(|it| {
                it.end_action == EndAction::Close && it.status != Some(RoomStatus::Closed)
            });
            let title = self.title(&id);
            self.app.say(if is_open {
                texts::opened(&title)
            } else {
                texts::closed(&title, waits)
            });
        });
    }

    fn fail(self, id: &RoomId, error: &Error) {
        let why = match error {
            Error::Conflict(_) => texts::MEETING_IN_THE_WAY.into(),
            error => messages::error(error),
        };
        self.app.warn(messages::about(&self.title(id), &why));
    }

    /// Once nothing lies over the list, the focus goes to a room in it, if it is shown.
    pub(super) fn focus_row(self, id: &RoomId) {
        let slot = self.rooms.with_untracked(|it| it.find(id));
        let place = self
            .list
            .order
            .with_untracked(|order| order.slots.iter().position(|it| Some(*it) == slot));
        if place.is_some() {
            self.list.focus_at.set(place);
        }
    }
}
