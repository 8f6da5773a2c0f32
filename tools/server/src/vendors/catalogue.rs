//! The recordings as other vendors count them: with ids of their form, and in sessions of rooms, which OpenVidu Meet
//! does not tell apart. Entries outlive their recordings: what is listed is decided when a list is asked for.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::recordings::id::room_of;
use crate::recordings::model::{Outcome, Recording, Status};
use crate::recordings::store::Recordings;
use crate::sample::Sample;
use crate::sample::media::Media;
use crate::vendors::crypto::uuid;

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
/// From the end of a recording to its entry in the list.
const PROCESSING: i64 = 40 * SECOND;

pub struct Entry {
    pub key: Box<str>,
    /// What Whereby and SuperViz call the recording.
    pub uuid: String,
    /// Index of its session.
    pub session: usize,
    /// Milliseconds since 1970, like all times here.
    pub started: i64,
    /// When its file was ready: the order of plugNmeet's lists.
    pub listed: i64,
    pub media: Media,
    /// How many complete recordings of the sample are newer: picks the ones with peculiarities.
    pub place: Option<usize>,
    /// Made of other recordings, long after its session.
    pub merged: bool,
}

/// From the moment when somebody opens a room until it is empty again.
pub struct Session {
    pub sid: String,
    pub room_id: Box<str>,
    pub title: Arc<str>,
    pub created: i64,
    /// `None` while it goes on.
    pub ended: Option<i64>,
    /// How many people were there.
    pub participants: usize,
}

#[derive(Default)]
pub struct Catalogue {
    /// In the order of `listed`.
    pub entries: Vec<Entry>,
    pub sessions: Vec<Session>,
}

impl Entry {
    pub fn room_id(&self) -> &str {
        room_of(&self.key)
    }

    pub fn ended(&self) -> i64 {
        self.started + (self.media.seconds() * 1000.0) as i64
    }

    /// The status at `clock`, in milliseconds of the server's clock; `None` when the recording is deleted.
    pub fn status(&self, recordings: &Recordings, clock: i64) -> Option<Status> {
        recordings.get(&self.key).map(|recording| recording.status(clock))
    }

    /// Whether there is a file: one that a limit ended is a file too.
    pub fn is_finished(&self, recordings: &Recordings, clock: i64) -> bool {
        matches!(self.status(recordings, clock), Some(Status::Complete | Status::LimitReached))
    }
}

impl Catalogue {
    /// `start`: when the server's clock began.
    pub fn new(sample: &Sample, start: i64) -> Self {
        let mut rooms: BTreeMap<&str, Vec<(&str, &Recording)>> = BTreeMap::new();
        for (key, recording) in sample.recordings.by_key() {
            rooms.entry(room_of(key)).or_default().push((key, recording));
        }
        let mut catalogue = Self::default();
        for (room_id, mut recordings) in rooms {
            recordings.sort_by_key(|(_, recording)| recording.started);
            catalogue.add_room(room_id, &recordings, start);
        }
        catalogue.add_meetings(sample, start);
        catalogue.entries.sort_by_key(|entry| entry.listed);
        catalogue.number_places(&sample.recordings);
        for (place, session) in catalogue.sessions.iter_mut().enumerate() {
            session.participants = place * 5 % 7 + 2;
        }
        catalogue
    }

    pub fn session_of(&self, entry: &Entry) -> &Session {
        &self.sessions[entry.session]
    }

    pub fn by_uuid(&self, uuid: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.uuid == uuid)
    }

    pub fn add(&mut self, entry: Entry) {
        let place = self.entries.partition_point(|other| other.listed <= entry.listed);
        self.entries.insert(place, entry);
    }

    /// A recording that has just ended, listed at once, of a session of its own.
    pub fn add_finished(&mut self, key: &str, recording: &Recording) {
        let (started, media) = (recording.started, recording.media);
        let ended = started + (media.seconds() * 1000.0) as i64;
        let before = started - 95 * SECOND;
        let session = self.open(room_of(key), Arc::clone(&recording.room_name), before);
        self.sessions[session].ended = Some(ended);
        let uuid = uuid(&format!("recording {key}"));
        self.add(Entry {
            key: key.into(),
            uuid,
            session,
            started,
            listed: ended,
            media,
            place: None,
            merged: false,
        });
    }

    /// The session that goes on in the room.
    pub fn running(&self, room_id: &str) -> Option<usize> {
        self.sessions
            .iter()
            .position(|session| &*session.room_id == room_id && session.ended.is_none())
    }

    pub fn open(&mut self, room_id: &str, title: Arc<str>, created: i64) -> usize {
        self.sessions.push(Session {
            sid: uuid(&format!("session {room_id} {}", self.sessions.len())),
            room_id: room_id.into(),
            title,
            created,
            ended: None,
            participants: 0,
        });
        self.sessions.len() - 1
    }

    /// The recordings of a room, oldest first: sessions of two, of one, of two…, and one for each that goes on.
    fn add_room(&mut self, room_id: &str, recordings: &[(&str, &Recording)], start: i64) {
        for (index, &(key, recording)) in recordings.iter().enumerate() {
            let live = match recording.outcome {
                Outcome::Live(course) => Some(course),
                Outcome::Settled(_) => None,
            };
            let length = (recording.media.seconds() * 1000.0) as i64;
            let before = recording.started - 95 * SECOND;
            if index % 3 != 1 || live.is_some() {
                self.open(room_id, Arc::clone(&recording.room_name), before);
            }
            let session = self.sessions.len() - 1;
            let ended = recording.started + length;
            if live.is_none() {
                self.sessions[session].ended = Some(ended + 3 * MINUTE);
            }
            self.entries.push(Entry {
                key: key.into(),
                uuid: uuid(&format!("recording {key}")),
                session,
                started: recording.started,
                listed: live.map_or(ended + PROCESSING, |course| start + course.complete_at),
                media: recording.media,
                place: None,
                merged: false,
            });
        }
    }

    /// Meetings that nobody records.
    fn add_meetings(&mut self, sample: &Sample, start: i64) {
        for (id, room) in &sample.rooms {
            if room.meeting && self.running(id).is_none() {
                self.open(id, room.name.as_str().into(), start - 20 * MINUTE);
            }
        }
    }

    fn number_places(&mut self, recordings: &Recordings) {
        let complete = |entry: &&mut Entry| {
            let recording = recordings.get(&entry.key);
            recording.is_some_and(|it| matches!(it.outcome, Outcome::Settled(Status::Complete)))
        };
        let newest_first = self.entries.iter_mut().rev().filter(complete);
        for (place, entry) in newest_first.enumerate() {
            entry.place = Some(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use std::collections::HashSet;

    const START: i64 = 1_800_000_000_000;

    #[test]
    fn every_recording_has_one_entry_with_ids_of_its_own() {
        let sample = sample::build(100, START);
        let catalogue = Catalogue::new(&sample, START);
        assert_eq!(catalogue.entries.len(), 164);
        let uuids: HashSet<_> = catalogue.entries.iter().map(|entry| &entry.uuid).collect();
        let sids: HashSet<_> = catalogue.sessions.iter().map(|session| &session.sid).collect();
        assert_eq!((uuids.len(), sids.len()), (164, catalogue.sessions.len()));
        assert!(catalogue.entries.is_sorted_by_key(|entry| entry.listed));
        for entry in &catalogue.entries {
            let session = catalogue.session_of(entry);
            assert_eq!(&*session.room_id, entry.room_id());
            assert!(session.created < entry.started);
            assert!(session.ended.is_none_or(|ended| ended > entry.ended()));
        }
    }

    #[test]
    fn sessions_hold_one_or_two_and_five_of_them_go_on() {
        let sample = sample::build(0, START);
        let catalogue = Catalogue::new(&sample, START);
        let mut sizes = vec![0; catalogue.sessions.len()];
        for entry in &catalogue.entries {
            sizes[entry.session] += 1;
        }
        assert!(sizes.contains(&1) && sizes.contains(&2) && sizes.iter().all(|size| *size <= 2));
        let running = catalogue.sessions.iter().filter(|session| session.ended.is_none());
        // Four are recorded, one is not.
        assert_eq!(running.count(), 5);
    }

    #[test]
    fn places_are_counted_from_the_newest_complete_recording() {
        let catalogue = Catalogue::new(&sample::build(0, START), START);
        let places: Vec<usize> =
            catalogue.entries.iter().rev().filter_map(|entry| entry.place).collect();
        assert_eq!(places, (0..places.len()).collect::<Vec<_>>());
        assert_eq!(places.len(), 53);
    }
}
