//! PlugNmeet: everything is asked by POST, and an envelope in the answer says whether it worked
//! while HTTP says 200. Its requests are signed with a secret that opens all of the server, so a
//! browser reaches it through something that signs, such as the gateway.
//! Source: `other-providers-api.md` §1.

mod read;
mod rooms;
#[cfg(test)]
mod tests;

use super::{
    Media, Provider,
    http::{Answer, Request, json_fields as object, json_list, json_text},
};
use crate::model::{
    Access, Capabilities, Cursor, DeleteReport, Error, Intent, Link, MetadataPatch, Page, Query,
    Recording, RecordingId, RecordingRef, RoomId, RoomName, Secret, Sort, SortKey, Subtitle,
};

/// The server's own limit; asking for more is silently cut to it.
const LARGEST_PAGE: &str = "100";
/// The cursor that leads from past rooms to live ones, which are another list.
const LIVE: &str = "live";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlugNmeet;

impl Provider for PlugNmeet {
    /// Rows are finished files: the server does not list what is being recorded or converted. It
    /// orders by when they became available, and by nothing else.
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            play: true,
            download: true,
            status: false,
            duration: false,
            size: true,
            delete: true,
            delete_batch: 1,
            zip: false,
            share: true,
            private_share: false,
            edit: true,
            merge: true,
            rooms: true,
            filter_room: true,
            sort: &[SortKey::Date],
        }
    }

    /// A session replaces the rooms, and an empty one would match nothing. Servers before 2.0 do not
    /// know sessions and answer for the rooms.
    fn list(&self, wanted: &Query, cursor: Option<&Cursor>) -> Request {
        let room = wanted.room.as_ref().map(|room| json_text(&room.0)).unwrap_or_default();
        let mut fields = vec![("room_ids", format!("[{room}]"))];
        if let Some(session) = wanted.session.as_ref().filter(|session| !session.is_empty()) {
            fields.push(("room_sid", json_text(session)));
        }
        let is_ascending =
            matches!(wanted.sort, Some(Sort { key: SortKey::Date, descending: false }));
        let size = wanted.page_size(LARGEST_PAGE);
        fields.extend(part(cursor, size, if is_ascending { "ASC" } else { "DESC" }));
        Request::ask("/auth/recording/fetch", object(&fields))
    }

    fn read_list(&self, answer: &Answer) -> Result<Page<Recording>, Error> {
        read::list(answer)
    }

    /// It counts the rows before it.
    fn cursor_after(&self, cursor: Cursor, removed: usize) -> Cursor {
        match cursor.0.parse::<usize>() {
            Ok(from) => Cursor(from.saturating_sub(removed).to_string()),
            Err(_) => cursor,
        }
    }

    fn get(&self, it: &RecordingRef, _secret: Option<&Secret>) -> Request {
        Request::ask("/auth/recording/info", recording(&it.id))
    }

    fn read_get(&self, _it: &RecordingRef, answer: &Answer) -> Result<Recording, Error> {
        read::get(answer)
    }

    /// A token is a part of the URL and can be used until it expires, for ranges as well.
    fn media(&self, it: &RecordingRef, _intent: Intent, _secret: Option<&Secret>) -> Media {
        Media::Ask(token(&it.id))
    }

    fn read_link(&self, _it: &RecordingRef, answer: &Answer) -> Result<Link, Error> {
        read::link(answer)
    }

    /// What a token opens needs no session: 401, which a gateway says as 403, is a token that has
    /// expired.
    fn read_media(&self, answer: &Answer) -> Result<(), Error> {
        if matches!(answer.status, 401 | 403) { Err(Error::BadSecret) } else { answer.done() }
    }

    fn delete(&self, ids: &[RecordingId]) -> Option<Request> {
        let [id] = ids else { return None };
        Some(Request::post("/auth/recording/delete", Some(recording(id))))
    }

    fn read_delete(&self, ids: &[RecordingId], answer: &Answer) -> Result<DeleteReport, Error> {
        read::delete(ids, answer)
    }

    /// Whoever has the link of a token can open it, until it expires.
    fn share(&self, it: &RecordingRef, access: Access) -> Option<Request> {
        (access == Access::Anyone).then(|| token(&it.id))
    }

    fn read_share(&self, answer: &Answer) -> Result<Link, Error> {
        read::link(answer)
    }

    /// Since 2.0.
    fn update(&self, id: &RecordingId, patch: &MetadataPatch) -> Option<Request> {
        let metadata = metadata(patch);
        let body = object(&[("record_id", json_text(id.as_str())), ("metadata", metadata)]);
        Some(Request::post("/auth/recording/updateMetadata", Some(body)))
    }

    /// Since 2.2. The answer only says that it is queued; the merged recording is a new row later.
    fn merge(&self, room: &RoomId, ids: &[RecordingId]) -> Option<Request> {
        let by_ids = object(&[("room_id", json_text(&room.0)), ("recording_ids", json_list(ids))]);
        let body = object(&[("by_ids", by_ids)]);
        (ids.len() > 1).then(|| Request::post("/auth/recording/mergeRecordings", Some(body)))
    }

    fn read_done(&self, answer: &Answer) -> Result<(), Error> {
        read::done(answer)
    }

    /// The rooms of past sessions, which are those that recordings come from, and then the live ones.
    fn room_names(&self, cursor: Option<&Cursor>) -> Option<Request> {
        if cursor.is_some_and(|cursor| cursor.0 == LIVE) {
            return Some(Request::ask("/auth/room/getActiveRoomsInfo", "{}".to_owned()));
        }
        let mut fields = vec![("room_ids", "[]".to_owned())];
        fields.extend(part(cursor, LARGEST_PAGE.to_owned(), "DESC"));
        Some(Request::ask("/auth/room/fetchPastRooms", object(&fields)))
    }

    /// A room once, however many sessions it had on this page; another page may have it again.
    fn read_room_names(&self, answer: &Answer) -> Result<Page<RoomName>, Error> {
        read::room_names(answer)
    }
}

fn token(id: &RecordingId) -> Request {
    Request::ask("/auth/recording/getDownloadToken", recording(id))
}

fn recording(id: &RecordingId) -> String {
    object(&[("record_id", json_text(id.as_str()))])
}

/// Which rows: the cursor is how many come before them.
fn part(cursor: Option<&Cursor>, size: String, order: &str) -> [(&'static str, String); 3] {
    let from: u32 = cursor.and_then(|cursor| cursor.0.parse().ok()).unwrap_or_default();
    [("from", from.to_string()), ("limit", size), ("order_by", json_text(order))]
}

/// Only what is named: the server keeps the rest.
fn metadata(patch: &MetadataPatch) -> String {
    let mut fields = Vec::new();
    let texts = [("title", &patch.title), ("description", &patch.description)];
    for (name, text) in texts {
        fields.extend(text.as_ref().map(|text| (name, json_text(text))));
    }
    let subtitles = patch.subtitles.iter().map(|it| (it.language.as_str(), subtitle(it)));
    let extra = patch.extra.iter().map(|(key, value)| (key.as_str(), json_text(value)));
    let maps = [("subtitles", map(subtitles)), ("extra_data", map(extra))];
    fields.extend(maps.into_iter().filter(|(_, map)| map != "{}"));
    object(&fields)
}

/// Without a label the server deletes the language, URL or not.
fn subtitle(it: &Subtitle) -> String {
    let is_unnamed = it.label.is_empty() && !it.url.is_empty();
    let label = if is_unnamed { &it.language } else { &it.label };
    object(&[("label", json_text(label)), ("url", json_text(&it.url))])
}

/// The last of equal keys counts: the server refuses a map that has a key twice.
fn map<'a>(pairs: impl Iterator<Item = (&'a str, String)>) -> String {
    let pairs: Vec<(&str, String)> = pairs.collect();
    let is_last = |at: usize| pairs[at + 1..].iter().all(|(key, _)| *key != pairs[at].0);
    let last: Vec<(&str, String)> =
        pairs.iter().enumerate().filter(|(at, _)| is_last(*at)).map(|(_, it)| it.clone()).collect();
    object(&last)
}
