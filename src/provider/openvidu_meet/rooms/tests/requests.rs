//! What is asked of each generation: lists, rooms made and changed, recordings.

use super::*;

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
