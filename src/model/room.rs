//! A room: where meetings, and so recordings, come from. What of it can be set is in `room_settings`.

use super::{RoomSettings, Secret};

#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoomId(pub String);

/// What a list of recordings needs to know of a room, to be limited to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomName {
    pub id: RoomId,
    pub name: Option<String>,
}

impl RoomName {
    pub fn title(&self) -> &str {
        title(self.name.as_deref(), &self.id)
    }
}

fn title<'a>(name: Option<&'a str>, id: &'a RoomId) -> &'a str {
    name.map(str::trim).filter(|name| !name.is_empty()).unwrap_or(&id.0)
}

/// `None` where the server does not say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    pub id: RoomId,
    pub name: Option<String>,
    pub status: Option<RoomStatus>,
    /// The user who made it.
    pub owner: Option<String>,
    /// Milliseconds since 1970, UTC.
    pub created_at: Option<i64>,
    /// When it ended, where rooms are sessions (plugNmeet). Milliseconds since 1970, UTC.
    pub ended_at: Option<i64>,
    /// What happens to it when its meeting ends.
    pub end_action: EndAction,
    /// In the meeting now; of one that has ended, all who came.
    pub participants: Option<u32>,
    /// A recording of it is under way.
    pub is_recording: bool,
    pub links: Vec<RoomLink>,
    /// As far as the answer had them: a list may leave some out, which `RoomProvider::get` brings.
    pub settings: RoomSettings,
    /// Whether `settings` are all there.
    pub has_settings: bool,
}

impl Room {
    /// With nothing known but its id.
    pub fn bare(id: impl Into<String>) -> Self {
        Self {
            id: RoomId(id.into()),
            name: None,
            status: None,
            owner: None,
            created_at: None,
            ended_at: None,
            end_action: EndAction::None,
            participants: None,
            is_recording: false,
            links: Vec::new(),
            settings: RoomSettings::default(),
            has_settings: false,
        }
    }

    pub fn title(&self) -> &str {
        title(self.name.as_deref(), &self.id)
    }

    /// The id that recordings know it by: plugNmeet's sessions and Whereby's meetings have ids of their
    /// own beside it, as rows must be told apart.
    pub fn recorded_id(&self) -> &str {
        if self.settings.id.is_empty() { &self.id.0 } else { &self.settings.id }
    }

    pub fn is_active(&self) -> bool {
        self.status == Some(RoomStatus::Active)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RoomStatus {
    Open,
    /// A meeting is going on.
    Active,
    /// Nobody can enter.
    Closed,
    /// A session that is over and stays in the list (plugNmeet).
    Ended,
    /// In the server's word.
    Unknown(String),
}

/// `meetingEndAction`: what was put off until the meeting ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EndAction {
    #[default]
    None,
    Close,
    Delete,
}

/// Whoever has one enters the room in that role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomLink {
    pub role: RoomRole,
    pub url: Secret,
    /// The server lets it be used.
    pub is_enabled: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomRole {
    Moderator,
    /// Joins with picture and sound.
    Speaker,
    /// Generation A's word for one who joins with picture and sound.
    Publisher,
    Viewer,
    /// Whereby's moderator.
    Host,
    /// Whereby's room address, which has no secret.
    Guest,
    /// Signed-in users of the server.
    User,
    /// Nobody enters by it: it shows the room's recordings.
    Recordings,
}
