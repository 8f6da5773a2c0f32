//! plugNmeet: rooms that are open, and those that were.

use meet_recordings_server::Dialect;
use serde_json::{Value, json};

use crate::client::{Sample, claims_of, text};

async fn open_rooms(sample: &Sample) -> Vec<Value> {
    let answer = sample.plugnmeet("/room/getActiveRoomsInfo", json!({})).await;
    answer["rooms"].as_array().unwrap().clone()
}

fn creation(room_id: &str, title: &str) -> Value {
    json!({ "room_id": room_id, "metadata": { "room_title": title, "room_features": {} } })
}

#[tokio::test]
async fn open_rooms_have_numbers_for_flags_and_json_in_a_text() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let rooms = open_rooms(&sample).await;
    assert_eq!(rooms.len(), 5);
    let recorded = rooms.iter().filter(|room| room["room_info"]["is_recording"] == 1);
    assert_eq!(recorded.count(), 4);
    let room = &rooms[0]["room_info"];
    for key in ["is_running", "is_active_rtmp", "is_breakout_room"] {
        assert!(room[key].is_u64(), "{key}");
    }
    for key in ["joined_participants", "creation_time"] {
        assert!(text(room, key).parse::<u64>().is_ok(), "{key}");
    }
    let metadata: Value = serde_json::from_str(&text(room, "metadata")).unwrap();
    assert_eq!(metadata["room_title"], room["room_title"]);
    let people = rooms[0]["participants_info"].as_array().unwrap();
    assert_eq!(people.len().to_string(), text(room, "joined_participants"));
    assert_eq!(people[0]["state"], "ACTIVE");

    let one =
        sample.plugnmeet("/room/getActiveRoomInfo", json!({ "room_id": room["room_id"] })).await;
    assert_eq!(one["room"], rooms[0]);
    let none = sample.plugnmeet("/room/getActiveRoomInfo", json!({ "room_id": "none" })).await;
    assert_eq!((&none["status"], none.get("room")), (&json!(false), Some(&Value::Null)));
}

#[tokio::test]
async fn creating_twice_is_the_same_session() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let first = sample.plugnmeet("/room/create", creation("room-01", "First")).await;
    assert_eq!(
        (&first["status"], &first["room_info"]["room_title"]),
        (&json!(true), &json!("First"))
    );
    assert_eq!(first["room_info"]["joined_participants"], "0");
    let second = sample.plugnmeet("/room/create", creation("room-01", "Second")).await;
    assert_eq!(second["room_info"], first["room_info"]);
    assert_eq!(open_rooms(&sample).await.len(), 6);

    for (body, field) in [
        (json!({ "metadata": { "room_title": "x", "room_features": {} } }), "room_id"),
        (creation("no spaces", "x"), "room_id"),
        (json!({ "room_id": "r" }), "metadata"),
        (creation("r", ""), "room_title"),
        (json!({ "room_id": "r", "metadata": { "room_title": "x" } }), "room_features"),
        (json!({ "room_id": "r", "max_participants": 0 }), "max_participants"),
        (json!({ "room_id": "r", "empty_timeout": "0" }), "empty_timeout"),
    ] {
        let answer = sample.plugnmeet("/room/create", body).await;
        assert_eq!(answer["status_code"], "INVALID_PARAMETERS");
        assert!(text(&answer, "msg").contains(field), "{answer}");
    }
}

#[tokio::test]
async fn a_room_that_ends_is_torn_down_and_then_unknown() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let rooms = open_rooms(&sample).await;
    let room =
        &rooms.iter().find(|room| room["room_info"]["is_recording"] == 1).unwrap()["room_info"];
    let body = json!({ "room_id": room["room_id"] });
    let is_active = async || {
        let answer = sample.plugnmeet("/room/isRoomActive", body.clone()).await;
        assert_eq!(answer["status"], true);
        (answer["is_active"].as_bool().unwrap(), text(&answer, "status_code"))
    };
    let end = async || {
        let answer = sample.plugnmeet("/room/endRoom", body.clone()).await;
        (answer["status"].as_bool().unwrap(), text(&answer, "status_code"))
    };
    let rows = sample.plugnmeet_rows().await.len();
    assert_eq!(is_active().await, (true, "SUCCESS".to_owned()));
    assert_eq!(end().await, (true, "SUCCESS".to_owned()));
    assert_eq!(is_active().await, (false, "ROOM_NOT_ACTIVE".to_owned()));
    assert_eq!(end().await, (true, "SUCCESS".to_owned()), "while it is torn down");
    sample.advance(5);
    assert_eq!(is_active().await, (false, "ROOM_NOT_FOUND".to_owned()));
    assert_eq!(end().await, (false, "ROOM_NOT_FOUND".to_owned()));
    // What was being recorded has ended with the room, and the room is a past one.
    assert!(sample.plugnmeet_rows().await.len() > rows);
    let past =
        sample.plugnmeet("/room/fetchPastRooms", json!({ "room_ids": [room["room_id"]] })).await;
    assert_eq!(past["result"]["rooms_list"][0]["room_sid"], room["sid"]);
    // The id can be used again, for another session.
    let again = creation(&text(room, "room_id"), "Again");
    assert_ne!(sample.plugnmeet("/room/create", again).await["room_info"]["sid"], room["sid"]);
}

#[tokio::test]
async fn no_open_rooms_are_an_error() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    for room in open_rooms(&sample).await {
        let body = json!({ "room_id": room["room_info"]["room_id"] });
        sample.plugnmeet("/room/endRoom", body).await;
    }
    let answer = sample.plugnmeet("/room/getActiveRoomsInfo", json!({})).await;
    assert_eq!((&answer["status"], &answer["status_code"]), (&json!(false), &json!("NOT_FOUND")));
    assert_eq!(answer["msg"], "no active room found");
}

#[tokio::test]
async fn past_rooms_are_paged_by_offset() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let fetch =
        async |body: Value| sample.plugnmeet("/room/fetchPastRooms", body).await["result"].clone();
    let all = fetch(json!({ "limit": 500 })).await;
    assert_eq!(all["limit"], 100);
    let rows = all["rooms_list"].as_array().unwrap();
    assert_eq!(all["total_rooms"], rows.len().to_string());
    let mut walked = Vec::new();
    for from in (0..rows.len() + 9).step_by(9) {
        let page = fetch(json!({ "from": from, "limit": 9 })).await;
        walked.extend(page["rooms_list"].as_array().unwrap().clone());
    }
    assert_eq!(&walked, rows);
    // With a zone, unlike beside a recording.
    assert!(text(&rows[0], "created").ends_with('Z') && text(&rows[0], "ended").ends_with('Z'));
    assert!(rows[0]["joined_participants"].is_string());
    let none = sample.plugnmeet("/room/fetchPastRooms", json!({ "room_ids": ["none"] })).await;
    let empty = json!({ "status": false, "msg": "no info found", "status_code": "NOT_FOUND" });
    assert_eq!(none, empty);
}

#[tokio::test]
async fn tokens_to_join_are_for_open_rooms() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let room = open_rooms(&sample).await.swap_remove(0);
    let user = json!({ "name": "Ada", "user_id": "ada", "is_admin": true });
    let body = json!({ "room_id": room["room_info"]["room_id"], "user_info": user });
    let answer = sample.plugnmeet("/room/getJoinToken", body).await;
    let claims = claims_of(&text(&answer, "token"));
    assert_eq!((&claims["sub"], &claims["is_admin"]), (&json!("ada"), &json!(true)));
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["nbf"].as_i64().unwrap(), 600);
    let closed = json!({ "room_id": "none", "user_info": user });
    let answer = sample.plugnmeet("/room/getJoinToken", closed).await;
    assert_eq!(
        (&answer["status"], &answer["status_code"]),
        (&json!(false), &json!("ROOM_NOT_ACTIVE"))
    );
}
