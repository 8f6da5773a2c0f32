//! Choosing rows.

use crate::{
    i18n::messages,
    library::Slot,
    model::{Capabilities, RecordingId},
    ui::state::{Playing, State},
};

impl State {
    pub fn select_all(self) {
        if self.can.with_untracked(Capabilities::has_bulk_work) {
            self.order.with_untracked(|order| {
                self.selection.update(|it| it.select_all(&order.slots));
            });
        }
    }

    /// Whether there was anything to clear.
    pub fn clear_selection(self) -> bool {
        let had_any = !self.selection.with_untracked(|it| it.is_empty());
        if had_any {
            self.selection.update(|it| it.clear());
            self.announce("Nothing selected.");
        }
        had_any
    }

    /// From the last choice, or from where the keyboard was, to this one.
    pub fn select_to(self, from: Option<Slot>, to: Slot) {
        if !self.can.with_untracked(Capabilities::has_bulk_work) {
            return;
        }
        self.order.with_untracked(|order| {
            self.selection.update(|it| match from {
                Some(from) => it.extend_by_key(from, to, &order.slots),
                None => it.extend_to(to, &order.slots, false),
            });
        });
    }

    /// Those selected, in the order of the list; behind them those that a search hides at the moment.
    pub fn selected(self) -> Vec<Slot> {
        let selection = self.selection.read_untracked();
        let mut slots = self.order.with_untracked(|order| selection.within(&order.slots));
        let mut hidden = selection.bits().clone();
        for slot in &slots {
            hidden.set(*slot, false);
        }
        slots.extend(hidden.iter());
        slots
    }

    pub fn ids(self, slots: &[Slot]) -> Vec<RecordingId> {
        self.library
            .with_untracked(|library| slots.iter().filter_map(|slot| library.id(*slot)).collect())
    }

    /// Asks about the selection when the row is part of it, else about the row.
    pub fn ask_to_delete_at(self, slot: Slot) {
        if !self.can.with_untracked(|can| can.delete) {
            return;
        }
        let is_selected = self.selection.with_untracked(|it| it.has(slot));
        let slots = if is_selected { self.selected() } else { vec![slot] };
        self.ask_to_delete(self.ids(&slots));
    }

    pub fn play(self, slot: Slot) {
        let Some(recording) = self.library.with_untracked(|it| it.get(slot)) else { return };
        if !self.can.with_untracked(|can| can.play) {
            self.say("You are not allowed to play recordings here.");
        } else if recording.status.is_playable() {
            self.playing.set(Some(Playing { recording, secret: None, at: None }));
        } else {
            self.say(format!(
                "{}: {}",
                recording.title(),
                messages::not_playable(&recording.status)
            ));
        }
    }
}
