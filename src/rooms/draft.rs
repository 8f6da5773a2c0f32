//! What a person types into the form of a room, as one value: what is shown, what is wrong with it,
//! what the server said of it, and what settings it makes.

mod preset;
mod problem;

pub use preset::DatePreset;
pub use problem::Problem;
use problem::number;

use crate::model::{
    FieldError, RecordingAccess, RecordingLayout, Room, RoomCapabilities, RoomField, RoomRight,
    RoomSettings, WithMeeting, WithRecordings,
};

/// What OpenVidu Meet calls a room of whose name nothing is left.
const NAMELESS: &str = "Room";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomDraft {
    capabilities: RoomCapabilities,
    is_new: bool,
    before: Typed,
    typed: Typed,
    /// The id is no longer made of the name.
    is_id_typed: bool,
    refusals: Vec<(Option<RoomField>, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Typed {
    /// As typed; `max_participants` and, with encryption, `recording` are only right in
    /// [`RoomDraft::settings`].
    settings: RoomSettings,
    max_participants: String,
}

impl RoomDraft {
    /// Of a room to be made. Where it must end, it does so in a day until somebody says otherwise.
    pub fn new(capabilities: &RoomCapabilities, now_ms: i64) -> Self {
        let settings = RoomSettings {
            deletes_at: DatePreset::Day.date(now_ms).filter(|_| capabilities.must_end),
            ..RoomSettings::default()
        };
        Self::with(settings, capabilities, true)
    }

    /// Of a room to be changed; its settings must all be there (`Room::has_settings`).
    pub fn of(room: &Room, capabilities: &RoomCapabilities) -> Self {
        Self::with(room.settings.clone(), capabilities, false)
    }

    fn with(settings: RoomSettings, capabilities: &RoomCapabilities, is_new: bool) -> Self {
        let max_participants = settings.max_participants.map(|it| it.to_string());
        let typed = Typed { settings, max_participants: max_participants.unwrap_or_default() };
        Self {
            capabilities: *capabilities,
            is_new,
            before: typed.clone(),
            typed,
            is_id_typed: false,
            refusals: Vec::new(),
        }
    }

    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// What the form has, in the dialect's order.
    pub fn fields(&self) -> &'static [RoomField] {
        if self.is_new { self.capabilities.create } else { self.capabilities.edit }
    }

    /// Whether a field is to be shown: some make sense only with another one.
    pub fn is_shown(&self, field: RoomField) -> bool {
        use RoomField::{Encoding, Layout, Recording, RecordingAccess};
        let makes_sense = match field {
            RecordingAccess | Layout | Encoding => self.flag(Recording),
            RoomField::WithMeeting | RoomField::WithRecordings => {
                self.typed.settings.deletes_at.is_some()
            }
            _ => true,
        };
        makes_sense && self.fields().contains(&field)
    }

    /// Whether it can be changed as things are: what is encrypted from end to end is not recorded.
    pub fn is_enabled(&self, field: RoomField) -> bool {
        field != RoomField::Recording || !self.typed.settings.e2ee
    }

    /// Of `Name`, `Id`, `MaxParticipants`, `Encoding` and `Welcome`, as typed.
    pub fn text(&self, field: RoomField) -> &str {
        let settings = &self.typed.settings;
        match field {
            RoomField::Name => &settings.name,
            RoomField::Id => &settings.id,
            RoomField::MaxParticipants => &self.typed.max_participants,
            RoomField::Encoding => &settings.encoding,
            RoomField::Welcome => &settings.welcome,
            _ => "",
        }
    }

    /// Until an id is typed, it follows the name.
    pub fn set_text(&mut self, field: RoomField, text: String) {
        let makes_id = !self.is_id_typed && self.fields().contains(&RoomField::Id);
        let settings = &mut self.typed.settings;
        match field {
            RoomField::Name => {
                if makes_id {
                    settings.id = identifier(&text);
                }
                settings.name = text;
            }
            RoomField::Id => {
                settings.id = text;
                self.is_id_typed = true;
            }
            RoomField::MaxParticipants => self.typed.max_participants = text,
            RoomField::Encoding => settings.encoding = text,
            RoomField::Welcome => settings.welcome = text,
            _ => {}
        }
        self.forgive(field);
        if field == RoomField::Name && makes_id {
            self.forgive(RoomField::Id);
        }
    }

    /// Of a field that is on or off.
    pub fn flag(&self, field: RoomField) -> bool {
        let it = &self.typed.settings;
        match field {
            RoomField::Chat => it.chat,
            RoomField::Recording => it.recording && !it.e2ee,
            RoomField::VirtualBackground => it.virtual_background,
            RoomField::E2ee => it.e2ee,
            RoomField::Captions => it.captions,
            RoomField::ModeratorLink => it.moderator_link,
            RoomField::SpeakerLink => it.speaker_link,
            RoomField::RecordingsLink => it.recordings_link,
            RoomField::Users => it.users,
            RoomField::Locked => it.is_locked,
            RoomField::Group => it.is_group,
            _ => false,
        }
    }

    pub fn set_flag(&mut self, field: RoomField, is_on: bool) {
        let it = &mut self.typed.settings;
        match field {
            RoomField::Chat => it.chat = is_on,
            RoomField::Recording => it.recording = is_on,
            RoomField::VirtualBackground => it.virtual_background = is_on,
            RoomField::E2ee => it.e2ee = is_on,
            RoomField::Captions => it.captions = is_on,
            RoomField::ModeratorLink => it.moderator_link = is_on,
            RoomField::SpeakerLink => it.speaker_link = is_on,
            RoomField::RecordingsLink => it.recordings_link = is_on,
            RoomField::Users => it.users = is_on,
            RoomField::Locked => it.is_locked = is_on,
            RoomField::Group => it.is_group = is_on,
            _ => {}
        }
        self.forgive(field);
    }

    /// Milliseconds since 1970.
    pub fn set_deletes_at(&mut self, date: Option<i64>) {
        self.typed.settings.deletes_at = date;
        self.forgive(RoomField::DeletesAt);
    }

    pub fn set_with_meeting(&mut self, choice: WithMeeting) {
        self.typed.settings.deletion.with_meeting = choice;
        self.forgive(RoomField::WithMeeting);
    }

    pub fn set_with_recordings(&mut self, choice: WithRecordings) {
        self.typed.settings.deletion.with_recordings = choice;
        self.forgive(RoomField::WithRecordings);
    }

    pub fn set_recording_access(&mut self, choice: RecordingAccess) {
        self.typed.settings.recording_access = choice;
        self.forgive(RoomField::RecordingAccess);
    }

    pub fn set_layout(&mut self, choice: RecordingLayout) {
        self.typed.settings.layout = choice;
        self.forgive(RoomField::Layout);
    }

    /// Of `ModeratorRights` or `SpeakerRights`.
    pub fn set_right(&mut self, field: RoomField, right: RoomRight, has: bool) {
        match field {
            RoomField::ModeratorRights => self.typed.settings.moderator_rights.set(right, has),
            RoomField::SpeakerRights => self.typed.settings.speaker_rights.set(right, has),
            _ => {}
        }
        self.forgive(field);
    }

    /// What is to be sent, and what the choices in the form are.
    pub fn settings(&self) -> RoomSettings {
        let settings = &self.typed.settings;
        RoomSettings {
            name: settings.name.trim().to_owned(),
            id: settings.id.trim().to_owned(),
            max_participants: number(&self.typed.max_participants),
            recording: self.flag(RoomField::Recording),
            ..settings.clone()
        }
    }

    /// What it began with: for `RoomProvider::update`.
    pub fn before(&self) -> &RoomSettings {
        &self.before.settings
    }

    /// Whether something would be lost by closing the form.
    pub fn is_changed(&self) -> bool {
        self.typed != self.before
    }

    /// What the server will make of the name, where that is something else.
    pub fn sanitised_name(&self) -> Option<String> {
        let name = self.typed.settings.name.trim();
        if !self.capabilities.name.is_plain || name.is_empty() {
            return None;
        }
        let plain = |it: &char| it.is_ascii_alphanumeric() || "_- ".contains(*it);
        let kept: String = name.chars().filter(plain).collect();
        let words: Vec<&str> = kept.split(' ').filter(|word| !word.is_empty()).collect();
        let made = if words.is_empty() { NAMELESS.to_owned() } else { words.join(" ") };
        (made != name).then_some(made)
    }

    /// The server did not accept it: what it said of which field, or of none that is shown. What it said
    /// before is over.
    pub fn refused(&mut self, errors: &[FieldError], field_of: &dyn Fn(&str) -> Option<RoomField>) {
        let refusal = |error: &FieldError| {
            let field = field_of(&error.field).filter(|field| self.is_shown(*field));
            (field, error.message.clone())
        };
        self.refusals = errors.iter().map(refusal).collect();
    }

    /// What the server said, as far as the fields have not been changed since.
    pub fn refusals(&self) -> &[(Option<RoomField>, String)] {
        &self.refusals
    }

    fn forgive(&mut self, field: RoomField) {
        self.refusals.retain(|(refused, _)| *refused != Some(field));
    }
}

/// As much of a name as an id can have.
fn identifier(name: &str) -> String {
    let parts = name.split(|it: char| !it.is_ascii_alphanumeric() && it != '_');
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join("-").to_ascii_lowercase()
}

#[cfg(test)]
mod tests;
