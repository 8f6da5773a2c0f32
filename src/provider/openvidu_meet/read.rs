//! Reading what an OpenVidu Meet server answers.

use crate::{
    model::{
        Cursor, DeleteOutcome, DeleteReport, Error, Failure, FailureKind, Json, Link, Page,
        Recording, RecordingId, RoomId, RoomName, Status, Unexpected,
    },
    provider::{
        http::{Answer, Body, one_line},
        read::{moment, natural, number, rows, text, web_link},
    },
};

pub fn list(answer: &Answer) -> Result<Page<Recording>, Error> {
    match answer.status {
        404 => Err(Error::Unexpected(Unexpected::NoApi)),
        // No content is no recordings.
        200..=299 if answer.body == Body::Empty => Ok(Page::EMPTY),
        _ => page(answer, "recordings", recording),
    }
}

pub fn get(answer: &Answer) -> Result<Recording, Error> {
    if answer.status == 400 {
        return Err(Error::BadSecret);
    }
    recording(answer.json()?).ok_or(Error::Unexpected(Unexpected::Missing("recordingId")))
}

/// 204; 200 or 400 with lists; a body-less 200. Whatever the lists leave out has not been
/// deleted for all we know. A 400 without lists is an error of the whole request.
pub fn delete(ids: &[RecordingId], answer: &Answer) -> Result<DeleteReport, Error> {
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

pub fn share(answer: &Answer) -> Result<Link, Error> {
    let url = answer.json()?.field("url").and_then(Json::as_text);
    web_link(url.ok_or(Error::Unexpected(Unexpected::Missing("url")))?)
}

pub fn room_names(answer: &Answer) -> Result<Page<RoomName>, Error> {
    page(answer, "rooms", room_name)
}

/// `{ "<name>": [...], "pagination": { "isTruncated", "nextPageToken" } }`, at first a bare array. A
/// row that is not readable is counted; a missing token ends the list even when more is claimed.
pub(super) fn page<T>(
    answer: &Answer,
    name: &'static str,
    read: fn(&Json) -> Option<T>,
) -> Result<Page<T>, Error> {
    let json = answer.json()?;
    let list = json.as_list().or_else(|| json.field(name).and_then(Json::as_list));
    let (items, unreadable) = rows(list.ok_or(Error::Unexpected(Unexpected::Missing(name)))?, read);
    let pagination = json.field("pagination");
    let more = pagination.and_then(|p| p.field("isTruncated")).and_then(Json::as_bool);
    let token = pagination.and_then(|p| p.field("nextPageToken")).and_then(Json::as_text);
    let next = match (more, token) {
        (Some(true), Some(token)) if !token.is_empty() => Some(Cursor(token.to_owned())),
        _ => None,
    };
    Ok(Page { items, next, total: None, unreadable })
}

/// The names of fields are those of generation B on; the first has others.
fn recording(json: &Json) -> Option<Recording> {
    let id = json.field("recordingId").or_else(|| json.field("id"))?.as_text()?;
    let id = RecordingId::new(id)?;
    let date = |name, first| {
        number(json, name).or_else(|| number(json, first)).and_then(|ms| moment(ms, 1.0))
    };
    let started_at = date("startDate", "startedAt");
    let ended_at =
        date("endDate", "endedAt").filter(|end| started_at.is_none_or(|start| start <= *end));
    let failure = Failure {
        code: json.field("errorCode").and_then(Json::as_number),
        error: text(json, "error"),
        details: text(json, "details"),
    };
    let duration = json.field("duration").and_then(Json::as_number);
    let duration = duration.and_then(|seconds| natural(seconds, 1000.0));
    let size = json.field("size").and_then(Json::as_number);
    let size = size.and_then(|bytes| natural(bytes, 1.0));
    let room_name = text(json, "roomName");
    Some(Recording {
        room_id: text(json, "roomId").or_else(|| room_of(&id)).or_else(|| room_name.clone()),
        room_name,
        status: status(json.field("status"), duration.is_some() && size.is_some()),
        started_at,
        ended_at,
        duration,
        size,
        file_name: text(json, "filename"),
        layout: text(json, "layout"),
        encoding: json.field("encoding").and_then(encoding),
        failure: (failure != Failure::default()).then_some(failure),
        ..Recording::new(id)
    })
}

/// In the first generation a room has no id but its name.
fn room_name(json: &Json) -> Option<RoomName> {
    let name = text(json, "roomName");
    let id = json.field("roomId").and_then(Json::as_text).filter(|id| !id.is_empty());
    let id = id.map(str::to_owned).or_else(|| name.clone())?;
    Some(RoomName { id: RoomId(id), name })
}

/// Upper case until 3.4.0, lower case from there on, other words at first. `Unknown("")` when there
/// is none.
fn status(json: Option<&Json>, has_file: bool) -> Status {
    let raw = json.and_then(Json::as_text).unwrap_or_default();
    match raw.to_ascii_uppercase().as_str() {
        "STARTING" => Status::Starting,
        "ACTIVE" | "STARTED" | "RECORDING" => Status::Recording,
        // Stopped is not yet ready, unless the file is there already.
        "STOPPED" if has_file => Status::Ready,
        "ENDING" | "STOPPING" | "STOPPED" => Status::Processing,
        "COMPLETE" | "READY" => Status::Ready,
        "FAILED" => Status::Failed(FailureKind::Error),
        "ABORTED" => Status::Failed(FailureKind::Aborted),
        "LIMIT_REACHED" => Status::Failed(FailureKind::LimitReached),
        _ => Status::Unknown(one_line(raw)),
    }
}

/// A preset's name, or an object of which the picture's size, rate and codec say most.
fn encoding(json: &Json) -> Option<String> {
    if let Some(preset) = json.as_text() {
        return Some(one_line(preset)).filter(|text| !text.is_empty());
    }
    let video = json.field("video")?;
    let part = |name| number(video, name).filter(|it| *it > 0.0).map(|it| (it as u64).to_string());
    let size = part("width").zip(part("height")).map(|(width, height)| format!("{width}×{height}"));
    let rate = part("framerate").map(|rate| format!("{rate} fps"));
    let parts: Vec<String> = [size, rate, text(video, "codec")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The id begins with the room's: `{roomId}--EG_…--{uid}`.
fn room_of(id: &RecordingId) -> Option<String> {
    id.as_str().split_once("--EG_").map(|(room, _)| one_line(room)).filter(|room| !room.is_empty())
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
