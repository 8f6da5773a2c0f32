//! All recordings in key order, which is the order of lists: a page costs its own length, however many there are.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use crate::recordings::model::{Outcome, Recording};

#[derive(Default)]
pub struct Recordings {
    by_key: BTreeMap<Box<str>, Recording>,
    /// Keys of those that were in progress at first: few, and all that a room's meeting depends on.
    live: BTreeSet<Box<str>>,
}

impl Recordings {
    pub fn new(recordings: Vec<(Box<str>, Recording)>) -> Self {
        let live = recordings
            .iter()
            .filter(|(_, recording)| matches!(recording.outcome, Outcome::Live(_)))
            .map(|(key, _)| key.clone())
            .collect();
        Self { by_key: recordings.into_iter().collect(), live }
    }

    pub fn by_key(&self) -> &BTreeMap<Box<str>, Recording> {
        &self.by_key
    }

    pub fn get(&self, key: &str) -> Option<&Recording> {
        self.by_key.get(key)
    }

    pub fn get_mut(&mut self, key: &str) -> Option<&mut Recording> {
        self.by_key.get_mut(key)
    }

    pub fn insert(&mut self, key: Box<str>, recording: Recording) {
        if matches!(recording.outcome, Outcome::Live(_)) {
            self.live.insert(key.clone());
        }
        self.by_key.insert(key, recording);
    }

    pub fn remove(&mut self, key: &str) -> Option<Recording> {
        self.live.remove(key);
        self.by_key.remove(key)
    }

    pub fn room_has_any(&self, room_id: &str) -> bool {
        self.keys_of(room_id).next().is_some()
    }

    pub fn remove_room(&mut self, room_id: &str) {
        let keys: Vec<Box<str>> = self.keys_of(room_id).cloned().collect();
        for key in keys {
            self.remove(&key);
        }
    }

    /// Whether something is being recorded in the room at `now`, in milliseconds of the server's clock.
    pub fn in_progress(&self, room_id: &str, now: i64) -> bool {
        self.live_of(room_id)
            .any(|key| self.get(key).is_some_and(|recording| recording.status(now).in_progress()))
    }

    /// Ends what is being recorded in the room, as the end of its meeting does.
    pub fn stop(&mut self, room_id: &str, now: i64) {
        let keys: Vec<Box<str>> = self.live_of(room_id).cloned().collect();
        for key in keys {
            let Some(recording) = self.by_key.get_mut(&key) else {
                continue;
            };
            if let Outcome::Live(course) = &mut recording.outcome {
                course.active_at = course.active_at.min(now);
                course.ending_at = course.ending_at.min(now);
                course.complete_at = course.complete_at.min(now);
            }
        }
    }

    fn keys_of(&self, room_id: &str) -> impl Iterator<Item = &Box<str>> {
        let prefix = format!("{room_id}/");
        self.by_key
            .range::<str, _>((Bound::Included(prefix.as_str()), Bound::Unbounded))
            .map(|(key, _)| key)
            .take_while(move |key| key.starts_with(&prefix))
    }

    fn live_of(&self, room_id: &str) -> impl Iterator<Item = &Box<str>> {
        let prefix = format!("{room_id}/");
        self.live.iter().filter(move |key| key.starts_with(&prefix))
    }
}
