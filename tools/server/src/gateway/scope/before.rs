//! What a user of some rooms may ask, and in which words it is passed on.

use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};

use super::Rooms;
use crate::gateway::call::{Call, fill};
use crate::gateway::fields::Fields;
use crate::gateway::refusal::Refusal;
use crate::gateway::routes::{List, Lookup, Pin, Route, Scope};
use crate::gateway::upstream::{Answer, Upstream};

/// Recordings that are looked up for one request.
const MOST_LOOKUPS: usize = 100;

/// What a server says of something's room.
enum Found {
    Room(String),
    /// It does not tell, in these words: the thing is not there, most likely.
    Not(Answer),
}

/// Lets the call pass as it is or narrowed, or finds its answer beforehand.
///
/// # Errors
/// 403 when it is about another room; 422 when it cannot be told what it is about.
pub async fn admit(
    rooms: Rooms<'_>,
    route: &Route,
    ids: &[String],
    call: &mut Call,
    upstream: &Upstream,
) -> Result<Option<Answer>, Refusal> {
    let id = ids.first().map(String::as_str).unwrap_or_default();
    match &route.scope {
        Scope::Any | Scope::AnswerRoom(_) => Ok(None),
        Scope::AllRooms => Err(Refusal::forbidden("This needs a user of all rooms")),
        Scope::List(list) => narrow(rooms, list, call).map(|()| None),
        Scope::PathRoom => rooms.check(id).map(|()| None),
        Scope::PathRecording => rooms.check(room_of(id).unwrap_or_default()).map(|()| None),
        Scope::PathLookup(lookup) => one(rooms, lookup, id, upstream).await,
        Scope::QueryRooms(name) => all(call, name, |id| rooms.has(id)).map(|()| None),
        Scope::QueryRecordings(name) => {
            all(call, name, |id| room_of(id).is_some_and(|room| rooms.has(room))).map(|()| None)
        }
        Scope::BodyRoom(name) => {
            let fields = Fields::read(call.body.as_ref())?;
            rooms.check(fields.text(name)?.unwrap_or_default())?;
            call.body = Some(fields.into_body());
            Ok(None)
        }
        Scope::BodyLookup(name, lookup) => {
            let fields = Fields::read(call.body.as_ref())?;
            let answer =
                one(rooms, lookup, fields.text(name)?.unwrap_or_default(), upstream).await?;
            call.body = Some(fields.into_body());
            Ok(answer)
        }
        Scope::BodyLookups(name, lookup) => several(rooms, name, lookup, call, upstream).await,
        Scope::Merge(recording, session) => merge(rooms, recording, session, call, upstream).await,
    }
}

/// The room in an id of OpenVidu Meet, `{room}--EG_{egress}--{uid}`. The server drops other characters from ids, and
/// would then mean another one.
fn room_of(id: &str) -> Option<&str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let parts: Vec<&str> = id.split("--").collect();
    match parts.as_slice() {
        [room, egress, _] if egress.starts_with("EG_") && id.bytes().all(is_plain) => Some(room),
        _ => None,
    }
}

fn narrow(rooms: Rooms<'_>, list: &List, call: &mut Call) -> Result<(), Refusal> {
    match list.pin {
        Pin::No => {}
        Pin::Query(name) => match call.parameter(name) {
            Some(room) => rooms.check(room)?,
            // A name beside an id would not narrow the list any more.
            None if call.parameter("roomName").is_some() => {}
            None => {
                if let Some(only) = rooms.only() {
                    call.set_parameter(name, only.to_owned());
                }
            }
        },
        Pin::Body(name) => {
            let mut fields = Fields::read(call.body.as_ref())?;
            let asked = fields.texts(name)?;
            let kept: Vec<&str> = match asked.is_empty() {
                true => rooms.all().collect(),
                false => asked.into_iter().filter(|room| rooms.has(room)).collect(),
            };
            // To name no room is to ask for all.
            if kept.is_empty() {
                return Err(Rooms::outside());
            }
            let kept = json!(kept);
            fields.set(name, kept);
            call.body = Some(fields.into_body());
        }
    }
    // Rows that do not tell their room are left out, so it must be among the fields that are asked for.
    let field = list.room.trim_start_matches('/');
    if let Some(fields) = call.parameter("fields")
        && !fields.split(',').any(|it| it.trim() == field)
    {
        let fields = format!("{fields},{field}");
        call.set_parameter("fields", fields);
    }
    Ok(())
}

/// Whether a call that was let pass asks for rows of the user's rooms only.
pub fn is_pinned(list: &List, call: &Call) -> bool {
    match list.pin {
        Pin::No => false,
        Pin::Query(name) => call.parameter(name).is_some(),
        // In plugNmeet the id of a session overrides the rooms.
        Pin::Body(_) => Fields::read(call.body.as_ref())
            .is_ok_and(|fields| matches!(fields.get("room_sid"), Ok(None))),
    }
}

/// Every id of a list in a parameter.
fn all(call: &Call, name: &str, is_inside: impl Fn(&str) -> bool) -> Result<(), Refusal> {
    let list = call.parameter(name).unwrap_or_default();
    let ids = list.split(',').map(str::trim).filter(|id| !id.is_empty());
    let (total, outside) =
        ids.fold((0, 0), |(total, outside), id| (total + 1, outside + usize::from(!is_inside(id))));
    none_outside(outside, total)
}

fn none_outside(outside: usize, total: usize) -> Result<(), Refusal> {
    match outside {
        0 => Ok(()),
        _ => Err(Refusal::forbidden(format!("{outside} of {total} are not in your rooms"))),
    }
}

async fn one(
    rooms: Rooms<'_>,
    lookup: &Lookup,
    id: &str,
    upstream: &Upstream,
) -> Result<Option<Answer>, Refusal> {
    match look_up(lookup, id, upstream).await? {
        Found::Room(room) => rooms.check(&room).map(|()| None),
        Found::Not(answer) => Ok(Some(answer)),
    }
}

async fn several(
    rooms: Rooms<'_>,
    name: &str,
    lookup: &Lookup,
    call: &mut Call,
    upstream: &Upstream,
) -> Result<Option<Answer>, Refusal> {
    let fields = Fields::read(call.body.as_ref())?;
    let ids = fields.texts(name)?;
    if ids.len() > MOST_LOOKUPS {
        let message = format!("Expected at most {MOST_LOOKUPS} in {name}");
        return Err(Refusal::invalid(message));
    }
    let (mut inside, mut outside) = (Vec::new(), 0);
    for id in &ids {
        match look_up(lookup, id, upstream).await? {
            Found::Room(room) if rooms.has(&room) => inside.push(*id),
            Found::Room(_) => outside += 1,
            Found::Not(answer) if answer.status == StatusCode::NOT_FOUND => {}
            Found::Not(answer) => return Ok(Some(answer)),
        }
    }
    none_outside(outside, ids.len())?;
    if inside.is_empty() && !ids.is_empty() {
        // All of them are gone already, which is what was asked for.
        return Ok(Some(Answer::empty(StatusCode::NO_CONTENT)));
    }
    call.body = Some(json!({ name: inside }).to_string().into());
    Ok(None)
}

async fn merge(
    rooms: Rooms<'_>,
    recording: &Lookup,
    session: &Lookup,
    call: &mut Call,
    upstream: &Upstream,
) -> Result<Option<Answer>, Refusal> {
    let fields = Fields::read(call.body.as_ref())?;
    let asked = match (fields.fields("by_ids")?, fields.fields("by_session")?) {
        (Some(by_ids), None) => {
            rooms.check(by_ids.text("room_id")?.unwrap_or_default())?;
            by_ids
                .texts("recording_ids")?
                .into_iter()
                .map(|id| (recording, id.to_owned()))
                .collect()
        }
        (None, Some(by_session)) => {
            vec![(session, by_session.text("room_sid")?.unwrap_or_default().to_owned())]
        }
        _ => return Err(Refusal::invalid("Expected either by_ids or by_session")),
    };
    if asked.len() > MOST_LOOKUPS {
        let message = format!("Expected at most {MOST_LOOKUPS} in recording_ids");
        return Err(Refusal::invalid(message));
    }
    for (lookup, id) in asked {
        let answer = one(rooms, lookup, &id, upstream).await?;
        if answer.is_some() {
            return Ok(answer);
        }
    }
    call.body = Some(fields.into_body());
    Ok(None)
}

/// Asks the meeting server which room something belongs to.
async fn look_up(lookup: &Lookup, id: &str, upstream: &Upstream) -> Result<Found, Refusal> {
    let path = fill(lookup.path, &[id.to_owned()]);
    // An empty id would make another path, or mean another thing.
    if id.is_empty() || matches!(id, "." | "..") {
        return Err(Rooms::outside());
    }
    let mut call = Call::new(Method::GET, path);
    call.headers.insert(header::ACCEPT, header::HeaderValue::from_static("application/json"));
    if let Some(field) = lookup.body {
        call.method = Method::POST;
        call.body = Some(json!({ field: id }).to_string().into());
    }
    let answer = upstream.ask(&call).await?;
    if !answer.status.is_success() {
        return Ok(Found::Not(answer));
    }
    let json: Value =
        serde_json::from_slice(&answer.body).map_err(|_| Refusal::unexpected_answer())?;
    match json.pointer(lookup.room).and_then(Value::as_str) {
        Some(room) => Ok(Found::Room(room.to_owned())),
        // PlugNmeet says so with status 200.
        None if json.get("status") == Some(&Value::Bool(false)) => Ok(Found::Not(answer)),
        None => Err(Rooms::outside()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rooms_are_read_from_proper_ids_only() {
        assert_eq!(room_of("math-1--EG_a--u"), Some("math-1"));
        for id in [
            "",
            "math-1",
            "math-1--x--u",
            "math-1--EG_a",
            "math-1--EG_a--u--v",
            "other--math-1--EG_a--u",
            "math-1 --EG_a--u",
            "math-1--EG_a--u,other--EG_b--u",
            "math-1é--EG_a--u",
        ] {
            assert_eq!(room_of(id), None, "{id}");
        }
    }
}
