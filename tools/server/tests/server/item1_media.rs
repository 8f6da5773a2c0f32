//! Item 1: media and ranges.

use crate::client::{Answer, Client, TestServer};

const TWENTY_MINUTES: &[u8] = include_bytes!("../../media/twenty-minutes.mp4");
const SIZE: usize = TWENTY_MINUTES.len();

/// The path of media of more than 5 MiB.
async fn large_media(client: &Client) -> String {
    let recordings = client.recordings().await;
    let large = recordings
        .iter()
        .find(|recording| recording["size"] == SIZE && recording["status"] == "COMPLETE");
    let id = large.unwrap()["recordingId"].as_str().unwrap();
    format!("/api/v1/recordings/{id}/media")
}

#[track_caller]
fn is_part(answer: &Answer, start: usize, end: usize) {
    assert_eq!(answer.status, 206);
    assert_eq!(answer.header("content-range"), format!("bytes {start}-{end}/{SIZE}"));
    assert_eq!(answer.header("content-length"), (end - start + 1).to_string());
    assert_eq!(answer.header("accept-ranges"), "bytes");
    assert_eq!(answer.header("content-type"), "video/mp4");
    assert_eq!(answer.header("cache-control"), "public, max-age=3600");
    assert!(answer.body == TWENTY_MINUTES[start..=end], "the bytes differ");
}

#[tokio::test]
async fn ranges_are_answered_as_documented() {
    let server = TestServer::start().await;
    let client = server.admin().await;
    let path = large_media(&client).await;

    let whole = client.get(&path).await;
    assert_eq!(whole.status, 200);
    assert_eq!(whole.header("accept-ranges"), "bytes");
    assert_eq!(whole.header("content-length"), SIZE.to_string());
    assert!(whole.body == TWENTY_MINUTES);

    is_part(&client.range(&path, "bytes=0-499").await, 0, 499);
    is_part(&client.range(&path, "bytes=0-0").await, 0, 0);
    let last = format!("bytes={}-", SIZE - 1);
    is_part(&client.range(&path, &last).await, SIZE - 1, SIZE - 1);
    is_part(&client.range(&path, "bytes=0-999999999").await, 0, SIZE - 1);
    // An open range is cut to 5 MiB, the second one brings the rest.
    is_part(&client.range(&path, "bytes=0-").await, 0, 5_242_879);
    is_part(&client.range(&path, "bytes=5242880-").await, 5_242_880, SIZE - 1);
}

#[tokio::test]
async fn ranges_beyond_the_end_are_416_in_json_without_a_content_range() {
    let server = TestServer::start().await;
    let client = server.admin().await;
    let path = large_media(&client).await;
    let answer = client.range(&path, &format!("bytes={SIZE}-")).await;
    let id = path.split('/').nth(4).unwrap();
    let message = format!("Recording '{id}' range not satisfiable. File size: {SIZE}");
    answer.is_error(416, "Recording Error", &message);
    assert!(!answer.headers.contains_key("content-range"));
}

#[tokio::test]
async fn other_forms_of_ranges_are_422_and_backward_ones_the_whole_file() {
    let server = TestServer::start().await;
    let client = server.admin().await;
    let path = large_media(&client).await;
    for range in ["abc", "bytes=-5", "bytes=0-1,2-3", "items=0-1"] {
        client
            .range(&path, range)
            .await
            .is_invalid("headers.range", "Invalid range header format. Expected: bytes=start-end");
    }
    let backward = client.range(&path, "bytes=9-5").await;
    assert_eq!((backward.status, backward.body.len()), (200, SIZE));
}

#[tokio::test]
async fn only_complete_recordings_have_media() {
    let server = TestServer::start().await;
    let client = server.admin().await;
    for status in ["STARTING", "ACTIVE", "ENDING", "FAILED", "ABORTED", "LIMIT_REACHED"] {
        let id = client.first("", status).await;
        let answer = client.get(&format!("/api/v1/recordings/{id}/media")).await;
        let message = format!("Recording '{id}' is not stopped yet");
        answer.is_error(409, "Recording Error", &message);
    }
    let answer = client.get("/api/v1/recordings/no--EG_x--y/media").await;
    answer.is_error(404, "Recording Error", "Recording 'no--EG_x--y' not found");
}
