//! `GET /recordings/{id}` and `/url`.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde_json::{Value, json};

use crate::auth::Credentials;
use crate::auth::rights::Right;
use crate::error::{ApiError, ApiResult};
use crate::query::Query;
use crate::recordings::access::{check_anonymous, open, require, secret_parameter, share_secret};
use crate::recordings::fields::Fields;
use crate::recordings::id::{id_of, require_key};
use crate::state::{Shared, pages_url};

pub async fn get(
    State(state): State<Shared>,
    id: Path<String>,
    query: Query,
    credentials: Credentials,
    headers: HeaderMap,
) -> ApiResult<Json<Value>> {
    let key = open(&state, &id, &query, &credentials, Right::Play)?;
    let id = id_of(&key);
    let world = state.world();
    let recording = world.recordings.get(&key).ok_or_else(|| ApiError::no_recording(&id))?;
    if let Some(instead) = world.overrides.get(&id) {
        return Ok(Json(instead.clone()));
    }
    let dialect = state.config.dialect;
    let mut info = recording.info(&key, world.clock.now(), dialect);
    Fields::read(&query, &headers, dialect).keep(&mut info);
    Ok(Json(Value::Object(info)))
}

pub async fn url(
    State(state): State<Shared>,
    Path(id): Path<String>,
    query: Query,
    credentials: Credentials,
    headers: HeaderMap,
) -> ApiResult<Json<Value>> {
    let caller = credentials.for_recordings(&state)?;
    let key = require_key(&id, "params.recordingId")?;
    let dialect = state.config.dialect;
    let world = state.world();
    require(&world, dialect, &caller, &key, Right::Play)?;
    let id = id_of(&key);
    if world.recordings.get(&key).is_none() {
        return Err(ApiError::no_recording(&id));
    }
    let private = query.flag("privateAccess");
    if !private {
        check_anonymous(&world, dialect, &key)?;
    }
    let secret = share_secret(&state, &id, private);
    let (pages, parameter) = (pages_url(&headers, dialect), secret_parameter(dialect));
    Ok(Json(json!({ "url": format!("{pages}/recording/{id}?{parameter}={secret}") })))
}
