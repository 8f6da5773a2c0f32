//! The budget: points per minute of an organisation. It follows the wall clock, not that of the sample.

use std::time::{Duration, Instant};

use axum::http::{HeaderName, Method};

use crate::state::now_ms;
use crate::vendors::dates;

const WINDOW: Duration = Duration::from_secs(60);

/// Points of a request: reading 1, deleting 2, writing 3.
pub fn cost(method: &Method) -> u32 {
    match method.as_str() {
        "GET" | "HEAD" | "OPTIONS" => 1,
        "DELETE" => 2,
        _ => 3,
    }
}

#[derive(Default)]
pub struct Budget {
    /// Since when points are counted, and how many were spent.
    window: Option<(Instant, u32)>,
}

/// What a request may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    pub exhausted: bool,
    pub remaining: u32,
    /// Milliseconds until the next window.
    pub ms_left: u64,
}

impl Budget {
    pub fn spend(&mut self, points: u32, limit: u32) -> Allowance {
        self.spend_at(points, limit, Instant::now())
    }

    fn spend_at(&mut self, points: u32, limit: u32, now: Instant) -> Allowance {
        let current = self.window.filter(|(since, _)| now < *since + WINDOW);
        let (since, before) = current.unwrap_or((now, 0));
        let spent = before.saturating_add(points);
        self.window = Some((since, spent));
        Allowance {
            exhausted: spent > limit,
            remaining: limit.saturating_sub(spent),
            ms_left: (since + WINDOW).duration_since(now).as_millis() as u64,
        }
    }
}

impl Allowance {
    pub fn headers(self, limit: u32) -> [(HeaderName, String); 3] {
        let reset = dates::iso(now_ms() + self.ms_left as i64);
        [
            (HeaderName::from_static("x-ratelimit-limit"), limit.to_string()),
            (HeaderName::from_static("x-ratelimit-remaining"), self.remaining.to_string()),
            (HeaderName::from_static("x-ratelimit-reset"), reset),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_run_out_and_come_back_with_the_next_minute() {
        let mut budget = Budget::default();
        let start = Instant::now();
        let mut spend = |points, seconds| {
            let allowance = budget.spend_at(points, 4, start + Duration::from_secs(seconds));
            (allowance.exhausted, allowance.remaining, allowance.ms_left)
        };
        assert_eq!(spend(3, 0), (false, 1, 60_000));
        assert_eq!(spend(1, 10), (false, 0, 50_000));
        assert_eq!(spend(1, 59), (true, 0, 1_000));
        assert_eq!(spend(1, 60), (false, 3, 60_000));
    }
}
