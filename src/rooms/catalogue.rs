//! The rooms known, and how far the server's list has been walked through to know them.

use std::sync::{Mutex, PoisonError};

use super::{RoomCriteria, RoomSort, Tallies, arranger::Arranger, rows::Rows};
use crate::{
    library::{Bits, Brought, Fold, Order, Reach, Seen, Slot, Step, Table, Walk, hash},
    model::{Cursor, EndAction, Page, Room, RoomId, RoomOutcome, RoomReport, RoomStatus},
};

pub struct Rooms {
    /// By their slots.
    rooms: Vec<Option<Room>>,
    slots: Table,
    rows: Rows,
    /// Remembers from one question to the next, which does not change the rooms.
    arranger: Mutex<Arranger>,
    walk: Option<Walk>,
    /// What was there before the walk.
    known: Bits,
    next: Option<Cursor>,
    total: Option<u64>,
    unreadable: usize,
    loops: bool,
}

impl Rooms {
    pub fn new(fold: Fold) -> Self {
        Self {
            rooms: Vec::new(),
            slots: Table::default(),
            rows: Rows::new(fold),
            arranger: Mutex::default(),
            walk: None,
            known: Bits::new(),
            next: None,
            total: None,
            unreadable: 0,
            loops: false,
        }
    }

    /// Adds the first page of the list, which is asked for from its beginning.
    pub fn begin(&mut self, page: Page<Room>) -> Brought {
        self.walk = Some(Walk::new(Reach::Full, self.rooms.len() as u32));
        self.known = self.rows.live().clone();
        self.total = None;
        self.unreadable = 0;
        self.take(page, None)
    }

    /// Adds the page that `asked` led to, which is what [`Self::next`] said. Any other is of a walk that
    /// was given up, and left.
    pub fn add(&mut self, page: Page<Room>, asked: &Cursor) -> Brought {
        if self.next.as_ref() != Some(asked) {
            return Brought::default();
        }
        self.take(page, Some(asked))
    }

    /// A room that came before is updated in place: pages shift while rooms come and go. What was
    /// known and has not come when the list ends is gone, unless the server went round in circles.
    fn take(&mut self, page: Page<Room>, asked: Option<&Cursor>) -> Brought {
        let mut brought = Brought::default();
        let seen: Vec<Seen> = page
            .items
            .into_iter()
            .map(|room| {
                let end = self.rooms.len();
                let (slot, is_changed) = self.set(room);
                brought.new += usize::from(slot.at() == end);
                brought.is_changed |= is_changed;
                Seen { slot, is_news: is_changed }
            })
            .collect();
        self.unreadable += page.unreadable;
        self.total = page.total.or(self.total);
        let step = match page.next {
            // The first of a server's two lists may be empty: plugNmeet's live sessions.
            Some(next) if asked.is_none() && seen.is_empty() => Some(Step::Next(next)),
            next => self.walk.as_mut().map(|walk| walk.took(&seen, next)),
        };
        self.loops = step == Some(Step::Loops);
        let is_done = step == Some(Step::Done);
        self.next = match step {
            Some(Step::Next(cursor)) => Some(cursor),
            _ => None,
        };
        if is_done {
            brought.is_changed |= self.remove_missing();
        }
        brought
    }

    fn remove_missing(&mut self) -> bool {
        let mut missing = std::mem::take(&mut self.known);
        missing.and(self.rows.live());
        if let Some(walk) = &self.walk {
            missing.and_not(walk.seen());
        }
        missing.iter().for_each(|slot| self.clear(slot));
        !missing.is_empty()
    }

    /// Adds a room or updates it in place: one that was made, or what `RoomProvider::get` brought.
    pub fn put(&mut self, room: Room) -> Slot {
        let end = self.rooms.len();
        let (slot, _) = self.set(room);
        // While there is more of the list, its total may have counted it.
        if slot.at() == end && !self.is_partial() {
            self.total = self.total.map(|total| total + 1);
        }
        slot
    }

    /// The slot it had.
    pub fn remove(&mut self, id: &RoomId) -> Option<Slot> {
        let slot = self.find(id)?;
        self.clear(slot);
        self.total = self.total.map(|total| total.saturating_sub(1));
        Some(slot)
    }

    /// What a deletion has done to the rooms, as far as its answer says. `ends`: see `RoomDeletion`.
    pub fn settle(&mut self, report: &RoomReport, ends: bool) {
        for (id, outcome) in &report.outcomes {
            let is_gone = matches!(outcome, RoomOutcome::Deleted { .. } | RoomOutcome::AlreadyGone);
            if is_gone && !ends {
                self.remove(id);
                continue;
            }
            let Some(mut room) = self.find(id).and_then(|slot| self.get(slot)).cloned() else {
                continue;
            };
            match outcome {
                RoomOutcome::Deleted { .. } | RoomOutcome::AlreadyGone => {
                    room.status = Some(RoomStatus::Ended);
                    room.is_recording = false;
                }
                RoomOutcome::Closed { .. } => {
                    room.status = Some(RoomStatus::Closed);
                    room.end_action = EndAction::None;
                    room.is_recording = false;
                }
                RoomOutcome::ToBeDeleted { .. } => room.end_action = EndAction::Delete,
                RoomOutcome::ToBeClosed => room.end_action = EndAction::Close,
                RoomOutcome::Refused(_) | RoomOutcome::Failed(_) => {}
            }
            self.set(room);
        }
    }

    pub fn get(&self, slot: Slot) -> Option<&Room> {
        self.rooms.get(slot.at())?.as_ref()
    }

    pub fn find(&self, id: &RoomId) -> Option<Slot> {
        let is_it = |slot: u32| self.get(Slot(slot)).is_some_and(|room| room.id == *id);
        self.slots.find(hash(id.0.as_bytes()), &is_it).map(Slot)
    }

    /// In order of arrival.
    pub fn iter(&self) -> impl Iterator<Item = (Slot, &Room)> {
        let rooms = self.rooms.iter().enumerate();
        rooms.filter_map(|(at, room)| Some((Slot(at as u32), room.as_ref()?)))
    }

    pub fn len(&self) -> usize {
        self.rows.live().count()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.live().is_empty()
    }

    /// Whether any of the list has been asked for.
    pub fn is_begun(&self) -> bool {
        self.walk.is_some()
    }

    /// Whether the server has, or may have, more.
    pub fn is_partial(&self) -> bool {
        self.walk.is_none() || self.next.is_some()
    }

    /// Where to go on; `None` when the server has no more.
    pub fn next(&self) -> Option<&Cursor> {
        self.next.as_ref()
    }

    /// How many the server has, where it counts them.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// How many rows came that could not be read.
    pub fn unreadable(&self) -> usize {
        self.unreadable
    }

    /// Whether the list ended because the server repeated itself.
    pub fn loops(&self) -> bool {
        self.loops
    }

    /// Which rooms are shown and in what order, without those in `hidden`. What has no value comes last
    /// in both directions; equal rooms keep their order of arrival. `now_ms` since 1970.
    pub fn arrange(
        &self,
        criteria: &RoomCriteria,
        sort: &[RoomSort],
        tallies: &Tallies,
        hidden: &Bits,
        now_ms: i64,
    ) -> Order {
        let mut arranger = self.arranger.lock().unwrap_or_else(PoisonError::into_inner);
        let tally =
            |slot: u32| self.get(Slot(slot)).map(|room| tallies.get(room)).unwrap_or_default();
        arranger.follow(&self.rows, tallies);
        let mut shown = arranger.matching(&self.rows, criteria, &tally, now_ms);
        shown.and_not(hidden);
        Order { slots: arranger.sort(&self.rows, sort, &tally, &shown), groups: Vec::new() }
    }

    /// Its slot, and whether it is new or no longer equal to what was there.
    fn set(&mut self, room: Room) -> (Slot, bool) {
        let found = self.find(&room.id);
        let slot = found.unwrap_or(Slot(self.rooms.len() as u32));
        if self.get(slot) == Some(&room) {
            return (slot, false);
        }
        self.rows.set(slot, &room);
        let hash_of_id = hash(room.id.0.as_bytes());
        match self.rooms.get_mut(slot.at()) {
            Some(place) => *place = Some(room),
            None => self.rooms.push(Some(room)),
        }
        if found.is_none() {
            let Self { slots, rooms, .. } = self;
            slots.add(hash_of_id, slot.0, &|slot| {
                let room = rooms.get(slot as usize).and_then(Option::as_ref);
                room.map_or(0, |room| hash(room.id.0.as_bytes()))
            });
        }
        (slot, true)
    }

    fn clear(&mut self, slot: Slot) {
        if let Some(room) = self.rooms.get_mut(slot.at()).and_then(Option::take) {
            self.slots.remove(hash(room.id.0.as_bytes()), slot.0);
            self.rows.remove(slot);
        }
    }
}

#[cfg(test)]
mod tests;
