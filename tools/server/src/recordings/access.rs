//! Who may do what to one recording: by the rights of the caller in its room, or by a share secret.

use axum::extract::Path;

use crate::auth::rights::Right;
use crate::auth::{Caller, Credentials};
use crate::config::Dialect;
use crate::error::{ApiError, ApiResult};
use crate::query::Query;
use crate::recordings::id::{id_of, require_key, room_of};
use crate::state::{State, World};

/// The two share secrets of the recording `id`.
pub fn share_secret(state: &State, id: &str, private: bool) -> String {
    let purpose = if private { "private" } else { "public" };
    state.tokens.secret(purpose, id)
}

/// The name of the parameter with a share secret.
pub fn secret_parameter(dialect: Dialect) -> &'static str {
    if dialect >= Dialect::V38 { "recordingSecret" } else { "secret" }
}

/// 403 unless the caller has the right in the recording's room. From 3.8 on a recording is looked up first.
pub fn require(
    world: &World,
    dialect: Dialect,
    caller: &Caller,
    key: &str,
    right: Right,
) -> ApiResult<()> {
    if dialect >= Dialect::V38 && world.recordings.get(key).is_none() {
        return Err(ApiError::no_recording(&id_of(key)));
    }
    if caller.rights_in(world, room_of(key)).has(right) {
        Ok(())
    } else {
        Err(ApiError::forbidden())
    }
}

/// The key of the recording in the path, which the caller may open for `right`. A share secret is judged alone:
/// beside it neither the API key nor a token of the room counts.
pub fn open(
    state: &State,
    Path(id): &Path<String>,
    query: &Query,
    credentials: &Credentials,
    right: Right,
) -> ApiResult<String> {
    let key = require_key(id, "params.recordingId")?;
    let dialect = state.config.dialect;
    let secret = query.get(secret_parameter(dialect)).filter(|secret| !secret.is_empty());
    match secret {
        Some(secret) => check_secret(state, &key, secret, credentials)?,
        None => {
            let caller = credentials.for_recordings(state)?;
            require(&state.world(), dialect, &caller, &key, right)?;
        }
    }
    Ok(key)
}

fn check_secret(
    state: &State,
    key: &str,
    secret: &str,
    credentials: &Credentials,
) -> ApiResult<()> {
    let id = id_of(key);
    if state.world().recordings.get(key).is_none() {
        return Err(ApiError::no_recording(&id));
    }
    if secret == share_secret(state, &id, true) {
        credentials.user(state).map(|_| ())
    } else if secret == share_secret(state, &id, false) {
        check_anonymous(&state.world(), state.config.dialect, key)
    } else {
        Err(ApiError::unknown_recording_secret(secret, &id, state.config.dialect))
    }
}

/// 403 where the room of a recording shows nothing to anonymous visitors, which it can from 3.8 on.
pub fn check_anonymous(world: &World, dialect: Dialect, key: &str) -> ApiResult<()> {
    if dialect < Dialect::V38 {
        return Ok(());
    }
    let room_id = room_of(key);
    let room = world.rooms.get(room_id).ok_or_else(|| ApiError::no_room(room_id))?;
    if room.members.anonymous_recording {
        Ok(())
    } else {
        Err(ApiError::no_anonymous_access(room_id, "recordings"))
    }
}
