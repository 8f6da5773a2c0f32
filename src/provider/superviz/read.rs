//! Reading what SuperViz answers: `{ "data": [...], "pagination": {...} }`, or the bare list that
//! its documentation shows.

use crate::{
    model::{Cursor, Error, Json, Link, Page, Recording, RecordingId, Status, Unexpected},
    provider::{
        http::{Answer, one_line},
        read::{natural, number, rfc3339, rows, text, web_link},
    },
};

pub fn list(answer: &Answer) -> Result<Page<Recording>, Error> {
    let (items, unreadable) = rows(list_in(answer)?, recording);
    let pagination = answer.json()?.field("pagination");
    let count =
        |name| pagination.and_then(|it| number(it, name)).and_then(|count| natural(count, 1.0));
    let next = match (count("page"), count("totalPages")) {
        (Some(page), Some(last)) if page < last => Some(Cursor((page + 1).to_string())),
        _ => None,
    };
    Ok(Page { items, next, total: count("total"), unreadable })
}

pub fn get(id: &RecordingId, answer: &Answer) -> Result<Recording, Error> {
    recording(row(id, answer)?).ok_or(Error::NotFound)
}

/// The link in the recording's row. While it is processed there may be one that leads nowhere yet.
pub fn link(id: &RecordingId, answer: &Answer) -> Result<Link, Error> {
    let row = row(id, answer)?;
    if status(row) == Status::Processing {
        return Err(Error::Conflict(String::new()));
    }
    let url = row.field("url").and_then(Json::as_text).filter(|url| !url.is_empty());
    web_link(url.ok_or(Error::Unexpected(Unexpected::Missing("url")))?)
}

/// It is gone only when nothing of the list is left out: then it cannot be found this way.
fn row<'a>(id: &RecordingId, answer: &'a Answer) -> Result<&'a Json, Error> {
    let mut rows = list_in(answer)?.iter();
    match rows.find(|row| row_id(row).as_ref() == Some(id)) {
        Some(row) => Ok(row),
        None if list(answer)?.next.is_some() => Err(Error::Unsupported),
        None => Err(Error::NotFound),
    }
}

fn list_in(answer: &Answer) -> Result<&[Json], Error> {
    if answer.status == 404 {
        return Err(Error::Unexpected(Unexpected::NoApi));
    }
    let json = answer.json()?;
    let list = json.as_list().or_else(|| json.field("data").and_then(Json::as_list));
    list.ok_or(Error::Unexpected(Unexpected::Missing("data")))
}

fn row_id(json: &Json) -> Option<RecordingId> {
    RecordingId::new(json.field("uuid")?.as_text()?)
}

fn recording(json: &Json) -> Option<Recording> {
    Some(Recording {
        room_id: text(json, "roomId"),
        session_id: text(json, "meetingId"),
        status: status(json),
        listed_at: json.field("createdAt").and_then(Json::as_text).and_then(rfc3339),
        ..Recording::new(row_id(json)?)
    })
}

/// `done` is the word of its webhooks. `Unknown("")` when there is none.
fn status(json: &Json) -> Status {
    let raw = json.field("status").and_then(Json::as_text).unwrap_or_default();
    match raw.to_ascii_lowercase().as_str() {
        "processing" => Status::Processing,
        "available" | "done" => Status::Ready,
        _ => Status::Unknown(one_line(raw)),
    }
}
