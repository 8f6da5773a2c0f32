//! Users of some rooms in plugNmeet, where everything is in bodies, under two names.

use axum::body::Body;
use axum::http::Response;
use serde_json::{Value, json};

use crate::recorder::{Seen, json};
use crate::scoped::{PLUGNMEET, World, rows};

/// PlugNmeet that ignores what it is asked for; it knows `in…` of the room math and `out…` of another.
fn plugnmeet(seen: &Seen) -> Response<Body> {
    let body = seen.json();
    let missing =
        json!({ "status": false, "msg": "recording not found", "status_code": "NOT_FOUND" });
    match seen.target.as_str() {
        "/auth/recording/fetch" if body.get("room_sid") == Some(&json!("in-session")) => {
            json(json!({ "status": true, "result": { "total_recordings": "1",
                "recordings_list": [{ "room_id": "math" }] } }))
        }
        "/auth/recording/fetch" => json(json!({ "status": true, "msg": "success", "result": {
            "total_recordings": "5", "from": 0, "recordings_list": rows("room_id") } })),
        "/auth/room/fetchPastRooms" => json(json!({ "status": true, "result": {
            "total_rooms": "5", "rooms_list": rows("room_id") } })),
        "/auth/room/getActiveRoomsInfo" => json(json!({ "status": true, "rooms": [
            { "room_info": { "room_id": "math" } }, { "room_info": { "room_id": "canary" } }] })),
        "/auth/recording/info" => match body["record_id"].as_str() {
            Some(id) if id.starts_with("in") => {
                json(json!({ "status": true, "recording_info": { "room_id": "math" } }))
            }
            Some(id) if id.starts_with("out") => json(json!({ "status": true,
                "recording_info": { "room_id": "canary", "file_path": "canary" } })),
            _ => json(missing),
        },
        _ => json(json!({ "status": true, "token": "a.b.c" })),
    }
}

#[tokio::test]
async fn plugnmeet_lists_name_the_users_rooms_and_are_cleaned() {
    let world = World::new(PLUGNMEET, plugnmeet).await;
    let (one, two) = (world.user("one").await, world.user("two").await);
    for (client, asked, sent) in [
        (&one, json!({}), json!(["math"])),
        (&one, json!({ "room_ids": [] }), json!(["math"])),
        (&one, json!({ "room_ids": null }), json!(["math"])),
        (&one, json!({ "room_ids": ["canary", "math"] }), json!(["math"])),
        (&one, json!({ "roomIds": ["math"] }), json!(["math"])),
        (&two, json!({}), json!(["art", "math"])),
        (&two, json!({ "room_ids": ["art"] }), json!(["art"])),
    ] {
        for path in ["/auth/recording/fetch", "/auth/room/fetchPastRooms"] {
            let answer = client.post(&format!("/gateway/it{path}"), asked.clone()).await;
            assert_eq!(answer.status, 200);
            assert!(!answer.text().contains("canary") && !answer.text().contains("mathe"));
            assert!(!answer.text().contains("total"), "{}", answer.text());
            let seen = world.server.take().remove(0);
            assert_eq!(seen.json()["room_ids"], sent, "{asked}");
            assert_eq!(seen.json().get("roomIds"), None);
        }
    }
    for (asked, code) in [
        (json!({ "room_ids": ["canary"] }), 403),
        (json!({ "room_ids": [""] }), 403),
        (json!({ "room_ids": ["math"], "roomIds": ["canary"] }), 422),
        (json!({ "room_ids": "math" }), 422),
        (json!({ "room_ids": [1] }), 422),
        (json!([]), 422),
        (json!("x"), 422),
    ] {
        let answer = one.post("/gateway/it/auth/recording/fetch", asked.clone()).await;
        assert_eq!(answer.status, code, "{asked}");
    }
    assert!(world.server.take().is_empty());
    let active = one.post("/gateway/it/auth/room/getActiveRoomsInfo", json!({})).await;
    assert_eq!(active.json()["rooms"], json!([{ "room_info": { "room_id": "math" } }]));
}

/// In plugNmeet `room_sid` overrides `room_ids`.
#[tokio::test]
async fn sessions_of_other_rooms_are_empty() {
    let world = World::new(PLUGNMEET, plugnmeet).await;
    let one = world.user("one").await;
    let fetch = async |body: Value| one.post("/gateway/it/auth/recording/fetch", body).await;
    for field in ["room_sid", "roomSid"] {
        let answer = fetch(json!({ field: "out-session", "room_ids": ["math"] })).await;
        let kept = &answer.json()["result"];
        assert_eq!(kept["recordings_list"], json!([{ "id": "math-id", "room_id": "math" }]));
        assert_eq!(kept.get("total_recordings"), None);
    }
}

#[tokio::test]
async fn recordings_of_plugnmeet_are_looked_up_first() {
    let world = World::new(PLUGNMEET, plugnmeet).await;
    let one = world.user("one").await;
    for action in ["getDownloadToken", "delete", "updateMetadata"] {
        let ask = async |body: Value| {
            one.post(&format!("/gateway/it/auth/recording/{action}"), body).await
        };
        for field in ["record_id", "recordId"] {
            let body = json!({ field: "in-1", "metadata": { "extra_data": { "recordId": "x" } } });
            assert_eq!(ask(body.clone()).await.status, 200);
            let calls = world.server.take();
            assert_eq!(calls[0].target, "/auth/recording/info");
            assert_eq!(calls[0].json(), json!({ "record_id": "in-1" }));
            assert_eq!(calls[1].target, format!("/auth/recording/{action}"));
            assert_eq!(calls[1].json(), body);
            ask(json!({ field: "out-1" })).await.is_refused(403, "not in your rooms");
            assert_eq!(world.server.take().len(), 1);
        }
        let gone = ask(json!({ "record_id": "gone" })).await;
        assert_eq!(gone.json()["status_code"], "NOT_FOUND");
        ask(json!({ "record_id": "in-1", "recordId": "out-1" })).await.is_refused(422, "once");
        ask(json!({ "record_id": 1 })).await.is_refused(422, "a text");
        ask(json!({})).await.is_refused(403, "");
        let calls = world.server.targets();
        assert!(!calls.concat().contains(action), "{calls:?}");
    }
    for path in ["info", "recordingInfo"] {
        let path = format!("/gateway/it/auth/recording/{path}");
        let info = one.post(&path, json!({ "record_id": "out-1" })).await;
        if path.ends_with("/info") {
            info.is_refused(403, "not in your rooms");
            assert_eq!(one.post(&path, json!({ "record_id": "in-1" })).await.status, 200);
            assert_eq!(one.post(&path, json!({ "record_id": "gone" })).await.status, 200);
        } else {
            assert_eq!(info.status, 403);
        }
    }
}

#[tokio::test]
async fn rooms_and_merges_of_plugnmeet() {
    let world = World::new(PLUGNMEET, plugnmeet).await;
    let one = world.user("one").await;
    for action in ["create", "endRoom", "isRoomActive", "getActiveRoomInfo"] {
        let path = format!("/gateway/it/auth/room/{action}");
        for (body, code) in [
            (json!({ "room_id": "math" }), 200),
            (json!({ "roomId": "math" }), 200),
            (json!({ "room_id": "canary" }), 403),
            (json!({ "room_id": "math", "roomId": "canary" }), 422),
            (json!({}), 403),
        ] {
            assert_eq!(one.post(&path, body.clone()).await.status, code, "{action} {body}");
        }
        assert_eq!(world.server.take().len(), 2);
    }
    for (body, code, calls) in [
        (json!({ "by_ids": { "room_id": "math", "recording_ids": ["in-1", "in-2"] } }), 200, 3),
        (json!({ "byIds": { "roomId": "math", "recordingIds": ["in-1"] } }), 200, 2),
        (json!({ "by_ids": { "room_id": "canary", "recording_ids": ["in-1"] } }), 403, 0),
        (json!({ "by_ids": { "room_id": "math", "recording_ids": ["in-1", "out-1"] } }), 403, 2),
        (json!({ "by_session": { "room_sid": "in-session" } }), 200, 2),
        (json!({ "by_session": { "room_sid": "" } }), 403, 0),
        (json!({ "by_session": {}, "by_ids": {} }), 422, 0),
        (json!({}), 422, 0),
    ] {
        let path = "/gateway/it/auth/recording/mergeRecordings";
        assert_eq!(one.post(path, body.clone()).await.status, code, "{body}");
        assert_eq!(world.server.take().len(), calls, "{body}");
    }
}
