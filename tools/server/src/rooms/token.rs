//! What the secrets of a room open: its recordings through a token, and the name of a role.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse};
use serde_json::{Value, json};

use crate::auth::cookie::{self, HOURS_2};
use crate::auth::routes::set_cookie;
use crate::auth::{AuthMode, Credentials};
use crate::error::{ApiError, ApiResult};
use crate::query::JsonBody;
use crate::rooms::model::{Access, Role};
use crate::rooms::routes::require_id;
use crate::state::Shared;

/// A token works after the room is deleted, as long as it has recordings. The room, the access and the secret are
/// judged before the body is validated: a missing secret is a 400, not a 422.
pub async fn recording_token(
    State(state): State<Shared>,
    credentials: Credentials,
    Path(id): Path<String>,
    JsonBody(body): JsonBody,
) -> ApiResult<impl IntoResponse> {
    let id = require_id(&id)?;
    let access = state.world().archived_access(&id).ok_or_else(|| {
        ApiError::room(
            StatusCode::NOT_FOUND,
            format!(
                "Room metadata for '{id}' not found. Room '{id}' does not exist or has no recordings associated"
            ),
        )
    })?;
    if access == Access::Admin {
        return Err(ApiError::forbidden());
    }
    // JavaScript prints what is missing as `undefined`.
    let secret = body.get("secret").and_then(Value::as_str).unwrap_or("undefined");
    let role = Role::of_secret(secret, &state.tokens, &id)
        .ok_or_else(|| ApiError::unknown_room_secret(secret, &id))?;
    let must_sign_in = match state.config.auth_mode {
        AuthMode::None => false,
        AuthMode::ModeratorsOnly => role == Role::Moderator,
        AuthMode::AllUsers => true,
    };
    if must_sign_in {
        credentials.user(&state)?;
    }
    let perms = access.perms(role);
    let token = state.tokens.for_room(&id, role.name(), perms, HOURS_2);
    let cookies = [set_cookie(&state, cookie::RECORDING, &token, HOURS_2)];
    Ok((AppendHeaders(cookies), Json(json!({ "token": token }))))
}

/// The role behind a secret, which the link to a room is opened with.
pub async fn role(
    State(state): State<Shared>,
    Path((id, secret)): Path<(String, String)>,
) -> ApiResult<Json<Value>> {
    let id = require_id(&id)?;
    if !state.world().rooms.contains_key(id.as_str()) {
        return Err(ApiError::no_room(&id));
    }
    let role = Role::of_secret(&secret, &state.tokens, &id)
        .ok_or_else(|| ApiError::unknown_room_secret(&secret, &id))?;
    let moderator = role == Role::Moderator;
    Ok(Json(json!({
        "role": role.name(),
        "permissions": {
            "canRecord": moderator,
            "canChat": true,
            "canChangeVirtualBackground": true,
        },
    })))
}
