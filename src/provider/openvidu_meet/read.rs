//! Reading what an OpenVidu Meet server answers.

use crate::{
    model::{
        Cursor, DeleteOutcome, DeleteReport, Error, Failure, FailureKind, Json, Page, Recording,
        RecordingId, Room, RoomId, Status, Unexpected,
    },
    provider::http::{Answer, Body, one_line},
};

use super::OpenViduMeet;

/// The span of a browser's `Date`, in ms from 1970.
const LAST_DATE: f64 = 8.64e15;
/// The largest integer that JSON carries exactly to a browser.
const LAST_INTEGER: f64 = 9_007_199_254_740_991.0;

impl OpenViduMeet {
    pub fn read_sign_in(answer: &Answer) -> Result<(), Error> {
        match answer.status {
            404 => Err(Error::BadCredentials),
            // Too short to be anybody's (422 before the comparison).
            422 => Err(Error::BadCredentials),
            _ => answer.done(),
        }
    }

    /// Read right after signing in: the server knows nobody if the cookie did not come back.
    pub fn read_profile(answer: &Answer) -> Result<(), Error> {
        if answer.status == 401 { Err(Error::CookieRefused) } else { answer.done() }
    }

    /// 400 is "no or invalid refresh token", 403 a token of an unknown user: both end the session.
    pub fn read_refresh(answer: &Answer) -> Result<(), Error> {
        match answer.status {
            400 | 401 | 403 => Err(Error::SignedOut),
            _ => answer.done(),
        }
    }

    pub fn read_list(answer: &Answer) -> Result<Page<Recording>, Error> {
        match answer.status {
            404 => Err(Error::Unexpected(Unexpected::NoApi)),
            _ => read_page(answer, "recordings", recording),
        }
    }

    pub fn read_get(answer: &Answer) -> Result<Recording, Error> {
        if answer.status == 400 {
            return Err(Error::BadSecret);
        }
        recording(answer.json()?).ok_or(Error::Unexpected(Unexpected::Missing("recordingId")))
    }

    /// 204; 200 or 400 with lists; a body-less 200. Whatever the lists leave out has not been
    /// deleted for all we know. A 400 without lists is an error of the whole request.
    pub fn read_delete(ids: &[RecordingId], answer: &Answer) -> Result<DeleteReport, Error> {
        let all = |outcome: DeleteOutcome| DeleteReport {
            outcomes: ids.iter().map(|id| (id.clone(), outcome.clone())).collect(),
        };
        if let Body::Json(json) = &answer.body
            && matches!(answer.status, 200 | 400)
            && has_lists(json)
        {
            return Ok(report_from_lists(ids, json));
        }
        match answer.status {
            200..=299 => Ok(all(DeleteOutcome::Deleted)),
            404 if ids.len() == 1 => Ok(all(DeleteOutcome::AlreadyGone)),
            409 if ids.len() == 1 => Ok(all(DeleteOutcome::Failed(answer.message()))),
            _ => Err(answer.error()),
        }
    }

    /// The link, only ever http(s).
    pub fn read_share(answer: &Answer) -> Result<String, Error> {
        let url = answer
            .json()?
            .field("url")
            .and_then(Json::as_text)
            .ok_or(Error::Unexpected(Unexpected::Missing("url")))?;
        let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
        let is_web = matches!(scheme.as_deref(), Some("http" | "https"));
        if is_web && !url.contains(|c: char| c.is_control() || c.is_whitespace()) {
            Ok(url.to_owned())
        } else {
            Err(Error::Unexpected(Unexpected::UnsafeLink))
        }
    }

    /// What a request for the media or a ZIP was refused for; success says that it would be sent.
    pub fn read_media(answer: &Answer) -> Result<(), Error> {
        if answer.status == 400 { Err(Error::BadSecret) } else { answer.done() }
    }

    pub fn read_rooms(answer: &Answer) -> Result<Page<Room>, Error> {
        read_page(answer, "rooms", room)
    }
}

/// `{ "<name>": [...], "pagination": { "isTruncated", "nextPageToken" } }`. A row that is not
/// readable is counted; a missing token ends the list even when more is claimed.
fn read_page<T>(
    answer: &Answer,
    name: &'static str,
    read: fn(&Json) -> Option<T>,
) -> Result<Page<T>, Error> {
    let json = answer.json()?;
    let rows = json
        .field(name)
        .and_then(Json::as_list)
        .ok_or(Error::Unexpected(Unexpected::Missing(name)))?;
    let items: Vec<T> = rows.iter().filter_map(read).collect();
    let unreadable = rows.len() - items.len();
    let pagination = json.field("pagination");
    let more = pagination.and_then(|p| p.field("isTruncated")).and_then(Json::as_bool);
    let token = pagination.and_then(|p| p.field("nextPageToken")).and_then(Json::as_text);
    let next = match (more, token) {
        (Some(true), Some(token)) if !token.is_empty() => Some(Cursor(token.to_owned())),
        _ => None,
    };
    Ok(Page { items, next, unreadable })
}

fn recording(json: &Json) -> Option<Recording> {
    let text = |name| text(json, name);
    let id = RecordingId::new(json.field("recordingId")?.as_text()?)?;
    let started_at = date(json, "startDate");
    let ended_at = date(json, "endDate").filter(|end| started_at.is_none_or(|start| start <= *end));
    let failure = Failure {
        code: json.field("errorCode").and_then(Json::as_number),
        error: text("error"),
        details: text("details"),
    };
    Some(Recording {
        room_id: text("roomId").or_else(|| room_of(&id)),
        room_name: text("roomName"),
        status: status(json.field("status")),
        started_at,
        ended_at,
        duration: natural(json, "duration", 1000.0),
        size: natural(json, "size", 1.0),
        file_name: text("filename"),
        failure: (failure != Failure::default()).then_some(failure),
        id,
    })
}

fn room(json: &Json) -> Option<Room> {
    let id = json.field("roomId")?.as_text().filter(|id| !id.is_empty())?;
    Some(Room { id: RoomId(id.to_owned()), name: text(json, "roomName") })
}

/// Upper case until 3.4.0, lower case from there on. `Unknown("")` when there is none.
fn status(json: Option<&Json>) -> Status {
    let raw = json.and_then(Json::as_text).unwrap_or_default();
    match raw.to_ascii_uppercase().as_str() {
        "STARTING" => Status::Starting,
        "ACTIVE" => Status::Recording,
        "ENDING" => Status::Processing,
        "COMPLETE" => Status::Ready,
        "FAILED" => Status::Failed(FailureKind::Error),
        "ABORTED" => Status::Failed(FailureKind::Aborted),
        "LIMIT_REACHED" => Status::Failed(FailureKind::LimitReached),
        _ => Status::Unknown(one_line(raw)),
    }
}

/// The id begins with the room's: `{roomId}--EG_…--{uid}`.
fn room_of(id: &RecordingId) -> Option<String> {
    id.as_str().split_once("--EG_").map(|(room, _)| room.to_owned()).filter(|room| !room.is_empty())
}

fn text(json: &Json, name: &str) -> Option<String> {
    json.field(name).and_then(Json::as_text).map(one_line).filter(|text| !text.is_empty())
}

fn date(json: &Json, name: &str) -> Option<i64> {
    let ms = json.field(name)?.as_number()?;
    (ms > 0.0 && ms <= LAST_DATE).then_some(ms as i64)
}

/// A count of `1 / scale`ths, when it is one.
fn natural(json: &Json, name: &str, scale: f64) -> Option<u64> {
    let scaled = json.field(name)?.as_number()? * scale;
    (0.0..=LAST_INTEGER).contains(&scaled).then_some(scaled.round() as u64)
}

const FAILED_LISTS: [&str; 2] = ["notDeleted", "failed"];

fn has_lists(json: &Json) -> bool {
    ["deleted"].iter().chain(&FAILED_LISTS).any(|name| json.field(name).is_some())
}

fn report_from_lists(ids: &[RecordingId], json: &Json) -> DeleteReport {
    let list = |name: &str| json.field(name).and_then(Json::as_list).unwrap_or_default();
    let deleted: Vec<&str> = list("deleted").iter().filter_map(Json::as_text).collect();
    let failed: Vec<(&str, String)> = FAILED_LISTS
        .iter()
        .flat_map(|name| list(name))
        .filter_map(|item| {
            let reason = text(item, "error").unwrap_or_default();
            Some((item.field("recordingId")?.as_text()?, reason))
        })
        .collect();
    let outcome = |id: &RecordingId| {
        if let Some((_, reason)) = failed.iter().find(|(failed, _)| *failed == id.as_str()) {
            DeleteOutcome::Failed(reason.clone())
        } else if deleted.contains(&id.as_str()) {
            DeleteOutcome::Deleted
        } else {
            DeleteOutcome::Failed(String::new())
        }
    };
    DeleteReport { outcomes: ids.iter().map(|id| (id.clone(), outcome(id))).collect() }
}
