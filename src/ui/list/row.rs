//! What every row has, whatever it is about: its place for assistive technology, selecting by click,
//! the checkbox. The cells are given.

use std::ops::Range;

use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use super::{List, frame::Entry};
use crate::{
    library::Slot,
    ui::{
        dom::{Child, El, Fragment, button, div, fragment, input, mark},
        icon,
        icon::icon,
        reactive::*,
    },
};

/// Characters; more than a row is wide. What people wrote may be long.
const LONGEST_TEXT: usize = 300;

/// The row that stands at a place of the window, which is another one when the list moves on.
#[derive(Clone, Copy)]
pub struct Acting {
    pub slot: Memo<Option<Slot>>,
    pub is_selected: Memo<bool>,
}

/// `heading` draws what is no row.
pub fn row(
    list: List,
    entry: RwSignal<Entry>,
    cells: impl Fn(Acting) -> Fragment + 'static,
    heading: impl Fn() -> Fragment + 'static,
) -> El {
    let slot = Memo::new(move |_| match &*entry.read() {
        Entry::Row { slot, .. } => Some(*slot),
        Entry::Heading { .. } => None,
    });
    let is_row = Memo::new(move |_| slot.get().is_some());
    let is_selected =
        Memo::new(move |_| slot.get().is_some_and(|slot| list.selection.read().has(slot)));
    let index = move || match &*entry.read() {
        Entry::Row { at, .. } => Some((at + 2).to_string()),
        Entry::Heading { .. } => None,
    };
    let class = move || match &*entry.read() {
        Entry::Heading { .. } => "row is-heading",
        Entry::Row { is_away: true, .. } => "row is-away",
        Entry::Row { .. } => "row",
    };
    div()
        .class(class)
        .attr("part", "row")
        .attr("role", "row")
        .attr("aria-rowindex", index)
        .attr("aria-selected", move || is_row.get().then(|| is_selected.get().to_string()))
        .on(ev::click, move |event| {
            if let Some(slot) = slot.get_untracked() {
                select_by_click(list, slot, &event);
            }
        })
        .child(move || if is_row.get() { cells(Acting { slot, is_selected }) } else { heading() })
}

/// Ctrl or Cmd adds a row, Shift all from the last one on; a plain click is left to what is clicked.
fn select_by_click(list: List, slot: Slot, event: &ev::MouseEvent) {
    let is_on_control = event
        .target()
        .and_then(|it| it.dyn_into::<Element>().ok())
        .is_some_and(|it| matches!(it.closest("button:not(.poster), input"), Ok(Some(_))));
    if is_on_control {
        return;
    }
    if event.shift_key() {
        list.select_to(None, slot);
    } else if event.ctrl_key() || event.meta_key() {
        list.toggle(slot);
    }
}

pub fn cell(class: &'static str, child: impl Child) -> El {
    div().attr("role", "gridcell").attr("tabindex", "-1").class(class).child(child)
}

/// `name` says which row it selects.
pub fn select_box(list: List, it: Acting, name: impl Fn() -> String + 'static) -> El {
    let Acting { slot, is_selected } = it;
    input()
        .attr("type", "checkbox")
        .attr("tabindex", "-1")
        .attr("aria-label", name)
        .prop("checked", move || is_selected.get())
        .on(ev::click, move |event| {
            let Some(slot) = slot.get_untracked() else { return };
            if event.shift_key() {
                list.select_to(None, slot);
            } else {
                list.toggle(slot);
            }
            // A range over a row that was selected leaves it so, whatever the click did to the box.
            let is_selected = list.selection.with_untracked(|it| it.has(slot));
            event_target::<HtmlInputElement>(&event).set_checked(is_selected);
        })
}

/// The button of a row that opens its menu. `open` takes its lower right corner: viewport coordinates, in
/// CSS px.
pub fn more_button(
    name: impl Fn() -> String + 'static,
    is_open: impl Fn() -> bool + 'static,
    open: impl Fn(f64, f64) + 'static,
) -> El {
    button()
        .class("icon-button")
        .attr("type", "button")
        .attr("tabindex", "-1")
        .attr("aria-label", name)
        .attr("aria-haspopup", "menu")
        .attr("aria-expanded", move || is_open().to_string())
        .on(ev::click, move |event| {
            let button = event.current_target().and_then(|it| it.dyn_into::<Element>().ok());
            if let Some(place) = button.map(|it| it.get_bounding_client_rect()) {
                open(place.right(), place.bottom());
            }
        })
        .child(icon(icon::MORE))
}

/// A text with the `hits` in it marked, which are byte ranges.
pub fn marked(
    text: impl Fn() -> String + 'static,
    hits: impl Fn(&str) -> Vec<Range<usize>> + 'static,
) -> impl Child {
    move || {
        let text = text();
        let mut parts = Vec::new();
        let mut from = 0;
        for hit in hits(&text) {
            parts.push(fragment(text.get(from..hit.start).unwrap_or_default().to_owned()));
            parts
                .push(fragment(mark().child(text.get(hit.clone()).unwrap_or_default().to_owned())));
            from = hit.end;
        }
        parts.push(fragment(text.get(from..).unwrap_or_default().to_owned()));
        parts
    }
}

/// A hue of the colour circle for what has this id.
pub fn hue(id: &str) -> u32 {
    id.bytes().fold(0_u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(u32::from(byte))) % 360
}

pub fn clipped(text: &str) -> String {
    text.chars().take(LONGEST_TEXT).collect()
}
