//! SuperViz: one list in two generations, links in the rows, and nothing else.

use meet_recordings_server::{Dialect, secrets};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::client::{Answer, Sample, send, text};

const UNAUTHORIZED: &str = r#"{"statusCode":401,"message":"Unauthorized"}"#;

async fn sign_in(sample: &Sample, password: &str) -> Answer {
    let body = json!({ "email": secrets::SUPERVIZ_EMAIL, "password": password });
    send(sample.request(Method::POST, "/login").json(&body)).await
}

fn older(sample: &Sample, token: &str, path: &str) -> RequestBuilder {
    let request = sample.request(Method::GET, path).bearer_auth(token);
    request.header("apiKey", secrets::SUPERVIZ_API_KEY)
}

async fn data(sample: &Sample, query: &str) -> Vec<Value> {
    let answer = sample.superviz(&format!("/recording?limit=100{query}")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["data"].as_array().unwrap().clone()
}

#[tokio::test]
async fn the_newer_api_wraps_and_the_older_one_does_not() {
    let sample = Sample::of(Dialect::SuperViz).await;
    let page = sample.superviz("/recording").await.json();
    let pagination = json!({ "page": 1, "totalPages": 6, "limit": 10, "total": 58 });
    assert_eq!(page["pagination"], pagination);
    let row = &page["data"][0];
    let keys: Vec<&String> = row.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["uuid", "url", "roomId", "status", "meetingId", "createdAt"]);
    assert!(text(row, "createdAt").ends_with('Z') && text(row, "createdAt").len() == 24);

    let signed_in = sign_in(&sample, secrets::SUPERVIZ_PASSWORD).await;
    assert!((200..300).contains(&signed_in.status));
    assert_eq!(signed_in.json()["name"], "Admin");
    let token = text(&signed_in.json(), "access_token");
    let bare = send(older(&sample, &token, "/recording")).await.json();
    let uuids = |rows: &Value| -> Vec<String> {
        rows.as_array().unwrap().iter().map(|row| text(row, "uuid")).collect()
    };
    assert_eq!(uuids(&bare), uuids(&page["data"]));
}

#[tokio::test]
async fn both_secrets_of_a_generation_are_needed() {
    let sample = Sample::of(Dialect::SuperViz).await;
    let token = text(&sign_in(&sample, secrets::SUPERVIZ_PASSWORD).await.json(), "access_token");
    let request = || sample.request(Method::GET, "/recording");
    let (id, secret) = (secrets::SUPERVIZ_CLIENT_ID, secrets::SUPERVIZ_SECRET);
    for request in [
        request(),
        request().header("client_id", id),
        request().header("secret", secret),
        request().header("client_id", "other").header("secret", secret),
        request().header("client_id", id).header("secret", "other"),
        request().bearer_auth(&token),
        request().header("apiKey", secrets::SUPERVIZ_API_KEY),
        request().bearer_auth(&token).header("apiKey", "other"),
        older(&sample, "other", "/recording"),
    ] {
        let answer = send(request).await;
        assert_eq!((answer.status, answer.text().as_str()), (401, UNAUTHORIZED));
    }
    let refused = sign_in(&sample, "wrong").await;
    assert_eq!((refused.status, refused.text().as_str()), (401, UNAUTHORIZED));
    let malformed = send(sample.request(Method::POST, "/login").body("{")).await;
    assert_eq!(malformed.status, 401);

    assert_eq!(send(older(&sample, &token, "/recording")).await.status, 200);
    sample.hooks().expire_access_tokens();
    assert_eq!(send(older(&sample, &token, "/recording")).await.status, 401);
    assert_eq!(sample.superviz("/recording").await.status, 200);
}

#[tokio::test]
async fn pages_lead_to_the_end() {
    let sample = Sample::of(Dialect::SuperViz).await;
    let all = data(&sample, "").await;
    assert_eq!(all.len(), 58);
    assert!(all.is_sorted_by(|a, b| text(a, "createdAt") >= text(b, "createdAt")));
    let mut walked = Vec::new();
    for page in 1..=4 {
        let answer = sample.superviz(&format!("/recording?limit=20&page={page}")).await.json();
        let pagination = json!({ "page": page, "totalPages": 3, "limit": 20, "total": 58 });
        assert_eq!(answer["pagination"], pagination);
        walked.extend(answer["data"].as_array().unwrap().clone());
    }
    let uuids = |rows: &[Value]| rows.iter().map(|row| text(row, "uuid")).collect::<Vec<_>>();
    assert_eq!(uuids(&walked), uuids(&all));
    // What is no number counts as not given.
    let answer = sample.superviz("/recording?limit=x&page=0").await.json();
    assert_eq!(
        (&answer["pagination"]["limit"], &answer["pagination"]["page"]),
        (&json!(10), &json!(1))
    );
}

#[tokio::test]
async fn rooms_and_meetings_narrow_the_list() {
    let sample = Sample::of(Dialect::SuperViz).await;
    let all = data(&sample, "").await;
    for (parameter, key) in [("roomId", "roomId"), ("meetingId", "meetingId")] {
        let value = text(&all[5], key);
        let found = data(&sample, &format!("&{parameter}={value}")).await;
        let expected = all.iter().filter(|row| row[key] == value).count();
        assert!(expected > 0 && expected < all.len());
        assert_eq!(found.len(), expected);
        assert!(found.iter().all(|row| row[key] == value));
    }
    let both =
        format!("&roomId={}&meetingId={}", text(&all[5], "roomId"), text(&all[5], "meetingId"));
    assert!(!data(&sample, &both).await.is_empty());
    let none = sample.superviz("/recording?roomId=none").await.json();
    let pagination = json!({ "page": 1, "totalPages": 0, "limit": 10, "total": 0 });
    assert_eq!(none, json!({ "data": [], "pagination": pagination }));
}

#[tokio::test]
async fn links_in_the_rows_play_until_they_end() {
    let sample = Sample::of(Dialect::SuperViz).await;
    let all = data(&sample, "").await;
    let available = all.iter().find(|row| row["status"] == "available").unwrap();
    let url = text(available, "url");
    let part = sample.range(&url, "bytes=4-7").await;
    assert_eq!((part.status, part.body.as_slice()), (206, b"ftyp".as_slice()));
    assert_eq!(part.header("content-type"), "video/mp4");
    sample.advance(3600);
    let ended = sample.get(&url).await;
    assert_eq!((ended.status, ended.header("content-type")), (403, "application/xml"));
    // Reading the list again brings a new one.
    let again = data(&sample, "").await;
    let again = again.iter().find(|row| row["uuid"] == available["uuid"]).unwrap();
    assert_eq!(sample.get(&text(again, "url")).await.status, 200);
}

#[tokio::test]
async fn recordings_are_processed_before_they_are_available() {
    let sample = Sample::of(Dialect::SuperViz).await;
    let all = data(&sample, "").await;
    let statuses: Vec<&str> = all.iter().filter_map(|row| row["status"].as_str()).collect();
    assert_eq!(statuses.iter().filter(|status| **status == "processing").count(), 3);
    assert!(statuses.iter().all(|status| ["processing", "available"].contains(status)));
    // Some have an empty link, some one to a file that is not there yet.
    let processing = || all.iter().filter(|row| row["status"] == "processing");
    assert_eq!(processing().filter(|row| row["url"] == "").count(), 2);
    let linked = processing().find(|row| row["url"] != "").unwrap();
    assert_eq!(sample.get(&text(linked, "url")).await.status, 404);
    sample.advance(13);
    let after = data(&sample, "").await;
    let after = after.iter().find(|row| row["uuid"] == linked["uuid"]).unwrap();
    assert_eq!(after["status"], "available");
    assert_eq!(sample.get(&text(after, "url")).await.status, 200);
}

#[tokio::test]
async fn nothing_else_exists() {
    let sample = Sample::of(Dialect::SuperViz).await;
    let uuid = text(&data(&sample, "").await[0], "uuid");
    for (method, path) in [
        (Method::GET, format!("/recording/{uuid}")),
        (Method::GET, "/recordings".to_owned()),
        (Method::DELETE, "/recording".to_owned()),
        (Method::GET, "/".to_owned()),
    ] {
        let answer = send(sample.request(method.clone(), &path)).await;
        let message = format!("Cannot {method} {path}");
        let expected = json!({ "statusCode": 404, "message": message, "error": "Not Found" });
        assert_eq!((answer.status, answer.json()), (404, expected));
    }
    let request =
        sample.request(Method::GET, "/recording").header("origin", "https://host.example");
    assert_eq!(send(request).await.header("access-control-allow-origin"), "*");
}

#[tokio::test]
async fn hooks_speak_of_the_same_recordings() {
    let sample = Sample::of(Dialect::SuperViz).await;
    let hooks = sample.hooks();
    for id in hooks.recording_ids() {
        hooks.override_recording(&id, json!({ "status": "quantum" }));
    }
    assert!(data(&sample, "").await.iter().all(|row| *row == json!({ "status": "quantum" })));
    for id in hooks.recording_ids() {
        hooks.remove_recording(&id);
    }
    assert!(data(&sample, "").await.is_empty());
}
