//! plugNmeet: the list, one recording, deleting.

use meet_recordings_server::{Config, Dialect};
use serde_json::{Value, json};

use crate::client::{Sample, text};

const FETCH: &str = "/recording/fetch";

async fn ids(sample: &Sample, body: Value) -> Vec<String> {
    let answer = sample.plugnmeet(FETCH, body).await;
    let rows = answer["result"]["recordings_list"].as_array().unwrap().clone();
    rows.iter().map(|row| text(row, "record_id")).collect()
}

#[tokio::test]
async fn a_page_has_the_casing_units_and_zeros_of_protojson() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let answer = sample.plugnmeet(FETCH, json!({})).await;
    assert_eq!((&answer["status"], &answer["msg"]), (&json!(true), &json!("success")));
    assert_eq!(answer["status_code"], "SUCCESS");
    let result = &answer["result"];
    // The 53 complete recordings and the two that a limit ended; those in progress and those that failed are no rows.
    assert_eq!(result["total_recordings"], "55");
    assert_eq!((&result["from"], &result["limit"]), (&json!(0), &json!(20)));
    assert_eq!(result["order_by"], "DESC");
    let rows = result["recordings_list"].as_array().unwrap();
    assert_eq!(rows.len(), 20);

    let row = &rows[0];
    let (room_id, sid, id) = (text(row, "room_id"), text(row, "room_sid"), text(row, "record_id"));
    let started: i64 = id.strip_prefix(&format!("{sid}-")).unwrap().parse().unwrap();
    assert_eq!(row["file_path"], format!("node_01/{room_id}/{id}.mp4"));
    let listed: i64 = text(row, "creation_time").parse().unwrap();
    let room_created: i64 = text(row, "room_creation_time").parse().unwrap();
    assert!(room_created * 1000 < started && started < listed * 1000);
    let size = row["file_size"].as_f64().unwrap();
    assert!([0.09, 0.48, 0.94, 3.48, 6.85].contains(&size), "{size}");

    let metadata = &row["metadata"];
    assert_eq!(metadata["title"], metadata["extra_data"]["meeting-title"]);
    let created = text(&metadata["extra_data"], "meeting-created");
    assert!(created.ends_with('Z') && created.len() == 20, "{created}");
    // What is optional is left out, not null.
    assert!(rows.iter().all(|row| row.get("metadata") != Some(&Value::Null)));
    assert!(rows.iter().any(|row| row["metadata"].get("description").is_none()));
    assert!(rows.iter().any(|row| row["metadata"]["subtitles"] == json!({})));
}

#[tokio::test]
async fn rows_from_before_metadata_have_none_and_their_session_is_forgotten() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let rows = sample.plugnmeet_rows().await;
    let old: Vec<&Value> = rows.iter().filter(|row| row.get("metadata").is_none()).collect();
    assert!(!old.is_empty() && old.len() < rows.len() / 2, "{}", old.len());
    assert_eq!(old[0]["room_creation_time"], "0");
    let body = json!({ "recordId": old[0]["record_id"] });
    let info = sample.plugnmeet("/recording/info", body).await;
    assert_eq!(info["recording_info"], *old[0]);
    let nothing = json!({
        "room_title": "", "room_id": "", "room_sid": "", "joined_participants": "0",
        "webhook_url": "", "created": "", "ended": "",
    });
    assert_eq!(info["room_info"], nothing);
}

#[tokio::test]
async fn pages_by_offset_meet_every_row_once_to_the_end() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let all = ids(&sample, json!({ "limit": 100 })).await;
    assert_eq!(all.len(), 55);
    let mut walked = Vec::new();
    for from in (0..60).step_by(7) {
        // Numbers may be text, names may be in camelCase.
        let page =
            ids(&sample, json!({ "from": from.to_string(), "limit": 7, "orderBy": "DESC" })).await;
        walked.extend(page);
    }
    assert_eq!(walked, all);
    // Beyond the end there is success without rows.
    let beyond = sample.plugnmeet(FETCH, json!({ "from": 55 })).await;
    assert_eq!(beyond["status"], true);
    assert_eq!(beyond["result"]["recordings_list"], json!([]));

    let mut ascending = ids(&sample, json!({ "order_by": "ASC", "limit": 100 })).await;
    ascending.reverse();
    assert_eq!(ascending, all);
    assert_eq!(ids(&sample, json!({ "order_by": "asc", "limit": 100 })).await, all);
}

#[tokio::test]
async fn limits_are_clamped_and_echoed_as_applied() {
    let config = Config { dialect: Dialect::PlugNmeet, recordings: 200, ..Config::default() };
    let sample = Sample::with(config).await;
    for (limit, applied) in [(json!(0), 20), (json!(1), 1), (json!("101"), 100), (json!(null), 20)]
    {
        let answer = sample.plugnmeet(FETCH, json!({ "limit": limit })).await;
        assert_eq!(answer["result"]["limit"], applied);
        assert_eq!(answer["result"]["recordings_list"].as_array().unwrap().len(), applied);
    }
}

#[tokio::test]
async fn rooms_narrow_the_list_and_a_session_replaces_them() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let rows = sample.plugnmeet_rows().await;
    let of = |key: &str, value: &Value| -> Vec<String> {
        let rows = rows.iter().filter(|row| row[key] == *value);
        rows.map(|row| text(row, "record_id")).collect()
    };
    let other = rows.iter().find(|row| row["room_id"] != rows[0]["room_id"]).unwrap();
    let (room, other_room) = (&rows[0]["room_id"], &other["room_id"]);
    assert_eq!(
        ids(&sample, json!({ "room_ids": [room], "limit": 100 })).await,
        of("room_id", room)
    );
    let both = ids(&sample, json!({ "room_ids": [room, other_room], "limit": 100 })).await;
    assert_eq!(both.len(), of("room_id", room).len() + of("room_id", other_room).len());

    let sid = &other["room_sid"];
    let of_session = ids(&sample, json!({ "room_ids": [room], "room_sid": sid })).await;
    assert_eq!(of_session, of("room_sid", sid));
    for nothing in [json!({ "room_ids": [room], "room_sid": "" }), json!({ "room_ids": ["none"] })]
    {
        let empty =
            json!({ "status": false, "msg": "no recording found", "status_code": "NOT_FOUND" });
        assert_eq!(sample.plugnmeet(FETCH, nothing).await, empty);
    }
}

#[tokio::test]
async fn one_recording_comes_with_its_session() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let row = sample.plugnmeet_rows().await.swap_remove(0);
    // The deprecated alias is still there.
    for path in ["/recording/info", "/recording/recordingInfo"] {
        let info = sample.plugnmeet(path, json!({ "record_id": row["record_id"] })).await;
        assert_eq!(info["recording_info"], row);
        let room = &info["room_info"];
        assert_eq!((&room["room_sid"], &room["room_id"]), (&row["room_sid"], &row["room_id"]));
        assert_eq!(room["room_title"], row["metadata"]["title"]);
        // Without a zone, unlike the list of past rooms.
        let created = text(room, "created");
        assert!(created.len() == 19 && created.as_bytes()[10] == b' ', "{created}");
        assert!(room["joined_participants"].is_string() && room.get("analytics_file_id").is_none());
    }
    let missing = sample.plugnmeet("/recording/info", json!({ "record_id": "a-1" })).await;
    let failed =
        json!({ "status": false, "msg": "recording not found", "status_code": "NOT_FOUND" });
    assert_eq!(missing, failed);
}

#[tokio::test]
async fn deleting_twice_is_not_found() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let rows = sample.plugnmeet_rows().await;
    let body = json!({ "record_id": rows[3]["record_id"] });
    let success = json!({ "status": true, "msg": "success", "status_code": "SUCCESS" });
    assert_eq!(sample.plugnmeet("/recording/delete", body.clone()).await, success);
    let gone = json!({ "status": false, "msg": "recording not found", "status_code": "NOT_FOUND" });
    for path in ["/recording/delete", "/recording/info", "/recording/getDownloadToken"] {
        assert_eq!(sample.plugnmeet(path, body.clone()).await, gone, "{path}");
    }
    let left = sample.plugnmeet_rows().await;
    assert_eq!(left.len(), rows.len() - 1);
    assert!(!left.contains(&rows[3]));
    sample.hooks().reset();
    assert_eq!(sample.plugnmeet_rows().await.len(), rows.len());
}

#[tokio::test]
async fn a_recording_in_progress_becomes_a_row_when_its_file_is_ready() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let before = sample.plugnmeet_rows().await;
    sample.advance(13);
    let after = sample.plugnmeet_rows().await;
    assert_eq!(after.len(), before.len() + 1);
    assert!(after[1..] == before);
    // Its session goes on: the zero time of Go.
    assert_eq!(after[0]["metadata"]["extra_data"]["meeting-ended"], "0001-01-01T00:00:00Z");
    let info =
        sample.plugnmeet("/recording/info", json!({ "record_id": after[0]["record_id"] })).await;
    assert_eq!(info["room_info"]["ended"], "0001-01-01 00:00:00");
}

#[tokio::test]
async fn hooks_speak_of_the_same_recordings() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let hooks = sample.hooks();
    let odd = json!({ "record_id": 5, "file_size": "many" });
    for id in hooks.recording_ids() {
        hooks.override_recording(&id, odd.clone());
    }
    assert!(sample.plugnmeet_rows().await.iter().all(|row| *row == odd));
    for id in hooks.recording_ids() {
        assert!(hooks.remove_recording(&id));
    }
    let empty = sample.plugnmeet(FETCH, json!({})).await;
    assert_eq!((&empty["status"], empty.get("result")), (&json!(false), None));
}
