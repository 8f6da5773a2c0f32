//! Deleting one recording or many. What differs between the dialects is the shape of the answers alone.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::auth::Credentials;
use crate::auth::routes::message;
use crate::config::Dialect;
use crate::error::{ApiError, ApiResult};
use crate::query::Query;
use crate::recordings::id::{id_of, require_key, require_keys, room_of};
use crate::state::{Shared, World};

pub async fn delete_one(
    State(state): State<Shared>,
    Path(id): Path<String>,
    credentials: Credentials,
) -> ApiResult<Response> {
    let caller = credentials.for_recordings(&state)?;
    let key = require_key(&id, "recordingId")?;
    caller.may_see(room_of(&key))?;
    caller.may_delete()?;
    delete(&mut state.world(), &key)?;
    Ok(match state.config.dialect {
        Dialect::B => StatusCode::NO_CONTENT.into_response(),
        _ => {
            message(&format!("Recording '{}' deleted successfully", id_of(&key))).into_response()
        }
    })
}

pub async fn delete_many(
    State(state): State<Shared>,
    credentials: Credentials,
    query: Query,
) -> ApiResult<Response> {
    let caller = credentials.for_recordings(&state)?;
    caller.may_delete()?;
    let keys = require_keys(&query)?;

    let mut deleted = Vec::new();
    let mut failed = Vec::new();
    let mut world = state.world();
    for key in keys {
        let id = id_of(&key);
        let error = match caller.room() {
            Some(room) if room != room_of(&key) => {
                Some(format!("Recording '{id}' does not belong to room '{room}'"))
            }
            _ => delete(&mut world, &key).err().map(|error| error.message),
        };
        match error {
            None => deleted.push(id),
            Some(error) => failed.push(json!({ "recordingId": id, "error": error })),
        }
    }

    Ok(match (state.config.dialect, failed.is_empty()) {
        (Dialect::B, true) => StatusCode::NO_CONTENT.into_response(),
        (Dialect::B, false) => {
            Json(json!({ "deleted": deleted, "notDeleted": failed })).into_response()
        }
        (_, true) => {
            Json(json!({ "message": "All recordings deleted successfully", "deleted": deleted }))
                .into_response()
        }
        (_, false) => {
            let message = format!("{} recording(s) could not be deleted", failed.len());
            let body = json!({ "message": message, "deleted": deleted, "failed": failed });
            (StatusCode::BAD_REQUEST, Json(body)).into_response()
        }
    })
}

fn delete(world: &mut World, key: &str) -> ApiResult<()> {
    let id = id_of(key);
    let recording = world.recordings.get(key).ok_or_else(|| ApiError::no_recording(&id))?;
    if recording.status(world.clock.now()).in_progress() {
        return Err(ApiError::recording_in_progress(&id));
    }
    world.recordings.remove(key);
    world.overrides.remove(&id);
    Ok(())
}
