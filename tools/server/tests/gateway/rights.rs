//! Rights × routes: each action with every right but its own is refused, and with its own alone it is let through.

use serde_json::{Value, json};

use crate::client::{Client, gateway};
use crate::recorder::{Recorder, json};

const RIGHTS: [&str; 6] = ["play", "download", "delete", "edit", "share", "rooms"];

/// Method, path, and the rights of which any will do.
type Action = (&'static str, &'static str, &'static [&'static str]);

const OPENVIDU_MEET: [Action; 19] = [
    ("GET", "/api/v1/recordings", &[]),
    ("GET", "/api/v1/recordings/r--EG_1--u", &[]),
    ("GET", "/api/v1/recordings/r--EG_1--u/media", &["play", "download"]),
    ("HEAD", "/api/v1/recordings/r--EG_1--u/media", &["play", "download"]),
    ("GET", "/api/v1/recordings/r--EG_1--u/url?privateAccess=true", &["share"]),
    ("GET", "/api/v1/recordings/download?recordingIds=r--EG_1--u", &["download"]),
    ("DELETE", "/api/v1/recordings/r--EG_1--u", &["delete"]),
    ("DELETE", "/api/v1/recordings?recordingIds=r--EG_1--u", &["delete"]),
    ("GET", "/api/v1/rooms", &[]),
    ("GET", "/api/v1/rooms/r", &[]),
    ("GET", "/api/v1/rooms/r/config", &[]),
    ("POST", "/api/v1/rooms", &["rooms"]),
    ("PUT", "/api/v1/rooms/r/config", &["rooms"]),
    ("PUT", "/api/v1/rooms/r/status", &["rooms"]),
    ("PUT", "/api/v1/rooms/r", &["rooms"]),
    ("DELETE", "/api/v1/rooms/r", &["rooms"]),
    ("DELETE", "/api/v1/rooms/r?withRecordings=close", &["rooms"]),
    ("DELETE", "/api/v1/rooms?roomIds=r", &["rooms"]),
    ("GET", "/api/v1/recordings/r--EG_1--u/download", &["none"]),
];

const OPENVIDU_MEET_39: [Action; 5] = [
    ("GET", "/meet/api/v1/recordings", &[]),
    ("GET", "/meet/api/v1/recordings/r--EG_1--u/media", &["play"]),
    ("GET", "/meet/api/v1/recordings/r--EG_1--u/download", &["download"]),
    ("PUT", "/meet/api/v1/rooms/r/access", &["rooms"]),
    ("PUT", "/meet/api/v1/rooms/r/roles", &["rooms"]),
];

const OPENVIDU_MEET_A: [Action; 6] = [
    ("GET", "/meet/api/v1/recordings", &[]),
    ("GET", "/meet/api/v1/recordings/x", &[]),
    ("GET", "/meet/api/v1/recordings/x/stream", &["play", "download"]),
    ("DELETE", "/meet/api/v1/recordings/x", &["delete"]),
    ("DELETE", "/meet/api/v1/recordings", &["delete"]),
    ("DELETE", "/meet/api/v1/rooms/r", &["rooms"]),
];

const PLUGNMEET: [Action; 13] = [
    ("POST", "/auth/recording/fetch", &[]),
    ("POST", "/auth/recording/info", &[]),
    ("POST", "/auth/recording/recordingInfo", &[]),
    ("POST", "/auth/recording/getDownloadToken", &["play", "download"]),
    ("POST", "/auth/recording/updateMetadata", &["edit"]),
    ("POST", "/auth/recording/mergeRecordings", &["edit"]),
    ("POST", "/auth/recording/delete", &["delete"]),
    ("POST", "/auth/room/create", &["rooms"]),
    ("POST", "/auth/room/endRoom", &["rooms"]),
    ("POST", "/auth/room/isRoomActive", &[]),
    ("POST", "/auth/room/getActiveRoomInfo", &[]),
    ("POST", "/auth/room/getActiveRoomsInfo", &[]),
    ("POST", "/auth/room/fetchPastRooms", &[]),
];

const WHEREBY: [Action; 9] = [
    ("GET", "/v1/recordings", &[]),
    ("GET", "/v1/recordings/x", &[]),
    ("GET", "/v1/recordings/x/access-link?validForSeconds=60", &["play", "download"]),
    ("DELETE", "/v1/recordings/x", &["delete"]),
    ("POST", "/v1/recordings/bulk-delete", &["delete"]),
    ("GET", "/v1/meetings", &[]),
    ("GET", "/v1/meetings/x", &[]),
    ("POST", "/v1/meetings", &["rooms"]),
    ("DELETE", "/v1/meetings/x", &["rooms"]),
];

/// A system with a user for each right, `all` but for `one` of them.
fn config(system: &str) -> String {
    let mut text = format!("\n[systems.it]\nurl = \"{{url}}\"\n{system}\n");
    let mut user = |name: &str, rights: &[&str]| {
        text += &format!("[[users]]\nname = \"{name}\"\npassword = \"HASH\"\n");
        text += &format!("[users.systems.it]\nrights = {rights:?}\n");
    };
    for right in RIGHTS {
        user(right, &[right]);
    }
    user("nothing", &[]);
    text
}

async fn check(system: &str, actions: &[Action]) {
    let server = Recorder::quiet().await;
    let gateway = gateway(&config(system), &server.url).await;
    for user in RIGHTS.into_iter().chain(["nothing"]) {
        let client = Client::signed_in(&gateway, user).await;
        for (method, path, needs) in actions {
            let body = matches!(*method, "POST" | "PUT").then(|| json!({}));
            let answer = client.send(method, &format!("/gateway/it{path}"), body).await;
            let expected = match *needs {
                ["none"] => 404,
                [] => 200,
                needs if needs.contains(&user) => 200,
                _ => 403,
            };
            assert_eq!(answer.status, expected, "{user}: {method} {path}");
            assert_eq!(server.take().len(), usize::from(expected == 200), "{user}: {path}");
            if expected == 403 && *method != "HEAD" {
                answer.is_refused(403, "You have no right to this: it needs ");
            }
        }
    }
}

#[tokio::test]
async fn openvidu_meet() {
    let system = |dialect: &str| {
        format!("provider = \"openvidu-meet\"\napi_key = \"k\"\ndialect = \"{dialect}\"")
    };
    check(&system("3.4"), &OPENVIDU_MEET).await;
    check(&system("3.9"), &OPENVIDU_MEET_39).await;
    check(&system("a"), &OPENVIDU_MEET_A).await;
}

#[tokio::test]
async fn plugnmeet() {
    check("provider = \"plugnmeet\"\nkey = \"k\"\nsecret = \"s\"", &PLUGNMEET).await;
}

#[tokio::test]
async fn whereby() {
    check("provider = \"whereby\"\napi_key = \"k\"", &WHEREBY).await;
}

#[tokio::test]
async fn deleting_a_room_with_its_recordings_needs_both_rights() {
    let server = Recorder::quiet().await;
    let system = "provider = \"openvidu-meet\"\napi_key = \"k\"\ndialect = \"3.5\"";
    let both = "[[users]]\nname = \"both\"\npassword = \"HASH\"\n[users.systems.it]\nrights = [\"rooms\", \"delete\"]";
    let gateway = gateway(&format!("{}{both}\n", config(system)), &server.url).await;
    let paths = [
        "/gateway/it/api/v1/rooms/r?withRecordings=force",
        "/gateway/it/api/v1/rooms/r?withRecordings=FORCE",
        "/gateway/it/api/v1/rooms?roomIds=r&withRecordings=force",
        "/gateway/it/api/v1/rooms/r?withRecordings=force&withRecordings=close",
    ];
    let rooms = Client::signed_in(&gateway, "rooms").await;
    let both = Client::signed_in(&gateway, "both").await;
    for path in paths {
        rooms.delete(path).await.is_refused(403, "it needs delete");
        assert!(server.take().is_empty());
        assert_eq!(both.delete(path).await.status, 200);
        assert_eq!(server.take().len(), 1);
    }
    // The first counts, and it is the only one that arrives.
    let path = "/gateway/it/api/v1/rooms/r?withRecordings=close&withRecordings=force";
    assert_eq!(rooms.delete(path).await.status, 200);
    assert_eq!(server.targets(), ["DELETE /api/v1/rooms/r?withRecordings=close"]);
}

#[tokio::test]
async fn a_system_that_is_not_the_users_is_forbidden() {
    let server = Recorder::quiet().await;
    let other = "[systems.other]\nprovider = \"whereby\"\nurl = \"{url}\"\napi_key = \"k\"\n";
    let config = config("provider = \"whereby\"\napi_key = \"k\"") + other;
    let gateway = gateway(&config, &server.url).await;
    let client = Client::signed_in(&gateway, "play").await;
    let answer = client.get("/gateway/other/v1/recordings").await;
    answer.is_refused(403, "You may not use this system");
    assert!(server.take().is_empty());
}

/// What `user` gets of `answer`.
async fn seen(system: &str, path: &str, user: &str, answer: Value) -> Value {
    let server = Recorder::start(move |_| json(answer.clone())).await;
    let gateway = gateway(&config(system), &server.url).await;
    let client = Client::signed_in(&gateway, user).await;
    let method = if path.starts_with("/auth/") { "POST" } else { "GET" };
    let body = (method == "POST").then(|| json!({}));
    let answer = client.send(method, &format!("/gateway/it{path}"), body).await;
    assert_eq!(answer.status, 200);
    answer.json()
}

#[tokio::test]
async fn links_that_give_more_than_a_right_are_hidden_from_who_has_not_that_right() {
    let openvidu = "provider = \"openvidu-meet\"\napi_key = \"k\"\ndialect = \"3.8\"";
    let whereby = "provider = \"whereby\"\napi_key = \"k\"";
    let superviz = "provider = \"superviz\"\nclient_id = \"c\"\nsecret = \"s\"";
    let plugnmeet = "provider = \"plugnmeet\"\nkey = \"k\"\nsecret = \"s\"";
    for (system, path, right, with, without) in [
        (
            openvidu,
            "/meet/api/v1/rooms",
            "rooms",
            json!({ "rooms": [{ "roomId": "r", "moderatorUrl": "canary", "access": {
                "anonymous": { "moderator": { "enabled": true, "url": "canary" } } } }] }),
            json!({ "rooms": [{ "roomId": "r", "access": {
                "anonymous": { "moderator": { "enabled": true } } } }] }),
        ),
        (
            whereby,
            "/v1/meetings/1",
            "rooms",
            json!({ "meetingId": "1", "roomUrl": "x", "hostRoomUrl": "canary" }),
            json!({ "meetingId": "1", "roomUrl": "x" }),
        ),
        (
            superviz,
            "/recording",
            "play",
            json!([{ "uuid": "1", "url": "canary" }]),
            json!([{ "uuid": "1" }]),
        ),
        (
            plugnmeet,
            "/auth/recording/info",
            "rooms",
            json!({ "status": true, "room_info": { "room_id": "r", "webhook_url": "canary" } }),
            json!({ "status": true, "room_info": { "room_id": "r" } }),
        ),
    ] {
        assert_eq!(seen(system, path, right, with.clone()).await, with);
        assert_eq!(seen(system, path, "nothing", with.clone()).await, without);
    }
}
