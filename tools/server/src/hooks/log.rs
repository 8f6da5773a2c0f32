//! The last requests that the server answered, so that tests can say how many there were and which.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;

/// Requests remembered; older ones are forgotten.
pub const CAPACITY: usize = 2000;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequestRecord {
    pub method: String,
    /// Path and query.
    pub path: String,
    /// The `Range` header.
    pub range: Option<String>,
    pub status: u16,
}

#[derive(Default)]
pub struct Log(Mutex<VecDeque<RequestRecord>>);

impl Log {
    pub fn add(&self, record: RequestRecord) {
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
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
