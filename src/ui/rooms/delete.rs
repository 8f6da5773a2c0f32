//! Deleting rooms: what was confirmed is sent batch by batch, and what is in the way is asked about.

use gloo_timers::future::TimeoutFuture;

use super::state::RoomsState;
use crate::{
    i18n::{messages, rooms as texts, t},
    library::Slot,
    model::{DeletionPolicy, Room, RoomId, RoomOutcome, RoomReport, RoomStatus},
    rooms::RoomDeletions,
    ui::browser,
};

impl RoomsState {
    /// Of those that can be: a session that is over cannot be ended.
    pub fn ask_to_delete(self, mut ids: Vec<RoomId>) {
        let Some(rule) = self.can.get_untracked().and_then(|can| can.delete) else { return };
        let is_over = |room: &Room| rule.ends && room.status == Some(RoomStatus::Ended);
        self.rooms.with_untracked(|rooms| {
            ids.retain(|id| {
                let room = rooms.find(id).and_then(|slot| rooms.get(slot));
                !room.is_some_and(is_over)
            });
        });
        if ids.is_empty() {
            return self.app.say(t("Nothing to end: the meetings are over."));
        }
        self.deletions.update(|it| {
            if it.as_ref().is_none_or(|it| it.rule() != rule) {
                *it = Some(RoomDeletions::new(rule));
            }
            if let Some(it) = it {
                it.ask(ids);
            }
        });
    }

    pub(super) fn deletion_confirmed(self) {
        self.change_deletions(RoomDeletions::confirm);
        self.run_deletions();
    }

    /// `policy`: what to do about what is in the way.
    pub(super) fn deletion_chosen(self, policy: DeletionPolicy) {
        self.change_deletions(|it| it.choose(policy));
        self.run_deletions();
    }

    pub(super) fn retry_deletion(self) {
        self.change_deletions(RoomDeletions::retry_failed);
        self.run_deletions();
    }

    /// The question, or rooms as they are.
    pub(super) fn deletion_dismissed(self) {
        let had_question = self
            .deletions
            .with_untracked(|it| it.as_ref().is_some_and(|it| !it.question().is_empty()));
        self.change_deletions(RoomDeletions::dismiss);
        if !had_question {
            self.conclude_deletion();
        }
    }

    /// What could not be deleted has been read.
    pub(super) fn close_deletion_report(self) {
        self.change_deletions(RoomDeletions::dismiss);
    }

    fn change_deletions(self, change: impl FnOnce(&mut RoomDeletions)) {
        self.deletions.update(|it| {
            if let Some(it) = it {
                change(it);
            }
        });
    }

    /// One task for all.
    fn run_deletions(self) {
        if self.is_deleting.get_value() {
            return;
        }
        self.is_deleting.set_value(true);
        self.spawn(async move {
            // Not a change that anybody sees, so nobody is told.
            let next = || {
                let batch = self.deletions.try_update_untracked(|it| it.as_mut()?.batch());
                batch.flatten()
            };
            while let Some((ids, policy)) = next() {
                self.send_deletion(&ids, policy).await;
            }
            self.is_deleting.set_value(false);
            self.conclude_deletion();
        });
    }

    async fn send_deletion(self, ids: &[RoomId], policy: DeletionPolicy) {
        match self.app.client().delete_rooms(ids, policy).await {
            Ok(report) => {
                // First what is asked next: the focus comes back to the list when that is closed.
                self.change_deletions(|it| it.answered(report.clone()));
                self.take_away(&report).await;
            }
            Err(error) => {
                self.app.notice(&error);
                self.change_deletions(|it| it.broke_off(&messages::not_confirmed(&error)));
            }
        }
    }

    async fn take_away(self, report: &RoomReport) {
        let ends = self.deletions.with_untracked(|it| it.as_ref().is_some_and(|it| it.rule().ends));
        let asked: Vec<Slot> = self.rooms.with_untracked(|rooms| {
            report.outcomes.iter().filter_map(|(id, _)| rooms.find(id)).collect()
        });
        let place = self
            .list
            .order
            .with_untracked(|order| order.slots.iter().position(|slot| asked.contains(slot)));
        self.rooms.update(|it| it.settle(report, ends));
        let gone: Vec<Slot> = self.rooms.with_untracked(|rooms| {
            asked.into_iter().filter(|slot| rooms.get(*slot).is_none()).collect()
        });
        self.list.selection.update(|it| gone.iter().for_each(|slot| it.remove(*slot)));
        let has_recordings = |outcome: &RoomOutcome| {
            matches!(outcome, RoomOutcome::Deleted { with_recordings: true, .. })
        };
        if report.outcomes.iter().any(|(_, outcome)| has_recordings(outcome)) {
            self.app.refresh();
        }
        if let (Some(place), false) = (place, gone.is_empty()) {
            // After the views have followed.
            TimeoutFuture::new(0).await;
            self.keep_focus(place);
        }
    }

    /// Where the row that had the focus is gone, or would get it back, its place takes it.
    fn keep_focus(self, place: usize) {
        let is_elsewhere = browser::active_element().is_some_and(|it| {
            it.is_connected() && !matches!(it.tag_name().as_str(), "BODY" | "HTML")
        }) && !browser::active_element().is_some_and(|it| is_within_list(&it));
        let count = self.list.order.with_untracked(|order| order.slots.len());
        match count.checked_sub(1) {
            _ if is_elsewhere && !self.list.is_covered.get_untracked() => {}
            Some(last) => self.list.focus_at.set(Some(place.min(last))),
            None => self.focus_search(),
        }
    }

    /// Says what became of them, once nothing is left to send or to ask.
    fn conclude_deletion(self) {
        let Some((summary, ends)) = self.deletions.with_untracked(|it| {
            let it = it.as_ref()?;
            Some((it.summary()?, it.rule().ends))
        }) else {
            return;
        };
        // With failures it stays, to be read.
        if summary.failed.is_empty() {
            self.change_deletions(RoomDeletions::dismiss);
        }
        self.app.say(texts::deleted(&summary, ends));
        if ends {
            // What has ended comes back as a past one, with its end.
            self.refresh();
        }
    }
}

fn is_within_list(element: &web_sys::HtmlElement) -> bool {
    element.closest("[role=grid]").is_ok_and(|it| it.is_some())
}
