//! Deleting rooms in dialect B: at once, or marked until the meeting ends; `force` ends the meeting.
//! Recordings stay in either case. A room that does not exist counts as deleted.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::auth::Credentials;
use crate::auth::routes::message;
use crate::error::{ApiError, ApiResult};
use crate::query::{Query, split};
use crate::rooms::model::{EndAction, sanitise_id};
use crate::rooms::routes::{finish_meetings, remove, require_id};
use crate::state::{Shared, World};

pub async fn delete_one(
    State(state): State<Shared>,
    credentials: Credentials,
    Path(id): Path<String>,
    query: Query,
) -> ApiResult<Response> {
    credentials.for_rooms(&state)?;
    let id = require_id(&id)?;
    let mut world = state.world();
    finish_meetings(&mut world);
    Ok(if delete(&mut world, &id, query.flag("force")) {
        StatusCode::NO_CONTENT.into_response()
    } else {
        accepted(&format!("Room {id} marked for deletion"))
    })
}

pub async fn delete_many(
    State(state): State<Shared>,
    credentials: Credentials,
    query: Query,
) -> ApiResult<Response> {
    credentials.for_rooms(&state)?;
    let ids = require_ids(&query)?;
    let force = query.flag("force");
    let mut world = state.world();
    finish_meetings(&mut world);
    let (deleted, marked): (Vec<String>, Vec<String>) =
        ids.into_iter().partition(|id| delete(&mut world, id, force));
    Ok(match (deleted.is_empty(), marked.is_empty()) {
        (_, true) => StatusCode::NO_CONTENT.into_response(),
        (true, false) => accepted(&format!("Rooms {} marked for deletion", marked.join(", "))),
        (false, false) => {
            Json(json!({ "deleted": deleted, "markedForDeletion": marked })).into_response()
        }
    })
}

/// The ids in `roomIds`, sanitised, each once.
pub fn require_ids(query: &Query) -> ApiResult<Vec<String>> {
    let list = query.get("roomIds").ok_or_else(|| ApiError::invalid("roomIds", "Required"))?;
    let mut ids: Vec<String> = Vec::new();
    for id in split(list).map(sanitise_id) {
        if !id.is_empty() && !ids.contains(&id) {
            ids.push(id);
        }
    }
    if ids.is_empty() {
        return Err(ApiError::invalid(
            "roomIds",
            "At least one valid roomId is required after sanitization",
        ));
    }
    Ok(ids)
}

/// Whether the room is gone; otherwise it is marked.
fn delete(world: &mut World, id: &str, force: bool) -> bool {
    let meeting = world.meeting_in(id);
    if meeting && !force {
        if let Some(room) = world.rooms.get_mut(id) {
            room.at_end = EndAction::Delete;
            return false;
        }
        // Still being recorded after an earlier deletion: as a room it does not exist.
        return true;
    }
    if world.rooms.contains_key(id) {
        let now = world.clock.now();
        world.recordings.stop(id, now);
        remove(world, id);
    }
    true
}

fn accepted(text: &str) -> Response {
    (StatusCode::ACCEPTED, message(text)).into_response()
}
