//! What tests can do to a server, in process and over HTTP.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::client::{TestServer, send};
use meet_recordings_server::{Action, Config, RequestRecord, Rule};
use reqwest::Method;

const LIST: &str = "/api/v1/recordings";

#[tokio::test]
async fn rules_answer_in_place_of_the_server_until_they_run_out() {
    let server = TestServer::start().await;
    let client = server.admin().await;
    let hooks = server.hooks();
    hooks.add_rule(Rule { times: Some(2), ..Rule::once(LIST, Action::status(503)).on("GET") });
    hooks.add_rule(Rule::once("/api/v1/rooms", Action::rate_limit(7)));
    assert_eq!(client.get(LIST).await.status, 503);
    assert_eq!(client.delete(&format!("{LIST}?recordingIds=a--EG_b--c")).await.status, 200);
    assert_eq!(client.get(LIST).await.status, 503);
    assert_eq!(client.get(LIST).await.status, 200);
    let limited = client.get("/api/v1/rooms").await;
    assert_eq!((limited.status, limited.header("retry-after")), (429, "7"));

    hooks.add_rule(Rule::always(LIST, Action::body("text/html", "<h1>Sign in</h1>")));
    for _ in 0..3 {
        let page = client.get(LIST).await;
        assert_eq!((page.status, page.header("content-type")), (200, "text/html"));
    }
    hooks.clear_rules();
    hooks.add_rule(Rule::once(LIST, Action::Truncate { after_bytes: 40 }));
    assert_eq!(client.get(LIST).await.body.len(), 40);
    assert_eq!(client.get(LIST).await.status, 200);
}

#[tokio::test]
async fn cut_breaks_the_connection_and_delay_holds_it_up() {
    let server = TestServer::start().await;
    let client = server.admin().await;
    let id = client.first("Physics", "COMPLETE").await;
    let media = format!("{LIST}/{id}/media");
    server
        .hooks()
        .add_rule(Rule::once(&format!("{LIST}/*/media"), Action::Cut { after_bytes: 1000 }));
    let mut response = client.request(Method::GET, &media).send().await.unwrap();
    assert_eq!(response.status(), 200);
    let mut received = 0;
    let broken = loop {
        match response.chunk().await {
            Ok(Some(chunk)) => received += chunk.len(),
            Ok(None) => break false,
            Err(_) => break true,
        }
    };
    assert!(broken && received == 1000, "{received}");
    assert_eq!(client.get(&media).await.status, 200);

    server.hooks().add_rule(Rule::once(LIST, Action::Delay { ms: 150 }));
    let start = Instant::now();
    assert_eq!(client.get(LIST).await.status, 200);
    assert!(start.elapsed() >= Duration::from_millis(150));
}

#[tokio::test]
async fn open_media_end_with_their_connection() {
    let server = TestServer::start().await;
    let client = server.admin().await;
    let id = client.first("Physics", "COMPLETE").await;
    let hooks = server.hooks();
    hooks.add_rule(Rule::always(
        &format!("{LIST}/*/media"),
        Action::Throttle { bytes_per_second: 10_000 },
    ));
    let mut response =
        client.request(Method::GET, &format!("{LIST}/{id}/media")).send().await.unwrap();
    assert!(response.chunk().await.unwrap().is_some());
    assert_eq!(hooks.open_media(), 1);
    drop(response);
    let start = Instant::now();
    while hooks.open_media() > 0 && start.elapsed() < Duration::from_secs(3) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(hooks.open_media(), 0);
}

#[tokio::test]
async fn data_change_behind_the_clients_back() {
    let server = TestServer::start().await;
    let client = server.admin().await;
    let ids = client.ids("Physics", "COMPLETE").await;
    let hooks = server.hooks();
    assert!(hooks.remove_recording(&ids[0]));
    assert!(!hooks.remove_recording(&ids[0]));
    assert_eq!(client.get(&format!("{LIST}/{}", ids[0])).await.status, 404);

    let odd =
        json!({ "recordingId": ids[1], "status": "QUANTUM", "size": "many", "duration": null });
    hooks.override_recording(&ids[1], odd.clone());
    assert_eq!(client.get(&format!("{LIST}/{}", ids[1])).await.json(), odd);
    assert!(
        client.get(&format!("{LIST}?maxItems=100&roomId=physics")).await.json()["recordings"]
            .as_array()
            .unwrap()
            .contains(&odd)
    );

    hooks.reset();
    assert_eq!(hooks.recording_ids().len(), 64);
    assert_eq!(client.ids("Physics", "COMPLETE").await, ids);
}

#[tokio::test]
async fn requests_are_remembered() {
    let server = TestServer::start().await;
    let client = server.admin().await;
    let id = client.first("Physics", "COMPLETE").await;
    let hooks = server.hooks();
    hooks.clear_requests();
    let path = format!("{LIST}/{id}/media?t=1");
    client.range(&path, "bytes=0-9").await;
    let seen = hooks.requests();
    assert_eq!(
        seen,
        [RequestRecord {
            at: seen[0].at,
            method: "GET".to_owned(),
            path,
            range: Some("bytes=0-9".to_owned()),
            status: 206
        }]
    );
}

#[tokio::test]
async fn over_http_they_exist_only_when_asked_for() {
    let server = TestServer::start().await;
    let client = server.anonymous();
    assert_eq!(client.post("/test-hooks/reset", json!({})).await.status, 404);

    let server = TestServer::with(Config { test_hooks: true, ..Config::default() }).await;
    let client = server.admin().await;
    let id = client.first("Physics", "COMPLETE").await;
    let one = format!("{LIST}/{id}");
    let hook =
        async |path: &str, body| client.post(&format!("/test-hooks/{path}"), body).await.status;

    let rule = json!({ "path_prefix": LIST, "action": { "respond": { "status": 502, "body": "", "content_type": "text/html" } } });
    assert_eq!(hook("rules", rule).await, 204);
    assert_eq!(client.get(LIST).await.status, 502);
    assert_eq!(hook("rules", json!({ "path_prefix": "/" })).await, 422);
    assert_eq!(
        hook("recordings/override", json!({ "id": id, "json": { "status": 7 } })).await,
        204
    );
    assert_eq!(client.get(&one).await.json(), json!({ "status": 7 }));
    assert_eq!(hook("recordings/remove", json!({ "id": id })).await, 204);
    assert_eq!(hook("recordings/remove", json!({ "id": id })).await, 404);
    assert_eq!(hook("clock", json!({ "speed": 0, "advance_ms": 60_000 })).await, 204);
    assert!(client.ids("Customer", "STARTING").await.is_empty());
    assert_eq!(hook("expire-access", json!({})).await, 204);
    assert_eq!(client.get(LIST).await.status, 401);
    assert_eq!(hook("expire-sessions", json!({})).await, 204);
    assert_eq!(client.post("/internal-api/v1/auth/refresh", json!({})).await.status, 400);
    let seen = client.get("/test-hooks/requests").await.json();
    assert_eq!(seen["openMedia"], 0);
    assert_eq!(seen["requests"].as_array().unwrap().last().unwrap()["status"], 400);
    assert_eq!(hook("reset", json!({})).await, 204);
    let cleared = send(client.request(Method::DELETE, "/test-hooks/requests")).await;
    assert_eq!(cleared.status, 204);
}
