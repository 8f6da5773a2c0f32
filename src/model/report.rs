//! What became of each recording that was to be deleted.

use super::RecordingId;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeleteOutcome {
    Deleted,
    /// It was not there any more; what the user wanted is so.
    AlreadyGone,
    /// Accepted; it goes in a while, and lists may still have it until then.
    Scheduled,
    /// Still there, and why, in the server's words or ours.
    Failed(String),
}

/// One outcome for every id that was asked for, in that order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeleteReport {
    pub outcomes: Vec<(RecordingId, DeleteOutcome)>,
}

impl DeleteReport {
    pub fn gone(&self) -> impl Iterator<Item = &RecordingId> {
        self.outcomes
            .iter()
            .filter(|(_, outcome)| !matches!(outcome, DeleteOutcome::Failed(_)))
            .map(|(id, _)| id)
    }

    /// Of those, the ones that go in a while.
    pub fn scheduled(&self) -> impl Iterator<Item = &RecordingId> {
        let scheduled = |outcome: &DeleteOutcome| *outcome == DeleteOutcome::Scheduled;
        self.outcomes.iter().filter(move |(_, it)| scheduled(it)).map(|(id, _)| id)
    }

    pub fn failed(&self) -> impl Iterator<Item = (&RecordingId, &str)> {
        self.outcomes.iter().filter_map(|(id, outcome)| match outcome {
            DeleteOutcome::Failed(reason) => Some((id, reason.as_str())),
            _ => None,
        })
    }
}
