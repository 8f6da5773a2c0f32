//! Async work that ends with the ui that started it. The only place that spawns.

use std::{cell::RefCell, collections::HashMap, future::poll_fn, rc::Rc};

use futures_util::future::{AbortHandle, LocalBoxFuture, abortable};

use crate::i18n::Language;

#[derive(Clone, Default)]
pub struct Tasks {
    running: Rc<RefCell<Running>>,
}

#[derive(Default)]
struct Running {
    last: u64,
    handles: HashMap<u64, AbortHandle>,
}

impl Tasks {
    /// Runs `work` until it is done or stopped; dropping it aborts the request it waits for.
    pub fn spawn(&self, work: impl Future<Output = ()> + 'static) -> AbortHandle {
        self.spawn_boxed(Box::pin(work))
    }

    /// Boxed, so that the code around it is there once and not for each kind of work.
    fn spawn_boxed(&self, mut work: LocalBoxFuture<'static, ()>) -> AbortHandle {
        let language = Language::current();
        let work = poll_fn(move |context| language.during(|| work.as_mut().poll(context)));
        let (work, handle) = abortable(work);
        let number = {
            let mut running = self.running.borrow_mut();
            running.last += 1;
            let number = running.last;
            running.handles.insert(number, handle.clone());
            number
        };
        let running = self.running.clone();
        #[allow(clippy::disallowed_methods, reason = "the one place that spawns")]
        wasm_bindgen_futures::spawn_local(async move {
            // Either way it is over.
            let _ = work.await;
            running.borrow_mut().handles.remove(&number);
        });
        handle
    }

    pub fn stop(&self) {
        let handles: Vec<_> = self.running.borrow_mut().handles.drain().collect();
        for (_, handle) in handles {
            handle.abort();
        }
    }
}
