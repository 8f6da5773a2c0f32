//! Item 8: signing in and out, refreshing, and the chain of credentials.

use serde_json::json;

use crate::client::{TestServer, room_of};
use meet_recordings_server::Config;

const REFRESH: &str = "/internal-api/v1/auth/refresh";
const PROFILE: &str = "/internal-api/v1/users/profile";
const LIST: &str = "/api/v1/recordings";

#[tokio::test]
async fn signing_in_sets_two_cookies() {
    let server = TestServer::start().await;
    let client = server.anonymous();
    let answer = client.sign_in("admin", "admin").await;
    assert_eq!(answer.json(), json!({ "message": "Login succeeded" }));
    let cookies: Vec<&str> =
        answer.headers.get_all("set-cookie").iter().map(|it| it.to_str().unwrap()).collect();
    assert_eq!(cookies.len(), 2);
    assert!(cookies[0].starts_with("OvMeetAccessToken="));
    assert!(cookies[0].ends_with("; Max-Age=7200; Path=/; HttpOnly; SameSite=Strict"));
    assert!(cookies[1].starts_with("OvMeetRefreshToken="));
    assert!(
        cookies[1]
            .ends_with("; Max-Age=86400; Path=/internal-api/v1/auth; HttpOnly; SameSite=Strict")
    );
    let profile = client.get(PROFILE).await.json();
    assert_eq!(profile, json!({ "username": "admin", "roles": ["admin", "user"] }));
    let profile = server.user().await.get(PROFILE).await.json();
    assert_eq!(profile, json!({ "username": "user", "roles": ["user"] }));
}

#[tokio::test]
async fn a_bad_password_is_404_and_the_sixth_try_429() {
    let server = TestServer::start().await;
    let client = server.anonymous();
    for password in ["wrong", "wrong", "wrong", "wrong", "bad"] {
        let answer = client.sign_in("admin", password).await;
        if password == "bad" {
            answer.is_invalid("password", "Password must be at least 4 characters long");
        } else {
            answer.is_error(404, "Login Error", "Invalid username or password");
        }
    }
    let limited = client.sign_in("admin", "admin").await;
    assert_eq!(limited.status, 429);
    assert_eq!(limited.text(), "Too many login attempts, please try again later");
    assert!(limited.header("retry-after").parse::<u32>().unwrap() <= 300);
}

#[tokio::test]
async fn missing_and_invalid_tokens_differ() {
    let server = TestServer::start().await;
    let missing = server.anonymous().get(LIST).await;
    missing.is_error(401, "Authentication Error", "Unauthorized");
    let forged = server.anonymous().with_header("cookie", "OvMeetAccessToken=a.b.c");
    forged.get(LIST).await.is_error(401, "Authentication Error", "Invalid token");
    let key = server.anonymous().with_header("x-api-key", "wrong");
    key.get(LIST).await.is_error(401, "Authentication Error", "Invalid API key");
    let keyless = TestServer::with(Config { api_key: None, ..Config::default() }).await;
    let answer = keyless.anonymous().with_header("x-api-key", "any").get(LIST).await;
    assert_eq!(answer.status, 401);
    assert!(answer.text().contains("There are no API keys configured yet"));
}

#[tokio::test]
async fn refreshing_once_mends_an_expired_access_token() {
    let server = TestServer::start().await;
    let client = server.admin().await;
    server.hooks().expire_access_tokens();
    client.get(LIST).await.is_error(401, "Authentication Error", "Invalid token");
    let refreshed = client.post(REFRESH, json!({})).await;
    assert_eq!(refreshed.json(), json!({ "message": "Token refreshed" }));
    assert_eq!(refreshed.headers.get_all("set-cookie").iter().count(), 1);
    assert_eq!(client.get(LIST).await.status, 200);

    server.hooks().expire_sessions();
    assert_eq!(client.get(LIST).await.status, 401);
    let refused = client.post(REFRESH, json!({})).await;
    refused.is_error(400, "Refresh Token Error", "Invalid refresh token");
    let none = server.anonymous().post(REFRESH, json!({})).await;
    none.is_error(400, "Refresh Token Error", "No refresh token provided");
}

#[tokio::test]
async fn signing_out_clears_both_cookies_but_not_the_recording_token() {
    let server = TestServer::start().await;
    let client = server.admin().await;
    let answer = client.post("/internal-api/v1/auth/logout", json!({})).await;
    assert_eq!(answer.json(), json!({ "message": "Logout successful" }));
    let cleared: Vec<&str> = answer
        .headers
        .get_all("set-cookie")
        .iter()
        .map(|cookie| cookie.to_str().unwrap().split('=').next().unwrap())
        .collect();
    assert_eq!(cleared, ["OvMeetAccessToken", "OvMeetRefreshToken"]);
    client.get(PROFILE).await.is_error(401, "Authentication Error", "Unauthorized");
}

#[tokio::test]
async fn a_stale_access_cookie_spoils_a_valid_recording_cookie() {
    let server = TestServer::start().await;
    let id = server.admin().await.first("Physics", "COMPLETE").await;
    let room = room_of(&id);
    let secret = server.hooks().room_secrets(room).moderator;
    let path = format!("/internal-api/v1/rooms/{room}/recording-token");
    let answer = server.anonymous().post(&path, json!({ "secret": secret })).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.ends_with("; Max-Age=7200; Path=/; HttpOnly; SameSite=Strict"), "{cookie}");
    let token = answer.json()["token"].as_str().unwrap().to_owned();

    let valid = format!("OvMeetRecordingToken={token}");
    let both = format!("{valid}; OvMeetAccessToken=stale");
    let with = |cookies: &str| server.anonymous().with_header("cookie", cookies);
    assert_eq!(with(&valid).get(LIST).await.status, 200);
    with(&both).get(LIST).await.is_error(401, "Authentication Error", "Invalid token");
    // A signed-in user without the admin role falls through to the recording cookie.
    let login = server.anonymous().sign_in("user", "user1").await;
    let access = login.header("set-cookie").split(';').next().unwrap().to_owned();
    assert_eq!(with(&format!("{access}; {valid}")).get(LIST).await.status, 200);
}

#[tokio::test]
async fn passwords_can_be_changed() {
    let server = TestServer::start().await;
    let client = server.admin().await;
    let path = "/internal-api/v1/users/change-password";
    let change = |current: &str, new: &str| {
        client.post(path, json!({ "currentPassword": current, "newPassword": new }))
    };
    let wrong = change("wrong", "secret").await;
    wrong.is_error(400, "Change Password Error", "Invalid current password");
    assert_eq!(change("admin", "abc").await.status, 422);
    assert_eq!(change("admin", "secret").await.status, 200);
    assert_eq!(server.anonymous().sign_in("admin", "admin").await.status, 404);
    assert_eq!(server.anonymous().sign_in("admin", "secret").await.status, 200);
}
