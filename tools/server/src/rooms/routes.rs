//! Creating, listing, reading and changing rooms.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use serde_json::{Map, Value, json};

use crate::auth::Credentials;
use crate::config::Dialect;
use crate::error::{ApiError, ApiResult};
use crate::paging::Page;
use crate::query::{JsonBody, Query, keep_fields};
use crate::rooms::model::{
    EndAction, Room, Settings, id_prefix, sanitise_id, sanitise_name, setting_names,
};
use crate::rooms::settings::{self, Problems};
use crate::state::{Shared, World, base_url, now_ms};

const LONGEST_NAME: usize = 50;

/// A room as the caller sees it, or 404.
pub fn describe(
    state: &Shared,
    world: &World,
    id: &str,
    base: &str,
) -> ApiResult<Map<String, Value>> {
    let room = world.rooms.get(id).ok_or_else(|| ApiError::no_room(id))?;
    let meeting = world.meeting_in(id);
    Ok(room.info(id, state.config.dialect, &state.tokens, base, meeting))
}

/// Does what was put off until the end of the meeting of each room where it has ended.
pub fn finish_meetings(world: &mut World) {
    let ended: Vec<(Box<str>, EndAction)> = world
        .rooms
        .iter()
        .filter(|(id, room)| room.at_end != EndAction::None && !world.meeting_in(id))
        .map(|(id, room)| (id.clone(), room.at_end))
        .collect();
    for (id, action) in ended {
        match action {
            EndAction::Close | EndAction::None => {
                if let Some(room) = world.rooms.get_mut(&id) {
                    room.closed = true;
                    room.at_end = EndAction::None;
                }
            }
            EndAction::Delete => remove(world, &id),
            EndAction::DeleteWithRecordings => {
                world.recordings.remove_room(&id);
                remove(world, &id);
            }
        }
    }
}

/// Takes the room away. Its recordings stay, and so does who may see them.
pub fn remove(world: &mut World, id: &str) {
    if let Some((id, room)) = world.rooms.remove_entry(id) {
        world.past_rooms.insert(id, room.settings.access);
    }
}

pub async fn list(
    State(state): State<Shared>,
    credentials: Credentials,
    query: Query,
    headers: HeaderMap,
) -> ApiResult<Json<Value>> {
    credentials.for_rooms(&state)?;
    let max_items = query.max_items()?;
    let fields = query.fields();
    let mut world = state.world();
    finish_meetings(&mut world);
    // `roomName` is in truth a prefix of the key, which starts with the room id.
    let prefix = query.get("roomName").unwrap_or_default();
    let page = Page::read(&world.rooms, prefix, query.get("nextPageToken"), max_items)
        .ok_or_else(|| ApiError::internal("getting rooms"))?;
    let base = base_url(&headers);
    let mut rooms = Vec::with_capacity(page.entries.len());
    for (id, _) in &page.entries {
        let mut info = describe(&state, &world, id, &base)?;
        keep_fields(&mut info, fields.as_deref());
        rooms.push(info);
    }
    Ok(Json(json!({ "rooms": rooms, "pagination": page.pagination(max_items) })))
}

pub async fn create(
    State(state): State<Shared>,
    credentials: Credentials,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> ApiResult<impl IntoResponse> {
    credentials.for_rooms(&state)?;
    let dialect = state.config.dialect;
    let mut problems = Problems::default();
    let name = match body.get("roomName") {
        None => "Room".to_owned(),
        Some(Value::String(name)) if name.chars().count() <= LONGEST_NAME => sanitise_name(name),
        Some(Value::String(_)) => {
            problems.add("roomName", "roomName cannot exceed 50 characters");
            String::new()
        }
        Some(_) => {
            problems.add("roomName", "Expected string");
            String::new()
        }
    };
    let whole = setting_names(dialect).whole;
    let settings = match body.get(whole) {
        Some(given) => settings::read(given, whole, dialect, &mut problems),
        None => Settings::default(),
    };
    let auto_deletion = settings::read_auto_deletion(&body, &mut problems);
    let policy = match dialect {
        Dialect::B => None,
        _ => settings::read_policy(&body, &mut problems),
    };
    problems.check()?;

    let id = format!("{}-{}", id_prefix(&name), state.new_uid());
    let mut room = Room::new(name, now_ms(), settings);
    room.auto_deletion = auto_deletion;
    room.policy = policy.unwrap_or(room.policy);
    let mut world = state.world();
    world.rooms.insert(id.clone().into(), room);
    let base = base_url(&headers);
    let location = AppendHeaders([(header::LOCATION, format!("{base}/api/v1/rooms/{id}"))]);
    let info = describe(&state, &world, &id, &base)?;
    Ok((StatusCode::CREATED, location, Json(info)))
}

pub async fn get(
    State(state): State<Shared>,
    credentials: Credentials,
    Path(id): Path<String>,
    query: Query,
    headers: HeaderMap,
) -> ApiResult<Json<Map<String, Value>>> {
    credentials.for_rooms(&state)?;
    let id = require_id(&id)?;
    let mut world = state.world();
    finish_meetings(&mut world);
    let mut info = describe(&state, &world, &id, &base_url(&headers))?;
    keep_fields(&mut info, query.fields().as_deref());
    Ok(Json(info))
}

pub async fn update(
    State(state): State<Shared>,
    credentials: Credentials,
    Path(id): Path<String>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> ApiResult<Json<Map<String, Value>>> {
    credentials.for_rooms(&state)?;
    let id = require_id(&id)?;
    let mut problems = Problems::default();
    let settings = settings::read(&body, "", state.config.dialect, &mut problems);
    problems.check()?;
    let mut world = state.world();
    let room = world.rooms.get_mut(id.as_str());
    room.ok_or_else(|| ApiError::no_room(&id))?.settings = settings;
    describe(&state, &world, &id, &base_url(&headers)).map(Json)
}

/// The id in the path, sanitised; 422 when nothing is left of it.
pub fn require_id(id: &str) -> ApiResult<String> {
    match sanitise_id(id) {
        id if id.is_empty() => {
            Err(ApiError::invalid("roomId", "roomId cannot be empty after sanitization"))
        }
        id => Ok(id),
    }
}
