//! Item 5: what recording tokens open, by role and by `allowAccessTo`.

use serde_json::json;

use crate::client::{FORBIDDEN, TestServer, room_of};
use meet_recordings_server::{AuthMode, Config};

#[tokio::test]
async fn roles_and_access_levels_decide_together() {
    let server = TestServer::start().await;
    let admin = server.admin().await;
    for (room, role, list, delete) in [
        ("Physics 101", "moderator", 200, 204),
        ("Physics 101", "speaker", 200, 403),
        ("Design critique", "moderator", 200, 204),
        ("Design critique", "speaker", 403, 403),
    ] {
        let id = admin.first(room, "COMPLETE").await;
        let client = server.in_room(room_of(&id), role).await;
        let context = format!("{role} of {room}");
        assert_eq!(client.get("/api/v1/recordings").await.status, list, "{context}");
        let one = format!("/api/v1/recordings/{id}");
        assert_eq!(client.get(&one).await.status, list, "{context}");
        assert_eq!(client.get(&format!("{one}/url")).await.status, list, "{context}");
        let media = client.range(&format!("{one}/media"), "bytes=0-0").await;
        assert_eq!(media.status, if list == 200 { 206 } else { 403 }, "{context}");
        let many = format!("/api/v1/recordings?recordingIds={id}");
        let deleted = client.delete(&many).await;
        assert_eq!(deleted.status, delete, "{context}");
        if delete == 403 {
            deleted.is_error(403, FORBIDDEN.0, FORBIDDEN.1);
            assert_eq!(client.delete(&one).await.status, 403, "{context}");
        }
    }
}

#[tokio::test]
async fn nobody_gets_a_token_for_a_room_of_administrators() {
    let server = TestServer::start().await;
    let room = server.admin().await.room("Board meeting Q3").await;
    let secret = server.hooks().room_secrets(&room).moderator;
    let path = format!("/internal-api/v1/rooms/{room}/recording-token");
    let answer = server.anonymous().post(&path, json!({ "secret": secret })).await;
    answer.is_error(403, FORBIDDEN.0, FORBIDDEN.1);
}

#[tokio::test]
async fn a_token_shows_its_own_room_only() {
    let server = TestServer::start().await;
    let admin = server.admin().await;
    let own = admin.first("Physics", "COMPLETE").await;
    let other = admin.first("Sprint", "COMPLETE").await;
    let client = server.in_room(room_of(&own), "moderator").await;
    // The filter is overruled by the room of the token.
    let path = format!("/api/v1/recordings?roomId={}&maxItems=100", room_of(&other));
    let list = client.get(&path).await.json();
    let list = list["recordings"].as_array().unwrap();
    assert_eq!(list.len(), 10);
    assert!(list.iter().all(|recording| recording["roomId"] == room_of(&own)));
    for path in ["", "/media", "/url"] {
        let answer = client.get(&format!("/api/v1/recordings/{other}{path}")).await;
        answer.is_error(403, FORBIDDEN.0, FORBIDDEN.1);
    }
    assert_eq!(client.delete(&format!("/api/v1/recordings/{other}")).await.status, 403);
}

#[tokio::test]
async fn tokens_are_given_for_rooms_with_recordings_dead_or_alive() {
    let server = TestServer::start().await;
    let admin = server.admin().await;
    let gone = admin.first("Company", "COMPLETE").await;
    let room = room_of(&gone);
    let answer = admin.get(&format!("/api/v1/rooms/{room}")).await;
    answer.is_error(404, "Room Error", &format!("Room '{room}' does not exist"));
    let client = server.in_room(room, "speaker").await;
    assert_eq!(client.recordings().await.len(), 5);

    for room in [admin.room("Quiet room").await, "nowhere".to_owned()] {
        let path = format!("/internal-api/v1/rooms/{room}/recording-token");
        let answer = server.anonymous().post(&path, json!({ "secret": "x" })).await;
        let message = format!(
            "Room metadata for '{room}' not found. Room '{room}' does not exist or has no recordings associated"
        );
        answer.is_error(404, "Room Error", &message);
    }
}

#[tokio::test]
async fn a_wrong_or_missing_room_secret_is_400() {
    let server = TestServer::start().await;
    let room = server.admin().await.room("Physics 101").await;
    let path = format!("/internal-api/v1/rooms/{room}/recording-token");
    let wrong = server.anonymous().post(&path, json!({ "secret": "x" })).await;
    let message = format!("Secret 'x' is not recognized for room '{room}'");
    wrong.is_error(400, "Room Error", &message);
    assert_eq!(server.anonymous().post(&path, json!({})).await.status, 400);
}

#[tokio::test]
async fn users_without_the_admin_role_are_refused() {
    let server = TestServer::start().await;
    let user = server.user().await;
    let list = user.get("/api/v1/recordings").await;
    list.is_error(403, FORBIDDEN.0, FORBIDDEN.1);
    let rooms = user.get("/api/v1/rooms").await;
    rooms.is_error(403, FORBIDDEN.0, FORBIDDEN.1);
}

#[tokio::test]
async fn the_operator_may_ask_for_a_sign_in_beside_the_room_secret() {
    for (auth_mode, role, anonymous) in [
        (AuthMode::ModeratorsOnly, "moderator", 401),
        (AuthMode::ModeratorsOnly, "speaker", 200),
        (AuthMode::AllUsers, "speaker", 401),
    ] {
        let server = TestServer::with(Config { auth_mode, ..Config::default() }).await;
        let room = server.admin().await.room("Physics 101").await;
        let secrets = server.hooks().room_secrets(&room);
        let secret = if role == "moderator" { secrets.moderator } else { secrets.speaker };
        let path = format!("/internal-api/v1/rooms/{room}/recording-token");
        let ask = json!({ "secret": secret });
        let answer = server.anonymous().post(&path, ask.clone()).await;
        assert_eq!(answer.status, anonymous, "{auth_mode:?} {role}");
        assert_eq!(server.user().await.post(&path, ask).await.status, 200);
    }
}
