//! plugNmeet: merging recordings.

use meet_recordings_server::Dialect;
use serde_json::{Value, json};

use crate::client::{Sample, text};

const MERGE: &str = "/recording/mergeRecordings";

#[track_caller]
fn has_code(answer: &Value, code: &str) {
    assert_eq!(
        (&answer["status"], &answer["status_code"]),
        (&json!(code == "SUCCESS"), &json!(code)),
        "{answer}"
    );
}

/// Two recordings of one session, and one of the same room but another session.
fn of_one_room(rows: &[Value]) -> [&Value; 3] {
    let triples = rows.iter().filter_map(|first| {
        let mut others = rows.iter().filter(|row| {
            row["room_id"] == first["room_id"] && row["record_id"] != first["record_id"]
        });
        let same = others.clone().find(|row| row["room_sid"] == first["room_sid"])?;
        let other = others.find(|row| row["room_sid"] != first["room_sid"])?;
        Some([first, same, other])
    });
    triples.into_iter().next().unwrap()
}

#[tokio::test]
async fn a_merged_recording_appears_a_moment_later_in_the_session_of_the_last() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let rows = sample.plugnmeet_rows().await;
    let [first, _, other] = of_one_room(&rows);
    let ids = [&first["record_id"], &other["record_id"]];
    let scope = json!({ "by_ids": { "room_id": first["room_id"], "recording_ids": ids } });
    has_code(&sample.plugnmeet(MERGE, scope.clone()).await, "SUCCESS");
    assert_eq!(sample.plugnmeet_rows().await.len(), rows.len(), "nothing is there yet");
    // One job at a time for a room, and none again for two minutes.
    has_code(&sample.plugnmeet(MERGE, scope.clone()).await, "CONFLICT");

    sample.advance(4);
    let after = sample.plugnmeet_rows().await;
    assert_eq!(after.len(), rows.len() + 1);
    let merged = after.iter().find(|row| !rows.contains(row)).unwrap();
    assert_eq!(merged["room_sid"], other["room_sid"]);
    assert!(merged["file_size"].as_f64().unwrap() > 0.0);
    has_code(&sample.plugnmeet(MERGE, scope.clone()).await, "CONFLICT");

    let token = sample
        .plugnmeet("/recording/getDownloadToken", json!({ "record_id": merged["record_id"] }))
        .await;
    let file = sample.get(&format!("/download/recording/{}", text(&token, "token"))).await;
    assert_eq!(file.status, 200);
    has_code(
        &sample.plugnmeet("/recording/delete", json!({ "record_id": merged["record_id"] })).await,
        "SUCCESS",
    );
    assert!(sample.plugnmeet_rows().await == rows);
    sample.advance(120);
    has_code(&sample.plugnmeet(MERGE, scope).await, "SUCCESS");
}

#[tokio::test]
async fn a_session_is_merged_but_for_what_is_excluded() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let rows = sample.plugnmeet_rows().await;
    let [first, same, _] = of_one_room(&rows);
    let excluded =
        json!({ "room_sid": first["room_sid"], "exclude_recording_ids": [same["record_id"]] });
    has_code(
        &sample.plugnmeet(MERGE, json!({ "by_session": excluded })).await,
        "INVALID_PARAMETERS",
    );
    let scope = json!({ "bySession": { "roomSid": first["room_sid"] } });
    has_code(&sample.plugnmeet(MERGE, scope).await, "SUCCESS");
    sample.advance(4);
    let body = json!({ "room_sid": first["room_sid"] });
    let session = sample.plugnmeet("/recording/fetch", body).await;
    assert_eq!(session["result"]["total_recordings"], "3");
}

#[tokio::test]
async fn what_cannot_be_merged_is_refused_with_its_code() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let rows = sample.plugnmeet_rows().await;
    let [first, same, _] = of_one_room(&rows);
    let ids = json!([first["record_id"], same["record_id"]]);
    let room = &first["room_id"];
    let by_session = json!({ "room_sid": first["room_sid"] });
    let by_ids =
        |room: &Value, ids: Value| json!({ "by_ids": { "room_id": room, "recording_ids": ids } });
    for (scope, code) in [
        (json!({}), "INVALID_PARAMETERS"),
        (
            json!({ "by_session": by_session, "by_ids": { "room_id": room, "recording_ids": ids } }),
            "INVALID_PARAMETERS",
        ),
        (by_ids(room, json!([first["record_id"]])), "INVALID_PARAMETERS"),
        (by_ids(room, json!([first["record_id"], "a-1"])), "NOT_FOUND"),
        (by_ids(room, json!([first["record_id"], first["record_id"]])), "NOT_FOUND"),
        (by_ids(&json!("another"), ids.clone()), "NOT_FOUND"),
        (json!({ "by_session": { "room_sid": "none" } }), "ROOM_NOT_FOUND"),
    ] {
        has_code(&sample.plugnmeet(MERGE, scope).await, code);
    }
    // A refusal keeps nothing from being merged.
    has_code(&sample.plugnmeet(MERGE, by_ids(room, ids)).await, "SUCCESS");
}
