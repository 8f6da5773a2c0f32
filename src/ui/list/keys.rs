//! The keyboard in the grid: one tab stop, arrows between the cells, and what a row's keys do. Where
//! to go is worked out from the order and the frame, for most rows are not in the page.

use gloo_timers::future::TimeoutFuture;
use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{
    Acts, List,
    frame::{Active, Frame},
};
use crate::{
    library::{Align, Layout, Slot},
    ui::{browser, dom::NodeRef, reactive::*, tasks::Tasks},
};

/// What the keyboard is at.
enum Spot {
    Head { stop: usize },
    Row { at: usize, slot: Slot, stop: usize },
}

#[derive(Clone, Copy)]
pub struct Keys {
    list: List,
    acts: StoredValue<Acts>,
    frame: Frame,
    grid: NodeRef<HtmlElement>,
    /// The focus that comes next is the pointer's doing.
    is_pressed: StoredValue<bool>,
    tasks: StoredValue<Tasks>,
}

impl Keys {
    pub fn new(list: List, acts: Acts, frame: Frame, grid: NodeRef<HtmlElement>) -> Self {
        let tasks = Tasks::default();
        let tasks = StoredValue::new(tasks);
        on_cleanup(move || {
            tasks.try_with_value(Tasks::stop);
        });
        Self {
            list,
            acts: StoredValue::new(acts),
            frame,
            grid,
            is_pressed: StoredValue::new(false),
            tasks,
        }
    }

    /// Ends with the grid, which goes when there is no row any more.
    pub fn spawn(self, work: impl Future<Output = ()> + 'static) {
        self.tasks.with_value(|tasks| tasks.spawn(work));
    }

    pub fn on_keydown(self, event: &ev::KeyboardEvent) {
        let Some(target) = event.target().and_then(|it| it.dyn_into::<HtmlElement>().ok()) else {
            return;
        };
        let Some(spot) = self.spot(&target) else { return };
        let is_chord = event.ctrl_key() || event.meta_key();
        let key = event.key();
        let is_done = match (&spot, key.as_str()) {
            (_, "a") if is_chord => {
                self.list.select_all();
                true
            }
            (_, "Escape") => self.acts.with_value(|it| (it.clear)()),
            (_, "Home") if is_chord => self.go_to_row(0, spot.stop(), false),
            (_, "End") if is_chord => self.go_to_row(usize::MAX, spot.stop(), false),
            (_, "Home") => self.go_to_stop(&target, |_, _| 0),
            (_, "End") => self.go_to_stop(&target, |_, last| last),
            (_, "ArrowLeft" | "ArrowRight") => {
                let is_forward = (key == "ArrowRight") != is_right_to_left(&target);
                self.go_sideways(&target, &spot, is_forward)
            }
            (Spot::Head { stop }, "ArrowDown") => self.go_to_row(0, *stop, false),
            (Spot::Head { .. }, _) => false,
            (Spot::Row { at: 0, stop, .. }, "ArrowUp") if !event.shift_key() => {
                self.go_to_head(*stop)
            }
            (Spot::Row { at, stop, .. }, "ArrowUp") => self.go_to_row(
                at.saturating_sub(self.frame.columns.get_untracked()),
                *stop,
                event.shift_key(),
            ),
            (Spot::Row { at, stop, .. }, "ArrowDown") => {
                self.go_to_row(at + self.frame.columns.get_untracked(), *stop, event.shift_key())
            }
            (Spot::Row { at, stop, .. }, "PageUp") => {
                self.go_to_row(at.saturating_sub(self.page()), *stop, event.shift_key())
            }
            (Spot::Row { at, stop, .. }, "PageDown") => {
                self.go_to_row(at + self.page(), *stop, event.shift_key())
            }
            (Spot::Row { slot, .. }, "Delete") => {
                self.acts.with_value(|it| (it.delete)(*slot));
                true
            }
            (Spot::Row { slot, .. }, " ") if !is_button(&target) => {
                self.list.toggle(*slot);
                true
            }
            (Spot::Row { slot, .. }, "Enter") if !target.matches("button").unwrap_or(false) => {
                self.acts.with_value(|it| (it.open)(*slot));
                true
            }
            (Spot::Row { .. }, "ContextMenu") => self.open_menu(&target),
            (Spot::Row { .. }, "F10") if event.shift_key() => self.open_menu(&target),
            _ => false,
        };
        if is_done {
            event.prevent_default();
            event.stop_propagation();
        }
    }

    /// Firefox presses a button when the space bar goes up.
    pub fn on_keyup(self, event: &ev::KeyboardEvent) {
        let target = event.target().and_then(|it| it.dyn_into::<HtmlElement>().ok());
        if event.key() == " " && target.is_some_and(|it| !is_button(&it)) {
            event.prevent_default();
        }
    }

    /// Who comes by Tab lands on the row they left, or on the first.
    pub fn on_focus(self, event: &ev::FocusEvent) {
        let Some(target) = event.target().and_then(|it| it.dyn_into::<HtmlElement>().ok()) else {
            return;
        };
        let is_pressed = self.is_pressed.get_value();
        self.is_pressed.set_value(false);
        if self.grid.get_untracked().as_ref() == Some(&target) {
            let active = self.frame.active.get_untracked();
            match active {
                Some(active) if is_pressed => self.focus_row(active.at, active.stop),
                Some(active) => self.go_to_row(active.at, active.stop, false),
                None => self.go_to_row(0, self.open_stop(), false),
            };
        } else if let Some(Spot::Row { at, slot, stop }) = self.place(&target) {
            self.frame.active.set(Some(Active { slot, at, stop }));
        }
    }

    /// A press beside the controls of a row leaves the keyboard at that row, and the list where it is.
    pub fn on_press(self, event: &ev::MouseEvent) {
        if event.shift_key() {
            // Else it selects the text between here and there.
            event.prevent_default();
        }
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let row = target.and_then(|it| it.closest(".row[aria-rowindex]").ok().flatten());
        if let Some(row) = row
            && let Some((at, slot)) = self.row_in(&row)
        {
            self.frame.active.set(Some(Active { slot, at, stop: self.open_stop() }));
            self.is_pressed.set_value(true);
        }
    }

    /// Has a row in the window, and the focus on it; past the end on the last.
    pub fn go_to_row(self, at: usize, stop: usize, is_selecting: bool) -> bool {
        let found = self.list.order.with_untracked(|order| {
            let at = at.min(order.slots.len().checked_sub(1)?);
            Some((at, *order.slots.get(at)?))
        });
        let Some((at, slot)) = found else { return false };
        if is_selecting {
            let from = self.frame.active.get_untracked().map(|it| it.slot);
            self.list.select_to(from, slot);
        }
        self.frame.reveal(at, Align::Nearest);
        self.frame.active.set(Some(Active { slot, at, stop }));
        self.spawn(async move {
            // After the rows have followed.
            TimeoutFuture::new(0).await;
            self.focus_row(at, stop);
        });
        true
    }

    fn focus_row(self, at: usize, stop: usize) -> bool {
        let row = self.grid.get_untracked().and_then(|grid| row_at(&grid, at));
        row.is_some_and(|row| focus_stop(&row, |_, last| stop.min(last)))
    }

    /// The control that opens a row stands behind the one that selects it, where there is one.
    pub fn open_stop(self) -> usize {
        usize::from(self.list.can_select.get_untracked())
    }

    fn go_to_head(self, stop: usize) -> bool {
        let head =
            self.grid.get_untracked().and_then(|it| it.query_selector(".head").ok().flatten());
        head.is_some_and(|head| focus_stop(&head, |_, last| stop.min(last)))
    }

    fn go_to_stop(self, target: &HtmlElement, choose: impl Fn(usize, usize) -> usize) -> bool {
        row_of(target).is_some_and(|row| focus_stop(&row, choose))
    }

    /// To the next cell; in the grid layout from the last one on to the next item.
    fn go_sideways(self, target: &HtmlElement, spot: &Spot, is_forward: bool) -> bool {
        let Some(row) = row_of(target) else { return false };
        let last = stops(&row).len().saturating_sub(1);
        let stop = spot.stop();
        match spot {
            Spot::Row { at, .. } if self.frame.layout.get_untracked() == Layout::Grid => {
                match (is_forward, *at) {
                    (true, at) if stop == last => return self.go_to_row(at + 1, 0, false),
                    (false, at) if stop == 0 && at > 0 => {
                        return self.go_to_row(at - 1, usize::MAX, false);
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        let next = if is_forward { stop + 1 } else { stop.saturating_sub(1) };
        focus_stop(&row, |_, last| next.min(last))
    }

    fn open_menu(self, target: &HtmlElement) -> bool {
        let row = row_of(target);
        let button = row.and_then(|it| it.query_selector("[aria-haspopup]").ok().flatten());
        match button.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            Some(button) => {
                browser::focus(Some(button.clone()));
                button.click();
                true
            }
            None => false,
        }
    }

    fn page(self) -> usize {
        self.frame.page() * self.frame.columns.get_untracked()
    }

    /// Where the keyboard is. A row that it was sent to may not have the focus yet, when the next key comes.
    fn spot(self, target: &HtmlElement) -> Option<Spot> {
        let active = self.frame.active.get_untracked();
        let active = active.map(|it| Spot::Row { at: it.at, slot: it.slot, stop: it.stop });
        match self.place(target) {
            Some(Spot::Row { .. }) => active,
            None if self.grid.get_untracked().as_ref() == Some(target) => active,
            place => place,
        }
    }

    fn place(self, target: &HtmlElement) -> Option<Spot> {
        let row = row_of(target)?;
        let stop = stops(&row).iter().position(|it| it == target)?;
        if row.class_list().contains("head") {
            return Some(Spot::Head { stop });
        }
        let (at, slot) = self.row_in(&row)?;
        Some(Spot::Row { at, slot, stop })
    }

    fn row_in(self, row: &Element) -> Option<(usize, Slot)> {
        let index: usize = row.get_attribute("aria-rowindex")?.parse().ok()?;
        let at = index.checked_sub(2)?;
        Some((at, self.list.order.with_untracked(|order| order.slots.get(at).copied())?))
    }
}

impl Spot {
    fn stop(&self) -> usize {
        match self {
            Self::Head { stop } | Self::Row { stop, .. } => *stop,
        }
    }
}

/// A button of its own, that is pressed by the space bar; the one that opens is the row's.
fn is_button(target: &HtmlElement) -> bool {
    target.matches("button:not(.poster)").unwrap_or(false)
}

fn row_of(target: &HtmlElement) -> Option<Element> {
    target.closest("[role=row]").ok()?
}

fn row_at(grid: &HtmlElement, at: usize) -> Option<Element> {
    grid.query_selector(&format!("[aria-rowindex=\"{}\"]", at + 2)).ok()?
}

/// What can be gone to in a row: the controls of each cell, or the cell.
fn stops(row: &Element) -> Vec<HtmlElement> {
    const CELLS: &str = ":scope > [role=gridcell], :scope > [role=columnheader]";
    let is_shown = |it: &HtmlElement| it.offset_width() > 0;
    browser::all(row, CELLS)
        .into_iter()
        .flat_map(|cell| {
            // A cell may have no box of its own, only its controls.
            let mut controls = browser::all(&cell, "button, input");
            controls.retain(is_shown);
            if controls.is_empty() { vec![cell] } else { controls }
        })
        .filter(is_shown)
        .collect()
}

fn focus_stop(row: &Element, choose: impl Fn(usize, usize) -> usize) -> bool {
    let mut stops = stops(row);
    let Some(last) = stops.len().checked_sub(1) else { return false };
    let stop = stops.swap_remove(choose(0, last).min(last));
    browser::focus_in_place(&stop);
    true
}

fn is_right_to_left(element: &HtmlElement) -> bool {
    element.matches(":dir(rtl)").unwrap_or(false)
}
