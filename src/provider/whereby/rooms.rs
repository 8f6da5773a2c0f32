//! Rooms of Whereby are meetings: rooms with an end, made and deleted, never changed. The address of
//! one is known to its recordings, its own id to the API.

#[cfg(test)]
mod tests;

use super::{
    LARGEST_PAGE, Whereby,
    read::{json, page, refusal, without_slash},
    some,
};
use crate::{
    model::{
        Cursor, DeletionPolicy, Error, FieldError, Json, NameRule, Page, Room, RoomCapabilities,
        RoomDeletion, RoomField, RoomId, RoomLink, RoomOutcome, RoomReport, RoomRole, RoomSettings,
        Secret, Unexpected,
    },
    provider::{
        RoomProvider,
        http::{Answer, Body, Request, json_fields, json_text},
        percent::{encode, query},
        read::{rfc3339, text, web_link},
    },
};

const MEETINGS: &str = "/v1/meetings";

/// By these people enter as host and as viewer; they are told only when asked for.
const LINKS: &str = "hostRoomUrl,viewerRoomUrl";

impl RoomProvider for Whereby {
    fn capabilities(&self) -> RoomCapabilities {
        use RoomField::{DeletesAt, Group, Locked, Name};
        RoomCapabilities {
            create: &[Name, DeletesAt, Locked, Group],
            name: NameRule { longest: 39, is_plain: false, is_required: false },
            must_end: true,
            delete: Some(RoomDeletion {
                ends: false,
                batch: 1,
                with_meeting: &[],
                with_recordings: &[],
            }),
            links: &[RoomRole::Host, RoomRole::Guest, RoomRole::Viewer],
            created: true,
            ..RoomCapabilities::NONE
        }
    }

    fn list(&self, cursor: Option<&Cursor>) -> Request {
        let cursor = cursor.map(|cursor| cursor.0.as_str());
        let pairs = [("limit", Some(LARGEST_PAGE)), ("fields", Some(LINKS)), ("cursor", cursor)];
        Request::get(format!("{MEETINGS}{}", some(&pairs)))
    }

    fn read_list(&self, _cursor: Option<&Cursor>, answer: &Answer) -> Result<Page<Room>, Error> {
        page(answer, meeting)
    }

    fn get(&self, id: &RoomId) -> Request {
        Request::get(format!("{}{}", one(id), query(&[("fields", LINKS)])))
    }

    fn read_get(&self, _id: &RoomId, answer: &Answer) -> Result<Room, Error> {
        meeting(json(answer)?).ok_or(Error::Unexpected(Unexpected::Missing("meetingId")))
    }

    fn create(&self, it: &RoomSettings) -> Option<Request> {
        let mut fields = Vec::new();
        fields.extend(it.deletes_at.map(|ms| ("endDate", json_text(&iso(ms)))));
        // It becomes part of an address.
        let prefix: String = it.name.split_whitespace().collect();
        if !prefix.is_empty() {
            fields.push(("roomNamePrefix", json_text(&prefix.to_ascii_lowercase())));
        }
        fields.push(("isLocked", it.is_locked.to_string()));
        fields.push(("roomMode", json_text(if it.is_group { "group" } else { "normal" })));
        let links: Vec<String> = LINKS.split(',').map(json_text).collect();
        fields.push(("fields", format!("[{}]", links.join(","))));
        Some(Request::post(MEETINGS, Some(json_fields(&fields))))
    }

    /// What is not accepted is a 400, whose words are not promised: a name in them is the field.
    fn read_created(&self, answer: &Answer) -> Result<Room, Error> {
        if answer.status == 400
            && let Body::Json(json) = &answer.body
        {
            let message = text(json, "error").or_else(|| text(json, "message"));
            let message = message.unwrap_or_default();
            let named = FIELDS.iter().find(|(name, _)| message.contains(name));
            if let Some((name, _)) = named {
                let field = (*name).to_owned();
                return Err(Error::Invalid(vec![FieldError { field, message }]));
            }
        }
        meeting(json(answer)?).ok_or(Error::Unexpected(Unexpected::Missing("meetingId")))
    }

    /// Whoever is in it is sent out.
    fn delete(&self, ids: &[RoomId], _policy: DeletionPolicy) -> Option<Request> {
        match ids {
            [id] => Some(Request::delete(one(id))),
            _ => None,
        }
    }

    /// A second deletion is like the first.
    fn read_delete(&self, ids: &[RoomId], answer: &Answer) -> Result<RoomReport, Error> {
        let outcome = match answer.status {
            404 => RoomOutcome::AlreadyGone,
            200..=299 => RoomOutcome::Deleted { with_meeting: false, with_recordings: false },
            _ => return Err(refusal(answer)),
        };
        Ok(RoomReport { outcomes: ids.iter().map(|id| (id.clone(), outcome.clone())).collect() })
    }

    fn field(&self, name: &str) -> Option<RoomField> {
        FIELDS.iter().find(|(it, _)| *it == name).map(|(_, field)| *field)
    }
}

const FIELDS: [(&str, RoomField); 4] = [
    ("endDate", RoomField::DeletesAt),
    ("roomNamePrefix", RoomField::Name),
    ("isLocked", RoomField::Locked),
    ("roomMode", RoomField::Group),
];

fn one(id: &RoomId) -> String {
    format!("{MEETINGS}/{}", encode(&id.0))
}

/// Of what a meeting was made with only the end and the name are told. The key of somebody's own store
/// of recordings, which an answer may have, is not looked at.
fn meeting(json: &Json) -> Option<Room> {
    let id = text(json, "meetingId")?;
    let date = |name| json.field(name).and_then(Json::as_text).and_then(rfc3339);
    let address = text(json, "roomName");
    let name = address.as_deref().map(without_slash);
    Some(Room {
        created_at: date("startDate"),
        links: [
            (RoomRole::Host, "hostRoomUrl"),
            (RoomRole::Guest, "roomUrl"),
            (RoomRole::Viewer, "viewerRoomUrl"),
        ]
        .iter()
        .filter_map(|(role, name)| link(*role, json.field(name)?.as_text()?))
        .collect(),
        settings: RoomSettings {
            name: name.clone().unwrap_or_default(),
            id: address.unwrap_or_default(),
            deletes_at: date("endDate"),
            ..RoomSettings::default()
        },
        name,
        // There is no more to be had.
        has_settings: true,
        ..Room::bare(id)
    })
}

fn link(role: RoomRole, url: &str) -> Option<RoomLink> {
    web_link(url).ok()?;
    Some(RoomLink { role, url: Secret::new(url), is_enabled: true })
}

/// RFC 3339, in UTC, of milliseconds since 1970. Days are counted from the first of March of year 0, so
/// that leap days come last, in the 400 years after which the calendar repeats.
fn iso(ms: i64) -> String {
    let (days, ms) = (ms.div_euclid(86_400_000) + 719_468, ms.rem_euclid(86_400_000));
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = year + era * 400 + next;
    let (hour, minute) = (ms / 3_600_000, ms / 60_000 % 60);
    let (second, ms) = (ms / 1000 % 60, ms % 1000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{ms:03}Z")
}
