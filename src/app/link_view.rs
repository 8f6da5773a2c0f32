//! What is looked at is in the address: the query of a list's page is its view, so that a reload or a
//! link shows the same.

use futures_util::future::AbortHandle;
use gloo_timers::future::TimeoutFuture;

use super::address;
use crate::ui::{State, reactive::StoredValue};

/// Milliseconds of rest before the address changes: Safari takes 100 changes in 30 s.
const REST: u32 = 300;

type Write = Box<dyn Fn(&str) -> Option<String>>;

/// Writes the address some time after the last change. `write` gives the new query of the old one, or
/// nothing while the page is not this list's.
#[derive(Clone, Copy)]
pub struct Writer {
    state: State,
    waiting: StoredValue<Option<AbortHandle>>,
    write: StoredValue<Write>,
}

impl Writer {
    pub fn new(state: State, write: impl Fn(&str) -> Option<String> + 'static) -> Self {
        Self { state, waiting: StoredValue::new(None), write: StoredValue::new(Box::new(write)) }
    }

    pub fn changed(self) {
        if let Some(older) = self.waiting.try_update_value(Option::take).flatten() {
            older.abort();
        }
        self.waiting.set_value(Some(self.state.spawn(async move {
            TimeoutFuture::new(REST).await;
            self.write_now();
        })));
    }

    /// What is put off is written: the entry is about to be left.
    pub fn write_now(self) -> Option<()> {
        if let Some(waiting) = self.waiting.try_update_value(Option::take).flatten() {
            waiting.abort();
        }
        let url = address::url()?;
        let query = self.write.with_value(|write| write(&url.search()))?;
        if url.search_params().to_string() != query {
            address::replace(&url.pathname(), &query);
        }
        Some(())
    }
}
