//! The bar over the list: how many there are, the search, the filters, the view, asking again.

use leptos::ev;

use super::{
    dom::{Child, El, bdi, button, div, h2, slot, span},
    filters::filters,
    icon,
    icon::icon,
    reactive::*,
    search_field::search_field,
    state::{Load, State},
    view_dialog::view_dialog,
};
use crate::i18n::t;

pub fn bar(state: State) -> impl Child {
    state.restore_look();
    let is_loading = move || *state.load.read() == Load::Loading;
    let are_filters_open = RwSignal::new(false);
    let has_search = !state.limits.get_value().no_search;
    (
        slot().attr("name", "header"),
        div().class("bar").attr("part", "bar").child((
            h2().child(t("Recordings")),
            bdi()
                .class("count")
                .child(move || (!state.library.read().is_empty()).then(|| state.count())),
            has_search.then(|| (search_field(state), filters_button(are_filters_open))),
            view_dialog(state),
            button()
                .class("icon-button")
                .attr("type", "button")
                .attr("aria-label", t("Refresh"))
                .attr("aria-busy", move || is_loading().to_string())
                .on(ev::click, move |_| state.refresh())
                .child(icon(icon::REFRESH)),
        )),
        filters(state, are_filters_open),
    )
}

fn filters_button(are_open: RwSignal<bool>) -> El {
    button()
        .class("button is-compact")
        .attr("type", "button")
        .attr("aria-expanded", move || are_open.get().to_string())
        .on(ev::click, move |_| are_open.update(|open| *open = !*open))
        .child((icon(icon::FILTER), span().child(t("Filters"))))
}
