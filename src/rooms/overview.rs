//! The whole at a glance: how much there is, where it lies, how it grows, and what wants looking after.

use super::{EXPIRING_MS, Rooms, tally::by_room};
use crate::{
    library::{Index, Library, Slot, StatusGroup, Sum, date_key, sums},
    model::RoomId,
};

const MOST_ROOMS: usize = 8;
const MONTHS: usize = 12;
/// Of the longest, the largest and so on.
const MOST: usize = 5;
/// Longer than any month, in ms.
const BEYOND_MONTH: i64 = 32 * 86_400_000;

/// A month of the reader's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MonthKey {
    pub year: i32,
    /// From 1.
    pub month: u8,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    pub recordings: usize,
    /// Milliseconds.
    pub duration: Sum,
    /// Bytes.
    pub size: Sum,
    pub rooms: usize,
    /// Rooms with a meeting going on.
    pub active_rooms: usize,
    /// Not all recordings are known yet.
    pub is_partial: bool,
    /// Not all rooms are known yet.
    pub are_rooms_partial: bool,
    /// The rooms with most bytes of recordings, the largest first.
    pub by_room: Vec<RoomShare>,
    /// All recordings that are in none of those.
    pub others: RoomShare,
    /// The last twelve months, the latest last.
    pub by_month: Vec<MonthShare>,
    /// In the library, the longest first.
    pub longest: Vec<Slot>,
    /// In the library, the largest first.
    pub largest: Vec<Slot>,
    /// In the library, the newest first.
    pub failed: Vec<Slot>,
    pub failed_count: usize,
    /// In the rooms, the soonest first.
    pub expiring: Vec<Slot>,
    pub expiring_count: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoomShare {
    /// Empty in [`Overview::others`].
    pub id: String,
    pub title: String,
    pub recordings: usize,
    /// Bytes.
    pub size: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthShare {
    pub month: MonthKey,
    pub recordings: usize,
    /// Bytes.
    pub size: u64,
    /// Bytes of this month and all before it.
    pub size_so_far: u64,
}

impl Overview {
    /// `now_ms` since 1970; `month_of` gives the local month of a moment. It is asked some hundred times,
    /// however many recordings there are: in a browser that is a `Date` each.
    pub fn of(
        library: &Library,
        rooms: &Rooms,
        now_ms: i64,
        month_of: &dyn Fn(i64) -> MonthKey,
    ) -> Self {
        let index = library.index();
        let mut it = Self {
            recordings: index.len(),
            is_partial: !library.has_all(),
            are_rooms_partial: rooms.is_partial(),
            ..Self::default()
        };
        (it.duration, it.size) =
            sums(index.slots().map(|slot| (index.duration(slot), index.size(slot))));
        it.look_at_recordings(index, &Months::until(now_ms, month_of));
        it.look_at_rooms(rooms, now_ms);
        it.share_out(index, rooms);
        it
    }

    fn look_at_recordings(&mut self, index: &Index, months: &Months) {
        let (mut longest, mut largest, mut failed) =
            (Top::default(), Top::default(), Top::default());
        let share =
            |month: &MonthKey| MonthShare { month: *month, recordings: 0, size: 0, size_so_far: 0 };
        self.by_month = months.keys.iter().map(share).collect();
        let mut size_so_far = 0_u64;
        for slot in index.slots() {
            let (date, size) = (index.date(slot), index.size(slot));
            longest.add(index.duration(slot).unwrap_or(0), slot);
            largest.add(size.unwrap_or(0), slot);
            if StatusGroup::Failed.has(&index.status(slot)) {
                self.failed_count += 1;
                failed.add(date.map_or(1, |date| date_key(Some(date))), slot);
            }
            let month = date.and_then(|date| months.place(date));
            match month.and_then(|place| self.by_month.get_mut(place)) {
                Some(month) => {
                    month.recordings += 1;
                    month.size = month.size.saturating_add(size.unwrap_or(0));
                }
                None => size_so_far = size_so_far.saturating_add(size.unwrap_or(0)),
            }
        }
        for month in &mut self.by_month {
            size_so_far = size_so_far.saturating_add(month.size);
            month.size_so_far = size_so_far;
        }
        (self.longest, self.largest, self.failed) =
            (longest.slots(), largest.slots(), failed.slots());
    }

    fn look_at_rooms(&mut self, rooms: &Rooms, now_ms: i64) {
        let latest = now_ms.saturating_add(EXPIRING_MS);
        let mut soonest = Top::default();
        for (slot, room) in rooms.iter() {
            self.rooms += 1;
            self.active_rooms += usize::from(room.is_active());
            if let Some(date) = room.settings.deletes_at.filter(|date| *date <= latest) {
                self.expiring_count += 1;
                soonest.add(u64::MAX - date_key(Some(date)), slot);
            }
        }
        self.expiring = soonest.slots();
    }

    fn share_out(&mut self, index: &Index, rooms: &Rooms) {
        let mut shares = by_room(index);
        shares.sort_by_key(|(_, tally)| {
            (std::cmp::Reverse(tally.size), std::cmp::Reverse(tally.recordings))
        });
        shares.truncate(MOST_ROOMS);
        self.others.recordings = self.recordings;
        self.others.size = self.size.total.unwrap_or(0);
        for (slot, tally) in shares {
            let id = index.room_id(slot).unwrap_or_default().to_owned();
            // A room knows its name better than what was recorded in it once.
            let known = rooms.find(&RoomId(id.clone())).and_then(|slot| rooms.get(slot));
            let name = index.room_name(slot).map(str::trim).filter(|name| !name.is_empty());
            let title = known.map(|room| room.title()).or(name).unwrap_or(&id).to_owned();
            self.others.recordings -= tally.recordings;
            self.others.size = self.others.size.saturating_sub(tally.size);
            let (recordings, size) = (tally.recordings, tally.size);
            self.by_room.push(RoomShare { id, title, recordings, size });
        }
    }
}

/// The months shown, the latest last.
struct Months {
    keys: Vec<MonthKey>,
    /// When each begins.
    starts: Vec<i64>,
}

impl Months {
    fn until(now_ms: i64, month_of: &dyn Fn(i64) -> MonthKey) -> Self {
        let (mut keys, mut starts) = (Vec::new(), Vec::new());
        let mut last = now_ms;
        for _ in 0..MONTHS {
            let month = month_of(last);
            // The first moment of the month is after `before` and not after `start`.
            let (mut before, mut start) = (last.saturating_sub(BEYOND_MONTH), last);
            while start - before > 1 {
                let middle = before + (start - before) / 2;
                if month_of(middle) < month { before = middle } else { start = middle }
            }
            keys.push(month);
            starts.push(start);
            last = start - 1;
        }
        keys.reverse();
        starts.reverse();
        Self { keys, starts }
    }

    /// What is of the future, as when the server's clock is ahead, is of the last; `None` before the first.
    fn place(&self, date: i64) -> Option<usize> {
        self.starts.partition_point(|start| *start <= date).checked_sub(1)
    }
}

/// The few with the largest values; of equal ones the first.
#[derive(Default)]
struct Top(Vec<(u64, Slot)>);

impl Top {
    /// 0 is no value.
    fn add(&mut self, value: u64, slot: Slot) {
        let is_full = self.0.len() == MOST;
        if value == 0 || is_full && self.0.last().is_some_and(|last| last.0 >= value) {
            return;
        }
        let at = self.0.partition_point(|other| other.0 >= value);
        self.0.insert(at, (value, slot));
        self.0.truncate(MOST);
    }

    fn slots(self) -> Vec<Slot> {
        self.0.into_iter().map(|(_, slot)| slot).collect()
    }
}

#[cfg(test)]
mod tests;
