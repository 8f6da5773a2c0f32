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
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        library::{GroupKey, View},
        model::{RoomId, SortKey},
    };

    fn library(ids: &[&str]) -> Library {
        let mut library = Library::new(str::to_lowercase);
        library.begin(Query::default(), page(ids, None));
        library
    }

    fn page(ids: &[&str], next: Option<&str>) -> Page<Recording> {
        Page {
            items: ids.iter().map(|id| Recording::bare(id)).collect(),
            next: next.map(|text| Cursor(text.into())),
            total: None,
            unreadable: 1,
        }
    }

    fn id(text: &str) -> RecordingId {
        RecordingId::new(text).unwrap()
    }

    fn ids(library: &Library) -> Vec<String> {
        library.index().slots().map(|slot| library.index().id(slot)).collect()
    }

    #[test]
    fn pages_that_overlap_show_each_recording_once() {
        let mut library = Library::new(str::to_lowercase);
        library.begin(Query::default(), page(&["a", "b", "b"], Some("1")));
        library.add(page(&["b", "c"], None));
        assert_eq!(ids(&library), ["a", "b", "c"]);
        assert_eq!(library.unreadable(), 2);
        assert_eq!(library.next(), None);
        assert!(!library.is_partial() && library.has_all());
    }

    #[test]
    fn a_list_that_goes_round_ends_and_nothing_is_taken_for_gone() {
        let mut library = library(&["z"]);
        library.begin(Query::default(), page(&["a"], Some("1")));
        library.add(page(&["b"], Some("2")));
        assert_eq!(library.next(), Some(&Cursor("2".into())));
        library.add(page(&["a", "b"], Some("1")));
        assert!(library.loops());
        assert_eq!(library.next(), None);
        assert_eq!(library.missing(), []);
    }

    #[test]
    fn what_a_walk_does_not_come_across_is_missing_and_what_came_since_is_not() {
        let mut library = library(&["a", "b", "c"]);
        library.begin(Query::default(), page(&["b"], Some("1")));
        library.look(page(&["n"], None));
        library.add(page(&["c"], None));
        assert_eq!(library.missing(), [id("a")]);
        assert_eq!(library.walked(), 2);
    }

    #[test]
    fn a_place_that_counts_rows_moves_when_rows_before_it_go() {
        let mut library = Library::new(str::to_lowercase);
        library
            .begin(Query::default(), Page { total: Some(9), ..page(&["a", "b", "c"], Some("3")) });
        let removed = ["a", "b", "x"].iter().filter_map(|it| library.remove(&id(it))).count();
        library.move_next(|cursor| Cursor(format!("{}-{removed}", cursor.0)));
        assert_eq!(library.next(), Some(&Cursor("3-2".into())));
        assert_eq!(library.total(), Some(7));
    }

    #[test]
    fn an_answer_about_a_row_that_is_gone_does_not_bring_it_back() {
        let mut library = library(&["a"]);
        library.update(Recording::bare("b"));
        assert_eq!(ids(&library), ["a"]);
    }

    #[test]
    fn of_an_order_of_the_servers_only_the_beginning_is_shown_while_there_is_more() {
        let mut library = library(&["a", "b"]);
        let sort = Sort { key: SortKey::Size, descending: true };
        let shown = |library: &Library, sort: &[Sort]| {
            let day_of = |ms: i64| ms..ms + 1;
            let order = library.arrange(&Criteria::default(), sort, None, &day_of, &Bits::new());
            order.slots.into_iter().map(|slot| library.index().id(slot)).collect::<Vec<_>>()
        };
        let query = Query { sort: Some(sort), ..Query::default() };
        library.begin(query, page(&["c"], Some("1")));
        assert_eq!(shown(&library, &[sort]), ["c"]);
        assert_eq!(shown(&library, &[View::NEWEST_FIRST]).len(), 3);
        library.add(page(&["a", "b"], None));
        assert_eq!(shown(&library, &[sort]).len(), 3);
    }

    #[test]
    fn a_rooms_list_is_walked_beside_that_of_all() {
        let mut library = Library::new(str::to_lowercase);
        library.begin(Query::default(), page(&["a"], Some("1")));
        library.narrow(true);
        assert!(library.is_partial() && !library.is_begun());
        let query = Query { room: Some(RoomId("r".into())), ..Query::default() };
        library.begin(query.clone(), page(&["b"], None));
        assert!(!library.is_partial() && !library.has_all());
        assert_eq!(library.query(), &query);
        library.narrow(false);
        assert_eq!(library.next(), Some(&Cursor("1".into())));
        assert_eq!(ids(&library), ["a", "b"]);
    }

    fn kept(ids: &[&str]) -> Library {
        let mut index = Index::new(str::to_lowercase);
        for id in ids {
            index.put(Recording::bare(id));
        }
        Library::of(index)
    }

    #[test]
    fn what_was_kept_whole_is_walked_to_the_first_page_without_news() {
        let mut library = kept(&["d", "c", "b", "a"]);
        library.resume(Query::default(), page(&["f", "e"], Some("1")), true);
        assert!(library.is_partial());
        library.add(page(&["d", "c"], Some("2")));
        assert!(library.has_all());
        assert_eq!(library.missing(), []);
        assert_eq!(library.len(), 6);
    }

    #[test]
    fn what_was_kept_is_missing_when_the_list_came_to_its_end_without_it() {
        let mut library = kept(&["c", "b", "a"]);
        library.resume(Query::default(), page(&["c", "a"], None), true);
        assert_eq!(library.missing(), [id("b")]);
    }

    #[test]
    fn what_was_kept_in_part_stays_and_counts_as_walked() {
        let mut library = kept(&["c", "b", "a"]);
        library.resume(Query::default(), page(&["d", "c"], Some("1")), false);
        assert!(library.is_partial());
        assert_eq!(library.missing(), []);
        assert_eq!((library.len(), library.walked()), (4, 4));
    }

    proptest! {
        /// Leaving rows out of a grouped order leaves no group empty and none at the wrong place.
        #[test]
        fn groups_stay_with_their_rows(
            dates in prop::collection::vec(0_i64..5, 0..40),
            hidden in prop::collection::btree_set(0_u32..40, 0..40),
        ) {
            let mut library = Library::new(str::to_lowercase);
            let items = dates.iter().enumerate().map(|(n, day)| Recording {
                started_at: Some(day * 10),
                ..Recording::bare(&n.to_string())
            });
            let page = Page { items: items.collect(), ..Page::EMPTY };
            library.begin(Query::default(), page);
            let day_of = |ms: i64| ms - ms % 10..ms - ms % 10 + 10;
            let hidden: Bits = hidden.into_iter().map(Slot).collect();
            let order = library.arrange(
                &Criteria::default(), &[View::NEWEST_FIRST], Some(Group::Day), &day_of, &hidden,
            );
            prop_assert!(order.slots.iter().all(|slot| !hidden.has(*slot)));
            let shown = (0..dates.len() as u32).filter(|slot| !hidden.has(Slot(*slot))).count();
            prop_assert_eq!(order.slots.len(), shown);
            let mut starts: Vec<usize> = order.groups.iter().map(|group| group.at).collect();
            for (n, slot) in order.slots.iter().enumerate() {
                let group = order.groups.iter().rfind(|group| group.at <= n).unwrap();
                prop_assert_eq!(group.key, GroupKey::Day(library.index().date(*slot).unwrap()));
            }
            starts.dedup();
            prop_assert_eq!(starts.len(), order.groups.len());
        }
    }
}
