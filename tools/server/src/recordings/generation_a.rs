//! Recordings in generation A (`reference/openvidu-meet-api.md` §1A): a bare array without pages, other names, ids in
//! a body, and deletions that succeed whatever the id. Where its code and its specification differ, the specification.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Map, Value, json};

use crate::auth::Credentials;
use crate::error::{ApiError, ApiResult};
use crate::query::JsonBody;
use crate::recordings::delete::delete;
use crate::recordings::id::{id_of, key_of, room_of};
use crate::recordings::media::video;
use crate::recordings::model::{Recording, Status, filename};
use crate::recordings::range::{Asked, OPEN_CHUNK, Part};
use crate::recordings::record::{begin, end};
use crate::state::{Shared, World};

pub fn router() -> Router<Shared> {
    Router::new()
        .route("/recordings", get(list).post(start).delete(delete_many))
        .route("/recordings/{id}", get(one).put(stop).delete(delete_one))
        .route("/recordings/{id}/stream", get(stream))
}

impl Recording {
    /// `OpenViduMeetRecording`. A room's name is its id there.
    fn info_a(&self, key: &str, now: i64) -> Map<String, Value> {
        let mut info = Map::new();
        let mut put = |name: &str, value: Value| info.insert(name.to_owned(), value);
        put("id", json!(id_of(key)));
        put("roomName", json!(room_of(key)));
        put("outputMode", json!("COMPOSED"));
        put("status", json!(status_name(self.status(now))));
        put("filename", json!(filename(key)));
        if let Some(start) = self.start(now) {
            put("startedAt", json!(start));
        }
        if let Some(end) = self.end(now) {
            put("endedAt", json!(end));
        }
        if let Some(file) = self.file(now) {
            put("duration", json!(file.seconds()));
            put("size", json!(file.bytes().len()));
        }
        info
    }
}

fn status_name(status: Status) -> &'static str {
    match status {
        Status::Starting => "STARTING",
        Status::Active => "STARTED",
        Status::Ending => "STOPPING",
        Status::Complete => "READY",
        Status::Failed | Status::Aborted | Status::LimitReached => "FAILED",
    }
}

/// The key of a recording that exists.
fn find(world: &World, id: &str) -> ApiResult<String> {
    let key = key_of(id).filter(|key| world.recordings.get(key).is_some());
    key.ok_or_else(|| ApiError::no_recording(id))
}

/// One recording as listed.
pub fn describe(world: &World, key: &str) -> Value {
    if let Some(instead) = world.overrides.get(&id_of(key)) {
        return instead.clone();
    }
    let now = world.clock.now();
    json!(world.recordings.get(key).map(|recording| recording.info_a(key, now)))
}

async fn list(State(state): State<Shared>, credentials: Credentials) -> ApiResult<Json<Value>> {
    credentials.for_recordings(&state)?;
    let world = state.world();
    let all = world.recordings.by_key().keys().map(|key| describe(&world, key));
    Ok(Json(all.collect()))
}

async fn one(
    State(state): State<Shared>,
    credentials: Credentials,
    Path(id): Path<String>,
) -> ApiResult<Json<Value>> {
    credentials.for_recordings(&state)?;
    let world = state.world();
    find(&world, &id).map(|key| Json(describe(&world, &key)))
}

async fn start(
    State(state): State<Shared>,
    credentials: Credentials,
    JsonBody(body): JsonBody,
) -> ApiResult<Json<Value>> {
    credentials.for_recordings(&state)?;
    let room = body.get("roomName").and_then(Value::as_str).unwrap_or_default();
    let uid = state.new_uid();
    let mut world = state.world();
    if !world.rooms.contains_key(room) {
        return Err(ApiError::no_room(room));
    }
    let key = begin(&mut world, room, &uid);
    Ok(Json(describe(&world, &key)))
}

async fn stop(
    State(state): State<Shared>,
    credentials: Credentials,
    Path(id): Path<String>,
) -> ApiResult<StatusCode> {
    credentials.for_recordings(&state)?;
    let mut world = state.world();
    let key = find(&world, &id)?;
    // There is no conflict in this generation.
    end(&mut world, &key).map_err(|_| ApiError::internal("stopping recording"))?;
    Ok(StatusCode::NO_CONTENT)
}

async fn delete_one(
    State(state): State<Shared>,
    credentials: Credentials,
    Path(id): Path<String>,
) -> ApiResult<StatusCode> {
    credentials.for_recordings(&state)?;
    delete_quietly(&mut state.world(), &id)
}

async fn delete_many(
    State(state): State<Shared>,
    credentials: Credentials,
    JsonBody(body): JsonBody,
) -> ApiResult<StatusCode> {
    credentials.for_recordings(&state)?;
    let Some(Value::Array(ids)) = body.get("recordingIds") else {
        return Err(ApiError::invalid("recordingIds", "Required"));
    };
    let mut world = state.world();
    let ids = ids.iter().filter_map(Value::as_str);
    // All are tried before the answer says that one could not be deleted; which one it does not say.
    let results: Vec<_> = ids.map(|id| delete_quietly(&mut world, id)).collect();
    results.into_iter().collect::<ApiResult<Vec<_>>>().map(|_| StatusCode::NO_CONTENT)
}

/// Whatever does not exist counts as deleted. What is in progress cannot be deleted: the only answer to that is 500.
fn delete_quietly(world: &mut World, id: &str) -> ApiResult<StatusCode> {
    if let Ok(key) = find(world, id) {
        delete(world, &key).map_err(|_| ApiError::internal("deleting recording"))?;
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn stream(
    State(state): State<Shared>,
    credentials: Credentials,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    credentials.for_recordings(&state)?;
    let asked = match headers.get(header::RANGE) {
        None => None,
        Some(range) => {
            let asked = range.to_str().ok().and_then(Asked::parse);
            let invalid = ApiError::recording(StatusCode::BAD_REQUEST, "Invalid Range header");
            Some(asked.ok_or(invalid)?)
        }
    };
    let file = {
        let world = state.world();
        let key = find(&world, &id)?;
        let now = world.clock.now();
        let recording = world.recordings.get(&key);
        let complete = recording.filter(|recording| recording.status(now) == Status::Complete);
        complete.ok_or_else(|| ApiError::no_recording(&id))?.media.bytes()
    };
    // An open range is one byte longer than 5 MiB: the end was taken for exclusive.
    match asked.map_or(Part::Whole, |asked| asked.cut(file.len() as u64, OPEN_CHUNK + 1)) {
        Part::NotSatisfiable => Err(ApiError::recording(
            StatusCode::RANGE_NOT_SATISFIABLE,
            "Requested range not satisfiable",
        )),
        part => Ok(video(&state, &file, part)),
    }
}
