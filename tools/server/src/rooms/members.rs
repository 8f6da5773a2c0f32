//! Who may enter a room and what they may do there, from 3.8 on: `PUT /rooms/{id}/roles` and `/access`.

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Map, Value, json};

use crate::auth::Credentials;
use crate::auth::rights::Rights;
use crate::auth::routes::message;
use crate::config::Dialect;
use crate::error::{ApiError, ApiResult, Problems};
use crate::query::JsonBody;
use crate::rooms::model::Members;
use crate::rooms::routes::require_id;
use crate::state::{Shared, now_ms};

/// What `roles` and `access` of a body change in `before`.
pub fn read(body: &Value, before: Members, dialect: Dialect, problems: &mut Problems) -> Members {
    let mut members = before;
    for (role, rights) in [("moderator", &mut members.moderator), ("speaker", &mut members.speaker)]
    {
        let path = format!("roles.{role}.permissions");
        *rights = read_rights(at(body, &path), *rights, dialect, &path, problems);
    }
    for (path, flag) in [
        ("access.anonymous.moderator.enabled", &mut members.anonymous_moderator),
        ("access.anonymous.speaker.enabled", &mut members.anonymous_speaker),
        ("access.anonymous.recording.enabled", &mut members.anonymous_recording),
        ("access.user.enabled", &mut members.users),
    ] {
        match at(body, path) {
            None => {}
            Some(Value::Bool(value)) => *flag = *value,
            Some(_) => problems.add(path, "Expected boolean"),
        }
    }
    members
}

fn at<'a>(body: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(body, |value, name| value.get(name))
}

fn read_rights(
    given: Option<&Value>,
    before: Rights,
    dialect: Dialect,
    path: &str,
    problems: &mut Problems,
) -> Rights {
    let none = Map::new();
    let flags = match given {
        None => &none,
        Some(Value::Object(flags)) => flags,
        Some(_) => {
            problems.add(path, "Expected object");
            &none
        }
    };
    before.changed_by(flags, dialect, path, problems)
}

pub async fn update_roles(
    state: State<Shared>,
    credentials: Credentials,
    id: Path<String>,
    body: JsonBody,
) -> ApiResult<Json<Value>> {
    update(state, credentials, id, body, "roles")
}

pub async fn update_access(
    state: State<Shared>,
    credentials: Credentials,
    id: Path<String>,
    body: JsonBody,
) -> ApiResult<Json<Value>> {
    update(state, credentials, id, body, "access")
}

/// Changes what the part of the body says. The tokens of the room end with it.
fn update(
    State(state): State<Shared>,
    credentials: Credentials,
    Path(id): Path<String>,
    JsonBody(body): JsonBody,
    part: &str,
) -> ApiResult<Json<Value>> {
    credentials.for_rooms(&state)?;
    let id = require_id(&id)?;
    let Some(given) = body.get(part) else {
        return Err(ApiError::invalid(part, "Required"));
    };
    let mut world = state.world();
    let room = world.rooms.get_mut(id.as_str()).ok_or_else(|| ApiError::no_room(&id))?;
    let mut problems = Problems::default();
    let body = json!({ part: given });
    let members = read(&body, room.members, state.config.dialect, &mut problems);
    problems.check()?;
    room.members = members;
    // Tokens are as old as the millisecond they were made in: the next one is sure to be newer.
    room.roles_updated = now_ms() + 1;
    Ok(message(&format!("Room {part} for room '{id}' updated successfully")))
}
