//! Choosing rows.

use crate::{
    i18n::{messages, t},
    library::Slot,
    model::RecordingId,
    ui::state::{Playing, State},
};

impl State {
    /// Whether there was anything to clear.
    pub fn clear_selection(self) -> bool {
        let had_any = self.list.clear_selection();
        if had_any {
            self.announce(t("Nothing selected."));
        }
        had_any
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
        self.ask_to_delete(self.ids(&self.list.meant_at(slot)));
    }

    pub fn play(self, slot: Slot) {
        let Some(recording) = self.library.with_untracked(|it| it.get(slot)) else { return };
        if !self.can.with_untracked(|can| can.play) {
            self.say(t("You are not allowed to play recordings here."));
        } else if recording.status.is_playable() {
            self.show_player(Playing { recording, secret: None, at: None });
        } else {
            let why = messages::not_playable(&recording.status);
            self.say(messages::about(recording.title(), &why.text()));
        }
    }
}
