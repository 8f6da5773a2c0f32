//! The list as an ARIA grid: headers that sort, and a window on the rows. As many rows are in the page
//! as can be seen, and a few more.

use gloo_timers::future::TimeoutFuture;
use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{
    Acts, List,
    frame::{Entry, Frame},
    keys::Keys,
};
use crate::{
    i18n::{Words, t},
    library::{Density, Layout},
    ui::{
        dom::{El, NodeRef, Sign, button, div, input, span},
        icon,
        icon::icon,
        reactive::*,
    },
};

/// What a list looks like and is called.
pub struct Face {
    pub label: Words,
    /// Of the viewport, beside those of the layout.
    pub class: &'static str,
    /// The server has more rows than we know of.
    pub is_partial: Box<dyn Fn() -> bool>,
    /// The widths of the columns between those of the checkbox and of the actions, as CSS.
    pub tracks: Box<dyn Fn() -> String>,
    /// The header's cells between those.
    pub heads: Box<dyn Fn() -> Vec<El>>,
    pub row: Box<dyn Fn(RwSignal<Entry>) -> El>,
    /// The reader has scrolled to the end of what is known.
    pub at_end: Box<dyn Fn()>,
}

pub fn grid(list: List, acts: Acts, face: Face) -> El {
    let frame = Frame::new(list);
    let node = NodeRef::<HtmlElement>::default();
    let keys = Keys::new(list, acts, frame, node);
    let Face { label, class, is_partial, tracks, heads, row, at_end } = face;
    // One stop of the Tab key: the grid, and when the focus is in it, what has it.
    let has_focus = RwSignal::new(false);
    focus_when_asked(list, keys);
    Effect::new(move |_| {
        if frame.is_at_end() {
            at_end();
        }
    });
    let rows = div().node_ref(frame.area).class("area").attr("role", "rowgroup").child(
        div()
            .node_ref(frame.sheet)
            .class("sheet")
            .attr("role", "none")
            .style("--columns", move || Some(frame.columns.get().to_string()))
            .pool(move || frame.entries(), Entry::is_same, row),
    );
    // The header row counts as one; -1 says that the server has more than we know of.
    let row_count = move || {
        let count = list.order.with(|order| order.slots.len() as i32 + 1);
        if is_partial() { -1 } else { count }
    };
    let grid = div()
        .node_ref(node)
        .class("grid")
        .attr("role", "grid")
        .attr("tabindex", move || if has_focus.get() { "-1" } else { "0" })
        .attr("aria-label", label)
        .attr("aria-rowcount", move || row_count().to_string())
        .attr("aria-multiselectable", move || list.can_select.get().then_some("true"))
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
            div()
                .node_ref(frame.heads)
                .attr("role", "rowgroup")
                .class("heads")
                .child(head(list, heads)),
            rows,
        ));
    let class = move || {
        let density = if list.density.get() == Density::Compact { " is-dense" } else { "" };
        let layout = match frame.layout.get() {
            Layout::Table => "is-table",
            Layout::Cards => "is-cards",
            Layout::Grid => "is-grid",
        };
        let select = if list.can_select.get() { "" } else { " no-select" };
        format!("viewport {class} {layout}{density}{select}")
    };
    let tracks = move || {
        let select = if list.can_select.get() { "2.6em" } else { "0" };
        Some(format!("{select} minmax(0, 1fr){} 5.8em", tracks()))
    };
    div()
        .node_ref(frame.viewport)
        .class(class)
        .style("--tracks", tracks)
        .on(ev::scroll, move |_| frame.on_scroll())
        .child((div().node_ref(frame.probe).class("probe").attr("aria-hidden", "true"), grid))
}

/// A row that lost the focus because what had it is gone.
fn focus_when_asked(list: List, keys: Keys) {
    Effect::new(move |_| {
        let is_covered = list.is_covered.get();
        if let (Some(at), false) = (list.focus_at.get(), is_covered) {
            list.focus_at.set(None);
            keys.spawn(async move {
                // After every view has followed: until then the list may still be inert.
                TimeoutFuture::new(0).await;
                keys.go_to_row(at, keys.open_stop(), false);
            });
        }
    });
}

fn head(list: List, heads: Box<dyn Fn() -> Vec<El>>) -> El {
    let select_all = input()
        .attr("type", "checkbox")
        .attr("tabindex", "-1")
        .attr("aria-label", t("Select all"))
        .prop("checked", move || list.are_all_selected())
        .on(ev::change, move |_| {
            if untrack(|| list.are_all_selected()) {
                list.clear_selection();
            } else {
                list.select_all();
            }
        });
    div().class("head").attr("role", "row").attr("aria-rowindex", "1").child((
        div().attr("role", "columnheader").class("select").child(select_all),
        move || heads(),
        div()
            .attr("role", "columnheader")
            .attr("tabindex", "-1")
            .class("actions")
            .child(span().class("visually-hidden").child(t("Actions"))),
    ))
}

/// What a column is called, and what it shows of the order.
pub struct Header {
    pub name: Words,
    pub class: &'static str,
    /// Its place among what the rows are sorted by, and whether they descend.
    pub sorted: Memo<Option<(usize, bool)>>,
    /// With Shift: within the first.
    pub sort: Box<dyn Fn(bool)>,
}

/// A header with a button that sorts.
pub fn sort_header(header: Header) -> El {
    let Header { name, class, sorted, sort } = header;
    let direction = move || match sorted.get() {
        None => "none",
        Some((_, true)) => "descending",
        Some((_, false)) => "ascending",
    };
    let arrow = move || if matches!(sorted.get(), Some((_, true))) { icon::DOWN } else { icon::UP };
    div().attr("role", "columnheader").class(class).attr("aria-sort", direction).child(
        button()
            .class("sort")
            .attr("type", "button")
            .attr("tabindex", "-1")
            .attr("title", t("Shift-click to sort by it within the first"))
            .on(ev::click, move |event| sort(event.shift_key()))
            .child((name, icon(arrow), move || {
                matches!(sorted.get(), Some((1, _)))
                    .then(|| span().class("second").child(Sign("2")))
            })),
    )
}

/// The list's own shape while the first page is on its way; `cells` are the classes of the columns.
pub fn skeleton(cells: &'static [&'static str]) -> El {
    let bones = |class: &&'static str| div().class(*class).child(span().class("bone"));
    let rows: Vec<_> = (0..8)
        .map(|_| {
            div().class("row is-skeleton").child((
                div().class("select"),
                div().class("room").child((span().class("poster"), span().class("bone"))),
                cells.iter().map(bones).collect::<Vec<_>>(),
                div().class("actions"),
            ))
        })
        .collect();
    div().class("viewport is-table").attr("aria-hidden", "true").child((div().class("head"), rows))
}

/// A header of a column that the rows cannot be sorted by.
pub fn plain_header(name: Words, class: &'static str) -> El {
    div().attr("role", "columnheader").class(class).attr("tabindex", "-1").child(name)
}
