//! `GET /recordings/{id}/media`, in 3.9 also `/download`: the file or a part of it, straight from memory.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;

use crate::auth::Credentials;
use crate::auth::rights::Right;
use crate::body::OpenFile;
use crate::error::{ApiError, ApiResult};
use crate::query::Query;
use crate::recordings::access::open;
use crate::recordings::id::{id_of, require_key};
use crate::recordings::model::{Status, filename};
use crate::recordings::range::{Asked, Part};
use crate::state::Shared;

pub async fn media(
    State(state): State<Shared>,
    id: Path<String>,
    query: Query,
    credentials: Credentials,
    headers: HeaderMap,
) -> ApiResult<Response> {
    send(&state, &id, &query, &credentials, &headers, Right::Play)
}

pub async fn download(
    State(state): State<Shared>,
    id: Path<String>,
    query: Query,
    credentials: Credentials,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let mut response = send(&state, &id, &query, &credentials, &headers, Right::Download)?;
    let name = filename(&require_key(&id, "params.recordingId")?);
    if let Ok(value) = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

fn send(
    state: &Shared,
    id: &Path<String>,
    query: &Query,
    credentials: &Credentials,
    headers: &HeaderMap,
    right: Right,
) -> ApiResult<Response> {
    // A bad id and a bad range are refused before anybody asks who is there.
    require_key(id, "params.recordingId")?;
    let asked = asked_range(headers)?;
    let key = open(state, id, query, credentials, right)?;
    let id = id_of(&key);
    let file = {
        let world = state.world();
        let recording = world.recordings.get(&key).ok_or_else(|| ApiError::no_recording(&id))?;
        // Failed recordings get the same answer as running ones.
        if recording.status(world.clock.now()) != Status::Complete {
            return Err(ApiError::not_streamable(&id, state.config.dialect));
        }
        world.films.get(&key).cloned().unwrap_or_else(|| recording.media.bytes())
    };
    let size = file.len() as u64;
    let part = asked.map_or(Part::Whole, |asked| asked.of(size));
    if part == Part::NotSatisfiable {
        return Err(ApiError::recording(
            StatusCode::RANGE_NOT_SATISFIABLE,
            format!("Recording '{id}' range not satisfiable. File size: {size}"),
        ));
    }
    let mut response = video(state, &file, part);
    let caching = HeaderValue::from_static("public, max-age=3600");
    response.headers_mut().insert(header::CACHE_CONTROL, caching);
    Ok(response)
}

/// 200 with the whole file or 206 with a part of it.
pub fn video(state: &Shared, file: &Bytes, part: Part) -> Response {
    let size = file.len() as u64;
    let (status, start, end) = match part {
        Part::Range { start, end } => (StatusCode::PARTIAL_CONTENT, start, end + 1),
        Part::Whole | Part::NotSatisfiable => (StatusCode::OK, 0, size),
    };
    let part = file.slice(start as usize..end as usize);
    let length = part.len();
    let body = Body::new(OpenFile::new(part, Arc::clone(&state.open_media)));
    let mut response = (
        status,
        [(header::CONTENT_TYPE, "video/mp4"), (header::ACCEPT_RANGES, "bytes")],
        [(header::CONTENT_LENGTH, length.to_string())],
        body,
    )
        .into_response();
    if status == StatusCode::PARTIAL_CONTENT
        && let Ok(range) = HeaderValue::try_from(format!("bytes {start}-{}/{size}", end - 1))
    {
        response.headers_mut().insert(header::CONTENT_RANGE, range);
    }
    response
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
