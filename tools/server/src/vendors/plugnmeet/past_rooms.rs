//! `/auth/room/fetchPastRooms`: one row for each session that has ended.

use serde_json::{Value, json};

use super::Call;
use super::recordings::Asked;
use super::reply::{Failure, Reply};
use crate::vendors::catalogue::Session;
use crate::vendors::dates::{rfc3339, without_zone};

pub fn fetch(call: &Call) -> Result<Reply, Failure> {
    let asked = Asked::read(&call.fields)?;
    let world = call.state.world();
    let is_asked_for =
        |it: &&Session| asked.room_ids.is_empty() || asked.room_ids.contains(&&*it.room_id);
    let sessions = world.vendor.catalogue.sessions.iter();
    let mut found: Vec<&Session> =
        sessions.filter(|it| it.ended.is_some()).filter(is_asked_for).collect();
    if found.is_empty() {
        return Err(Failure::NoPastRooms);
    }
    found.sort_by_key(|session| session.created);
    let total = found.len();
    let rows: Vec<Value> = asked
        .page(found, asked.limit as usize)
        .into_iter()
        .map(|session| info(session, rfc3339))
        .collect();
    Ok(Reply::success().with(
        "result",
        json!({
            "total_rooms": total.to_string(),
            "from": asked.from,
            "limit": asked.limit,
            "order_by": asked.order_by,
            "rooms_list": rows,
        }),
    ))
}

/// `room_info` of `/auth/recording/info`, which spells dates in another way than `fetchPastRooms`; texts are empty
/// when the session is forgotten.
pub fn info_beside_recording(session: Option<&Session>) -> Value {
    session.map_or_else(
        || {
            json!({
                "room_title": "", "room_id": "", "room_sid": "", "joined_participants": "0",
                "webhook_url": "", "created": "", "ended": "",
            })
        },
        |session| info(session, without_zone),
    )
}

/// `PastRoomInfo`. A session that goes on ended at the zero time of Go.
fn info(session: &Session, spell: fn(i64) -> String) -> Value {
    const ZERO: i64 = -62_135_596_800_000;
    json!({
        "room_title": &*session.title,
        "room_id": session.room_id,
        "room_sid": session.sid,
        "joined_participants": session.participants.to_string(),
        "webhook_url": "",
        "created": spell(session.created),
        "ended": spell(session.ended.unwrap_or(ZERO)),
    })
}
