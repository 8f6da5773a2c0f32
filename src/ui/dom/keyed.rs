//! A list whose rows keep their nodes while the list changes: what stays is moved, not made anew.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
};

use leptos::prelude::*;
use web_sys::Node;

use super::element::{El, Inner};
use crate::ui::browser;

struct Row {
    element: El,
    index: RwSignal<usize>,
    /// What the row's view made ends with it.
    _owner: Owner,
}

impl El {
    /// Fills this element with a row for each key, in order; equal keys share a row. The view gets
    /// its place in the list, as a signal.
    pub fn rows<K: Clone + Eq + Hash + 'static>(
        mut self,
        keys: impl Fn() -> Vec<K> + 'static,
        view: impl Fn(RwSignal<usize>, K) -> Self + 'static,
    ) -> Self {
        let parent = self.node.clone();
        // Not the effect's own owner, which is cleaned whenever it runs again.
        let owner = Owner::current().unwrap_or_default();
        let (inner, rows) = Inner::<HashMap<K, Row>>::part();
        self.effect(Box::new(move || {
            let keys = keys();
            let mut rows = rows.borrow_mut();
            untrack(|| {
                let wanted: HashSet<&K> = keys.iter().collect();
                rows.retain(|key, row| {
                    let stays = wanted.contains(key);
                    if !stays {
                        row.element.node.remove();
                    }
                    stays
                });
                let focused = browser::active_element();
                // From the last to the first, so that each goes before one that is in place.
                let mut next: Option<Node> = None;
                for (at, key) in keys.iter().enumerate().rev() {
                    let row =
                        rows.entry(key.clone()).or_insert_with(|| new_row(&owner, at, key, &view));
                    if row.index.get_untracked() != at {
                        row.index.set(at);
                    }
                    let node: &Node = &row.element.node;
                    if node.parent_node().is_none() || node.next_sibling() != next {
                        // Fails only for cycles.
                        let _ = parent.insert_before(node, next.as_ref());
                    }
                    next = Some(node.clone());
                }
                // A node that is moved loses the focus.
                if let Some(focused) = focused.filter(|it| parent.contains(Some(it)))
                    && browser::active_element().as_ref() != Some(&focused)
                {
                    browser::focus(Some(focused));
                }
            });
        }));
        self.parts.push(inner);
        self
    }
}

fn new_row<K: Clone>(
    owner: &Owner,
    at: usize,
    key: &K,
    view: &impl Fn(RwSignal<usize>, K) -> El,
) -> Row {
    let owner = owner.with(Owner::new);
    let (element, index) = owner.with(|| {
        let index = RwSignal::new(at);
        (view(index, key.clone()), index)
    });
    Row { element, index, _owner: owner }
}
