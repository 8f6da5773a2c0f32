//! What the gateway adds for each vendor, and what it does when that is not accepted.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Method;
use serde_json::json;

use crate::client::{Client, gateway, send};
use crate::recorder::{Recorder, json, status};

pub const ALL: &str = r#"
[systems.meet]
provider = "openvidu-meet"
dialect = "b"
url = "{url}"
api_key = "meet-key"
[systems.plug]
provider = "plugnmeet"
url = "{url}/base/"
key = "plug-key"
secret = "SECRET"
[systems.where]
provider = "whereby"
url = "{url}"
api_key = "where-key"
[systems.viz]
provider = "superviz"
url = "{url}"
client_id = "viz-id"
secret = "viz-secret"
[systems.oldviz]
provider = "superviz"
url = "{url}"
email = "a@example.org"
password = "viz-password"
api_key = "viz-key"
[[users]]
name = "anna"
password = "HASH"
[users.systems.meet]
rights = ["play", "download", "delete", "edit", "share", "rooms"]
[users.systems.plug]
rights = ["play", "download", "delete", "edit", "share", "rooms"]
[users.systems.where]
rights = ["play", "download", "delete", "edit", "share", "rooms"]
[users.systems.viz]
rights = ["play"]
[users.systems.oldviz]
rights = ["play"]
"#;

#[tokio::test]
async fn each_vendor_gets_its_own_secret() {
    let server = Recorder::quiet().await;
    let gateway = gateway(ALL, &server.url).await;
    let client = Client::signed_in(&gateway, "anna").await;
    client.get("/gateway/meet/api/v1/recordings").await;
    client.get("/gateway/where/v1/recordings").await;
    client.get("/gateway/viz/recording").await;
    let seen = server.take();
    assert_eq!(seen[0].header("x-api-key"), "meet-key");
    assert_eq!(seen[0].header("authorization"), "");
    assert_eq!(seen[1].header("authorization"), "Bearer where-key");
    assert_eq!(seen[2].header("client_id"), "viz-id");
    assert_eq!(seen[2].header("secret"), "viz-secret");
}

/// With the vectors of `reference/other-providers-api.md` §1.4.
#[tokio::test]
async fn plugnmeet_gets_the_bytes_that_were_signed() {
    let server = Recorder::quiet().await;
    let gateway = gateway(ALL, &server.url).await;
    let client = Client::signed_in(&gateway, "anna").await;
    for (path, body, signature) in [
        (
            "/auth/room/isRoomActive",
            r#"{"room_id":"room01"}"#,
            "6f3e5f2e72561c657a4e9684fed6d02516478859322daa8e30906453cb47c67c",
        ),
        (
            "/auth/recording/fetch",
            r#"{"room_ids":["room01"],"from":0,"limit":20,"order_by":"DESC"}"#,
            "0b37051124b237644620c1662c4cb3c193a643b282ec42819e30d3b6c4c041c7",
        ),
        (
            "/auth/room/getActiveRoomsInfo",
            "{}",
            "deaf105d300669ecb5f322fc1564ea75595b32bea172e36f338b5e7dad28f670",
        ),
        // No JSON at all: a user of all rooms may send what he likes, it is signed as it is.
        ("/auth/room/isRoomActive", "\u{feff}{ \"room_id\" :1}  ", ""),
    ] {
        let request = client.request(Method::POST, &format!("/gateway/plug{path}"));
        let request = request.header("content-type", "text/plain").body(body);
        assert_eq!(send(request).await.status, 200);
        let seen = server.take().remove(0);
        assert_eq!(seen.target, format!("/base{path}"));
        assert_eq!(String::from_utf8(seen.body.clone()).unwrap(), body);
        assert_eq!(seen.header("api-key"), "plug-key");
        assert_eq!(seen.header("content-type"), "application/json");
        if !signature.is_empty() {
            assert_eq!(seen.header("hash-signature"), signature);
        }
        assert_eq!(seen.header("hash-signature").len(), 64);
    }
}

#[tokio::test]
async fn older_superviz_is_signed_in_to_once_and_again_when_the_token_ends() {
    let logins = Arc::new(AtomicUsize::new(0));
    let count = logins.clone();
    let server = Recorder::start(move |seen| match seen.target.as_str() {
        "/login" => {
            assert_eq!(
                seen.json(),
                json!({ "email": "a@example.org", "password": "viz-password" })
            );
            let number = count.fetch_add(1, Ordering::SeqCst);
            let payload = URL_SAFE_NO_PAD.encode(json!({ "exp": 9_999_999_999_u64 }).to_string());
            status(201, json!({ "access_token": format!("h.{payload}.{number}"), "name": "A" }))
        }
        // The second request with the first token finds that it has ended.
        "/recording?page=2" if seen.header("authorization").ends_with(".0") => {
            status(401, json!({ "statusCode": 401, "message": "Unauthorized" }))
        }
        _ => json(json!([])),
    })
    .await;
    let gateway = gateway(ALL, &server.url).await;
    let client = Client::signed_in(&gateway, "anna").await;
    for path in ["/recording", "/recording", "/recording?page=2", "/recording?page=2"] {
        let answer = client.get(&format!("/gateway/oldviz{path}")).await;
        assert_eq!((answer.status, answer.json()), (200, json!([])));
    }
    let seen = server.take();
    let targets: Vec<&str> = seen.iter().map(|seen| seen.target.as_str()).collect();
    let first = ["/login", "/recording", "/recording"];
    let second = ["/recording?page=2", "/login", "/recording?page=2", "/recording?page=2"];
    assert_eq!(targets, [first.as_slice(), &second].concat());
    assert_eq!(seen[1].header("apikey"), "viz-key");
    assert!(seen[1].header("authorization").starts_with("Bearer h."));
    assert_eq!(seen[1].header("client_id"), "");
    // Signing in there is not for browsers.
    let login = client.post("/gateway/oldviz/login", json!({})).await;
    login.is_refused(404, "No such address");
}

#[tokio::test]
async fn a_refused_key_never_looks_like_the_end_of_the_session() {
    let server = Recorder::start(|_| status(401, json!({ "message": "Invalid API key" }))).await;
    let gateway = gateway(ALL, &server.url).await;
    let client = Client::signed_in(&gateway, "anna").await;
    for (method, path) in [
        ("GET", "/gateway/meet/api/v1/recordings"),
        ("GET", "/gateway/meet/api/v1/recordings/r--EG_1--u/media"),
        ("DELETE", "/gateway/meet/api/v1/recordings/r--EG_1--u"),
        ("POST", "/gateway/plug/auth/recording/fetch"),
        ("GET", "/gateway/where/v1/recordings"),
        ("GET", "/gateway/viz/recording"),
        ("GET", "/gateway/oldviz/recording"),
    ] {
        let body = (method == "POST").then(|| json!({}));
        let answer = client.send(method, path, body).await;
        answer.is_refused(502, "The meeting server does not accept the gateway's key");
    }
    assert_eq!(client.get("/gateway/auth/session").await.status, 200);
}

#[tokio::test]
async fn an_ended_link_to_a_film_is_no_end_of_the_session_either() {
    let server = Recorder::start(|_| {
        let response = axum::http::Response::builder().status(401);
        response.header("content-type", "text/plain").body("token expired".into()).unwrap()
    })
    .await;
    let gateway = gateway(ALL, &server.url).await;
    let answer = Client::of(&gateway).get("/gateway/plug/download/recording/a.b.c").await;
    answer.is_refused(403, "The link to this film has expired");
}
