use std::collections::BTreeMap;

use proptest::{option, prelude::*};

use super::*;
use crate::model::{FailureKind, Page, Query, Recording, Room, RoomStatus, Status};

const DAY: i64 = 86_400_000;
/// 2027-01-15, 08:00 UTC.
const NOW: i64 = 1_800_000_000_000;

/// Months of UTC, counted from a March so that leap days come last.
fn month_of(ms: i64) -> MonthKey {
    let days = ms.div_euclid(DAY) + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let is_next_year = month >= 10;
    let year = (era * 400 + year) as i32 + i32::from(is_next_year);
    MonthKey { year, month: if is_next_year { month - 9 } else { month + 3 } as u8 }
}

fn page<T>(items: Vec<T>) -> Page<T> {
    Page { items, ..Page::EMPTY }
}

fn library(recordings: Vec<Recording>) -> Library {
    let mut library = Library::new(str::to_lowercase);
    library.begin(Query::default(), page(recordings));
    library
}

fn rooms(list: Vec<Room>) -> Rooms {
    let mut rooms = Rooms::new(str::to_lowercase);
    rooms.begin(page(list));
    rooms
}

fn overview(recordings: Vec<Recording>, list: Vec<Room>) -> Overview {
    Overview::of(&library(recordings), &rooms(list), NOW, &month_of)
}

#[test]
fn nothing_is_no_trouble() {
    let it = overview(Vec::new(), Vec::new());
    assert_eq!((it.recordings, it.size, it.by_room.len()), (0, Sum::default(), 0));
    let months: Vec<(i32, u8)> =
        it.by_month.iter().map(|it| (it.month.year, it.month.month)).collect();
    assert_eq!(months[..2], [(2026, 2), (2026, 3)]);
    assert_eq!(months[10..], [(2026, 12), (2027, 1)]);
    assert!(!it.is_partial && !it.are_rooms_partial);
    let unknown = Library::new(str::to_lowercase);
    let it = Overview::of(&unknown, &Rooms::new(str::to_lowercase), NOW, &month_of);
    assert!(it.is_partial && it.are_rooms_partial);
}

#[test]
fn what_wants_looking_after_is_named_in_its_order() {
    let failed = |n: i64| Recording {
        status: Status::Failed(FailureKind::Aborted),
        started_at: (n > 0).then_some(NOW + n),
        ..Recording::bare(&n.to_string())
    };
    let expiring = |id: &str, days: i64, status| {
        let mut room = Room::bare(id);
        room.settings.deletes_at = Some(NOW + days * DAY);
        room.status = Some(status);
        room
    };
    let it = overview(
        [3, 0, 6, 1, 5, 4, 2].map(failed).to_vec(),
        vec![
            expiring("a", 7, RoomStatus::Open),
            expiring("b", 8, RoomStatus::Active),
            expiring("c", -1, RoomStatus::Closed),
        ],
    );
    assert_eq!(it.failed, [2, 4, 5, 0, 6].map(Slot));
    assert_eq!((it.failed_count, it.expiring_count), (7, 2));
    assert_eq!(it.expiring, [2, 0].map(Slot));
    assert_eq!((it.rooms, it.active_rooms), (3, 1));
}

#[test]
fn a_room_is_called_as_it_is_called_now() {
    let recording = |id: &str, room: &str, name: Option<&str>| Recording {
        room_id: Some(room.into()),
        room_name: name.map(Into::into),
        ..Recording::bare(id)
    };
    let known = Room { name: Some("New".into()), ..Room::bare("r") };
    let it = overview(
        vec![
            recording("1", "r", Some("Old")),
            recording("2", "s", Some("Gone")),
            recording("3", "t", None),
        ],
        vec![known],
    );
    let titles: Vec<&str> = it.by_room.iter().map(|room| room.title.as_str()).collect();
    assert_eq!(titles, ["New", "Gone", "t"]);
}

prop_compose! {
    fn any_recording()(
        room in option::of(0..12_u8),
        date in option::of(NOW - 500 * DAY..NOW + 40 * DAY),
        duration in option::of(0..9_u64),
        size in option::of(0..99_u64),
    ) -> Recording {
        Recording {
            room_id: room.map(|room| room.to_string()),
            started_at: date,
            duration,
            size,
            ..Recording::bare("x")
        }
    }
}

proptest! {
    #[test]
    fn every_recording_is_in_every_sum_once(
        mut recordings in prop::collection::vec(any_recording(), 0..60),
    ) {
        for (n, recording) in recordings.iter_mut().enumerate() {
            recording.id = Recording::bare(&n.to_string()).id;
        }
        let it = overview(recordings.clone(), Vec::new());
        let size: u64 = recordings.iter().filter_map(|it| it.size).sum();
        prop_assert_eq!(it.size.total.unwrap_or(0), size);

        let of_rooms: u64 = it.by_room.iter().map(|room| room.size).sum();
        prop_assert_eq!(of_rooms + it.others.size, size);
        let of_rooms: usize = it.by_room.iter().map(|room| room.recordings).sum();
        prop_assert_eq!(of_rooms + it.others.recordings, recordings.len());
        prop_assert!(it.by_room.is_sorted_by(|a, b| a.size >= b.size));

        let mut months: BTreeMap<MonthKey, (usize, u64)> = BTreeMap::new();
        for recording in &recordings {
            if let Some(date) = recording.started_at {
                let month = months.entry(month_of(date.min(NOW))).or_default();
                month.0 += 1;
                month.1 += recording.size.unwrap_or(0);
            }
        }
        for month in &it.by_month {
            let expected = months.get(&month.month).copied().unwrap_or_default();
            prop_assert_eq!((month.recordings, month.size), expected);
        }
        prop_assert_eq!(it.by_month.len(), MONTHS);
        prop_assert_eq!(it.by_month.last().map(|month| month.size_so_far), Some(size));

        let mut by_duration: Vec<(u64, usize)> =
            recordings.iter().enumerate().map(|(n, it)| (it.duration.unwrap_or(0), n)).collect();
        by_duration.retain(|(duration, _)| *duration > 0);
        by_duration.sort_by_key(|(duration, _)| std::cmp::Reverse(*duration));
        by_duration.truncate(MOST);
        let longest: Vec<Slot> = by_duration.iter().map(|(_, n)| Slot(*n as u32)).collect();
        prop_assert_eq!(it.longest, longest);
    }
}
