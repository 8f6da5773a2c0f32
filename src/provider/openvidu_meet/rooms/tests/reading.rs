//! What the server says of rooms is read, whatever its generation.

use super::*;

#[test]
fn reads_rooms_of_the_first_generation() {
    let it = listed(include_str!("../fixtures/list-a.json"));
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
    let it = listed(include_str!("../fixtures/list-b.json"));
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
    let it = listed(include_str!("../fixtures/list-3.4.json"));
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
    let it = listed(include_str!("../fixtures/list-3.7.json"));
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
    let it = listed(include_str!("../fixtures/list-3.9.json"));
    assert_eq!(it.owner.as_deref(), Some("admin"));
    assert!(!it.has_settings, "lists leave settings out");
    let roles = [RoomRole::Moderator, RoomRole::Speaker, RoomRole::User, RoomRole::Recordings];
    assert_eq!(links(&it).iter().map(|it| it.0).collect::<Vec<_>>(), roles);
    for room in
        [include_str!("../fixtures/room-3.8.json"), include_str!("../fixtures/room-3.9.json")]
    {
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
