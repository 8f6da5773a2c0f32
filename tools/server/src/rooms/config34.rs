//! What 3.4 and later have in place of dialect B's `PUT /rooms/{id}`: `/config` and `/status`.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use crate::auth::Credentials;
use crate::auth::routes::message;
use crate::config::Dialect;
use crate::error::{ApiError, ApiResult, Problems};
use crate::query::JsonBody;
use crate::rooms::model::EndAction;
use crate::rooms::routes::{check_reader, describe, finish_meetings, require_id};
use crate::rooms::settings;
use crate::state::Shared;

pub async fn config(
    State(state): State<Shared>,
    credentials: Credentials,
    Path(id): Path<String>,
) -> ApiResult<Json<Value>> {
    let caller = credentials.for_reading_room(&state)?;
    let id = require_id(&id)?;
    let world = state.world();
    check_reader(&world, &caller, &id)?;
    let room = world.rooms.get(id.as_str());
    let room = room.ok_or_else(|| ApiError::no_room(&id))?;
    Ok(Json(room.settings.json(state.config.dialect)))
}

pub async fn update_config(
    State(state): State<Shared>,
    credentials: Credentials,
    Path(id): Path<String>,
    JsonBody(body): JsonBody,
) -> ApiResult<Json<Value>> {
    credentials.for_rooms(&state)?;
    let id = require_id(&id)?;
    let Some(config) = body.get("config") else {
        return Err(ApiError::invalid("config", "Required"));
    };
    let dialect = state.config.dialect;
    let mut world = state.world();
    let meeting = world.meeting_in(&id);
    let room = world.rooms.get_mut(id.as_str()).ok_or_else(|| ApiError::no_room(&id))?;
    let mut problems = Problems::default();
    let settings = settings::read(config, "config", dialect, &room.settings, &mut problems);
    problems.check()?;
    if meeting && dialect >= Dialect::V38 {
        let text = format!("Room '{id}' has an active meeting");
        return Err(ApiError::room(StatusCode::CONFLICT, text));
    }
    room.settings = settings;
    Ok(message(&format!("Room config for room '{id}' updated successfully")))
}

pub async fn update_status(
    State(state): State<Shared>,
    credentials: Credentials,
    Path(id): Path<String>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> ApiResult<(StatusCode, Json<Value>)> {
    credentials.for_rooms(&state)?;
    let id = require_id(&id)?;
    let close = match body.get("status").and_then(Value::as_str) {
        Some("open") => false,
        Some("closed") => true,
        _ => {
            return Err(ApiError::invalid(
                "status",
                "Invalid enum value. Expected 'open' | 'closed'",
            ));
        }
    };
    let mut world = state.world();
    finish_meetings(&mut world);
    let meeting = world.meeting_in(&id);
    let room = world.rooms.get_mut(id.as_str());
    let room = room.ok_or_else(|| ApiError::no_room(&id))?;
    let waits = close && meeting;
    room.at_end = if waits { EndAction::Close } else { EndAction::None };
    room.closed = close && !waits;
    let (status, outcome) = match (close, waits) {
        (true, true) => (
            StatusCode::ACCEPTED,
            format!("Room '{id}' scheduled to be closed when the meeting ends"),
        ),
        (true, false) => (StatusCode::OK, format!("Room '{id}' closed successfully")),
        (false, _) => (StatusCode::OK, format!("Room '{id}' opened successfully")),
    };
    let info = describe(&state, &world, &id, &headers)?;
    Ok((status, Json(json!({ "message": outcome, "room": info }))))
}
