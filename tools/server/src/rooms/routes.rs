//! Creating, reading and changing rooms; who a room is shown to, and how much of it.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};
use serde_json::{Map, Value};

use crate::auth::rights::{Right, Rights};
use crate::auth::{Caller, Credentials};
use crate::config::Dialect;
use crate::error::{ApiError, ApiResult, Problems};
use crate::query::{JsonBody, Query};
use crate::rooms::fields::Fields;
use crate::rooms::info::{Scene, setting_names};
use crate::rooms::members;
use crate::rooms::model::{EndAction, Room, Settings, id_prefix, sanitise_id, sanitise_name};
use crate::rooms::settings;
use crate::state::{Shared, State as ServerState, World, now_ms, pages_url};

const LONGEST_NAME: usize = 50;

/// A room as an administrator sees it, or 404.
pub fn describe(
    state: &ServerState,
    world: &World,
    id: &str,
    headers: &HeaderMap,
) -> ApiResult<Map<String, Value>> {
    let room = world.rooms.get(id).ok_or_else(|| ApiError::no_room(id))?;
    let dialect = state.config.dialect;
    let base = pages_url(headers, dialect);
    let meeting = world.meeting_in(id);
    Ok(room.info(id, &Scene { dialect, tokens: &state.tokens, base: &base, meeting }))
}

/// Takes out what somebody with these rights must not see: the links for others.
pub fn hide(info: &mut Map<String, Value>, rights: Rights, dialect: Dialect) {
    if rights.has(Right::ShareLinks) {
        return;
    }
    if dialect < Dialect::V38 {
        info.shift_remove("moderatorUrl");
    } else if let Some(Value::Object(access)) = info.get_mut("access") {
        access.shift_remove("anonymous");
    }
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
    let before = Settings::default();
    let settings = match body.get(whole) {
        Some(given) => settings::read(given, whole, dialect, &before, &mut problems),
        None => before,
    };
    let auto_deletion = settings::read_auto_deletion(&body, &mut problems);
    let policy = match dialect {
        Dialect::B => None,
        _ => settings::read_policy(&body, &mut problems),
    };
    let mut room = Room::new(name, now_ms(), settings);
    if dialect >= Dialect::V38 {
        room.members = members::read(&body, room.members, dialect, &mut problems);
    }
    problems.check()?;

    let id = format!("{}-{}", id_prefix(&room.name), state.new_uid());
    room.auto_deletion = auto_deletion;
    room.policy = policy.unwrap_or(room.policy);
    let mut world = state.world();
    world.rooms.insert(id.clone().into(), room);
    let place = format!("{}/api/v1/rooms/{id}", pages_url(&headers, dialect));
    let mut info = describe(&state, &world, &id, &headers)?;
    let fields = Fields::read(&Query::default(), &headers, dialect);
    fields.keep(&mut info);
    fields.add_choice(&mut info);
    Ok((StatusCode::CREATED, AppendHeaders([(header::LOCATION, place)]), Json(info)))
}

pub async fn get(
    State(state): State<Shared>,
    credentials: Credentials,
    Path(id): Path<String>,
    query: Query,
    headers: HeaderMap,
) -> ApiResult<Json<Map<String, Value>>> {
    let caller = credentials.for_reading_room(&state)?;
    let id = require_id(&id)?;
    let dialect = state.config.dialect;
    let mut world = state.world();
    finish_meetings(&mut world);
    let rights = check_reader(&world, &caller, &id)?;
    let mut info = describe(&state, &world, &id, &headers)?;
    hide(&mut info, rights, dialect);
    let fields = Fields::read(&query, &headers, dialect);
    fields.keep(&mut info);
    fields.add_choice(&mut info);
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
    let before = Settings::default();
    let settings = settings::read(&body, "", state.config.dialect, &before, &mut problems);
    problems.check()?;
    let mut world = state.world();
    let room = world.rooms.get_mut(id.as_str());
    room.ok_or_else(|| ApiError::no_room(&id))?.settings = settings;
    describe(&state, &world, &id, &headers).map(Json)
}

/// What the caller may do in a room; 403 when not even see it, 404 when there is none.
pub fn check_reader(world: &World, caller: &Caller, id: &str) -> ApiResult<Rights> {
    if caller.room().is_none() && !world.rooms.contains_key(id) {
        return Err(ApiError::no_room(id));
    }
    match caller.rights_in(world, id) {
        Rights::NONE => Err(ApiError::forbidden()),
        rights => Ok(rights),
    }
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
