//! Generation A, as its specification has it.

use serde_json::{Value, json};

use crate::client::{Answer, Client, TestServer, room_of, send, text};
use meet_recordings_server::Dialect;
use reqwest::Method;

const API: &str = "/meet/api/v1";
const LIST: &str = "/meet/api/v1/recordings";
const ROOMS: &str = "/meet/api/v1/rooms";
const VERIFY: &str = "/meet/api/v1/auth/admin/verify";

async fn start() -> TestServer {
    TestServer::of(Dialect::A).await
}

async fn ids(client: &Client, status: &str) -> Vec<String> {
    let rows = client.get(LIST).await.json();
    let rows = rows.as_array().unwrap().iter().filter(|row| row["status"] == status);
    rows.map(|row| text(row, "id")).collect()
}

#[track_caller]
fn is(answer: &Answer, status: u16, body: &Value) {
    assert_eq!((answer.status, &answer.json()), (status, body));
}

#[tokio::test]
async fn recordings_are_a_bare_array_with_names_of_their_own() {
    let server = start().await;
    let client = server.admin().await;
    let list = client.get(&format!("{LIST}?maxItems=3&sortField=none&status=none")).await.json();
    let rows = list.as_array().unwrap();
    assert_eq!(rows.len(), 64, "there are no pages and no parameters");
    let ready = rows.iter().find(|row| row["status"] == "READY").unwrap();
    let names: Vec<&String> = ready.as_object().unwrap().keys().collect();
    assert_eq!(
        names,
        [
            "id",
            "roomName",
            "outputMode",
            "status",
            "filename",
            "startedAt",
            "endedAt",
            "duration",
            "size"
        ]
    );
    assert_eq!(ready["outputMode"], "COMPOSED");
    assert_eq!(text(ready, "roomName"), room_of(&text(ready, "id")));
    let mut statuses: Vec<&str> = rows.iter().map(|row| row["status"].as_str().unwrap()).collect();
    statuses.sort_unstable();
    statuses.dedup();
    assert_eq!(statuses, ["FAILED", "READY", "STARTED", "STARTING", "STOPPING"]);
    let one = client.get(&format!("{LIST}/{}", text(ready, "id"))).await.json();
    assert_eq!(one, *ready);
    let none = client.get(&format!("{LIST}/none")).await;
    is(&none, 404, &json!({ "code": 404, "message": "Recording not found" }));
}

#[tokio::test]
async fn administrators_sign_in_with_cookies_of_their_own_path() {
    let server = start().await;
    let client = server.anonymous();
    is(&client.get(VERIFY).await, 401, &json!({ "message": "Unauthorized" }));
    let wrong = client.sign_in("admin", "wrong").await;
    is(&wrong, 404, &json!({ "code": 404, "message": "Invalid username or password" }));
    assert_eq!(client.sign_in("user", "user1").await.status, 404, "no administrator");
    let answer = client.sign_in("admin", "admin").await;
    let cookies: Vec<&str> =
        answer.headers.get_all("set-cookie").iter().map(|it| it.to_str().unwrap()).collect();
    let flags = "HttpOnly; SameSite=Strict";
    assert!(cookies[0].starts_with("OvMeetAccessToken="));
    assert!(cookies[0].ends_with(&format!("; Max-Age=7200; Path=/; {flags}")));
    assert!(cookies[1].starts_with("OvMeetRefreshToken="));
    let path = format!("; Max-Age=86400; Path=/meet/api/v1/auth/admin; {flags}");
    assert!(cookies[1].ends_with(&path), "{}", cookies[1]);
    assert_eq!(client.get(VERIFY).await.status, 200);

    server.hooks().expire_access_tokens();
    is(&client.get(LIST).await, 401, &json!({ "message": "Invalid token" }));
    let refresh = format!("{API}/auth/admin/refresh");
    assert_eq!(client.post(&refresh, json!({})).await.status, 200);
    assert_eq!(client.get(LIST).await.status, 200);
    let gone = client.post(&format!("{API}/auth/admin/logout"), json!({})).await;
    assert_eq!(gone.headers.get_all("set-cookie").iter().count(), 2);
    assert_eq!(client.get(VERIFY).await.status, 401);
    let none = server.anonymous().post(&refresh, json!({})).await;
    is(&none, 400, &json!({ "code": 400, "message": "No refresh token provided" }));

    let user = server.anonymous();
    let body = json!({ "username": "user", "password": "user1" });
    assert_eq!(user.post(&format!("{API}/auth/login"), body).await.status, 200);
    assert_eq!(user.get(VERIFY).await.status, 403);
    assert_eq!(user.get(LIST).await.status, 403);
}

#[tokio::test]
async fn the_api_key_opens_everything() {
    let server = start().await;
    let client = server.with_key();
    let id = ids(&client, "READY").await.swap_remove(0);
    assert_eq!(client.get(&format!("{LIST}/{id}/stream")).await.status, 200);
    assert_eq!(client.get(ROOMS).await.status, 200);
    let wrong = server.anonymous().with_header("x-api-key", "wrong").get(LIST).await;
    is(&wrong, 401, &json!({ "message": "Invalid API key" }));
}

#[tokio::test]
async fn streams_answer_ranges_and_refuse_bad_ones() {
    let server = start().await;
    let client = server.admin().await;
    let rows = client.get(LIST).await.json();
    let rows = rows.as_array().unwrap().iter();
    let large = rows.max_by_key(|row| row["size"].as_u64()).unwrap();
    let size = large["size"].as_u64().unwrap();
    let path = format!("{LIST}/{}/stream", text(large, "id"));
    let whole = client.get(&path).await;
    assert_eq!((whole.status, whole.body.len() as u64), (200, size));
    assert_eq!(whole.header("accept-ranges"), "bytes");
    assert_eq!(whole.header("content-type"), "video/mp4");
    assert_eq!(whole.header("cache-control"), "");
    for (range, part) in [
        ("bytes=0-1023", "bytes 0-1023/"),
        ("bytes=0-0", "bytes 0-0/"),
        // One byte more than 5 MiB.
        ("bytes=0-", "bytes 0-5242880/"),
    ] {
        let answer = client.range(&path, range).await;
        assert_eq!(answer.status, 206, "{range}");
        assert_eq!(answer.header("content-range"), format!("{part}{size}"));
    }
    for range in ["bytes=-5", "abc", "bytes=0-1,2-3"] {
        let answer = client.range(&path, range).await;
        is(&answer, 400, &json!({ "code": 400, "message": "Invalid Range header" }));
    }
    let beyond = client.range(&path, &format!("bytes={size}-")).await;
    is(&beyond, 416, &json!({ "code": 416, "message": "Requested range not satisfiable" }));
    let failed = ids(&client, "FAILED").await.swap_remove(0);
    assert_eq!(client.get(&format!("{LIST}/{failed}/stream")).await.status, 404);
    assert_eq!(server.anonymous().get(&path).await.status, 401);
    assert_eq!(client.get(&path.replace("/stream", "/media")).await.status, 404);
}

#[tokio::test]
async fn deletions_are_204_whatever_the_ids() {
    let server = start().await;
    let client = server.admin().await;
    let ready = ids(&client, "READY").await;
    let delete = |body: Value| send(client.request(Method::DELETE, LIST).json(&body));
    let both = delete(json!({ "recordingIds": [ready[0], ready[1], "none"] })).await;
    assert_eq!((both.status, both.body.len()), (204, 0));
    for _ in 0..2 {
        assert_eq!(client.delete(&format!("{LIST}/{}", ready[2])).await.status, 204);
    }
    let left = ids(&client, "READY").await;
    assert!(ready[..3].iter().all(|id| !left.contains(id)) && left.len() == ready.len() - 3);
    let none = delete(json!({})).await;
    assert_eq!((none.status, &none.json()["message"]), (422, &json!("Invalid request body")));
    let started = ids(&client, "STARTED").await.swap_remove(0);
    let busy = client.delete(&format!("{LIST}/{started}")).await;
    is(&busy, 500, &json!({ "code": 500, "message": "Internal server error" }));
}

#[tokio::test]
async fn recordings_are_started_by_room_name_and_stopped_by_put() {
    let server = start().await;
    let client = server.admin().await;
    let room = client.get(ROOMS).await.json()[0]["roomName"].clone();
    let started = client.post(LIST, json!({ "roomName": room })).await;
    assert_eq!((started.status, &started.json()["status"]), (200, &json!("STARTED")));
    let path = format!("{LIST}/{}", text(&started.json(), "id"));
    assert_eq!(client.put(&path, json!({})).await.status, 204);
    assert_eq!(client.get(&path).await.json()["status"], "STOPPING");
    let unknown = client.post(LIST, json!({ "roomName": "none" })).await;
    is(&unknown, 404, &json!({ "code": 404, "message": "Room not found" }));
    assert_eq!(client.put(&format!("{LIST}/none"), json!({})).await.status, 404);
}

#[tokio::test]
async fn rooms_are_known_by_their_name_and_always_end() {
    let server = start().await;
    let client = server.admin().await;
    let rooms = client.get(&format!("{ROOMS}?fields=roomName,nonsense")).await.json();
    assert_eq!(rooms.as_array().unwrap().len(), 8);
    assert_eq!(rooms[0].as_object().unwrap().len(), 1);

    let asked = json!({
        "expirationDate": 1_900_000_000_000_u64,
        "roomNamePrefix": "OpenVidu",
        "maxParticipants": 10,
        "preferences": { "chatPreferences": { "enabled": false } },
    });
    let created = client.post(ROOMS, asked).await;
    let room = created.json();
    let name = text(&room, "roomName");
    assert!(created.status == 200 && name.starts_with("OpenVidu-"), "{name}");
    assert_eq!(
        (&room["expirationDate"], &room["maxParticipants"], &room["roomNamePrefix"]),
        (&json!(1_900_000_000_000_u64), &json!(10), &json!("OpenVidu"))
    );
    let enabled = |value: bool| json!({ "enabled": value });
    assert_eq!(
        room["preferences"],
        json!({
            "chatPreferences": enabled(false),
            "recordingPreferences": enabled(true),
            "virtualBackgroundPreferences": enabled(true),
        })
    );
    for link in ["moderatorURL", "publisherURL", "viewerURL"] {
        assert!(text(&room, link).contains(&format!("/meet/{name}/?secret=")), "{link}");
    }

    let path = format!("{ROOMS}/{name}");
    let bare = json!({ "recordingPreferences": enabled(false) });
    for (body, chat) in
        [(bare, false), (json!({ "preferences": { "chatPreferences": enabled(true) } }), true)]
    {
        let changed = client.put(&path, body).await;
        assert_eq!(changed.status, 200);
        let preferences = &changed.json()["preferences"];
        assert_eq!(preferences["chatPreferences"], enabled(chat));
        assert_eq!(preferences["recordingPreferences"], enabled(false));
    }
    assert_eq!(client.delete(&path).await.status, 204);
    let gone = client.delete(&path).await;
    is(&gone, 404, &json!({ "code": 404, "message": "Room not found" }));
}

#[tokio::test]
async fn errors_have_a_shape_of_their_own() {
    let server = start().await;
    let client = server.admin().await;
    let invalid =
        client.post(ROOMS, json!({ "expirationDate": "soon", "roomNamePrefix": 7 })).await;
    is(
        &invalid,
        422,
        &json!({
            "error": "Unprocessable Entity",
            "message": "Invalid request body",
            "details": [
                { "field": "expirationDate", "message": "Expected number, received string" },
                { "field": "roomNamePrefix", "message": "Expected string, received number" },
            ],
        }),
    );
    let request = client.request(Method::POST, ROOMS).header("content-type", "text/plain");
    let unsupported = send(request.body("x")).await;
    is(&unsupported, 415, &json!({ "message": "Unsupported Media Type" }));
    let unknown = client.get(&format!("{API}/nope")).await;
    is(&unknown, 404, &json!({ "code": 404, "message": "API path not implemented" }));
    assert_eq!(client.get("/api/v1/recordings").await.status, 404);
    assert_eq!(
        client.get("/meet/api/v2/recordings").await.header("content-type"),
        "application/json"
    );
}
