//! Starting and stopping recordings, which the public API offers from 3.6 on.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::auth::rights::Right;
use crate::auth::{Caller, Credentials};
use crate::config::Dialect;
use crate::error::{ApiError, ApiResult};
use crate::query::JsonBody;
use crate::recordings::access::require;
use crate::recordings::id::{id_of, require_key};
use crate::recordings::model::{Course, Outcome, Recording, Status};
use crate::rooms::model::sanitise_id;
use crate::sample::media::Media;
use crate::state::{Shared, World, now_ms, pages_url};

/// Milliseconds that a recording takes to be finished after it was stopped.
const ENDING: i64 = 5000;

pub async fn start(
    State(state): State<Shared>,
    credentials: Credentials,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> ApiResult<Response> {
    let caller = credentials.for_recording(&state)?;
    let room_id = match body.get("roomId") {
        None => return Err(ApiError::invalid("roomId", "Required")),
        Some(Value::String(id)) => sanitise_id(id),
        Some(_) => return Err(ApiError::invalid("roomId", "Expected string")),
    };
    let uid = state.new_uid();
    let mut world = state.world();
    check_room(&world, &caller, &room_id)?;
    let key = begin(&mut world, &room_id, &uid);
    Ok(answer(&state, &world, &key, StatusCode::CREATED, &headers))
}

/// Whether the caller may start a recording in the room now.
fn check_room(world: &World, caller: &Caller, room_id: &str) -> ApiResult<()> {
    let conflict = |why: &str| {
        Err(ApiError::recording(StatusCode::CONFLICT, format!("Room '{room_id}' {why}")))
    };
    let room = world.rooms.get(room_id).ok_or_else(|| ApiError::no_room(room_id))?;
    if !room.settings.recording {
        let text = format!("Recording is disabled for room '{room_id}'");
        return Err(ApiError::recording(StatusCode::FORBIDDEN, text));
    }
    if !caller.rights_in(world, room_id).has(Right::Record) {
        return Err(ApiError::forbidden());
    }
    if world.recordings.in_progress(room_id, world.clock.now()) {
        return conflict("is already being recorded");
    }
    if room.meeting { Ok(()) } else { conflict("has no participants") }
}

/// The key of a new recording, which goes on until it is stopped.
pub fn begin(world: &mut World, room_id: &str, uid: &str) -> String {
    let key = format!("{room_id}/EG_{uid}/{uid}");
    let course =
        Course { active_at: world.clock.now(), ending_at: i64::MAX, complete_at: i64::MAX };
    let name = world.rooms.get(room_id).map(|room| room.name.as_str());
    let recording = Recording {
        room_name: name.unwrap_or_default().into(),
        started: now_ms(),
        outcome: Outcome::Live(course),
        media: Media::HalfMinute,
    };
    world.recordings.insert(key.as_str().into(), recording);
    key
}

pub async fn stop(
    State(state): State<Shared>,
    Path(id): Path<String>,
    credentials: Credentials,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let caller = credentials.for_recording(&state)?;
    let key = require_key(&id, "recordingId")?;
    let mut world = state.world();
    require(&world, state.config.dialect, &caller, &key, Right::Record)?;
    end(&mut world, &key)?;
    Ok(answer(&state, &world, &key, StatusCode::ACCEPTED, &headers))
}

/// Stops the recording if it is running.
pub fn end(world: &mut World, key: &str) -> ApiResult<()> {
    let id = id_of(key);
    let now = world.clock.now();
    let recording = world.recordings.get_mut(key).ok_or_else(|| ApiError::no_recording(&id))?;
    let conflict = |why: &str| {
        Err(ApiError::recording(StatusCode::CONFLICT, format!("Recording '{id}' {why}")))
    };
    match (recording.status(now), &mut recording.outcome) {
        (Status::Starting, _) => conflict("cannot be stopped while starting"),
        (Status::Active, Outcome::Live(course)) => {
            course.ending_at = now;
            course.complete_at = now + ENDING;
            Ok(())
        }
        _ => conflict("is already stopped"),
    }
}

/// The recording with its place.
fn answer(
    state: &Shared,
    world: &World,
    key: &str,
    status: StatusCode,
    headers: &HeaderMap,
) -> Response {
    let dialect: Dialect = state.config.dialect;
    let place = format!("{}/api/v1/recordings/{}", pages_url(headers, dialect), id_of(key));
    let now = world.clock.now();
    let info = world.recordings.get(key).map(|recording| recording.info(key, now, dialect));
    (status, [(header::LOCATION, place)], Json(info)).into_response()
}
