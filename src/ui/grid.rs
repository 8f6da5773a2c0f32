//! The list as an ARIA grid: headers that sort, and a row for every recording in view.

use gloo_timers::future::TimeoutFuture;
use leptos::{ev, prelude::*};
use web_sys::HtmlElement;

use super::{
    browser,
    dom::{El, NodeRef, button, div, input, span},
    grid_keys::grid_keys,
    icon,
    icon::icon,
    row::row,
    state::State,
};
use crate::{library::Deletion, model::SortKey};

pub fn grid(state: State) -> El {
    let node = NodeRef::<HtmlElement>::default();
    // The header row counts as one; -1 says that the server has more than we know of.
    let row_count = move || {
        let library = state.library.read();
        if library.next().is_some() { -1 } else { state.order.read().len() as i32 + 1 }
    };
    let rows = div()
        .attr("role", "rowgroup")
        .rows(move || state.order.get(), move |index, id| row(state, index, id));
    Effect::new(move |_| {
        let is_covered = *state.deletion.read() != Deletion::Idle || state.playing.read().is_some();
        if let (Some(at), false) = (state.focus_at.get(), is_covered) {
            state.focus_at.set(None);
            state.spawn(async move {
                // After every view has followed: until then the list may still be inert.
                TimeoutFuture::new(0).await;
                if let Some(grid) = node.get_untracked() {
                    focus_row(&grid, at);
                }
            });
        }
    });
    div()
        .node_ref(node)
        .class("grid")
        // What the server never says is no column; a status stands where a duration would.
        .class_if("no-duration", move || state.can.with(|can| !can.duration && !can.status))
        .class_if("no-select", move || state.can.with(|can| !can.has_bulk_work()))
        .class_if("no-size", move || state.can.with(|can| !can.size))
        .attr("role", "grid")
        .attr("aria-label", "Recordings")
        .attr("aria-rowcount", move || row_count().to_string())
        .attr("aria-multiselectable", "true")
        .on(ev::keydown, grid_keys)
        .child((div().attr("role", "rowgroup").child(head(state)), rows))
}

fn head(state: State) -> El {
    let are_all_selected = move || {
        state.selection.with(|selection| state.order.read().iter().all(|id| selection.has(id)))
    };
    let select_all = input()
        .attr("type", "checkbox")
        .attr("aria-label", "Select all")
        .prop("checked", are_all_selected)
        .on(ev::change, move |_| {
            let all = untrack(are_all_selected);
            state.selection.update(|selection| {
                if all {
                    selection.clear()
                } else {
                    selection.select_all(&state.order.read_untracked())
                }
            });
        });
    div().class("head").attr("role", "row").attr("aria-rowindex", "1").child((
        div().attr("role", "columnheader").class("select").child(select_all),
        column(state, SortKey::Room, "Room", "room"),
        column(state, SortKey::Date, "Date", "date"),
        // Where there are no durations the statuses are all that stands there.
        move || {
            if state.can.read().duration {
                column(state, SortKey::Duration, "Duration", "duration")
            } else {
                div().attr("role", "columnheader").class("duration").child("Status")
            }
        },
        column(state, SortKey::Size, "Size", "size"),
        div()
            .attr("role", "columnheader")
            .class("actions")
            .child(span().class("visually-hidden").child("Actions")),
    ))
}

fn column(state: State, key: SortKey, name: &'static str, class: &'static str) -> El {
    let sort = move || state.view.read().sort;
    let direction = move || match sort() {
        sort if sort.key != key => "none",
        sort if sort.descending => "descending",
        _ => "ascending",
    };
    let arrow = move || if sort().descending { icon::DOWN } else { icon::UP };
    div().attr("role", "columnheader").class(class).attr("aria-sort", direction).child(
        button()
            .class("sort")
            .attr("type", "button")
            .on(ev::click, move |_| state.sort_by(key))
            .child((name, icon(arrow))),
    )
}

/// Focuses the control that plays the row at this place, or the last row's.
fn focus_row(grid: &HtmlElement, at: usize) {
    let mut controls = browser::all(grid, ".poster");
    let last = controls.len().saturating_sub(1);
    browser::focus((!controls.is_empty()).then(|| controls.swap_remove(at.min(last))));
}

/// The list's own shape while the first page is on its way.
pub fn skeleton() -> El {
    let rows: Vec<_> = (0..8)
        .map(|_| {
            div().class("row is-skeleton").child((
                div().class("select"),
                div().class("room").child((span().class("poster"), span().class("bone"))),
                div().class("date").child(span().class("bone")),
                div().class("duration").child(span().class("bone")),
                div().class("size").child(span().class("bone")),
                div().class("actions"),
            ))
        })
        .collect();
    div().class("grid").attr("aria-hidden", "true").child((div().class("head"), rows))
}
