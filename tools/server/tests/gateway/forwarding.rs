//! What reaches a meeting server of a request, and what reaches the browser of its answer.

use axum::body::Body;
use axum::http::Response;
use reqwest::Method;
use serde_json::json;

use crate::client::{Client, gateway, send};
use crate::recorder::{Recorder, json, status};
use crate::secrets::ALL;

fn of_type(code: u16, content_type: &str, text: &'static str) -> Response<Body> {
    let response = Response::builder().status(code).header("content-type", content_type);
    response.body(text.into()).unwrap()
}

#[tokio::test]
async fn nothing_that_could_be_a_credential_is_passed_on() {
    let server = Recorder::quiet().await;
    let gateway = gateway(ALL, &server.url).await;
    let client = Client::signed_in(&gateway, "anna").await;
    let forbidden = [
        ("authorization", "Bearer canary"),
        ("x-api-key", "canary"),
        ("api-key", "canary"),
        ("hash-signature", "canary"),
        ("x-recording-token", "canary"),
        ("x-room-member-token", "canary"),
        ("x-forwarded-for", "canary"),
        ("x-forwarded-host", "canary"),
        ("forwarded", "for=canary"),
        ("referer", "http://canary/"),
        ("user-agent", "canary"),
        ("x-http-method-override", "canary"),
        ("proxy-authorization", "canary"),
    ];
    let mut request = client
        .request(Method::GET, "/gateway/meet/api/v1/recordings?accessToken=canary&maxItems=5")
        .header("accept", "application/json")
        .header("accept-language", "de");
    for (name, value) in forbidden {
        request = request.header(name, value);
    }
    assert_eq!(send(request).await.status, 200);
    let seen = server.take().remove(0);
    assert!(!format!("{seen:?}").contains("canary"), "{seen:?}");
    let mut names: Vec<&str> = seen.headers.keys().map(|name| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "accept-encoding", "accept-language", "host", "x-api-key"]);
    assert_eq!(seen.header("accept-encoding"), "identity");
    assert_eq!(format!("http://{}", seen.header("host")), server.url);
}

#[tokio::test]
async fn targets_arrive_in_one_reading() {
    let server = Recorder::quiet().await;
    let gateway = gateway(ALL, &server.url).await;
    let client = Client::signed_in(&gateway, "anna").await;
    for (path, target) in [
        ("/recordings?roomId=a%20b%2Bc&x=1", "/recordings?roomId=a%20b%2Bc"),
        ("/recordings?roomId=a&roomId=b", "/recordings?roomId=a"),
        ("/recordings?room%49d=a", "/recordings?roomId=a"),
        ("/recordings?secret=s&recordingSecret=s&roomMemberToken=t", "/recordings"),
        ("/recordings/r%2d-EG_1--u", "/recordings/r--EG_1--u"),
        ("/recordings/%3Fsecret=x%23", "/recordings/%3Fsecret%3Dx%23"),
        ("/recordings/a;b=c/media?t=5", "/recordings/a%3Bb%3Dc/media"),
        ("/recordings/%C3%A9%25", "/recordings/%C3%A9%25"),
        ("/rooms/r?fields=roomId,%26", "/rooms/r?fields=roomId%2C%26"),
    ] {
        client.get(&format!("/gateway/meet/api/v1{path}")).await;
        assert_eq!(server.targets(), [format!("GET /api/v1{target}")], "{path}");
    }
}

#[tokio::test]
async fn what_is_not_on_the_list_does_not_exist() {
    let server = Recorder::quiet().await;
    let gateway = gateway(ALL, &server.url).await;
    let client = Client::signed_in(&gateway, "anna").await;
    for (method, path) in [
        ("GET", ""),
        ("GET", "/"),
        ("GET", "/nowhere/api/v1/recordings"),
        ("GET", "//meet/api/v1/recordings"),
        ("GET", "/meet"),
        ("GET", "/meet/"),
        ("GET", "/meet//api/v1/recordings"),
        ("GET", "/meet/api/v1/recordings/"),
        ("GET", "/meet/api/v1/recordings/%2e%2e/users"),
        ("GET", "/meet/api/v1/recordings/a%2F..%2Fb"),
        ("GET", "/meet/api/v1/recordings/a%5Cb"),
        ("GET", "/meet/api/v1/recordings/a%00"),
        ("GET", "/meet/api/v1/recordings/%zz"),
        ("GET", "/meet/internal-api/v1/users/profile"),
        ("POST", "/meet/internal-api/v1/auth/login"),
        ("GET", "/meet/internal-api/v1/auth/api-keys"),
        ("POST", "/meet/api/v1/recordings"),
        ("PATCH", "/meet/api/v1/rooms/r"),
        ("OPTIONS", "/meet/api/v1/recordings"),
        ("POST", "/plug/auth/room/getJoinToken"),
        ("GET", "/plug/auth/recording/fetch"),
        ("POST", "/plug/lti/v1/api/recording/fetch"),
        ("GET", "/plug/download/recording/a/b"),
        ("GET", "/plug/download/artifact/a.b.c"),
        ("GET", "/where/v1/insights/participants"),
        ("DELETE", "/viz/recording"),
        ("POST", "/viz/recordings/transcripts"),
    ] {
        let answer = client.send(method, &format!("/gateway{path}"), None).await;
        answer.is_refused(404, "No such address");
    }
    // What is not a token of plugNmeet is not asked for.
    for token in ["a", "a.b", "a.b.c.d", "a..c", "a.b.%20", &format!("a.b.{}", "c".repeat(2048))] {
        let answer = client.get(&format!("/gateway/plug/download/recording/{token}")).await;
        answer.is_refused(404, "No such film");
    }
    assert!(server.take().is_empty());
    // Nobody learns what there is without signing in.
    for path in ["/gateway/nowhere/x", "/gateway/meet/x", "/gateway/meet/api/v1/recordings"] {
        Client::of(&gateway).get(path).await.is_refused(401, "Unauthorized");
    }
    Client::of(&gateway).get("/").await.is_refused(404, "No such address");
}

#[tokio::test]
async fn answers_lose_what_is_not_for_the_browser() {
    let server = Recorder::start(|_| {
        Response::builder()
            .status(429)
            .header("content-type", "application/json; charset=utf-8")
            .header("set-cookie", "canary=1; Path=/")
            .header("access-control-allow-origin", "*")
            .header("x-powered-by", "canary")
            .header("server", "canary")
            .header("location", "https://canary/")
            .header("cache-control", "public, max-age=3600")
            .header("retry-after", "7")
            .header("x-ratelimit-reset", "Fri, 20 Nov 2026 22:00:00 GMT")
            .header("ratelimit", "limit=5, remaining=0")
            .body(r#"{"error":"Rate limit active","data":{"msLeft":38689}}"#.into())
            .unwrap()
    })
    .await;
    let gateway = gateway(ALL, &server.url).await;
    let client = Client::signed_in(&gateway, "anna").await;
    let answer = client.get("/gateway/where/v1/recordings").await;
    assert_eq!(answer.status, 429);
    assert_eq!(answer.text(), r#"{"error":"Rate limit active","data":{"msLeft":38689}}"#);
    assert_eq!(answer.header("retry-after"), "7");
    assert_eq!(answer.header("x-ratelimit-reset"), "Fri, 20 Nov 2026 22:00:00 GMT");
    assert_eq!(answer.header("ratelimit"), "limit=5, remaining=0");
    assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
    assert_eq!(answer.header("cache-control"), "private, no-store");
    assert!(!format!("{:?}", answer.headers).contains("canary"));
    assert_eq!(answer.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn answers_are_json_or_plain_text_or_nothing() {
    let page = "<html><script>alert(1)</script>";
    for (code, content_type, text, expected) in [
        (200, "text/html", page, 502),
        (200, "application/xml", "<x/>", 502),
        (503, "text/html", page, 503),
        (404, "text/plain; charset=utf-8", "not found", 404),
        (200, "application/problem+json", "{}", 200),
        (302, "text/plain", "moved", 502),
        (204, "text/html", "", 204),
        (200, "application/json", "{}", 200),
    ] {
        let kind = content_type.to_owned();
        let server = Recorder::start(move |_| of_type(code, &kind, text)).await;
        let gateway = gateway(ALL, &server.url).await;
        let client = Client::signed_in(&gateway, "anna").await;
        let answer = client.get("/gateway/meet/api/v1/recordings").await;
        assert_eq!(answer.status, expected, "{code} {content_type}");
        assert!(!answer.text().contains('<'));
        if code == 404 {
            assert_eq!(answer.text(), "not found");
        }
    }
}

#[tokio::test]
async fn bodies_and_methods_arrive_as_they_are() {
    let server = Recorder::start(|_| status(201, json!({ "roomId": "new" }))).await;
    let gateway = gateway(ALL, &server.url).await;
    let client = Client::signed_in(&gateway, "anna").await;
    let body = json!({ "roomName": "Räume", "preferences": { "x": [1.50, 1e3] } });
    let answer = client.post("/gateway/meet/api/v1/rooms", body.clone()).await;
    assert_eq!((answer.status, answer.json()), (201, json!({ "roomId": "new" })));
    let seen = server.take().remove(0);
    assert_eq!((seen.method.as_str(), seen.json()), ("POST", body));
    client.send("PUT", "/gateway/meet/api/v1/rooms/r", Some(json!({ "a": 1 }))).await;
    let path = "/gateway/meet/api/v1/rooms/r?force=true&withRecordings=close";
    client.delete(path).await;
    assert_eq!(
        server.targets(),
        ["PUT /api/v1/rooms/r", "DELETE /api/v1/rooms/r?force=true&withRecordings=close"]
    );
}

#[tokio::test]
async fn servers_that_are_down_slow_or_broken() {
    let down = "http://127.0.0.1:1";
    let gateway_down = gateway(ALL, down).await;
    let client = Client::signed_in(&gateway_down, "anna").await;
    let path = "/gateway/meet/api/v1/recordings";
    client.get(path).await.is_refused(502, "The meeting server cannot be reached");

    // It takes connections and says nothing.
    let silent = tokio::net::TcpListener::bind(crate::client::anywhere()).await.unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let limits = format!("\n[limits]\nupstream_seconds = 1\nanswer_mb = 1\n{ALL}");
    let gateway_silent = gateway(&limits, &url).await;
    let client = Client::signed_in(&gateway_silent, "anna").await;
    client.get(path).await.is_refused(504, "takes too long");

    let server = Recorder::start(|seen| match seen.target.as_str() {
        // The head comes, the body does not end.
        "/api/v1/recordings?maxItems=1" => {
            let response = Response::builder().header("content-type", "application/json");
            response.body(Body::new(Never)).unwrap()
        }
        "/api/v1/recordings?maxItems=2" => json(json!("x".repeat(1024 * 1024))),
        _ => {
            let mut response = json(json!({}));
            response.headers_mut().insert("content-encoding", "gzip".parse().unwrap());
            response
        }
    })
    .await;
    let gateway_broken = gateway(&limits, &server.url).await;
    let client = Client::signed_in(&gateway_broken, "anna").await;
    for (query, code, part) in [
        ("?maxItems=1", 504, "takes too long"),
        ("?maxItems=2", 502, "too long"),
        ("?maxItems=3", 502, "unexpected answer"),
    ] {
        client.get(&format!("{path}{query}")).await.is_refused(code, part);
    }
}

/// Data that never come.
struct Never;

impl http_body::Body for Never {
    type Data = bytes::Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Self::Data>, Self::Error>>> {
        std::task::Poll::Pending
    }
}
