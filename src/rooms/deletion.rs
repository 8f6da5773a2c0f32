//! The course of deleting rooms: asked for, confirmed, sent batch by batch so that nothing else goes
//! with them; where a meeting or recordings are in the way, asked what to do and sent again; reported.
//! One value, so that the dialogs, the rows and the messages can never disagree.

use std::collections::BTreeSet;

use super::Obstacles;
use crate::{
    library::{Progress, batches},
    model::{
        DeletionPolicy, Obstacle, RoomDeletion, RoomId, RoomOutcome, RoomReport, WithMeeting,
        WithRecordings,
    },
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomDeletions {
    rule: RoomDeletion,
    question: Vec<RoomId>,
    todo: Vec<Batch>,
    /// The batch on its way.
    sent: Option<Batch>,
    /// What could not be deleted as it was tried.
    refused: Vec<(RoomId, Obstacle)>,
    done: Vec<(RoomId, Fate)>,
    /// Everything to be sent, on its way or refused.
    busy: BTreeSet<RoomId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Batch {
    ids: Vec<RoomId>,
    policy: DeletionPolicy,
}

/// How it ended for a room.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Fate {
    Outcome(RoomOutcome),
    /// The user left it, for what was in the way.
    Kept,
}

/// What became of the rooms, each counted once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeletionSummary {
    /// Without recordings.
    pub deleted: usize,
    pub deleted_with_recordings: usize,
    pub closed: usize,
    pub to_be_deleted: usize,
    pub to_be_closed: usize,
    /// They were not there any more.
    pub gone: usize,
    /// The user left them, for what was in the way.
    pub kept: usize,
    /// Still there, and why.
    pub failed: Vec<(RoomId, String)>,
}

impl RoomDeletions {
    pub fn new(rule: RoomDeletion) -> Self {
        Self {
            rule,
            question: Vec::new(),
            todo: Vec::new(),
            sent: None,
            refused: Vec::new(),
            done: Vec::new(),
            busy: BTreeSet::new(),
        }
    }

    pub fn rule(&self) -> RoomDeletion {
        self.rule
    }

    /// Asks for confirmation, in place of what was asked before. Not of what is already being deleted,
    /// and not of nothing.
    pub fn ask(&mut self, mut ids: Vec<RoomId>) {
        ids.retain(|id| !self.busy.contains(id));
        if !ids.is_empty() {
            self.question = ids;
        }
    }

    /// What is to be confirmed; empty when nothing is. It comes before the obstacles, and they before the
    /// summary.
    pub fn question(&self) -> &[RoomId] {
        &self.question
    }

    /// The user agreed: they are to be sent. Nothing else goes with them before that is chosen.
    pub fn confirm(&mut self) {
        let mut ids = std::mem::take(&mut self.question);
        // Each once, whoever asked.
        ids.retain(|id| self.busy.insert(id.clone()));
        // What failed before and is tried again is no longer a failure.
        self.done.retain(|(id, _)| !self.busy.contains(id));
        self.plan(&ids, DeletionPolicy::SAFE);
    }

    /// Closes what is asked or told: the question, else the obstacles (those rooms stay as they are),
    /// else the summary.
    pub fn dismiss(&mut self) {
        if !self.question.is_empty() {
            self.question.clear();
        } else if self.obstacles().is_some() {
            for (id, _) in std::mem::take(&mut self.refused) {
                self.end(id, Fate::Kept);
            }
        } else if self.is_over() {
            self.done.clear();
        }
    }

    /// Whether it is being deleted.
    pub fn has(&self, id: &RoomId) -> bool {
        self.busy.contains(id)
    }

    /// The batch to send now, and how; none while another is on its way.
    pub fn batch(&mut self) -> Option<(Vec<RoomId>, DeletionPolicy)> {
        if self.sent.is_some() || self.todo.is_empty() {
            return None;
        }
        let batch = self.todo.remove(0);
        self.sent = Some(batch.clone());
        Some((batch.ids, batch.policy))
    }

    /// The answer to [`Self::batch`].
    pub fn answered(&mut self, answer: RoomReport) {
        let Some(sent) = self.sent.take() else { return };
        let mut left: BTreeSet<RoomId> = sent.ids.into_iter().collect();
        for (id, outcome) in answer.outcomes {
            if !left.remove(&id) {
                continue;
            }
            match outcome {
                RoomOutcome::Refused(obstacle) => self.refused.push((id, obstacle)),
                outcome => self.end(id, Fate::Outcome(outcome)),
            }
        }
        for id in left {
            self.fail(id, "");
        }
    }

    /// The batch got no answer; the rest is not sent. Each is reported as not deleted, with the reason;
    /// tried again, what did go is found to be gone.
    pub fn broke_off(&mut self, reason: &str) {
        for batch in self.sent.take().into_iter().chain(std::mem::take(&mut self.todo)) {
            for id in batch.ids {
                self.fail(id, reason);
            }
        }
    }

    /// How far those being sent are.
    pub fn progress(&self) -> Option<Progress> {
        let left = self.todo.iter().chain(&self.sent).map(|batch| batch.ids.len()).sum::<usize>();
        let done = self.done.len() + self.refused.len();
        (left > 0).then_some(Progress { done, of: done + left })
    }

    /// What is in the way, once all is answered.
    pub fn obstacles(&self) -> Option<Obstacles> {
        let is_asked = !self.is_sending() && !self.refused.is_empty();
        is_asked.then(|| Obstacles::of(&self.refused, &self.rule))
    }

    /// What to do about it, with `Fail` for what is to stay as it is. Rooms that this leaves where they are
    /// are kept; the others are sent again, each with no more of the choice than what is in its way.
    pub fn choose(&mut self, policy: DeletionPolicy) {
        if self.is_sending() {
            return;
        }
        let mut again: Vec<Batch> = Vec::new();
        for (id, obstacle) in std::mem::take(&mut self.refused) {
            let Some(policy) = answer_to(obstacle, policy) else {
                self.end(id, Fate::Kept);
                continue;
            };
            match again.iter_mut().find(|batch| batch.policy == policy) {
                Some(batch) => batch.ids.push(id),
                None => again.push(Batch { ids: vec![id], policy }),
            }
        }
        again.iter().for_each(|batch| self.plan(&batch.ids, batch.policy));
    }

    /// What became of them all, when nothing is left to send or to ask, until it is dismissed.
    pub fn summary(&self) -> Option<DeletionSummary> {
        if !self.is_over() || self.done.is_empty() {
            return None;
        }
        let mut summary = DeletionSummary::default();
        self.done.iter().for_each(|(id, fate)| summary.add(id, fate));
        Some(summary)
    }

    /// Sends those that failed again, at first so that nothing else goes with them.
    pub fn retry_failed(&mut self) {
        if !self.is_over() {
            return;
        }
        let failed = |fate: &Fate| matches!(fate, Fate::Outcome(RoomOutcome::Failed(_)));
        let ids: Vec<RoomId> =
            self.done.iter().filter(|it| failed(&it.1)).map(|it| it.0.clone()).collect();
        self.done.clear();
        self.question.retain(|id| !ids.contains(id));
        self.busy.extend(ids.iter().cloned());
        self.plan(&ids, DeletionPolicy::SAFE);
    }

    fn plan(&mut self, ids: &[RoomId], policy: DeletionPolicy) {
        let parts = batches(ids, |id| &id.0, self.rule.batch.max(1));
        self.todo.extend(parts.into_iter().map(|ids| Batch { ids, policy }));
    }

    fn end(&mut self, id: RoomId, fate: Fate) {
        self.busy.remove(&id);
        self.done.push((id, fate));
    }

    fn fail(&mut self, id: RoomId, reason: &str) {
        self.end(id, Fate::Outcome(RoomOutcome::Failed(reason.to_owned())));
    }

    fn is_sending(&self) -> bool {
        self.sent.is_some() || !self.todo.is_empty()
    }

    fn is_over(&self) -> bool {
        !self.is_sending() && self.refused.is_empty()
    }
}

/// The part of a choice that is about what is in the way; `None` when that leaves the room as it is.
fn answer_to(obstacle: Obstacle, policy: DeletionPolicy) -> Option<DeletionPolicy> {
    let mut answer = DeletionPolicy::SAFE;
    if obstacle.meeting {
        answer.with_meeting = policy.with_meeting;
    }
    if obstacle.recordings {
        answer.with_recordings = policy.with_recordings;
    }
    let leaves_meeting = obstacle.meeting && answer.with_meeting == WithMeeting::Fail;
    let leaves_recordings = obstacle.recordings && answer.with_recordings == WithRecordings::Fail;
    (!leaves_meeting && !leaves_recordings).then_some(answer)
}

impl DeletionSummary {
    fn add(&mut self, id: &RoomId, fate: &Fate) {
        let outcome = match fate {
            Fate::Kept => return self.kept += 1,
            Fate::Outcome(outcome) => outcome,
        };
        match outcome {
            RoomOutcome::Deleted { with_recordings: true, .. } => self.deleted_with_recordings += 1,
            RoomOutcome::Deleted { .. } => self.deleted += 1,
            RoomOutcome::Closed { .. } => self.closed += 1,
            RoomOutcome::ToBeDeleted { .. } => self.to_be_deleted += 1,
            RoomOutcome::ToBeClosed => self.to_be_closed += 1,
            RoomOutcome::AlreadyGone => self.gone += 1,
            RoomOutcome::Failed(reason) => self.failed.push((id.clone(), reason.clone())),
            // Never kept as a fate: it is asked what to do.
            RoomOutcome::Refused(_) => {}
        }
    }
}

#[cfg(test)]
mod tests;
