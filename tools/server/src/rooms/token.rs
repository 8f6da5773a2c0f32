//! What the secrets of a room open: a token of the room, whose name and rules changed twice, and the name of a role.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::auth::cookie::HOURS_2;
use crate::auth::rights::Rights;
use crate::auth::routes::set_cookie;
use crate::auth::token::{Kind, RoomClaims};
use crate::auth::{AuthMode, Credentials};
use crate::config::{AuthTransport, Dialect};
use crate::error::{ApiError, ApiResult};
use crate::query::JsonBody;
use crate::rooms::model::{Access, Role};
use crate::rooms::routes::require_id;
use crate::state::{Shared, State as ServerState, now_ms};

/// Up to 3.4.1: a recording token, which works after the room is deleted, as long as it has recordings. The room, the
/// access and the secret are judged before the body is validated: a missing secret is a 400, not a 422.
pub async fn recording_token(
    State(state): State<Shared>,
    credentials: Credentials,
    Path(id): Path<String>,
    JsonBody(body): JsonBody,
) -> ApiResult<Response> {
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
    let role = role_of(&state, secret, &id)?;
    check_auth_mode(&state, &credentials, role)?;
    let rights = access.rights(role);
    let metadata = json!({
        "role": role.name(),
        "recordingPermissions": rights.json(state.config.dialect),
    });
    let token = state.tokens.for_room(&RoomClaims { room_id: &id, rights, metadata }, HOURS_2);
    let mut response = Json(json!({ "token": token })).into_response();
    if state.config.transport() == AuthTransport::Cookie {
        let (name, value) = set_cookie(&state, Kind::Room, &token);
        response.headers_mut().append(name, value);
    }
    Ok(response)
}

/// The role behind a secret. Before 3.8 there was no link to a room's recordings.
fn role_of(state: &ServerState, secret: &str, room_id: &str) -> ApiResult<Role> {
    let dialect = state.config.dialect;
    Role::of_secret(secret, &state.tokens, room_id)
        .filter(|role| *role != Role::Recording || dialect >= Dialect::V38)
        .ok_or_else(|| ApiError::unknown_room_secret(secret, room_id, dialect))
}

fn check_auth_mode(state: &ServerState, credentials: &Credentials, role: Role) -> ApiResult<()> {
    let must_sign_in = match state.config.auth_mode {
        AuthMode::None => false,
        AuthMode::ModeratorsOnly => role == Role::Moderator,
        AuthMode::AllUsers => true,
    };
    if must_sign_in { credentials.user(state).map(|_| ()) } else { Ok(()) }
}

/// From 3.5 to 3.7: a room member token. It is given even where it permits nothing, but only while the room exists.
pub async fn member_token(
    State(state): State<Shared>,
    credentials: Credentials,
    Path(id): Path<String>,
    JsonBody(body): JsonBody,
) -> ApiResult<Json<Value>> {
    let id = require_id(&id)?;
    let Some(secret) = body.get("secret").and_then(Value::as_str) else {
        return Err(ApiError::invalid("secret", "Required"));
    };
    let world = state.world();
    let room = world.rooms.get(id.as_str()).ok_or_else(|| ApiError::no_room(&id))?;
    let role = role_of(&state, secret, &id)?;
    check_auth_mode(&state, &credentials, role)?;
    // A room that is not recorded does not say who may see its recordings: then nobody may.
    let access = if room.settings.recording { room.settings.access } else { Access::Admin };
    let rights = access.rights(role);
    let metadata = json!({
        "livekitUrl": "ws://localhost:7880",
        "role": role.name(),
        "permissions": rights.json(state.config.dialect),
    });
    let token = state.tokens.for_room(&RoomClaims { room_id: &id, rights, metadata }, HOURS_2);
    Ok(Json(json!({ "token": token })))
}

/// From 3.8 on: for a secret, or for who is signed in.
pub async fn members_token(
    State(state): State<Shared>,
    credentials: Credentials,
    Path(id): Path<String>,
    JsonBody(body): JsonBody,
) -> ApiResult<Json<Value>> {
    let id = require_id(&id)?;
    let secret = match body.get("secret") {
        None => None,
        Some(Value::String(secret)) => Some(secret.as_str()),
        Some(_) => return Err(ApiError::invalid("secret", "Expected string")),
    };
    let rights = match secret {
        Some(secret) => rights_by_secret(&state, secret, &id)?,
        None => rights_by_account(&state, &credentials, &id)?,
    };
    let dialect = state.config.dialect;
    // Its name changed with those of the permissions.
    let name = if dialect >= Dialect::V39 { "permissions" } else { "effectivePermissions" };
    let metadata = json!({ "iat": now_ms(), "roomId": id, name: rights.json(dialect) });
    let token = state.tokens.for_room(&RoomClaims { room_id: &id, rights, metadata }, HOURS_2);
    Ok(Json(json!({ "token": token })))
}

fn rights_by_secret(state: &ServerState, secret: &str, id: &str) -> ApiResult<Rights> {
    let world = state.world();
    let room = world.rooms.get(id).ok_or_else(|| ApiError::no_room(id))?;
    // The secret of a guest is the id of a member; the sample has no such members.
    if secret.starts_with("guest-") {
        let text = format!("Room member '{secret}' not found in room '{id}'");
        return Err(ApiError::new(StatusCode::NOT_FOUND, "Room Member Error", text));
    }
    let role = role_of(state, secret, id)?;
    if room.members.anonymous(role) {
        return Ok(room.members.rights(role));
    }
    let whom = match role {
        Role::Recording => "recordings".to_owned(),
        role => format!("role '{}'", role.name()),
    };
    Err(ApiError::no_anonymous_access(id, &whom))
}

fn rights_by_account(
    state: &ServerState,
    credentials: &Credentials,
    id: &str,
) -> ApiResult<Rights> {
    let account = credentials.user(state)?;
    let world = state.world();
    let room = world.rooms.get(id).ok_or_else(|| ApiError::no_room(id))?;
    let rights = if account.is_admin { Rights::ALL } else { room.user_rights() };
    if rights == Rights::NONE { Err(ApiError::forbidden()) } else { Ok(rights) }
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
    let role = role_of(&state, &secret, &id)?;
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
