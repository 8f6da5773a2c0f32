//! `GET /recordings/download`: several recordings in one ZIP, streamed. What cannot be had is left out in silence.

use axum::body::Body;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::auth::Credentials;
use crate::body::Chunks;
use crate::error::{ApiError, ApiResult};
use crate::query::Query;
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
    let mut keys = require_keys(&query)?;
    caller.may_retrieve()?;
    if let Some(room) = caller.room() {
        keys.retain(|key| room_of(key) == room);
        if keys.is_empty() {
            return Err(ApiError::recording(
                StatusCode::BAD_REQUEST,
                format!("None of the provided recording IDs belong to room '{room}'"),
            ));
        }
    }
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
