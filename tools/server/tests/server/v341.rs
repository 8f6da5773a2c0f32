//! 3.4.1: tokens in headers, or in cookies for other sites; everything else as 3.4.0.

use serde_json::json;

use crate::client::{TestServer, room_of, send, text};
use meet_recordings_server::{AuthTransport, Config, Dialect};
use reqwest::Method;

const LIST: &str = "/api/v1/recordings";
const REFRESH: &str = "/internal-api/v1/auth/refresh";
const PROFILE: &str = "/internal-api/v1/users/profile";

#[tokio::test]
async fn signing_in_answers_tokens_and_sets_no_cookie() {
    let server = TestServer::of(Dialect::V341).await;
    let client = server.anonymous();
    let answer = client.sign_in("admin", "admin").await;
    assert!(!answer.headers.contains_key("set-cookie"));
    let body = answer.json();
    assert_eq!(body["message"], "User 'admin' logged in successfully");
    let (access, refresh) = (text(&body, "accessToken"), text(&body, "refreshToken"));
    // Nothing was remembered by the client.
    client.get(PROFILE).await.is_error(401, "Authentication Error", "Unauthorized");
    let client = client.with_bearer("authorization", &access);
    assert_eq!(client.get(PROFILE).await.json()["username"], "admin");
    assert_eq!(client.get(LIST).await.json()["recordings"][0]["status"], "complete");

    let none = client.post(REFRESH, json!({})).await;
    none.is_error(400, "Refresh Token Error", "No refresh token provided");
    let client = client.with_bearer("x-refresh-token", &refresh);
    let refreshed = client.post(REFRESH, json!({})).await.json();
    assert_eq!(refreshed["message"], "Access token for user 'admin' successfully refreshed");
    assert!(refreshed["accessToken"].is_string() && refreshed.get("refreshToken").is_none());
    let gone = client.post("/internal-api/v1/auth/logout", json!({})).await;
    assert!(gone.status == 200 && !gone.headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn tokens_count_only_as_bearers_or_in_the_query() {
    let server = TestServer::of(Dialect::V341).await;
    let body = server.anonymous().sign_in("admin", "admin").await.json();
    let token = text(&body, "accessToken");
    let bare = server.anonymous().with_header("authorization", &token);
    bare.get(LIST).await.is_error(401, "Authentication Error", "Unauthorized");
    let cookie = format!("OvMeetAccessToken={token}");
    let cookie = server.anonymous().with_header("cookie", &cookie);
    cookie.get(LIST).await.is_error(401, "Authentication Error", "Unauthorized");
    let path = format!("{LIST}?accessToken={token}");
    assert_eq!(server.anonymous().get(&path).await.status, 200);
    let forged = server.anonymous().with_bearer("authorization", "a.b.c");
    forged.get(LIST).await.is_error(401, "Authentication Error", "Invalid token");
}

#[tokio::test]
async fn expired_access_tokens_are_refreshed_by_header() {
    let server = TestServer::of(Dialect::V341).await;
    let body = server.anonymous().sign_in("admin", "admin").await.json();
    let client = server.anonymous().with_bearer("authorization", &text(&body, "accessToken"));
    let client = client.with_bearer("x-refresh-token", &text(&body, "refreshToken"));
    server.hooks().expire_access_tokens();
    client.get(LIST).await.is_error(401, "Authentication Error", "Invalid token");
    let fresh = text(&client.post(REFRESH, json!({})).await.json(), "accessToken");
    let client = client.with_bearer("authorization", &fresh);
    assert_eq!(client.get(LIST).await.status, 200);
    server.hooks().expire_sessions();
    let refused = client.post(REFRESH, json!({})).await;
    refused.is_error(400, "Refresh Token Error", "Invalid refresh token");
}

#[tokio::test]
async fn recording_tokens_travel_in_their_header_or_the_query() {
    let server = TestServer::of(Dialect::V341).await;
    let id = server.admin().await.first("Physics", "complete").await;
    let room = room_of(&id);
    let answer = server.anonymous().enter(room, &server.room_secret(room, "speaker")).await;
    assert!(!answer.headers.contains_key("set-cookie"));
    let token = text(&answer.json(), "token");
    let client = server.anonymous().with_bearer("x-recording-token", &token);
    assert_eq!(client.recordings().await.len(), 10);
    let media = format!("{LIST}/{id}/media?recordingToken={token}");
    assert_eq!(server.anonymous().range(&media, "bytes=0-9").await.status, 206);
    // The name of later generations is not known yet.
    let later = server.anonymous().with_bearer("x-room-member-token", &token);
    assert_eq!(later.get(LIST).await.status, 401);
}

#[tokio::test]
async fn cookies_by_choice_work_in_frames_of_other_sites() {
    let server = TestServer::with(Config {
        dialect: Dialect::V341,
        auth_transport: AuthTransport::Cookie,
        ..Config::default()
    })
    .await;
    let answer = server.anonymous().sign_in("admin", "admin").await;
    assert_eq!(answer.json(), json!({ "message": "User 'admin' logged in successfully" }));
    let cookies: Vec<&str> =
        answer.headers.get_all("set-cookie").iter().map(|it| it.to_str().unwrap()).collect();
    let flags = "HttpOnly; Secure; Partitioned; SameSite=None";
    assert!(cookies[0].ends_with(&format!("; Max-Age=7200; Path=/; {flags}")), "{}", cookies[0]);
    assert!(cookies[1].contains("; Path=/internal-api/v1/auth; "));
    assert!(cookies.iter().all(|cookie| cookie.ends_with(flags)));
    let access = cookies[0].split(';').next().unwrap();
    let client = server.anonymous().with_header("cookie", access);
    assert_eq!(client.get(PROFILE).await.status, 200);
    let token = access.split_once('=').unwrap().1;
    let header = server.anonymous().with_bearer("authorization", token);
    assert_eq!(header.get(PROFILE).await.status, 401);

    let id = client.first("Physics", "complete").await;
    let room = room_of(&id);
    let entered = server.anonymous().enter(room, &server.room_secret(room, "moderator")).await;
    assert!(entered.header("set-cookie").starts_with("OvMeetRecordingToken="));
    assert!(entered.header("set-cookie").ends_with(flags));
}

#[tokio::test]
async fn preflights_allow_the_headers_of_tokens() {
    let server = TestServer::of(Dialect::V341).await;
    let asked = "authorization,x-recording-token,x-refresh-token";
    let request = server
        .anonymous()
        .request(Method::OPTIONS, LIST)
        .header("origin", "https://host.example")
        .header("access-control-request-headers", asked);
    let answer = send(request).await;
    assert_eq!((answer.status, answer.header("access-control-allow-headers")), (204, asked));
}

#[tokio::test]
async fn sorting_is_not_known_and_bulk_answers_are_those_of_3_4_0() {
    let server = TestServer::of(Dialect::V341).await;
    let client = server.admin().await;
    assert_eq!(client.get(&format!("{LIST}?sortField=none&status=none")).await.status, 200);
    assert_eq!(client.get("/internal-api/v1/users/me").await.status, 404);
    let ids = client.ids("Physics", "complete").await;
    let deleted = client.delete(&format!("{LIST}?recordingIds={}", ids[0])).await;
    assert_eq!(
        deleted.json(),
        json!({ "message": "All recordings deleted successfully", "deleted": [ids[0]] })
    );
}
