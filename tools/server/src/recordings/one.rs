//! `GET /recordings/{id}` and `/url`, and the check of who may open one recording, which the media share.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use crate::auth::{Caller, Credentials};
use crate::error::{ApiError, ApiResult};
use crate::query::{Query, keep_fields};
use crate::recordings::id::{id_of, require_key, room_of};
use crate::state::{Shared, base_url};

const FIELD: &str = "params.recordingId";

/// The two share secrets of the recording `id`.
pub fn share_secret(state: &Shared, id: &str, private: bool) -> String {
    let purpose = if private { "private" } else { "public" };
    state.tokens.secret(purpose, id)
}

/// The key of a recording that the caller may open. A `secret` is judged alone: beside it, neither the API key nor a
/// recording token counts.
pub fn open(
    state: &Shared,
    id: &str,
    query: &Query,
    credentials: &Credentials,
) -> ApiResult<String> {
    let key = require_key(id, FIELD)?;
    check_access(state, &key, query, credentials)?;
    Ok(key)
}

pub fn check_access(
    state: &Shared,
    key: &str,
    query: &Query,
    credentials: &Credentials,
) -> ApiResult<()> {
    let caller = match query.get("secret").filter(|secret| !secret.is_empty()) {
        Some(secret) => {
            let id = id_of(key);
            if state.world().recordings.get(key).is_none() {
                return Err(ApiError::no_recording(&id));
            }
            if secret == share_secret(state, &id, true) {
                credentials.user(state)?;
            } else if secret != share_secret(state, &id, false) {
                return Err(ApiError::recording(
                    StatusCode::BAD_REQUEST,
                    format!("Secret '{secret}' is not recognized for recording '{id}'"),
                ));
            }
            Caller::Anonymous
        }
        None => credentials.for_recordings(state)?,
    };
    caller.may_see(room_of(key))?;
    caller.may_retrieve()
}

pub async fn get(
    State(state): State<Shared>,
    Path(id): Path<String>,
    query: Query,
    credentials: Credentials,
) -> ApiResult<Json<Value>> {
    let key = open(&state, &id, &query, &credentials)?;
    let id = id_of(&key);
    let world = state.world();
    let recording = world.recordings.get(&key).ok_or_else(|| ApiError::no_recording(&id))?;
    if let Some(instead) = world.overrides.get(&id) {
        return Ok(Json(instead.clone()));
    }
    let mut info = recording.info(&key, world.clock.now(), state.config.dialect);
    keep_fields(&mut info, query.fields().as_deref());
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
    let key = require_key(&id, FIELD)?;
    caller.may_see(room_of(&key))?;
    caller.may_retrieve()?;
    let id = id_of(&key);
    if state.world().recordings.get(&key).is_none() {
        return Err(ApiError::no_recording(&id));
    }
    let secret = share_secret(&state, &id, query.flag("privateAccess"));
    let base = base_url(&headers);
    Ok(Json(json!({ "url": format!("{base}/recording/{id}?secret={secret}") })))
}
