//! Reading what Whereby answers. Of its errors only that for too many requests has a body that is
//! promised; the others are read by their status.

use crate::{
    model::{
        Cursor, DeleteOutcome, DeleteReport, Error, Json, Link, Page, Recording, RecordingId,
        RoomId, RoomName, Unexpected,
    },
    provider::{
        http::{Answer, Body},
        read::{file_name, moment, natural, number, rfc3339, rows, text, web_link},
    },
};

pub fn list(answer: &Answer) -> Result<Page<Recording>, Error> {
    page(answer, recording)
}

pub fn room_names(answer: &Answer) -> Result<Page<RoomName>, Error> {
    page(answer, room_name)
}

pub fn get(answer: &Answer) -> Result<Recording, Error> {
    recording(json(answer)?).ok_or(Error::Unexpected(Unexpected::Missing("recordingId")))
}

/// A signed address in a store of files. 403 is a recording in the organisation's own store.
pub fn link(answer: &Answer) -> Result<Link, Error> {
    if answer.status == 403 {
        return Err(Error::NotHosted);
    }
    let json = json(answer)?;
    let url = json.field("accessLink").and_then(Json::as_text);
    let link = web_link(url.ok_or(Error::Unexpected(Unexpected::Missing("accessLink")))?)?;
    Ok(Link { expires_at: number(json, "expires").and_then(|ms| moment(ms, 1.0)), ..link })
}

/// 204 in any case: one is gone, several will be, and those that were not there are not told apart.
pub fn delete(ids: &[RecordingId], answer: &Answer) -> Result<DeleteReport, Error> {
    let outcome = match (answer.is_success(), ids.len()) {
        (true, 1) => DeleteOutcome::Deleted,
        (true, _) => DeleteOutcome::Scheduled,
        (false, 1) if answer.status == 404 => DeleteOutcome::AlreadyGone,
        (false, _) => return Err(refusal(answer)),
    };
    Ok(DeleteReport { outcomes: ids.iter().map(|id| (id.clone(), outcome.clone())).collect() })
}

pub(super) fn json(answer: &Answer) -> Result<&Json, Error> {
    if answer.is_success() { answer.json() } else { Err(refusal(answer)) }
}

/// `{ "data": { "msLeft" } }` says how long to wait where the header does not.
pub(super) fn refusal(answer: &Answer) -> Error {
    let ms = match &answer.body {
        Body::Json(json) => json.field("data").and_then(|data| number(data, "msLeft")),
        _ => None,
    };
    match (answer.error(), ms) {
        (Error::RateLimited { retry_after: None }, Some(ms)) if ms >= 0.0 => {
            Error::RateLimited { retry_after: Some((ms / 1000.0).ceil() as u32) }
        }
        (error, _) => error,
    }
}

/// `{ "results": [...], "cursor" }`; the cursor of the last page is null.
pub(super) fn page<T>(answer: &Answer, read: fn(&Json) -> Option<T>) -> Result<Page<T>, Error> {
    if answer.status == 404 {
        return Err(Error::Unexpected(Unexpected::NoApi));
    }
    let json = json(answer)?;
    let results = json.field("results").and_then(Json::as_list);
    let results = results.ok_or(Error::Unexpected(Unexpected::Missing("results")))?;
    let (items, unreadable) = rows(results, read);
    let cursor = json.field("cursor").and_then(Json::as_text).filter(|cursor| !cursor.is_empty());
    let next = cursor.map(|cursor| Cursor(cursor.to_owned()));
    Ok(Page { items, next, total: None, unreadable })
}

/// The dates are those of the recording, so that its length follows. Equal ones, as in the
/// vendor's own example, say nothing.
fn recording(json: &Json) -> Option<Recording> {
    let id = RecordingId::new(json.field("recordingId")?.as_text()?)?;
    let date = |name| json.field(name).and_then(Json::as_text).and_then(rfc3339);
    let started_at = date("startDate");
    let ended_at = date("endDate").filter(|end| started_at.is_none_or(|start| start < *end));
    let duration =
        started_at.zip(ended_at).and_then(|(start, end)| u64::try_from(end - start).ok());
    // Less than what is written is rounded to 0, which would be no size.
    let size = number(json, "sizeInMegaBytes").filter(|mb| *mb > 0.0);
    let size = size.and_then(|mb| natural(mb, 1_000_000.0));
    let room = text(json, "roomName");
    Some(Recording {
        room_name: room.as_deref().map(without_slash),
        room_id: room,
        session_id: text(json, "roomSessionId"),
        started_at,
        ended_at,
        duration,
        size,
        is_size_rounded: size.is_some(),
        file_name: json.field("filename").and_then(Json::as_text).and_then(file_name),
        ..Recording::new(id)
    })
}

/// A meeting is a room for a while; recordings know it by its name.
fn room_name(json: &Json) -> Option<RoomName> {
    let id = text(json, "roomName")?;
    Some(RoomName { name: Some(without_slash(&id)), id: RoomId(id) })
}

pub(super) fn without_slash(name: &str) -> String {
    name.strip_prefix('/').unwrap_or(name).to_owned()
}
