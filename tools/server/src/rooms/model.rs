//! One room: its settings, who may do what in it, its state. How it looks in JSON is in `info`.

use serde_json::{Value, json};

use crate::auth::rights::{Right, Rights};
use crate::auth::token::Tokens;
use crate::config::Dialect;

/// `allowAccessTo` of up to 3.7: who may see the recordings of a room. The sample's rooms carry its meaning over to
/// the roles and the anonymous access of later generations.
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
    /// Whoever has the link to the recordings of a room, from 3.8 on.
    Recording,
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

    /// What a role may do in a room with this access.
    pub fn rights(self, role: Role) -> Rights {
        let delete = Rights::of(&[Right::Delete]);
        let others = |role: Rights| role.without(Rights::RETRIEVE).without(delete);
        match (role, self) {
            (Role::Recording, _) => Rights::RETRIEVE,
            (Role::Moderator, Self::Admin) => others(Rights::ALL),
            (Role::Moderator, _) => Rights::ALL,
            (Role::Speaker, Self::AdminModeratorSpeaker) => Rights::SPEAKER,
            (Role::Speaker, _) => others(Rights::SPEAKER),
        }
    }
}

impl Role {
    pub const ALL: [Self; 3] = [Self::Moderator, Self::Speaker, Self::Recording];

    pub fn name(self) -> &'static str {
        match self {
            Self::Moderator => "moderator",
            Self::Speaker => "speaker",
            Self::Recording => "recording",
        }
    }

    /// The secret with which this role enters the room.
    pub fn secret(self, tokens: &Tokens, room_id: &str) -> String {
        tokens.secret(self.name(), room_id)
    }

    /// The role that `secret` is the secret of.
    pub fn of_secret(secret: &str, tokens: &Tokens, room_id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.secret(tokens, room_id) == secret)
    }
}

/// `preferences` of dialect B, `config` of 3.4 and later.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    pub chat: bool,
    pub recording: bool,
    pub access: Access,
    pub virtual_background: bool,
    /// From 3.5 on.
    pub e2ee: bool,
    /// From 3.6 on, like `layout` and `encoding` of recordings.
    pub captions: bool,
    pub layout: String,
    /// The name of a preset, or an object that says all.
    pub encoding: Value,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            chat: true,
            recording: true,
            access: Access::default(),
            virtual_background: true,
            e2ee: false,
            captions: true,
            layout: "grid".to_owned(),
            encoding: json!("H264_720P_30"),
        }
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
    /// In generation A.
    pub max_participants: i64,
    pub policy: DeletionPolicy,
    pub settings: Settings,
    /// People are in the room, even if nothing is recorded.
    pub meeting: bool,
    pub closed: bool,
    pub at_end: EndAction,
    pub members: Members,
    /// When `members` changed, in milliseconds since 1970: older tokens of the room are no good.
    pub roles_updated: i64,
}

/// Who may enter a room and do what there, from 3.8 on.
#[derive(Clone, Copy, Debug)]
pub struct Members {
    pub moderator: Rights,
    pub speaker: Rights,
    /// Whether the links work, by role.
    pub anonymous_moderator: bool,
    pub anonymous_speaker: bool,
    pub anonymous_recording: bool,
    /// Whether anybody signed in may enter, as a speaker.
    pub users: bool,
    /// What the sample's user without the admin role is a member as.
    pub user: Option<Role>,
}

impl Members {
    fn new(access: Access) -> Self {
        Self {
            moderator: access.rights(Role::Moderator),
            speaker: access.rights(Role::Speaker),
            anonymous_moderator: true,
            anonymous_speaker: true,
            anonymous_recording: access != Access::Admin,
            users: false,
            user: None,
        }
    }

    pub fn rights(&self, role: Role) -> Rights {
        match role {
            Role::Moderator => self.moderator,
            Role::Speaker => self.speaker,
            Role::Recording => Rights::RETRIEVE,
        }
    }

    pub fn anonymous(&self, role: Role) -> bool {
        match role {
            Role::Moderator => self.anonymous_moderator,
            Role::Speaker => self.anonymous_speaker,
            Role::Recording => self.anonymous_recording,
        }
    }
}

impl Room {
    pub fn new(name: String, created: i64, settings: Settings) -> Self {
        Self {
            name,
            created,
            auto_deletion: None,
            max_participants: 100,
            policy: DeletionPolicy { with_meeting: "when_meeting_ends", with_recordings: "close" },
            members: Members::new(settings.access),
            settings,
            meeting: false,
            closed: false,
            at_end: EndAction::None,
            roles_updated: created,
        }
    }

    /// What the sample's user without the admin role may do here, as a member or because all users may.
    pub fn user_rights(&self) -> Rights {
        match self.members.user {
            Some(role) => self.members.rights(role),
            None if self.members.users => self.members.speaker,
            None => Rights::NONE,
        }
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
            let rights = access.rights(role);
            (rights.has(Right::Play), rights.has(Right::Delete))
        };
        assert_eq!(of(Access::Admin, Role::Moderator), (false, false));
        assert_eq!(of(Access::AdminModerator, Role::Moderator), (true, true));
        assert_eq!(of(Access::AdminModerator, Role::Speaker), (false, false));
        assert_eq!(of(Access::AdminModeratorSpeaker, Role::Speaker), (true, false));
    }
}
