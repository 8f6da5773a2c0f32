//! The life of a recording: asked for, running, being finished, ready or failed.

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    Starting,
    Recording,
    /// Ended; the file is being written.
    Processing,
    Ready,
    Failed(FailureKind),
    /// A status that this version does not know, as the server wrote it.
    Unknown(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    Error,
    Aborted,
    /// Stopped by a limit of the server, for example on its length.
    LimitReached,
}

impl Status {
    /// Whether it will change by itself, so that it is worth asking again.
    pub fn is_in_progress(&self) -> bool {
        matches!(self, Self::Starting | Self::Recording | Self::Processing)
    }

    pub fn is_playable(&self) -> bool {
        matches!(self, Self::Ready)
    }

    /// Servers refuse to delete what is still being recorded. An unknown status is left to the
    /// server to judge.
    pub fn is_deletable(&self) -> bool {
        !self.is_in_progress()
    }
}
