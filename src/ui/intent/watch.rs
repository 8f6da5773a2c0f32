//! What is kept of watching: how the viewer likes the player and where each recording was left; and
//! the way from one recording of the list to its neighbours.

use crate::{
    library::Slot,
    model::RecordingId,
    player::{Places, Preferences},
    store::settings,
    ui::{
        reactive::*,
        state::{Playing, State},
    },
};

const PLAYER: &str = "player";

impl State {
    /// Lets the browser keep how the player is liked and where recordings were left, and nothing else.
    pub fn remember_player(self) {
        self.remembers.set_value(true);
        self.recall_watching();
    }

    /// Takes up what an earlier visit kept.
    pub(super) fn recall_watching(self) {
        if let Some(text) = settings::get(PLAYER) {
            self.player.set(Preferences::read(&text));
        }
        if let Some(text) = settings::get(&self.places_mark()) {
            self.places.set_value(Places::read(&text));
        }
    }

    pub fn keep_preferences(self) {
        if self.remembers.get_value() {
            settings::set(PLAYER, &self.player.with_untracked(Preferences::write));
        }
    }

    /// Takes note of where a recording is left, in seconds.
    pub fn note_place(self, id: &RecordingId, seconds: f64, duration: f64) {
        self.places.update_value(|it| it.note(id.as_str(), seconds, duration));
        if self.remembers.get_value() {
            settings::set(&self.places_mark(), &self.places.with_value(Places::write));
        }
    }

    /// Where it was left, in seconds.
    pub fn place(self, id: &RecordingId) -> Option<f64> {
        self.places.with_value(|it| it.get(id.as_str()))
    }

    /// Of somebody else.
    pub(super) fn forget_places(self) {
        self.places.set_value(Places::default());
        settings::remove(&self.places_mark());
    }

    fn places_mark(self) -> String {
        ["places ", self.client().address()].concat()
    }

    /// The next recording in the list that can be played, or the one before.
    pub fn neighbour(self, step: i32) -> Option<Slot> {
        let playing = self.playing.with(|it| it.as_ref().map(|it| it.recording.id.clone()))?;
        let order = self.order.read();
        self.library.with(|library| {
            let slot = library.find(&playing)?;
            let at = order.slots.iter().position(|it| *it == slot)?;
            let can_play = |slot: &&Slot| library.index().status(**slot).is_playable();
            if step > 0 {
                order.slots[at + 1..].iter().find(can_play).copied()
            } else {
                order.slots[..at].iter().rev().find(can_play).copied()
            }
        })
    }

    /// Plays it; whether there is one.
    pub fn play_neighbour(self, step: i32) -> bool {
        let recording = untrack(|| {
            let slot = self.neighbour(step)?;
            self.library.with(|it| it.get(slot))
        });
        let Some(recording) = recording else { return false };
        self.playing.set(Some(Playing { recording, secret: None, at: None }));
        true
    }
}
