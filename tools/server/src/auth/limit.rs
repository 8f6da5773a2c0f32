//! The limit on failed sign-ins, and how a server says that it was reached.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::config::Dialect;

const TEXT: &str = "Too many login attempts, please try again later";

/// Failed sign-ins of the last five minutes, all counted as one client's: everybody here is on one machine.
#[derive(Default)]
pub struct Attempts(VecDeque<Instant>);

/// How much of the limit is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    pub remaining: usize,
    /// Until the oldest failure is forgotten.
    pub reset: Duration,
}

impl Attempts {
    const LIMIT: usize = 5;
    const WINDOW: Duration = Duration::from_secs(5 * 60);

    pub fn budget(&mut self, now: Instant) -> Budget {
        let age = |at: &Instant| now.saturating_duration_since(*at);
        while self.0.front().is_some_and(|at| age(at) >= Self::WINDOW) {
            self.0.pop_front();
        }
        let oldest = self.0.front().map_or(Duration::ZERO, age);
        Budget {
            remaining: Self::LIMIT.saturating_sub(self.0.len()),
            reset: Self::WINDOW.saturating_sub(oldest),
        }
    }

    pub fn failed(&mut self, now: Instant) {
        self.0.push_back(now);
    }
}

impl Budget {
    /// The answer to one attempt too many: bare text, marked as HTML because Express sends strings so; JSON since 3.8.
    pub fn refusal(self, dialect: Dialect) -> Response {
        let wait = [(header::RETRY_AFTER, self.reset.as_secs().to_string())];
        let status = StatusCode::TOO_MANY_REQUESTS;
        if dialect >= Dialect::V38 {
            let body = json!({ "error": "Too Many Requests", "message": TEXT });
            (status, wait, Json(body)).into_response()
        } else {
            (status, wait, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], TEXT)
                .into_response()
        }
    }

    /// Adds the headers of draft 7, which every answer to a sign-in has since 3.8.
    pub fn add_headers(self, response: &mut Response) {
        let limit = Attempts::LIMIT;
        let policy = format!("{limit};w={}", Attempts::WINDOW.as_secs());
        let state =
            format!("limit={limit}, remaining={}, reset={}", self.remaining, self.reset.as_secs());
        for (name, value) in [("ratelimit-policy", policy), ("ratelimit", state)] {
            if let Ok(value) = HeaderValue::try_from(value) {
                response.headers_mut().insert(name, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_failures_lock_for_five_minutes() {
        let start = Instant::now();
        let seconds = Duration::from_secs;
        let mut attempts = Attempts::default();
        for left in (1..=5).rev() {
            assert_eq!(attempts.budget(start).remaining, left);
            attempts.failed(start);
        }
        let locked = Budget { remaining: 0, reset: seconds(240) };
        assert_eq!(attempts.budget(start + seconds(60)), locked);
        assert_eq!(attempts.budget(start + seconds(300)).remaining, 5);
    }
}
