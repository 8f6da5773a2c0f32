//! A window on a long list: a few elements that show what is in it now, and are used again for what
//! comes when what they showed has left.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

use super::element::{El, Inner};
use crate::ui::{browser, reactive::*};

struct Pooled<T: 'static> {
    element: El,
    item: RwSignal<T>,
    /// What the element's view made ends with it.
    _owner: Owner,
}

impl El {
    /// Fills this element with one for each item, in order. An item that is still there keeps its
    /// element, whose view follows the signal; `is_same` says which is which.
    pub fn pool<T: Clone + PartialEq + Send + Sync + 'static>(
        mut self,
        items: impl Fn() -> Vec<T> + 'static,
        is_same: fn(&T, &T) -> bool,
        view: impl Fn(RwSignal<T>) -> Self + 'static,
    ) -> Self {
        let parent = self.0.node.clone();
        // Not the effect's own owner, which is cleaned whenever it runs again.
        let owner = Owner::current().unwrap_or_default();
        let (inner, pool) = Inner::<Vec<Pooled<T>>>::part();
        self.effect(Box::new(move |()| {
            let items = items();
            let mut pool = pool.borrow_mut();
            untrack(|| {
                let focused = browser::active_element().filter(|it| parent.contains(Some(it)));
                let mut old: Vec<Option<Pooled<T>>> = pool.drain(..).map(Some).collect();
                let mut kept: Vec<Option<Pooled<T>>> = items
                    .iter()
                    .map(|item| {
                        let mut old = old.iter_mut();
                        old.find(|it| {
                            it.as_ref()
                                .is_some_and(|it| it.item.with_untracked(|it| is_same(it, item)))
                        })?
                        .take()
                    })
                    .collect();
                let (left, free): (Vec<_>, Vec<_>) =
                    old.into_iter().flatten().partition(|it| is_within(focused.as_ref(), it));
                if !left.is_empty() {
                    // What had the focus is gone: what is around the list knows where to go on.
                    browser::focus(
                        parent
                            .closest("[tabindex]")
                            .ok()
                            .flatten()
                            .and_then(|it| it.dyn_into().ok()),
                    );
                }
                let mut free = free.into_iter();
                for (item, place) in items.into_iter().zip(&mut kept) {
                    match place {
                        Some(pooled) => set(pooled.item, item),
                        None => {
                            *place = Some(match free.next() {
                                Some(pooled) => {
                                    set(pooled.item, item);
                                    pooled
                                }
                                None => new_pooled(&owner, item, &view),
                            });
                        }
                    }
                }
                for gone in free.chain(left) {
                    gone.element.0.node.remove();
                }
                pool.extend(kept.into_iter().flatten());
                put_in_order(&parent, &pool);
                // A node that is moved loses the focus.
                if let Some(focused) = focused
                    && focused.is_connected()
                    && browser::active_element().as_ref() != Some(&focused)
                {
                    browser::focus_in_place(&focused);
                }
            });
        }));
        self.0.parts.push(inner);
        self
    }
}

fn is_within<T>(focused: Option<&HtmlElement>, pooled: &Pooled<T>) -> bool {
    focused.is_some_and(|it| pooled.element.0.node.contains(Some(it)))
}

fn set<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|it| *it != value) {
        signal.set(value);
    }
}

fn new_pooled<T: Send + Sync + 'static>(
    owner: &Owner,
    item: T,
    view: &impl Fn(RwSignal<T>) -> El,
) -> Pooled<T> {
    let owner = owner.with(Owner::new);
    let (element, item) = owner.with(|| {
        let item = RwSignal::new(item);
        (view(item), item)
    });
    Pooled { element, item, _owner: owner }
}

/// From the last to the first, so that each goes before one that is in place.
fn put_in_order<T>(parent: &Node, pool: &[Pooled<T>]) {
    let mut next: Option<Node> = None;
    for pooled in pool.iter().rev() {
        let node: &Node = &pooled.element.0.node;
        if node.parent_node().is_none() || node.next_sibling() != next {
            // Fails only for cycles.
            let _ = parent.insert_before(node, next.as_ref());
        }
        next = Some(node.clone());
    }
}
