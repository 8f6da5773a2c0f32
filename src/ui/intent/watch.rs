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

/// Where recordings were left, and the setting that keeps that, once it is known for whom.
#[derive(Default)]
pub struct Watched {
    places: Places,
    mark: Option<String>,
}

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
    }

    pub fn keep_preferences(self) {
        if self.remembers.get_value() {
            settings::set(PLAYER, &self.player.with_untracked(Preferences::write));
        }
    }

    /// Where a recording was left, in seconds; in an earlier visit too, once the server has said whose
    /// that was. What a link opens is for whoever has the link.
    pub async fn place(self, id: &RecordingId, is_guest: bool) -> Option<f64> {
        let is_recalled = self.places.with_value(|it| it.mark.is_some());
        if self.remembers.get_value() && !is_recalled {
            let user = if is_guest { Some(String::new()) } else { self.whose().await };
            if let Some(user) = user {
                let mark = ["places ", self.client().address(), " ", &user].concat();
                let kept = settings::get(&mark).map(|text| Places::read(&text));
                self.places.update_value(|it| {
                    it.places = kept.unwrap_or_default();
                    it.mark = Some(mark);
                });
            }
        }
        self.places.try_with_value(|it| it.places.get(id.as_str())).flatten()
    }

    /// Takes note of where a recording is left, in seconds.
    pub fn note_place(self, id: &RecordingId, seconds: f64, duration: f64) {
        self.places.update_value(|it| {
            // Another tab may have noted something meanwhile.
            if let Some(kept) = it.mark.as_ref().and_then(|mark| settings::get(mark)) {
                it.places = Places::read(&kept);
            }
            it.places.note(id.as_str(), seconds, duration);
            if let Some(mark) = &it.mark {
                settings::set(mark, &it.places.write());
            }
        });
    }

    /// Of somebody else.
    pub(super) fn forget_places(self) {
        let before = self.places.try_update_value(std::mem::take);
        if let Some(mark) = before.and_then(|it| it.mark) {
            settings::remove(&mark);
        }
    }

    /// The next recording in the list that can be played, or the one before.
    pub fn neighbour(self, step: i32) -> Option<Slot> {
        let playing = self.playing.with(|it| it.as_ref().map(|it| it.recording.id.clone()))?;
        let order = self.list.order.read();
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
        self.show_player(Playing { recording, secret: None, at: None });
        true
    }
}
