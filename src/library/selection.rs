//! Which recordings are selected. Held by id, so it outlives sorting, searching and new pages.

use std::collections::HashSet;

use crate::model::RecordingId;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    ids: HashSet<RecordingId>,
    /// Where the last single choice was made; a range goes from here.
    anchor: Option<RecordingId>,
}

impl Selection {
    pub fn has(&self, id: &RecordingId) -> bool {
        self.ids.contains(id)
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    pub fn toggle(&mut self, id: &RecordingId) {
        if !self.ids.remove(id) {
            self.ids.insert(id.clone());
        }
        self.anchor = Some(id.clone());
    }

    /// Selects from the last choice to `id`, both included, as the rows stand in `order`.
    /// Without a last choice in view, selects `id` alone.
    pub fn extend_to(&mut self, id: &RecordingId, order: &[RecordingId]) {
        let at = |wanted: &RecordingId| order.iter().position(|it| it == wanted);
        let anchor = self.anchor.as_ref().and_then(at);
        match (anchor, at(id)) {
            (Some(from), Some(to)) => {
                self.ids.extend(order[from.min(to)..=from.max(to)].iter().cloned());
            }
            _ => {
                self.ids.insert(id.clone());
                self.anchor = Some(id.clone());
            }
        }
    }

    pub fn select_all(&mut self, ids: &[RecordingId]) {
        self.ids.extend(ids.iter().cloned());
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Drops what is no longer there.
    pub fn retain(&mut self, exists: impl Fn(&RecordingId) -> bool) {
        self.ids.retain(|id| exists(id));
        self.anchor = self.anchor.take().filter(|id| exists(id));
    }

    /// The selected ids of `order`, in that order; what is selected but not in it is left out.
    pub fn within<'a>(&self, order: impl IntoIterator<Item = &'a RecordingId>) -> Vec<RecordingId> {
        order.into_iter().filter(|id| self.has(id)).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<RecordingId> {
        text.split(' ').filter_map(RecordingId::new).collect()
    }

    #[test]
    fn a_range_goes_from_the_last_choice_in_either_direction() {
        let order = ids("a b c d e");
        let mut selection = Selection::default();
        selection.toggle(&order[3]);
        selection.extend_to(&order[1], &order);
        assert_eq!(selection.within(&order), ids("b c d"));
        selection.extend_to(&order[4], &order);
        assert_eq!(selection.within(&order), ids("b c d e"));
    }

    #[test]
    fn a_range_without_a_start_in_view_is_one_row() {
        let order = ids("a b c");
        let mut selection = Selection::default();
        selection.toggle(&RecordingId::new("hidden").unwrap());
        selection.extend_to(&order[2], &order);
        assert_eq!(selection.within(&order), ids("c"));
        assert_eq!(selection.len(), 2);
    }

    #[test]
    fn what_is_gone_is_not_selected() {
        let order = ids("a b");
        let mut selection = Selection::default();
        selection.select_all(&order);
        selection.retain(|id| id.as_str() == "b");
        assert_eq!(selection.within(&order), ids("b"));
    }
}
