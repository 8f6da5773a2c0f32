//! `/v1/recordings`: finished recordings page by page, links to their files, and deletions, which never fail.

use std::cmp::Ordering;

use axum::Json;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::error::WherebyError;
use super::{Call, files, no_content, now};
use crate::query::Query;
use crate::recordings::id::id_of;
use crate::state::World;
use crate::vendors::catalogue::Entry;
use crate::vendors::dates::iso;
use crate::vendors::storage::presign;

/// Milliseconds from a bulk deletion until its job runs.
const DELAY: i64 = 2_000;
/// Seconds that an access link may be valid.
const MAX_VALIDITY: u32 = 43_200;

type Answer = Result<Response, WherebyError>;

pub fn list(call: &Call) -> Answer {
    let limit = limit(&call.query)?;
    let order = order(&call.query)?;
    let world = call.state.world();
    let limit = world.pages.size(limit);
    let clock = world.clock.now();
    let room_name = call.query.get("roomName");
    let is_asked_for = |entry: &&Entry| room_name.is_none_or(|name| name == self::room_name(entry));
    let mut entries: Vec<&Entry> =
        world.vendor.catalogue.entries.iter().filter(is_asked_for).collect();
    entries.sort_by(|a, b| order(a, b).then_with(|| a.uuid.cmp(&b.uuid)));
    // A cursor is the last row of the page before. Rows that are deleted meanwhile keep their places.
    let first = match call.query.get("cursor") {
        None => 0,
        Some(cursor) => {
            let last = entries.iter().position(|entry| cursor_of(entry) == cursor);
            last.ok_or(WherebyError::Invalid("cursor"))? + 1
        }
    };
    let mut rest =
        entries[first..].iter().filter(|entry| entry.is_finished(&world.recordings, clock));
    let page: Vec<&&Entry> = rest.by_ref().take(limit).collect();
    let cursor = page.last().filter(|_| rest.next().is_some()).map(|entry| cursor_of(entry));
    let results: Vec<Value> = page.iter().map(|entry| info(&world, entry)).collect();
    Ok(Json(json!({ "results": results, "cursor": cursor })).into_response())
}

pub fn one(call: &Call, id: &str) -> Answer {
    let world = call.state.world();
    let entry = find(&world, id)?;
    Ok(Json(info(&world, entry)).into_response())
}

pub fn access_link(call: &Call, id: &str) -> Answer {
    let seconds = match call.query.get("validForSeconds") {
        None => 3600,
        Some(text) => {
            let seconds = text.parse().ok().filter(|it| (1..=MAX_VALIDITY).contains(it));
            seconds.ok_or(WherebyError::Invalid("validForSeconds"))?
        }
    };
    let world = call.state.world();
    let entry = find(&world, id)?;
    if files::is_self_hosted(entry) {
        return Err(WherebyError::NotHosted);
    }
    let path = format!("/s3/whereby/{}.{}", entry.uuid, files::of(entry).extension);
    // Links are signed with a date in whole seconds.
    let now = now(&world) / 1000 * 1000;
    let link = presign(&call.base, &path, now, seconds);
    let expires = now + i64::from(seconds) * 1000;
    Ok(Json(json!({ "accessLink": link, "expires": expires })).into_response())
}

pub fn delete(call: &Call, id: &str) -> Response {
    let mut world = call.state.world();
    if let Ok(entry) = find(&world, id) {
        let key = entry.key.clone();
        remove(&mut world, &key);
    }
    no_content()
}

/// Schedules a job. Whether there is such a recording, or is no more, makes no difference.
pub fn delete_many(call: &Call) -> Answer {
    let invalid = || WherebyError::Invalid("recordingIds");
    let body: Value = serde_json::from_slice(&call.body).map_err(|_| invalid())?;
    let ids = body["recordingIds"].as_array().ok_or_else(invalid)?;
    if !ids.iter().all(Value::is_string) {
        return Err(invalid());
    }
    let mut world = call.state.world();
    let due = world.clock.now() + DELAY;
    for id in ids.iter().filter_map(Value::as_str) {
        if let Ok(entry) = find(&world, id) {
            let key = entry.key.clone();
            world.vendor.whereby.scheduled.push((due, key));
        }
    }
    Ok(no_content())
}

/// Runs the jobs whose time has come.
pub fn delete_what_is_due(world: &mut World) {
    let now = world.clock.now();
    let scheduled = std::mem::take(&mut world.vendor.whereby.scheduled);
    let (due, later): (Vec<_>, Vec<_>) = scheduled.into_iter().partition(|(at, _)| *at <= now);
    world.vendor.whereby.scheduled = later;
    for (_, key) in due {
        remove(world, &key);
    }
}

fn remove(world: &mut World, key: &str) {
    world.recordings.remove(key);
    world.overrides.remove(&id_of(key));
}

fn find<'a>(world: &'a World, id: &str) -> Result<&'a Entry, WherebyError> {
    let entry = world.vendor.catalogue.by_uuid(id);
    entry
        .filter(|entry| entry.is_finished(&world.recordings, world.clock.now()))
        .ok_or(WherebyError::NotFound)
}

/// `Recording`: no status, no duration, no link.
fn info(world: &World, entry: &Entry) -> Value {
    if let Some(instead) = world.overrides.get(&id_of(&entry.key)) {
        return instead.clone();
    }
    let file = files::of(entry);
    let room = entry.room_id();
    json!({
        "recordingId": entry.uuid,
        "roomSessionId": world.vendor.catalogue.session_of(entry).sid,
        "roomName": room_name(entry),
        "filename": format!("{room}-{}.{}", iso(entry.started), file.extension),
        "startDate": iso(entry.started),
        "endDate": iso(entry.started + file.milliseconds),
        "sizeInMegaBytes": (file.bytes.len() as f64 / 10_000.0).round() / 100.0,
    })
}

/// Room names begin with a slash, wherever they are.
fn room_name(entry: &Entry) -> String {
    format!("/{}", entry.room_id())
}

fn cursor_of(entry: &Entry) -> String {
    entry.uuid.replace('-', "")
}

/// 1 to 100, 50 when absent.
pub fn limit(query: &Query) -> Result<usize, WherebyError> {
    match query.get("limit") {
        None => Ok(50),
        Some(text) => {
            let limit = text.parse().ok().filter(|limit| (1..=100).contains(limit));
            limit.ok_or(WherebyError::Invalid("limit"))
        }
    }
}

/// `sortBy=field:direction`; the newest first when absent.
fn order(query: &Query) -> Result<impl Fn(&Entry, &Entry) -> Ordering, WherebyError> {
    let sort_by = query.get("sortBy").unwrap_or("startDate:desc");
    let (field, direction) = sort_by.split_once(':').ok_or(WherebyError::Invalid("sortBy"))?;
    let compare: fn(&Entry, &Entry) -> Ordering = match field {
        "roomName" => |a, b| a.room_id().cmp(b.room_id()),
        "startDate" => |a, b| a.started.cmp(&b.started),
        "duration" => |a, b| files::of(a).milliseconds.cmp(&files::of(b).milliseconds),
        "sizeInMegaBytes" => |a, b| files::of(a).bytes.len().cmp(&files::of(b).bytes.len()),
        _ => return Err(WherebyError::Invalid("sortBy")),
    };
    let descending = match direction {
        "asc" => false,
        "desc" => true,
        _ => return Err(WherebyError::Invalid("sortBy")),
    };
    Ok(move |a: &Entry, b: &Entry| if descending { compare(b, a) } else { compare(a, b) })
}
