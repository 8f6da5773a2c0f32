//! 100,000 rooms, natively: what a keystroke, a click on a header and the page at a glance cost. In the
//! browser the same code takes about three times as long.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use meet_recordings::{
    library::{Bits, Library},
    model::{Page, Query, Recording, RecordingId, Room, RoomStatus},
    rooms::{MonthKey, Overview, RoomSort, RoomSortKey, RoomView, Rooms, Tallies},
};

const ROWS: usize = 100_000;
const NOW: i64 = 1_800_000_000_000;
const HOUR: i64 = 3_600_000;

fn id(n: usize) -> String {
    // The same in each run, and in no order.
    let digits = (n as u64).wrapping_mul(0x5851_f42d_4c95_7f2d) >> 16;
    format!("{}-{digits:012x}", ["calculus", "biology_lab", "spanish_b1", "retro"][n % 4])
}

fn room(n: usize) -> Room {
    let subject = ["Calculus", "Biology lab", "Espa\u{f1}ol B1", "Retro"][n % 4];
    let mut room = Room {
        name: Some(format!("{subject} {}", n / 4)),
        owner: Some(format!("teacher{}", n % 300)),
        status: Some([RoomStatus::Open, RoomStatus::Active, RoomStatus::Closed][n % 3].clone()),
        created_at: Some(NOW - (n as i64 * 7919 % 100_003) * HOUR / 6),
        ..Room::bare(id(n))
    };
    room.settings.deletes_at = n.is_multiple_of(5).then_some(NOW + n as i64 % 900 * HOUR);
    room
}

fn page<T>(items: Vec<T>) -> Page<T> {
    Page { items, ..Page::EMPTY }
}

fn rooms() -> Rooms {
    let mut rooms = Rooms::new(str::to_lowercase);
    rooms.begin(page((0..ROWS).map(room).collect()));
    rooms
}

/// Of 20,000 of the rooms.
fn library() -> Library {
    let recording = |n: usize| {
        Some(Recording {
            room_id: Some(id(n % 20_000)),
            started_at: Some(NOW - (n as i64 * 7919 % 100_003) * HOUR / 6),
            duration: Some(n as u64 % 7_000_000),
            size: Some(n as u64 % 900_000_000),
            ..Recording::new(RecordingId::new(n.to_string())?)
        })
    };
    let mut library = Library::new(str::to_lowercase);
    library.begin(Query::default(), page((0..ROWS).filter_map(recording).collect()));
    library
}

fn view(search: &str, key: RoomSortKey) -> RoomView {
    let sort = vec![RoomSort { key, descending: true }];
    RoomView { search: search.to_owned(), sort, ..RoomView::default() }
}

fn arrange(rooms: &Rooms, view: &RoomView, tallies: &Tallies) -> usize {
    let criteria = view.criteria(str::to_lowercase);
    rooms.arrange(&criteria, &view.sort, tallies, &Bits::new(), NOW).slots.len()
}

fn lists(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("100,000 rooms");
    group.sample_size(10);
    let (mut rooms, library) = (rooms(), library());
    let tallies = Tallies::of(library.index());
    group.bench_function("count recordings by room", |bencher| {
        bencher.iter(|| Tallies::of(black_box(library.index())));
    });
    group.bench_function("a keystroke", |bencher| {
        // A text that was not asked for before, each time.
        let mut n = 0;
        bencher.iter(|| {
            n += 1;
            arrange(&rooms, &view(&format!("b1 {n}"), RoomSortKey::Created), &tallies)
        });
    });
    group.bench_function("a slip", |bencher| {
        let mut n = 0;
        bencher.iter(|| {
            n += 1;
            arrange(&rooms, &view(&format!("bioligy{n}"), RoomSortKey::Created), &tallies)
        });
    });
    for (name, key) in [
        ("created", RoomSortKey::Created),
        ("name", RoomSortKey::Name),
        ("size", RoomSortKey::Size),
    ] {
        group.bench_function(format!("after a change, by {name}"), |bencher| {
            let mut n = 0;
            bencher.iter(|| {
                n += 1;
                rooms.put(Room { participants: Some(n), ..room(0) });
                arrange(&rooms, &view("", key), &tallies)
            });
        });
    }
    group.bench_function("filters", |bencher| {
        let view =
            RoomView { expiring: true, recordings: Some(true), ..view("", RoomSortKey::Created) };
        bencher.iter(|| arrange(&rooms, &view, &tallies));
    });
    group.bench_function("overview of 100,000 recordings", |bencher| {
        // Months of 30 days.
        let month_of = |ms: i64| {
            let months = ms.div_euclid(30 * 24 * HOUR);
            MonthKey { year: (months / 12) as i32, month: (months % 12 + 1) as u8 }
        };
        bencher.iter(|| Overview::of(&library, &rooms, NOW, &month_of));
    });
    group.finish();
}

criterion_group!(benches, lists);
criterion_main!(benches);
