//! Whereby: a plain REST API for servers; a browser reaches it through a gateway, because it has
//! one key for all of an organisation and answers no other origin.
//! Source: `other-providers-api.md` §2.

mod read;
mod rooms;
#[cfg(test)]
mod tests;

use super::{
    Media, Provider,
    http::{Answer, Request, json_list},
    percent::{encode, query},
};
use crate::model::{
    Access, Capabilities, Cursor, DeleteReport, Error, Intent, Link, Page, Query, Recording,
    RecordingId, RecordingRef, RoomName, Secret, Sort, SortKey,
};

const RECORDINGS: &str = "/v1/recordings";

/// The server's own limit.
const LARGEST_PAGE: &str = "100";
/// The server names no limit to a bulk deletion; this keeps one answer's worth of doubt small.
const LARGEST_BATCH: usize = 50;
/// Seconds that a link for oneself works: as long as a long recording plays.
const PLAY_SECONDS: &str = "3600";
/// Seconds that a link for others works: the longest there is.
const SHARE_SECONDS: &str = "43200";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whereby;

impl Provider for Whereby {
    /// Rows are finished recordings.
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            play: true,
            download: true,
            status: false,
            duration: true,
            size: true,
            delete: true,
            delete_batch: LARGEST_BATCH,
            zip: false,
            share: true,
            private_share: false,
            edit: false,
            merge: false,
            rooms: true,
            filter_room: true,
            sort: &[SortKey::Room, SortKey::Date, SortKey::Duration, SortKey::Size],
        }
    }

    /// A room is its name, with the slash that the server writes before it.
    fn list(&self, wanted: &Query, cursor: Option<&Cursor>) -> Request {
        let newest_first = Sort { key: SortKey::Date, descending: true };
        let Sort { key, descending } = wanted.sort.unwrap_or(newest_first);
        let sort = format!("{}:{}", sort_field(key), if descending { "desc" } else { "asc" });
        let room = wanted.room.as_ref().map(|room| room.0.as_str());
        let size = wanted.page_size(LARGEST_PAGE);
        let pairs = [
            ("limit", Some(size.as_str())),
            ("roomName", room),
            ("sortBy", Some(&sort)),
            ("cursor", cursor.map(|cursor| cursor.0.as_str())),
        ];
        Request::get(format!("{RECORDINGS}{}", some(&pairs)))
    }

    fn read_list(&self, answer: &Answer) -> Result<Page<Recording>, Error> {
        read::list(answer)
    }

    fn get(&self, it: &RecordingRef, _secret: Option<&Secret>) -> Request {
        Request::get(recording(&it.id))
    }

    fn read_get(&self, _it: &RecordingRef, answer: &Answer) -> Result<Recording, Error> {
        read::get(answer)
    }

    /// Each link costs the organisation of its budget of requests: asked for when it is needed.
    fn media(&self, it: &RecordingRef, _intent: Intent, _secret: Option<&Secret>) -> Media {
        Media::Ask(link(&it.id, PLAY_SECONDS))
    }

    fn read_link(&self, _it: &RecordingRef, answer: &Answer) -> Result<Link, Error> {
        read::link(answer)
    }

    /// One is deleted at once, several in a while.
    fn delete(&self, ids: &[RecordingId]) -> Option<Request> {
        match ids {
            [] => None,
            [id] => Some(Request::delete(recording(id))),
            ids => {
                let body = format!("{{\"recordingIds\":{}}}", json_list(ids));
                Some(Request::post(&format!("{RECORDINGS}/bulk-delete"), Some(body)))
            }
        }
    }

    fn read_delete(&self, ids: &[RecordingId], answer: &Answer) -> Result<DeleteReport, Error> {
        read::delete(ids, answer)
    }

    fn share(&self, it: &RecordingRef, access: Access) -> Option<Request> {
        (access == Access::Anyone).then(|| link(&it.id, SHARE_SECONDS))
    }

    fn read_share(&self, answer: &Answer) -> Result<Link, Error> {
        read::link(answer)
    }

    fn room_names(&self, cursor: Option<&Cursor>) -> Option<Request> {
        let cursor = cursor.map(|cursor| cursor.0.as_str());
        let pairs = [("limit", Some(LARGEST_PAGE)), ("cursor", cursor)];
        Some(Request::get(format!("/v1/meetings{}", some(&pairs))))
    }

    fn read_room_names(&self, answer: &Answer) -> Result<Page<RoomName>, Error> {
        read::room_names(answer)
    }
}

fn recording(id: &RecordingId) -> String {
    format!("{RECORDINGS}/{}", encode(id.as_str()))
}

fn link(id: &RecordingId, seconds: &str) -> Request {
    let valid = query(&[("validForSeconds", seconds)]);
    Request::get(format!("{}/access-link{valid}", recording(id)))
}

/// The query of those that have a value.
fn some(pairs: &[(&str, Option<&str>)]) -> String {
    let pairs: Vec<(&str, &str)> =
        pairs.iter().filter_map(|(name, value)| Some((*name, (*value)?))).collect();
    query(&pairs)
}

fn sort_field(key: SortKey) -> &'static str {
    match key {
        SortKey::Room => "roomName",
        SortKey::Date => "startDate",
        SortKey::Duration => "duration",
        SortKey::Size => "sizeInMegaBytes",
    }
}
