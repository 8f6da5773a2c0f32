//! The list as an ARIA grid: headers that sort, and a window on the rows. As many rows are in the page
//! as can be seen, and a few more.

use gloo_timers::future::TimeoutFuture;
use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{
    dom::{El, NodeRef, button, div, input, span},
    frame::{Entry, Frame},
    grid_keys::Keys,
    icon,
    icon::icon,
    reactive::*,
    row::row,
    state::State,
};
use crate::{
    library::{Column, Density, Layout},
    model::{Capabilities, SortKey},
};

pub fn grid(state: State) -> El {
    let frame = Frame::new(state);
    let node = NodeRef::<HtmlElement>::default();
    let keys = Keys::new(state, frame, node);
    // One stop of the Tab key: the grid, and when the focus is in it, what has it.
    let has_focus = RwSignal::new(false);
    focus_when_asked(state, keys);
    load_at_the_end(state, frame);
    let rows = div().node_ref(frame.area).class("area").attr("role", "rowgroup").child(
        div()
            .node_ref(frame.sheet)
            .class("sheet")
            .attr("role", "none")
            .style("--columns", move || Some(frame.columns.get().to_string()))
            .pool(move || frame.entries(), Entry::is_same, move |entry| row(state, entry)),
    );
    let grid = div()
        .node_ref(node)
        .class("grid")
        .attr("role", "grid")
        .attr("tabindex", move || if has_focus.get() { "-1" } else { "0" })
        .attr("aria-label", "Recordings")
        .attr("aria-rowcount", move || row_count(state).to_string())
        .attr("aria-multiselectable", move || {
            state.can.with(|can| can.has_bulk_work().then_some("true"))
        })
        .on(ev::focusin, move |event| {
            has_focus.set(true);
            keys.on_focus(&event);
        })
        .on(ev::focusout, move |event| {
            let is_inside = node.get_untracked().is_some_and(|grid| {
                event.related_target().is_some_and(|to| grid.contains(to.dyn_ref()))
            });
            has_focus.set(is_inside);
        })
        .on(ev::mousedown, move |event| keys.on_press(&event))
        .on(ev::keydown, move |event| keys.on_keydown(&event))
        .on(ev::keyup, move |event| keys.on_keyup(&event))
        .child((
            div().node_ref(frame.heads).attr("role", "rowgroup").class("heads").child(head(state)),
            rows,
        ));
    let class = move || {
        let density = if state.view.read().density == Density::Compact { " is-dense" } else { "" };
        let layout = match frame.layout.get() {
            Layout::Table => "is-table",
            Layout::Cards => "is-cards",
            Layout::Grid => "is-grid",
        };
        let select = if state.can.with(Capabilities::has_bulk_work) { "" } else { " no-select" };
        format!("viewport {layout}{density}{select}")
    };
    div()
        .node_ref(frame.viewport)
        .class(class)
        .style("--tracks", move || Some(tracks(state)))
        .on(ev::scroll, move |_| frame.on_scroll())
        .child((div().node_ref(frame.probe).class("probe").attr("aria-hidden", "true"), grid))
}

/// The header row counts as one; -1 says that the server has more than we know of.
fn row_count(state: State) -> i32 {
    let is_partial = state.library.read().is_partial();
    if is_partial { -1 } else { state.order.read().slots.len() as i32 + 1 }
}

/// The widths of the columns that are shown.
fn tracks(state: State) -> String {
    let select = if state.can.with(Capabilities::has_bulk_work) { "2.6em" } else { "0" };
    let mut tracks = format!("{select} minmax(0, 1fr)");
    for column in state.view.read().columns.shown() {
        if state.has_column(*column) {
            tracks.push_str(match column {
                Column::Date => " 8em",
                Column::Duration => " 8em",
                Column::Size => " 6em",
                Column::Room | Column::File | Column::Id => " minmax(0, 12em)",
            });
        }
    }
    tracks.push_str(" 5.8em");
    tracks
}

/// A row that lost the focus because what had it is gone.
fn focus_when_asked(state: State, keys: Keys) {
    Effect::new(move |_| {
        let is_covered =
            !state.deletions.read().question().is_empty() || state.playing.read().is_some();
        if let (Some(at), false) = (state.focus_at.get(), is_covered) {
            state.focus_at.set(None);
            keys.spawn(async move {
                // After every view has followed: until then the list may still be inert.
                TimeoutFuture::new(0).await;
                keys.go_to_row(at, keys.play_stop(), false);
            });
        }
    });
}

/// Who scrolls to the end of what is loaded wants to see what comes after.
fn load_at_the_end(state: State, frame: Frame) {
    Effect::new(move |_| {
        if frame.is_at_end() {
            state.load_more_by_itself();
        }
    });
}

fn head(state: State) -> El {
    let are_all_selected = move || {
        state
            .order
            .with(|order| !order.slots.is_empty() && state.selection.read().has_all(&order.slots))
    };
    let select_all = input()
        .attr("type", "checkbox")
        .attr("tabindex", "-1")
        .attr("aria-label", "Select all")
        .prop("checked", are_all_selected)
        .on(ev::change, move |_| {
            if untrack(are_all_selected) {
                state.clear_selection();
            } else {
                state.select_all();
            }
        });
    let columns = Memo::new(move |_| state.view.read().columns.clone());
    div().class("head").attr("role", "row").attr("aria-rowindex", "1").child((
        div().attr("role", "columnheader").class("select").child(select_all),
        header(state, Some(SortKey::Room), "Room", "room"),
        move || {
            let columns = columns.get();
            let shown = columns.shown().iter().filter(|it| state.has_column(**it));
            shown.map(|it| column(state, *it)).collect::<Vec<_>>()
        },
        div()
            .attr("role", "columnheader")
            .attr("tabindex", "-1")
            .class("actions")
            .child(span().class("visually-hidden").child("Actions")),
    ))
}

fn column(state: State, column: Column) -> El {
    match column {
        Column::Date => header(state, Some(SortKey::Date), "Date", "date"),
        // Where there are no durations the statuses are all that stands there.
        Column::Duration if !state.can.read().duration => header(state, None, "Status", "duration"),
        Column::Duration => header(state, Some(SortKey::Duration), "Duration", "duration"),
        Column::Size => header(state, Some(SortKey::Size), "Size", "size"),
        Column::Room => header(state, None, "Room name", "name"),
        Column::File => header(state, None, "File", "name"),
        Column::Id => header(state, None, "ID", "name"),
    }
}

/// `key` is missing where there is nothing to sort by.
fn header(state: State, key: Option<SortKey>, name: &'static str, class: &'static str) -> El {
    let header = div().attr("role", "columnheader").class(class);
    let Some(key) = key else { return header.attr("tabindex", "-1").child(name) };
    let place = move || state.view.read().sort.iter().position(|sort| sort.key == key);
    let is_descending =
        move || state.view.read().sort.iter().any(|sort| sort.key == key && sort.descending);
    let direction = move || match place() {
        None => "none",
        Some(_) if is_descending() => "descending",
        Some(_) => "ascending",
    };
    let arrow = move || if is_descending() { icon::DOWN } else { icon::UP };
    header.attr("aria-sort", direction).child(
        button()
            .class("sort")
            .attr("type", "button")
            .attr("tabindex", "-1")
            .attr("title", "Shift-click to sort by it within the first")
            .on(ev::click, move |event| state.sort_by(key, event.shift_key()))
            .child((name, icon(arrow), move || {
                (place() == Some(1)).then(|| span().class("second").child("2"))
            })),
    )
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
    div().class("viewport is-table").attr("aria-hidden", "true").child((div().class("head"), rows))
}
