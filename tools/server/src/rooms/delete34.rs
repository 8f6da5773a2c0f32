//! Deleting rooms in 3.4 and later: what to do about a meeting and about recordings is asked for separately, and each
//! combination has its own code (`reference/openvidu-meet-api.md` §1B').

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use crate::auth::Credentials;
use crate::config::Dialect;
use crate::error::{ApiError, ApiResult};
use crate::query::Query;
use crate::rooms::delete::require_ids;
use crate::rooms::model::EndAction;
use crate::rooms::routes::{describe, finish_meetings, remove, require_id};
use crate::state::{Shared, World};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WithMeeting {
    Force,
    WhenMeetingEnds,
    Fail,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WithRecordings {
    Force,
    Close,
    Fail,
}

/// What a deletion comes to: a code, and what happens to the room. A closed or scheduled room is told of in the answer.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Delete { code: &'static str, recordings: bool },
    Close(&'static str),
    Schedule(&'static str, EndAction),
    Refuse(&'static str, &'static str),
}

fn judge(
    meeting: bool,
    recordings: bool,
    with_meeting: WithMeeting,
    with_recordings: WithRecordings,
) -> Verdict {
    use Verdict::{Close, Delete, Refuse, Schedule};
    match (meeting, recordings) {
        (false, false) => Delete { code: "room_deleted", recordings: false },
        (false, true) => match with_recordings {
            WithRecordings::Force => {
                Delete { code: "room_and_recordings_deleted", recordings: true }
            }
            WithRecordings::Close => Close("room_closed"),
            WithRecordings::Fail => Refuse("room_has_recordings", "has recordings"),
        },
        (true, false) => match with_meeting {
            WithMeeting::Force => {
                Delete { code: "room_with_active_meeting_deleted", recordings: false }
            }
            WithMeeting::WhenMeetingEnds => {
                Schedule("room_with_active_meeting_scheduled_to_be_deleted", EndAction::Delete)
            }
            WithMeeting::Fail => Refuse("room_has_active_meeting", "has an active meeting"),
        },
        (true, true) => match (with_meeting, with_recordings) {
            (WithMeeting::Force, WithRecordings::Force) => {
                Delete { code: "room_with_active_meeting_and_recordings_deleted", recordings: true }
            }
            (WithMeeting::Force, WithRecordings::Close) => Close("room_with_active_meeting_closed"),
            (WithMeeting::WhenMeetingEnds, WithRecordings::Force) => Schedule(
                "room_with_active_meeting_and_recordings_scheduled_to_be_deleted",
                EndAction::DeleteWithRecordings,
            ),
            (WithMeeting::WhenMeetingEnds, WithRecordings::Close) => {
                Schedule("room_with_active_meeting_scheduled_to_be_closed", EndAction::Close)
            }
            (WithMeeting::WhenMeetingEnds, WithRecordings::Fail) => Refuse(
                "room_with_active_meeting_has_recordings_cannot_schedule_deletion",
                "has an active meeting and recordings, so its deletion cannot be scheduled",
            ),
            (WithMeeting::Fail, WithRecordings::Force | WithRecordings::Close) => Refuse(
                "room_with_recordings_has_active_meeting",
                "has recordings and an active meeting",
            ),
            (WithMeeting::Force | WithMeeting::Fail, WithRecordings::Fail) => Refuse(
                "room_with_active_meeting_has_recordings",
                "has an active meeting and recordings",
            ),
        },
    }
}

/// Deletes one room: the status and the fields of the answer, or why not.
fn delete(
    state: &Shared,
    world: &mut World,
    id: &str,
    policies: (WithMeeting, WithRecordings),
    headers: &HeaderMap,
) -> ApiResult<(StatusCode, Map<String, Value>)> {
    if !world.rooms.contains_key(id) {
        return Err(ApiError::no_room(id));
    }
    let meeting = world.meeting_in(id);
    let recordings = world.recordings.room_has_any(id);
    let mut status = StatusCode::OK;
    let (code, text, keeps_room) = match judge(meeting, recordings, policies.0, policies.1) {
        Verdict::Delete { code, recordings } => {
            end_meeting(world, id);
            if recordings {
                world.recordings.remove_room(id);
            }
            remove(world, id);
            (code, format!("Room '{id}' deleted successfully"), false)
        }
        Verdict::Close(code) => {
            end_meeting(world, id);
            if let Some(room) = world.rooms.get_mut(id) {
                room.closed = true;
            }
            let text =
                format!("Room '{id}' has been closed instead of deleted because it has recordings");
            (code, text, true)
        }
        Verdict::Schedule(code, action) => {
            status = StatusCode::ACCEPTED;
            if let Some(room) = world.rooms.get_mut(id) {
                room.at_end = action;
            }
            let end = if action == EndAction::Close { "closed" } else { "deleted" };
            let text = format!("Room '{id}' scheduled to be {end} when the meeting ends");
            (code, text, true)
        }
        Verdict::Refuse(code, why) => {
            let message = format!("Room '{id}' cannot be deleted because it {why}");
            return Err(ApiError::new(StatusCode::CONFLICT, code, message));
        }
    };
    let mut answer = Map::new();
    answer.insert("successCode".to_owned(), json!(code));
    answer.insert("message".to_owned(), json!(text));
    if keeps_room {
        answer.insert("room".to_owned(), json!(describe(state, world, id, headers)?));
    }
    Ok((status, answer))
}

fn end_meeting(world: &mut World, id: &str) {
    let now = world.clock.now();
    world.recordings.stop(id, now);
    if let Some(room) = world.rooms.get_mut(id) {
        room.meeting = false;
        room.at_end = EndAction::None;
    }
}

pub async fn delete_one(
    State(state): State<Shared>,
    credentials: Credentials,
    Path(id): Path<String>,
    query: Query,
    headers: HeaderMap,
) -> ApiResult<Response> {
    credentials.for_rooms(&state)?;
    let id = require_id(&id)?;
    let policies = policies(&query)?;
    let mut world = state.world();
    finish_meetings(&mut world);
    let (status, answer) = delete(&state, &mut world, &id, policies, &headers)?;
    Ok((status, Json(answer)).into_response())
}

pub async fn delete_many(
    State(state): State<Shared>,
    credentials: Credentials,
    query: Query,
    headers: HeaderMap,
) -> ApiResult<Response> {
    credentials.for_rooms(&state)?;
    let ids = require_ids(&query)?;
    let policies = policies(&query)?;
    let mut world = state.world();
    finish_meetings(&mut world);
    let mut successful = Vec::new();
    let mut failed = Vec::new();
    for id in ids {
        match delete(&state, &mut world, &id, policies, &headers) {
            Ok((_, mut answer)) => {
                answer.shift_insert(0, "roomId".to_owned(), json!(id));
                successful.push(answer);
            }
            Err(error) => {
                failed.push(json!({ "roomId": id, "error": error.error, "message": error.message }))
            }
        }
    }
    let done = if state.config.dialect >= Dialect::V39 { "deleted" } else { "successful" };
    if failed.is_empty() {
        let message = "All rooms successfully processed for deletion";
        return Ok(Json(json!({ "message": message, done: successful })).into_response());
    }
    let message = format!("{} room(s) failed to process while deleting", failed.len());
    let answer = json!({ "message": message, done: successful, "failed": failed });
    Ok((StatusCode::BAD_REQUEST, Json(answer)).into_response())
}

fn policies(query: &Query) -> ApiResult<(WithMeeting, WithRecordings)> {
    let with_meeting = match query.get("withMeeting") {
        None | Some("fail") => WithMeeting::Fail,
        Some("force") => WithMeeting::Force,
        Some("when_meeting_ends") => WithMeeting::WhenMeetingEnds,
        Some(_) => return Err(ApiError::invalid("withMeeting", "Invalid enum value")),
    };
    let with_recordings = match query.get("withRecordings") {
        None | Some("fail") => WithRecordings::Fail,
        Some("force") => WithRecordings::Force,
        Some("close") => WithRecordings::Close,
        Some(_) => return Err(ApiError::invalid("withRecordings", "Invalid enum value")),
    };
    Ok((with_meeting, with_recordings))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn default_policies_refuse_whatever_would_be_lost() {
        let judge = |meeting, recordings| {
            judge(meeting, recordings, WithMeeting::Fail, WithRecordings::Fail)
        };
        assert!(matches!(judge(false, false), Verdict::Delete { .. }));
        assert!(matches!(judge(false, true), Verdict::Refuse("room_has_recordings", _)));
        assert!(matches!(judge(true, false), Verdict::Refuse("room_has_active_meeting", _)));
        assert!(matches!(
            judge(true, true),
            Verdict::Refuse("room_with_active_meeting_has_recordings", _)
        ));
    }
}
