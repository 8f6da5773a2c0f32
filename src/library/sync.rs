//! Going through a whole list in the background: how fast ([`Pace`]) and how far ([`Walk`]). It
//! sends nothing itself. Times are ms of a clock that never goes back.

use std::hash::{DefaultHasher, Hasher};

use super::{Bits, Slot};
use crate::{
    client::retry::wait_for,
    model::{Cursor, Error},
};

/// Between the starts of two requests: fewer than five a second, so that others have their share of
/// the server's limits.
const SHORTEST_BETWEEN: u64 = 250;
/// For a server that keeps saying it is too fast.
const LONGEST_BETWEEN: u64 = 2_000;
/// How much faster it gets with each answer.
const RECOVERY: u64 = 10;
/// The first wait after a failure; doubled with each further one.
const FIRST_WAIT: u64 = 1_000;
const LONGEST_WAIT: u64 = 60_000;

/// Whether there is any sense in sending now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// Nobody looks at the page.
    pub is_hidden: bool,
    pub is_offline: bool,
    /// The session has ended.
    pub is_signed_out: bool,
}

/// How fast background requests follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Ms between the starts of two requests.
    between: u64,
    /// Failures since the last answer.
    failures: u32,
    next_at: u64,
}

impl Default for Pace {
    fn default() -> Self {
        Self { between: SHORTEST_BETWEEN, failures: 0, next_at: 0 }
    }
}

impl Pace {
    /// Ms until the next request may start; `None` until the circumstances change.
    pub fn wait(&self, now: u64, circumstances: Circumstances) -> Option<u64> {
        let is_free = circumstances == Circumstances::default();
        is_free.then(|| self.next_at.saturating_sub(now))
    }

    /// A request starts.
    pub fn started(&mut self, now: u64) {
        self.next_at = now.saturating_add(self.between);
    }

    /// It was answered.
    pub fn answered(&mut self) {
        self.failures = 0;
        self.between = self.between.saturating_sub(RECOVERY).max(SHORTEST_BETWEEN);
    }

    /// It failed. Whether the same request is worth sending again, in its time; `chance` in
    /// `0.0..1.0` keeps those who failed together from coming back together.
    pub fn failed(&mut self, error: &Error, now: u64, chance: f64) -> bool {
        let wait = match error {
            Error::RateLimited { retry_after } => {
                self.between = (self.between * 2).min(LONGEST_BETWEEN);
                u64::from(wait_for(*retry_after, chance)) * 1000
            }
            // In time these may go away: a server that starts again, a network that comes back, a
            // session that is renewed (the circumstances say when).
            Error::SignedOut
            | Error::Offline
            | Error::Unreachable
            | Error::Interrupted
            | Error::TimedOut
            | Error::Server { .. }
            | Error::Unexpected(_) => {
                let wait = (FIRST_WAIT << self.failures.min(6)).min(LONGEST_WAIT);
                self.failures += 1;
                (wait - (wait as f64 * 0.25 * chance) as u64).max(FIRST_WAIT)
            }
            _ => return false,
        };
        self.next_at = self.next_at.max(now.saturating_add(wait));
        true
    }
}

/// How far a walk goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// To the end of the list.
    Full,
    /// To the first page without news. Sensible in a list that begins with the newest.
    UntilKnown,
}

/// What to do after a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Next(Cursor),
    Done,
    /// The server would go on for ever: a cursor came back, or a page brought nothing unseen.
    Loops,
}

/// A row of a page as it was put into the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    pub slot: Slot,
    /// It was not known, or not so.
    pub is_news: bool,
}

/// A way through a list, page by page. Nothing is lost when a request fails: it goes on where it
/// is.
#[derive(Clone, Debug)]
pub struct Walk {
    reach: Reach,
    /// Slots given out when it began.
    end: u32,
    seen: Bits,
    /// Hashes of the cursors that pages led to, ascending.
    cursors: Vec<u64>,
    next: Option<Cursor>,
    pages: u32,
    is_complete: bool,
}

impl Walk {
    /// `end` is `Index::end` now: what becomes known later, by other ways, is not missed.
    pub fn new(reach: Reach, end: u32) -> Self {
        Self {
            reach,
            end,
            seen: Bits::new(),
            cursors: Vec::new(),
            next: None,
            pages: 0,
            is_complete: false,
        }
    }

    /// What to ask for: the first page without a cursor.
    pub fn cursor(&self) -> Option<&Cursor> {
        self.next.as_ref()
    }

    /// What it came across.
    pub fn seen(&self) -> &Bits {
        &self.seen
    }

    /// Pages so far.
    pub fn pages(&self) -> u32 {
        self.pages
    }

    /// The page that [`Self::cursor`] led to, in its order, and the cursor it came with.
    pub fn took(&mut self, page: &[Seen], next: Option<Cursor>) -> Step {
        self.pages += 1;
        let (mut has_unseen, mut has_news) = (false, false);
        for row in page {
            has_unseen |= !self.seen.has(row.slot);
            has_news |= row.is_news;
            self.seen.set(row.slot, true);
        }
        self.next = None;
        let Some(next) = next else {
            self.is_complete = true;
            return Step::Done;
        };
        if self.knows(&next) || !has_unseen {
            return Step::Loops;
        }
        if self.reach == Reach::UntilKnown && !has_news {
            return Step::Done;
        }
        self.next = Some(next.clone());
        Step::Next(next)
    }

    /// Whether a page led to this cursor before; if not, one has now. A list of a million rows has
    /// ten thousand long cursors: their hashes do.
    fn knows(&mut self, cursor: &Cursor) -> bool {
        let mut hasher = DefaultHasher::new();
        hasher.write(cursor.0.as_bytes());
        let hash = hasher.finish();
        let place = self.cursors.binary_search(&hash);
        if let Err(at) = place {
            self.cursors.insert(at, hash);
        }
        place.is_ok()
    }

    /// What of `known` was there before the walk and the list no longer has. Nothing unless the
    /// walk came to the list's end. A list that moved under the walk (rows removed while it went by
    /// number) may have slipped past it: ask after each before it is forgotten.
    pub fn missing(&self, known: &Bits) -> Bits {
        if !self.is_complete {
            return Bits::new();
        }
        let mut missing = Bits::full(self.end);
        missing.and(known);
        missing.and_not(&self.seen);
        missing
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FREE: Circumstances =
        Circumstances { is_hidden: false, is_offline: false, is_signed_out: false };

    #[test]
    fn nothing_is_sent_for_a_page_nobody_looks_at() {
        let pace = Pace::default();
        assert_eq!(pace.wait(0, FREE), Some(0));
        for circumstances in [
            Circumstances { is_hidden: true, ..FREE },
            Circumstances { is_offline: true, ..FREE },
            Circumstances { is_signed_out: true, ..FREE },
        ] {
            assert_eq!(pace.wait(0, circumstances), None);
        }
    }

    #[test]
    fn a_server_that_is_asked_too_often_is_asked_less_often_for_a_while() {
        let mut pace = Pace::default();
        pace.started(0);
        assert_eq!(pace.wait(0, FREE), Some(250));
        assert!(pace.failed(&Error::RateLimited { retry_after: Some(7) }, 100, 0.0));
        assert_eq!(pace.wait(100, FREE), Some(7_000));
        pace.started(7_100);
        assert_eq!(pace.wait(7_100, FREE), Some(500));
        (0..24).for_each(|_| pace.answered());
        pace.started(8_000);
        assert_eq!(pace.wait(8_000, FREE), Some(260));
        (0..9).for_each(|_| pace.answered());
        pace.started(9_000);
        assert_eq!(pace.wait(9_000, FREE), Some(250));
    }

    #[test]
    fn failures_double_the_wait_to_a_minute_and_an_answer_ends_that() {
        let mut pace = Pace::default();
        let mut waits = Vec::new();
        for _ in 0..9 {
            let now = pace.next_at;
            pace.failed(&Error::Unreachable, now, 0.0);
            waits.push((pace.next_at - now) / 1_000);
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        pace.answered();
        let now = pace.next_at;
        pace.failed(&Error::TimedOut, now, 0.9);
        assert_eq!(pace.next_at - now, 1_000);
    }

    #[test]
    fn what_will_not_be_allowed_next_time_either_is_left_alone() {
        for error in [Error::Forbidden, Error::NotFound, Error::Blocked, Error::Unsupported] {
            assert!(!Pace::default().failed(&error, 0, 0.0), "{error:?}");
        }
    }

    /// What kind, when to come back, a chance, and how long it took.
    fn answer() -> impl Strategy<Value = (u8, Option<u32>, f64, u64)> {
        (0..4_u8, prop::option::of(0..200_u32), 0.0..1.0_f64, 0..400_u64)
    }

    proptest! {
        #[test]
        fn never_five_a_second_and_never_before_the_server_said(
            answers in prop::collection::vec(answer(), 1..100),
        ) {
            let mut pace = Pace::default();
            let (mut now, mut last, mut not_before) = (0, None, 0);
            for (kind, retry_after, chance, took) in answers {
                now += pace.wait(now, FREE).unwrap();
                prop_assert!(last.is_none_or(|last| now - last >= 250) && now >= not_before);
                last = Some(now);
                pace.started(now);
                now += took;
                match kind {
                    0 => {
                        pace.failed(&Error::RateLimited { retry_after }, now, chance);
                        not_before = now + u64::from(retry_after.unwrap_or(30).min(60)) * 1_000;
                    }
                    1 => {
                        pace.failed(&Error::Unreachable, now, chance);
                        not_before = now + 1_000;
                    }
                    _ => pace.answered(),
                }
                prop_assert!(pace.wait(now, FREE).unwrap() <= 66_000);
            }
        }
    }

    fn page(slots: impl IntoIterator<Item = u32>, is_news: bool) -> Vec<Seen> {
        slots.into_iter().map(|slot| Seen { slot: Slot(slot), is_news }).collect()
    }

    fn cursor(text: impl ToString) -> Option<Cursor> {
        Some(Cursor(text.to_string()))
    }

    #[test]
    fn a_cursor_that_comes_back_later_ends_the_walk() {
        let mut walk = Walk::new(Reach::Full, 0);
        for (n, next) in ["a", "b", "c"].into_iter().enumerate() {
            let step = walk.took(&page([n as u32], true), cursor(next));
            assert_eq!(step, Step::Next(Cursor(next.into())));
        }
        assert_eq!(walk.took(&page([7], true), cursor("a")), Step::Loops);
        assert_eq!((walk.cursor(), walk.pages()), (None, 4));
    }

    #[test]
    fn a_page_that_brings_nothing_unseen_ends_the_walk() {
        let mut walk = Walk::new(Reach::Full, 2);
        walk.took(&page([0, 1], false), cursor(1));
        assert_eq!(walk.took(&page([1, 0], false), cursor(2)), Step::Loops);
        assert!(walk.missing(&Bits::full(9)).is_empty(), "it did not see the end");
    }

    #[test]
    fn an_update_goes_to_the_first_page_without_news() {
        let mut walk = Walk::new(Reach::UntilKnown, 9);
        assert_eq!(walk.took(&page([10, 11], true), cursor(1)), Step::Next(Cursor("1".into())));
        let mut mixed = page([12], true);
        mixed.extend(page([8], false));
        assert_eq!(walk.took(&mixed, cursor(2)), Step::Next(Cursor("2".into())));
        assert_eq!(walk.took(&page([7, 6], false), cursor(3)), Step::Done);
        assert!(walk.missing(&Bits::full(9)).is_empty());
    }

    #[test]
    fn what_became_known_during_the_walk_is_not_missing() {
        let mut walk = Walk::new(Reach::Full, 5);
        walk.took(&page([0, 2], false), cursor(1));
        // Slot 5 came by another way, slot 3 was removed.
        assert_eq!(walk.took(&page([4, 6], false), None), Step::Done);
        let known = [0, 1, 2, 4, 5, 6].map(Slot).into_iter().collect();
        assert_eq!(walk.missing(&known), [Slot(1)].into_iter().collect());
    }

    proptest! {
        /// However a server answers, a walk ends after as many pages as it brought rows, and one
        /// more.
        #[test]
        fn every_walk_ends(
            pages in prop::collection::vec((prop::collection::vec(0..40_u32, 0..5), 0..60_u8), 80),
        ) {
            let mut walk = Walk::new(Reach::Full, 40);
            let mut has_ended = false;
            for (slots, next) in pages {
                let before = walk.seen().count();
                match walk.took(&page(slots, false), cursor(next)) {
                    Step::Next(next) => {
                        prop_assert_eq!(walk.cursor(), Some(&next));
                        prop_assert!(walk.seen().count() > before);
                    }
                    _ => {
                        has_ended = true;
                        break;
                    }
                }
            }
            prop_assert!(has_ended && walk.pages() <= 41);
        }

        #[test]
        fn a_whole_walk_misses_exactly_what_the_list_lacks(
            known in prop::collection::btree_set(0..100_u32, 0..80),
            listed in prop::collection::btree_set(0..120_u32, 0..100),
            size in 1..9_usize,
        ) {
            let mut walk = Walk::new(Reach::Full, 100);
            let listed: Vec<_> = listed.into_iter().collect();
            let mut pages = listed.chunks(size).enumerate().peekable();
            while let Some((n, slots)) = pages.next() {
                let next = pages.peek().and_then(|_| cursor(n));
                let is_last = next.is_none();
                let step = walk.took(&page(slots.iter().copied(), false), next);
                prop_assert_eq!(step == Step::Done, is_last);
            }
            let known: Bits = known.into_iter().map(Slot).collect();
            let mut lacks = known.clone();
            lacks.and_not(&listed.iter().copied().map(Slot).collect());
            let missing = walk.missing(&known);
            prop_assert_eq!(missing, if listed.is_empty() { Bits::new() } else { lacks });
        }
    }
}
