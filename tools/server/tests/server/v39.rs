//! 3.9: permissions one by one, downloads beside media, refresh tokens that work once.

use serde_json::json;

use crate::client::{Client, FORBIDDEN, TestServer, room_of, text};
use meet_recordings_server::{Config, Dialect};

const LIST: &str = "/meet/api/v1/recordings";
const ROOMS: &str = "/meet/api/v1/rooms";
const REFRESH: &str = "/meet/internal-api/v1/auth/refresh";

async fn start() -> TestServer {
    TestServer::of(Dialect::V39).await
}

#[tokio::test]
async fn playing_and_downloading_are_permitted_apart() {
    let server = start().await;
    let admin = server.admin().await;
    let id = admin.first("Physics", "complete").await;
    let room = room_of(&id);
    let flags = |play: bool, download: bool| {
        let flags = json!({ "recordingPlay": play, "recordingDownload": download });
        json!({ "roles": { "speaker": { "permissions": flags } } })
    };
    for (play, download) in [(true, false), (false, true)] {
        let path = format!("{ROOMS}/{room}/roles");
        assert_eq!(admin.put(&path, flags(play, download)).await.status, 200);
        // The change is dated to the next millisecond.
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        let speaker = server.in_room(room, "speaker").await;
        assert_eq!(speaker.recordings().await.len(), 10, "listing is a permission of its own");
        let status = |allowed: bool| if allowed { 206 } else { 403 };
        let one = format!("{LIST}/{id}");
        let media = speaker.range(&format!("{one}/media"), "bytes=0-0").await;
        assert_eq!(media.status, status(play));
        let file = speaker.range(&format!("{one}/download"), "bytes=0-0").await;
        assert_eq!(file.status, status(download));
        let zip = speaker.get(&format!("{LIST}/download?recordingIds={id}")).await;
        assert_eq!(zip.status, if download { 200 } else { 400 });
        if !download {
            file.is_error(403, FORBIDDEN.0, FORBIDDEN.1);
            let message = "None of the provided recordings are available for ZIP download";
            zip.is_error(400, "Recording Error", message);
        }
    }
}

#[tokio::test]
async fn downloads_are_attachments_named_like_the_file() {
    let server = start().await;
    let client = server.admin().await;
    let id = client.first("Physics", "complete").await;
    let info = client.get(&format!("{LIST}/{id}")).await.json();
    let answer = client.get(&format!("{LIST}/{id}/download")).await;
    assert_eq!(answer.status, 200);
    let named = format!("attachment; filename=\"{}\"", text(&info, "filename"));
    assert_eq!(answer.header("content-disposition"), named);
    assert_eq!(answer.body.len(), info["size"]);
    assert_eq!(client.get(&format!("{LIST}/{id}/media")).await.header("content-disposition"), "");
    let bad = client.get(&format!("{LIST}/x/download")).await;
    bad.is_invalid("params.recordingId", "recordingId does not follow the expected format");
    let anonymous = server.anonymous().get(&format!("{LIST}/x/download")).await;
    assert_eq!(anonymous.status, 422, "judged before anybody asks who is there");
    let failed = client.first("", "failed").await;
    for path in ["media", "download"] {
        let answer = client.get(&format!("{LIST}/{failed}/{path}")).await;
        let message = format!("Recording '{failed}' is not streamable");
        answer.is_error(409, "Recording Error", &message);
    }
}

#[tokio::test]
async fn permissions_have_new_names_and_keep_the_old_ones() {
    let server = start().await;
    let client = server.admin().await;
    let room = client.room("Physics 101").await;
    let path = format!("{ROOMS}/{room}");
    let speaker = async || {
        let room = client.get(&format!("{path}?extraFields=roles")).await.json();
        room["roles"]["speaker"]["permissions"].clone()
    };
    let before = speaker().await;
    assert_eq!(before.as_object().unwrap().len(), 30);
    assert_eq!(
        (&before["recordingList"], &before["recordingDelete"]),
        (&json!(true), &json!(false))
    );
    let put = async |flags| {
        let body = json!({ "roles": { "speaker": { "permissions": flags } } });
        client.put(&format!("{path}/roles"), body).await
    };
    assert_eq!(put(json!({ "canRetrieveRecordings": false })).await.status, 200);
    let after = speaker().await;
    for name in ["recordingList", "recordingPlay", "recordingDownload", "canRetrieveRecordings"] {
        assert_eq!(after[name], false, "{name}");
    }
    put(json!({ "canFly": true }))
        .await
        .is_invalid("roles.speaker.permissions.canFly", "Unrecognized key");
}

#[tokio::test]
async fn lists_of_rooms_say_what_else_can_be_asked_for() {
    let server = start().await;
    let client = server.admin().await;
    let extra = json!(["config", "roles"]);
    let list = client.get(ROOMS).await.json();
    assert_eq!(list["_extraFields"], extra);
    assert!(list["rooms"][0].get("_extraFields").is_none());
    assert!(list["rooms"][0].get("config").is_none());
    let asked = client.get(&format!("{ROOMS}?extraFields=config")).await.json();
    assert!(asked["rooms"][0]["config"].is_object());
    let room = text(&list["rooms"][0], "roomId");
    assert_eq!(client.get(&format!("{ROOMS}/{room}")).await.json()["_extraFields"], extra);
    // Nothing but unknown fields means all of them.
    let page = client.get(&format!("{LIST}?fields=nonsense&maxItems=1")).await.json();
    assert!(page["recordings"][0]["recordingId"].is_string());
}

#[tokio::test]
async fn bulk_answers_have_the_same_keys_for_everything() {
    let server = start().await;
    let client = server.admin().await;
    let id = client.first("Physics", "complete").await;
    let deleted = client.delete(&format!("{LIST}?recordingIds={id}")).await;
    assert_eq!(
        deleted.json(),
        json!({ "message": "All recordings deleted successfully", "deleted": [id], "failed": [] })
    );
    let room = client.post(ROOMS, json!({ "roomName": "Temporary" })).await.json();
    let id = text(&room, "roomId");
    let gone = client.delete(&format!("{ROOMS}?roomIds={id},{id}")).await.json();
    assert_eq!(gone["deleted"][0]["roomId"], *id);
    assert_eq!(gone["deleted"][0]["successCode"], "room_deleted");
}

/// A client with both tokens of a new session.
async fn session(server: &TestServer) -> Client {
    let body = server.anonymous().sign_in("admin", "admin").await.json();
    let client = server.anonymous().with_bearer("authorization", &text(&body, "accessToken"));
    client.with_bearer("x-refresh-token", &text(&body, "refreshToken"))
}

#[tokio::test]
async fn refresh_tokens_work_once_unless_rotation_is_off() {
    let server = start().await;
    let client = session(&server).await;
    let fresh = client.post(REFRESH, json!({})).await.json();
    assert_eq!(fresh["message"], "Access token for user 'admin' successfully refreshed");
    let again = client.post(REFRESH, json!({})).await;
    again.is_error(400, "Refresh Token Error", "Invalid refresh token");
    let next = client.with_bearer("x-refresh-token", &text(&fresh, "refreshToken"));
    assert_eq!(next.post(REFRESH, json!({})).await.status, 200);

    let config = Config { dialect: Dialect::V39, refresh_rotation: false, ..Config::default() };
    let server = TestServer::with(config).await;
    let client = session(&server).await;
    for _ in 0..2 {
        let answer = client.post(REFRESH, json!({})).await;
        assert!(answer.status == 200 && answer.json().get("refreshToken").is_none());
    }
}

#[tokio::test]
async fn page_two_of_a_users_list_forgets_whose_it_is() {
    let server = start().await;
    let user = server.user().await;
    let first = user.get(&format!("{LIST}?maxItems=10")).await.json();
    let token = text(&first["pagination"], "nextPageToken");
    let token: String = form_urlencoded::byte_serialize(token.as_bytes()).collect();
    let second = user.get(&format!("{LIST}?maxItems=100&nextPageToken={token}")).await.json();
    let rooms = |page: &serde_json::Value| {
        let rows = page["recordings"].as_array().unwrap().clone();
        rows.iter()
            .filter(|row| {
                !["Physics 101", "Customer onboarding"].contains(&row["roomName"].as_str().unwrap())
            })
            .count()
    };
    assert_eq!(rooms(&first), 0);
    assert!(rooms(&second) > 0);
}
