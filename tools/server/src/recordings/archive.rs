//! `GET /recordings/download`: several recordings in one ZIP, streamed. What cannot be had is left out in silence.

use axum::body::Body;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::auth::rights::Right;
use crate::auth::{Caller, Credentials};
use crate::body::Chunks;
use crate::config::Dialect;
use crate::error::{ApiError, ApiResult};
use crate::query::Query;
use crate::recordings::access::require;
use crate::recordings::id::{require_keys, room_of};
use crate::recordings::model::{Status, filename};
use crate::recordings::zip::{Entry, Zip};
use crate::state::Shared;

pub async fn download(
    State(state): State<Shared>,
    credentials: Credentials,
    query: Query,
) -> ApiResult<Response> {
    let caller = credentials.for_recordings(&state)?;
    let keys = allowed(&state, &caller, require_keys(&query)?)?;
    let world = state.world();
    let now = world.clock.now();
    let entries = keys.iter().filter_map(|key| {
        let recording = world.recordings.get(key)?;
        (recording.status(now) == Status::Complete)
            .then(|| Entry { name: filename(key), content: recording.media.bytes() })
    });
    let zip = Zip::new(entries.collect());
    drop(world);
    Ok((
        [
            (header::CONTENT_TYPE, "application/zip"),
            (header::CONTENT_DISPOSITION, "attachment; filename=\"recordings.zip\""),
        ],
        Body::new(Chunks(zip)),
    )
        .into_response())
}

/// What the caller may download of these; an error when it is nothing.
fn allowed(state: &Shared, caller: &Caller, mut keys: Vec<String>) -> ApiResult<Vec<String>> {
    let dialect = state.config.dialect;
    let none = if dialect >= Dialect::V38 {
        let world = state.world();
        let right = Right::Download;
        keys.retain(|key| require(&world, dialect, caller, key, right).is_ok());
        "None of the provided recordings are available for ZIP download".to_owned()
    } else {
        caller.check_grant(Right::Download)?;
        let Some(room) = caller.room() else {
            return Ok(keys);
        };
        keys.retain(|key| room_of(key) == room);
        format!("None of the provided recording IDs belong to room '{room}'")
    };
    if keys.is_empty() { Err(ApiError::recording(StatusCode::BAD_REQUEST, none)) } else { Ok(keys) }
}
