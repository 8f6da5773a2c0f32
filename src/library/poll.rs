//! Looking after what changes by itself: recordings in progress are asked after, soon at first and
//! ever more seldom while they stay as they are, and the list is looked at for new ones. It sends
//! nothing itself; one turn is over before the next begins. Times are ms of a clock that never goes
//! back.

use crate::model::RecordingId;

/// How many are asked after in one turn.
const AT_ONCE: usize = 5;
/// On average between two requests.
const BETWEEN: u64 = 1_000;
/// Until a recording is asked after first, also after each change.
const FIRST_WAIT: u64 = 4_000;
/// Then this long, doubled each time that nothing changed.
const SECOND_WAIT: u64 = 15_000;
const LONGEST_WAIT: u64 = 120_000;
/// One that has not changed for so long is not asked after any more.
const GIVE_UP: u64 = 30 * 60_000;
/// Until the next turn after one that failed; doubled with each further one.
const FAILURE_WAIT: u64 = 4_000;
const LONGEST_FAILURE_WAIT: u64 = 60_000;

/// Ms until the first page of the list is looked at again, after so many failures in a row.
pub fn list_interval(failures: u32) -> u64 {
    (60_000 << failures.min(4)).min(600_000)
}

/// When each recording in progress is asked after next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Polls {
    /// By id.
    rows: Vec<Row>,
    /// No turn before.
    next_turn: u64,
    /// Turns in a row that failed.
    failures: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    id: RecordingId,
    /// Since when it is as it is.
    since: u64,
    next_at: u64,
    /// Times asked since then.
    asked: u32,
}

impl Row {
    fn new(id: RecordingId, now: u64) -> Self {
        Self { id, since: now, next_at: now.saturating_add(FIRST_WAIT), asked: 0 }
    }

    fn ask(&mut self, now: u64) {
        let wait = (SECOND_WAIT << self.asked.min(3)).min(LONGEST_WAIT);
        self.asked += 1;
        self.next_at = now.saturating_add(wait);
    }

    fn is_given_up(&self, at: u64) -> bool {
        at.saturating_sub(self.since) >= GIVE_UP
    }
}

impl Polls {
    /// Whom to ask after now, the longest due first. `in_progress` are all that there are, each
    /// once.
    pub fn due(
        &mut self,
        now: u64,
        in_progress: impl Iterator<Item = RecordingId>,
    ) -> Vec<RecordingId> {
        self.keep(now, in_progress.collect());
        if now < self.next_turn {
            return Vec::new();
        }
        let mut due: Vec<&mut Row> = self
            .rows
            .iter_mut()
            .filter(|row| row.next_at <= now && !row.is_given_up(now))
            .collect();
        due.sort_unstable_by_key(|row| row.next_at);
        due.truncate(AT_ONCE);
        self.next_turn = now.saturating_add(BETWEEN * due.len() as u64);
        due.into_iter()
            .map(|row| {
                row.ask(now);
                row.id.clone()
            })
            .collect()
    }

    /// One that was asked after; whether it is not as it was.
    pub fn answered(&mut self, id: &RecordingId, is_changed: bool, now: u64) {
        self.failures = 0;
        if is_changed && let Ok(at) = self.rows.binary_search_by(|row| row.id.cmp(id)) {
            self.rows[at] = Row::new(id.clone(), now);
        }
    }

    /// The turn broke off, by the server or on the way. Its rows have their next turn as if
    /// answered.
    pub fn failed(&mut self, now: u64) {
        let wait = (FAILURE_WAIT << self.failures.min(4)).min(LONGEST_FAILURE_WAIT);
        self.failures = self.failures.saturating_add(1);
        self.next_turn = self.next_turn.max(now.saturating_add(wait));
    }

    /// The user refreshed: all are asked after again, also those given up.
    pub fn refreshed(&mut self) {
        self.rows.clear();
    }

    /// Ms until the next turn; `None` when nobody is to be asked after, among those that the last
    /// turn knew.
    pub fn next_due(&self, now: u64) -> Option<u64> {
        let rows = self.rows.iter().filter(|row| !row.is_given_up(row.next_at));
        let next_at = rows.map(|row| row.next_at).min()?;
        Some(next_at.max(self.next_turn).saturating_sub(now))
    }

    /// Goes on with those that are in progress, begins with those that are so now, and forgets the
    /// rest.
    fn keep(&mut self, now: u64, mut ids: Vec<RecordingId>) {
        ids.sort_unstable();
        let mut known = std::mem::take(&mut self.rows).into_iter().peekable();
        for id in ids {
            while known.next_if(|row| row.id < id).is_some() {}
            let row = known.next_if(|row| row.id == id);
            self.rows.push(row.unwrap_or_else(|| Row::new(id, now)));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ids(numbers: std::ops::Range<u32>) -> Vec<RecordingId> {
        numbers.filter_map(|n| RecordingId::new(n.to_string())).collect()
    }

    /// When one that never changes is asked after, in seconds.
    fn asked(polls: &mut Polls, from: u64, until: u64) -> Vec<u64> {
        let mut times = Vec::new();
        for now in (from..until).step_by(1_000) {
            for id in polls.due(now, ids(0..1).into_iter()) {
                times.push((now - from) / 1_000);
                polls.answered(&id, false, now);
            }
        }
        times
    }

    #[test]
    fn ever_more_seldom_until_it_is_given_up_and_anew_when_asked_for() {
        let mut polls = Polls::default();
        let times = asked(&mut polls, 0, 3_600_000);
        assert_eq!(times[..7], [4, 19, 49, 109, 229, 349, 469]);
        assert!(times.last().is_some_and(|last| *last < 1_800));
        assert_eq!(polls.next_due(3_600_000), None);
        polls.refreshed();
        assert_eq!(asked(&mut polls, 3_600_000, 3_625_000), [4, 19]);
    }

    #[test]
    fn a_change_makes_it_quick_again() {
        let mut polls = Polls::default();
        asked(&mut polls, 0, 240_000);
        polls.answered(&ids(0..1)[0], true, 240_000);
        assert_eq!(asked(&mut polls, 240_000, 260_000), [4, 19]);
    }

    #[test]
    fn failures_slow_it_down_to_a_minute() {
        let mut polls = Polls::default();
        polls.due(0, ids(0..3).into_iter());
        polls.failed(0);
        polls.failed(0);
        assert_eq!(polls.next_due(0), Some(8_000));
        (0..99).for_each(|_| polls.failed(0));
        assert_eq!(polls.next_due(0), Some(60_000));
        assert_eq!([0, 1, 9].map(list_interval), [60_000, 120_000, 600_000]);
    }

    proptest! {
        #[test]
        fn five_at_once_one_a_second_and_everyone_has_a_turn(
            count in 1..30_u32,
            pauses in prop::collection::vec(0..3_000_u64, 60..120),
        ) {
            let mut polls = Polls::default();
            let (mut now, mut sent, mut waiting) = (0, 0, ids(0..count));
            for pause in pauses {
                let due = polls.due(now, ids(0..count).into_iter());
                prop_assert!(due.len() <= AT_ONCE);
                sent += due.len() as u64;
                prop_assert!(sent <= AT_ONCE as u64 + now / 1_000);
                waiting.retain(|id| !due.contains(id));
                // Nothing is due before it says so.
                let wait = polls.next_due(now).unwrap_or(0);
                if wait > 1 {
                    prop_assert!(polls.due(now + wait - 1, ids(0..count).into_iter()).is_empty());
                }
                now += pause;
            }
            prop_assert!(waiting.is_empty() || now < 60_000);
        }

        #[test]
        fn it_keeps_those_in_progress_and_no_others(
            rounds in prop::collection::vec(prop::collection::btree_set(0..30_u32, 0..20), 1..10),
        ) {
            let mut polls = Polls::default();
            for (n, round) in rounds.into_iter().enumerate() {
                let mut ids: Vec<_> = round.iter().flat_map(|n| ids(*n..n + 1)).collect();
                polls.due(n as u64 * 7_000, ids.iter().cloned());
                ids.sort_unstable();
                let kept: Vec<_> = polls.rows.iter().map(|row| row.id.clone()).collect();
                prop_assert_eq!(kept, ids);
            }
        }
    }
}
