//! A modal dialog over everything: the browser's own, so that focus stays inside, Escape closes it
//! and the rest is inert. The focus goes back to where it was.

use leptos::ev;
use web_sys::HtmlDialogElement;

use super::{
    browser,
    dom::{Child, El, NodeRef, dialog, h2},
    reactive::*,
};

/// `role` is `dialog` or `alertdialog`; `title` is its accessible name and its heading. `on_close`
/// is to take it out of the view.
pub fn modal(
    role: &'static str,
    title: impl Fn() -> String + Clone + 'static,
    on_close: impl Fn() + 'static,
    content: impl Child,
) -> El {
    let node = NodeRef::<HtmlDialogElement>::default();
    let before = StoredValue::new(browser::active_element());
    Effect::new(move |_| {
        if let Some(dialog) = node.get() {
            // Fails only if it is open already.
            let _ = dialog.show_modal();
        }
    });
    on_cleanup(move || {
        // Closed first: while it is modal, nothing beneath takes the focus.
        if let Some(dialog) = node.get_untracked() {
            dialog.close();
        }
        browser::focus(before.try_get_value().flatten());
    });
    dialog()
        .node_ref(node)
        .class("dialog")
        .attr("part", "dialog")
        .attr("role", role)
        .attr("aria-label", title.clone())
        .on(ev::close, move |_| on_close())
        .child((h2().child(title), content))
}
