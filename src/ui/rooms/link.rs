//! The view of the rooms as the query of a link.

use web_sys::UrlSearchParams;

use super::state::RoomsState;
use crate::rooms::RoomView;

/// Names in the query.
const PARAMS: [&str; 5] = ["q", "status", "expiring", "recordings", "sort"];

impl RoomsState {
    /// Shows the rooms that the query of a link asks for.
    pub fn show_link(self, query: &str) {
        let Ok(query) = UrlSearchParams::new_with_str(query) else { return };
        let params: Vec<_> =
            PARAMS.iter().filter_map(|name| Some((*name, query.get(name)?))).collect();
        let view = RoomView::from_params(params.iter().map(|(name, value)| (*name, &**value)));
        if self.view.with_untracked(|it| *it != view) {
            self.view.set(view);
        }
    }

    /// The query of a link to what is shown, with what `others`, a query, has of other things.
    pub fn link_among(self, others: &str) -> String {
        let Ok(query) = UrlSearchParams::new_with_str(others) else { return String::new() };
        PARAMS.iter().for_each(|name| query.delete(name));
        for (name, value) in self.view.with_untracked(RoomView::to_params) {
            query.append(name, &value);
        }
        query.to_string().into()
    }
}
