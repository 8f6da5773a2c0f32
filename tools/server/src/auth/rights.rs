//! What somebody may do in a room, thing by thing, and how each generation writes it down: two flags for the
//! recordings up to 3.4.1, five up to 3.7, fourteen `can…` in 3.8, one for each thing in 3.9 with the old ones beside.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::config::Dialect;
use crate::error::Problems;

/// The order is that of `NAMES`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    Record,
    List,
    Play,
    Download,
    Delete,
    Join,
    ShareLinks,
    Promote,
    Kick,
    End,
    PublishVideo,
    PublishAudio,
    ShareScreen,
    ReadChat,
    WriteChat,
    ChangeBackground,
}

use Right::*;

/// The names of 3.9.
const NAMES: [(Right, &str); 16] = [
    (Record, "recordingControl"),
    (List, "recordingList"),
    (Play, "recordingPlay"),
    (Download, "recordingDownload"),
    (Delete, "recordingDelete"),
    (Join, "meetingJoin"),
    (ShareLinks, "roomShareAccessLinks"),
    (Promote, "participantPromote"),
    (Kick, "participantKick"),
    (End, "meetingEnd"),
    (PublishVideo, "mediaPublishVideo"),
    (PublishAudio, "mediaPublishAudio"),
    (ShareScreen, "mediaShareScreen"),
    (ReadChat, "chatRead"),
    (WriteChat, "chatWrite"),
    (ChangeBackground, "mediaChangeVirtualBackground"),
];

/// The names of 3.8, which 3.9 still writes and reads; one of them was split into three since.
const OLD_NAMES: [(&str, &[Right]); 14] = [
    ("canRecord", &[Record]),
    ("canRetrieveRecordings", &[List, Play, Download]),
    ("canDeleteRecordings", &[Delete]),
    ("canJoinMeeting", &[Join]),
    ("canShareAccessLinks", &[ShareLinks]),
    ("canMakeModerator", &[Promote]),
    ("canKickParticipants", &[Kick]),
    ("canEndMeeting", &[End]),
    ("canPublishVideo", &[PublishVideo]),
    ("canPublishAudio", &[PublishAudio]),
    ("canShareScreen", &[ShareScreen]),
    ("canReadChat", &[ReadChat]),
    ("canWriteChat", &[WriteChat]),
    ("canChangeVirtualBackground", &[ChangeBackground]),
];

/// A set of rights, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rights(u16);

impl Rights {
    pub const NONE: Self = Self(0);
    pub const ALL: Self = Self(u16::MAX);
    /// To see recordings, which the secret for a room's recordings gives.
    pub const RETRIEVE: Self = Self::of(&[List, Play, Download]);
    /// What a speaker has unless the room says otherwise.
    pub const SPEAKER: Self =
        Self::ALL.without(Self::of(&[Record, Delete, ShareLinks, Promote, Kick, End]));

    pub const fn of(rights: &[Right]) -> Self {
        let mut bits = 0;
        let mut index = 0;
        while index < rights.len() {
            bits |= 1 << rights[index] as u16;
            index += 1;
        }
        Self(bits)
    }

    pub const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    pub fn has(self, right: Right) -> bool {
        self.has_all(&[right])
    }

    fn has_all(self, rights: &[Right]) -> bool {
        Self::of(rights).without(self) == Self::NONE
    }

    pub fn json(self, dialect: Dialect) -> Value {
        let mut flags = Map::new();
        let mut put = |name: &str, value: bool| flags.insert(name.to_owned(), json!(value));
        if dialect >= Dialect::V39 {
            NAMES.iter().for_each(|(right, name)| _ = put(name, self.has(*right)));
        }
        let old =
            OLD_NAMES.iter().filter(|(name, _)| dialect >= Dialect::V38 || is_older(name, dialect));
        old.for_each(|(name, rights)| _ = put(name, self.has_all(rights)));
        if (Dialect::V35..Dialect::V38).contains(&dialect) {
            put("canChat", self.has(WriteChat));
        }
        Value::Object(flags)
    }

    /// These rights with what `flags` says of some; names that are not known are rules broken.
    pub fn changed_by(
        self,
        flags: &Map<String, Value>,
        dialect: Dialect,
        path: &str,
        problems: &mut Problems,
    ) -> Self {
        let new_names = NAMES.iter().filter(|_| dialect >= Dialect::V39);
        let named = |wanted: &str| {
            let old = OLD_NAMES.iter().find(|(name, _)| *name == wanted);
            let new = new_names.clone().find(|(_, name)| *name == wanted);
            old.map(|(_, rights)| Self::of(rights)).or(new.map(|(right, _)| Self::of(&[*right])))
        };
        flags.iter().fold(self, |rights, (name, flag)| match (named(name), flag) {
            (Some(named), Value::Bool(true)) => rights.and(named),
            (Some(named), Value::Bool(false)) => rights.without(named),
            (Some(_), _) => {
                problems.add(format!("{path}.{name}"), "Expected boolean");
                rights
            }
            (None, _) => {
                problems.add(format!("{path}.{name}"), "Unrecognized key");
                rights
            }
        })
    }
}

/// Whether a flag of 3.8 was there before.
fn is_older(name: &str, dialect: Dialect) -> bool {
    match name {
        "canRetrieveRecordings" | "canDeleteRecordings" => true,
        "canRecord" | "canChangeVirtualBackground" => dialect >= Dialect::V35,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_generation_writes_its_own_flags() {
        let flags = |dialect| Rights::SPEAKER.json(dialect);
        assert_eq!(
            flags(Dialect::V341),
            json!({ "canRetrieveRecordings": true, "canDeleteRecordings": false })
        );
        assert_eq!(
            flags(Dialect::V35),
            json!({
                "canRecord": false, "canRetrieveRecordings": true, "canDeleteRecordings": false,
                "canChangeVirtualBackground": true, "canChat": true,
            })
        );
        assert_eq!(flags(Dialect::V38).as_object().unwrap().len(), 14);
        assert_eq!(flags(Dialect::V39).as_object().unwrap().len(), 30);
        assert_eq!(flags(Dialect::V39)["recordingPlay"], true);
        assert_eq!(flags(Dialect::V39)["recordingControl"], false);
    }

    #[test]
    fn an_old_flag_speaks_for_its_whole_group() {
        let change = |rights: Rights, flags: Value| {
            let mut problems = Problems::default();
            let flags = flags.as_object().unwrap();
            let rights = rights.changed_by(flags, Dialect::V39, "permissions", &mut problems);
            (rights, problems.check().is_ok())
        };
        let (all, _) = change(Rights::NONE, json!({ "canRetrieveRecordings": true }));
        assert_eq!(all, Rights::RETRIEVE);
        let (some, _) = change(Rights::RETRIEVE, json!({ "recordingDownload": false }));
        assert!(some.has(Play) && !some.has(Download));
        assert_eq!(some.json(Dialect::V39)["canRetrieveRecordings"], false);
        assert!(!change(Rights::NONE, json!({ "canFly": true })).1);
        assert!(!change(Rights::NONE, json!({ "canRecord": "yes" })).1);
    }
}
