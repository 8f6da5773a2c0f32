//! plugNmeet: metadata, subtitles.

use meet_recordings_server::Dialect;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Sample, send, text};

async fn update(sample: &Sample, id: &Value, metadata: Value) -> Value {
    let body = json!({ "record_id": id, "metadata": metadata });
    let answer = sample.plugnmeet("/recording/updateMetadata", body).await;
    assert_eq!(answer, json!({ "status": true, "msg": "success", "status_code": "SUCCESS" }));
    let info = sample.plugnmeet("/recording/info", json!({ "record_id": id })).await;
    info["recording_info"]["metadata"].clone()
}

#[tokio::test]
async fn updates_change_what_they_name() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let rows = sample.plugnmeet_rows().await;
    let titled = rows.iter().filter(|row| row["metadata"].get("title").is_some()).count();
    let plain = rows.iter().find(|row| row["metadata"]["subtitles"] == json!({})).unwrap();
    let id = &plain["record_id"];
    let before = &plain["metadata"];
    assert_eq!(update(&sample, id, json!({})).await, *before);

    let after =
        update(&sample, id, json!({ "title": "New <b>title</b>", "extraData": { "k": "v" } }))
            .await;
    assert_eq!(after["title"], "New <b>title</b>");
    assert_eq!(after["extra_data"]["k"], "v");
    assert_eq!(after["extra_data"]["meeting-title"], before["extra_data"]["meeting-title"]);
    assert_eq!(after.get("description"), before.get("description"));

    // Empty texts clear, and what is cleared is left out.
    let after = update(&sample, id, json!({ "title": "", "extra_data": { "k": "" } })).await;
    assert_eq!((after.get("title"), after["extra_data"].get("k")), (None, None));

    let english = json!({ "label": "English", "url": "https://host.example/en.vtt" });
    let after = update(&sample, id, json!({ "subtitles": { "en": english } })).await;
    assert_eq!(after["subtitles"], json!({ "en": english }));
    // The vendor's own example has no label, which deletes.
    let unlabelled = json!({ "subtitles": { "en": { "url": "https://host.example/2.vtt" } } });
    assert_eq!(update(&sample, id, unlabelled).await["subtitles"], json!({}));

    let gone = json!({ "record_id": "a-1", "metadata": { "title": "x" } });
    let answer = sample.plugnmeet("/recording/updateMetadata", gone).await;
    assert_eq!((&answer["status"], &answer["status_code"]), (&json!(false), &json!("NOT_FOUND")));
    // The sample as it was has no trace of it.
    sample.hooks().reset();
    let rows = sample.plugnmeet_rows().await;
    assert!(rows.iter().all(|row| row["metadata"]["title"] != "New <b>title</b>"));
    assert_eq!(rows.iter().filter(|row| row["metadata"].get("title").is_some()).count(), titled);
}

#[tokio::test]
async fn a_recording_without_metadata_can_get_some() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let rows = sample.plugnmeet_rows().await;
    let old = rows.iter().find(|row| row.get("metadata").is_none()).unwrap();
    // Nothing is changed: it still has none.
    assert_eq!(update(&sample, &old["record_id"], json!({ "title": "" })).await, Value::Null);
    let after = update(&sample, &old["record_id"], json!({ "description": "Found again" })).await;
    let expected = json!({ "description": "Found again", "subtitles": {}, "extra_data": {} });
    assert_eq!(after, expected);
}

#[tokio::test]
async fn some_recordings_have_subtitles_that_other_origins_may_read() {
    let sample = Sample::of(Dialect::PlugNmeet).await;
    let rows = sample.plugnmeet_rows().await;
    let with = |key: &str| {
        let rows = rows.iter();
        rows.filter(|row| row["metadata"].get(key).is_some_and(|it| *it != json!({}))).count()
    };
    assert_eq!((with("subtitles"), with("description")), (5, 5));
    let subtitled = rows.iter().find(|row| row["metadata"]["subtitles"] != json!({})).unwrap();
    for (language, label) in [("en", "English"), ("de", "Deutsch")] {
        let subtitle = &subtitled["metadata"]["subtitles"][language];
        assert_eq!(subtitle["label"], label);
        let url = text(subtitle, "url");
        let request = sample.request(Method::GET, &url).header("origin", "https://host.example");
        let file = send(request).await;
        assert_eq!((file.status, file.header("access-control-allow-origin")), (200, "*"));
        assert_eq!(file.header("content-type"), "text/vtt; charset=utf-8");
        assert!(file.text().starts_with("WEBVTT\n"));
    }
    sample.get("/subtitles/xx.vtt").await.is_text(404, "not found");
}
