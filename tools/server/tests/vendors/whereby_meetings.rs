//! Whereby: rooms.

use meet_recordings_server::Dialect;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Sample, text};

#[tokio::test]
async fn rooms_are_listed_by_cursor_and_their_secrets_only_on_request() {
    let sample = Sample::of(Dialect::Whereby).await;
    let (mut rooms, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = sample.whereby_get(&format!("/meetings?limit=3{cursor}")).await.json();
        rooms.extend(page["results"].as_array().unwrap().clone());
        match page["cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(rooms.len(), 8);
    let keys: Vec<&String> = rooms[0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["meetingId", "startDate", "endDate", "roomName", "roomUrl"]);
    assert!(text(&rooms[0], "roomName").starts_with('/'));
    let path = format!("/meetings/{}", text(&rooms[0], "meetingId"));
    assert_eq!(sample.whereby_get(&path).await.json(), rooms[0]);
    let host = sample.whereby_get(&format!("{path}?fields=hostRoomUrl,viewerRoomUrl")).await.json();
    assert!(text(&host, "hostRoomUrl").contains("?roomKey=") && host["viewerRoomUrl"].is_string());
    // Recordings say in which room they were made.
    let recorded = sample.whereby_rows().await;
    assert!(recorded.iter().any(|row| row["roomName"] == rooms[0]["roomName"]));
}

#[tokio::test]
async fn a_room_lives_from_its_creation_to_its_deletion_or_end() {
    let sample = Sample::of(Dialect::Whereby).await;
    let create = async |body: Value| sample.whereby(Method::POST, "/meetings", Some(body)).await;
    let room = json!({
        "endDate": "2099-01-01T01:00:00+01:00", "roomNamePrefix": "demo-", "fields": ["hostRoomUrl"],
    });
    let created = create(room).await;
    assert_eq!(created.status, 201);
    let created = created.json();
    assert_eq!(created["endDate"], "2099-01-01T00:00:00.000Z");
    assert!(text(&created, "roomName").starts_with("/demo-") && created["hostRoomUrl"].is_string());
    let path = format!("/meetings/{}", text(&created, "meetingId"));
    assert_eq!(sample.whereby_get(&path).await.status, 200);
    for _ in 0..2 {
        assert_eq!(sample.whereby(Method::DELETE, &path, None).await.status, 204);
    }
    assert_eq!(sample.whereby_get(&path).await.status, 404);

    for body in [
        json!({}),
        json!({ "endDate": "tomorrow" }),
        json!({ "endDate": "2020-01-01T00:00:00Z" }),
        json!({ "endDate": "2099-01-01T00:00:00Z", "roomNamePrefix": "x".repeat(40) }),
    ] {
        assert_eq!(create(body).await.status, 400);
    }
    // Rooms cannot be changed.
    let change = sample.whereby(Method::PUT, "/meetings/101", Some(json!({}))).await;
    assert_eq!(change.status, 404);
    // An hour after their end, all are gone.
    sample.advance(500 * 24 * 60 * 60);
    let none = sample.whereby_get("/meetings").await.json();
    assert_eq!(none, json!({ "results": [], "cursor": null }));
}
