//! The view of the rooms as the query of a link.

use super::state::RoomsState;
use crate::{rooms::RoomView, ui::link};

/// Names in the query.
const PARAMS: [&str; 5] = ["q", "status", "expiring", "recordings", "sort"];

impl RoomsState {
    /// Shows the rooms that the query of a link asks for.
    pub fn show_link(self, query: &str) {
        let Some(params) = link::params(query, &PARAMS) else { return };
        let view = RoomView::from_params(params.iter().map(|(name, value)| (*name, &**value)));
        if self.view.with_untracked(|it| *it != view) {
            self.view.set(view);
        }
    }

    /// The query of a link to what is shown, with what `others`, a query, has of other things.
    pub fn link_among(self, others: &str) -> String {
        link::among(others, &PARAMS, self.view.with_untracked(RoomView::to_params))
    }
}
