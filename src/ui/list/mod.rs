//! A list as large as it may be: a window on its rows, an ARIA grid, its keyboard, its selection. It
//! knows places and slots; what the rows are is for those who give it the cells.

mod frame;
mod grid;
mod keys;
mod row;
mod toolbar;

use crate::{
    library::{Density, Layout, Order, Selection, Slot},
    ui::reactive::*,
};

pub use frame::Entry;
pub use grid::{Face, Header, grid, plain_header, skeleton, sort_header};
pub use row::{Acting, cell, clipped, hue, marked, more_button, row, select_box};
pub use toolbar::{Kind, Leaving, Tool, toolbar};

/// What the parts of one list share: a handle, free to copy.
#[derive(Clone, Copy)]
pub struct List {
    /// The rows in view.
    pub order: Memo<Order>,
    /// Counts up when other rows, or another order of them, are asked for.
    pub asked: Memo<u64>,
    /// Rows that came by themselves must not move those that are looked at, even at the top.
    pub keeps_place: StoredValue<bool>,
    pub layout: Memo<Layout>,
    pub density: Memo<Density>,
    pub selection: RwSignal<Selection>,
    /// Whether there is anything to select rows for.
    pub can_select: Memo<bool>,
    /// Where the focus goes when the row that had it is gone: the place in `order`.
    pub focus_at: RwSignal<Option<usize>>,
    /// Something lies over the list and has the focus.
    pub is_covered: Memo<bool>,
}

/// What the keyboard does in a list, beside moving in it.
pub struct Acts {
    /// Enter.
    pub open: Box<dyn Fn(Slot)>,
    /// Delete; on a row that may be part of the selection.
    pub delete: Box<dyn Fn(Slot)>,
    /// Escape; whether there was anything to clear.
    pub clear: Box<dyn Fn() -> bool>,
}

impl List {
    pub fn toggle(self, slot: Slot) {
        if self.can_select.get_untracked() {
            self.selection.update(|it| it.toggle(slot));
        }
    }

    pub fn select_all(self) {
        if self.can_select.get_untracked() {
            self.order.with_untracked(|order| {
                self.selection.update(|it| it.select_all(&order.slots));
            });
        }
    }

    /// From the last choice, or from where the keyboard was, to this one.
    pub fn select_to(self, from: Option<Slot>, to: Slot) {
        if !self.can_select.get_untracked() {
            return;
        }
        self.order.with_untracked(|order| {
            self.selection.update(|it| match from {
                Some(from) => it.extend_by_key(from, to, &order.slots),
                None => it.extend_to(to, &order.slots, false),
            });
        });
    }

    /// Whether there was anything to clear.
    pub fn clear_selection(self) -> bool {
        let had_any = !self.selection.with_untracked(|it| it.is_empty());
        if had_any {
            self.selection.update(|it| it.clear());
        }
        had_any
    }

    pub fn are_all_selected(self) -> bool {
        self.order
            .with(|order| !order.slots.is_empty() && self.selection.read().has_all(&order.slots))
    }

    /// Those selected, in the order of the list; behind them those that a search hides at the moment.
    pub fn selected(self) -> Vec<Slot> {
        let selection = self.selection.read_untracked();
        let mut slots = self.order.with_untracked(|order| selection.within(&order.slots));
        let mut hidden = selection.bits().clone();
        for slot in &slots {
            hidden.set(*slot, false);
        }
        slots.extend(hidden.iter());
        slots
    }

    /// The selection when the row is part of it, else the row.
    pub fn meant_at(self, slot: Slot) -> Vec<Slot> {
        let is_selected = self.selection.with_untracked(|it| it.has(slot));
        if is_selected { self.selected() } else { vec![slot] }
    }
}
