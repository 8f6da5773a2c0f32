use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::model::{Failure, FailureKind, RecordingId};

/// As the browser's, for the letters used here.
pub fn fold(text: &str) -> String {
    text.to_lowercase().replace('\u{e9}', "e")
}

/// Recordings that have much in common, so that they meet in every way.
pub fn recording() -> impl Strategy<Value = Recording> {
    let text = || prop::option::weighted(0.6, "[abAB\u{e9}12 -]{0,5}");
    let long = prop::option::weighted(
        0.3,
        "(heat|Physics|phisics|thermodynamics|Caf\u{e9}s|lesson) ?[12]?",
    );
    let date = || prop::option::weighted(0.7, -3_i64..6);
    let natural = || prop::option::weighted(0.7, 0_u64..4);
    let status = prop::sample::select(vec![
        Status::Ready,
        Status::Recording,
        Status::Failed(FailureKind::Aborted),
        Status::Unknown("paused".into()),
    ]);
    let id =
        (prop::option::of("[ab]{1,2}"), 0..24_u8, prop::sample::select(vec!["", "\u{e9}", "B"]));
    let rare = (0..20_u8, prop::option::weighted(0.2, text()));
    let texts = (text(), text(), text(), long, text());
    (id, texts, status, (date(), date(), date()), (natural(), natural(), any::<bool>()), rare)
        .prop_map(
            |(
                (room, n, end),
                (name, description, file, long, room_name),
                status,
                dates,
                numbers,
                (extra, error),
            )| {
                // What follows from the id, as with servers: one id, one room, mostly.
                let id = format!("{}-{n}{end}", room.as_deref().unwrap_or("r"));
                Recording {
                    name,
                    description: description.or(long.clone()),
                    room_name: room_name.or(long),
                    session_id: (extra % 3 == 0).then(|| format!("s{}", n % 4)),
                    status,
                    started_at: dates.0.map(|day| day * 40),
                    ended_at: dates.1,
                    listed_at: dates.2.map(|day| day * 35),
                    duration: numbers.0,
                    size: numbers.1,
                    is_size_rounded: numbers.2,
                    file_name: file
                        .map(|file| format!("{}{file}", room.as_deref().unwrap_or_default())),
                    room_id: room,
                    layout: (n % 2 == 0).then(|| "grid".into()),
                    encoding: (n % 3 == 0).then(|| "H264".into()),
                    extra: (extra == 1).then(|| ("a".into(), "b".into())).into_iter().collect(),
                    subtitles: (extra == 2)
                        .then(|| Subtitle {
                            language: "en".into(),
                            label: "E".into(),
                            url: "/".into(),
                        })
                        .into_iter()
                        .collect(),
                    failure: error.map(|error| Failure {
                        code: (extra > 9).then_some(f64::from(extra) / 4.0),
                        error,
                        details: Some("End reason".into()),
                    }),
                    ..Recording::new(RecordingId::new(id).unwrap())
                }
            },
        )
}

#[derive(Clone, Debug)]
pub enum Change {
    Put(Box<Recording>),
    /// The nth of those there.
    Remove(usize),
}

pub fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => recording().prop_map(|it| Change::Put(Box::new(it))),
        1 => (0_usize..40).prop_map(Change::Remove),
    ]
}

/// Rows as the sample server makes them.
pub fn sample(rows: usize) -> impl Iterator<Item = Recording> {
    let mut seed = 1_u64;
    let mut letters = move |many: usize| -> String {
        (0..many)
            .map(|_| {
                seed = seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
                char::from(b"abcdefghijklmnopqrstuvwxyz0123456789"[(seed >> 33) as usize % 36])
            })
            .collect()
    };
    let names = ["Calculus", "Biology lab", "Spanish B1", "Team retro", "Webinar", "Town hall"];
    let rooms: Vec<(String, String)> = (0..42)
        .map(|n| {
            let name = format!("{} {}", names[n % 6], n / 6);
            let id = format!("{}-{}", name.to_lowercase().replace(' ', "_"), letters(15));
            (name, id)
        })
        .collect();
    (0..rows).map(move |n| {
        let (room_name, room_id) = rooms[n * 31 % 42].clone();
        let uid = letters(15);
        let id = RecordingId::new(format!("{room_id}--EG_{}--{uid}", letters(12))).unwrap();
        let started = 1_700_000_000_000 + (n as i64 * 7919 % 100_003) * 600_000;
        let is_ready = n % 15 != 0;
        Recording {
            file_name: Some(format!("{room_id}--{uid}.mp4")),
            room_name: Some(room_name),
            room_id: Some(room_id),
            status: if is_ready { Status::Ready } else { Status::Failed(FailureKind::Error) },
            started_at: Some(started),
            ended_at: Some(started + 720_000),
            duration: is_ready.then_some([5000, 30_000, 60_000, 720_000, 1_200_000][n % 5]),
            size: is_ready.then_some(1_000_000 + n as u64 % 5 * 777_777),
            layout: Some("grid".into()),
            encoding: Some("H264_720P_30".into()),
            failure: Some(Failure {
                code: None,
                error: None,
                details: Some("End reason: Stopped using API".into()),
            }),
            ..Recording::new(id)
        }
    })
}

proptest! {
    #[test]
    fn equals_a_map_of_recordings(changes in prop::collection::vec(change(), 0..80)) {
        let mut index = Index::new(fold);
        let mut model: BTreeMap<Slot, Recording> = BTreeMap::new();
        for change in changes {
            match change {
                Change::Put(it) => {
                    let there = model.iter().find(|(_, other)| other.id == it.id).map(|(slot, _)| *slot);
                    let end = index.end();
                    let put = index.put((*it).clone());
                    prop_assert_eq!(put.slot, there.unwrap_or(Slot(end)));
                    prop_assert_eq!(put.is_new, there.is_none());
                    prop_assert_eq!(put.is_changed, model.get(&put.slot) != Some(&*it));
                    model.insert(put.slot, *it);
                }
                Change::Remove(n) => {
                    let slot = model.keys().nth(n).copied().unwrap_or(Slot(1000));
                    prop_assert_eq!(index.remove(slot), model.remove(&slot).is_some());
                    prop_assert_eq!(index.get(slot), None);
                }
            }
        }
        prop_assert_eq!(index.len(), model.len());
        prop_assert_eq!(index.slots().collect::<Vec<_>>(), model.keys().copied().collect::<Vec<_>>());
        let mut rooms: Vec<&str> = model.values().filter_map(|it| it.room_id.as_deref()).collect();
        rooms.sort_unstable();
        rooms.dedup();
        let mut found: Vec<&str> = index.rooms().map(|(id, _)| id).collect();
        found.sort_unstable();
        prop_assert_eq!(found, rooms);
        for (slot, it) in model {
            prop_assert_eq!(index.find(it.id.as_str()), Some(slot));
            prop_assert_eq!(index.id(slot), it.id.as_str());
            prop_assert_eq!(index.title(slot), it.title());
            prop_assert_eq!(index.room_name(slot), it.room_name.as_deref());
            prop_assert_eq!(index.status(slot), it.status.clone());
            prop_assert_eq!(index.date(slot), it.date());
            prop_assert_eq!((index.duration(slot), index.size(slot)), (it.duration, it.size));
            prop_assert_eq!(index.get(slot), Some(it));
        }
    }
}

#[test]
fn many_rows_are_found_by_their_ids() {
    let mut index = Index::new(fold);
    for it in sample(3000) {
        assert!(index.put(it).is_new);
    }
    for slot in (0..3000).filter(|n| n % 3 == 0) {
        assert!(index.remove(Slot(slot)));
    }
    for (n, it) in sample(3000).enumerate() {
        let slot = Slot(n as u32);
        assert_eq!(index.find(it.id.as_str()), (n % 3 != 0).then_some(slot));
        assert_eq!(index.get(slot), (n % 3 != 0).then_some(it));
    }
}
