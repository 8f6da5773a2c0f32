//! In front of the sample server: the whole way from a browser's request to a film, and the app.

use std::fs;

use meet_recordings_server::{Config, Dialect, Gateway, Server};
use serde_json::{Value, json};

use crate::client::{Client, anywhere};

async fn sample(dialect: Dialect) -> (Server, Gateway) {
    let config = Config { dialect, clock_speed: 0.0, ..Config::default() };
    let server = Server::start(config, anywhere()).await.unwrap();
    let gateway = Gateway::in_front_of(&server, None, anywhere()).await.unwrap();
    (server, gateway)
}

async fn signed_in(gateway: &Gateway, user: &str, password: &str) -> Client {
    let client = Client::of(gateway);
    assert_eq!(client.sign_in(user, password).await.status, 200);
    client
}

#[tokio::test]
async fn openvidu_meet_through_the_gateway() {
    let (_server, gateway) = sample(Dialect::B).await;
    let admin = signed_in(&gateway, "admin", "admin").await;
    let session = admin.get("/gateway/auth/session").await.json();
    let demo = &session["systems"]["demo"];
    assert_eq!((&demo["provider"], &demo["dialect"]), (&json!("openvidu-meet"), &json!("b")));
    assert_eq!(demo["rights"], json!(["play", "download", "delete", "edit", "share", "rooms"]));
    let path = "/gateway/demo/api/v1/recordings";
    let list = admin.get(&format!("{path}?maxItems=100")).await.json();
    let rows = list["recordings"].as_array().unwrap();
    assert_eq!(rows.len(), 64);
    let complete = rows.iter().find(|row| row["status"] == "COMPLETE").unwrap();
    let id = complete["recordingId"].as_str().unwrap();
    let film = admin.range(&format!("{path}/{id}/media"), "bytes=10-19").await;
    assert_eq!((film.status, film.body.len()), (206, 10));
    assert!(film.header("content-range").starts_with("bytes 10-19/"));
    let archive = admin.get(&format!("{path}/download?recordingIds={id}")).await;
    assert_eq!((archive.status, &archive.body[..2]), (200, b"PK".as_slice()));

    let user = signed_in(&gateway, "user", "user1").await;
    assert_eq!(user.get(&format!("{path}/{id}")).await.status, 200);
    assert_eq!(user.range(&format!("{path}/{id}/media"), "bytes=0-1").await.status, 206);
    user.delete(&format!("{path}/{id}")).await.is_refused(403, "it needs delete");
    user.get(&format!("{path}/{id}/url")).await.is_refused(403, "it needs share");
    assert_eq!(admin.delete(&format!("{path}/{id}")).await.status, 204);
    assert_eq!(admin.get(&format!("{path}/{id}")).await.status, 404);
}

#[tokio::test]
async fn plugnmeet_through_the_gateway() {
    let (_server, gateway) = sample(Dialect::PlugNmeet).await;
    let client = signed_in(&gateway, "admin", "admin").await;
    let ask = async |path: &str, body: Value| {
        let answer = client.post(&format!("/gateway/demo/auth/recording/{path}"), body).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.json()
    };
    let list = ask("fetch", json!({ "limit": 5 })).await;
    let id = &list["result"]["recordings_list"][0]["record_id"];
    let token = ask("getDownloadToken", json!({ "record_id": id })).await;
    let token = token["token"].as_str().unwrap();
    let film = format!("/gateway/demo/download/recording/{token}");
    // A film element sends no session where cookies are blocked, and needs none.
    let answer = Client::of(&gateway).range(&film, "bytes=4-7").await;
    assert_eq!((answer.status, answer.body.as_slice()), (206, b"ftyp".as_slice()));
    assert_eq!(ask("delete", json!({ "record_id": id })).await["status"], true);
    assert_eq!(ask("delete", json!({ "record_id": id })).await["status_code"], "NOT_FOUND");
}

#[tokio::test]
async fn whereby_through_the_gateway() {
    let (_server, gateway) = sample(Dialect::Whereby).await;
    let client = signed_in(&gateway, "user", "user1").await;
    let path = "/gateway/demo/v1/recordings";
    let list = client.get(&format!("{path}?limit=100")).await.json();
    let rows = list["results"].as_array().unwrap();
    let mut links = Vec::new();
    for row in rows {
        let id = row["recordingId"].as_str().unwrap();
        let answer = client.get(&format!("{path}/{id}/access-link")).await;
        // Some are in a storage of the customer's own.
        assert!(matches!(answer.status, 200 | 403), "{}", answer.text());
        links.extend(answer.json()["accessLink"].as_str().map(str::to_owned));
    }
    let film = reqwest::Client::new().get(&links[0]).header("range", "bytes=4-7");
    let film = crate::client::send(film).await;
    assert_eq!((film.status, film.body.len()), (206, 4));
    let id = rows[0]["recordingId"].as_str().unwrap();
    client.delete(&format!("{path}/{id}")).await.is_refused(403, "it needs delete");
}

#[tokio::test]
async fn superviz_through_the_gateway() {
    let (_server, gateway) = sample(Dialect::SuperViz).await;
    let client = signed_in(&gateway, "user", "user1").await;
    let list = client.get("/gateway/demo/recording").await.json();
    let row = list["data"].as_array().unwrap().iter().find(|row| row["status"] == "available");
    let url = row.unwrap()["url"].as_str().unwrap();
    let film = reqwest::Client::new().get(url).header("range", "bytes=4-7");
    assert_eq!(crate::client::send(film).await.body, b"ftyp");
}

#[tokio::test]
async fn the_app_is_told_where_the_gateway_is() {
    let dir = std::env::temp_dir().join(format!("meet-gateway-app-{}", std::process::id()));
    fs::create_dir_all(dir.join("assets")).unwrap();
    fs::write(dir.join("index.html"), "<html><head><title>app</title></head></html>").unwrap();
    fs::write(dir.join("index.html.br"), "stale").unwrap();
    fs::write(dir.join("assets/app-0123456789abcdef.js"), "script").unwrap();
    let server = Server::start(Config::default(), anywhere()).await.unwrap();
    let gateway = Gateway::in_front_of(&server, Some(dir.clone()), anywhere()).await.unwrap();
    let client = Client::of(&gateway).with_header("accept-encoding", "br, gzip");
    let index = "<html><head><meta name=\"meet-server-url\" content=\"/gateway/demo\">\
                 <meta name=\"meet-auth\" content=\"gateway\"><title>app</title></head></html>";
    for path in ["/", "/recordings", "/index.html", "/gateways", "/recording/x--EG_1--y"] {
        let answer = client.get(path).await;
        assert_eq!((answer.status, answer.text().as_str()), (200, index), "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache");
        let policy = answer.header("content-security-policy");
        let films = format!("media-src 'self' {}; ", server.url());
        assert!(policy.contains(&films), "{policy}");
        assert!(!policy.contains("'unsafe-"));
    }
    let script = client.get("/assets/app-0123456789abcdef.js").await;
    assert_eq!((script.status, script.text().as_str()), (200, "script"));
    assert_eq!(script.header("cache-control"), "public, max-age=31536000, immutable");
    client.get("/gateway/").await.is_refused(401, "");
    fs::remove_dir_all(&dir).unwrap();
}
