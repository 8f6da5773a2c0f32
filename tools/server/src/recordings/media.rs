//! `GET /recordings/{id}/media`: the file or a part of it, straight from memory.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::auth::Credentials;
use crate::body::OpenFile;
use crate::error::{ApiError, ApiResult};
use crate::query::Query;
use crate::recordings::id::{id_of, require_key};
use crate::recordings::model::Status;
use crate::recordings::one::check_access;
use crate::recordings::range::{Asked, Part};
use crate::state::Shared;

pub async fn media(
    State(state): State<Shared>,
    Path(id): Path<String>,
    query: Query,
    credentials: Credentials,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let key = require_key(&id, "params.recordingId")?;
    let asked = asked_range(&headers)?;
    check_access(&state, &key, &query, &credentials)?;

    let id = id_of(&key);
    let file = {
        let world = state.world();
        let recording = world.recordings.get(&key).ok_or_else(|| ApiError::no_recording(&id))?;
        // Failed recordings get the same answer as running ones.
        if recording.status(world.clock.now()) != Status::Complete {
            return Err(ApiError::recording_in_progress(&id));
        }
        recording.media.bytes()
    };
    let size = file.len() as u64;
    let (status, start, end) = match asked.map(|asked| asked.of(size)) {
        None | Some(Part::Whole) => (StatusCode::OK, 0, size - 1),
        Some(Part::Range { start, end }) => (StatusCode::PARTIAL_CONTENT, start, end),
        Some(Part::NotSatisfiable) => {
            return Err(ApiError::recording(
                StatusCode::RANGE_NOT_SATISFIABLE,
                format!("Recording '{id}' range not satisfiable. File size: {size}"),
            ));
        }
    };
    let part = file.slice(start as usize..=end as usize);
    let length = part.len();
    let body = Body::new(OpenFile::new(part, Arc::clone(&state.open_media)));
    let mut response = (
        status,
        [
            (header::CONTENT_TYPE, "video/mp4"),
            (header::ACCEPT_RANGES, "bytes"),
            (header::CACHE_CONTROL, "public, max-age=3600"),
        ],
        [(header::CONTENT_LENGTH, length.to_string())],
        body,
    )
        .into_response();
    if status == StatusCode::PARTIAL_CONTENT
        && let Ok(range) = HeaderValue::try_from(format!("bytes {start}-{end}/{size}"))
    {
        response.headers_mut().insert(header::CONTENT_RANGE, range);
    }
    Ok(response)
}

fn asked_range(headers: &HeaderMap) -> ApiResult<Option<Asked>> {
    let Some(header) = headers.get(header::RANGE) else {
        return Ok(None);
    };
    let asked = header.to_str().ok().and_then(Asked::parse);
    asked.map(Some).ok_or_else(|| {
        ApiError::invalid("headers.range", "Invalid range header format. Expected: bytes=start-end")
    })
}
