use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::provider::testing::{answer, any_json, any_row};

const EMPTY: &str =
    r#"{"status":false,"msg":"no active room found","status_code":"NOT_FOUND","rooms":[]}"#;

fn id(text: &str) -> RoomId {
    RoomId(text.into())
}

fn first(cursor: Option<&Cursor>, body: &str) -> Room {
    PlugNmeet.read_list(cursor, &answer(200, body)).unwrap().items.remove(0)
}

fn past_page() -> Cursor {
    Cursor("0".into())
}

#[test]
fn live_rooms_come_first_and_then_the_past() {
    let live = PlugNmeet.list(None);
    assert_eq!(
        (live.target.as_str(), live.body.as_deref()),
        ("/auth/room/getActiveRoomsInfo", Some("{}"))
    );
    let page = PlugNmeet.read_list(None, &answer(200, include_str!("fixtures/live.json"))).unwrap();
    assert_eq!((page.next.clone(), page.total, page.unreadable), (Some(past_page()), None, 0));
    let past = PlugNmeet.list(page.next.as_ref());
    let body = r#"{"room_ids":[],"from":0,"limit":100,"order_by":"DESC"}"#;
    assert_eq!(
        (past.target.as_str(), past.body.as_deref()),
        ("/auth/room/fetchPastRooms", Some(body))
    );
    assert!(live.is_safe && past.is_safe);
    let page = PlugNmeet
        .read_list(Some(&past_page()), &answer(200, include_str!("fixtures/past.json")))
        .unwrap();
    assert_eq!((page.next, page.total, page.items.len()), (Some(Cursor("2".into())), None, 2));
}

#[test]
fn no_live_room_is_not_the_end() {
    let page = PlugNmeet.read_list(None, &answer(200, EMPTY)).unwrap();
    assert_eq!((page.items.len(), page.next), (0, Some(past_page())));
    let nothing = r#"{"status":false,"msg":"no info found","status_code":"NOT_FOUND"}"#;
    let page = PlugNmeet.read_list(Some(&past_page()), &answer(200, nothing)).unwrap();
    assert_eq!((page.items.len(), page.next), (0, None));
    let no_api = Err(Error::Unexpected(Unexpected::NoApi));
    assert_eq!(PlugNmeet.read_list(None, &answer(404, "not found")), no_api);
}

#[test]
fn reads_a_live_room() {
    let it = first(None, include_str!("fixtures/live.json"));
    assert_eq!(it.id, id("customer_onboarding-bqyi4iecy19ul3x"));
    assert_eq!(it.name.as_deref(), Some("Customer onboarding"));
    assert_eq!((it.status, it.created_at), (Some(RoomStatus::Active), Some(1_795_273_843_000)));
    assert_eq!((it.participants, it.is_recording, it.ended_at), (Some(4), false, None));
    assert!(it.links.is_empty());
}

#[test]
fn reads_a_past_session_which_is_not_its_room() {
    let body = include_str!("fixtures/past.json");
    let it = first(Some(&past_page()), body);
    let whole = "physics_101-ibr5x5acpd8puaq~9b6740f7-503b-4e27-b59f-c3b54e41b4aa";
    assert_eq!(it.id, id(whole));
    assert_eq!(it.recorded_id(), "physics_101-ibr5x5acpd8puaq");
    assert_eq!((it.status.clone(), it.participants), (Some(RoomStatus::Ended), Some(7)));
    assert_eq!(it.ended_at.zip(it.created_at).map(|(end, start)| end - start), Some(305_000));
    let request = PlugNmeet.get(&id(whole));
    assert!(request.body.unwrap().starts_with(r#"{"room_ids":["physics_101-ibr5x5acpd8puaq"],"#));
    assert_eq!(PlugNmeet.read_get(&id(whole), &answer(200, body)), Ok(it));
    assert_eq!(PlugNmeet.read_get(&id("physics~x"), &answer(200, body)), Err(Error::NotFound));
}

#[test]
fn reads_one_live_room_or_none() {
    let list: Value = serde_json::from_str(include_str!("fixtures/live.json")).unwrap();
    let body = json!({ "status": true, "msg": "success", "room": list["rooms"][0] }).to_string();
    let it = PlugNmeet.read_get(&id("x"), &answer(200, &body)).unwrap();
    assert_eq!(it.name.as_deref(), Some("Customer onboarding"));
    let gone =
        r#"{"status":false,"msg":"no room found","status_code":"ROOM_NOT_FOUND","room":null}"#;
    assert_eq!(PlugNmeet.read_get(&id("x"), &answer(200, gone)), Err(Error::NotFound));
}

#[test]
fn a_room_is_made_with_what_is_wanted() {
    let settings = RoomSettings {
        name: "Physics".into(),
        id: "physics".into(),
        max_participants: Some(5),
        welcome: "Hello\n\"all\"".into(),
        chat: false,
        ..RoomSettings::default()
    };
    let request = PlugNmeet.create(&settings).unwrap();
    assert!(!request.is_safe);
    let body: Value = serde_json::from_str(&request.body.unwrap()).unwrap();
    assert_eq!((&body["room_id"], &body["max_participants"]), (&json!("physics"), &json!(5)));
    let metadata = &body["metadata"];
    assert_eq!(metadata["welcome_message"], "Hello\n\"all\"");
    assert_eq!(metadata["room_features"]["chat_features"]["is_allow"], false);
    assert_eq!(metadata["room_features"]["recording_features"]["is_allow_cloud"], true);
    let list: Value = serde_json::from_str(include_str!("fixtures/live.json")).unwrap();
    let made =
        json!({ "status": true, "msg": "success", "room_info": list["rooms"][0]["room_info"] });
    let it = PlugNmeet.read_created(&answer(200, &made.to_string())).unwrap();
    assert_eq!(it.settings.id, "customer_onboarding-bqyi4iecy19ul3x");
}

#[test]
fn what_is_not_accepted_is_told_at_its_field() {
    let refused = |message: &str| {
        let body = json!({ "status": false, "msg": message, "status_code": "INVALID_PARAMETERS" });
        match PlugNmeet.read_created(&answer(200, &body.to_string())) {
            Err(Error::Invalid(mut details)) => details.remove(0),
            other => panic!("{other:?}"),
        }
    };
    let it = refused("validation error: room_id: value does not match regex pattern `^a: b$`");
    assert_eq!(PlugNmeet.field(&it.field), Some(RoomField::Id));
    assert_eq!(it.message, "value does not match regex pattern `^a: b$`");
    let it = refused("validation error: metadata.room_title: value is required");
    assert_eq!(PlugNmeet.field(&it.field), Some(RoomField::Name));
    let it = refused("something else");
    assert_eq!((it.field.as_str(), it.message.as_str()), ("", "something else"));
}

#[test]
fn only_what_goes_on_is_ended() {
    let end = |id: RoomId| PlugNmeet.delete(&[id], DeletionPolicy::SAFE);
    let request = end(id("a")).unwrap();
    assert_eq!(
        (request.target.as_str(), request.body.as_deref()),
        ("/auth/room/endRoom", Some(r#"{"room_id":"a"}"#))
    );
    assert_eq!(end(id("a~b")), None);
    assert_eq!(PlugNmeet.delete(&[id("a"), id("b")], DeletionPolicy::SAFE), None);
    let outcome = |status, body: &str| {
        let report = PlugNmeet.read_delete(&[id("a")], &answer(status, body));
        report.map(|mut it| it.outcomes.remove(0).1)
    };
    let ended = RoomOutcome::Deleted { with_meeting: true, with_recordings: false };
    assert_eq!(outcome(200, r#"{"status":true,"msg":"success"}"#), Ok(ended));
    let gone = r#"{"status":false,"msg":"room not found","status_code":"ROOM_NOT_FOUND"}"#;
    assert_eq!(outcome(200, gone), Ok(RoomOutcome::AlreadyGone));
    let failed = r#"{"status":false,"msg":"no","status_code":"INTERNAL_SERVER_ERROR"}"#;
    assert_eq!(outcome(200, failed), Ok(RoomOutcome::Failed("no".into())));
    assert_eq!(outcome(403, "{}"), Err(Error::Forbidden));
}

const FIELDS: &[&str] = &[
    "room_title",
    "joined_participants",
    "created",
    "ended",
    "creation_time",
    "is_recording",
    "metadata",
];

proptest! {
    #[test]
    fn no_answer_upsets_a_reader(status in 200..600_u16, body in any_json(), row in any_row(("room_id", "a"), FIELDS)) {
        let it = answer(status, &body.to_string());
        let _ = (PlugNmeet.read_list(None, &it), PlugNmeet.read_list(Some(&past_page()), &it));
        let _ = (PlugNmeet.read_get(&id("a"), &it), PlugNmeet.read_get(&id("a~b"), &it), PlugNmeet.read_created(&it));
        if let Ok(report) = PlugNmeet.read_delete(&[id("a")], &it) {
            prop_assert_eq!(report.outcomes.len(), 1);
        }
        let live = json!({ "status": true, "rooms": [{ "room_info": row }] }).to_string();
        let page = PlugNmeet.read_list(None, &answer(200, &live)).unwrap();
        prop_assert_eq!((page.items.len(), page.unreadable), (1, 0));
        let past = json!({ "status": true, "result": { "rooms_list": [row] } }).to_string();
        let page = PlugNmeet.read_list(Some(&past_page()), &answer(200, &past)).unwrap();
        prop_assert_eq!((page.items.len(), page.unreadable), (0, 1), "no session");
    }

    #[test]
    fn bodies_are_json_whatever_was_typed(name in any::<String>(), room in any::<String>(), welcome in any::<String>()) {
        let settings = RoomSettings { name, id: room, welcome, ..RoomSettings::default() };
        let body = PlugNmeet.create(&settings).unwrap().body.unwrap();
        let body: Value = serde_json::from_str(&body).unwrap();
        prop_assert_eq!(body["room_id"].as_str(), Some(settings.id.trim()));
        prop_assert_eq!(body["metadata"]["room_title"].as_str(), Some(settings.name.trim()));
    }
}
