//! What goes on behind the list: looking for news, and keeping the list for the next visit.

use std::{cell::Cell, rc::Rc};

use futures_util::{
    FutureExt,
    future::{LocalBoxFuture, ready},
};

use crate::ui::state::State;

pub enum Background {
    /// Agrees with the other tabs of the browser.
    Join,
    /// Looks for what changes by itself, and does not end; since when the list is known, by the page's clock.
    Watch(u64),
    /// Shows what was kept for that user; into the cell goes whether that was the whole list.
    Restore(String, Rc<Cell<Option<bool>>>),
    /// Keeps the list once it has come to rest.
    Save,
    /// Keeps nothing any more; with the setting that says so until it is done.
    Wipe(String),
}

impl Background {
    pub(super) fn begin(self, state: State) -> LocalBoxFuture<'static, ()> {
        match self {
            Self::Join => {
                state.join_tabs();
                ready(()).boxed_local()
            }
            Self::Watch(since) => state.watch(since).boxed_local(),
            Self::Restore(user, restored) => {
                async move { restored.set(state.load_kept(user).await) }.boxed_local()
            }
            Self::Save => state.save_when_calm().boxed_local(),
            Self::Wipe(mark) => state.wipe_kept(mark).boxed_local(),
        }
    }
}
