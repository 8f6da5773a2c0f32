//! The last requests that the server answered, so that tests can say how many there were and which.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use axum::http::StatusCode;
use serde::Serialize;

/// Requests remembered; older ones are forgotten.
pub const CAPACITY: usize = 2000;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequestRecord {
    /// When it was answered, in milliseconds since the server was started.
    pub at: u64,
    pub method: String,
    /// Path and query.
    pub path: String,
    /// The `Range` header.
    pub range: Option<String>,
    pub status: u16,
}

pub struct Log {
    started: Instant,
    records: Mutex<VecDeque<RequestRecord>>,
}

impl Default for Log {
    fn default() -> Self {
        Self { started: Instant::now(), records: Mutex::default() }
    }
}

impl Log {
    pub fn add(&self, method: &str, path: &str, range: Option<String>, status: StatusCode) {
        let record = RequestRecord {
            at: self.started.elapsed().as_millis() as u64,
            method: method.to_owned(),
            path: path.to_owned(),
            range,
            status: status.as_u16(),
        };
        let mut records = self.records();
        if records.len() == CAPACITY {
            records.pop_front();
        }
        records.push_back(record);
    }

    pub fn requests(&self) -> Vec<RequestRecord> {
        self.records().iter().cloned().collect()
    }

    pub fn clear(&self) {
        self.records().clear();
    }

    fn records(&self) -> MutexGuard<'_, VecDeque<RequestRecord>> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
