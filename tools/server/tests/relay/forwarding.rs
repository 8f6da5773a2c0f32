//! What is asked of the API reaches the meeting server as it was asked, and nothing else does.

use crate::client::{Client, anywhere, send};
use crate::recorder::{Recorder, json};
use axum::body::Body;
use axum::http::Response;
use meet_recordings_server::{Config, Dialect, Server};
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn a_request_is_passed_on_whole() {
    let upstream = Recorder::quiet().await;
    let client = Client::at("/recordings/", &upstream.url).await;
    for path in
        ["/api/v1/x?a=b%20c&d", "/internal-api/v1/x", "/meet/api/v1/%C3%A9", "/meet/internal-api/y"]
    {
        let request = client.request(Method::PATCH, path).body("{\"a\":1}");
        let request = request.header("authorization", "Bearer t").header("cookie", "s=1");
        let answer = send(request.header("range", "bytes=1-").header("te", "trailers")).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, "{}"));
        let seen = upstream.take().remove(0);
        assert_eq!((seen.method.as_str(), seen.target.as_str()), ("PATCH", path));
        assert_eq!(seen.json(), json!({ "a": 1 }));
        assert_eq!((seen.header("authorization"), seen.header("cookie")), ("Bearer t", "s=1"));
        assert_eq!((seen.header("range"), seen.header("te")), ("bytes=1-", ""));
        assert_eq!(seen.header("host"), upstream.url.strip_prefix("http://").unwrap());
        assert!(seen.header("x-forwarded-host").starts_with("localhost:"));
        assert!(["127.0.0.1", "::1"].contains(&seen.header("x-forwarded-for")));
        assert_eq!(seen.header("x-forwarded-proto"), "http");
    }
}

#[tokio::test]
async fn nothing_but_the_api_is_passed_on() {
    let upstream = Recorder::quiet().await;
    let client = Client::before(&upstream.url).await;
    for path in ["/", "/meet/", "/apis/x", "/api", "/meet/rooms", "/recordings"] {
        client.get(path).await;
    }
    for path in ["/api/v1/..%2f..%2fadmin", "/api//evil", "/api/a%5Cb"] {
        let answer = client.get(path).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (404, "application/json"),
            "{path}"
        );
    }
    assert_eq!(upstream.targets(), [""; 0]);
}

#[tokio::test]
async fn cookies_are_set_for_this_host() {
    let upstream = Recorder::start(|_| {
        let mut response = json(Value::Null);
        for cookie in
            ["a=1; Domain=meet.example.com; Path=/meet; Secure; HttpOnly; SameSite=None", "b=2"]
        {
            response.headers_mut().append("set-cookie", cookie.parse().unwrap());
        }
        response.headers_mut().insert("keep-alive", "timeout=5".parse().unwrap());
        response
    })
    .await;
    let client = Client::before(&upstream.url).await;
    let answer = client.get("/meet/api/v1/x").await;
    let cookies: Vec<_> = answer.headers.get_all("set-cookie").iter().collect();
    assert_eq!(cookies, ["a=1; Path=/meet; HttpOnly; SameSite=Lax", "b=2"]);
    assert_eq!(answer.header("keep-alive"), "");
    // And come back.
    upstream.take();
    client.get("/meet/api/v1/x").await;
    let sent = upstream.take()[0].header("cookie").to_owned();
    assert!(["a=1; b=2", "b=2; a=1"].contains(&sent.as_str()), "{sent}");
}

#[tokio::test]
async fn errors_of_the_meeting_server_are_its_own() {
    let upstream = Recorder::start(|_| {
        let response = Response::builder().status(429).header("retry-after", "7");
        response.body(Body::from("slow down")).unwrap()
    })
    .await;
    let answer = Client::before(&upstream.url).await.get("/api/v1/x").await;
    let told = (answer.status, answer.header("retry-after"), answer.text.as_str());
    assert_eq!(told, (429, "7", "slow down"));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_a_502_in_json() {
    let gone = Recorder::quiet().await.url.clone();
    let answer = Client::before(&gone).await.get("/api/v1/x").await;
    assert_eq!((answer.status, answer.header("content-type")), (502, "application/json"));
    let body: Value = serde_json::from_str(&answer.text).unwrap();
    let said = json!({ "error": "Bad Gateway", "message": "The meeting server cannot be reached" });
    assert_eq!(body, said);
}

/// Signing in, the list and a part of a film, before generation B and before 3.9.
#[tokio::test]
async fn people_sign_in_and_watch() {
    for dialect in [Dialect::B, Dialect::V39] {
        let config = Config { dialect, clock_speed: 0.0, ..Config::default() };
        let server = Server::start(config, anywhere()).await.unwrap();
        let client = Client::at("/recordings/", server.url()).await;
        let base = dialect.base_path();
        let login = format!("{base}/internal-api/v1/auth/login");
        // What it is called before version 3.4, and from then on.
        let who = json!({ "username": "admin", "userId": "admin", "password": "admin" });
        let signed_in = send(client.request(Method::POST, &login).json(&who)).await;
        assert_eq!(signed_in.status, 200, "{}", signed_in.text);
        let token: Value = serde_json::from_str(&signed_in.text).unwrap();
        let token = token["accessToken"].as_str().unwrap_or_default();
        let get = |path: String| client.request(Method::GET, &path).bearer_auth(token);
        let list = send(get(format!("{base}/api/v1/recordings?maxItems=100"))).await;
        let list: Value = serde_json::from_str(&list.text).unwrap();
        let rows = list["recordings"].as_array().unwrap().iter();
        let status =
            |row: &&Value| row["status"].as_str().unwrap().eq_ignore_ascii_case("complete");
        let id = rows.clone().find(status).unwrap()["recordingId"].as_str().unwrap();
        let media = format!("{base}/api/v1/recordings/{id}/media");
        let part = get(media).header("range", "bytes=4-7").send().await.unwrap();
        assert_eq!(part.status().as_u16(), 206);
        assert!(part.headers()["content-range"].to_str().unwrap().starts_with("bytes 4-7/"));
        assert_eq!(&part.bytes().await.unwrap()[..], b"ftyp");
    }
}
