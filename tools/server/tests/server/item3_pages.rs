//! Item 3: pages of recordings.

use serde_json::json;

use crate::client::{Client, TestServer, text};
use meet_recordings_server::Config;

/// All ids, page by page, with the number of pages.
async fn walk(client: &Client, query: &str) -> (Vec<String>, usize) {
    let (mut ids, mut pages, mut token) = (Vec::new(), 0, String::new());
    loop {
        let page = client.get(&format!("/api/v1/recordings?{query}{token}")).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let page = page.json();
        pages += 1;
        let recordings = page["recordings"].as_array().unwrap();
        ids.extend(recordings.iter().map(|recording| text(recording, "recordingId")));
        let pagination = &page["pagination"];
        match pagination.get("nextPageToken") {
            None => {
                assert_eq!(pagination["isTruncated"], false);
                return (ids, pages);
            }
            Some(next) => {
                assert_eq!(pagination["isTruncated"], true);
                let next = form_urlencoded::byte_serialize(next.as_str().unwrap().as_bytes());
                token = format!("&nextPageToken={}", next.collect::<String>());
            }
        }
    }
}

#[tokio::test]
async fn walking_the_pages_meets_every_recording_once_in_key_order() {
    let server = TestServer::start().await;
    let client = server.admin().await;
    let (ids, pages) = walk(&client, "maxItems=7").await;
    assert_eq!((ids.len(), pages), (64, 10));
    assert_eq!(ids, server.hooks().recording_ids());
    let mut keys: Vec<String> = ids.iter().map(|id| id.replace("--", "/")).collect();
    keys.dedup();
    assert!(keys.is_sorted() && keys.len() == 64);
    // The last page may be full.
    assert_eq!(walk(&client, "maxItems=32").await.1, 2);
}

#[tokio::test]
async fn max_items_is_echoed_as_understood() {
    let server = TestServer::with(Config { recordings: 100, ..Config::default() }).await;
    let client = server.admin().await;
    for (query, understood) in [("", 10), ("maxItems=3.5", 3), ("maxItems=1000", 100)] {
        let page = client.get(&format!("/api/v1/recordings?{query}")).await.json();
        assert_eq!(page["pagination"]["maxItems"], understood);
        assert_eq!(page["recordings"].as_array().unwrap().len(), understood);
    }
}

#[tokio::test]
async fn a_token_that_was_not_percent_encoded_is_a_500() {
    let server = TestServer::start().await;
    let client = server.admin().await;
    let page = client.get("/api/v1/recordings?maxItems=5").await.json();
    let token = text(&page["pagination"], "nextPageToken");
    assert!(token.contains('+') && token.contains('/') && token.ends_with('='));
    for token in [token.as_str(), "nonsense"] {
        let answer = client.get(&format!("/api/v1/recordings?nextPageToken={token}")).await;
        let message = "Unexpected error while getting recordings";
        answer.is_error(500, "Internal Server Error", message);
    }
}

#[tokio::test]
async fn rooms_and_fields_narrow_the_list() {
    let server = TestServer::start().await;
    let client = server.admin().await;
    let room = client.room("Physics 101").await;
    let (ids, _) = walk(&client, &format!("roomId={room}&maxItems=4")).await;
    assert_eq!(ids.len(), 10);
    // A prefix of the id is enough, as it is on the real server.
    assert_eq!(walk(&client, "roomId=physics").await.0, ids);
    assert_eq!(walk(&client, "roomId=nowhere").await.0.len(), 0);

    let page = client.get("/api/v1/recordings?maxItems=1&fields=roomName,nonsense").await;
    assert_eq!(
        page.json()["recordings"],
        json!([{ "roomName": "\u{7269}\u{7406}\u{5b66}\u{5165}\u{9580} \u{7b2c}3\u{56de}" }])
    );
    let page = client.get("/api/v1/recordings?maxItems=1&fields=nonsense").await;
    assert_eq!(page.json()["recordings"], json!([{}]));
}
