//! Whereby: the list, one recording, deletions, the key and the budget.

use meet_recordings_server::{Config, Dialect};
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Sample, send, text};

/// All rows of the list page by page, and the number of pages.
async fn walk(sample: &Sample, query: &str) -> (Vec<Value>, usize) {
    let (mut rows, mut pages, mut cursor) = (Vec::new(), 0, String::new());
    loop {
        let answer = sample.whereby_get(&format!("/recordings?{query}{cursor}")).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let page = answer.json();
        rows.extend(page["results"].as_array().unwrap().clone());
        pages += 1;
        match page["cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => {
                // Null, not missing.
                assert_eq!(page.get("cursor"), Some(&Value::Null));
                return (rows, pages);
            }
        }
    }
}

fn ids(rows: &[Value]) -> Vec<String> {
    rows.iter().map(|row| text(row, "recordingId")).collect()
}

#[tokio::test]
async fn a_row_has_dates_megabytes_and_nothing_more() {
    let sample = Sample::of(Dialect::Whereby).await;
    let answer = sample.whereby_get("/recordings").await;
    let page = answer.json();
    let row = &page["results"][0];
    assert_eq!(page["results"].as_array().unwrap().len(), 50, "of 55");
    let keys: Vec<&String> = row.as_object().unwrap().keys().collect();
    let expected = [
        "recordingId",
        "roomSessionId",
        "roomName",
        "filename",
        "startDate",
        "endDate",
        "sizeInMegaBytes",
    ];
    assert_eq!(keys, expected);
    let (room, start) = (text(row, "roomName"), text(row, "startDate"));
    assert!(room.starts_with('/') && start.ends_with('Z') && start.len() == 24);
    assert_eq!(text(row, "filename"), format!("{}-{start}.mp4", &room[1..]));
    assert!(text(row, "endDate") > start);
    let size = row["sizeInMegaBytes"].as_f64().unwrap();
    assert!([0.09, 0.48, 0.94, 3.48, 6.85].contains(&size), "{size}");
    assert_eq!(text(row, "recordingId").len(), 36);

    let id = text(row, "recordingId");
    assert_eq!(sample.whereby_get(&format!("/recordings/{id}")).await.json(), *row);
    let missing = "/recordings/00000000-0000-4000-8000-000000000000";
    assert_eq!(sample.whereby_get(missing).await.status, 404);
    assert_eq!(sample.whereby_get("/nothing").await.status, 404);
}

#[tokio::test]
async fn cursors_lead_to_the_end_even_when_rows_vanish() {
    let sample = Sample::of(Dialect::Whereby).await;
    let all = sample.whereby_rows().await;
    assert_eq!(all.len(), 55);
    let (rows, pages) = walk(&sample, "limit=11").await;
    assert!(rows == all);
    assert_eq!(pages, 5, "no empty page at the end");

    let page = sample.whereby_get("/recordings?limit=5").await.json();
    let last = text(&page["results"][4], "recordingId");
    sample.whereby(Method::DELETE, &format!("/recordings/{last}"), None).await;
    let cursor = text(&page, "cursor");
    let next = sample.whereby_get(&format!("/recordings?limit=5&cursor={cursor}")).await.json();
    assert_eq!(next["results"].as_array().unwrap()[..], all[5..10]);
}

#[tokio::test]
async fn sorting_and_rooms() {
    let sample = Sample::of(Dialect::Whereby).await;
    let all = sample.whereby_rows().await;
    for (field, key) in [("roomName", "roomName"), ("startDate", "startDate")] {
        let (mut rows, _) = walk(&sample, &format!("limit=20&sortBy={field}:asc")).await;
        assert!(rows.is_sorted_by_key(|row| text(row, key)), "{field}");
        rows.reverse();
        let (descending, _) = walk(&sample, &format!("limit=20&sortBy={field}:desc")).await;
        assert!(descending.iter().zip(&rows).all(|(a, b)| a[key] == b[key]));
    }
    let (rows, _) = walk(&sample, "sortBy=sizeInMegaBytes:desc").await;
    let sizes: Vec<f64> = rows.iter().map(|row| row["sizeInMegaBytes"].as_f64().unwrap()).collect();
    assert!(sizes.is_sorted_by(|a, b| a >= b) && sizes.len() == 55);
    let (rows, _) = walk(&sample, "sortBy=duration:asc&limit=100").await;
    assert_eq!((rows.len(), &rows[0]["sizeInMegaBytes"]), (55, &json!(0.09)));

    let room = text(&all[0], "roomName");
    let (of_room, _) = walk(&sample, &format!("roomName={room}")).await;
    assert!(!of_room.is_empty() && of_room.len() < all.len());
    assert!(of_room.iter().all(|row| row["roomName"] == room));
    // The slash belongs to the name.
    assert_eq!(walk(&sample, &format!("roomName={}", &room[1..])).await.0.len(), 0);
}

#[tokio::test]
async fn what_is_out_of_range_is_a_400() {
    let sample = Sample::of(Dialect::Whereby).await;
    let id = text(&sample.whereby_rows().await[0], "recordingId");
    for path in [
        "/recordings?limit=0",
        "/recordings?limit=101",
        "/recordings?limit=ten",
        "/recordings?sortBy=endDate:asc",
        "/recordings?sortBy=startDate",
        "/recordings?sortBy=startDate:up",
        "/recordings?cursor=nonsense",
        &format!("/recordings/{id}/access-link?validForSeconds=0"),
        &format!("/recordings/{id}/access-link?validForSeconds=43201"),
    ] {
        let answer = sample.whereby_get(path).await;
        assert_eq!(answer.status, 400, "{path}");
        assert!(answer.json()["error"].is_string());
    }
}

#[tokio::test]
async fn deleting_never_fails() {
    let sample = Sample::of(Dialect::Whereby).await;
    let rows = sample.whereby_rows().await;
    let path = format!("/recordings/{}", text(&rows[0], "recordingId"));
    for path in [&path, &path, "/recordings/unknown"] {
        let answer = sample.whereby(Method::DELETE, path, None).await;
        assert_eq!((answer.status, answer.body.len()), (204, 0));
    }
    assert_eq!(sample.whereby_get(&path).await.status, 404);
    assert_eq!(sample.whereby_get(&format!("{path}/access-link")).await.status, 404);
    assert!(sample.whereby_rows().await == rows[1..]);
}

#[tokio::test]
async fn deleting_many_happens_later() {
    let sample = Sample::of(Dialect::Whereby).await;
    let rows = sample.whereby_rows().await;
    let mut doomed = ids(&rows[..10]);
    doomed.push("unknown".to_owned());
    let delete = async |body: Value| {
        sample.whereby(Method::POST, "/recordings/bulk-delete", Some(body)).await
    };
    for _ in 0..2 {
        let answer = delete(json!({ "recordingIds": doomed })).await;
        assert_eq!((answer.status, answer.body.len()), (204, 0));
    }
    // Still there, and still there a second later.
    assert!(sample.whereby_rows().await == rows);
    sample.advance(1);
    assert!(sample.whereby_rows().await == rows);
    sample.advance(1);
    assert!(sample.whereby_rows().await == rows[10..]);
    for body in [json!({}), json!({ "recordingIds": "x" }), json!({ "recordingIds": [1] })] {
        assert_eq!(delete(body).await.status, 400);
    }
    sample.hooks().reset();
    assert_eq!(ids(&sample.whereby_rows().await), ids(&rows));
}

#[tokio::test]
async fn without_the_key_there_is_nothing_and_other_origins_are_told_nothing() {
    let sample = Sample::of(Dialect::Whereby).await;
    for path in ["/v1/recordings", "/v1/nothing"] {
        assert_eq!(sample.get(path).await.status, 401);
    }
    for authorization in ["whereby-api-key", "Bearer other", "Basic d2hlcmVieS1hcGkta2V5", "bearer"]
    {
        let request = sample.request(Method::GET, "/v1/recordings");
        assert_eq!(send(request.header("authorization", authorization)).await.status, 401);
    }
    let right = sample
        .request(Method::GET, "/v1/recordings")
        .header("origin", "https://host.example")
        .bearer_auth(meet_recordings_server::secrets::WHEREBY_KEY);
    let preflight = sample
        .request(Method::OPTIONS, "/v1/recordings")
        .header("origin", "https://host.example")
        .header("access-control-request-method", "GET");
    for (request, status) in [(right, 200), (preflight, 401)] {
        let answer = send(request).await;
        assert_eq!(answer.status, status);
        let names: Vec<&str> = answer.headers.keys().map(|name| name.as_str()).collect();
        assert!(!names.iter().any(|name| name.starts_with("access-control-")), "{names:?}");
    }
}

#[tokio::test]
async fn the_budget_runs_out_with_429_and_the_time_to_wait() {
    let config = Config { dialect: Dialect::Whereby, whereby_points: 6, ..Config::default() };
    let sample = Sample::with(config).await;
    let first = sample.whereby_get("/recordings?limit=1").await;
    assert_eq!(
        (first.header("x-ratelimit-limit"), first.header("x-ratelimit-remaining")),
        ("6", "5")
    );
    assert!(first.header("x-ratelimit-reset").ends_with('Z'));
    // Deletions cost two points, writes three.
    let deleted = sample.whereby(Method::DELETE, "/recordings/x", None).await;
    assert_eq!((deleted.status, deleted.header("x-ratelimit-remaining")), (204, "3"));
    let body = json!({ "recordingIds": [] });
    let written = sample.whereby(Method::POST, "/recordings/bulk-delete", Some(body)).await;
    assert_eq!((written.status, written.header("x-ratelimit-remaining")), (204, "0"));

    let limited = sample.whereby_get("/recordings").await;
    assert_eq!((limited.status, limited.header("x-ratelimit-remaining")), (429, "0"));
    let body = limited.json();
    assert_eq!(body["error"], "Rate limit active for throttle key: organization:1");
    let ms_left = body["data"]["msLeft"].as_u64().unwrap();
    assert!((1..=60_000).contains(&ms_left));
    assert_eq!(limited.header("retry-after"), ms_left.div_ceil(1000).to_string());
    // A wrong key costs nothing and is told apart from an exhausted budget.
    assert_eq!(sample.get("/v1/recordings").await.status, 401);
    sample.hooks().reset();
    assert_eq!(sample.whereby_get("/recordings").await.status, 200);
}

#[tokio::test]
async fn hooks_speak_of_the_same_recordings() {
    let sample = Sample::of(Dialect::Whereby).await;
    let hooks = sample.hooks();
    for id in hooks.recording_ids() {
        hooks.override_recording(&id, json!({ "recordingId": null }));
    }
    let rows = sample.whereby_rows().await;
    assert!(rows.len() == 55 && rows.iter().all(|row| *row == json!({ "recordingId": null })));
    for id in hooks.recording_ids() {
        hooks.remove_recording(&id);
    }
    let empty = sample.whereby_get("/recordings").await.json();
    assert_eq!(empty, json!({ "results": [], "cursor": null }));
}
