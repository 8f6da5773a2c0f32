//! Reading rooms, and what became of their deletion. One reader for all generations: a field that an
//! answer does not have is as in `RoomSettings::default`.

use super::{rights, write::ENCODINGS};
use crate::{
    model::{
        DeletionPolicy, EndAction, Error, Json, Obstacle, Page, RecordingAccess, RecordingLayout,
        Room, RoomId, RoomLink, RoomOutcome, RoomReport, RoomRole, RoomSettings, RoomStatus,
        Secret, Unexpected, WithMeeting, WithRecordings,
    },
    provider::{
        http::{Answer, Body, one_line},
        openvidu_meet::read::page,
        read::{moment, number, text, web_link},
    },
};

pub fn list(answer: &Answer) -> Result<Page<Room>, Error> {
    match answer.status {
        404 => Err(Error::Unexpected(Unexpected::NoApi)),
        200..=299 if answer.body == Body::Empty => Ok(Page::EMPTY),
        _ => page(answer, "rooms", room),
    }
}

pub fn one(answer: &Answer) -> Result<Room, Error> {
    room(answer.json()?).ok_or(Error::Unexpected(Unexpected::Missing("roomId")))
}

/// In the first generation a room has no id but its name.
fn room(json: &Json) -> Option<Room> {
    let has_text = |name: &&str| text(json, name).is_some();
    let id = ["roomId", "roomName"].into_iter().find(has_text)?;
    let id = json.field(id).and_then(Json::as_text)?;
    let date = |names: [&str; 2]| {
        let ms = names.iter().find_map(|name| number(json, name))?;
        moment(ms, 1.0)
    };
    let is_marked = flag(json, &["markedForDeletion"]) == Some(true);
    let (settings, has_settings) = settings(json);
    Some(Room {
        name: text(json, "roomName"),
        status: json.field("status").and_then(Json::as_text).map(status),
        owner: text(json, "owner"),
        created_at: date(["creationDate", "createdAt"]),
        end_action: match json.field("meetingEndAction").and_then(Json::as_text) {
            Some("close") => EndAction::Close,
            Some("delete") => EndAction::Delete,
            None if is_marked => EndAction::Delete,
            _ => EndAction::None,
        },
        links: links(json),
        settings: RoomSettings {
            name: text(json, "roomNamePrefix")
                .or_else(|| text(json, "roomName"))
                .unwrap_or_default(),
            deletes_at: date(["autoDeletionDate", "expirationDate"]),
            max_participants: number(json, "maxParticipants")
                .filter(|most| (1.0..=f64::from(u32::MAX)).contains(most))
                .map(|most| most as u32),
            ..settings
        },
        has_settings,
        ..Room::bare(id)
    })
}

fn at<'a>(json: &'a Json, path: &[&str]) -> Option<&'a Json> {
    path.iter().try_fold(json, |json, name| json.field(name))
}

fn flag(json: &Json, path: &[&str]) -> Option<bool> {
    at(json, path).and_then(Json::as_bool)
}

fn status(name: &str) -> RoomStatus {
    match name {
        "open" => RoomStatus::Open,
        "active_meeting" => RoomStatus::Active,
        "closed" => RoomStatus::Closed,
        _ => RoomStatus::Unknown(one_line(name)),
    }
}

/// And whether they are all there: from 3.8 on only when they are asked for.
fn settings(json: &Json) -> (RoomSettings, bool) {
    let mut it = RoomSettings::default();
    let (config, access, roles) = (json.field("config"), json.field("access"), json.field("roles"));
    let config = config.or_else(|| json.field("preferences")).filter(|it| it.is_object());
    if let Some(config) = config {
        read_config(config, &mut it);
    }
    let policy = json.field("autoDeletionPolicy");
    let is_forced = |name| policy.and_then(|it| it.field(name)?.as_text()) == Some("force");
    it.deletion = DeletionPolicy::default();
    if is_forced("withMeeting") {
        it.deletion.with_meeting = WithMeeting::Force;
    }
    if is_forced("withRecordings") {
        it.deletion.with_recordings = WithRecordings::Force;
    }
    if let Some(access) = access {
        for (flag_of, path) in [
            (&mut it.moderator_link, &["anonymous", "moderator", "enabled"][..]),
            (&mut it.speaker_link, &["anonymous", "speaker", "enabled"]),
            (&mut it.recordings_link, &["anonymous", "recording", "enabled"]),
            (&mut it.users, &["user", "enabled"]),
        ] {
            *flag_of = flag(access, path).unwrap_or(*flag_of);
        }
    }
    if let Some(roles) = roles {
        for (rights_of, role) in
            [(&mut it.moderator_rights, "moderator"), (&mut it.speaker_rights, "speaker")]
        {
            let permissions = at(roles, &[role, "permissions"]).filter(|it| it.is_object());
            *rights_of = permissions.map_or(*rights_of, rights::read);
        }
    }
    let has_settings = config.is_some() && (access.is_none() || roles.is_some());
    (it, has_settings)
}

/// `config`, or `preferences`, whose names are longer.
fn read_config(config: &Json, it: &mut RoomSettings) {
    let part = |names: [&str; 2]| names.into_iter().find_map(|name| config.field(name));
    let recording = part(["recording", "recordingPreferences"]);
    for (flag_of, part) in [
        (&mut it.chat, part(["chat", "chatPreferences"])),
        (&mut it.recording, recording),
        (&mut it.virtual_background, part(["virtualBackground", "virtualBackgroundPreferences"])),
        (&mut it.e2ee, config.field("e2ee")),
        (&mut it.captions, config.field("captions")),
    ] {
        *flag_of = part.and_then(|part| flag(part, &["enabled"])).unwrap_or(*flag_of);
    }
    let Some(recording) = recording else { return };
    let word = |name| recording.field(name).and_then(Json::as_text).unwrap_or_default();
    it.recording_access = match word("allowAccessTo") {
        "admin" => RecordingAccess::Admin,
        "admin-moderator" | "admin_moderator" => RecordingAccess::Moderators,
        _ => RecordingAccess::Speakers,
    };
    it.layout = match word("layout") {
        "speaker" => RecordingLayout::Speaker,
        "single-speaker" => RecordingLayout::SingleSpeaker,
        _ => RecordingLayout::Grid,
    };
    it.encoding = match recording.field("encoding") {
        None | Some(Json::Null) => String::new(),
        Some(Json::Text(preset)) if ENCODINGS.contains(&preset.as_str()) => preset.clone(),
        Some(_) => RoomSettings::CUSTOM_ENCODING.to_owned(),
    };
}

/// By role: in the first generation, its code and its specification name them differently.
const URLS: [(RoomRole, &[&str]); 4] = [
    (RoomRole::Moderator, &["moderatorUrl", "moderatorURL", "moderatorRoomUrl"]),
    (RoomRole::Speaker, &["speakerUrl"]),
    (RoomRole::Publisher, &["publisherURL", "publisherRoomUrl"]),
    (RoomRole::Viewer, &["viewerURL", "viewerRoomUrl"]),
];

const ACCESS: [(RoomRole, &[&str]); 4] = [
    (RoomRole::Moderator, &["anonymous", "moderator"]),
    (RoomRole::Speaker, &["anonymous", "speaker"]),
    (RoomRole::User, &["user"]),
    (RoomRole::Recordings, &["anonymous", "recording"]),
];

fn links(json: &Json) -> Vec<RoomLink> {
    let by_url = |(role, names): &(RoomRole, &[&str])| {
        link(*role, names.iter().find_map(|name| json.field(name))?, true)
    };
    let by_access = |(role, path): &(RoomRole, &[&str])| {
        let it = at(json.field("access")?, path)?;
        link(*role, it.field("url")?, flag(it, &["enabled"]).unwrap_or(true))
    };
    let urls = URLS.iter().filter_map(by_url);
    urls.chain(ACCESS.iter().filter_map(by_access)).collect()
}

fn link(role: RoomRole, url: &Json, is_enabled: bool) -> Option<RoomLink> {
    let url = url.as_text()?;
    web_link(url).ok()?;
    Some(RoomLink { role, url: Secret::new(url), is_enabled })
}

/// 204; 202 for later; 200 or 202 with a code; 200 or 400 with lists; 409 with what is in the way. What
/// the lists leave out has not been deleted for all we know.
pub fn delete(ids: &[RoomId], answer: &Answer) -> Result<RoomReport, Error> {
    let all = |outcome: RoomOutcome| RoomReport {
        outcomes: ids.iter().map(|id| (id.clone(), outcome.clone())).collect(),
    };
    if let Body::Json(json) = &answer.body
        && matches!(answer.status, 200 | 400)
        && LISTS.iter().any(|name| json.field(name).is_some_and(|it| it.as_list().is_some()))
    {
        return Ok(report(ids, json));
    }
    let json = match &answer.body {
        Body::Json(json) => json,
        _ => &Json::Null,
    };
    let is_one = ids.len() == 1;
    match answer.status {
        200..=299 => Ok(all(success(json, answer.status == 202))),
        404 if is_one => Ok(all(RoomOutcome::AlreadyGone)),
        409 if is_one => Ok(all(refusal(json))),
        _ => Err(answer.error()),
    }
}

const DONE: [&str; 2] = ["successful", "deleted"];
/// 3.0 alone has it.
const MARKED: &str = "markedForDeletion";
const FAILED: &str = "failed";
const LISTS: [&str; 4] = [DONE[0], DONE[1], MARKED, FAILED];

fn report(ids: &[RoomId], json: &Json) -> RoomReport {
    let list = |name: &str| json.field(name).and_then(Json::as_list).unwrap_or_default();
    let find = |name: &str, id: &RoomId| {
        let is_it = |item: &&Json| {
            item.as_text().or_else(|| item.field("roomId")?.as_text()) == Some(&id.0)
        };
        list(name).iter().find(is_it)
    };
    let outcome = |id: &RoomId| {
        if let Some(item) = find(FAILED, id) {
            refusal(item)
        } else if let Some(item) = DONE.iter().find_map(|name| find(name, id)) {
            success(item, false)
        } else if find(MARKED, id).is_some() {
            success(&Json::Null, true)
        } else {
            RoomOutcome::Failed(String::new())
        }
    };
    RoomReport { outcomes: ids.iter().map(|id| (id.clone(), outcome(id))).collect() }
}

/// Its code says it all: `room_with_active_meeting_and_recordings_scheduled_to_be_deleted`. Without one
/// it is deleted, or will be.
fn success(json: &Json, is_later: bool) -> RoomOutcome {
    let code = json.field("successCode").and_then(Json::as_text).unwrap_or_default();
    let with_meeting = code.contains("active_meeting");
    let with_recordings = code.contains("and_recordings");
    match (is_later || code.contains("scheduled"), code.ends_with("closed")) {
        (true, true) => RoomOutcome::ToBeClosed,
        (true, false) => RoomOutcome::ToBeDeleted { with_recordings },
        (false, true) => RoomOutcome::Closed { with_meeting },
        (false, false) => RoomOutcome::Deleted { with_meeting, with_recordings },
    }
}

/// `room_has_recordings`, `room_with_active_meeting_has_recordings`, … in `error`; where it is not one of
/// these codes, the message is why.
fn refusal(json: &Json) -> RoomOutcome {
    let code = json.field("error").and_then(Json::as_text).unwrap_or_default();
    let obstacle = Obstacle {
        meeting: code.contains("active_meeting"),
        recordings: code.contains("recordings"),
        cannot_wait: code.ends_with("cannot_schedule_deletion"),
    };
    if code.starts_with("room_") && obstacle != Obstacle::default() {
        RoomOutcome::Refused(obstacle)
    } else {
        RoomOutcome::Failed(text(json, "message").unwrap_or_default())
    }
}
