//! `/auth/room/…`: rooms are sessions that go on. Creating one opens it, ending it is final, the id may be used again.

use serde_json::{Value, json};

use super::Call;
use super::fields::{Fields, missing};
use super::reply::{Failure, Reply};
use crate::recordings::model::Status;
use crate::state::World;
use crate::vendors::catalogue::Session;
use crate::vendors::crypto::sign_token;
use crate::vendors::secrets::{PLUGNMEET_KEY, PLUGNMEET_SECRET};

/// Milliseconds that it takes to tear a room down.
const TEARDOWN: i64 = 5_000;
/// Seconds that a token to join is valid.
const JOIN_VALIDITY: i64 = 10 * 60;

pub fn create(call: &Call) -> Result<Reply, Failure> {
    let room_id = room_id(&call.fields)?;
    for name in ["max_participants", "empty_timeout"] {
        if call.fields.count(name)? == Some(0) {
            let text = format!("validation error: {name}: value must be greater than 0");
            return Err(Failure::Invalid(text));
        }
    }
    let metadata = call.fields.message("metadata")?.ok_or_else(|| missing("metadata"))?;
    let title = metadata.required("room_title")?;
    metadata.message("room_features")?.ok_or_else(|| missing("metadata.room_features"))?;

    let mut world = call.state.world();
    let now = world.vendor.now(&world.clock);
    let catalogue = &mut world.vendor.catalogue;
    // A room that is open stays as it is, whatever was asked for.
    let session =
        catalogue.running(room_id).unwrap_or_else(|| catalogue.open(room_id, title.into(), now));
    let info = active_info(&world, session);
    Ok(Reply::success().with("room_info", info))
}

pub fn join_token(call: &Call) -> Result<Reply, Failure> {
    let room_id = room_id(&call.fields)?;
    let user = call.fields.message("user_info")?.ok_or_else(|| missing("user_info"))?;
    let (name, user_id) = (user.required("name")?, user.required("user_id")?);
    let is_admin = user.flag("is_admin")?;
    let world = call.state.world();
    world.vendor.catalogue.running(room_id).ok_or(Failure::RoomNotActive)?;
    let now = world.vendor.now(&world.clock) / 1000;
    let claims = json!({
        "iss": PLUGNMEET_KEY, "sub": user_id, "nbf": now, "exp": now + JOIN_VALIDITY,
        "name": name, "user_id": user_id, "room_id": room_id, "is_admin": is_admin,
    });
    Ok(Reply::success().with("token", json!(sign_token(PLUGNMEET_SECRET, &claims))))
}

pub fn is_active(call: &Call) -> Result<Reply, Failure> {
    let room_id = room_id(&call.fields)?;
    let world = call.state.world();
    let (is_active, msg, code) = if world.vendor.catalogue.running(room_id).is_some() {
        (true, "room is active", "SUCCESS")
    } else if is_closing(&world, room_id) {
        (false, "room is not active", "ROOM_NOT_ACTIVE")
    } else {
        (false, "room is not active", "ROOM_NOT_FOUND")
    };
    Ok(Reply::new(true, msg, code).with("is_active", json!(is_active)))
}

pub fn active_room(call: &Call) -> Result<Reply, Failure> {
    let room_id = room_id(&call.fields)?;
    let world = call.state.world();
    Ok(match world.vendor.catalogue.running(room_id) {
        Some(session) => Reply::success().with("room", with_participants(&world, session)),
        None => Reply::new(false, "no room found", "ROOM_NOT_FOUND").with("room", Value::Null),
    })
}

pub fn active_rooms(call: &Call) -> Result<Reply, Failure> {
    let world = call.state.world();
    let sessions = world.vendor.catalogue.sessions.iter().enumerate();
    let running = sessions.filter(|(_, session)| session.ended.is_none());
    let rooms: Vec<Value> =
        running.map(|(session, _)| with_participants(&world, session)).collect();
    Ok(match rooms.is_empty() {
        true => Reply::new(false, "no active room found", "NOT_FOUND"),
        false => Reply::success(),
    }
    .with("rooms", json!(rooms)))
}

pub fn end(call: &Call) -> Result<Reply, Failure> {
    let room_id = room_id(&call.fields)?;
    let mut world = call.state.world();
    let world = &mut *world;
    let clock = world.clock.now();
    let Some(session) = world.vendor.catalogue.running(room_id) else {
        return match is_closing(world, room_id) {
            true => Ok(Reply::success()),
            false => Err(Failure::NoRoom),
        };
    };
    // What is being recorded ends with the room.
    world.recordings.stop(room_id, clock);
    let now = world.vendor.start + clock;
    let catalogue = &mut world.vendor.catalogue;
    catalogue.sessions[session].ended = Some(now);
    for entry in catalogue.entries.iter_mut().filter(|entry| entry.session == session) {
        entry.listed = entry.listed.min(now);
    }
    catalogue.entries.sort_by_key(|entry| entry.listed);
    world.vendor.plugnmeet.closing.insert(room_id.into(), clock + TEARDOWN);
    Ok(Reply::success())
}

fn room_id(fields: &Fields) -> Result<&str, Failure> {
    let room_id = fields.required("room_id")?;
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if room_id.bytes().all(allowed) {
        return Ok(room_id);
    }
    let text = "validation error: room_id: value does not match regex pattern `^[a-zA-Z0-9-_]+$`";
    Err(Failure::Invalid(text.to_owned()))
}

fn is_closing(world: &World, room_id: &str) -> bool {
    let closing = &world.vendor.plugnmeet.closing;
    closing.get(room_id).is_some_and(|until| world.clock.now() < *until)
}

/// `ActiveRoomWithParticipant`.
fn with_participants(world: &World, session: usize) -> Value {
    let it = &world.vendor.catalogue.sessions[session];
    let people: Vec<Value> = (0..it.participants).map(|index| participant(it, index)).collect();
    json!({ "room_info": active_info(world, session), "participants_info": people })
}

/// `ActiveRoomInfo`: flags are numbers, the metadata JSON in a text.
fn active_info(world: &World, session: usize) -> Value {
    let it = &world.vendor.catalogue.sessions[session];
    let is_recording = is_recording(world, session);
    let metadata = json!({
        "room_title": &*it.title,
        "is_recording": is_recording,
        "started_at": (it.created / 1000).to_string(),
        "room_features": { "allow_webcams": true, "recording_features": { "is_allow": true } },
    });
    json!({
        "room_title": &*it.title,
        "room_id": it.room_id,
        "sid": it.sid,
        "joined_participants": it.participants.to_string(),
        "is_running": 1,
        "is_recording": i32::from(is_recording),
        "is_active_rtmp": 0,
        "webhook_url": "",
        "is_breakout_room": 0,
        "parent_room_id": "",
        "creation_time": (it.created / 1000).to_string(),
        "metadata": metadata.to_string(),
    })
}

fn is_recording(world: &World, session: usize) -> bool {
    let clock = world.clock.now();
    let entries = world.vendor.catalogue.entries.iter();
    entries.filter(|entry| entry.session == session && !entry.merged).any(|entry| {
        let status = entry.status(&world.recordings, clock);
        status.is_some_and(Status::in_progress)
    })
}

/// `ParticipantInfo` of LiveKit, as protojson writes it.
fn participant(session: &Session, index: usize) -> Value {
    const NAMES: [&str; 8] =
        ["Ada", "Bo", "Chidi", "Dana", "Emre", "Fatou", "G\u{e9}raldine", "Hiro"];
    let name = NAMES[index % NAMES.len()];
    let id: String = session.sid.split('-').take(2).collect();
    json!({
        "sid": format!("PA_{id}{index}"),
        "identity": format!("user-{index}"),
        "state": "ACTIVE",
        "tracks": [],
        "metadata": json!({ "name": name, "is_admin": index == 0 }).to_string(),
        "joined_at": (session.created / 1000 + 7 * index as i64).to_string(),
        "name": name,
        "version": 0,
        "permission": null,
        "region": "",
        "is_publisher": true,
        "kind": "STANDARD",
        "attributes": {},
        "disconnect_reason": "UNKNOWN_REASON",
    })
}
