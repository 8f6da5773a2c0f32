//! How fast one user may ask: a bucket that holds a minute's requests and fills up evenly.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use super::refusal::Refusal;

pub struct Pace {
    per_minute: f64,
    /// By user. There are as many as the configuration names.
    buckets: Mutex<HashMap<String, Bucket>>,
}

struct Bucket {
    requests: f64,
    filled: Instant,
}

impl Pace {
    pub fn new(per_minute: u32) -> Self {
        Self { per_minute: per_minute.into(), buckets: Mutex::default() }
    }

    /// Takes one request.
    ///
    /// # Errors
    /// 429 with the seconds until there is one again.
    pub fn take(&self, user: &str, now: Instant) -> Result<(), Refusal> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let full = || Bucket { requests: self.per_minute, filled: now };
        let bucket = buckets.entry(user.to_owned()).or_insert_with(full);
        let per_second = self.per_minute / 60.0;
        let passed = now.saturating_duration_since(bucket.filled).as_secs_f64();
        bucket.requests = (bucket.requests + passed * per_second).min(self.per_minute);
        bucket.filled = now;
        if bucket.requests < 1.0 {
            let wait = ((1.0 - bucket.requests) / per_second).ceil();
            return Err(Refusal::too_many("Too many requests", wait as u64));
        }
        bucket.requests -= 1.0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_minutes_requests_at_once_then_evenly_and_each_user_alone() {
        let pace = Pace::new(60);
        let start = Instant::now();
        for _ in 0..60 {
            pace.take("anna", start).unwrap();
        }
        assert_eq!(pace.take("anna", start), Err(Refusal::too_many("Too many requests", 1)));
        pace.take("bert", start).unwrap();
        let later = start + Duration::from_secs(2);
        assert!(pace.take("anna", later).is_ok() && pace.take("anna", later).is_ok());
        assert!(pace.take("anna", later).is_err());
    }
}
