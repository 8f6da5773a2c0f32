use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::{
    model::{
        EndAction, Obstacle, RecordingAccess, RecordingLayout, RoomLink, RoomOutcome, RoomRight,
        RoomRights, RoomRole, RoomStatus, Unexpected, WithRecordings,
    },
    provider::{
        Method,
        openvidu_meet::tests::VERSIONS,
        testing::{answer, any_json, any_row},
    },
};

fn at(version: Version) -> OpenViduMeet {
    OpenViduMeet { version }
}

fn id(text: &str) -> RoomId {
    RoomId(text.into())
}

fn listed(body: &str) -> Room {
    let page = at(Version::V39).read_list(None, &answer(200, body)).unwrap();
    assert_eq!(page.unreadable, 0);
    page.items.into_iter().next().unwrap()
}

fn json_of(request: &Request) -> Value {
    serde_json::from_str(request.body.as_deref().unwrap()).unwrap()
}

fn links(room: &Room) -> Vec<(RoomRole, &str, bool)> {
    let link = |it: &'_ RoomLink| it.is_enabled;
    room.links.iter().map(|it| (it.role, it.url.expose(), link(it))).collect()
}

#[test]
fn lists_are_asked_for_newest_first_where_the_server_can() {
    let target = |version, cursor: Option<&Cursor>| at(version).list(cursor).target;
    assert_eq!(target(Version::A, None), "/meet/api/v1/rooms");
    assert_eq!(target(Version::B, None), "/api/v1/rooms?maxItems=100");
    assert_eq!(
        target(Version::V35, Some(&Cursor("a+/=".into()))),
        "/api/v1/rooms?maxItems=100&sortField=creationDate&sortOrder=desc&nextPageToken=a%2B%2F%3D"
    );
    let get = |version| at(version).get(&id("a/b")).target;
    assert_eq!(get(Version::V37), "/meet/api/v1/rooms/a%2Fb");
    assert_eq!(get(Version::V38), "/meet/api/v1/rooms/a%2Fb?extraFields=config%2Croles");
}

#[test]
fn reads_rooms_of_the_first_generation() {
    let it = listed(include_str!("fixtures/list-a.json"));
    assert_eq!(it.id, id("board_meeting_q3-d16karptk1rblod"));
    assert_eq!((it.status.clone(), it.owner.clone()), (None, None));
    assert_eq!(it.created_at, Some(1_731_725_379_659));
    assert_eq!(it.settings.deletes_at, Some(1_826_333_379_659));
    assert_eq!(
        (it.settings.name.as_str(), it.settings.max_participants),
        ("board_meeting_q3", Some(100))
    );
    assert!(it.has_settings);
    let base = "https://meet.example.org/meet/board_meeting_q3-d16karptk1rblod/?secret=";
    let roles = [RoomRole::Moderator, RoomRole::Publisher, RoomRole::Viewer];
    assert_eq!(links(&it).iter().map(|it| it.0).collect::<Vec<_>>(), roles);
    assert!(links(&it).iter().all(|it| it.1.starts_with(base) && it.2));
    assert_eq!(at(Version::A).capabilities().links, roles);
}

#[test]
fn reads_preferences_and_marks_of_3_0() {
    let it = listed(include_str!("fixtures/list-b.json"));
    assert_eq!(it.name.as_deref(), Some("Board meeting Q3"));
    assert_eq!(it.settings.recording_access, RecordingAccess::Admin);
    assert_eq!((it.settings.deletes_at, it.end_action), (None, EndAction::None));
    assert!(it.has_settings && it.settings.chat && it.settings.recording);
    assert_eq!(links(&it).len(), 2);
    let marked = listed(r#"[{"roomId":"a-1","markedForDeletion":true}]"#);
    assert_eq!((marked.end_action, marked.has_settings), (EndAction::Delete, false));
}

#[test]
fn reads_states_and_policies_of_3_4() {
    let it = listed(include_str!("fixtures/list-3.4.json"));
    assert!(it.status.is_some() && it.has_settings);
    let it = listed(
        r#"{"rooms":[{"roomId":"a-1","status":"active_meeting","meetingEndAction":"close","autoDeletionDate":1800000000000,
            "autoDeletionPolicy":{"withMeeting":"force","withRecordings":"close"},
            "config":{"chat":{"enabled":false},"recording":{"enabled":true,"allowAccessTo":"admin_moderator"},"virtualBackground":{"enabled":"no"}}}]}"#,
    );
    assert_eq!((it.status.clone(), it.end_action), (Some(RoomStatus::Active), EndAction::Close));
    let settings = &it.settings;
    assert_eq!(settings.deletion.with_meeting, WithMeeting::Force);
    assert_eq!(settings.deletion.with_recordings, WithRecordings::Close);
    assert_eq!(settings.recording_access, RecordingAccess::Moderators);
    assert!(!settings.chat && settings.virtual_background);
    let odd = listed(r#"[{"roomId":"a-1","status":"on fire","creationDate":-5}]"#);
    assert_eq!(odd.status, Some(RoomStatus::Unknown("on fire".into())));
    assert_eq!(odd.created_at, None);
}

#[test]
fn reads_how_recordings_are_composed() {
    let it = listed(include_str!("fixtures/list-3.7.json"));
    assert_eq!(it.settings.encoding, "H264_720P_30");
    let of = |encoding: Value| {
        let room = json!([{ "roomId": "a", "config": { "recording": {
            "enabled": true, "layout": "single-speaker", "encoding": encoding } } }]);
        listed(&room.to_string()).settings
    };
    assert_eq!(of(json!({ "video": {} })).encoding, RoomSettings::CUSTOM_ENCODING);
    assert_eq!(of(json!("AV1_8K")).encoding, RoomSettings::CUSTOM_ENCODING);
    assert_eq!(of(Value::Null).encoding, "");
    assert_eq!(of(Value::Null).layout, RecordingLayout::SingleSpeaker);
}

#[test]
fn reads_rooms_with_roles() {
    let it = listed(include_str!("fixtures/list-3.9.json"));
    assert_eq!(it.owner.as_deref(), Some("admin"));
    assert!(!it.has_settings, "lists leave settings out");
    let roles = [RoomRole::Moderator, RoomRole::Speaker, RoomRole::User, RoomRole::Recordings];
    assert_eq!(links(&it).iter().map(|it| it.0).collect::<Vec<_>>(), roles);
    for room in [include_str!("fixtures/room-3.8.json"), include_str!("fixtures/room-3.9.json")] {
        let it = at(Version::V39).read_get(&id(""), &answer(200, room)).unwrap();
        assert!(it.has_settings);
        assert_eq!(it.settings.moderator_rights, RoomRights::ALL);
        assert_eq!(it.settings.speaker_rights, RoomRights::SPEAKER);
    }
}

#[test]
fn a_link_is_a_web_address_or_none() {
    let it = listed(
        r#"[{"roomId":"a","moderatorUrl":"javascript:alert(1)","speakerUrl":"https://x/y?secret=canary",
            "access":{"user":{"enabled":false,"url":7}}}]"#,
    );
    assert_eq!(links(&it), [(RoomRole::Speaker, "https://x/y?secret=canary", true)]);
    assert!(!format!("{it:?}").contains("canary"));
}

#[test]
fn what_cannot_be_read_is_counted_or_told() {
    let page = at(Version::B)
        .read_list(None, &answer(200, r#"{"rooms":[{"roomId":"a"},{},7,{"roomId":""}]}"#));
    let page = page.unwrap();
    assert_eq!((page.items.len(), page.unreadable), (1, 3));
    let no_api = Err(Error::Unexpected(Unexpected::NoApi));
    assert_eq!(at(Version::B).read_list(None, &answer(404, "")), no_api);
    assert_eq!(at(Version::B).read_get(&id("a"), &answer(404, "{}")), Err(Error::NotFound));
    let missing = Err(Error::Unexpected(Unexpected::Missing("roomId")));
    assert_eq!(at(Version::B).read_created(&answer(201, "{}")), missing);
}

#[test]
fn rooms_are_made_in_each_generations_words() {
    let settings = RoomSettings {
        name: " Physics ".into(),
        deletes_at: Some(1_800_000_000_000),
        max_participants: Some(9),
        ..RoomSettings::default()
    };
    let made = |version| json_of(&at(version).create(&settings).unwrap());
    let preferences = json!({ "chatPreferences": { "enabled": true },
        "virtualBackgroundPreferences": { "enabled": true }, "recordingPreferences": { "enabled": true } });
    assert_eq!(
        made(Version::A),
        json!({ "roomNamePrefix": "Physics", "expirationDate": 1_800_000_000_000_i64,
            "maxParticipants": 9, "preferences": preferences })
    );
    let b = made(Version::B);
    assert_eq!(
        (&b["roomName"], &b["autoDeletionDate"]),
        (&json!("Physics"), &json!(1_800_000_000_000_i64))
    );
    let recording = &b["preferences"]["recordingPreferences"];
    assert_eq!(*recording, json!({ "enabled": true, "allowAccessTo": "admin-moderator-speaker" }));
    let v34 = made(Version::V34);
    let policy = json!({ "withMeeting": "when_meeting_ends", "withRecordings": "close" });
    assert_eq!(v34["autoDeletionPolicy"], policy);
    assert_eq!(v34["config"]["recording"]["allowAccessTo"], "admin_moderator_speaker");
    assert_eq!(made(Version::V35)["config"]["e2ee"], json!({ "enabled": false }));
    let v39 = made(Version::V39);
    assert_eq!(v39["config"]["recording"], json!({ "layout": "grid", "enabled": true }));
    assert_eq!(v39["roles"]["speaker"]["permissions"]["recordingControl"], false);
    assert_eq!(v39["roles"]["moderator"]["permissions"].as_object().unwrap().len(), 16);
    assert_eq!(
        made(Version::V38)["roles"]["moderator"]["permissions"].as_object().unwrap().len(),
        14
    );
    assert_eq!(v39["access"]["anonymous"]["recording"], json!({ "enabled": true }));
    let unnamed = RoomSettings::default();
    let unnamed = json_of(&at(Version::V34).create(&unnamed).unwrap());
    assert_eq!(unnamed.as_object().unwrap().keys().collect::<Vec<_>>(), ["config"]);
}

#[test]
fn only_parts_that_changed_are_sent() {
    let before =
        RoomSettings { recording_access: RecordingAccess::Admin, ..RoomSettings::default() };
    let update = |version, after: &RoomSettings| {
        let requests = at(version).update(&id("a"), &before, after);
        let read = |it: &Request| (it.method, it.target.clone(), json_of(it));
        requests.iter().map(read).collect::<Vec<_>>()
    };
    let on = json!({ "enabled": true });
    let off = json!({ "enabled": false });
    let silent = RoomSettings { chat: false, ..before.clone() };
    // All of them, up to 3.4.
    let all = json!({ "chatPreferences": off, "virtualBackgroundPreferences": on,
        "recordingPreferences": { "enabled": true, "allowAccessTo": "admin" } });
    assert_eq!(update(Version::B, &silent), [(Method::Put, "/api/v1/rooms/a".to_owned(), all)]);
    let first = update(Version::A, &silent).remove(0).2;
    assert_eq!(first["chatPreferences"], first["preferences"]["chatPreferences"]);
    assert_eq!(update(Version::V34, &silent)[0].2["config"].as_object().unwrap().len(), 3);
    // From then on what is said.
    assert_eq!(
        update(Version::V35, &silent),
        [(Method::Put, "/api/v1/rooms/a/config".into(), json!({ "config": { "chat": off } }))]
    );
    let mut rights = before.speaker_rights;
    rights.set(RoomRight::ChatWrite, false);
    let closed = RoomSettings {
        layout: RecordingLayout::Speaker,
        encoding: "H264_1080P_30".into(),
        speaker_rights: rights,
        moderator_link: false,
        users: true,
        ..before.clone()
    };
    let parts = update(Version::V39, &closed);
    let targets: Vec<&str> = parts.iter().map(|it| it.1.as_str()).collect();
    let base = "/meet/api/v1/rooms/a";
    assert_eq!(
        targets,
        [format!("{base}/config"), format!("{base}/roles"), format!("{base}/access")]
    );
    let recording = json!({ "layout": "speaker", "encoding": "H264_1080P_30", "enabled": true });
    assert_eq!(parts[0].2, json!({ "config": { "recording": recording } }));
    assert_eq!(parts[1].2["roles"]["speaker"]["permissions"]["chatWrite"], false);
    assert_eq!(parts[1].2["roles"].as_object().unwrap().len(), 1);
    assert_eq!(parts[2].2, json!({ "access": { "anonymous": { "moderator": off }, "user": on } }));
}

#[test]
fn what_the_server_did_not_tell_is_left_as_it_is() {
    let before = RoomSettings { recording: false, ..RoomSettings::default() };
    let after = RoomSettings { recording_access: RecordingAccess::Admin, ..before.clone() };
    assert!(at(Version::V34).update(&id("a"), &before, &after).is_empty());
    let after = RoomSettings { chat: false, ..before.clone() };
    let body = json_of(&at(Version::V34).update(&id("a"), &before, &after)[0]);
    assert_eq!(body["config"]["recording"], json!({ "enabled": false }));
    let before = RoomSettings { encoding: "H264_720P_60".into(), ..RoomSettings::default() };
    let custom = RoomSettings { encoding: RoomSettings::CUSTOM_ENCODING.into(), ..before.clone() };
    assert!(at(Version::V39).update(&id("a"), &before, &custom).is_empty());
}

#[test]
fn deleting_asks_what_the_generation_lets_it() {
    let force =
        DeletionPolicy { with_meeting: WithMeeting::Force, with_recordings: WithRecordings::Force };
    let target = |version, ids: &[RoomId], policy| {
        at(version).delete(ids, policy).map(|it| (it.method, it.target))
    };
    let one = [id("a")];
    let two = [id("a"), id("b,c")];
    let delete = |target: &str| Some((Method::Delete, target.to_owned()));
    let safe = DeletionPolicy::SAFE;
    assert_eq!(target(Version::A, &one, force), delete("/meet/api/v1/rooms/a"));
    assert_eq!(target(Version::A, &two, safe), None);
    assert_eq!(target(Version::B, &one, safe), delete("/api/v1/rooms/a"));
    assert_eq!(
        target(Version::B, &two, force),
        delete("/api/v1/rooms?roomIds=a%2Cb%2Cc&force=true")
    );
    assert_eq!(
        target(Version::V34, &one, safe),
        delete("/api/v1/rooms/a?withMeeting=fail&withRecordings=fail")
    );
    assert_eq!(
        target(Version::V39, &two, DeletionPolicy::default()),
        delete(
            "/meet/api/v1/rooms?roomIds=a%2Cb%2Cc&withMeeting=when_meeting_ends&withRecordings=close"
        )
    );
    assert_eq!(target(Version::V39, &[], safe), None);
}

fn outcome(status: u16, body: &str) -> RoomOutcome {
    let report = at(Version::V39).read_delete(&[id("a")], &answer(status, body)).unwrap();
    assert_eq!(report.outcomes.len(), 1);
    report.outcomes.into_iter().next().unwrap().1
}

#[test]
fn every_code_of_a_deletion_says_what_happened() {
    use RoomOutcome::*;
    for (status, code, expected) in [
        (200, "room_deleted", Deleted { with_meeting: false, with_recordings: false }),
        (
            200,
            "room_with_active_meeting_deleted",
            Deleted { with_meeting: true, with_recordings: false },
        ),
        (
            200,
            "room_and_recordings_deleted",
            Deleted { with_meeting: false, with_recordings: true },
        ),
        (
            200,
            "room_with_active_meeting_and_recordings_deleted",
            Deleted { with_meeting: true, with_recordings: true },
        ),
        (200, "room_closed", Closed { with_meeting: false }),
        (200, "room_with_active_meeting_closed", Closed { with_meeting: true }),
        (
            202,
            "room_with_active_meeting_scheduled_to_be_deleted",
            ToBeDeleted { with_recordings: false },
        ),
        (
            202,
            "room_with_active_meeting_and_recordings_scheduled_to_be_deleted",
            ToBeDeleted { with_recordings: true },
        ),
        (202, "room_with_active_meeting_scheduled_to_be_closed", ToBeClosed),
    ] {
        let item = json!({ "roomId": "a", "successCode": code, "message": "m", "room": {} });
        assert_eq!(outcome(status, &item.to_string()), expected, "{code}");
        for name in ["successful", "deleted"] {
            let bulk = json!({ "message": "m", name: [item] }).to_string();
            assert_eq!(outcome(200, &bulk), expected, "{name} {code}");
        }
    }
    let (both, cannot_wait) = (
        Obstacle { meeting: true, recordings: true, cannot_wait: false },
        Obstacle { meeting: true, recordings: true, cannot_wait: true },
    );
    for (code, obstacle) in [
        ("room_has_active_meeting", Obstacle { meeting: true, ..Obstacle::default() }),
        ("room_has_recordings", Obstacle { recordings: true, ..Obstacle::default() }),
        ("room_with_active_meeting_has_recordings", both),
        ("room_with_recordings_has_active_meeting", both),
        ("room_with_active_meeting_has_recordings_cannot_schedule_deletion", cannot_wait),
    ] {
        let item = json!({ "roomId": "a", "error": code, "message": "m" });
        assert_eq!(outcome(409, &item.to_string()), Refused(obstacle), "{code}");
        let bulk = json!({ "message": "m", "failed": [item] }).to_string();
        assert_eq!(outcome(400, &bulk), Refused(obstacle), "{code}");
    }
    let other = r#"{"error":"Room Error","message":"Room 'a' has an active meeting"}"#;
    assert_eq!(outcome(409, other), Failed("Room 'a' has an active meeting".into()));
}

#[test]
fn answers_of_other_generations_say_what_happened() {
    let gone = RoomOutcome::Deleted { with_meeting: false, with_recordings: false };
    let later = RoomOutcome::ToBeDeleted { with_recordings: false };
    assert_eq!(outcome(204, ""), gone);
    assert_eq!(outcome(202, r#"{"message":"Room a marked for deletion"}"#), later);
    assert_eq!(outcome(200, r#"{"message":"m","deletedRooms":["a"]}"#), gone);
    assert_eq!(outcome(404, "{}"), RoomOutcome::AlreadyGone);
    let mixed = answer(200, r#"{"deleted":["a"],"markedForDeletion":["b"]}"#);
    let ids = [id("a"), id("b"), id("c")];
    let report = at(Version::B).read_delete(&ids, &mixed).unwrap();
    let unknown = RoomOutcome::Failed(String::new());
    let expected = ids.into_iter().zip([gone, later, unknown]).collect::<Vec<_>>();
    assert_eq!(report.outcomes, expected);
    let refused = at(Version::V34).read_delete(
        &expected.iter().map(|it| it.0.clone()).collect::<Vec<_>>(),
        &answer(403, "{}"),
    );
    assert_eq!(refused, Err(Error::Forbidden));
}

#[test]
fn only_the_first_generation_records_for_an_administrator() {
    let start = at(Version::A).start_recording(&id("a")).unwrap();
    assert_eq!(
        (start.target.as_str(), start.body.as_deref()),
        ("/meet/api/v1/recordings", Some(r#"{"roomName":"a"}"#))
    );
    let recording = RecordingId::new("r 1").unwrap();
    let stop = at(Version::A).stop_recording(&recording).unwrap();
    assert_eq!(
        (stop.method, stop.target.as_str(), stop.body),
        (Method::Put, "/meet/api/v1/recordings/r%201", None)
    );
    for version in VERSIONS {
        assert_eq!(
            at(version).start_recording(&id("a")).is_some(),
            at(version).capabilities().record
        );
        assert_eq!(
            at(version).stop_recording(&recording).is_some(),
            at(version).capabilities().record
        );
        assert_eq!(
            at(version).set_open(&id("a"), true).is_some(),
            at(version).capabilities().close
        );
    }
    let close = at(Version::V34).set_open(&id("a"), false).unwrap();
    assert_eq!(
        (close.target.as_str(), close.body.as_deref()),
        ("/api/v1/rooms/a/status", Some(r#"{"status":"closed"}"#))
    );
}

#[test]
fn the_servers_fields_are_found_in_the_form() {
    use RoomField::*;
    for (name, field) in [
        ("roomName", Some(Name)),
        ("body.roomNamePrefix", Some(Name)),
        ("expirationDate", Some(DeletesAt)),
        ("autoDeletionDate", Some(DeletesAt)),
        ("autoDeletionPolicy.withMeeting", Some(WithMeeting)),
        ("autoDeletionPolicy.withRecordings", Some(WithRecordings)),
        ("maxParticipants", Some(MaxParticipants)),
        ("preferences.chatPreferences.enabled", Some(Chat)),
        ("recordingPreferences.allowAccessTo", Some(RecordingAccess)),
        ("config.recording.layout", Some(Layout)),
        ("body.config.recording.encoding", Some(Encoding)),
        ("config.recording", Some(Recording)),
        ("virtualBackgroundPreferences", Some(VirtualBackground)),
        ("config.e2ee.enabled", Some(E2ee)),
        ("roles.speaker.permissions.canFly", Some(SpeakerRights)),
        ("access.anonymous.recording.enabled", Some(RecordingsLink)),
        ("access.user.enabled", Some(Users)),
        ("config", None),
        ("access.anonymous", None),
        ("maxItems", None),
        ("", None),
    ] {
        assert_eq!(at(Version::V39).field(name), field, "{name}");
    }
}

#[test]
fn what_can_be_changed_can_be_said_at_the_start() {
    for version in VERSIONS {
        let can = at(version).capabilities();
        assert!(can.edit.iter().all(|field| can.create.contains(field)), "{version:?}");
        let rights = can.create.contains(&RoomField::SpeakerRights);
        assert_eq!(rights, !can.rights.is_empty(), "{version:?}");
        assert_eq!(can.create.contains(&RoomField::Encoding), !can.encodings.is_empty());
    }
}

fn settings() -> impl Strategy<Value = RoomSettings> {
    let flags = prop::collection::vec(any::<bool>(), 10);
    let choices = (0..3_usize, 0..3_usize, prop::option::of(0..8_usize));
    (any::<String>(), flags, choices, any::<u16>()).prop_map(|(name, flags, choices, bits)| {
        let mut speaker_rights = RoomRights::default();
        for (at, right) in RoomRight::ALL.into_iter().enumerate() {
            speaker_rights.set(right, bits & (1 << at) != 0);
        }
        let access =
            [RecordingAccess::Admin, RecordingAccess::Moderators, RecordingAccess::Speakers];
        let layouts =
            [RecordingLayout::Grid, RecordingLayout::Speaker, RecordingLayout::SingleSpeaker];
        let encoding = choices.2.map_or(String::new(), |at| write::ENCODINGS[at].to_owned());
        RoomSettings {
            name: name.split_whitespace().collect::<Vec<_>>().join(" "),
            recording_access: access[choices.0],
            layout: layouts[choices.1],
            encoding,
            chat: flags[0],
            recording: flags[1],
            virtual_background: flags[2],
            e2ee: flags[3],
            captions: flags[4],
            moderator_link: flags[5],
            speaker_link: flags[6],
            recordings_link: flags[7],
            users: flags[8],
            speaker_rights,
            ..RoomSettings::default()
        }
    })
}

/// Lays one JSON object over another, as a server does with the parts of an update.
fn lay_over(below: &mut Value, over: &Value) {
    match (below, over) {
        (Value::Object(below), Value::Object(over)) => {
            for (name, value) in over {
                lay_over(below.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
        (below, over) => *below = over.clone(),
    }
}

const FIELDS: &[&str] = &[
    "roomName",
    "owner",
    "creationDate",
    "autoDeletionDate",
    "expirationDate",
    "autoDeletionPolicy",
    "config",
    "preferences",
    "roles",
    "access",
    "status",
    "meetingEndAction",
    "moderatorUrl",
    "maxParticipants",
    "markedForDeletion",
];

proptest! {
    /// A server that keeps what it is sent has, after an update, what was wanted.
    #[test]
    fn an_update_makes_the_one_of_the_other(before in settings(), after in settings()) {
        let server = at(Version::V39);
        let mut room = json_of(&server.create(&before).unwrap());
        room["roomId"] = json!("a");
        let read = |room: &Value| {
            server.read_get(&id("a"), &answer(200, &room.to_string())).unwrap().settings
        };
        // A name and who may see recordings cannot be changed there, nor an encoding be forgotten.
        let after = RoomSettings { name: before.name.clone(), recording_access: RecordingAccess::Speakers, ..after };
        let after = match after.encoding.is_empty() {
            true => RoomSettings { encoding: before.encoding.clone(), ..after },
            false => after,
        };
        let before = read(&room);
        for request in server.update(&id("a"), &before, &after) {
            lay_over(&mut room, &json_of(&request));
        }
        // Longer names are cut when they are read.
        let after = RoomSettings { name: before.name.clone(), ..after };
        prop_assert_eq!(read(&room), after.clone());
        prop_assert!(server.update(&id("a"), &after, &after).is_empty());
    }

    #[test]
    fn no_answer_upsets_a_reader(status in 200..600_u16, body in any_json(), row in any_row(("roomId", "a"), FIELDS)) {
        let body = answer(status, &body.to_string());
        let ids = [id("a"), id("b")];
        for version in VERSIONS {
            let it = at(version);
            let _ = (it.read_list(None, &body), it.read_get(&ids[0], &body), it.read_created(&body));
            if let Ok(report) = it.read_delete(&ids, &body) {
                prop_assert!(report.outcomes.iter().map(|it| &it.0).eq(&ids));
            }
        }
        let page = at(Version::V39).read_list(None, &answer(200, &json!([row]).to_string())).unwrap();
        prop_assert_eq!((page.items.len(), page.unreadable), (1, 0));
    }

    #[test]
    fn bulk_answers_have_an_outcome_for_every_id(items in prop::collection::vec(any_json(), 0..4), name in "successful|deleted|failed|markedForDeletion") {
        let ids = [id("a"), id("b")];
        let body = json!({ name: items }).to_string();
        for status in [200, 400] {
            let report = at(Version::V39).read_delete(&ids, &answer(status, &body)).unwrap();
            prop_assert!(report.outcomes.iter().map(|it| &it.0).eq(&ids));
        }
    }

    #[test]
    fn ids_stay_one_segment(text in any::<String>()) {
        for version in VERSIONS {
            let target = at(version).get(&id(&text)).target;
            let path = target.split('?').next().unwrap();
            prop_assert_eq!(path.matches('/').count(), at(version).rooms().matches('/').count() + 1);
        }
    }
}
