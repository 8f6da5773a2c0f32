//! One recording: what is known of it, its status at a moment, and how it looks in JSON.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::config::Dialect;
use crate::recordings::id::{id_of, room_of};
use crate::sample::media::Media;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Starting,
    Active,
    Ending,
    Complete,
    Failed,
    Aborted,
    LimitReached,
}

impl Status {
    pub fn name(self, dialect: Dialect) -> String {
        let name = match self {
            Self::Starting => "STARTING",
            Self::Active => "ACTIVE",
            Self::Ending => "ENDING",
            Self::Complete => "COMPLETE",
            Self::Failed => "FAILED",
            Self::Aborted => "ABORTED",
            Self::LimitReached => "LIMIT_REACHED",
        };
        match dialect {
            Dialect::B => name.to_owned(),
            _ => name.to_ascii_lowercase(),
        }
    }

    pub fn in_progress(self) -> bool {
        matches!(self, Self::Starting | Self::Active | Self::Ending)
    }

    /// Whether a file was finished.
    fn has_file(self) -> bool {
        matches!(self, Self::Complete | Self::LimitReached)
    }
}

/// The way of a recording in progress, in milliseconds of the server's clock.
#[derive(Clone, Copy, Debug)]
pub struct Course {
    pub active_at: i64,
    pub ending_at: i64,
    pub complete_at: i64,
}

#[derive(Clone, Copy, Debug)]
pub enum Outcome {
    Settled(Status),
    Live(Course),
}

pub struct Recording {
    pub room_name: Arc<str>,
    /// Milliseconds since 1970.
    pub started: i64,
    pub outcome: Outcome,
    pub media: Media,
}

impl Recording {
    /// The status at `now`, in milliseconds of the server's clock.
    pub fn status(&self, now: i64) -> Status {
        match self.outcome {
            Outcome::Settled(status) => status,
            Outcome::Live(course) if now < course.active_at => Status::Starting,
            Outcome::Live(course) if now < course.ending_at => Status::Active,
            Outcome::Live(course) if now < course.complete_at => Status::Ending,
            Outcome::Live(_) => Status::Complete,
        }
    }

    /// `MeetRecordingInfo`. What is not known yet is left out, as the real server leaves it out.
    pub fn info(&self, key: &str, now: i64, dialect: Dialect) -> Map<String, Value> {
        let status = self.status(now);
        let mut info = Map::new();
        let mut put = |name: &str, value: Value| info.insert(name.to_owned(), value);
        put("recordingId", json!(id_of(key)));
        put("roomId", json!(room_of(key)));
        put("roomName", json!(&*self.room_name));
        put("status", json!(status.name(dialect)));
        put("filename", json!(filename(key)));
        if status != Status::Starting {
            put("startDate", json!(self.started));
        }
        if !status.in_progress() {
            put("endDate", json!(self.started + self.length_ms(status)));
        }
        if status.has_file() {
            put("duration", json!(self.media.seconds()));
            put("size", json!(self.media.bytes().len()));
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

    /// How long the recording ran: an aborted one never did, a failed one not to its end.
    fn length_ms(&self, status: Status) -> i64 {
        let whole = (self.media.seconds() * 1000.0) as i64;
        match status {
            Status::Aborted => 0,
            Status::Failed => whole / 3,
            _ => whole,
        }
    }
}

/// `{roomId}--{uid}.mp4`.
pub fn filename(key: &str) -> String {
    let uid = key.rsplit('/').next().unwrap_or_default();
    format!("{}--{uid}.mp4", room_of(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_live_recording_goes_from_starting_to_complete() {
        let recording = Recording {
            room_name: "Room".into(),
            started: 0,
            outcome: Outcome::Live(Course { active_at: 10, ending_at: 20, complete_at: 30 }),
            media: Media::HalfMinute,
        };
        let statuses = [0, 10, 20, 30].map(|now| recording.status(now));
        assert_eq!(statuses, [Status::Starting, Status::Active, Status::Ending, Status::Complete]);
        let before = recording.info("r/EG_1/u", 0, Dialect::B);
        assert!(!before.contains_key("startDate") && !before.contains_key("size"));
        let after = recording.info("r/EG_1/u", 30, Dialect::V34);
        assert_eq!(after["status"], "complete");
        assert_eq!(after["filename"], "r--u.mp4");
        assert_eq!(after["endDate"], 30_000);
    }
}
