//! Deleting what was confirmed, batch by batch.

use leptos::prelude::*;

use crate::{
    i18n::messages,
    library::Deletion,
    model::{DeleteReport, RecordingId},
    ui::{browser, state::State},
};

/// How long a promise to delete is believed: lists may have the row until it is kept.
const SCHEDULED_MS: f64 = 5.0 * 60_000.0;

impl State {
    pub fn ask_to_delete(self, ids: Vec<RecordingId>) {
        self.deletion.update(|it| it.ask(ids));
    }

    pub fn delete_confirmed(self) {
        let most = self.can.get_untracked().delete_batch;
        self.deletion.update(|it| it.confirm(most));
        self.run_deletion();
    }

    pub fn retry_deletion(self) {
        let most = self.can.get_untracked().delete_batch;
        self.deletion.update(|it| it.retry(most));
        self.run_deletion();
    }

    fn run_deletion(self) {
        self.spawn(async move {
            while let Some(batch) = self.deletion.with_untracked(|it| it.batch().map(<[_]>::to_vec))
            {
                match self.client().delete(&batch).await {
                    Ok(report) => {
                        self.take_away(&report);
                        self.deletion.update(|it| it.answered(report));
                    }
                    Err(error) => {
                        self.notice(&error);
                        self.deletion.update(|it| it.broke_off(&messages::not_confirmed(&error)));
                    }
                }
            }
            self.conclude_deletion();
        });
    }

    fn take_away(self, report: &DeleteReport) {
        let gone: Vec<_> = report.gone().cloned().collect();
        let first =
            self.order.with_untracked(|order| order.iter().position(|id| gone.contains(id)));
        self.gone.update_value(|it| it.extend(gone.iter().cloned()));
        let until = browser::now() + SCHEDULED_MS;
        self.scheduled.update_value(|it| {
            it.extend(report.scheduled().map(|id| (id.clone(), until)));
        });
        self.library.update(|it| self.remove_rows(it, &gone));
        self.selection.update(|it| it.retain(|id| !gone.contains(id)));
        self.focus_at.set(first);
    }

    /// Without failures the dialog has nothing more to say.
    fn conclude_deletion(self) {
        let Some((gone, scheduled, failed)) = self.deletion.with_untracked(|it| match it {
            Deletion::Reported { report } => {
                let scheduled = report.scheduled().count();
                Some((report.gone().count() - scheduled, scheduled, report.failed().count()))
            }
            _ => None,
        }) else {
            return;
        };
        if failed == 0 {
            self.deletion.set(Deletion::Idle);
        }
        self.say(messages::deleted(gone, scheduled, failed));
    }
}
