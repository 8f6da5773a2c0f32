//! `/v1/meetings`: rooms that live until a date. They can be created and deleted, not changed.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::error::WherebyError;
use super::recordings::limit;
use super::{Call, no_content, now};
use crate::query::split;
use crate::sample::Sample;
use crate::state::World;
use crate::vendors::crypto::uuid;
use crate::vendors::dates::{self, iso};

const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;
/// Where people meet; nothing of it is here.
const ROOMS: &str = "https://sample.whereby.com";

type Answer = Result<Response, WherebyError>;

pub struct Meeting {
    id: String,
    /// With the slash before it.
    room_name: String,
    /// Milliseconds since 1970.
    created: i64,
    ends: i64,
}

/// The rooms of the sample, open for a year and more.
pub fn of_sample(sample: &Sample, start: i64) -> Vec<Meeting> {
    let rooms = sample.rooms.iter().zip(1..);
    rooms
        .map(|((id, room), number)| Meeting {
            id: (100 + number).to_string(),
            room_name: format!("/{id}"),
            created: room.created,
            ends: start + 400 * DAY + number * HOUR,
        })
        .collect()
}

pub fn list(call: &Call) -> Answer {
    let limit = limit(&call.query)?;
    let fields = asked_fields(call.query.get("fields"));
    let world = call.state.world();
    let open = open(&world);
    let first = match call.query.get("cursor") {
        None => 0,
        Some(cursor) => {
            let last = open.iter().position(|meeting| cursor_of(meeting) == cursor);
            last.ok_or(WherebyError::Invalid("cursor"))? + 1
        }
    };
    let page = &open[first..open.len().min(first + limit)];
    let more = first + limit < open.len();
    let cursor = page.last().filter(|_| more).map(|meeting| cursor_of(meeting));
    let results: Vec<Value> = page.iter().map(|meeting| info(meeting, &fields)).collect();
    Ok(Json(json!({ "results": results, "cursor": cursor })).into_response())
}

pub fn create(call: &Call) -> Answer {
    let body: Value =
        serde_json::from_slice(&call.body).map_err(|_| WherebyError::Invalid("body"))?;
    let mut world = call.state.world();
    let now = now(&world);
    let ends = body["endDate"].as_str().and_then(dates::read);
    let ends = ends.filter(|ends| *ends > now).ok_or(WherebyError::Invalid("endDate"))?;
    let prefix = body["roomNamePrefix"].as_str().unwrap_or_default().trim_start_matches('/');
    if prefix.chars().count() > 39 {
        return Err(WherebyError::Invalid("roomNamePrefix"));
    }
    let fields: Vec<&str> =
        body["fields"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let meetings = &mut world.vendor.whereby.meetings;
    let number = meetings.len() + 101;
    let meeting = Meeting {
        id: number.to_string(),
        room_name: format!("/{prefix}{}", uuid(&format!("room {number} {now}"))),
        created: now,
        ends,
    };
    let created = info(&meeting, &fields);
    meetings.push(meeting);
    Ok((StatusCode::CREATED, Json(created)).into_response())
}

pub fn one(call: &Call, id: &str) -> Answer {
    let world = call.state.world();
    let meeting = open(&world).into_iter().find(|meeting| meeting.id == id);
    let meeting = meeting.ok_or(WherebyError::NotFound)?;
    Ok(Json(info(meeting, &asked_fields(call.query.get("fields")))).into_response())
}

pub fn delete(call: &Call, id: &str) -> Response {
    let mut world = call.state.world();
    let now = now(&world);
    // It stays known as ended, so that its number is not given again.
    let meetings = world.vendor.whereby.meetings.iter_mut();
    for meeting in meetings.filter(|meeting| meeting.id == id) {
        meeting.ends = meeting.ends.min(now - HOUR);
    }
    no_content()
}

/// A room is gone an hour after its end.
fn open(world: &World) -> Vec<&Meeting> {
    let now = now(world);
    let meetings = world.vendor.whereby.meetings.iter();
    meetings.filter(|meeting| now < meeting.ends + HOUR).collect()
}

fn asked_fields(list: Option<&str>) -> Vec<&str> {
    list.map(|list| split(list).collect()).unwrap_or_default()
}

/// `Meeting`. The links for hosts and viewers are there only when asked for.
fn info(meeting: &Meeting, fields: &[&str]) -> Value {
    let url = format!("{ROOMS}{}", meeting.room_name);
    let mut info = json!({
        "meetingId": meeting.id,
        "startDate": iso(meeting.created),
        "endDate": iso(meeting.ends),
        "roomName": meeting.room_name,
        "roomUrl": url,
    });
    for (field, key) in [("hostRoomUrl", "host"), ("viewerRoomUrl", "viewer")] {
        if fields.contains(&field) {
            let key = uuid(&format!("{key} {}", meeting.id));
            info[field] = json!(format!("{url}?roomKey={key}"));
        }
    }
    info
}

fn cursor_of(meeting: &Meeting) -> String {
    uuid(&format!("meeting {}", meeting.id)).replace('-', "")
}
