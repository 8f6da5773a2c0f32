//! One recording.

use super::Status;

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
    pub room_id: Option<String>,
    pub room_name: Option<String>,
    pub status: Status,
    /// Milliseconds since 1970, UTC; within what a browser's `Date` can hold.
    pub started_at: Option<i64>,
    pub ended_at: Option<i64>,
    /// Milliseconds.
    pub duration: Option<u64>,
    /// Bytes.
    pub size: Option<u64>,
    pub file_name: Option<String>,
    pub failure: Option<Failure>,
}

impl Recording {
    /// What people know it by: the room's name, else the room, else the file, else the id.
    pub fn title(&self) -> &str {
        [&self.room_name, &self.room_id, &self.file_name]
            .into_iter()
            .flatten()
            .map(|text| text.trim())
            .find(|text| !text.is_empty())
            .unwrap_or(self.id.as_str())
    }

    /// The line below the title that tells recordings of one room apart.
    pub fn subtitle(&self) -> &str {
        self.file_name.as_deref().filter(|name| !name.trim().is_empty()).unwrap_or(self.id.as_str())
    }
}

#[cfg(test)]
impl Recording {
    /// Ready, and nothing else is known of it.
    pub(crate) fn bare(id: &str) -> Self {
        Self {
            id: RecordingId(id.to_owned()),
            room_id: None,
            room_name: None,
            status: Status::Ready,
            started_at: None,
            ended_at: None,
            duration: None,
            size: None,
            file_name: None,
            failure: None,
        }
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
    }

    #[test]
    fn an_empty_id_is_no_id() {
        assert_eq!(RecordingId::new(" "), None);
    }
}
