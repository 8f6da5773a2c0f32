//! The course of a deletion: asked for, confirmed, under way batch by batch, and reported. One
//! value, so that the dialog, the rows and the messages can never disagree about it.

use crate::model::{DeleteOutcome, DeleteReport, RecordingId};

use super::batches;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Deletion {
    #[default]
    Idle,
    Confirming {
        ids: Vec<RecordingId>,
    },
    Working {
        todo: Vec<Vec<RecordingId>>,
        report: DeleteReport,
    },
    /// Over; `report` has an outcome for every id.
    Reported {
        report: DeleteReport,
    },
}

impl Deletion {
    /// Asks for confirmation. Ignored while another is under way, or for nothing.
    pub fn ask(&mut self, ids: Vec<RecordingId>) {
        if !matches!(self, Self::Working { .. }) && !ids.is_empty() {
            *self = Self::Confirming { ids };
        }
    }

    /// Goes back from the question or the report; what is under way goes on.
    pub fn close(&mut self) {
        if !matches!(self, Self::Working { .. }) {
            *self = Self::Idle;
        }
    }

    /// The user agreed; the server takes at most `most` at once.
    pub fn confirm(&mut self, most: usize) {
        if let Self::Confirming { ids } = self {
            *self = Self::Working { todo: batches(ids, most), report: DeleteReport::default() };
        }
    }

    /// The batch to send now.
    pub fn batch(&self) -> Option<&[RecordingId]> {
        match self {
            Self::Working { todo, .. } => todo.first().map(Vec::as_slice),
            _ => None,
        }
    }

    /// The answer to [`Self::batch`].
    pub fn answered(&mut self, answer: DeleteReport) {
        if let Self::Working { todo, report } = self {
            if !todo.is_empty() {
                todo.remove(0);
            }
            report.outcomes.extend(answer.outcomes);
            if todo.is_empty() {
                *self = Self::Reported { report: std::mem::take(report) };
            }
        }
    }

    /// The batch got no answer; the rest is not sent. Each is reported as not deleted, with the
    /// reason; asked again, what did go is found to be gone.
    pub fn broke_off(&mut self, reason: &str) {
        if let Self::Working { todo, report } = self {
            let rest = todo.drain(..).flatten();
            report.outcomes.extend(rest.map(|id| (id, DeleteOutcome::Failed(reason.to_owned()))));
            *self = Self::Reported { report: std::mem::take(report) };
        }
    }

    /// Asks again for those that failed.
    pub fn retry(&mut self, most: usize) {
        if let Self::Reported { report } = self {
            let ids = report.failed().map(|(id, _)| id.clone()).collect();
            *self = Self::Confirming { ids };
            self.confirm(most);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(count: usize) -> Vec<RecordingId> {
        (0..count).filter_map(|n| RecordingId::new(n.to_string())).collect()
    }

    fn all(ids: &[RecordingId], outcome: &DeleteOutcome) -> DeleteReport {
        DeleteReport { outcomes: ids.iter().map(|id| (id.clone(), outcome.clone())).collect() }
    }

    #[test]
    fn nothing_is_sent_before_it_is_confirmed() {
        let mut it = Deletion::default();
        it.ask(ids(2));
        assert_eq!(it.batch(), None);
        it.close();
        it.confirm(50);
        assert_eq!(it, Deletion::Idle);
    }

    #[test]
    fn batches_go_one_after_the_other_and_the_report_has_them_all() {
        let mut it = Deletion::default();
        it.ask(ids(120));
        it.confirm(50);
        let mut sent = 0;
        while let Some(batch) = it.batch().map(<[_]>::to_vec) {
            sent += 1;
            it.answered(all(&batch, &DeleteOutcome::Deleted));
        }
        assert_eq!(sent, 3);
        assert_eq!(it, Deletion::Reported { report: all(&ids(120), &DeleteOutcome::Deleted) });
    }

    #[test]
    fn a_batch_without_an_answer_stops_the_rest_and_says_why() {
        let mut it = Deletion::default();
        it.ask(ids(60));
        it.confirm(50);
        let batch = it.batch().unwrap().to_vec();
        it.answered(all(&batch, &DeleteOutcome::Deleted));
        it.broke_off("no connection");
        let Deletion::Reported { report } = &it else { panic!("not reported") };
        assert_eq!(report.gone().count(), 50);
        assert_eq!(report.failed().count(), 10);
        it.retry(50);
        assert_eq!(it.batch().map(<[_]>::len), Some(10));
    }

    #[test]
    fn a_second_question_does_not_disturb_a_deletion_under_way() {
        let mut it = Deletion::default();
        it.ask(ids(1));
        it.confirm(50);
        let working = it.clone();
        it.ask(ids(2));
        it.close();
        assert_eq!(it, working);
    }
}
