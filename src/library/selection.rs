//! Which recordings are selected. Held by slot, so it outlives sorting, searching and new pages.
//! What a range stretched over is remembered, so that stretching it anew takes back nothing else.

use super::{Bits, Slot};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    bits: Bits,
    /// Where the last single choice was made; a range goes from here.
    anchor: Option<Slot>,
    /// Where the last range went to.
    end: Option<Slot>,
    /// What the last range selected that was not selected before it.
    stretched: Bits,
}

impl Selection {
    pub fn has(&self, slot: Slot) -> bool {
        self.bits.has(slot)
    }

    pub fn len(&self) -> usize {
        self.bits.count()
    }

    pub fn is_empty(&self) -> bool {
        self.bits.is_empty()
    }

    pub fn bits(&self) -> &Bits {
        &self.bits
    }

    /// In the order in which they became known; see [`Self::within`] for that of the view.
    pub fn iter(&self) -> impl Iterator<Item = Slot> {
        self.bits.iter()
    }

    /// The selected ones of `order`, in that order; what is selected but not in it is left out.
    pub fn within(&self, order: &[Slot]) -> Vec<Slot> {
        order.iter().copied().filter(|slot| self.has(*slot)).collect()
    }

    /// A click with Ctrl or Cmd, on the checkbox, or Space.
    pub fn toggle(&mut self, slot: Slot) {
        self.bits.set(slot, !self.has(slot));
        self.start_at(slot);
    }

    /// Selects this one and no other.
    pub fn only(&mut self, slot: Slot) {
        self.bits.clear();
        self.bits.set(slot, true);
        self.start_at(slot);
    }

    /// A click with Shift: selects from the last choice to `slot`, both included, as the rows stand
    /// in `order`, instead of the range made before from the same choice; `is_added` (with Ctrl or
    /// Cmd too) leaves that as well. Without a last choice in view, selects `slot`, and the next
    /// range goes from there.
    pub fn extend_to(&mut self, slot: Slot, order: &[Slot], is_added: bool) {
        let at = |wanted: Slot| order.iter().position(|it| *it == wanted);
        if self.anchor.and_then(at).is_none() {
            self.start_at(slot);
        }
        if !is_added {
            self.bits.and_not(&self.stretched);
        }
        self.stretched.clear();
        if let (Some(from), Some(to)) = (self.anchor.and_then(at), at(slot)) {
            self.stretched = order[from.min(to)..=from.max(to)].iter().copied().collect();
            self.stretched.and_not(&self.bits);
            self.bits.or(&self.stretched);
        }
        self.end = Some(slot);
    }

    /// Shift and an arrow, which moved the focus from `from` to `to`: goes on with the range that
    /// ends at `from`, or begins one there.
    pub fn extend_by_key(&mut self, from: Slot, to: Slot, order: &[Slot]) {
        if self.end != Some(from) {
            self.start_at(from);
        }
        self.extend_to(to, order, false);
    }

    pub fn select_all(&mut self, order: &[Slot]) {
        for slot in order {
            self.bits.set(*slot, true);
        }
        self.stretched.clear();
    }

    /// Whether there is nothing in `order` left to select. Not so of an empty one.
    pub fn has_all(&self, order: &[Slot]) -> bool {
        !order.is_empty() && order.iter().all(|slot| self.has(*slot))
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Forgets a recording that is no longer there.
    pub fn remove(&mut self, slot: Slot) {
        self.bits.set(slot, false);
        self.stretched.set(slot, false);
        self.anchor = self.anchor.filter(|it| *it != slot);
        self.end = self.end.filter(|it| *it != slot);
    }

    /// The next range goes from here, and takes back nothing of the last.
    fn start_at(&mut self, slot: Slot) {
        self.anchor = Some(slot);
        self.end = Some(slot);
        self.stretched.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::{prelude::*, sample::Index};

    use super::*;

    fn slots(numbers: &[u32]) -> Vec<Slot> {
        numbers.iter().copied().map(Slot).collect()
    }

    #[test]
    fn a_range_goes_from_the_last_choice_and_replaces_the_last_range() {
        let order = slots(&[5, 4, 3, 2, 1]);
        let mut selection = Selection::default();
        selection.toggle(Slot(5));
        selection.toggle(Slot(3));
        selection.extend_to(Slot(1), &order, false);
        assert_eq!(selection.within(&order), slots(&[5, 3, 2, 1]));
        selection.extend_to(Slot(4), &order, false);
        assert_eq!(selection.within(&order), slots(&[5, 4, 3]));
        selection.extend_to(Slot(2), &order, true);
        assert_eq!(selection.within(&order), slots(&[5, 4, 3, 2]));
    }

    #[test]
    fn a_range_stretched_over_what_was_chosen_gives_it_back_when_it_shrinks() {
        let order = slots(&[0, 1, 2, 3, 4]);
        let mut selection = Selection::default();
        selection.toggle(Slot(2));
        selection.toggle(Slot(0));
        selection.extend_to(Slot(4), &order, false);
        selection.extend_to(Slot(1), &order, false);
        assert_eq!(selection.within(&order), slots(&[0, 1, 2]));
    }

    #[test]
    fn a_range_without_a_start_in_view_is_one_row() {
        let order = slots(&[1, 2, 3]);
        let mut selection = Selection::default();
        selection.toggle(Slot(9));
        selection.extend_to(Slot(3), &order, false);
        assert_eq!(selection.within(&order), slots(&[3]));
        assert_eq!(selection.len(), 2);
        selection.extend_to(Slot(2), &order, false);
        assert_eq!(selection.within(&order), slots(&[2, 3]));
    }

    #[test]
    fn shift_and_arrows_begin_where_the_focus_is_and_turn_back() {
        let order = slots(&[0, 1, 2, 3, 4]);
        let mut selection = Selection::default();
        selection.extend_by_key(Slot(1), Slot(2), &order);
        selection.extend_by_key(Slot(2), Slot(3), &order);
        assert_eq!(selection.within(&order), slots(&[1, 2, 3]));
        selection.extend_by_key(Slot(3), Slot(2), &order);
        assert_eq!(selection.within(&order), slots(&[1, 2]));
        // The focus went elsewhere meanwhile.
        selection.extend_by_key(Slot(4), Slot(3), &order);
        assert_eq!(selection.within(&order), slots(&[1, 2, 3, 4]));
    }

    #[test]
    fn what_is_gone_is_not_selected_and_no_range_begins_there() {
        let order = slots(&[0, 1, 2]);
        let mut selection = Selection::default();
        selection.select_all(&order);
        assert!(selection.has_all(&order));
        selection.only(Slot(0));
        selection.remove(Slot(0));
        assert!(selection.is_empty() && !selection.has_all(&[]));
        selection.extend_to(Slot(2), &order, false);
        assert_eq!(selection.within(&order), slots(&[2]));
    }

    #[derive(Clone, Debug)]
    enum Action {
        Toggle(Index),
        Only(Index),
        Extend(Index, bool),
        All,
        Clear,
        Remove(Index),
        Turn,
    }

    fn actions() -> impl Strategy<Value = Vec<Action>> {
        let one = || any::<Index>();
        let action = prop_oneof![
            4 => one().prop_map(Action::Toggle),
            1 => one().prop_map(Action::Only),
            6 => (one(), any::<bool>()).prop_map(|(at, is_added)| Action::Extend(at, is_added)),
            1 => Just(Action::All),
            1 => Just(Action::Clear),
            1 => one().prop_map(Action::Remove),
            1 => Just(Action::Turn),
        ];
        prop::collection::vec(action, 0..40)
    }

    proptest! {
        /// The model keeps what was selected before the last range, and makes the range anew.
        #[test]
        fn equals_a_set_with_a_range_on_top(len in 1_u32..200, actions in actions()) {
            let mut order: Vec<Slot> = (0..len).map(|n| Slot(n * 7 % 211)).collect();
            let mut selection = Selection::default();
            let (mut base, mut set, mut anchor) = (BTreeSet::new(), BTreeSet::new(), None);
            for action in actions {
                match action {
                    Action::Toggle(at) => {
                        let slot = *at.get(&order);
                        selection.toggle(slot);
                        if !set.remove(&slot) {
                            set.insert(slot);
                        }
                        anchor = Some(slot);
                        base = set.clone();
                    }
                    Action::Only(at) => {
                        let slot = *at.get(&order);
                        selection.only(slot);
                        set = BTreeSet::from([slot]);
                        anchor = Some(slot);
                        base = set.clone();
                    }
                    Action::Extend(at, is_added) => {
                        let slot = *at.get(&order);
                        selection.extend_to(slot, &order, is_added);
                        let place = |wanted| order.iter().position(|it| *it == wanted);
                        if anchor.is_none() || is_added {
                            base = set.clone();
                        }
                        let from = *anchor.get_or_insert(slot);
                        let (from, to) = (place(from).unwrap(), place(slot).unwrap());
                        set = base.clone();
                        set.extend(&order[from.min(to)..=from.max(to)]);
                    }
                    Action::All => {
                        selection.select_all(&order);
                        set.extend(&order);
                        base = set.clone();
                    }
                    Action::Clear => {
                        selection.clear();
                        (base, set, anchor) = Default::default();
                    }
                    Action::Remove(at) if order.len() > 1 => {
                        let slot = order.remove(at.index(order.len()));
                        selection.remove(slot);
                        base.remove(&slot);
                        set.remove(&slot);
                        anchor = anchor.filter(|it| *it != slot);
                    }
                    Action::Remove(_) => {}
                    Action::Turn => order.reverse(),
                }
                prop_assert_eq!(selection.iter().collect::<BTreeSet<_>>(), set.clone());
                prop_assert_eq!(selection.len(), set.len());
                prop_assert_eq!(selection.has_all(&order), order.iter().all(|it| set.contains(it)));
            }
        }
    }
}
