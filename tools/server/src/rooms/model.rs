//! One room: its settings, its state, and how it looks in JSON in each dialect.

use serde_json::{Map, Value, json};

use crate::auth::token::{Perms, Tokens};
use crate::config::Dialect;

/// `allowAccessTo`: who may see the recordings of a room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    Admin,
    AdminModerator,
    #[default]
    AdminModeratorSpeaker,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Moderator,
    Speaker,
}

impl Access {
    const ALL: [Self; 3] = [Self::Admin, Self::AdminModerator, Self::AdminModeratorSpeaker];

    pub fn name(self, dialect: Dialect) -> String {
        let name = match self {
            Self::Admin => "admin",
            Self::AdminModerator => "admin-moderator",
            Self::AdminModeratorSpeaker => "admin-moderator-speaker",
        };
        match dialect {
            Dialect::B => name.to_owned(),
            _ => name.replace('-', "_"),
        }
    }

    pub fn named(name: &str, dialect: Dialect) -> Option<Self> {
        Self::ALL.into_iter().find(|access| access.name(dialect) == name)
    }

    /// What a recording token for this role permits.
    pub fn perms(self, role: Role) -> Perms {
        let moderator = role == Role::Moderator && self != Self::Admin;
        let speaker = role == Role::Speaker && self == Self::AdminModeratorSpeaker;
        Perms { can_retrieve_recordings: moderator || speaker, can_delete_recordings: moderator }
    }
}

impl Role {
    pub fn name(self) -> &'static str {
        match self {
            Self::Moderator => "moderator",
            Self::Speaker => "speaker",
        }
    }

    /// The secret with which this role enters the room.
    pub fn secret(self, tokens: &Tokens, room_id: &str) -> String {
        tokens.secret(self.name(), room_id)
    }

    /// The role that `secret` is the secret of.
    pub fn of_secret(secret: &str, tokens: &Tokens, room_id: &str) -> Option<Self> {
        [Self::Moderator, Self::Speaker]
            .into_iter()
            .find(|role| role.secret(tokens, room_id) == secret)
    }
}

/// `preferences` of dialect B, `config` of 3.4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    pub chat: bool,
    pub recording: bool,
    pub access: Access,
    pub virtual_background: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { chat: true, recording: true, access: Access::default(), virtual_background: true }
    }
}

impl Settings {
    pub fn json(self, dialect: Dialect) -> Value {
        let names = setting_names(dialect);
        let mut recording = json!({ "enabled": self.recording });
        if self.recording {
            recording["allowAccessTo"] = json!(self.access.name(dialect));
        }
        json!({
            names.chat: { "enabled": self.chat },
            names.recording: recording,
            names.virtual_background: { "enabled": self.virtual_background },
        })
    }
}

pub struct SettingNames {
    /// The key of a room that holds the settings.
    pub whole: &'static str,
    pub chat: &'static str,
    pub recording: &'static str,
    pub virtual_background: &'static str,
}

pub fn setting_names(dialect: Dialect) -> SettingNames {
    match dialect {
        Dialect::B => SettingNames {
            whole: "preferences",
            chat: "chatPreferences",
            recording: "recordingPreferences",
            virtual_background: "virtualBackgroundPreferences",
        },
        _ => SettingNames {
            whole: "config",
            chat: "chat",
            recording: "recording",
            virtual_background: "virtualBackground",
        },
    }
}

/// What happens to a room when its meeting ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EndAction {
    #[default]
    None,
    Close,
    Delete,
    /// 3.4 "and recordings" deletions that wait for the end of the meeting.
    DeleteWithRecordings,
}

/// `autoDeletionPolicy` of 3.4, as the names on the wire.
#[derive(Clone, Copy, Debug)]
pub struct DeletionPolicy {
    pub with_meeting: &'static str,
    pub with_recordings: &'static str,
}

pub struct Room {
    pub name: String,
    /// Milliseconds since 1970.
    pub created: i64,
    pub auto_deletion: Option<i64>,
    pub policy: DeletionPolicy,
    pub settings: Settings,
    /// People are in the room, even if nothing is recorded.
    pub meeting: bool,
    pub closed: bool,
    pub at_end: EndAction,
}

impl Room {
    pub fn new(name: String, created: i64, settings: Settings) -> Self {
        Self {
            name,
            created,
            auto_deletion: None,
            policy: DeletionPolicy { with_meeting: "when_meeting_ends", with_recordings: "close" },
            settings,
            meeting: false,
            closed: false,
            at_end: EndAction::None,
        }
    }

    /// `MeetRoom`; `base` is the address of the server, `meeting` whether one is going on.
    pub fn info(
        &self,
        id: &str,
        dialect: Dialect,
        tokens: &Tokens,
        base: &str,
        meeting: bool,
    ) -> Map<String, Value> {
        let url = |role: Role| format!("{base}/room/{id}?secret={}", role.secret(tokens, id));
        let mut info = Map::new();
        let mut put = |name: &str, value: Value| info.insert(name.to_owned(), value);
        put("roomId", json!(id));
        put("roomName", json!(self.name));
        put("creationDate", json!(self.created));
        if let Some(date) = self.auto_deletion {
            put("autoDeletionDate", json!(date));
            if dialect == Dialect::V34 {
                put(
                    "autoDeletionPolicy",
                    json!({
                        "withMeeting": self.policy.with_meeting,
                        "withRecordings": self.policy.with_recordings,
                    }),
                );
            }
        }
        put(setting_names(dialect).whole, self.settings.json(dialect));
        put("moderatorUrl", json!(url(Role::Moderator)));
        put("speakerUrl", json!(url(Role::Speaker)));
        match dialect {
            Dialect::B if self.at_end != EndAction::None => {
                put("markedForDeletion", json!(true));
            }
            Dialect::B => {}
            _ => {
                let status = match (meeting, self.closed) {
                    (true, _) => "active_meeting",
                    (false, true) => "closed",
                    (false, false) => "open",
                };
                put("status", json!(status));
                let action = match self.at_end {
                    EndAction::None => "none",
                    EndAction::Close => "close",
                    EndAction::Delete | EndAction::DeleteWithRecordings => "delete",
                };
                put("meetingEndAction", json!(action));
            }
        }
        info
    }
}

/// A room id or the room part of a recording id as the server understands it: letters, digits, `_`, single `-`.
pub fn sanitise_id(id: &str) -> String {
    let mut clean = String::with_capacity(id.len());
    for character in id.chars() {
        let allowed = character.is_ascii_alphanumeric() || matches!(character, '_' | '-');
        if allowed && !(character == '-' && clean.ends_with('-')) {
            clean.push(character);
        }
    }
    clean.truncate(clean.trim_end_matches('-').len());
    clean
}

/// A room name as the server stores it; `Room` when nothing is left.
pub fn sanitise_name(name: &str) -> String {
    let clean: String = name
        .chars()
        .filter(|character| character.is_ascii_alphanumeric() || "_- ".contains(*character))
        .collect();
    let words: Vec<&str> = clean.split_whitespace().collect();
    if words.is_empty() { "Room".to_owned() } else { words.join(" ") }
}

/// The start of the id of a room with this name.
pub fn id_prefix(name: &str) -> String {
    let prefix = sanitise_id(&sanitise_name(name).to_ascii_lowercase().replace(' ', "_"));
    prefix.trim_matches('-').chars().take(50).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_ids_are_sanitised() {
        assert_eq!(sanitise_name("Caf\u{e9} <b>x</b> "), "Caf bxb");
        assert_eq!(sanitise_name("\u{1f389}"), "Room");
        assert_eq!(sanitise_id("a--b c/\u{e9}-"), "a-bc");
        assert_eq!(id_prefix("Physics 101"), "physics_101");
        assert_eq!(id_prefix("../../etc/passwd"), "etcpasswd");
    }

    #[test]
    fn permissions_follow_role_and_access() {
        let of = |access: Access, role| {
            let perms = access.perms(role);
            (perms.can_retrieve_recordings, perms.can_delete_recordings)
        };
        assert_eq!(of(Access::Admin, Role::Moderator), (false, false));
        assert_eq!(of(Access::AdminModerator, Role::Moderator), (true, true));
        assert_eq!(of(Access::AdminModerator, Role::Speaker), (false, false));
        assert_eq!(of(Access::AdminModeratorSpeaker, Role::Speaker), (true, false));
    }
}
