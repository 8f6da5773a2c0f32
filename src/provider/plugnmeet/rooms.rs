//! Rooms of plugNmeet are sessions: made, they go on; ended, they stay as rows of the past. They cannot
//! be changed, and who enters needs a token of their own. First the live ones are listed, which are one
//! answer, then the past ones, page by page.

#[cfg(test)]
mod tests;

use super::{
    LARGEST_PAGE, PlugNmeet, object, part,
    read::{self, Name, content, field, name_in, page, said},
};
use crate::{
    model::{
        Cursor, DeletionPolicy, Error, FieldError, Json, NameRule, Page, Room, RoomCapabilities,
        RoomDeletion, RoomField, RoomId, RoomOutcome, RoomReport, RoomSettings, RoomStatus,
        Unexpected,
    },
    provider::{
        RoomProvider,
        http::{Answer, Request, json_text},
        read::{moment, natural, number, rfc3339, rows, text},
    },
};

/// Between a room and a session in the id of what is over: the same room may be in use again. No
/// server has it in the ids of rooms.
const SESSION: char = '~';

const INFO: Name = ("room_info", "roomInfo");

impl RoomProvider for PlugNmeet {
    fn capabilities(&self) -> RoomCapabilities {
        use RoomField::{Chat, Id, MaxParticipants, Name, Recording, VirtualBackground, Welcome};
        RoomCapabilities {
            create: &[Name, Id, MaxParticipants, Welcome, Chat, Recording, VirtualBackground],
            name: NameRule { longest: 255, is_plain: false, is_required: true },
            delete: Some(RoomDeletion {
                ends: true,
                batch: 1,
                with_meeting: &[],
                with_recordings: &[],
            }),
            status: true,
            created: true,
            ..RoomCapabilities::NONE
        }
    }

    fn list(&self, cursor: Option<&Cursor>) -> Request {
        match cursor {
            None => Request::ask("/auth/room/getActiveRoomsInfo", "{}".to_owned()),
            Some(_) => past("", cursor),
        }
    }

    /// No live room, and no past one, are "not found".
    fn read_list(&self, cursor: Option<&Cursor>, answer: &Answer) -> Result<Page<Room>, Error> {
        if cursor.is_some() {
            // Live ones are not counted with them.
            return Ok(Page { total: None, ..past_rooms(answer)? });
        }
        let next = Some(Cursor("0".to_owned()));
        let json = match content(answer) {
            Ok(json) => json,
            Err(Error::NotFound) if answer.is_success() => return Ok(Page { next, ..Page::EMPTY }),
            Err(Error::NotFound | Error::Unsupported) => {
                return Err(Error::Unexpected(Unexpected::NoApi));
            }
            Err(error) => return Err(error),
        };
        let live = json.field("rooms").and_then(Json::as_list).unwrap_or_default();
        let (items, unreadable) = rows(live, |it| active(field(it, INFO)?));
        Ok(Page { items, next, total: None, unreadable })
    }

    /// A past session is looked for among the last of its room.
    fn get(&self, id: &RoomId) -> Request {
        match id.0.split_once(SESSION) {
            Some((room, _)) => past(room, None),
            None => Request::ask("/auth/room/getActiveRoomInfo", room(id)),
        }
    }

    fn read_get(&self, id: &RoomId, answer: &Answer) -> Result<Room, Error> {
        if id.0.contains(SESSION) {
            let found = past_rooms(answer)?.items.into_iter().find(|room| room.id == *id);
            return found.ok_or(Error::NotFound);
        }
        let json = content(answer)?.field("room").filter(|room| room.is_object());
        read_info(json.ok_or(Error::NotFound)?)
    }

    /// A room that goes on already stays as it is, and is the answer.
    fn create(&self, it: &RoomSettings) -> Option<Request> {
        let mut metadata = vec![("room_title", json_text(it.name.trim()))];
        if !it.welcome.is_empty() {
            metadata.push(("welcome_message", json_text(&it.welcome)));
        }
        metadata.push(("room_features", features(it)));
        let mut fields = vec![("room_id", json_text(it.id.trim()))];
        fields.extend(it.max_participants.map(|most| ("max_participants", most.to_string())));
        fields.push(("metadata", object(&metadata)));
        Some(Request::post("/auth/room/create", Some(object(&fields))))
    }

    fn read_created(&self, answer: &Answer) -> Result<Room, Error> {
        match content(answer) {
            Ok(json) => read_info(json),
            Err(error) => Err(with_field(error)),
        }
    }

    /// Ends it for everybody in it. By the id of what is over nothing is ended.
    fn delete(&self, ids: &[RoomId], _policy: DeletionPolicy) -> Option<Request> {
        match ids {
            [id] if !id.0.contains(SESSION) => {
                Some(Request::post("/auth/room/endRoom", Some(room(id))))
            }
            _ => None,
        }
    }

    fn read_delete(&self, ids: &[RoomId], answer: &Answer) -> Result<RoomReport, Error> {
        let outcome = match content(answer) {
            Ok(_) => RoomOutcome::Deleted { with_meeting: true, with_recordings: false },
            Err(Error::NotFound) => RoomOutcome::AlreadyGone,
            // Refused in the envelope, it is about this one; the others may go.
            Err(_) if answer.is_success() && answer.json().is_ok() => {
                RoomOutcome::Failed(text(answer.json()?, "msg").unwrap_or_default())
            }
            Err(error) => return Err(error),
        };
        Ok(RoomReport { outcomes: ids.iter().map(|id| (id.clone(), outcome.clone())).collect() })
    }

    fn read_done(&self, answer: &Answer) -> Result<(), Error> {
        read::done(answer)
    }

    fn field(&self, name: &str) -> Option<RoomField> {
        Some(match name.strip_prefix("metadata.").unwrap_or(name) {
            "room_id" => RoomField::Id,
            "max_participants" => RoomField::MaxParticipants,
            "room_title" => RoomField::Name,
            "welcome_message" => RoomField::Welcome,
            _ => return None,
        })
    }
}

fn room(id: &RoomId) -> String {
    object(&[("room_id", json_text(&id.0))])
}

/// Of one room, or of all.
fn past(room: &str, cursor: Option<&Cursor>) -> Request {
    let room = if room.is_empty() { String::new() } else { json_text(room) };
    let mut fields = vec![("room_ids", format!("[{room}]"))];
    fields.extend(part(cursor, LARGEST_PAGE.to_owned(), "DESC"));
    Request::ask("/auth/room/fetchPastRooms", object(&fields))
}

/// What is not named is off. Servers before 2.0 name some things otherwise; what a server does not
/// know it does not look at.
fn features(it: &RoomSettings) -> String {
    let flag = |is_on: bool| is_on.to_string();
    let on = || flag(true);
    let allowed = |is_on: bool, names: &[&'static str]| {
        let fields: Vec<(&str, String)> = names.iter().map(|name| (*name, flag(is_on))).collect();
        object(&fields)
    };
    object(&[
        ("allow_webcams", on()),
        ("allow_screen_share", on()),
        ("allow_view_other_webcams", on()),
        ("allow_view_other_users_list", on()),
        ("allow_polls", on()),
        ("allow_raise_hand", on()),
        ("allow_virtual_bg", flag(it.virtual_background)),
        (
            "recording_features",
            allowed(it.recording, &["is_allow", "is_allow_cloud", "is_allow_local"]),
        ),
        (
            "chat_features",
            allowed(
                it.chat,
                &["is_allow", "is_allow_file_upload", "allow_chat", "allow_file_upload"],
            ),
        ),
        ("shared_note_pad_features", allowed(true, &["is_allow", "allowed_shared_note_pad"])),
        ("whiteboard_features", allowed(true, &["is_allow", "allowed_whiteboard"])),
    ])
}

fn past_rooms(answer: &Answer) -> Result<Page<Room>, Error> {
    page(answer, [("rooms_list", "roomsList"), ("total_rooms", "totalRooms")], ended)
}

fn read_info(json: &Json) -> Result<Room, Error> {
    field(json, INFO).and_then(active).ok_or(Error::Unexpected(Unexpected::Missing(INFO.0)))
}

/// Of either kind, without its id.
fn session(json: &Json, id: String) -> Option<Room> {
    let room_id = said(json, ("room_id", "roomId"))?;
    let name = said(json, ("room_title", "roomTitle"));
    let came = number(json, name_in(json, ("joined_participants", "joinedParticipants")));
    Some(Room {
        participants: came.and_then(|it| natural(it, 1.0)).and_then(|it| u32::try_from(it).ok()),
        settings: RoomSettings {
            name: name.clone().unwrap_or_default(),
            id: room_id,
            ..RoomSettings::default()
        },
        name,
        // There is no more to be had.
        has_settings: true,
        ..Room::bare(id)
    })
}

/// `ActiveRoomInfo`: flags are numbers, dates seconds.
fn active(json: &Json) -> Option<Room> {
    let is = |name| number(json, name_in(json, name)).is_some_and(|it| it > 0.0);
    let created = number(json, name_in(json, ("creation_time", "creationTime")));
    let it = session(json, said(json, ("room_id", "roomId"))?)?;
    Some(Room {
        status: Some(RoomStatus::Active),
        created_at: created.and_then(|seconds| moment(seconds, 1000.0)),
        is_recording: is(("is_recording", "isRecording")),
        ..it
    })
}

/// `PastRoomInfo`: dates are texts.
fn ended(json: &Json) -> Option<Room> {
    let room = said(json, ("room_id", "roomId"))?;
    let sid = said(json, ("room_sid", "roomSid"))?;
    let date = |name| json.field(name).and_then(Json::as_text).and_then(rfc3339);
    let created_at = date("created");
    Some(Room {
        status: Some(RoomStatus::Ended),
        created_at,
        ended_at: date("ended").filter(|end| created_at.is_none_or(|start| start <= *end)),
        ..session(json, format!("{room}{SESSION}{sid}"))?
    })
}

/// What is wrong is told in words, `validation error: room_id: value is required`, of which the field is
/// taken.
fn with_field(error: Error) -> Error {
    let Error::Invalid(details) = error else { return error };
    let named = |it: FieldError| {
        let rest = it.message.strip_prefix("validation error: ");
        match rest.and_then(|rest| rest.split_once(": ")) {
            Some((field, message)) if it.field.is_empty() => {
                FieldError { field: field.to_owned(), message: message.to_owned() }
            }
            _ => it,
        }
    };
    Error::Invalid(details.into_iter().map(named).collect())
}
