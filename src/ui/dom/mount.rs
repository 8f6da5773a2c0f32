//! An element as a Leptos view, so that Leptos mounts it and cleans up after it.

use leptos::{
    mount::{UnmountHandle, mount_to_renderer},
    tachys::{
        renderer::types,
        view::{Mountable, Render},
    },
};
use wasm_bindgen::JsCast;
use web_sys::Node;

use super::element::El;

/// Shows `view` in an element or a shadow root until the handle is dropped.
pub fn mount(parent: &Node, view: impl FnOnce() -> El + 'static) -> UnmountHandle<El> {
    // Only ever used as a node: Leptos' own Portal mounts into shadow roots in the same way.
    mount_to_renderer(parent.unchecked_ref::<types::Element>(), view)
}

impl Render for El {
    type State = Self;

    fn build(self) -> Self {
        self
    }

    fn rebuild(self, state: &mut Self) {
        // Fails only where the old one has no parent, and then there is nothing to replace.
        let _ = state.0.node.replace_with_with_node_1(&self.0.node);
        *state = self;
    }
}

impl Mountable for El {
    fn unmount(&mut self) {
        self.0.node.remove();
    }

    fn mount(&mut self, parent: &types::Element, before: Option<&Node>) {
        // Fails only for cycles.
        let _ = parent.insert_before(&self.0.node, before);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        match self.0.node.parent_element() {
            Some(parent) => {
                child.mount(&parent, Some(&self.0.node));
                true
            }
            None => false,
        }
    }

    fn elements(&self) -> Vec<types::Element> {
        vec![self.0.node.clone()]
    }
}
