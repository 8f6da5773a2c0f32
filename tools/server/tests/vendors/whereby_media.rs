//! Whereby: links to files, and the store behind them.

use std::time::{SystemTime, UNIX_EPOCH};

use meet_recordings_server::Dialect;
use reqwest::Method;
use serde_json::Value;

use crate::client::{Answer, Sample, send, text};

const TWENTY_MINUTES: &[u8] = include_bytes!("../../media/twenty-minutes.mp4");
const SIZE: usize = TWENTY_MINUTES.len();

async fn link(sample: &Sample, row: &Value, query: &str) -> Answer {
    let id = text(row, "recordingId");
    sample.whereby_get(&format!("/recordings/{id}/access-link{query}")).await
}

/// A link to the longest file of the sample.
async fn link_to_large(sample: &Sample) -> String {
    let rows = sample.whereby_rows().await;
    let large = rows.iter().find(|row| row["sizeInMegaBytes"] == 6.85).unwrap();
    text(&link(sample, large, "").await.json(), "accessLink")
}

#[track_caller]
fn is_xml(answer: &Answer, status: u16, code: &str, message: &str) {
    assert_eq!((answer.status, answer.header("content-type")), (status, "application/xml"));
    let text = answer.text();
    assert!(text.contains(&format!("<Code>{code}</Code><Message>{message}</Message>")), "{text}");
}

#[tokio::test]
async fn links_last_as_long_as_asked_for() {
    let sample = Sample::of(Dialect::Whereby).await;
    let rows = sample.whereby_rows().await;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis() as i64;
    for (query, seconds) in
        [("", 3600), ("?validForSeconds=1", 1), ("?validForSeconds=43200", 43_200)]
    {
        let answer = link(&sample, &rows[0], query).await;
        assert_eq!(answer.status, 200);
        let answer = answer.json();
        // Milliseconds, as a number.
        let left = answer["expires"].as_i64().unwrap() - now;
        assert!((left - seconds * 1000).abs() < 20_000, "{left}");
        let url = text(&answer, "accessLink");
        assert!(url.starts_with(&format!("{}/s3/whereby/", sample.url())), "{url}");
        assert!(
            url.contains(&format!("&X-Amz-Expires={seconds}&"))
                && url.contains("&X-Amz-Signature=")
        );
    }
    let url = text(&link(&sample, &rows[0], "?validForSeconds=30").await.json(), "accessLink");
    assert_eq!(sample.get(&url).await.status, 200);
    sample.advance(28);
    assert_eq!(sample.get(&url).await.status, 200);
    sample.advance(2);
    is_xml(&sample.get(&url).await, 403, "AccessDenied", "Request has expired");
}

#[tokio::test]
async fn the_store_serves_ranges() {
    let sample = Sample::of(Dialect::Whereby).await;
    let url = link_to_large(&sample).await;
    let whole = sample.get(&url).await;
    assert_eq!((whole.status, whole.header("content-type")), (200, "video/mp4"));
    assert_eq!((whole.header("accept-ranges"), whole.header("content-disposition")), ("bytes", ""));
    assert!(whole.body == TWENTY_MINUTES);
    for (range, start, end) in [
        ("bytes=0-0", 0, 0),
        ("bytes=100-199", 100, 199),
        ("bytes=-500", SIZE - 500, SIZE - 1),
        ("bytes=0-", 0, SIZE - 1),
        ("bytes=6000000-99999999", 6_000_000, SIZE - 1),
    ] {
        let part = sample.range(&url, range).await;
        assert_eq!(part.status, 206, "{range}");
        assert_eq!(part.header("content-range"), format!("bytes {start}-{end}/{SIZE}"));
        assert_eq!(part.header("content-length"), (end + 1 - start).to_string());
        assert!(part.body == TWENTY_MINUTES[start..=end], "{range}");
    }
    for range in ["bytes=5-1", "bytes=0-1,4-5", "lines=0-1"] {
        assert_eq!(sample.range(&url, range).await.status, 200, "{range}");
    }
    let beyond = sample.range(&url, &format!("bytes={SIZE}-")).await;
    is_xml(&beyond, 416, "InvalidRange", "The requested range is not satisfiable");
    assert_eq!(beyond.header("content-range"), format!("bytes */{SIZE}"));

    let conditional = async |etag: &str| {
        let request = sample.request(Method::GET, &url).header("range", "bytes=0-9");
        send(request.header("if-range", etag)).await.status
    };
    assert_eq!((conditional(whole.header("etag")).await, conditional("\"x\"").await), (206, 200));
}

#[tokio::test]
async fn only_the_signed_request_is_answered() {
    let sample = Sample::of(Dialect::Whereby).await;
    let url = link_to_large(&sample).await;
    let mismatch = "The request signature we calculated does not match the signature you provided. Check your key and signing method.";
    for changed in [
        url.replace("X-Amz-Expires=3600", "X-Amz-Expires=43200"),
        url.replace("X-Amz-Signature=", "X-Amz-Signature=0"),
        url.replace("/s3/whereby/", "/s3/whereby/0"),
    ] {
        assert_ne!(changed, url);
        is_xml(&sample.get(&changed).await, 403, "SignatureDoesNotMatch", mismatch);
    }
    let bare = url.split('?').next().unwrap();
    is_xml(&sample.get(bare).await, 403, "AccessDenied", "Access Denied");
    // The link is to GET.
    assert_eq!(send(sample.request(Method::HEAD, &url)).await.status, 403);
    // And says nothing to scripts of other origins.
    let request = sample.request(Method::GET, &url).header("origin", "https://host.example");
    let answer = send(request).await;
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, ""));
}

#[tokio::test]
async fn files_vanish_with_their_recordings() {
    let sample = Sample::of(Dialect::Whereby).await;
    let rows = sample.whereby_rows().await;
    let url = text(&link(&sample, &rows[0], "").await.json(), "accessLink");
    let path = format!("/recordings/{}", text(&rows[0], "recordingId"));
    sample.whereby(Method::DELETE, &path, None).await;
    is_xml(&sample.get(&url).await, 404, "NoSuchKey", "The specified key does not exist.");
}

#[tokio::test]
async fn some_files_are_matroska_and_one_is_elsewhere() {
    let sample = Sample::of(Dialect::Whereby).await;
    let rows = sample.whereby_rows().await;
    let matroska: Vec<&Value> =
        rows.iter().filter(|row| text(row, "filename").ends_with(".mkv")).collect();
    assert_eq!(matroska.len(), 2);
    let url = text(&link(&sample, matroska[0], "").await.json(), "accessLink");
    let file = sample.get(&url).await;
    assert_eq!((file.status, file.header("content-type")), (200, "video/x-matroska"));
    assert_eq!(file.body[..4], [0x1a, 0x45, 0xdf, 0xa3], "the magic number of EBML");
    let size = (file.body.len() as f64 / 10_000.0).round() / 100.0;
    assert_eq!(matroska[0]["sizeInMegaBytes"], size);

    let mut elsewhere = 0;
    for row in &rows {
        match link(&sample, row, "").await.status {
            200 => {}
            status => {
                assert_eq!(status, 403);
                elsewhere += 1;
            }
        }
    }
    assert_eq!(elsewhere, 1);
}
