//! The course of deletions: asked for, confirmed, waiting while they can be undone, under way batch
//! by batch, and reported. One value, so that the dialog, the rows and the messages can never
//! disagree. Several can be under way: each waits on its own, Undo takes back the last.
//!
//! Times are ms of a clock that never goes back.

use std::collections::HashSet;

use super::batches;
use crate::model::{DeleteOutcome, DeleteReport, RecordingId};

/// How long a deletion can be undone before anything is sent.
pub const UNDO_MS: u64 = 10_000;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deletions {
    question: Vec<RecordingId>,
    /// In the order confirmed, which is that in which they are due.
    waiting: Vec<Waiting>,
    /// What is to be sent, batch by batch.
    todo: Vec<Vec<RecordingId>>,
    /// The batch on its way.
    sent: Vec<RecordingId>,
    /// What became of the batches before it.
    done: DeleteReport,
    report: DeleteReport,
    /// Everything waiting, to be sent or on its way.
    hidden: HashSet<RecordingId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Waiting {
    ids: Vec<RecordingId>,
    until: u64,
}

/// What Undo would take back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undo {
    /// Recordings.
    pub count: usize,
    pub seconds_left: u64,
}

/// Numbers of recordings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    pub of: usize,
}

impl Deletions {
    /// Asks for confirmation, in place of what was asked before. Not of what is already being
    /// deleted, and not of nothing.
    pub fn ask(&mut self, mut ids: Vec<RecordingId>) {
        ids.retain(|id| !self.hidden.contains(id));
        if !ids.is_empty() {
            self.question = ids;
        }
    }

    /// What is to be confirmed; empty when nothing is. It comes before the report.
    pub fn question(&self) -> &[RecordingId] {
        &self.question
    }

    /// The user thought better of it.
    pub fn dismiss(&mut self) {
        self.question.clear();
    }

    /// The user agreed: the rows are hidden, nothing is sent yet.
    pub fn confirm(&mut self, now: u64) {
        let mut ids = std::mem::take(&mut self.question);
        // Each once, whoever asked.
        ids.retain(|id| self.hidden.insert(id.clone()));
        if ids.is_empty() {
            return;
        }
        // What failed before and is tried again is no longer a failure.
        for report in [&mut self.report, &mut self.done] {
            report.outcomes.retain(|(id, _)| !self.hidden.contains(id));
        }
        self.waiting.push(Waiting { ids, until: now.saturating_add(UNDO_MS) });
    }

    /// Whether the row is to be left out: it is being deleted, or will be unless that is undone. A
    /// row that went is taken away by who reports it with [`Self::answered`], before that.
    pub fn hides(&self, id: &RecordingId) -> bool {
        self.hidden.contains(id)
    }

    /// All that [`Self::hides`], in no order.
    pub fn hidden(&self) -> impl Iterator<Item = &RecordingId> {
        self.hidden.iter()
    }

    /// What can be undone: the last one confirmed that still waits.
    pub fn undo_offer(&self, now: u64) -> Option<Undo> {
        self.waiting.last().map(|last| Undo {
            count: last.ids.len(),
            seconds_left: last.until.saturating_sub(now).div_ceil(1000),
        })
    }

    /// Takes back the last one confirmed that still waits. What is shown again; empty when it was
    /// too late.
    pub fn undo(&mut self) -> Vec<RecordingId> {
        let ids = self.waiting.pop().map(|last| last.ids).unwrap_or_default();
        self.show(&ids);
        ids
    }

    /// When the next one stops waiting.
    pub fn next_due(&self) -> Option<u64> {
        self.waiting.first().map(|first| first.until)
    }

    /// Those whose time to be undone is over are now to be sent, at most `most` recordings at once.
    pub fn due(&mut self, now: u64, most: usize) {
        let count = self.waiting.partition_point(|it| it.until <= now);
        for it in self.waiting.drain(..count) {
            self.todo.extend(batches(&it.ids, RecordingId::as_str, most));
        }
    }

    /// The batch to send now; none while another is on its way.
    pub fn batch(&mut self) -> Option<Vec<RecordingId>> {
        if !self.sent.is_empty() || self.todo.is_empty() {
            return None;
        }
        self.sent = self.todo.remove(0);
        Some(self.sent.clone())
    }

    /// The answer to [`Self::batch`]. What failed is shown again.
    pub fn answered(&mut self, answer: DeleteReport) {
        let sent = std::mem::take(&mut self.sent);
        if sent.is_empty() {
            return;
        }
        self.show(&sent);
        self.done.outcomes.extend(answer.outcomes);
        self.conclude();
    }

    /// The batch got no answer; the rest is not sent. Each is reported as not deleted, with the
    /// reason; asked again, what did go is found to be gone. What waits goes on waiting.
    pub fn broke_off(&mut self, reason: &str) {
        let mut ids = std::mem::take(&mut self.sent);
        ids.extend(self.todo.drain(..).flatten());
        self.show(&ids);
        let failed = |id| (id, DeleteOutcome::Failed(reason.to_owned()));
        self.done.outcomes.extend(ids.into_iter().map(failed));
        self.conclude();
    }

    /// How far those being sent are.
    pub fn progress(&self) -> Option<Progress> {
        let done = self.done.outcomes.len();
        let left = self.sent.len() + self.todo.iter().map(Vec::len).sum::<usize>();
        (left > 0).then_some(Progress { done, of: done + left })
    }

    /// What became of those that are over, each once, until [`Self::close`]; `None` when there is
    /// nothing to report.
    pub fn report(&self) -> Option<&DeleteReport> {
        (!self.report.outcomes.is_empty()).then_some(&self.report)
    }

    /// The report has been read.
    pub fn close(&mut self) {
        self.report.outcomes.clear();
    }

    /// Sends those that failed again, at once: they were confirmed, and could be undone before.
    pub fn retry_failed(&mut self, most: usize) {
        let ids: Vec<_> = self.report.failed().map(|(id, _)| id.clone()).collect();
        self.close();
        self.question.retain(|id| !ids.contains(id));
        self.hidden.extend(ids.iter().cloned());
        self.todo.extend(batches(&ids, RecordingId::as_str, most));
    }

    /// The page closes or the session ends: whatever has not been sent stays. What is on its way is
    /// not to be called back.
    pub fn cancel_all(&mut self) {
        self.question.clear();
        self.waiting.clear();
        self.todo.clear();
        self.hidden = self.sent.iter().cloned().collect();
        self.conclude();
    }

    fn show(&mut self, ids: &[RecordingId]) {
        for id in ids {
            self.hidden.remove(id);
        }
    }

    /// Reports what was sent as soon as all of it is answered.
    fn conclude(&mut self) {
        if self.sent.is_empty() && self.todo.is_empty() {
            self.report.outcomes.append(&mut self.done.outcomes);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::{bits, prelude::*};

    use super::*;

    fn id(n: usize) -> RecordingId {
        RecordingId::new(n.to_string()).unwrap()
    }

    fn ids(numbers: impl IntoIterator<Item = usize>) -> Vec<RecordingId> {
        numbers.into_iter().map(id).collect()
    }

    fn all(ids: &[RecordingId], outcome: &DeleteOutcome) -> DeleteReport {
        DeleteReport { outcomes: ids.iter().map(|id| (id.clone(), outcome.clone())).collect() }
    }

    fn confirmed(deletions: &mut Deletions, ids: Vec<RecordingId>, now: u64) {
        deletions.ask(ids);
        deletions.confirm(now);
    }

    #[test]
    fn nothing_is_sent_before_it_is_confirmed_and_can_no_longer_be_undone() {
        let mut it = Deletions::default();
        it.ask(ids(0..2));
        it.due(u64::MAX, 50);
        assert!(it.batch().is_none() && !it.hides(&id(0)));
        it.confirm(1_000);
        assert!(it.question().is_empty() && it.hides(&id(0)));
        assert_eq!(it.undo_offer(3_500), Some(Undo { count: 2, seconds_left: 8 }));
        it.due(10_999, 50);
        assert_eq!((it.batch(), it.next_due()), (None, Some(11_000)));
        it.due(11_000, 50);
        assert_eq!((it.batch(), it.undo_offer(11_000)), (Some(ids(0..2)), None));
        assert!(it.hides(&id(0)));
        assert!(it.undo().is_empty());
    }

    #[test]
    fn undo_takes_back_the_last_and_leaves_the_others_their_time() {
        let mut it = Deletions::default();
        confirmed(&mut it, ids([0, 1, 0]), 0);
        confirmed(&mut it, ids(0..3), 5_000);
        assert_eq!(it.undo(), ids([2]));
        assert_eq!(it.undo_offer(6_000), Some(Undo { count: 2, seconds_left: 4 }));
        assert_eq!(it.undo(), ids(0..2));
        assert_eq!(it, Deletions::default());
    }

    #[test]
    fn batches_go_one_after_the_other_and_the_report_has_them_all() {
        let mut it = Deletions::default();
        confirmed(&mut it, ids(0..120), 0);
        it.due(UNDO_MS, 50);
        let mut sent = 0;
        while let Some(batch) = it.batch() {
            assert_eq!(it.batch(), None, "one on its way");
            assert_eq!(it.progress(), Some(Progress { done: sent * 50, of: 120 }));
            sent += 1;
            it.answered(all(&batch, &DeleteOutcome::Deleted));
        }
        assert_eq!((sent, it.progress()), (3, None));
        assert_eq!(it.report(), Some(&all(&ids(0..120), &DeleteOutcome::Deleted)));
    }

    #[test]
    fn a_batch_without_an_answer_stops_the_rest_and_what_failed_goes_again_at_once() {
        let mut it = Deletions::default();
        confirmed(&mut it, ids(0..60), 0);
        it.due(UNDO_MS, 50);
        let batch = it.batch().unwrap();
        it.answered(all(&batch, &DeleteOutcome::Deleted));
        it.batch();
        confirmed(&mut it, ids([99]), UNDO_MS);
        it.broke_off("no connection");
        let report = it.report().unwrap();
        assert_eq!((report.gone().count(), report.failed().count()), (50, 10));
        assert_eq!(report.failed().next(), Some((&id(50), "no connection")));
        assert!(it.hides(&id(99)) && !it.hides(&id(50)));
        it.retry_failed(50);
        assert_eq!(it.report(), None);
        assert_eq!(it.batch(), Some(ids(50..60)));
    }

    #[test]
    fn what_failed_and_is_deleted_anew_is_not_tried_twice() {
        let mut it = Deletions::default();
        confirmed(&mut it, ids(0..2), 0);
        it.due(UNDO_MS, 1);
        it.batch();
        it.answered(all(&ids([0]), &DeleteOutcome::Failed("busy".into())));
        confirmed(&mut it, ids([0]), UNDO_MS);
        it.batch();
        it.broke_off("no connection");
        it.retry_failed(50);
        assert_eq!(it.batch(), Some(ids([1])));
    }

    #[test]
    fn a_page_that_closes_deletes_nothing_more() {
        let mut it = Deletions::default();
        confirmed(&mut it, ids(0..2), 0);
        it.due(UNDO_MS, 1);
        let batch = it.batch().unwrap();
        confirmed(&mut it, ids(2..4), UNDO_MS);
        it.ask(ids([4]));
        it.cancel_all();
        assert_eq!(it.hidden().collect::<Vec<_>>(), batch.iter().collect::<Vec<_>>());
        it.answered(all(&batch, &DeleteOutcome::Deleted));
        it.due(u64::MAX, 50);
        assert_eq!((it.batch(), it.hidden().count(), it.next_due()), (None, 0, None));
        assert_eq!(it.report(), Some(&all(&batch, &DeleteOutcome::Deleted)));
    }

    #[derive(Clone, Debug)]
    enum Action {
        Ask(u32),
        Dismiss,
        Confirm,
        Undo,
        Later(u64),
        Send,
        /// Those of the batch at the bits set fail.
        Answer(u8),
        BreakOff,
        Retry,
        Close,
        CancelAll,
    }

    fn actions() -> impl Strategy<Value = Vec<Action>> {
        let action = prop_oneof![
            6 => bits::u32::ANY.prop_map(Action::Ask),
            1 => Just(Action::Dismiss),
            6 => Just(Action::Confirm),
            2 => Just(Action::Undo),
            6 => (0..12_000_u64).prop_map(Action::Later),
            6 => Just(Action::Send),
            6 => bits::u8::ANY.prop_map(Action::Answer),
            1 => Just(Action::BreakOff),
            2 => Just(Action::Retry),
            1 => Just(Action::Close),
            1 => Just(Action::CancelAll),
        ];
        prop::collection::vec(action, 0..60)
    }

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Fate {
        /// Confirmed at this time.
        Waiting(u64),
        /// Due, and sent at most once.
        Due,
        Sent,
    }

    fn reported_failed(deletions: &Deletions) -> HashSet<RecordingId> {
        let failed = deletions.report().into_iter().flat_map(DeleteReport::failed);
        failed.map(|(id, _)| id.clone()).collect()
    }

    proptest! {
        /// The model knows of each recording that is being deleted how far it is. It is put in and
        /// taken out exactly once, so each ends once: restored, gone or failed.
        #[test]
        fn each_recording_ends_exactly_once(mut actions in actions(), most in 1..6_usize) {
            // At last everything is due, sent and answered.
            actions.push(Action::Later(UNDO_MS));
            for _ in 0..32 {
                actions.extend([Action::Answer(0), Action::Send, Action::Answer(0)]);
            }
            let mut it = Deletions::default();
            let mut fates: HashMap<RecordingId, Fate> = HashMap::new();
            let mut failed: HashSet<RecordingId> = HashSet::new();
            let (mut now, mut on_its_way) = (0, Vec::new());
            for action in actions {
                match action {
                    Action::Ask(mask) => it.ask(ids((0..32).filter(|n| mask >> n & 1 == 1))),
                    Action::Dismiss => it.dismiss(),
                    Action::Confirm => {
                        for id in it.question() {
                            prop_assert_eq!(fates.insert(id.clone(), Fate::Waiting(now)), None);
                            failed.remove(id);
                        }
                        it.confirm(now);
                    }
                    Action::Undo => {
                        for id in it.undo() {
                            prop_assert!(matches!(fates.remove(&id), Some(Fate::Waiting(_))));
                        }
                    }
                    Action::Later(ms) => {
                        now += ms;
                        it.due(now, most);
                        for fate in fates.values_mut() {
                            if matches!(fate, Fate::Waiting(at) if *at + UNDO_MS <= now) {
                                *fate = Fate::Due;
                            }
                        }
                    }
                    Action::Send => {
                        if let Some(batch) = it.batch() {
                            prop_assert!(on_its_way.is_empty());
                            prop_assert!((1..=most).contains(&batch.len()));
                            for id in &batch {
                                let before = fates.insert(id.clone(), Fate::Sent);
                                prop_assert_eq!(before, Some(Fate::Due));
                            }
                            on_its_way = batch;
                        }
                    }
                    Action::Answer(mask) => {
                        let mut report = DeleteReport::default();
                        for (n, id) in on_its_way.drain(..).enumerate() {
                            prop_assert_eq!(fates.remove(&id), Some(Fate::Sent));
                            let outcome = if mask >> n & 1 == 1 {
                                failed.insert(id.clone());
                                DeleteOutcome::Failed("busy".into())
                            } else {
                                DeleteOutcome::Deleted
                            };
                            report.outcomes.push((id, outcome));
                        }
                        it.answered(report);
                    }
                    Action::BreakOff => {
                        on_its_way.clear();
                        let ended = |fate: &Fate| matches!(fate, Fate::Due | Fate::Sent);
                        failed.extend(fates.extract_if(|_, fate| ended(fate)).map(|(id, _)| id));
                        it.broke_off("no connection");
                    }
                    Action::Retry => {
                        for id in reported_failed(&it) {
                            failed.remove(&id);
                            prop_assert_eq!(fates.insert(id, Fate::Due), None);
                        }
                        it.retry_failed(most);
                    }
                    Action::Close => {
                        for id in reported_failed(&it) {
                            failed.remove(&id);
                        }
                        it.close();
                    }
                    Action::CancelAll => {
                        fates.retain(|_, fate| *fate == Fate::Sent);
                        it.cancel_all();
                    }
                }
                prop_assert_eq!(it.hidden().collect::<HashSet<_>>(), fates.keys().collect());
                let report = it.report().map(|it| it.outcomes.clone()).unwrap_or_default();
                let reported: HashSet<_> = report.iter().map(|(id, _)| id.clone()).collect();
                prop_assert!(reported.iter().all(|id| !it.hides(id)));
                prop_assert_eq!(reported.len(), report.len(), "each once");
            }
            prop_assert_eq!(fates.len(), 0);
            prop_assert_eq!(it.progress(), None);
            prop_assert_eq!(reported_failed(&it), failed, "no failure is lost");
        }
    }
}
