//! Rooms in generation A (`reference/openvidu-meet-api.md` §1A): known by their name, which the server makes; without
//! a status, always with an end.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Map, Value, json};

use crate::auth::Credentials;
use crate::auth::token::Tokens;
use crate::config::Dialect;
use crate::error::{ApiError, ApiResult, Problems};
use crate::query::{JsonBody, Query, keep_fields};
use crate::rooms::model::{Role, Room, Settings, sanitise_id};
use crate::rooms::routes::remove;
use crate::rooms::settings;
use crate::state::{Shared, now_ms, pages_url};

/// How long the sample's rooms live, which have no end elsewhere, in milliseconds.
const LIFE: i64 = 3 * 365 * 24 * 60 * 60 * 1000;

pub fn router() -> Router<Shared> {
    Router::new()
        .route("/rooms", get(list).post(create))
        .route("/rooms/{name}", get(one).put(update).delete(delete))
}

impl Room {
    /// `OpenViduMeetRoom`; `pages` is the address of the server's pages.
    fn info_a(&self, id: &str, tokens: &Tokens, pages: &str) -> Map<String, Value> {
        let url = |who: &str| format!("{pages}/{id}/?secret={}", tokens.secret(who, id));
        let prefix = id.rsplit_once('-').map_or(id, |(prefix, _)| prefix);
        let info = json!({
            "roomName": id,
            "creationDate": self.created,
            "expirationDate": self.auto_deletion.unwrap_or(self.created + LIFE),
            "roomNamePrefix": prefix,
            "preferences": self.settings.json(Dialect::A),
            "maxParticipants": self.max_participants,
            "moderatorURL": url(Role::Moderator.name()),
            "publisherURL": url(Role::Speaker.name()),
            "viewerURL": url("viewer"),
        });
        match info {
            Value::Object(info) => info,
            _ => Map::new(),
        }
    }
}

async fn list(
    State(state): State<Shared>,
    credentials: Credentials,
    query: Query,
    headers: HeaderMap,
) -> ApiResult<Json<Value>> {
    credentials.for_rooms(&state)?;
    let pages = pages_url(&headers, Dialect::A);
    let fields = query.fields();
    let world = state.world();
    let rooms = world.rooms.iter().map(|(id, room)| {
        let mut info = room.info_a(id, &state.tokens, &pages);
        keep_fields(&mut info, fields.as_deref());
        Value::Object(info)
    });
    Ok(Json(rooms.collect()))
}

async fn one(
    State(state): State<Shared>,
    credentials: Credentials,
    Path(name): Path<String>,
    query: Query,
    headers: HeaderMap,
) -> ApiResult<Json<Map<String, Value>>> {
    credentials.for_rooms(&state)?;
    let world = state.world();
    let room = world.rooms.get(name.as_str()).ok_or_else(|| ApiError::no_room(&name))?;
    let mut info = room.info_a(&name, &state.tokens, &pages_url(&headers, Dialect::A));
    keep_fields(&mut info, query.fields().as_deref());
    Ok(Json(info))
}

async fn create(
    State(state): State<Shared>,
    credentials: Credentials,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> ApiResult<Json<Map<String, Value>>> {
    credentials.for_rooms(&state)?;
    let mut problems = Problems::default();
    let expiration = number(&body, "expirationDate", &mut problems);
    if body.get("expirationDate").is_none() {
        problems.add("expirationDate", "Required");
    }
    let prefix = match body.get("roomNamePrefix") {
        None => "",
        Some(Value::String(prefix)) => prefix,
        Some(value) => {
            problems.add("roomNamePrefix", not_a("string", value));
            ""
        }
    };
    let participants = number(&body, "maxParticipants", &mut problems);
    let settings = read_settings(&body, "preferences", &Settings::default(), &mut problems);
    problems.check()?;

    let name = format!("{prefix}-{}", state.new_uid());
    let id = sanitise_id(name.trim_start_matches('-'));
    let mut room = Room::new(id.clone(), now_ms(), settings);
    room.auto_deletion = expiration;
    room.max_participants = participants.unwrap_or(room.max_participants);
    let info = room.info_a(&id, &state.tokens, &pages_url(&headers, Dialect::A));
    state.world().rooms.insert(id.into(), room);
    Ok(Json(info))
}

fn number(body: &Value, field: &str, problems: &mut Problems) -> Option<i64> {
    let value = body.get(field)?;
    let number = value.as_f64().map(|number| number as i64);
    if number.is_none() {
        problems.add(field, not_a("number", value));
    }
    number
}

fn not_a(expected: &str, value: &Value) -> String {
    let received = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    format!("Expected {expected}, received {received}")
}

fn read_settings(
    body: &Value,
    field: &str,
    before: &Settings,
    problems: &mut Problems,
) -> Settings {
    match body.get(field) {
        Some(given) => settings::read(given, field, Dialect::A, before, problems),
        None => before.clone(),
    }
}

/// The specification has the preferences themselves as the body, its example wraps them: either will do.
async fn update(
    State(state): State<Shared>,
    credentials: Credentials,
    Path(name): Path<String>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> ApiResult<Json<Map<String, Value>>> {
    credentials.for_rooms(&state)?;
    let mut world = state.world();
    let room = world.rooms.get_mut(name.as_str()).ok_or_else(|| ApiError::no_room(&name))?;
    let mut problems = Problems::default();
    let settings = match body.get("preferences") {
        Some(_) => read_settings(&body, "preferences", &room.settings, &mut problems),
        None => settings::read(&body, "", Dialect::A, &room.settings, &mut problems),
    };
    problems.check()?;
    room.settings = settings;
    Ok(Json(room.info_a(&name, &state.tokens, &pages_url(&headers, Dialect::A))))
}

async fn delete(
    State(state): State<Shared>,
    credentials: Credentials,
    Path(name): Path<String>,
) -> ApiResult<StatusCode> {
    credentials.for_rooms(&state)?;
    let mut world = state.world();
    if !world.rooms.contains_key(name.as_str()) {
        return Err(ApiError::no_room(&name));
    }
    remove(&mut world, &name);
    Ok(StatusCode::NO_CONTENT)
}
