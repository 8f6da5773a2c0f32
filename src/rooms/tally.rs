//! How many recordings each room has and how large they are, as far as the library knows.

use std::sync::Arc;

use crate::{
    library::{Index, Slot, Table, hash},
    model::Room,
};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoomTally {
    pub recordings: usize,
    /// Bytes.
    pub size: u64,
    /// The size of some is not known.
    pub is_partial: bool,
}

/// Of every room that has recordings. Cheap to clone, and equal to its clones only.
#[derive(Clone, Default)]
pub struct Tallies(Arc<ByRoom>);

#[derive(Default)]
struct ByRoom {
    all: Vec<(String, RoomTally)>,
    /// Places in `all`.
    places: Table,
}

impl RoomTally {
    pub(super) fn add(&mut self, size: Option<u64>) {
        self.recordings += 1;
        self.size = self.size.saturating_add(size.unwrap_or(0));
        self.is_partial |= size.is_none();
    }
}

impl Tallies {
    pub fn of(index: &Index) -> Self {
        let mut it = ByRoom::default();
        for (slot, tally) in by_room(index) {
            it.all.push((index.room_id(slot).unwrap_or_default().to_owned(), tally));
        }
        let all = &it.all;
        let hash_of = |place: u32| all.get(place as usize).map_or(0, |(id, _)| hash(id.as_bytes()));
        it.places.reserve(all.len(), &hash_of);
        for place in 0..all.len() as u32 {
            it.places.add(hash_of(place), place, &hash_of);
        }
        Self(Arc::new(it))
    }

    /// All zero where no recording of it is known.
    pub fn get(&self, room: &Room) -> RoomTally {
        let ByRoom { all, places } = &*self.0;
        let id = room.recorded_id();
        let is_it = |place: u32| all.get(place as usize).is_some_and(|(other, _)| other == id);
        let place = places.find(hash(id.as_bytes()), &is_it);
        place.and_then(|place| all.get(place as usize)).map(|(_, tally)| *tally).unwrap_or_default()
    }
}

impl PartialEq for Tallies {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// Every room that has recordings, known by the first of them.
pub(super) fn by_room(index: &Index) -> Vec<(Slot, RoomTally)> {
    let mut rooms: Vec<(Slot, RoomTally)> = Vec::new();
    // By the rooms' numbers.
    let mut places: Vec<Option<usize>> = Vec::new();
    for slot in index.slots() {
        let Some(number) = index.room_number(slot) else { continue };
        let number = number as usize;
        if number >= places.len() {
            places.resize(number + 1, None);
        }
        let Some(place) = places.get_mut(number) else { continue };
        let place = *place.get_or_insert_with(|| {
            rooms.push((slot, RoomTally::default()));
            rooms.len() - 1
        });
        if let Some((_, tally)) = rooms.get_mut(place) {
            tally.add(index.size(slot));
        }
    }
    rooms
}

#[cfg(test)]
pub mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::model::Recording;

    /// Of pairs of a room and a size.
    pub fn index(recordings: &[(Option<String>, Option<u64>)]) -> Index {
        let mut index = Index::new(str::to_lowercase);
        for (at, (room, size)) in recordings.iter().enumerate() {
            index.put(Recording {
                room_id: room.clone(),
                size: *size,
                ..Recording::bare(&at.to_string())
            });
        }
        index
    }

    proptest! {
        #[test]
        fn every_recording_counts_for_its_room(
            recordings in prop::collection::vec(
                (prop::option::of("[a-d]"), prop::option::of(0_u64..1000)), 0..40,
            ),
        ) {
            let tallies = Tallies::of(&index(&recordings));
            let mut expected: BTreeMap<&str, RoomTally> = BTreeMap::new();
            for (room, size) in &recordings {
                if let Some(room) = room {
                    expected.entry(room).or_default().add(*size);
                }
            }
            for room in ["a", "b", "c", "d", "e"] {
                let tally = expected.get(room).copied().unwrap_or_default();
                prop_assert_eq!(tallies.get(&Room::bare(room)), tally);
            }
        }
    }

    #[test]
    fn sessions_of_a_room_have_its_recordings() {
        let tallies = Tallies::of(&index(&[(Some("r".into()), Some(5))]));
        let mut session = Room::bare("sid-1");
        session.settings.id = "r".into();
        assert_eq!(tallies.get(&session).size, 5);
        assert!(tallies == tallies.clone() && tallies != Tallies::default());
    }
}
