//! The library at 100,000 recordings, natively: what a keystroke, a click on a header, a page of new rows
//! and opening the saved index cost. In the browser the same code takes about three times as long.

use std::{hint::black_box, ops::Range};

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use meet_recordings::{
    library::{Arranger, Bands, Criteria, Group, Index, Span, Wanted, What},
    model::{Recording, RecordingId, Sort, SortKey, Status},
};

const ROWS: usize = 100_000;
const DAY: i64 = 86_400_000;
const NEWEST: [Sort; 1] = [Sort { key: SortKey::Date, descending: true }];

/// Letters and digits that look random and are the same in each run.
struct Letters(u64);

impl Letters {
    fn next(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| {
                self.0 =
                    self.0.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
                char::from(b"abcdefghijklmnopqrstuvwxyz0123456789"[(self.0 >> 33) as usize % 36])
            })
            .collect()
    }
}

/// As the sample server makes them: 42 rooms, two years, ids and file names that begin with the room's id.
fn recordings(count: usize, seed: u64) -> Vec<Recording> {
    let mut letters = Letters(seed);
    let subjects = ["Calculus", "Biology lab", "Spanish B1", "Team retro", "Webinar", "Town hall"];
    let rooms: Vec<(String, String)> = (0..42)
        .map(|n| {
            let name = format!("{} {}", subjects[n % 6], n / 6);
            let id = format!("{}-{}", name.to_lowercase().replace(' ', "_"), letters.next(15));
            (name, id)
        })
        .collect();
    (0..count)
        .filter_map(|n| {
            let (room_name, room_id) = rooms[n * 31 % 42].clone();
            let uid = letters.next(15);
            let id = RecordingId::new(format!("{room_id}--EG_{}--{uid}", letters.next(12)))?;
            let started = 1_700_000_000_000 + (n as i64 * 7919 % 100_003) * 600_000;
            Some(Recording {
                file_name: Some(format!("{room_id}--{uid}.mp4")),
                room_name: Some(room_name),
                room_id: Some(room_id),
                status: Status::Ready,
                started_at: Some(started),
                ended_at: Some(started + 720_000),
                duration: Some([5000, 30_000, 60_000, 720_000, 1_200_000][n % 5]),
                size: Some(1_000_000 + n as u64 % 5 * 777_777),
                layout: Some("grid".into()),
                encoding: Some("H264_720P_30".into()),
                ..Recording::new(id)
            })
        })
        .collect()
}

fn index() -> Index {
    let mut index = Index::new(str::to_lowercase);
    for it in recordings(ROWS, 1) {
        index.put(it);
    }
    index
}

fn words(text: &str) -> Criteria {
    let word = |word: &str| Wanted { is_not: false, what: What::Word(word.to_owned()) };
    Criteria { terms: text.split(' ').map(word).collect(), ..Criteria::default() }
}

fn day_of(date: i64) -> Range<i64> {
    let start = date.div_euclid(DAY) * DAY;
    start..start + DAY
}

fn arrange(arranger: &mut Arranger, index: &Index, criteria: &Criteria, sort: &[Sort]) -> usize {
    arranger.arrange(index, criteria, sort, None, &day_of).slots.len()
}

fn warm(index: &Index, text: &str) -> Arranger {
    let mut arranger = Arranger::default();
    arrange(&mut arranger, index, &words(text), &NEWEST);
    arranger
}

fn index_rows(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("100,000 recordings");
    group.sample_size(10);
    let rows = recordings(ROWS, 1);
    group.bench_function("insert", |bencher| {
        let insert = |rows: Vec<Recording>| {
            let mut index = Index::new(str::to_lowercase);
            for it in rows {
                index.put(it);
            }
            index
        };
        bencher.iter_batched(|| rows.clone(), insert, BatchSize::LargeInput);
    });
    let index = index();
    let saved = index.save();
    group.bench_function("save", |bencher| bencher.iter(|| index.save()));
    group.bench_function("load", |bencher| {
        bencher.iter(|| Index::load(black_box(&saved), str::to_lowercase));
    });
}

fn search(criterion: &mut Criterion) {
    let index = index();
    let mut group = criterion.benchmark_group("search 100,000");
    for text in ["a", "eg_", "zq7", "webinar", "calculus zq", "thermodynamiks", "mp4"] {
        group.bench_function(format!("cold: {text}"), |bencher| {
            let search =
                |mut arranger: Arranger| arrange(&mut arranger, &index, &words(text), &NEWEST);
            bencher.iter_batched(|| warm(&index, ""), search, BatchSize::LargeInput);
        });
    }
    for (before, after) in
        [("", "c"), ("w", "we"), ("a", "ab"), ("webina", "webinar"), ("calc z", "calc zq")]
    {
        group.bench_function(format!("one more letter: {before} -> {after}"), |bencher| {
            let search =
                |mut arranger: Arranger| arrange(&mut arranger, &index, &words(after), &NEWEST);
            bencher.iter_batched(|| warm(&index, before), search, BatchSize::LargeInput);
        });
    }
}

fn sort(criterion: &mut Criterion) {
    let index = index();
    let mut group = criterion.benchmark_group("sort 100,000");
    for key in [SortKey::Room, SortKey::Date, SortKey::Duration, SortKey::Size] {
        let sort = [Sort { key, descending: true }];
        let all = Criteria::default();
        group.bench_function(format!("cold: {key:?}"), |bencher| {
            bencher.iter(|| arrange(&mut Arranger::default(), &index, &all, &sort));
        });
        group.bench_function(format!("warm: {key:?}"), |bencher| {
            let mut arranger = Arranger::default();
            bencher.iter(|| arrange(&mut arranger, &index, &all, &sort));
        });
    }
    for by in [Group::Day, Group::Room] {
        group.bench_function(format!("group by {by:?}, by size"), |bencher| {
            let mut arranger = Arranger::default();
            let sort = [Sort { key: SortKey::Size, descending: true }];
            bencher
                .iter(|| arranger.arrange(&index, &Criteria::default(), &sort, Some(by), &day_of));
        });
    }
}

fn follow(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("follow 100,000");
    group.bench_function("a page of 100 new rows", |bencher| {
        let mut index = index();
        let mut arranger = warm(&index, "web");
        let mut seed = 2;
        bencher.iter_custom(|times| {
            let mut taken = std::time::Duration::ZERO;
            for _ in 0..times {
                seed += 1;
                let slots: Vec<_> =
                    recordings(100, seed).into_iter().map(|it| index.put(it).slot).collect();
                let start = std::time::Instant::now();
                black_box(arrange(&mut arranger, &index, &words("web"), &NEWEST));
                taken += start.elapsed();
                for slot in slots {
                    index.remove(slot);
                }
                arrange(&mut arranger, &index, &words("web"), &NEWEST);
            }
            taken
        });
    });
    group.bench_function("counts", |bencher| {
        let index = index();
        let mut arranger = warm(&index, "web");
        let bands = |step: u64| {
            (0..5)
                .map(|n| Span { from: Some(n * step), to: Some((n + 1) * step) })
                .collect::<Vec<_>>()
        };
        let dates = [1, 7, 30, 365]
            .map(|days| Span { from: Some(1_760_000_000_000 - days * DAY), to: None });
        let bands =
            Bands { dates: dates.into(), durations: bands(300_000), sizes: bands(1_000_000) };
        bencher.iter(|| arranger.counts(&index, &words("web"), &bands));
    });
}

criterion_group!(benches, index_rows, search, sort, follow);
criterion_main!(benches);
