//! The hooks over HTTP, for browsers and for tests in other processes: `/test-hooks/…`, with `--test-hooks` only.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::error::{ApiError, ApiResult};
use crate::hooks::{Hooks, Rule};
use crate::query::JsonBody;
use crate::state::Shared;

type Done = ApiResult<StatusCode>;

pub fn router() -> Router<Shared> {
    Router::new()
        .route("/rules", post(add_rule).delete(clear_rules))
        .route("/expire-access", post(expire_access))
        .route("/expire-sessions", post(expire_sessions))
        .route("/recordings/add", post(add_recordings))
        .route("/recordings/change", post(change_recording))
        .route("/recordings/remove", post(remove_recording))
        .route("/recordings/override", post(override_recording))
        .route("/pages", post(set_pages))
        .route("/clock", post(set_clock))
        .route("/reset", post(reset))
        .route("/requests", get(requests).delete(clear_requests))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordingId {
    id: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Override {
    id: String,
    json: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Added {
    count: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    id: String,
    fields: Map<String, Value>,
}

/// All of it: what is not said is as without hooks. `{"size": 10000}` makes long pages, `{}` leaves them to the API.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pages {
    size: Option<usize>,
    #[serde(default)]
    repeats_last_row: bool,
}

/// `{"speed": 0}` freezes recordings in progress, `{"advance_ms": 60000}` lets them jump ahead.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Clock {
    speed: Option<f64>,
    advance_ms: Option<u64>,
}

fn read<T: DeserializeOwned>(body: Value) -> ApiResult<T> {
    serde_json::from_value(body).map_err(|error| ApiError::invalid("body", error.to_string()))
}

async fn add_rule(State(state): State<Shared>, JsonBody(body): JsonBody) -> Done {
    let rule: Rule = read(body)?;
    Hooks::new(state).add_rule(rule);
    Ok(StatusCode::NO_CONTENT)
}

async fn clear_rules(State(state): State<Shared>) -> StatusCode {
    Hooks::new(state).clear_rules();
    StatusCode::NO_CONTENT
}

async fn expire_access(State(state): State<Shared>) -> StatusCode {
    Hooks::new(state).expire_access_tokens();
    StatusCode::NO_CONTENT
}

async fn expire_sessions(State(state): State<Shared>) -> StatusCode {
    Hooks::new(state).expire_sessions();
    StatusCode::NO_CONTENT
}

async fn add_recordings(
    State(state): State<Shared>,
    JsonBody(body): JsonBody,
) -> ApiResult<Json<Value>> {
    let Added { count } = read(body)?;
    Ok(Json(json!({ "ids": Hooks::new(state).add_recordings(count) })))
}

async fn change_recording(State(state): State<Shared>, JsonBody(body): JsonBody) -> Done {
    let Change { id, fields } = read(body)?;
    if Hooks::new(state).change_recording(&id, fields) {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::no_recording(&id))
    }
}

async fn set_pages(State(state): State<Shared>, JsonBody(body): JsonBody) -> Done {
    let Pages { size, repeats_last_row } = read(body)?;
    let hooks = Hooks::new(state);
    hooks.set_page_size(size);
    hooks.repeat_last_row(repeats_last_row);
    Ok(StatusCode::NO_CONTENT)
}

async fn remove_recording(State(state): State<Shared>, JsonBody(body): JsonBody) -> Done {
    let RecordingId { id } = read(body)?;
    if Hooks::new(state).remove_recording(&id) {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::no_recording(&id))
    }
}

async fn override_recording(State(state): State<Shared>, JsonBody(body): JsonBody) -> Done {
    let Override { id, json } = read(body)?;
    Hooks::new(state).override_recording(&id, json);
    Ok(StatusCode::NO_CONTENT)
}

async fn set_clock(State(state): State<Shared>, JsonBody(body): JsonBody) -> Done {
    let clock: Clock = read(body)?;
    let hooks = Hooks::new(state);
    if let Some(speed) = clock.speed {
        hooks.set_clock_speed(speed);
    }
    if let Some(ms) = clock.advance_ms {
        hooks.advance_clock(Duration::from_millis(ms));
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn reset(State(state): State<Shared>) -> StatusCode {
    Hooks::new(state).reset();
    StatusCode::NO_CONTENT
}

async fn requests(State(state): State<Shared>) -> Json<Value> {
    let hooks = Hooks::new(state);
    Json(json!({ "requests": hooks.requests(), "openMedia": hooks.open_media() }))
}

async fn clear_requests(State(state): State<Shared>) -> StatusCode {
    Hooks::new(state).clear_requests();
    StatusCode::NO_CONTENT
}
