//! How a recording looks in JSON, in each generation from B on.

use serde_json::{Map, Value, json};

use crate::config::Dialect;
use crate::recordings::id::{id_of, room_of};
use crate::recordings::model::{Recording, Status, filename};
use crate::sample::media::Media;

impl Recording {
    /// `MeetRecordingInfo`. What is not known yet is left out, as the real server leaves it out.
    pub fn info(&self, key: &str, now: i64, dialect: Dialect) -> Map<String, Value> {
        let status = self.status(now);
        let mut info = Map::new();
        let mut put = |name: &str, value: Value| info.insert(name.to_owned(), value);
        put("recordingId", json!(id_of(key)));
        put("roomId", json!(room_of(key)));
        put("roomName", json!(&*self.room_name));
        put("status", json!(status.name(dialect)));
        if dialect >= Dialect::V37 {
            let (layout, encoding) = composition(self.media);
            put("layout", json!(layout));
            put("encoding", encoding);
        }
        put("filename", json!(filename(key)));
        if let Some(start) = self.start(now) {
            put("startDate", json!(start));
        }
        if let Some(end) = self.end(now) {
            put("endDate", json!(end));
        }
        if let Some(file) = self.file(now) {
            put("duration", json!(file.seconds()));
            put("size", json!(file.bytes().len()));
        }
        match status {
            Status::Complete => {
                put("details", json!("End reason: Stopped using API"));
            }
            Status::LimitReached => {
                put("details", json!("End reason: Session limit reached"));
            }
            Status::Failed => {
                put("errorCode", json!(500));
                put("error", json!("egress worker ended unexpectedly"));
                put("details", json!("End reason: Source closed"));
            }
            Status::Aborted => {
                put("errorCode", json!(412));
                put("error", json!("Start signal not received"));
            }
            Status::Starting | Status::Active | Status::Ending => {}
        }
        info
    }
}

/// The layout and the encoding that a file stands for: a preset by its name, or every option spelled out.
fn composition(media: Media) -> (&'static str, Value) {
    match media {
        Media::TwelveMinutes => (
            "speaker",
            json!({
                "video": {
                    "width": 1280, "height": 720, "framerate": 30, "codec": "H264_MAIN",
                    "bitrate": 3000, "keyFrameInterval": 4, "depth": 24,
                },
                "audio": { "codec": "AAC", "bitrate": 128, "frequency": 44100 },
            }),
        ),
        Media::FiveSeconds => ("single-speaker", json!("PORTRAIT_H264_720P_30")),
        _ => ("grid", json!("H264_720P_30")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recordings::model::{Course, Outcome};

    #[test]
    fn what_is_not_known_yet_is_left_out() {
        let recording = Recording {
            room_name: "Room".into(),
            started: 0,
            outcome: Outcome::Live(Course { active_at: 10, ending_at: 20, complete_at: 30 }),
            media: Media::HalfMinute,
        };
        let before = recording.info("r/EG_1/u", 0, Dialect::B);
        assert_eq!(before["status"], "STARTING");
        assert!(!before.contains_key("startDate") && !before.contains_key("size"));
        let after = recording.info("r/EG_1/u", 30, Dialect::V34);
        assert_eq!(after["status"], "complete");
        assert_eq!(after["filename"], "r--u.mp4");
        assert_eq!(after["endDate"], 30_000);
        assert!(!after.contains_key("layout"));
        assert_eq!(recording.info("r/EG_1/u", 30, Dialect::V37)["encoding"], "H264_720P_30");
    }
}
