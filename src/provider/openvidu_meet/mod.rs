//! OpenVidu Meet, every generation. What differs between them is in [`Version`]; answers are read
//! leniently, so that a server between two versions is read as well.
//! Source: `openvidu-meet-api.md` §1A to §1D.

mod detect;
mod read;
mod rooms;
mod sign_in;
#[cfg(test)]
mod tests;
mod version;

pub use detect::Detector;
pub use version::Version;

use super::{
    Media, Provider,
    http::{Answer, Request, json_list},
    percent::{encode, query},
};
use crate::model::{
    Access, Capabilities, Cursor, DeleteReport, Error, FailureKind, Intent, Link, Matching, Page,
    Query, Recording, RecordingId, RecordingRef, RoomName, Secret, Sort, SortKey, Status,
};

/// The server's own limit; asking for more is silently cut to it.
const LARGEST_PAGE: &str = "100";
/// Ids in the URL of one request; `library::batches` limits their length as well.
const LARGEST_BATCH: usize = 50;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenViduMeet {
    version: Version,
}

impl OpenViduMeet {
    pub fn new(version: Version) -> Self {
        Self { version }
    }

    fn recordings(self) -> String {
        format!("{}/recordings", self.version.api())
    }

    fn recording(self, id: &RecordingId, suffix: &str, secret: Option<&Secret>) -> String {
        let secret = match secret {
            Some(secret) => query(&[(self.version.secret_key(), secret.expose())]),
            None => String::new(),
        };
        format!("{}/{}{suffix}{secret}", self.recordings(), encode(id.as_str()))
    }

    fn several(self, suffix: &str, ids: &[RecordingId]) -> String {
        let ids: Vec<&str> = ids.iter().map(RecordingId::as_str).collect();
        format!("{}{suffix}{}", self.recordings(), query(&[("recordingIds", &ids.join(","))]))
    }
}

impl Provider for OpenViduMeet {
    fn capabilities(&self) -> Capabilities {
        let is_later = self.version.has_pages();
        Capabilities {
            play: true,
            download: true,
            status: true,
            duration: true,
            size: true,
            delete: true,
            delete_batch: LARGEST_BATCH,
            zip: is_later,
            share: is_later,
            private_share: is_later,
            edit: false,
            merge: false,
            rooms: true,
            filter_room: is_later,
            sort: if self.version.has_sort() {
                &[SortKey::Room, SortKey::Date, SortKey::Duration, SortKey::Size]
            } else {
                &[]
            },
        }
    }

    /// Before 3.5 in the order of the server's storage: by room, not by date.
    fn list(&self, wanted: &Query, cursor: Option<&Cursor>) -> Request {
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        let size = wanted.page_size(LARGEST_PAGE);
        let name = wanted.room_name.as_ref().filter(|_| self.version.has_sort());
        let pattern = name.map(|name| match self.version.has_match_modes() {
            true => name.text.clone(),
            false => pattern(&name.text, name.matching),
        });
        if self.version.has_pages() {
            pairs.push(("maxItems", &size));
            if let Some(room) = &wanted.room {
                pairs.push(("roomId", &room.0));
            } else if let (Some(name), Some(pattern)) = (name, &pattern) {
                // Beside a room id a name means "or" up to 3.7 and nothing later.
                pairs.push(("roomName", pattern));
                if self.version.has_match_modes() {
                    pairs.push(("roomNameMatchMode", mode(name.matching)));
                    pairs.push(("roomNameCaseInsensitive", "true"));
                }
            }
        }
        if self.version.has_sort() {
            if let Some(status) = wanted.status.as_ref().and_then(status_name) {
                pairs.push(("status", status));
            }
            if let Some(Sort { key, descending }) = wanted.sort {
                pairs.push(("sortField", sort_field(key)));
                pairs.push(("sortOrder", if descending { "desc" } else { "asc" }));
            }
        }
        if let Some(cursor) = cursor {
            pairs.push(("nextPageToken", &cursor.0));
        }
        Request::get(format!("{}{}", self.recordings(), query(&pairs)))
    }

    fn read_list(&self, answer: &Answer) -> Result<Page<Recording>, Error> {
        read::list(answer)
    }

    fn get(&self, it: &RecordingRef, secret: Option<&Secret>) -> Request {
        Request::get(self.recording(&it.id, "", secret))
    }

    fn read_get(&self, _it: &RecordingRef, answer: &Answer) -> Result<Recording, Error> {
        read::get(answer)
    }

    /// The MP4, by ranges. A download by a share link needs the secret as much as playing does (the
    /// server's own page forgets it).
    fn media(&self, it: &RecordingRef, intent: Intent, secret: Option<&Secret>) -> Media {
        let route = match (self.version, intent) {
            (Version::A, _) => "/stream",
            (version, Intent::Download) if version.has_download() => "/download",
            _ => "/media",
        };
        Media::Direct(Request::get(self.recording(&it.id, route, secret)))
    }

    /// Never asked for: media are direct.
    fn read_link(&self, _it: &RecordingRef, _answer: &Answer) -> Result<Link, Error> {
        Err(Error::Unsupported)
    }

    fn read_media(&self, answer: &Answer) -> Result<(), Error> {
        if answer.status == 400 { Err(Error::BadSecret) } else { answer.done() }
    }

    /// One by its own route, whose answer says most; several in one request.
    fn delete(&self, ids: &[RecordingId]) -> Option<Request> {
        Some(match ids {
            [id] => Request::delete(self.recording(id, "", None)),
            ids if self.version == Version::A => Request {
                body: Some(format!("{{\"recordingIds\":{}}}", json_list(ids))),
                ..Request::delete(self.recordings())
            },
            ids => Request::delete(self.several("", ids)),
        })
    }

    fn read_delete(&self, ids: &[RecordingId], answer: &Answer) -> Result<DeleteReport, Error> {
        read::delete(ids, answer)
    }

    /// What is not ready is left out without a word, so callers ask for ready ones only.
    fn zip(&self, ids: &[RecordingId]) -> Option<Request> {
        self.version.has_pages().then(|| Request::get(self.several("/download", ids)))
    }

    fn share(&self, it: &RecordingRef, access: Access) -> Option<Request> {
        let private = if access == Access::SignedIn { "true" } else { "false" };
        self.version.has_pages().then(|| {
            let target = self.recording(&it.id, "/url", None);
            Request::get(format!("{target}{}", query(&[("privateAccess", private)])))
        })
    }

    fn read_share(&self, answer: &Answer) -> Result<Link, Error> {
        read::share(answer)
    }

    fn room_names(&self, cursor: Option<&Cursor>) -> Option<Request> {
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        if self.version.has_pages() {
            pairs.extend([("maxItems", LARGEST_PAGE), ("fields", "roomId,roomName")]);
        }
        if let Some(cursor) = cursor {
            pairs.push(("nextPageToken", &cursor.0));
        }
        Some(Request::get(format!("{}/rooms{}", self.version.api(), query(&pairs))))
    }

    fn read_room_names(&self, answer: &Answer) -> Result<Page<RoomName>, Error> {
        read::room_names(answer)
    }
}

fn sort_field(key: SortKey) -> &'static str {
    match key {
        SortKey::Room => "roomName",
        SortKey::Date => "startDate",
        SortKey::Duration => "duration",
        SortKey::Size => "size",
    }
}

fn status_name(status: &Status) -> Option<&'static str> {
    Some(match status {
        Status::Starting => "starting",
        Status::Recording => "active",
        Status::Processing => "ending",
        Status::Ready => "complete",
        Status::Failed(FailureKind::Error) => "failed",
        Status::Failed(FailureKind::Aborted) => "aborted",
        Status::Failed(FailureKind::LimitReached) => "limit_reached",
        Status::Unknown(_) => return None,
    })
}

fn mode(matching: Matching) -> &'static str {
    match matching {
        Matching::Exact => "exact",
        Matching::Prefix => "prefix",
        Matching::Partial => "partial",
    }
}

/// From 3.5 to 3.7 a room name is a regular expression, so what is meant literally is escaped.
fn pattern(text: &str, matching: Matching) -> String {
    let mut pattern = String::new();
    if matching != Matching::Partial {
        pattern.push('^');
    }
    for c in text.chars() {
        if "\\^$.|?*+()[]{}/-".contains(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    if matching == Matching::Exact {
        pattern.push('$');
    }
    pattern
}
