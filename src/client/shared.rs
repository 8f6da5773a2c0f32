//! One piece of work that everyone who needs it waits for together.

use std::cell::RefCell;

use futures_util::{
    FutureExt,
    future::{LocalBoxFuture, Shared, WeakShared},
};

use crate::model::Error;

type Work<T> = LocalBoxFuture<'static, Result<T, Error>>;

/// The work under way. It is gone as soon as nobody waits any more.
pub struct SingleFlight<T: Clone + 'static>(RefCell<Option<WeakShared<Work<T>>>>);

impl<T: Clone + 'static> Default for SingleFlight<T> {
    fn default() -> Self {
        Self(RefCell::new(None))
    }
}

impl<T: Clone + 'static> SingleFlight<T> {
    /// Joins the work under way, or begins it.
    pub fn join(&self, begin: impl Future<Output = Result<T, Error>> + 'static) -> Shared<Work<T>> {
        if let Some(work) = self.0.borrow().as_ref().and_then(WeakShared::upgrade) {
            return work;
        }
        let work = begin.boxed_local().shared();
        *self.0.borrow_mut() = work.downgrade();
        work
    }

    /// The same for work that must not be broken off once it has begun.
    pub fn join_to_end(
        &self,
        begin: impl Future<Output = Result<T, Error>> + 'static,
    ) -> Shared<Work<T>> {
        let work = self.join(begin);
        let to_end = work.clone();
        #[allow(clippy::disallowed_methods, reason = "it outlives those who wait for it")]
        wasm_bindgen_futures::spawn_local(async move {
            // Who waits hears of it.
            let _ = to_end.await;
        });
        work
    }
}
