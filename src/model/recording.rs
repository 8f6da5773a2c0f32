//! One recording.

use super::{Status, Subtitle};

/// The server's id, opaque. Never empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordingId(String);

impl RecordingId {
    /// `None` when there is nothing in it.
    pub fn new(id: impl Into<String>) -> Option<Self> {
        let id = id.into();
        (!id.trim().is_empty()).then_some(Self(id))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a recording failed, in the server's words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Failure {
    pub code: Option<f64>,
    pub error: Option<String>,
    pub details: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    pub id: RecordingId,
    /// Given to it by people, where the server has such a thing; see [`Self::title`].
    pub name: Option<String>,
    pub description: Option<String>,
    pub room_id: Option<String>,
    pub room_name: Option<String>,
    /// The meeting it is of: a room has many.
    pub session_id: Option<String>,
    pub status: Status,
    /// Milliseconds since 1970, UTC; within what a browser's `Date` can hold.
    pub started_at: Option<i64>,
    pub ended_at: Option<i64>,
    /// When it became available, where the server says that; later than its end.
    pub listed_at: Option<i64>,
    /// Milliseconds.
    pub duration: Option<u64>,
    /// Bytes.
    pub size: Option<u64>,
    /// The server gives rounded megabytes.
    pub is_size_rounded: bool,
    pub file_name: Option<String>,
    /// How the picture is composed and encoded, in the server's words.
    pub layout: Option<String>,
    pub encoding: Option<String>,
    pub subtitles: Vec<Subtitle>,
    /// What else people or programs noted of it.
    pub extra: Vec<(String, String)>,
    pub failure: Option<Failure>,
}

/// Which recording is meant, and what else a server may need to find it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordingRef {
    pub id: RecordingId,
    pub room_id: Option<String>,
    pub session_id: Option<String>,
}

impl From<&Recording> for RecordingRef {
    fn from(it: &Recording) -> Self {
        Self { id: it.id.clone(), room_id: it.room_id.clone(), session_id: it.session_id.clone() }
    }
}

impl From<&RecordingId> for RecordingRef {
    fn from(id: &RecordingId) -> Self {
        Self { id: id.clone(), room_id: None, session_id: None }
    }
}

impl Recording {
    /// Ready, and nothing else is known of it yet.
    pub fn new(id: RecordingId) -> Self {
        Self {
            id,
            name: None,
            description: None,
            room_id: None,
            room_name: None,
            session_id: None,
            status: Status::Ready,
            started_at: None,
            ended_at: None,
            listed_at: None,
            duration: None,
            size: None,
            is_size_rounded: false,
            file_name: None,
            layout: None,
            encoding: None,
            subtitles: Vec::new(),
            extra: Vec::new(),
            failure: None,
        }
    }

    /// When it began, or at least when it was there.
    pub fn date(&self) -> Option<i64> {
        self.started_at.or(self.listed_at)
    }

    /// What people know it by: its name, else the room's, else the room, else the file, else the id.
    pub fn title(&self) -> &str {
        [&self.name, &self.room_name, &self.room_id, &self.file_name]
            .into_iter()
            .flatten()
            .map(|text| text.trim())
            .find(|text| !text.is_empty())
            .unwrap_or(self.id.as_str())
    }

    /// The line below the title that tells recordings apart: what people wrote of it, the room where the
    /// title is not that, the file, the id.
    pub fn subtitle(&self) -> &str {
        let room = self.room_name.as_ref().filter(|room| room.trim() != self.title());
        [self.description.as_ref(), room, self.file_name.as_ref()]
            .into_iter()
            .flatten()
            .map(|text| text.trim())
            .find(|text| !text.is_empty())
            .unwrap_or(self.id.as_str())
    }
}

#[cfg(test)]
impl Recording {
    pub(crate) fn bare(id: &str) -> Self {
        Self::new(RecordingId(id.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_falls_back_until_there_is_one() {
        let mut it = Recording::bare("r--EG_1--2");
        assert_eq!(it.title(), "r--EG_1--2");
        it.file_name = Some("r--2.mp4".into());
        assert_eq!(it.title(), "r--2.mp4");
        it.room_id = Some("physics-4k7".into());
        assert_eq!(it.title(), "physics-4k7");
        it.room_name = Some("  ".into());
        assert_eq!(it.title(), "physics-4k7");
        it.room_name = Some("Physics 101".into());
        assert_eq!(it.title(), "Physics 101");
        assert_eq!(it.subtitle(), "r--2.mp4");
        it.name = Some("Heat".into());
        assert_eq!((it.title(), it.subtitle()), ("Heat", "Physics 101"));
        it.description = Some("First law".into());
        assert_eq!(it.subtitle(), "First law");
    }

    #[test]
    fn an_empty_id_is_no_id() {
        assert_eq!(RecordingId::new(" "), None);
    }
}
