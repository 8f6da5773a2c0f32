//! How a room looks in JSON, in each generation from B on.

use serde_json::{Map, Value, json};

use crate::auth::token::Tokens;
use crate::config::Dialect;
use crate::rooms::model::{EndAction, Members, Role, Room, Settings};

pub struct SettingNames {
    /// The key of a room that holds the settings.
    pub whole: &'static str,
    pub chat: &'static str,
    pub recording: &'static str,
    pub virtual_background: &'static str,
}

pub fn setting_names(dialect: Dialect) -> SettingNames {
    match dialect {
        Dialect::A | Dialect::B => SettingNames {
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

impl Settings {
    pub fn json(&self, dialect: Dialect) -> Value {
        let names = setting_names(dialect);
        let mut recording = json!({ "enabled": self.recording });
        if dialect >= Dialect::V37 {
            recording["layout"] = json!(self.layout);
            recording["encoding"] = self.encoding.clone();
        }
        if self.recording && (Dialect::B..Dialect::V38).contains(&dialect) {
            recording["allowAccessTo"] = json!(self.access.name(dialect));
        }
        let mut settings = json!({
            names.chat: { "enabled": self.chat },
            names.recording: recording,
            names.virtual_background: { "enabled": self.virtual_background },
        });
        if dialect >= Dialect::V35 {
            settings["e2ee"] = json!({ "enabled": self.e2ee });
        }
        if dialect >= Dialect::V37 {
            settings["captions"] = json!({ "enabled": self.captions });
        }
        settings
    }
}

/// Where a room is shown: what its JSON depends on beside itself.
pub struct Scene<'a> {
    pub dialect: Dialect,
    pub tokens: &'a Tokens,
    /// The address of the server's pages, without a slash at the end.
    pub base: &'a str,
    /// Whether a meeting is going on.
    pub meeting: bool,
}

impl Room {
    /// `MeetRoom`.
    pub fn info(&self, id: &str, scene: &Scene) -> Map<String, Value> {
        let dialect = scene.dialect;
        let mut info = Map::new();
        let mut put = |name: &str, value: Value| info.insert(name.to_owned(), value);
        put("roomId", json!(id));
        put("roomName", json!(self.name));
        if dialect >= Dialect::V38 {
            put("owner", json!("admin"));
        }
        put("creationDate", json!(self.created));
        if let Some(date) = self.auto_deletion {
            put("autoDeletionDate", json!(date));
            if dialect >= Dialect::V34 {
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
        if dialect >= Dialect::V38 {
            put("roles", self.members.roles(dialect));
            put("access", self.members.access(id, scene));
        } else {
            put("moderatorUrl", json!(url(Role::Moderator, id, scene)));
            put("speakerUrl", json!(url(Role::Speaker, id, scene)));
        }
        if dialect == Dialect::B {
            if self.at_end != EndAction::None {
                put("markedForDeletion", json!(true));
            }
            return info;
        }
        let status = self.status(scene.meeting);
        put("status", json!(status));
        if dialect >= Dialect::V38 {
            put("rolesUpdatedAt", json!(self.roles_updated));
        }
        let action = match self.at_end {
            EndAction::None => "none",
            EndAction::Close => "close",
            EndAction::Delete | EndAction::DeleteWithRecordings => "delete",
        };
        put("meetingEndAction", json!(action));
        info
    }

    pub fn status(&self, meeting: bool) -> &'static str {
        match (meeting, self.closed) {
            (true, _) => "active_meeting",
            (false, true) => "closed",
            (false, false) => "open",
        }
    }
}

impl Members {
    fn roles(&self, dialect: Dialect) -> Value {
        json!({
            "moderator": { "permissions": self.moderator.json(dialect) },
            "speaker": { "permissions": self.speaker.json(dialect) },
        })
    }

    fn access(&self, id: &str, scene: &Scene) -> Value {
        let link =
            |role: Role| json!({ "enabled": self.anonymous(role), "url": url(role, id, scene) });
        json!({
            "anonymous": {
                "moderator": link(Role::Moderator),
                "speaker": link(Role::Speaker),
                "recording": link(Role::Recording),
            },
            "user": { "enabled": self.users, "url": format!("{}/room/{id}", scene.base) },
        })
    }
}

/// The link with which somebody in this role opens the room, or its recordings.
fn url(role: Role, id: &str, scene: &Scene) -> String {
    let page = if role == Role::Recording { "/recordings" } else { "" };
    let secret = role.secret(scene.tokens, id);
    format!("{}/room/{id}{page}?secret={secret}", scene.base)
}
