//! OpenVidu Meet with cookies: 3.0.0-beta3 ("generation B", seed 000) and 3.4.0. Requests are the
//! same for both; answers differ and are read leniently, so the version need not be known.
//! Source: `openvidu-meet-api.md` §1B and §1B'.

mod read;
#[cfg(test)]
mod tests;

use super::{
    http::{Request, json_object},
    percent::{encode, query},
};
use crate::model::{Access, Capabilities, Cursor, Query, RecordingId, Secret};

const RECORDINGS: &str = "/api/v1/recordings";
const ROOMS: &str = "/api/v1/rooms";
const AUTH: &str = "/internal-api/v1/auth";

/// The server's own limit; asking for more is silently cut to it.
const LARGEST_PAGE: &str = "100";

pub struct OpenViduMeet;

impl OpenViduMeet {
    pub const CAPABILITIES: Capabilities = Capabilities {
        delete: true,
        zip: true,
        share: true,
        private_share: true,
        filter_room: true,
    };

    /// User and password must have four characters or more, else 422. Wrong ones are a 404.
    pub fn sign_in(user: &str, password: &str) -> Request {
        let body = json_object(&[("username", user), ("password", password)]);
        Request::post(&format!("{AUTH}/login"), Some(body))
    }

    /// Who is signed in; here, whether anybody is.
    pub fn profile() -> Request {
        Request::get("/internal-api/v1/users/profile".to_owned())
    }

    /// Renews the access cookie by the refresh cookie.
    pub fn refresh() -> Request {
        Request::post(&format!("{AUTH}/refresh"), None)
    }

    pub fn sign_out() -> Request {
        Request::post(&format!("{AUTH}/logout"), None)
    }

    /// In the order of the server's storage: by room, not by date.
    pub fn list(wanted: &Query, cursor: Option<&Cursor>) -> Request {
        let mut pairs = vec![("maxItems", LARGEST_PAGE)];
        if let Some(room) = &wanted.room {
            pairs.push(("roomId", &room.0));
        }
        if let Some(cursor) = cursor {
            pairs.push(("nextPageToken", &cursor.0));
        }
        Request::get(format!("{RECORDINGS}{}", query(&pairs)))
    }

    /// With a secret the server judges by that alone, whatever else the caller may do.
    pub fn get(id: &RecordingId, secret: Option<&Secret>) -> Request {
        Request::get(recording_target(id, "", secret))
    }

    /// One by its own route, whose answer says most; several in one request. Callers keep the
    /// batch short enough for a URL (`library::batches`).
    pub fn delete(ids: &[RecordingId]) -> Request {
        match ids {
            [id] => Request::delete(recording_target(id, "", None)),
            ids => Request::delete(several_target("", ids)),
        }
    }

    pub fn share(id: &RecordingId, access: Access) -> Request {
        let private = if access == Access::SignedIn { "true" } else { "false" };
        let target = recording_target(id, "/url", None);
        Request::get(format!("{target}{}", query(&[("privateAccess", private)])))
    }

    /// The MP4, by ranges; for `<video>` and for downloads. A download by a share link needs the
    /// secret as much as playing does (the server's own page forgets it).
    pub fn media(id: &RecordingId, secret: Option<&Secret>) -> Request {
        Request::get(recording_target(id, "/media", secret))
    }

    /// What is not ready is left out without a word, so callers ask for ready ones only.
    pub fn zip(ids: &[RecordingId]) -> Request {
        Request::get(several_target("/download", ids))
    }

    pub fn rooms(cursor: Option<&Cursor>) -> Request {
        let mut pairs = vec![("maxItems", LARGEST_PAGE), ("fields", "roomId,roomName")];
        if let Some(cursor) = cursor {
            pairs.push(("nextPageToken", &cursor.0));
        }
        Request::get(format!("{ROOMS}{}", query(&pairs)))
    }
}

fn recording_target(id: &RecordingId, suffix: &str, secret: Option<&Secret>) -> String {
    let secret = match secret {
        Some(secret) => query(&[("secret", secret.expose())]),
        None => String::new(),
    };
    format!("{RECORDINGS}/{}{suffix}{secret}", encode(id.as_str()))
}

fn several_target(suffix: &str, ids: &[RecordingId]) -> String {
    let ids: Vec<&str> = ids.iter().map(RecordingId::as_str).collect();
    format!("{RECORDINGS}{suffix}{}", query(&[("recordingIds", &ids.join(","))]))
}
