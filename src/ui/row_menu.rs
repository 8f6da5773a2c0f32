//! The menu of a row. One for all rows, made when it is opened.

use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ToggleEvent};

use super::{
    browser,
    dom::{Child, El, NodeRef, button, div},
    icon,
    icon::icon,
    reactive::*,
    state::{Layer, Menu, State},
};
use crate::{model::Access, model::Recording};

pub fn row_menu(state: State) -> impl Child {
    move || {
        let menu = state.menu.get()?;
        let recording = untrack(|| state.recording(&menu.id))?;
        Some(open_menu(state, menu, recording))
    }
}

fn open_menu(state: State, place: Menu, recording: Recording) -> El {
    let node = NodeRef::<HtmlElement>::default();
    let before = StoredValue::new(browser::active_element());
    let close = move || {
        state.menu.set(None);
        browser::focus(before.try_get_value().flatten());
    };
    Effect::new(move |_| {
        if let Some(menu) = node.get() {
            // Fails only where the menu is shown already.
            let _ = menu.show_popover();
            put(&menu, place.x, place.y);
            focus_item(&menu, |_, _| 0);
        }
    });
    let status = recording.status.clone();
    let can = state.can.get_untracked();
    let (id, to_delete, to_share, to_edit) =
        (recording.id.clone(), recording.id.clone(), recording.id.clone(), recording.id.clone());
    let to_detail = recording.id.clone();
    let download = can.download.then(|| {
        item(icon::DOWNLOAD, "Download", status.is_playable(), close, move || {
            state.download(recording.clone(), None);
        })
    });
    let copy = can.share.then(|| {
        item(icon::LINK, "Copy link", true, close, move || state.copy_link(id.clone(), None))
    });
    let share = can.share.then(|| {
        item(icon::SHARE, "Share…", true, close, move || {
            state.share(to_share.clone(), Access::Anyone)
        })
    });
    let edit = can.edit.then(|| {
        item(icon::EDIT, "Edit details…", true, close, move || {
            state.editing.set(Some(to_edit.clone()));
        })
    });
    let details = item(icon::INFO, "Details", true, close, move || {
        state.layer.set(Some(Layer::Details(to_detail.clone())));
    });
    let delete = can.delete.then(|| {
        item(icon::TRASH, "Delete", status.is_deletable(), close, move || {
            state.ask_to_delete(vec![to_delete.clone()]);
        })
    });
    div()
        .node_ref(node)
        .class("menu")
        .attr("role", "menu")
        .attr("popover", "auto")
        .attr("aria-label", "Actions")
        .on(ev::toggle, move |event| {
            // Closed by Escape or by a click elsewhere. The event comes late: of a menu that is gone
            // already it must not close the next.
            let is_here = node.get_untracked().is_some_and(|menu| menu.is_connected());
            if is_here && event.unchecked_into::<ToggleEvent>().new_state() == "closed" {
                state.menu.set(None);
            }
        })
        .on(ev::keydown, move |event| menu_keys(&event, node, close))
        .child((download, copy, share, edit, details, delete))
}

fn item(
    shape: &'static str,
    text: &'static str,
    is_enabled: bool,
    close: impl Fn() + 'static,
    act: impl Fn() + 'static,
) -> El {
    button()
        .class("menu-item")
        .attr("type", "button")
        .attr("role", "menuitem")
        .attr("tabindex", "-1")
        .attr("aria-disabled", (!is_enabled).then_some("true"))
        .on(ev::click, move |_| {
            if is_enabled {
                close();
                act();
            }
        })
        .child((icon(shape), text))
}

fn menu_keys(event: &ev::KeyboardEvent, node: NodeRef<HtmlElement>, close: impl Fn()) {
    let Some(menu) = node.get_untracked() else { return };
    match event.key().as_str() {
        "ArrowDown" => focus_item(&menu, |at, count| (at + 1) % count),
        "ArrowUp" => focus_item(&menu, |at, count| (at + count - 1) % count),
        "Home" => focus_item(&menu, |_, _| 0),
        "End" => focus_item(&menu, |_, count| count - 1),
        "Tab" => close(),
        _ => return,
    }
    event.prevent_default();
}

/// Moves the focus from the item at `at` (the first when none has it) of `count`.
fn focus_item(menu: &HtmlElement, next: impl Fn(usize, usize) -> usize) {
    let mut items = browser::all(menu, "[role=menuitem]");
    let active = browser::active_element();
    let at = items.iter().position(|it| Some(it) == active.as_ref()).unwrap_or(0);
    if !items.is_empty() {
        let to = next(at, items.len());
        browser::focus(Some(items.swap_remove(to)));
    }
}

/// Puts the menu below the button, or above when there is no room, inside the window.
fn put(menu: &HtmlElement, x: f64, y: f64) {
    let size = menu.get_bounding_client_rect();
    let height =
        browser::window().and_then(|it| it.inner_height().ok()?.as_f64()).unwrap_or(f64::MAX);
    let top = if y + size.height() + 8.0 > height { y - size.height() - 40.0 } else { y + 4.0 };
    let left = (x - size.width()).max(8.0);
    let style = menu.style();
    for (name, value) in [("left", left), ("top", top.max(8.0))] {
        // CSSOM, which a strict CSP allows; fails only for names that are not CSS.
        let _ = style.set_property(name, &format!("{}px", value.round() as i32));
    }
}
