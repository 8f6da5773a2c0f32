//! `GET /analytics` of the internal API, from 3.5 on: how much there is, for administrators who are signed in.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::auth::Credentials;
use crate::error::{ApiError, ApiResult};
use crate::recordings::model::Status;
use crate::state::Shared;

pub async fn analytics(
    State(state): State<Shared>,
    credentials: Credentials,
) -> ApiResult<Json<Value>> {
    if !credentials.user(&state)?.is_admin {
        return Err(ApiError::forbidden());
    }
    let world = state.world();
    let now = world.clock.now();
    let recordings = world.recordings.by_key();
    let complete =
        recordings.values().filter(|recording| recording.status(now) == Status::Complete);
    Ok(Json(json!({
        "totalRooms": world.rooms.len(),
        "activeRooms": world.rooms.keys().filter(|id| world.meeting_in(id)).count(),
        "totalRecordings": recordings.len(),
        "completeRecordings": complete.count(),
    })))
}
