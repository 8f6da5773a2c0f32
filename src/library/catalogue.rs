//! The recordings known, and how far the server's lists have been walked through to know them. There
//! is the list of all, and where the server can be asked for one room, that room's.

use std::{
    borrow::Cow,
    ops::Range,
    sync::{Mutex, PoisonError},
};

use super::{
    Arranger, Bands, Bits, Counts, Criteria, Fold, Group, GroupStart, Index, Order, Reach, Seen,
    Slot, Step, Walk,
};
use crate::model::{Cursor, Page, Query, Recording, RecordingId, Sort};

pub struct Library {
    index: Index,
    /// Remembers from one question to the next, which does not change the library.
    arranger: Mutex<Arranger>,
    all: Listing,
    /// Of one room, while that is asked for and the list of all is not known to its end.
    room: Option<Listing>,
    unreadable: usize,
}

/// One list of the server's, as far as it was walked through.
#[derive(Default)]
struct Listing {
    /// What it is the answer to: its next page is asked for in the same words.
    query: Query,
    walk: Option<Walk>,
    /// What was there of it before the walk.
    known: Bits,
    next: Option<Cursor>,
    total: Option<u64>,
    loops: bool,
    /// It goes on from what was kept, which may reach further than the walk.
    is_resumed: bool,
}

/// What a page brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// Recordings that were not known.
    pub new: usize,
    pub is_changed: bool,
}

impl Brought {
    fn put(&mut self, index: &mut Index, recording: Recording) -> Seen {
        let put = index.put(recording);
        self.new += usize::from(put.is_new);
        self.is_changed |= put.is_changed;
        Seen { slot: put.slot, is_news: put.is_changed }
    }
}

impl Listing {
    fn is_complete(&self) -> bool {
        self.walk.is_some() && self.next.is_none()
    }
}

impl Library {
    pub fn new(fold: Fold) -> Self {
        Self::of(Index::new(fold))
    }

    /// With what was kept from another day: no list has been asked for yet.
    pub fn of(index: Index) -> Self {
        Self {
            index,
            arranger: Mutex::default(),
            all: Listing::default(),
            room: None,
            unreadable: 0,
        }
    }

    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Adds the first page of a list that is asked for from its beginning.
    pub fn begin(&mut self, query: Query, page: Page<Recording>) -> Brought {
        let known = match &query.room {
            Some(room) => self.of_room(&room.0),
            None => self.index.slots().collect(),
        };
        let walk = Some(Walk::new(Reach::Full, self.index.end()));
        let listing = Listing { query, walk, known, ..Listing::default() };
        match &mut self.room {
            Some(room) => *room = listing,
            None => self.all = listing,
        }
        self.unreadable = 0;
        self.add(page)
    }

    /// As [`Self::begin`], on what was kept of the list of all. If that was the whole, then what is older
    /// than the first page without news is taken as it was.
    pub fn resume(&mut self, query: Query, page: Page<Recording>, was_whole: bool) -> Brought {
        let reach = if was_whole { Reach::UntilKnown } else { Reach::Full };
        let walk = Some(Walk::new(reach, self.index.end()));
        let known = self.index.slots().collect();
        self.all = Listing { query, walk, known, is_resumed: true, ..Listing::default() };
        self.add(page)
    }

    /// Adds the page that [`Self::next`] led to. A recording that came before is updated in place: pages
    /// shift while recordings come and go. A list that repeats itself would never end, so it ends there.
    pub fn add(&mut self, page: Page<Recording>) -> Brought {
        let mut brought = Brought::default();
        let seen: Vec<Seen> = page
            .items
            .into_iter()
            .map(|recording| brought.put(&mut self.index, recording))
            .collect();
        self.unreadable += page.unreadable;
        let listing = self.listing_mut();
        listing.total = page.total.or(listing.total);
        let step = listing.walk.as_mut().map(|walk| walk.took(&seen, page.next));
        listing.loops = step == Some(Step::Loops);
        listing.next = match step {
            Some(Step::Next(cursor)) => Some(cursor),
            _ => None,
        };
        brought
    }

    /// Adds what the list has on its first page now, without walking it again.
    pub fn look(&mut self, page: Page<Recording>) -> Brought {
        let mut brought = Brought::default();
        for recording in page.items {
            brought.put(&mut self.index, recording);
        }
        let listing = self.listing_mut();
        listing.total = page.total.or(listing.total);
        brought
    }

    /// What was known of the list before the walk, and the walk has not come across. Nothing where the
    /// server went round in circles: who knows what it has left out.
    pub fn missing(&self) -> Vec<RecordingId> {
        let listing = self.listing();
        let Some(walk) = listing.walk.as_ref().filter(|_| !listing.loops) else {
            return Vec::new();
        };
        let mut missing = listing.known.clone();
        if listing.is_resumed {
            missing = walk.missing(&missing);
        }
        missing.and_not(walk.seen());
        missing
            .iter()
            .filter(|slot| self.index.has(*slot))
            .filter_map(|slot| self.id(slot))
            .collect()
    }

    /// Recordings that the walk came across, this time or before they were kept.
    pub fn walked(&self) -> usize {
        let listing = self.listing();
        let Some(walk) = &listing.walk else { return 0 };
        let mut walked = walk.seen().clone();
        if listing.is_resumed {
            walked.or(&listing.known);
        }
        walked.count()
    }

    /// Asks for the list of one room from now on, or for that of all again.
    pub fn narrow(&mut self, to_room: bool) {
        self.room = to_room.then(Listing::default);
    }

    pub fn is_narrowed(&self) -> bool {
        self.room.is_some()
    }

    /// The list of all is known to its end, and so is every part of it.
    pub fn has_all(&self) -> bool {
        self.all.is_complete()
    }

    /// Whether any of the list at hand has been asked for.
    pub fn is_begun(&self) -> bool {
        self.listing().walk.is_some()
    }

    fn listing(&self) -> &Listing {
        self.room.as_ref().unwrap_or(&self.all)
    }

    fn listing_mut(&mut self) -> &mut Listing {
        self.room.as_mut().unwrap_or(&mut self.all)
    }

    /// What the list at hand is the answer to.
    pub fn query(&self) -> &Query {
        &self.listing().query
    }

    /// Where to go on; `None` when the server has no more.
    pub fn next(&self) -> Option<&Cursor> {
        self.listing().next.as_ref()
    }

    /// Whether the server has, or may have, more of the list at hand.
    pub fn is_partial(&self) -> bool {
        !self.listing().is_complete()
    }

    /// How many the server has, where it counts them.
    pub fn total(&self) -> Option<u64> {
        self.listing().total
    }

    /// Whether the list ended because the server repeated itself.
    pub fn loops(&self) -> bool {
        self.listing().loops
    }

    /// How many rows came that could not be read.
    pub fn unreadable(&self) -> usize {
        self.unreadable
    }

    /// Goes on from another place than the server said.
    pub fn move_next(&mut self, change: impl FnOnce(Cursor) -> Cursor) {
        let listing = self.listing_mut();
        listing.next = listing.next.take().map(change);
    }

    /// Updates a recording that is there; one that is not is of no interest any more.
    pub fn update(&mut self, recording: Recording) {
        if self.index.find(recording.id.as_str()).is_some() {
            self.index.put(recording);
        }
    }

    /// The slot it had.
    pub fn remove(&mut self, id: &RecordingId) -> Option<Slot> {
        let slot = self.find(id).filter(|slot| self.index.remove(*slot))?;
        let listing = self.listing_mut();
        listing.total = listing.total.map(|total| total.saturating_sub(1));
        Some(slot)
    }

    pub fn find(&self, id: &RecordingId) -> Option<Slot> {
        self.index.find(id.as_str())
    }

    pub fn get(&self, slot: Slot) -> Option<Recording> {
        self.index.get(slot)
    }

    pub fn id(&self, slot: Slot) -> Option<RecordingId> {
        RecordingId::new(self.index.id(slot))
    }

    pub fn title(&self, slot: Slot) -> String {
        self.index.title(slot).to_owned()
    }

    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// How many of the list at hand are known.
    pub fn held(&self) -> usize {
        if self.is_narrowed() { self.walked() } else { self.len() }
    }

    pub fn is_empty(&self) -> bool {
        self.index.len() == 0
    }

    pub fn in_progress(&self) -> Vec<RecordingId> {
        let slots = self.index.slots().filter(|slot| self.index.status(*slot).is_in_progress());
        slots.filter_map(|slot| self.id(slot)).collect()
    }

    fn of_room(&self, room: &str) -> Bits {
        self.index.slots().filter(|slot| self.index.room_id(*slot) == Some(room)).collect()
    }

    /// Which rows are shown and in what order, without those in `hidden`.
    pub fn arrange(
        &self,
        criteria: &Criteria,
        sort: &[Sort],
        group: Option<Group>,
        day_of: &dyn Fn(i64) -> Range<i64>,
        hidden: &Bits,
    ) -> Order {
        let mut arranger = self.arranger.lock().unwrap_or_else(PoisonError::into_inner);
        let mut order = arranger.arrange(&self.index, criteria, sort, group, day_of);
        let is_all = *criteria == Criteria::default() && group.is_none();
        let mut hidden = Cow::Borrowed(hidden);
        if let Some(sorted) = self.sorted_by_server(sort).filter(|_| is_all) {
            let mut others = Bits::full(self.index.end());
            others.and_not(sorted);
            others.or(&hidden);
            hidden = Cow::Owned(others);
        }
        if !hidden.is_empty() {
            order.leave_out(&hidden);
        }
        order
    }

    /// The beginning of the list in the server's order, while there is more of it: what else is known
    /// belongs somewhere behind it, with what is not known in between.
    fn sorted_by_server(&self, sort: &[Sort]) -> Option<&Bits> {
        let listing = self.listing();
        let is_asked = listing.query.sort.is_some() && listing.query.sort == sort.first().copied();
        let walk = listing.walk.as_ref().filter(|_| is_asked && sort.len() == 1);
        walk.filter(|_| listing.next.is_some()).map(Walk::seen)
    }

    pub fn counts(&self, criteria: &Criteria, bands: &Bands) -> Counts {
        let mut arranger = self.arranger.lock().unwrap_or_else(PoisonError::into_inner);
        arranger.counts(&self.index, criteria, bands)
    }
}

impl Order {
    fn leave_out(&mut self, hidden: &Bits) {
        let mut groups = std::mem::take(&mut self.groups).into_iter().peekable();
        let mut shown = Vec::with_capacity(self.slots.len());
        let mut begun = None;
        for (at, slot) in self.slots.iter().enumerate() {
            while let Some(group) = groups.next_if(|group| group.at <= at) {
                begun = Some(group);
            }
            if !hidden.has(*slot) {
                if let Some(group) = begun.take() {
                    self.groups.push(GroupStart { at: shown.len(), ..group });
                }
                shown.push(*slot);
            }
        }
        self.slots = shown;
    }
}

#[cfg(test)]
mod tests;
