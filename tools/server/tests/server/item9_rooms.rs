//! Item 9: deleting rooms in both dialects; and creating, reading and changing them.

use serde_json::json;

use crate::client::{TestServer, text};

const ROOMS: &str = "/api/v1/rooms";

#[tokio::test]
async fn v34_protects_recordings_unless_told_otherwise() {
    let server = TestServer::v34().await;
    let client = server.admin().await;
    let room = client.room("Support rota").await;
    let path = format!("{ROOMS}/{room}");

    let refused = client.delete(&path).await;
    assert_eq!(
        (refused.status, text(&refused.json(), "error").as_str()),
        (409, "room_has_recordings")
    );

    let closed = client.delete(&format!("{path}?withRecordings=close")).await;
    assert_eq!(closed.status, 200);
    assert_eq!(closed.json()["successCode"], "room_closed");
    assert_eq!(closed.json()["room"]["status"], "closed");

    let forced = client.delete(&format!("{path}?withRecordings=force")).await;
    assert_eq!(forced.status, 200);
    assert_eq!(forced.json()["successCode"], "room_and_recordings_deleted");
    assert!(forced.json().get("room").is_none());
    assert_eq!(client.get(&path).await.status, 404);
    assert!(client.ids("Support", "complete").await.is_empty());
}

#[tokio::test]
async fn v34_schedules_what_a_meeting_is_in_the_way_of() {
    let server = TestServer::v34().await;
    let client = server.admin().await;
    let quiet = client.room("Quiet room").await;
    let recorded = client.room("Design critique").await;
    let ask = async |room: &str, query: &str| {
        let answer = client.delete(&format!("{ROOMS}/{room}?{query}")).await;
        let body = answer.json();
        let code = body.get("successCode").or_else(|| body.get("error"));
        (answer.status, code.unwrap().as_str().unwrap().to_owned())
    };
    let is = |status: u16, code: &str| (status, code.to_owned());
    assert_eq!(ask(&quiet, "").await, is(409, "room_has_active_meeting"));
    assert_eq!(
        ask(&quiet, "withMeeting=when_meeting_ends").await,
        is(202, "room_with_active_meeting_scheduled_to_be_deleted")
    );
    assert_eq!(ask(&quiet, "withMeeting=force").await, is(200, "room_with_active_meeting_deleted"));

    assert_eq!(ask(&recorded, "").await, is(409, "room_with_active_meeting_has_recordings"));
    assert_eq!(
        ask(&recorded, "withRecordings=force").await,
        is(409, "room_with_recordings_has_active_meeting")
    );
    assert_eq!(
        ask(&recorded, "withMeeting=when_meeting_ends").await,
        is(409, "room_with_active_meeting_has_recordings_cannot_schedule_deletion")
    );
    assert_eq!(
        ask(&recorded, "withMeeting=when_meeting_ends&withRecordings=close").await,
        is(202, "room_with_active_meeting_scheduled_to_be_closed")
    );
    server.hooks().advance_clock(std::time::Duration::from_secs(60));
    let room = client.get(&format!("{ROOMS}/{recorded}")).await.json();
    assert_eq!((&room["status"], &room["meetingEndAction"]), (&json!("closed"), &json!("none")));
    assert_eq!(ask(&quiet, "withMeeting=never").await, is(422, "Unprocessable Entity"));
}

#[tokio::test]
async fn v34_reports_each_room_of_a_bulk_deletion() {
    let server = TestServer::v34().await;
    let client = server.admin().await;
    let created = client.post(ROOMS, json!({ "roomName": "Temporary" })).await.json();
    let (empty, full) = (text(&created, "roomId"), client.room("Support rota").await);
    let answer = client.delete(&format!("{ROOMS}?roomIds={empty},{full},{full}")).await;
    assert_eq!(answer.status, 400);
    let body = answer.json();
    assert_eq!(body["message"], "1 room(s) failed to process while deleting");
    assert_eq!(body["successful"][0]["roomId"], json!(empty));
    assert_eq!(body["successful"][0]["successCode"], "room_deleted");
    assert_eq!(body["failed"][0]["roomId"], json!(full));
    assert_eq!(body["failed"][0]["error"], "room_has_recordings");
    assert_eq!(body["failed"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn b_deletes_or_marks_and_keeps_the_recordings() {
    let server = TestServer::start().await;
    let client = server.admin().await;
    let idle = client.room("Support rota").await;
    let busy = client.room("Sprint review").await;

    let mixed = client.delete(&format!("{ROOMS}?roomIds={idle},{busy}")).await;
    assert_eq!(mixed.status, 200);
    assert_eq!(mixed.json(), json!({ "deleted": [idle], "markedForDeletion": [busy] }));
    assert_eq!(client.ids("Support", "COMPLETE").await.len(), 2);
    let marked = client.get(&format!("{ROOMS}/{busy}")).await.json();
    assert_eq!(marked["markedForDeletion"], true);

    let path = format!("{ROOMS}/{busy}");
    assert_eq!(client.delete(&path).await.status, 202);
    assert_eq!(client.delete(&format!("{path}?force=true")).await.status, 204);
    // Its recording was stopped with the meeting; a room that does not exist counts as deleted.
    assert!(client.ids("Sprint", "ACTIVE").await.is_empty());
    assert_eq!(client.delete(&path).await.status, 204);
    assert_eq!(client.delete(&format!("{ROOMS}?roomIds={idle},{busy}")).await.status, 204);
}

#[tokio::test]
async fn b_rooms_are_created_listed_and_changed() {
    let server = TestServer::start().await;
    let client = server.admin().await;
    let created = client.post(ROOMS, json!({ "roomName": "Caf\u{e9} <b>1</b>" })).await;
    assert_eq!(created.status, 201);
    let room = created.json();
    let id = text(&room, "roomId");
    assert_eq!(room["roomName"], "Caf b1b");
    assert!(created.header("location").ends_with(&format!("{ROOMS}/{id}")));
    assert!(text(&room, "moderatorUrl").contains(&format!("/room/{id}?secret=")));
    assert_eq!(
        room["preferences"]["recordingPreferences"],
        json!({ "enabled": true, "allowAccessTo": "admin-moderator-speaker" })
    );

    let list = client.get(&format!("{ROOMS}?roomName=caf&fields=roomId")).await.json();
    assert_eq!(list["rooms"], json!([{ "roomId": id }]));
    let off = json!({
        "chatPreferences": { "enabled": false },
        "recordingPreferences": { "enabled": false },
        "virtualBackgroundPreferences": { "enabled": true },
    });
    let path = format!("{ROOMS}/{id}");
    let changed = client.put(&path, off.clone()).await;
    assert_eq!((changed.status, &changed.json()["preferences"]), (200, &off));
    client.put(&path, json!({})).await.is_invalid("chatPreferences", "Required");
    assert_eq!(client.put(&format!("{ROOMS}/nowhere"), off).await.status, 404);
}

#[tokio::test]
async fn v34_rooms_have_config_and_status_in_place_of_put() {
    let server = TestServer::v34().await;
    let client = server.admin().await;
    let id = client.room("Support rota").await;
    let path = format!("{ROOMS}/{id}");
    assert_eq!(client.put(&path, json!({})).await.status, 404);

    let config = json!({
        "chat": { "enabled": true },
        "recording": { "enabled": true, "allowAccessTo": "admin_moderator" },
        "virtualBackground": { "enabled": false },
    });
    let put = client.put(&format!("{path}/config"), json!({ "config": config })).await;
    assert_eq!(put.status, 200);
    assert_eq!(client.get(&format!("{path}/config")).await.json(), config);

    let closed = client.put(&format!("{path}/status"), json!({ "status": "closed" })).await;
    assert_eq!((closed.status, &closed.json()["room"]["status"]), (200, &json!("closed")));
    let busy = client.room("Quiet room").await;
    let waits = client.put(&format!("{ROOMS}/{busy}/status"), json!({ "status": "closed" })).await;
    assert_eq!((waits.status, &waits.json()["room"]["meetingEndAction"]), (202, &json!("close")));
    let bad = client.put(&format!("{path}/status"), json!({ "status": "ajar" })).await;
    assert_eq!(bad.status, 422);
}

#[tokio::test]
async fn secrets_of_rooms_name_their_roles() {
    let server = TestServer::start().await;
    let room = server.admin().await.room("Physics 101").await;
    let secret = server.hooks().room_secrets(&room).speaker;
    let path = format!("/internal-api/v1/rooms/{room}/roles");
    let client = server.anonymous();
    assert_eq!(client.get(&format!("{path}/{secret}")).await.json()["role"], "speaker");
    assert_eq!(client.get(&format!("{path}/wrong")).await.status, 400);
}
