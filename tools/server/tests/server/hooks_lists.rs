//! What tests can do to lists: pages of other sizes, rows that come again, recordings that come, go and change behind
//! the client's back.

use serde_json::{Value, json};

use crate::client::{Client, TestServer, api, text};
use meet_recordings_server::{Config, Dialect};

/// One page of the list, from where `token` says.
async fn page(client: &Client, dialect: Dialect, token: Option<&str>) -> Value {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("maxItems", "100").extend_pairs(token.map(|it| ("nextPageToken", it)));
    let answer = client.get(&format!("{}/recordings?{}", api(dialect), query.finish())).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

fn ids(page: &Value) -> Vec<String> {
    let rows = page["recordings"].as_array().unwrap();
    rows.iter().map(|it| text(it, "recordingId")).collect()
}

fn next(page: &Value) -> Option<&str> {
    page["pagination"]["nextPageToken"].as_str()
}

/// In key order, and in an order that has to be made.
const BOTH: [Dialect; 2] = [Dialect::B, Dialect::V39];

#[tokio::test]
async fn pages_grow_beyond_the_maximum_and_shrink() {
    for dialect in BOTH {
        let config = Config { dialect, recordings: 500, ..Config::default() };
        let server = TestServer::with(config).await;
        let client = server.admin().await;
        let hooks = server.hooks();
        let first = page(&client, dialect, None).await;
        assert_eq!(ids(&first).len(), 100);

        // In the middle of a walk, which then goes on as if nothing had been.
        hooks.set_page_size(Some(7));
        let second = page(&client, dialect, next(&first)).await;
        assert_eq!((ids(&second).len(), &second["pagination"]["maxItems"]), (7, &json!(7)));
        hooks.set_page_size(Some(10_000));
        let third = page(&client, dialect, next(&second)).await;
        assert_eq!((ids(&third).len(), next(&third)), (564 - 107, None));
        hooks.set_page_size(Some(0));
        assert_eq!(ids(&page(&client, dialect, None).await).len(), 1);
        hooks.set_page_size(None);
        assert_eq!(page(&client, dialect, None).await, first);
    }
}

#[tokio::test]
async fn the_last_row_of_a_page_can_come_again_on_the_next() {
    for dialect in BOTH {
        let config = Config { dialect, recordings: 150, ..Config::default() };
        let server = TestServer::with(config).await;
        let client = server.admin().await;
        server.hooks().repeat_last_row(true);
        let first = page(&client, dialect, None).await;
        let second = page(&client, dialect, next(&first)).await;
        assert_eq!(ids(&first).len(), 100);
        assert_eq!(ids(&first).last(), ids(&second).first());

        // Not when it is gone meanwhile.
        let last = ids(&first).pop().unwrap();
        assert!(server.hooks().remove_recording(&last));
        let again = page(&client, dialect, next(&first)).await;
        assert_eq!(ids(&again), ids(&second)[1..]);
    }
}

#[tokio::test]
async fn new_recordings_are_the_first() {
    for dialect in BOTH {
        let config = Config { dialect, recordings: 500, ..Config::default() };
        let server = TestServer::with(config).await;
        let client = server.admin().await;
        let added = server.hooks().add_recordings(3);
        assert_eq!(server.hooks().recording_ids().len(), 567);
        let mut first = ids(&page(&client, dialect, None).await);
        first.truncate(3);
        let newest_first: Vec<String> = added.iter().rev().cloned().collect();
        if dialect == Dialect::V39 {
            assert_eq!(first, newest_first);
        } else {
            assert!(added.iter().all(|id| first.contains(id)), "{first:?} {added:?}");
        }
        let one = client.get(&client.api(&format!("recordings/{}", added[2]))).await.json();
        assert_eq!(text(&one, "status").to_lowercase(), "complete");
        let media = client.get(&client.api(&format!("recordings/{}/media", added[0]))).await;
        assert_eq!(media.status, 200);
    }
}

#[tokio::test]
async fn a_change_is_of_some_fields() {
    for dialect in BOTH {
        let server = TestServer::of(dialect).await;
        let client = server.admin().await;
        let before = page(&client, dialect, None).await["recordings"][4].clone();
        let id = text(&before, "recordingId");
        let fields = json!({ "roomName": "Renamed", "size": null });
        let fields = fields.as_object().unwrap();
        assert!(server.hooks().change_recording(&id, fields.clone()));
        let mut wanted = before;
        wanted.as_object_mut().unwrap().extend(fields.clone());
        assert_eq!(page(&client, dialect, None).await["recordings"][4], wanted);
        assert!(!server.hooks().change_recording("room--EG_none--none", fields.clone()));
    }
}

#[tokio::test]
async fn over_http() {
    let config = Config { test_hooks: true, recordings: 200, ..Config::default() };
    let server = TestServer::with(config).await;
    let client = server.admin().await;
    let hook = async |path: &str, body| client.post(&format!("/test-hooks/{path}"), body).await;
    let held = async || ids(&page(&client, Dialect::B, None).await);

    assert_eq!(hook("pages", json!({ "size": 250 })).await.status, 204);
    assert_eq!(held().await.len(), 250);
    assert_eq!(hook("pages", json!({ "repeats_last_row": true })).await.status, 204);
    let first = page(&client, Dialect::B, None).await;
    let second = page(&client, Dialect::B, next(&first)).await;
    assert_eq!(ids(&first).last(), ids(&second).first());
    assert_eq!(hook("pages", json!({ "sise": 5 })).await.status, 422);

    let added = hook("recordings/add", json!({ "count": 2 })).await.json();
    let added: Vec<String> = serde_json::from_value(added["ids"].clone()).unwrap();
    let first = held().await;
    assert!(added.len() == 2 && added.iter().all(|id| first.contains(id)));

    let change = json!({ "id": added[0], "fields": { "roomName": "Renamed" } });
    assert_eq!(hook("recordings/change", change).await.status, 204);
    let one = client.get(&client.api(&format!("recordings/{}", added[0]))).await.json();
    assert_eq!(one["roomName"], "Renamed");
    let nowhere = json!({ "id": "room--EG_none--none", "fields": {} });
    assert_eq!(hook("recordings/change", nowhere).await.status, 404);

    // All of it ends with the world that it was done to.
    assert_eq!(hook("reset", json!({})).await.status, 204);
    let (first, second) = (held().await, page(&client, Dialect::B, None).await);
    assert!(first.len() == 100 && !first.contains(&added[0]));
    let second = page(&client, Dialect::B, next(&second)).await;
    assert_ne!(first.last(), ids(&second).first());
}
