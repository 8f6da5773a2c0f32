//! The sample: 8 rooms and 64 recordings, the same on every start but for their dates, and as many more of either as asked
//! for.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::recordings::id::room_of;
use crate::recordings::model::{Course, Outcome, Recording, Status};
use crate::recordings::store::Recordings;
use crate::rooms::model::{Access, Room, Settings, id_prefix};
use media::Media;
use random::Random;
use rooms::{GROUPS, PAST_ROOMS, PLACES, ROOMS, SUBJECTS, SampleRoom};

pub mod media;
mod random;
mod rooms;

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const TWO_YEARS: i64 = 730 * DAY;

pub struct Sample {
    pub recordings: Recordings,
    pub rooms: BTreeMap<Box<str>, Room>,
    pub past_rooms: HashMap<Box<str>, Access>,
}

impl Sample {
    /// Makes rooms of the past closed rooms of today: from 3.5 on recordings do not outlive their room.
    pub fn keep_past_rooms(&mut self) {
        for (key, recording) in self.recordings.by_key() {
            let id = room_of(key);
            let Some(access) = self.past_rooms.get(id) else {
                continue;
            };
            let before = recording.started - HOUR;
            let settings = Settings { access: *access, ..Settings::default() };
            let room = self.rooms.entry(id.into()).or_insert_with(|| {
                let name = recording.room_name.to_string();
                Room { closed: true, ..Room::new(name, before, settings) }
            });
            room.created = room.created.min(before);
        }
        self.past_rooms.clear();
    }

    /// Rooms without recordings, made one by one over the last two years: one in eight is closed, one in ten deletes
    /// itself within half a year. `start`: the same as in [`build`].
    pub fn add_rooms(&mut self, count: usize, start: i64) {
        // Of its own, so that the rest of the sample is the same however many rooms there are.
        let mut random = Random::new(0x726f_6f6d);
        let kinds = PLACES.len() * SUBJECTS.len();
        for number in 0..count {
            let place = PLACES[number % PLACES.len()];
            let subject = SUBJECTS[number / PLACES.len() % SUBJECTS.len()];
            let name = format!("{place} {subject} {}", number / kinds + 1);
            let id = format!("{}-{}", id_prefix(&name), random.lower(15));
            let created = start - HOUR - random.below(TWO_YEARS - HOUR);
            let room = Room {
                closed: random.below(8) == 0,
                auto_deletion: (random.below(10) == 0)
                    .then(|| start + DAY + random.below(180 * DAY)),
                ..Room::new(name, created, Settings::default())
            };
            self.rooms.insert(id.into(), room);
        }
    }
}

/// The recordings in progress at the start: the room (an index into `ROOMS`), the media that they will turn out to
/// be, and in seconds from the start when they become active, end and are complete.
const IN_PROGRESS: [(usize, Media, [i64; 3]); 4] = [
    (1, Media::TwentyMinutes, [-90, 1110, 1125]),
    (3, Media::OneMinute, [-65, -5, 12]),
    (4, Media::HalfMinute, [8, 38, 46]),
    (0, Media::OneMinute, [-20, 40, 50]),
];

/// Statuses of settled recordings by their place in the sample; all others are complete.
const UNUSUAL: [(usize, Status); 7] = [
    (4, Status::Failed),
    (11, Status::LimitReached),
    (18, Status::Aborted),
    (24, Status::Failed),
    (31, Status::LimitReached),
    (38, Status::Failed),
    (43, Status::Aborted),
];

struct Builder {
    /// Milliseconds since 1970.
    start: i64,
    random: Random,
    recordings: Vec<(Box<str>, Recording)>,
}

/// The id and the shared name of a room that recordings belong to.
type Home = (String, Arc<str>);

pub fn build(extra: usize, start: i64) -> Sample {
    let mut builder = Builder {
        start,
        random: Random::new(0x6d65_6574),
        recordings: Vec::with_capacity(64 + extra),
    };
    let homes = ROOMS.each_ref().map(|room| builder.home(room.name));
    let past_homes = PAST_ROOMS.each_ref().map(|room| builder.home(room.name));

    let sample_rooms = ROOMS.iter().zip(&homes);
    let rooms = sample_rooms
        .clone()
        .map(|(room, (id, _))| (id.as_str().into(), builder.room(room)))
        .collect();
    let mut past_rooms: HashMap<Box<str>, Access> = HashMap::new();
    for (room, (id, _)) in PAST_ROOMS.iter().zip(&past_homes) {
        past_rooms.insert(id.as_str().into(), room.access);
    }

    let all = sample_rooms.chain(PAST_ROOMS.iter().zip(&past_homes));
    let settled: Vec<&Home> =
        all.flat_map(|(room, home)| std::iter::repeat_n(home, room.recordings)).collect();
    for (place, home) in settled.iter().enumerate() {
        builder.add_settled(place, settled.len(), home);
    }
    for (room, media, seconds) in IN_PROGRESS {
        builder.add_live(&homes[room], media, seconds);
    }
    if extra > 0 {
        let crowds = builder.crowds(&homes);
        for (id, _) in &crowds {
            past_rooms.entry(id.as_str().into()).or_default();
        }
        for _ in 0..extra {
            builder.add_extra(&crowds);
        }
    }
    Sample { recordings: Recordings::new(builder.recordings), rooms, past_rooms }
}

impl Builder {
    fn home(&mut self, name: &str) -> Home {
        let id = format!("{}-{}", id_prefix(name), self.random.lower(15));
        (id, name.into())
    }

    fn room(&mut self, sample: &SampleRoom) -> Room {
        let settings = Settings {
            recording: sample.recording_enabled,
            access: sample.access,
            ..Settings::default()
        };
        let created = self.start - TWO_YEARS - self.random.below(30 * DAY);
        let mut room = Room::new(sample.name.to_owned(), created, settings);
        room.meeting = sample.meeting;
        room.members.user = sample.user;
        room.members.users = sample.users;
        room
    }

    /// The rooms that extra recordings are spread over.
    fn crowds(&mut self, homes: &[Home]) -> Vec<Home> {
        let mut crowds: Vec<Home> = homes[..2].to_vec();
        for subject in SUBJECTS {
            for group in GROUPS {
                crowds.push(self.home(&format!("{subject} {group}")));
            }
        }
        crowds
    }

    fn add(&mut self, home: &Home, started: i64, outcome: Outcome, media: Media) {
        let (egress, uid) = (self.random.mixed(12), self.random.lower(15));
        let key = format!("{}/EG_{egress}/{uid}", home.0).into();
        let recording = Recording { room_name: Arc::clone(&home.1), started, outcome, media };
        self.recordings.push((key, recording));
    }

    fn add_settled(&mut self, place: usize, count: usize, home: &Home) {
        let unusual = UNUSUAL.iter().find(|(at, _)| *at == place);
        let status = unusual.map_or(Status::Complete, |(_, status)| *status);
        // Rooms are not used one after the other: steps of a number without common factors mix them.
        let age = age((place * 37) % count, count);
        let media = [1, 4, 2, 3, 0, 2, 4][place % 7];
        self.add(home, self.start - age, Outcome::Settled(status), Media::ALL[media]);
    }

    fn add_live(&mut self, home: &Home, media: Media, [active, ending, complete]: [i64; 3]) {
        let course = Course {
            active_at: active * SECOND,
            ending_at: ending * SECOND,
            complete_at: complete * SECOND,
        };
        self.add(home, self.start + course.active_at, Outcome::Live(course), media);
    }

    fn add_extra(&mut self, crowds: &[Home]) {
        let home = &crowds[self.random.below(crowds.len() as i64) as usize];
        let status = match self.random.below(100) {
            0..3 => Status::Failed,
            3..5 => Status::Aborted,
            5..7 => Status::LimitReached,
            _ => Status::Complete,
        };
        let media = Media::ALL[self.random.below(5) as usize];
        let started = self.start - HOUR - self.random.below(TWO_YEARS);
        self.add(home, started, Outcome::Settled(status), media);
    }
}

/// How long ago, in milliseconds, the recording of this rank began: some today, some yesterday, then ever sparser
/// over two years.
fn age(rank: usize, count: usize) -> i64 {
    match rank {
        0 => 35 * MINUTE,
        1 => 80 * MINUTE,
        2 => 3 * HOUR,
        3 => DAY + 5 * MINUTE,
        4 => DAY + 2 * HOUR,
        5 => DAY + 4 * HOUR,
        rank => {
            let share = (rank - 5) as f64 / (count - 6) as f64;
            let days = 1.0 + share * share * 728.0;
            let quarter_hours = ((rank * 7) % 24) as i64;
            (days * DAY as f64) as i64 + quarter_hours * 15 * MINUTE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    const START: i64 = 1_800_000_000_000;

    #[test]
    fn eight_rooms_and_sixty_four_recordings_in_every_status() {
        let sample = build(0, START);
        assert_eq!(sample.rooms.len(), 8);
        let recordings = sample.recordings.by_key();
        assert_eq!(recordings.len(), 64);
        let count = |status| {
            let all = recordings.values();
            all.filter(|recording| recording.status(0) == status).count()
        };
        let counts = [
            Status::Starting,
            Status::Active,
            Status::Ending,
            Status::Complete,
            Status::Failed,
            Status::Aborted,
            Status::LimitReached,
        ]
        .map(count);
        assert_eq!(counts, [1, 2, 1, 53, 3, 2, 2]);
    }

    #[test]
    fn everything_settled_began_and_ended_in_the_last_two_years() {
        for (key, recording) in build(1000, START).recordings.by_key() {
            if let Outcome::Settled(_) = recording.outcome {
                let length = (recording.media.seconds() * 1000.0) as i64;
                assert!(recording.started + length < START, "{key}");
                assert!(recording.started > START - TWO_YEARS - DAY, "{key}");
            }
        }
    }

    #[test]
    fn rooms_are_added_with_names_of_their_own_over_two_years() {
        let mut sample = build(10, START);
        let before: HashSet<_> = sample.rooms.keys().cloned().collect();
        sample.add_rooms(1000, START);
        let added = sample.rooms.iter().filter(|(id, _)| !before.contains(*id));
        let added: Vec<_> = added.map(|(_, room)| room).collect();
        assert_eq!(added.len(), 1000);
        assert_eq!(added.iter().map(|room| &room.name).collect::<HashSet<_>>().len(), 1000);
        assert!(added.iter().all(|room| (START - TWO_YEARS..START).contains(&room.created)));
        assert!(added.iter().any(|room| room.created < START - TWO_YEARS / 2));
        assert!(added.iter().all(|room| room.auto_deletion.is_none_or(|date| date > START)));
        // Those of the recordings are as they were.
        assert_eq!(sample.recordings.by_key().len(), 74);
    }

    #[test]
    fn the_sample_is_the_same_on_every_start() {
        let keys = |start| -> Vec<Box<str>> {
            let sample = build(100, start);
            sample.recordings.by_key().keys().cloned().collect()
        };
        let all = keys(START);
        assert_eq!(all, keys(START + DAY));
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), 164);
    }
}
