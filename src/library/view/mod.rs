//! How the list is looked at: what is shown of it, in what order and in what form. Everything that a
//! link reproduces, and nothing else. The ui says over how many rows.

mod columns;
mod criteria;
mod filters;
mod params;
mod saved;

pub use columns::{Column, Columns};
pub use filters::{Band, DateFilter, Filters};
pub use saved::{Saved, SavedView};

use crate::{
    library::Group,
    model::{Sort, SortKey},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// As typed; see `query`.
    pub search: String,
    pub filters: Filters,
    /// One or two: rows that are equal in the first are ordered by the second.
    pub sort: Vec<Sort>,
    pub layout: Layout,
    pub group: Option<Group>,
    pub density: Density,
    pub columns: Columns,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    #[default]
    Table,
    Cards,
    Grid,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    #[default]
    Comfortable,
    Compact,
}

impl Default for View {
    fn default() -> Self {
        Self {
            search: String::new(),
            filters: Filters::default(),
            sort: vec![Self::NEWEST_FIRST],
            layout: Layout::default(),
            group: None,
            density: Density::default(),
            columns: Columns::default(),
        }
    }
}

impl View {
    /// The servers' own order.
    pub const NEWEST_FIRST: Sort = Sort { key: SortKey::Date, descending: true };

    /// Takes back what hides rows; the order and the form stay.
    pub fn show_all(&mut self) {
        self.search.clear();
        self.filters = Filters::default();
    }

    /// Whether something was asked for that may hide rows.
    pub fn is_narrowed(&self) -> bool {
        !self.search.trim().is_empty() || self.filters.is_any()
    }

    /// A click on a column's header: by that alone. With `add`, it becomes or turns the second key, and
    /// turns the first where it is that.
    pub fn sort_by(&mut self, key: SortKey, add: bool) {
        let first = self.sort.first().copied().unwrap_or(Self::NEWEST_FIRST);
        let second = self.sort.get(1).copied();
        self.sort = match (add, first.key == key) {
            (false, _) => vec![first.by(key)],
            (true, true) => [Some(first.by(key)), second].into_iter().flatten().collect(),
            (true, false) => vec![first, second.unwrap_or(first).by(key)],
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::params::sort_text;

    fn sorted(clicks: &[(SortKey, bool)]) -> String {
        let mut view = View::default();
        for (key, add) in clicks {
            view.sort_by(*key, *add);
        }
        sort_text(&params::SORT_KEYS, &view.sort)
    }

    #[test]
    fn a_header_click_turns_its_own_column_and_starts_another_usefully() {
        use SortKey::*;
        assert_eq!(sorted(&[(Date, false)]), "date");
        assert_eq!(sorted(&[(Size, false)]), "-size");
        assert_eq!(sorted(&[(Room, false)]), "room");
        assert_eq!(sorted(&[(Room, false), (Room, false)]), "-room");
    }

    #[test]
    fn with_shift_it_becomes_or_turns_the_second() {
        use SortKey::*;
        assert_eq!(sorted(&[(Room, true)]), "-date,room");
        assert_eq!(sorted(&[(Room, true), (Room, true)]), "-date,-room");
        assert_eq!(sorted(&[(Room, true), (Size, true)]), "-date,-size");
        assert_eq!(sorted(&[(Room, true), (Date, true)]), "date,room");
        assert_eq!(sorted(&[(Date, true)]), "date");
        assert_eq!(sorted(&[(Room, true), (Room, false)]), "room");
    }

    #[test]
    fn showing_all_keeps_the_order_and_the_form() {
        let mut view = View::default();
        assert!(!view.is_narrowed());
        view.search = "  ".into();
        assert!(!view.is_narrowed());
        view.sort_by(SortKey::Size, false);
        view.layout = Layout::Grid;
        let form = view.clone();
        view.search = "physics".into();
        assert!(view.is_narrowed());
        view.search.clear();
        view.filters.room = Some("r".into());
        assert!(view.is_narrowed());
        view.show_all();
        assert_eq!(view, View { search: String::new(), ..form });
    }
}
