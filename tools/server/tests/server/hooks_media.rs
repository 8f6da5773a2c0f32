//! What tests can do to films: other files, ranges that are not what they say, bodies that stop.

use std::time::Duration;

use meet_recordings_server::{Action, Hooks, Rule};
use reqwest::Method;
use tokio::time::timeout;

use crate::client::{Answer, Client, TestServer};

const MEDIA: &str = "/api/v1/recordings/*/media";

/// Someone signed in, and the path of a film.
async fn with_film(test: impl AsyncFnOnce(&Hooks, &Client, &str)) {
    let server = TestServer::start().await;
    let client = server.admin().await;
    let id = client.first("Physics", "COMPLETE").await;
    test(&server.hooks(), &client, &format!("/api/v1/recordings/{id}/media")).await;
}

fn range_of(answer: &Answer) -> (u16, &str) {
    (answer.status, answer.header("content-range"))
}

#[tokio::test]
async fn ranges_can_be_ignored_and_misstated() {
    with_film(async |hooks, client, path| {
        let whole = client.get(path).await.body;
        let size = whole.len();
        hooks.add_rule(Rule::once(MEDIA, Action::IgnoreRange));
        let answer = client.range(path, "bytes=10-19").await;
        assert_eq!((answer.status, answer.body == whole), (200, true));
        assert!(!answer.headers.contains_key("accept-ranges"));

        let misstate = |later, length: Option<&str>| {
            let length = length.map(str::to_owned);
            hooks.add_rule(Rule::once(MEDIA, Action::MisstateRange { later, length }));
        };
        misstate(5, None);
        let answer = client.range(path, "bytes=10-19").await;
        assert_eq!(range_of(&answer), (206, format!("bytes 15-24/{size}").as_str()));
        assert_eq!(answer.body, whole[10..20]);
        misstate(0, Some("*"));
        let answer = client.range(path, "bytes=10-19").await;
        assert_eq!(range_of(&answer), (206, "bytes 10-19/*"));
        misstate(1, Some("7"));
        let whole = client.get(path).await;
        assert_eq!((whole.status, whole.headers.contains_key("content-range")), (200, false));
    })
    .await;
}

#[tokio::test]
async fn a_body_can_stop_without_an_end() {
    with_film(async |hooks, client, path| {
        hooks.add_rule(Rule::once(MEDIA, Action::Stall { after_bytes: 1000 }));
        let mut response = client.request(Method::GET, path).send().await.unwrap();
        let mut received = 0;
        let silent = loop {
            match timeout(Duration::from_millis(300), response.chunk()).await {
                Ok(Ok(Some(chunk))) => received += chunk.len(),
                Ok(_) => break false,
                Err(_) => break true,
            }
        };
        assert_eq!((silent, received, hooks.open_media()), (true, 1000, 1));
        drop(response);
        timeout(Duration::from_secs(3), async {
            while hooks.open_media() > 0 {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        })
        .await
        .unwrap();
    })
    .await;
}

#[tokio::test]
async fn headers_can_be_set_and_left_off() {
    with_film(async |hooks, client, path| {
        hooks.add_rule(Rule::once(MEDIA, Action::set_header("content-type", "text/html")));
        let without = [("access-control-allow-origin".to_owned(), None)].into();
        hooks.add_rule(Rule::once(MEDIA, Action::SetHeaders { headers: without }));
        let answer = client.range(path, "bytes=0-0").await;
        assert_eq!((answer.status, answer.header("content-type")), (206, "text/html"));
        assert!(!answer.headers.contains_key("access-control-allow-origin"));
        let answer = client.range(path, "bytes=0-0").await;
        assert_eq!(answer.header("content-type"), "video/mp4");
        assert!(answer.headers.contains_key("access-control-allow-origin"));
    })
    .await;
}

#[tokio::test]
async fn a_film_can_be_another() {
    with_film(async |hooks, client, path| {
        let id = path.split('/').nth(4).unwrap();
        assert!(hooks.replace_film(id, b"no film".to_vec()));
        let answer = client.range(path, "bytes=3-").await;
        assert_eq!(range_of(&answer), (206, "bytes 3-6/7"));
        assert_eq!(answer.body, b"film");
        assert!(hooks.replace_film(id, Vec::new()));
        let whole = client.get(path).await;
        assert_eq!((whole.status, whole.body.len()), (200, 0));
        assert_eq!(client.range(path, "bytes=0-").await.status, 416);
        assert!(!hooks.replace_film("a--EG_b--c", Vec::new()));
        hooks.reset();
        assert!(client.get(path).await.body.len() > 1000);
    })
    .await;
}
