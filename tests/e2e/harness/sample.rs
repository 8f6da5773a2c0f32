//! What the server has, as it tells the page: which recordings a test can take.

use serde_json::{Value, json};

use super::page::Page;

impl Page {
    /// Asks the server with the page's own cookies.
    pub async fn fetch_json(&self, path: &str) -> Value {
        let script = "const [path, done] = arguments;
            fetch(path).then((it) => it.json()).then(done, (error) => done({ error: String(error) }))";
        self.run_async(script, vec![json!(path)]).await
    }

    /// The first page of what the server lists.
    pub async fn recordings(&self) -> Vec<Value> {
        let list = self.fetch_json("/api/v1/recordings?maxItems=100").await;
        list["recordings"].as_array().cloned().unwrap_or_else(|| panic!("no list: {list}"))
    }

    /// The ids of recordings with this status, as the first dialect writes it.
    pub async fn ids_with(&self, status: &str) -> Vec<String> {
        let all = self.recordings().await;
        let with = all.iter().filter(|it| text(it, "status").eq_ignore_ascii_case(status));
        with.map(|it| text(it, "recordingId").to_owned()).collect()
    }

    /// A complete recording of this many seconds.
    pub async fn recording_of(&self, seconds: f64) -> Value {
        let all = self.recordings().await.into_iter();
        let mut fitting = all.filter(|it| {
            it["duration"].as_f64() == Some(seconds) && text(it, "status") == "COMPLETE"
        });
        fitting.next().unwrap_or_else(|| panic!("no recording of {seconds} s"))
    }
}

/// A text field of a recording.
pub fn text<'a>(recording: &'a Value, field: &str) -> &'a str {
    recording[field].as_str().unwrap_or_default()
}

/// A recording as the server would send it, but for these fields.
pub fn spoiled(id: &str, fields: Value) -> Value {
    let mut recording = json!({
        "recordingId": id, "roomId": "room-1", "roomName": "Spoiled", "status": "COMPLETE",
        "startDate": 1_700_000_000_000_i64, "endDate": 1_700_000_060_000_i64, "duration": 60,
        "size": 1000, "filename": "spoiled.mp4",
    });
    let all = recording.as_object_mut().unwrap();
    all.extend(fields.as_object().unwrap().clone());
    recording
}

/// A page of the list as the server would send it, of recordings with these ids.
pub fn spoiled_list(ids: &[&str], pagination: Value) -> String {
    let rows: Vec<Value> = ids.iter().map(|id| spoiled(id, json!({}))).collect();
    json!({ "recordings": rows, "pagination": pagination }).to_string()
}
