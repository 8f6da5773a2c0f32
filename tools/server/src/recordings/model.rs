//! One recording: what is known of it and its status at a moment. How it looks in JSON is in `info`.

use std::sync::Arc;

use crate::config::Dialect;
use crate::recordings::id::room_of;
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
    /// In their order; generation B has them in capitals.
    pub const NAMES: [&str; 7] =
        ["starting", "active", "ending", "complete", "failed", "aborted", "limit_reached"];

    pub fn name(self, dialect: Dialect) -> String {
        let name = Self::NAMES[self as usize];
        match dialect {
            Dialect::B => name.to_ascii_uppercase(),
            _ => name.to_owned(),
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

    /// When it began, in milliseconds since 1970; `None` while it is starting.
    pub fn start(&self, now: i64) -> Option<i64> {
        (self.status(now) != Status::Starting).then_some(self.started)
    }

    /// When it ended, in milliseconds since 1970.
    pub fn end(&self, now: i64) -> Option<i64> {
        let status = self.status(now);
        (!status.in_progress()).then(|| self.started + self.length_ms(status))
    }

    /// The file, once there is one.
    pub fn file(&self, now: i64) -> Option<Media> {
        self.status(now).has_file().then_some(self.media)
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
        assert_eq!(recording.end(29), None);
        assert_eq!(recording.end(30), Some(30_000));
    }
}
