//! All that is known of one recording, to look at and to copy: also of one that runs or that failed.

use web_sys::HtmlTextAreaElement;

use super::{
    browser,
    dialog::modal,
    dom::{Child, El, NodeRef, bdi, dd, div, dl, dt, p, textarea},
    layers::push,
    reactive::*,
    state::State,
};
use crate::{
    i18n::{Words, facts, lines, t},
    model::Recording,
};

/// `picture` is how many pixels across and down it has, where it is shown. `on_close` is to take the
/// dialog out of the view.
pub fn details(
    state: State,
    recording: &Recording,
    picture: Option<(u32, u32)>,
    on_close: impl Fn() + 'static,
) -> El {
    let format = state.format();
    let says_status = state.can.with_untracked(|can| can.status);
    let moment = |ms| format.full(ms);
    let facts = facts(recording, says_status, picture, &moment, &|bytes| format.size(bytes));
    let text = lines(&facts);
    let lines: Vec<_> = facts.into_iter().map(|(name, value)| line(name, value)).collect();
    let on_close = StoredValue::new(on_close);
    let close = move || {
        on_close.try_with_value(|close| close());
    };
    // Takes the focus, so that arrows scroll the dialog.
    let list = dl().class("details").attr("tabindex", "-1").attr("autofocus", "").child(lines);
    modal("dialog", || t("Details").into(), close, (list, copy(state, text, close)))
}

fn line(name: String, value: String) -> El {
    div().child((dt().child(bdi().child(name)), dd().child(bdi().attr("dir", "auto").child(value))))
}

fn copy(state: State, text: String, close: impl Fn() + 'static) -> impl Child {
    let text = StoredValue::new(text);
    let said = RwSignal::new(None);
    // Without https the browser copies only what the user copies.
    let is_by_hand = RwSignal::new(false);
    let field = NodeRef::<HtmlTextAreaElement>::default();
    let select = move |field: HtmlTextAreaElement| {
        field.select();
        browser::focus(Some(field.into()));
    };
    Effect::new(move |_| field.get().into_iter().for_each(select));
    let act = move || {
        let text = text.get_value();
        state.spawn(async move {
            if browser::copy(&text).await {
                return said.set(Some(t("Copied.")));
            }
            said.set(Some(t("Press Ctrl+C or ⌘C to copy.")));
            match field.get_untracked() {
                Some(field) => select(field),
                None => is_by_hand.set(true),
            }
        });
    };
    let area = move || {
        is_by_hand.get().then(|| {
            textarea()
                .node_ref(field)
                .class("input")
                .attr("rows", "6")
                .attr("readonly", "")
                .attr("aria-label", t("Details as text"))
                .prop("value", move || text.get_value())
        })
    };
    let buttons = div()
        .class("buttons")
        .child((push("button", t("Copy"), act), push("button", t("Close"), close)));
    let said = move || said.get().map(Words::text).unwrap_or_default();
    (area, p().class("muted").attr("aria-live", "polite").child(said), buttons)
}
