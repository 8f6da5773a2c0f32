//! The two people who can sign in, and the limit on wrong passwords.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

pub struct Account {
    pub name: &'static str,
    pub password: &'static str,
    pub is_admin: bool,
}

static ACCOUNTS: [Account; 2] = [
    Account { name: "admin", password: "admin", is_admin: true },
    Account { name: "user", password: "user1", is_admin: false },
];

impl Account {
    pub fn named(name: &str) -> Option<&'static Self> {
        ACCOUNTS.iter().find(|account| account.name == name)
    }

    pub fn roles(&self) -> &'static [&'static str] {
        if self.is_admin { &["admin", "user"] } else { &["user"] }
    }
}

/// Failed sign-ins of the last five minutes, all counted as one client's: everybody here is on one machine.
#[derive(Default)]
pub struct Attempts(VecDeque<Instant>);

impl Attempts {
    const LIMIT: usize = 5;
    const WINDOW: Duration = Duration::from_secs(5 * 60);

    /// How long to wait before the next try, when there were too many.
    pub fn locked_for(&mut self, now: Instant) -> Option<Duration> {
        let age = |at: &Instant| now.saturating_duration_since(*at);
        while self.0.front().is_some_and(|at| age(at) >= Self::WINDOW) {
            self.0.pop_front();
        }
        let oldest = self.0.front()?;
        (self.0.len() >= Self::LIMIT).then(|| Self::WINDOW.saturating_sub(age(oldest)))
    }

    pub fn failed(&mut self, now: Instant) {
        self.0.push_back(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_failures_lock_for_five_minutes() {
        let start = Instant::now();
        let mut attempts = Attempts::default();
        for _ in 0..5 {
            assert_eq!(attempts.locked_for(start), None);
            attempts.failed(start);
        }
        assert_eq!(
            attempts.locked_for(start + Duration::from_secs(60)),
            Some(Duration::from_secs(240))
        );
        assert_eq!(attempts.locked_for(start + Duration::from_secs(300)), None);
    }
}
