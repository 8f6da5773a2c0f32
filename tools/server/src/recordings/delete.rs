//! Deleting one recording or many. The answers changed from generation to generation, and in 3.8 who is refused: it
//! asks about each recording by itself.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::auth::rights::Right;
use crate::auth::routes::message;
use crate::auth::{Caller, Credentials};
use crate::config::Dialect;
use crate::error::{ApiError, ApiResult};
use crate::query::Query;
use crate::recordings::access::require;
use crate::recordings::id::{id_of, require_key, require_keys, room_of};
use crate::state::{Shared, World};

pub async fn delete_one(
    State(state): State<Shared>,
    Path(id): Path<String>,
    credentials: Credentials,
) -> ApiResult<Response> {
    let caller = credentials.for_recordings(&state)?;
    let key = require_key(&id, "recordingId")?;
    let mut world = state.world();
    require(&world, state.config.dialect, &caller, &key, Right::Delete)?;
    delete(&mut world, &key)?;
    Ok(match state.config.dialect {
        Dialect::B => StatusCode::NO_CONTENT.into_response(),
        _ => message(&format!("Recording '{}' deleted successfully", id_of(&key))).into_response(),
    })
}

pub async fn delete_many(
    State(state): State<Shared>,
    credentials: Credentials,
    query: Query,
) -> ApiResult<Response> {
    let caller = credentials.for_recordings(&state)?;
    let dialect = state.config.dialect;
    if dialect < Dialect::V38 {
        caller.check_grant(Right::Delete)?;
    }
    let keys = require_keys(&query)?;

    let mut deleted = Vec::new();
    let mut failed = Vec::new();
    let mut world = state.world();
    for key in keys {
        let id = id_of(&key);
        let allowed = match may_delete(&world, dialect, &caller, &key) {
            Ok(()) => delete(&mut world, &key),
            refusal => refusal,
        };
        match allowed {
            Ok(()) => deleted.push(id),
            Err(error) => failed.push(json!({ "recordingId": id, "error": error.message })),
        }
    }
    Ok(report(dialect, &deleted, failed))
}

/// Whether the caller may delete this one of many.
fn may_delete(world: &World, dialect: Dialect, caller: &Caller, key: &str) -> ApiResult<()> {
    if dialect >= Dialect::V38 {
        return require(world, dialect, caller, key, Right::Delete);
    }
    match caller.room() {
        Some(room) if room != room_of(key) => {
            let text = format!("Recording '{}' does not belong to room '{room}'", id_of(key));
            Err(ApiError::recording(StatusCode::BAD_REQUEST, text))
        }
        _ => Ok(()),
    }
}

fn report(dialect: Dialect, deleted: &[String], failed: Vec<Value>) -> Response {
    match (dialect, failed.is_empty()) {
        (Dialect::B, true) => StatusCode::NO_CONTENT.into_response(),
        (Dialect::B, false) => {
            Json(json!({ "deleted": deleted, "notDeleted": failed })).into_response()
        }
        (_, true) => {
            let mut body =
                json!({ "message": "All recordings deleted successfully", "deleted": deleted });
            if dialect >= Dialect::V39 {
                body["failed"] = json!([]);
            }
            Json(body).into_response()
        }
        (_, false) => {
            let message = format!("{} recording(s) could not be deleted", failed.len());
            let body = json!({ "message": message, "deleted": deleted, "failed": failed });
            (StatusCode::BAD_REQUEST, Json(body)).into_response()
        }
    }
}

pub fn delete(world: &mut World, key: &str) -> ApiResult<()> {
    let id = id_of(key);
    let recording = world.recordings.get(key).ok_or_else(|| ApiError::no_recording(&id))?;
    if recording.status(world.clock.now()).in_progress() {
        return Err(ApiError::recording_in_progress(&id));
    }
    world.recordings.remove(key);
    world.overrides.remove(&id);
    Ok(())
}
