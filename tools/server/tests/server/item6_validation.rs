//! Item 6: 422 and the other refusals of malformed requests, and the order of the checks.

use serde_json::json;

use crate::client::{TestServer, send};
use reqwest::Method;

const BAD_ID: &str = "recordingId does not follow the expected format";

#[tokio::test]
async fn each_field_is_named_as_documented() {
    let server = TestServer::start().await;
    let client = server.admin().await;
    let list = "/api/v1/recordings";
    for (value, message) in [
        ("0", "maxItems must be a positive number"),
        ("-1", "maxItems must be a positive number"),
        ("abc", "Expected number, received nan"),
    ] {
        client.get(&format!("{list}?maxItems={value}")).await.is_invalid("maxItems", message);
    }
    client.delete(&format!("{list}/bad")).await.is_invalid("recordingId", BAD_ID);
    for path in ["bad", "bad/media", "bad/url", "a--b--c", "a--EG_b--c--d"] {
        client.get(&format!("{list}/{path}")).await.is_invalid("params.recordingId", BAD_ID);
    }
    for path in [list.to_owned(), format!("{list}/download")] {
        let method = if path == list { Method::DELETE } else { Method::GET };
        let ask =
            |ids: &str| send(client.request(method.clone(), &format!("{path}?recordingIds={ids}")));
        let empty = "recordingIds must contain at least one item";
        ask("").await.is_invalid("recordingIds", empty);
        ask(",%20,").await.is_invalid("recordingIds", empty);
        ask("a--EG_b--c,bad").await.is_invalid("recordingIds.1", BAD_ID);
    }
}

#[tokio::test]
async fn rooms_are_validated_with_dotted_names() {
    let server = TestServer::start().await;
    let client = server.admin().await;
    let create = |body| client.post("/api/v1/rooms", body);
    create(json!({ "roomName": "x".repeat(51) }))
        .await
        .is_invalid("roomName", "roomName cannot exceed 50 characters");
    create(json!({ "autoDeletionDate": 1000 }))
        .await
        .is_invalid("autoDeletionDate", "autoDeletionDate must be at least 1 hour in the future");
    let preferences = json!({
        "chatPreferences": { "enabled": true },
        "recordingPreferences": { "enabled": true },
        "virtualBackgroundPreferences": { "enabled": true },
    });
    create(json!({ "preferences": preferences })).await.is_invalid(
        "preferences.recordingPreferences.allowAccessTo",
        "allowAccessTo is required when recording is enabled",
    );
}

#[tokio::test]
async fn bodies_are_checked_before_paths_and_credentials() {
    let server = TestServer::start().await;
    let client = server.anonymous();
    let post = |kind: &'static str, body: &'static str| {
        let request = client.request(Method::POST, "/api/v1/rooms");
        send(request.header("content-type", kind).body(body))
    };
    let unsupported = post("text/plain", "x").await;
    unsupported.is_error(
        415,
        "Unsupported Media Type",
        "Unsupported media type. Supported types: application/json",
    );
    for malformed in ["{", "\"text\"", "nul"] {
        let answer = post("application/json; charset=utf-8", malformed).await;
        answer.is_error(400, "Bad Request", "Malformed body");
    }
    assert_eq!(post("application/json", "{}").await.status, 401);
}

#[tokio::test]
async fn lists_authenticate_first_and_single_recordings_validate_first() {
    let server = TestServer::start().await;
    let client = server.anonymous();
    assert_eq!(client.get("/api/v1/recordings?maxItems=0").await.status, 401);
    assert_eq!(client.delete("/api/v1/recordings?recordingIds=").await.status, 401);
    assert_eq!(client.get("/api/v1/recordings/bad").await.status, 422);
    assert_eq!(client.range("/api/v1/recordings/a--EG_b--c/media", "x").await.status, 422);
    assert_eq!(client.get("/api/v1/recordings/a--EG_b--c/media").await.status, 401);
}

#[tokio::test]
async fn unknown_paths_and_methods_are_404() {
    let server = TestServer::start().await;
    let client = server.anonymous();
    for path in [
        "/api/v1/nope",
        "/api/v2/recordings",
        "/api",
        "/api/",
        "/internal-api/v1/x",
        "/api/v1/recordings/a/b/c",
    ] {
        let answer = client.get(path).await;
        answer.is_error(404, "Path Not Found", "API path not implemented");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    let answer = client.put("/api/v1/recordings", json!({})).await;
    answer.is_error(404, "Path Not Found", "API path not implemented");
}
