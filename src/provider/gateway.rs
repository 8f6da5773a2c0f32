//! Signing in at a gateway: `meet-recordings-server gateway`, which holds the secrets of meeting
//! servers and lends its users what they may do there. The meeting servers behind it are spoken to
//! in their own dialects. Contract: `docs/gateway.md`.

use super::{
    SignIn, Tokens,
    http::{Answer, Request, json_object},
};
use crate::model::{
    Capabilities, Error, Json, RoomCapabilities, RoomDeletion, Unexpected, WithRecordings,
};

/// Its addresses are below `/gateway/auth`, beside those of the systems, `/gateway/{name}`.
pub struct Gateway;

/// What one system behind a gateway is, and what the user may do there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// As `provider::named` knows it.
    pub provider: String,
    pub rights: Rights,
}

/// Beside looking at the list, which every user of a system may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    pub play: bool,
    pub download: bool,
    pub delete: bool,
    pub edit: bool,
    pub share: bool,
    /// Making, changing, ending and deleting rooms, and their links.
    pub rooms: bool,
}

impl Rights {
    /// What is left of a server's capabilities.
    pub fn limit(self, can: Capabilities) -> Capabilities {
        Capabilities {
            play: can.play && self.play,
            download: can.download && self.download,
            zip: can.zip && self.download,
            delete: can.delete && self.delete,
            edit: can.edit && self.edit,
            merge: can.merge && self.edit,
            share: can.share && self.share,
            private_share: can.private_share && self.share,
            ..can
        }
    }

    /// What is left of what a server can do with rooms: everybody sees them. Deleting their recordings
    /// as well is deleting. Recordings are started and stopped by whoever is in the meeting.
    pub fn limit_rooms(self, can: RoomCapabilities) -> RoomCapabilities {
        if !self.rooms {
            return RoomCapabilities {
                create: &[],
                edit: &[],
                delete: None,
                close: false,
                links: &[],
                record: false,
                ..can
            };
        }
        let spares = |delete: RoomDeletion| match delete.with_recordings {
            [] => delete,
            _ if self.delete => delete,
            _ => RoomDeletion { with_recordings: &[WithRecordings::Close], ..delete },
        };
        RoomCapabilities { delete: can.delete.map(spares), record: false, ..can }
    }
}

impl Gateway {
    /// What the signed-in user has on the system of this name.
    pub fn read_grant(answer: &Answer, system: &str) -> Result<Grant, Error> {
        let json = answer.json()?;
        let missing = |part| Error::Unexpected(Unexpected::Missing(part));
        let systems = json.field("systems").ok_or(missing("systems"))?;
        // Not a system of this user's, or of this gateway's.
        let grant = systems.field(system).ok_or(Error::Forbidden)?;
        let text = |name| grant.field(name).and_then(Json::as_text).filter(|it| !it.is_empty());
        let rights: Vec<&str> = grant
            .field("rights")
            .and_then(Json::as_list)
            .map(|rights| rights.iter().filter_map(Json::as_text).collect())
            .unwrap_or_default();
        let may = |right| rights.contains(&right);
        let provider = text("provider").ok_or(missing("provider"))?;
        Ok(Grant {
            provider: match text("dialect") {
                Some(version) => format!("{provider}@{version}"),
                None => provider.to_owned(),
            },
            rights: Rights {
                play: may("play"),
                download: may("download"),
                delete: may("delete"),
                edit: may("edit"),
                share: may("share"),
                rooms: may("rooms"),
            },
        })
    }
}

impl SignIn for Gateway {
    fn sign_in(&self, user: &str, password: &str) -> Option<Request> {
        let body = json_object(&[("username", user), ("password", password)]);
        Some(Request::post("/auth/login", Some(body)))
    }

    fn read_sign_in(&self, answer: &Answer) -> Result<Tokens, Error> {
        match answer.status {
            401 | 422 => Err(Error::BadCredentials),
            _ => answer.done().map(|()| Tokens::default()),
        }
    }

    fn who(&self) -> Option<Request> {
        Some(Request::get("/auth/session".to_owned()))
    }

    /// The cookie renews itself while it is used; one that has ended cannot be renewed.
    fn refresh(&self, _tokens: &Tokens) -> Option<Request> {
        None
    }

    fn read_refresh(&self, _answer: &Answer) -> Result<Tokens, Error> {
        Err(Error::SignedOut)
    }

    fn sign_out(&self) -> Option<Request> {
        Some(Request::post("/auth/logout", None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::Body;

    fn grant(text: &str) -> Result<Grant, Error> {
        let json = serde_json::from_str(text).unwrap();
        let answer = Answer { status: 200, retry_after: None, body: Body::Json(json) };
        Gateway::read_grant(&answer, "school")
    }

    #[test]
    fn reads_what_a_user_may_do() {
        let it = grant(
            r#"{"user":"anna","systems":{"school":{"provider":"plugnmeet","dialect":null,"rights":["play","edit","fly",7]}}}"#,
        )
        .unwrap();
        assert_eq!(it.provider, "plugnmeet");
        assert_eq!(it.rights, Rights { play: true, edit: true, ..Rights::default() });
    }

    #[test]
    fn rights_only_take_away() {
        let all = Rights {
            play: true,
            download: true,
            delete: true,
            edit: true,
            share: true,
            rooms: true,
        };
        let can = Capabilities { play: true, zip: true, ..Capabilities::NONE };
        assert_eq!(all.limit(can), can);
        assert_eq!(Rights::default().limit(can), Capabilities::NONE);
    }

    #[test]
    fn rooms_and_their_recordings_are_rights_apart() {
        let deletion = RoomDeletion {
            ends: false,
            batch: 50,
            with_meeting: &[],
            with_recordings: &[WithRecordings::Close, WithRecordings::Force],
        };
        let can = RoomCapabilities {
            close: true,
            record: true,
            delete: Some(deletion),
            ..RoomCapabilities::NONE
        };
        let rooms = Rights { rooms: true, ..Rights::default() };
        let spared = rooms.limit_rooms(can);
        assert_eq!(spared.delete.unwrap().with_recordings, [WithRecordings::Close]);
        assert!(spared.close && !spared.record);
        assert_eq!(Rights { delete: true, ..rooms }.limit_rooms(can).delete, can.delete);
        assert_eq!(Rights::default().limit_rooms(can), RoomCapabilities::NONE);
    }

    #[test]
    fn a_system_that_is_not_the_users_is_forbidden() {
        assert_eq!(grant(r#"{"user":"anna","systems":{}}"#), Err(Error::Forbidden));
        assert_eq!(
            grant(r#"{"systems":{"school":{"provider":"","dialect":null,"rights":[]}}}"#),
            Err(Error::Unexpected(Unexpected::Missing("provider")))
        );
        assert_eq!(
            grant(r#"{"user":"anna"}"#),
            Err(Error::Unexpected(Unexpected::Missing("systems")))
        );
    }
}
