//! When to send a request again, and how long to wait before. Pure: chance and time come from outside.

use crate::model::Error;

/// How often one request is sent at most.
const MOST_TRIES: u32 = 3;
/// Milliseconds before the second try at most; doubled for each one after.
const FIRST_PAUSE: f64 = 500.0;
/// Seconds that a server may ask us to wait before we ask the user instead.
const LONGEST_WAIT: u32 = 60;

/// Seconds that a server may ask us to wait without anybody being told.
const LONGEST_SILENCE: u32 = 5;

/// What became of one try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome<'a> {
    /// An answer, and after how many seconds to come back, if it says so.
    Status(u16, Option<u32>),
    Failed(&'a Error),
}

/// Milliseconds to wait before sending again what was sent `tries` times; `None` to leave it at
/// that. Only for requests that do no harm when they arrive twice. `chance` is in `0.0..1.0`.
///
/// A server that is overloaded is asked again after a random part of a growing time, so that all who
/// wait do not come back at once, and not before it said. A request that broke off on the way gets one more try. Too many
/// requests (429) is never retried here: the user sees the countdown (see [`wait_for`]).
pub fn pause(outcome: Outcome, tries: u32, chance: f64) -> Option<u32> {
    let (most, asked) = match outcome {
        Outcome::Status(500 | 502 | 503 | 504, after) => (MOST_TRIES, after.unwrap_or(0)),
        Outcome::Failed(Error::Interrupted | Error::Unreachable) => (2, 0),
        _ => return None,
    };
    let longest = FIRST_PAUSE * f64::from(1_u32 << (tries.clamp(1, 8) - 1));
    let is_worth_it = tries < most && asked <= LONGEST_SILENCE;
    is_worth_it.then(|| asked * 1000 + (longest * chance) as u32)
}

/// Seconds until a request that came too early is worth sending again: what the server said, but
/// no more than a minute, and a little more by chance so that not all come back at once.
pub fn wait_for(retry_after: Option<u32>, chance: f64) -> u32 {
    let asked = retry_after.unwrap_or(LONGEST_WAIT / 2).clamp(1, LONGEST_WAIT);
    asked + (f64::from(asked) * 0.1 * chance).ceil() as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_storm_gets_three_tries_and_a_cut_two() {
        let storm = |tries| pause(Outcome::Status(503, None), tries, 0.5);
        assert_eq!([1, 2, 3].map(storm), [Some(250), Some(500), None]);
        let cut = |tries| pause(Outcome::Failed(&Error::Interrupted), tries, 0.0);
        assert_eq!([1, 2].map(cut), [Some(0), None]);
    }

    #[test]
    fn what_would_fail_again_is_not_sent_again() {
        for status in [200, 400, 401, 403, 404, 409, 422, 429, 501] {
            assert_eq!(pause(Outcome::Status(status, None), 1, 0.5), None, "{status}");
        }
        for error in [Error::TimedOut, Error::Offline, Error::Blocked] {
            assert_eq!(pause(Outcome::Failed(&error), 1, 0.5), None, "{error:?}");
        }
    }

    #[test]
    fn a_server_that_says_when_to_come_back_is_not_asked_before() {
        let after = |seconds| pause(Outcome::Status(503, Some(seconds)), 1, 0.5);
        assert_eq!(after(2), Some(2250));
        assert_eq!(after(6), None);
        assert_eq!(after(u32::MAX), None);
    }

    proptest! {
        #[test]
        fn a_wait_is_what_was_asked_up_to_a_minute(asked in prop::option::of(any::<u32>()), chance in 0.0..1.0_f64) {
            let seconds = wait_for(asked, chance);
            prop_assert!((1..=66).contains(&seconds));
            prop_assert!(seconds >= asked.unwrap_or(1).min(60));
        }

        #[test]
        fn pauses_stay_within_their_bounds(status in 499_u16..506, after in prop::option::of(any::<u32>()), tries in any::<u32>(), chance in 0.0..1.0_f64) {
            prop_assert!(pause(Outcome::Status(status, after), tries, chance).is_none_or(|ms| ms < 7000));
        }
    }
}
