//! Reading what a plugNmeet server answers: protobuf messages as JSON. By the server itself fields
//! are in snake_case and 64-bit integers are texts; through its LTI pages integers are numbers and
//! zeros are left out; through its client kits names are in camelCase.

use std::ops::RangeInclusive;

use super::LIVE;
use crate::{
    model::{
        Cursor, DeleteOutcome, DeleteReport, Error, FieldError, Json, Link, Page, Recording,
        RecordingId, RoomId, RoomName, Subtitle, Unexpected,
    },
    provider::{
        http::{Answer, Body, one_line},
        percent::encode,
        read::{decimal, file_name, moment, natural, number, rows, text, web_link},
    },
};

/// A field's name in protobuf, and in its JSON form.
pub(super) type Name = (&'static str, &'static str);

pub fn list(answer: &Answer) -> Result<Page<Recording>, Error> {
    let names = [("recordings_list", "recordingsList"), ("total_recordings", "totalRecordings")];
    page(answer, names, recording)
}

pub fn room_names(answer: &Answer) -> Result<Page<RoomName>, Error> {
    let live = content(answer).ok().and_then(|json| json.field("rooms")).and_then(Json::as_list);
    if let Some(live) = live {
        let info = |it: &Json| room_name(field(it, ("room_info", "roomInfo"))?);
        let (items, unreadable) = rows(live, info);
        return Ok(Page { items, unreadable, ..Page::EMPTY });
    }
    let names = [("rooms_list", "roomsList"), ("total_rooms", "totalRooms")];
    let mut page = page(answer, names, room_name)?;
    // One row is one session, and counted so.
    page.total = None;
    let mut rooms: Vec<RoomName> = Vec::new();
    for room in page.items {
        if rooms.iter().all(|it| it.id != room.id) {
            rooms.push(room);
        }
    }
    // That no room is live is said in the same words as that none is past: who asks twice stops.
    let next = page.next.or_else(|| Some(Cursor(LIVE.to_owned())));
    Ok(Page { items: rooms, next, ..page })
}

pub fn get(answer: &Answer) -> Result<Recording, Error> {
    let json = content(answer)?;
    let info = field(json, ("recording_info", "recordingInfo")).and_then(recording);
    let it = info.ok_or(Error::Unexpected(Unexpected::Missing("recording_info")))?;
    let room = field(json, ("room_info", "roomInfo"));
    let title = room.and_then(|room| said(room, ("room_title", "roomTitle")));
    Ok(Recording { room_name: title.or_else(|| it.room_name.clone()), ..it })
}

/// The address that a token is a part of, and the token's own word for how long.
pub fn link(answer: &Answer) -> Result<Link, Error> {
    let token = content(answer)?.field("token").and_then(Json::as_text);
    let token = token.filter(|token| !token.is_empty());
    let token = token.ok_or(Error::Unexpected(Unexpected::Missing("token")))?;
    let link = Link::below(format!("/download/recording/{}", encode(token)));
    Ok(Link { expires_at: expiry(token), ..link })
}

/// A second deletion is "not found".
pub fn delete(ids: &[RecordingId], answer: &Answer) -> Result<DeleteReport, Error> {
    let outcome = match content(answer) {
        Ok(_) => DeleteOutcome::Deleted,
        Err(Error::NotFound) => DeleteOutcome::AlreadyGone,
        // Refused in the envelope, it is about this one; the others may go.
        Err(_) if answer.is_success() && answer.json().is_ok() => {
            DeleteOutcome::Failed(text(answer.json()?, "msg").unwrap_or_default())
        }
        Err(error) => return Err(error),
    };
    Ok(DeleteReport { outcomes: ids.iter().map(|id| (id.clone(), outcome.clone())).collect() })
}

pub fn done(answer: &Answer) -> Result<(), Error> {
    content(answer).map(|_| ())
}

/// The answer, if its envelope says that it worked. A route that the server does not know, being
/// older, is a 404 without an envelope.
pub(super) fn content(answer: &Answer) -> Result<&Json, Error> {
    let status = match &answer.body {
        Body::Json(json) => json.field("status"),
        _ => None,
    };
    if answer.status == 404 && status.is_none() {
        return Err(Error::Unsupported);
    }
    let json = answer.json()?;
    match (status.and_then(Json::as_bool), text(json, "msg")) {
        (Some(true), _) => Ok(json),
        (None, None) => Err(Error::Unexpected(Unexpected::Missing("status"))),
        // A kit that leaves out zeros leaves out `false`.
        (Some(false) | None, message) => Err(refusal(json, message.unwrap_or_default())),
    }
}

/// What servers before 2.1.7, which have no codes, say of nothing to be found.
const NOTHING: [&str; 6] = [
    "no recording found",
    "no recordings found",
    "no info found",
    "no room found",
    "no active room found",
    "recording not found",
];

fn refusal(json: &Json, message: String) -> Error {
    let code = said(json, ("status_code", "statusCode")).unwrap_or_default();
    match code.as_str() {
        "NOT_FOUND" | "ROOM_NOT_FOUND" => Error::NotFound,
        "" if NOTHING.contains(&message.as_str()) => Error::NotFound,
        "PERMISSION_DENIED" | "USER_BLOCKED" => Error::Forbidden,
        "CONFLICT" | "ROOM_NOT_ACTIVE" => Error::Conflict(message),
        "INVALID_PARAMETERS" | "MISSING_REQUIRED_PARAMETER" => {
            Error::Invalid(vec![FieldError { field: String::new(), message }])
        }
        _ => Error::Server { status: 200, message },
    }
}

/// `{ "result": { <list>, <total>, "from" } }`. No rows at all is "not found".
pub(super) fn page<T>(
    answer: &Answer,
    [list, total]: [Name; 2],
    read: fn(&Json) -> Option<T>,
) -> Result<Page<T>, Error> {
    let json = match content(answer) {
        Ok(json) => json,
        Err(Error::NotFound) if answer.is_success() => {
            return Ok(Page { total: Some(0), ..Page::EMPTY });
        }
        Err(Error::NotFound | Error::Unsupported) => {
            return Err(Error::Unexpected(Unexpected::NoApi));
        }
        Err(error) => return Err(error),
    };
    let result = json.field("result").filter(|result| result.is_object());
    let result = result.ok_or(Error::Unexpected(Unexpected::Missing("result")))?;
    let rows_of_page = match field(result, list) {
        // Left out like any other zero.
        None | Some(Json::Null) => &[],
        Some(rows) => rows.as_list().ok_or(Error::Unexpected(Unexpected::Missing(list.0)))?,
    };
    let (items, unreadable) = rows(rows_of_page, read);
    let count = |name| number(result, name).and_then(|count| natural(count, 1.0));
    let total = count(name_in(result, total));
    let end = count("from").unwrap_or_default() + rows_of_page.len() as u64;
    let has_more = !rows_of_page.is_empty() && total.is_some_and(|total| end < total);
    Ok(Page { items, next: has_more.then(|| Cursor(end.to_string())), total, unreadable })
}

fn recording(json: &Json) -> Option<Recording> {
    let id = RecordingId::new(field(json, ("record_id", "recordId"))?.as_text()?)?;
    let metadata = json.field("metadata");
    let extra = metadata.map(extra).unwrap_or_default();
    // 0 is what an unknown size is written as.
    let size = number(json, name_in(json, ("file_size", "fileSize"))).filter(|mb| *mb > 0.0);
    let size = size.and_then(|mb| natural(mb, 1_000_000.0));
    let path = field(json, ("file_path", "filePath")).and_then(Json::as_text);
    let listed_at = number(json, name_in(json, ("creation_time", "creationTime")));
    let meeting = extra.iter().find(|(key, _)| key == "meeting-title");
    Some(Recording {
        name: metadata.and_then(|it| text(it, "title")),
        description: metadata.and_then(written),
        room_id: said(json, ("room_id", "roomId")),
        room_name: meeting.map(|(_, title)| title.clone()),
        session_id: said(json, ("room_sid", "roomSid")),
        started_at: started_at(id.as_str()),
        listed_at: listed_at.and_then(|seconds| moment(seconds, 1000.0)),
        size,
        is_size_rounded: size.is_some(),
        file_name: path.and_then(file_name),
        subtitles: metadata.map(subtitles).unwrap_or_default(),
        extra,
        ..Recording::new(id)
    })
}

/// As people wrote it, with its lines: it is edited as well as shown.
fn written(metadata: &Json) -> Option<String> {
    let text = metadata.field("description").and_then(Json::as_text)?;
    (!text.trim().is_empty()).then(|| text.to_owned())
}

fn room_name(json: &Json) -> Option<RoomName> {
    let id = said(json, ("room_id", "roomId"))?;
    Some(RoomName { id: RoomId(id), name: said(json, ("room_title", "roomTitle")) })
}

/// 2015 to 2100, in ms: before, there was no such server, and later is no date but a number.
const PLAUSIBLE: RangeInclusive<i64> = 1_420_070_400_000..=4_102_444_800_000;

/// An id is `{session}-{when the recording was asked for, in ms}`, by habit and not by promise.
fn started_at(id: &str) -> Option<i64> {
    let (_, suffix) = id.rsplit_once('-')?;
    suffix.parse().ok().filter(|ms| PLAUSIBLE.contains(ms))
}

/// Texts by key. Go writes year 1 for "not yet".
fn extra(metadata: &Json) -> Vec<(String, String)> {
    entries(metadata, ("extra_data", "extraData"))
        .iter()
        .filter_map(|(key, value)| Some((one_line(key), one_line(value.as_text()?))))
        .filter(|(_, value)| !value.starts_with("0001-01-01T"))
        .collect()
}

/// The server keeps whatever address was given to it, and never looks at it.
fn subtitles(metadata: &Json) -> Vec<Subtitle> {
    entries(metadata, ("subtitles", "subtitles"))
        .iter()
        .filter_map(|(language, it)| {
            let url = it.field("url")?.as_text()?;
            web_link(url).ok()?;
            let language = one_line(language);
            let label = text(it, "label").unwrap_or_else(|| language.clone());
            Some(Subtitle { language, label, url: url.to_owned() })
        })
        .collect()
}

fn entries(json: &Json, name: Name) -> &[(String, Json)] {
    match field(json, name) {
        Some(Json::Object(entries)) => entries,
        _ => &[],
    }
}

pub(super) fn name_in(json: &Json, name: Name) -> &'static str {
    if json.field(name.0).is_some() { name.0 } else { name.1 }
}

pub(super) fn field(json: &Json, name: Name) -> Option<&Json> {
    json.field(name.0).or_else(|| json.field(name.1))
}

pub(super) fn said(json: &Json, name: Name) -> Option<String> {
    text(json, name_in(json, name))
}

/// `exp` of a JWT, which anybody can read: header, payload and signature, with dots between. Found
/// without reading all of the JSON, which there is no reader for here.
fn expiry(token: &str) -> Option<i64> {
    let payload = String::from_utf8(base64(token.split('.').nth(1)?)?).ok()?;
    let (_, rest) = payload.split_once("\"exp\"")?;
    let rest = rest.trim_start().strip_prefix(':')?.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    moment(decimal(&rest[..end])?, 1000.0)
}

/// Both alphabets, with or without padding. `None` for anything else.
fn base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0_u32, 0);
    for c in text.trim_end_matches('=').bytes() {
        let value = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'-' | b'+' => 62,
            b'_' | b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    Some(bytes)
}
