//! Deleting what was confirmed: hidden at once, sent batch by batch when it can no longer be undone.

use std::collections::HashSet;

use gloo_timers::future::TimeoutFuture;

use crate::{
    i18n::messages,
    library::{Bits, Deletions},
    model::{DeleteReport, RecordingId},
    store::tabs::News,
    ui::{
        browser,
        host::{self, Wish},
        state::State,
    },
};

/// How long a promise to delete is believed: lists may have the row until it is kept.
const SCHEDULED_MS: f64 = 5.0 * 60_000.0;
/// Milliseconds between two looks at the countdown.
const TICK: u32 = 250;

impl State {
    pub fn ask_to_delete(self, ids: Vec<RecordingId>) {
        if self.is_allowed(Wish::Delete(&ids)) {
            self.deletions.update(|it| it.ask(ids));
        }
    }

    pub fn delete_confirmed(self) {
        let ids = self.deletions.with_untracked(|it| it.question().to_vec());
        self.list.focus_at.set(self.first_place(&ids));
        self.unselected.update_value(|it| {
            it.extend(ids.iter().filter(|id| self.is_selected(id)).cloned());
        });
        self.select(&ids, false);
        self.deletions.update(|it| it.confirm(browser::clock()));
        if self.list.order.with_untracked(|order| order.slots.is_empty()) {
            self.list.focus_at.set(None);
            self.spawn(async move {
                // After the dialog has closed.
                TimeoutFuture::new(0).await;
                self.focus_search();
            });
        }
        self.run_deletions();
    }

    /// Takes the last one back.
    pub fn undo_deletion(self) {
        let Some(back) = self.deletions.try_update(Deletions::undo) else { return };
        self.show_undo();
        let selected: Vec<_> = self
            .unselected
            .with_value(|it| back.iter().filter(|id| it.contains(id)).cloned().collect());
        self.select(&selected, true);
        self.list.focus_at.set(self.first_place(&back));
        self.say(messages::restored(back.len()));
    }

    pub fn retry_deletion(self) {
        let most = self.can.get_untracked().delete_batch;
        self.deletions.update(|it| it.retry_failed(most));
        self.run_deletions();
    }

    fn is_selected(self, id: &RecordingId) -> bool {
        let slot = self.library.with_untracked(|library| library.find(id));
        slot.is_some_and(|slot| self.list.selection.with_untracked(|it| it.has(slot)))
    }

    fn select(self, ids: &[RecordingId], is_selected: bool) {
        self.library.with_untracked(|library| {
            self.list.selection.update(|selection| {
                for slot in ids.iter().filter_map(|id| library.find(id)) {
                    if selection.has(slot) != is_selected {
                        selection.toggle(slot);
                    }
                }
            });
        });
    }

    /// Where the first of them is in the list.
    fn first_place(self, ids: &[RecordingId]) -> Option<usize> {
        let slots: Bits = self
            .library
            .with_untracked(|library| ids.iter().filter_map(|id| library.find(id)).collect());
        self.list.order.with_untracked(|order| order.slots.iter().position(|slot| slots.has(*slot)))
    }

    fn show_undo(self) {
        let offer = self.deletions.with_untracked(|it| it.undo_offer(browser::clock()));
        if self.undo.get_untracked() != offer {
            self.undo.set(offer);
        }
    }

    /// One task for all: counts down, and sends what is due.
    fn run_deletions(self) {
        if self.is_deleting.get_value() {
            return;
        }
        self.is_deleting.set_value(true);
        self.spawn(async move {
            loop {
                self.show_undo();
                let most = self.can.get_untracked().delete_batch;
                // Not a change that anybody sees, so nobody is told.
                let batch = self.deletions.try_update_untracked(|it| {
                    it.due(browser::clock(), most);
                    it.batch()
                });
                match batch.flatten() {
                    Some(batch) => self.send(&batch).await,
                    None if self.deletions.with_untracked(|it| it.next_due().is_none()) => break,
                    None => TimeoutFuture::new(TICK).await,
                }
            }
            self.show_undo();
            self.unselected.update_value(HashSet::clear);
            self.is_deleting.set_value(false);
        });
    }

    async fn send(self, batch: &[RecordingId]) {
        self.show_undo();
        match self.client().delete(batch).await {
            Ok(report) => {
                // First gone, then no longer hidden.
                self.take_away(&report);
                self.deletions.update(|it| it.answered(report));
            }
            Err(error) => {
                self.notice(&error);
                self.deletions.update(|it| it.broke_off(&messages::not_confirmed(&error)));
            }
        }
        if self.deletions.with_untracked(|it| it.progress().is_none()) {
            self.conclude_deletion();
        }
    }

    fn take_away(self, report: &DeleteReport) {
        let gone: Vec<_> = report.gone().cloned().collect();
        self.gone.update_value(|it| it.extend(gone.iter().cloned()));
        let until = browser::now() + SCHEDULED_MS;
        self.scheduled.update_value(|it| {
            it.extend(report.scheduled().map(|id| (id.clone(), until)));
        });
        self.forget_rows(&gone);
        self.tell_tabs(&News::Gone(gone.iter().map(|id| id.as_str().to_owned()).collect()));
        if !gone.is_empty() {
            self.tell_host(host::News::Deleted(gone));
        }
    }

    /// Without failures there is nothing more to read.
    fn conclude_deletion(self) {
        let Some((gone, scheduled, failed)) = self.deletions.with_untracked(|it| {
            let report = it.report()?;
            let scheduled = report.scheduled().count();
            Some((report.gone().count() - scheduled, scheduled, report.failed().count()))
        }) else {
            return;
        };
        if failed == 0 {
            self.deletions.update(Deletions::close);
        } else {
            // What is still there is as it was.
            let selected: Vec<_> = self.deletions.with_untracked(|it| {
                let failed = it.report().into_iter().flat_map(DeleteReport::failed);
                let failed = failed.map(|(id, _)| id.clone());
                failed.filter(|id| self.unselected.with_value(|it| it.contains(id))).collect()
            });
            self.select(&selected, true);
        }
        self.say(messages::deleted(gone, scheduled, failed));
    }
}
