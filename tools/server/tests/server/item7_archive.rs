//! Item 7: several recordings in one ZIP.

use std::collections::BTreeMap;

use crate::client::{TestServer, room_of};

fn path(ids: &[&str]) -> String {
    format!("/api/v1/recordings/download?recordingIds={}", ids.join(","))
}

fn number(bytes: &[u8], at: usize, length: usize) -> usize {
    let bytes = &bytes[at..at + length];
    bytes.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte))
}

/// Reads an archive through its directory, checking each file's checksum.
fn unzip(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let end = bytes.len() - 22;
    assert_eq!(&bytes[end..end + 4], b"PK\x05\x06");
    let mut at = number(bytes, end + 16, 4);
    let mut files = BTreeMap::new();
    for _ in 0..number(bytes, end + 10, 2) {
        assert_eq!(&bytes[at..at + 4], b"PK\x01\x02");
        assert_eq!(number(bytes, at + 10, 2), 0, "stored");
        let (size, name_length) = (number(bytes, at + 24, 4), number(bytes, at + 28, 2));
        let header = number(bytes, at + 42, 4);
        assert_eq!(&bytes[header..header + 4], b"PK\x03\x04");
        let start = header + 30 + number(bytes, header + 26, 2) + number(bytes, header + 28, 2);
        let content = bytes[start..start + size].to_vec();
        assert_eq!(crc32fast::hash(&content) as usize, number(bytes, at + 16, 4));
        let name = String::from_utf8(bytes[at + 46..at + 46 + name_length].to_vec()).unwrap();
        files.insert(name, content);
        at += 46 + name_length;
    }
    assert_eq!(at, end);
    files
}

fn file_name(id: &str) -> String {
    let parts: Vec<&str> = id.split("--").collect();
    format!("{}--{}.mp4", parts[0], parts[2])
}

#[tokio::test]
async fn the_archive_holds_the_complete_recordings() {
    let server = TestServer::start().await;
    let client = server.admin().await;
    let done = client.ids("Physics", "COMPLETE").await;
    let active = client.first("Physics", "ACTIVE").await;
    let answer = client.get(&path(&[&done[0], &active, &done[1], &done[0], "no--EG_x--y"])).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/zip");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"recordings.zip\"");
    assert_eq!(answer.header("content-length"), "");
    assert_eq!(answer.header("transfer-encoding"), "chunked");
    let files = unzip(&answer.body);
    assert_eq!(files.len(), 2);
    for id in &done[..2] {
        let media = client.get(&format!("/api/v1/recordings/{id}/media")).await;
        assert!(files[&file_name(id)] == media.body, "{id}");
    }
    // Nothing to be had is an empty archive, not an error.
    let empty = client.get(&path(&[&active])).await;
    assert_eq!((empty.status, unzip(&empty.body).len()), (200, 0));
}

#[tokio::test]
async fn a_room_token_gets_its_own_room_or_400() {
    let server = TestServer::start().await;
    let admin = server.admin().await;
    let own = admin.first("Physics", "COMPLETE").await;
    let other = admin.first("Sprint", "COMPLETE").await;
    let room = room_of(&own);
    let speaker = server.in_room(room, "speaker").await;
    let answer = speaker.get(&path(&[&own, &other])).await;
    let names: Vec<String> = unzip(&answer.body).into_keys().collect();
    assert_eq!(names, [file_name(&own)]);
    let none = speaker.get(&path(&[&other])).await;
    let message = format!("None of the provided recording IDs belong to room '{room}'");
    none.is_error(400, "Recording Error", &message);
}
