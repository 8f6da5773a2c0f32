//! A menu that opens at a button: arrows, Escape, a click elsewhere. Made when it is opened.

use std::borrow::Cow;

use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ToggleEvent};

use super::{
    browser,
    dom::{El, NodeRef, button, div},
    icon::icon,
    reactive::*,
};
use crate::i18n::{Words, t};

/// How wide the button is that opens it; CSS px.
const BUTTON: f64 = 36.0;

pub struct Item {
    pub icon: &'static str,
    pub text: Cow<'static, str>,
    pub is_enabled: bool,
    pub act: Box<dyn Fn()>,
}

pub fn item(icon: &'static str, text: Words, is_enabled: bool, act: impl Fn() + 'static) -> Item {
    Item { icon, text: text.text(), is_enabled, act: Box::new(act) }
}

/// `x` and `y`: viewport coordinates of the button's lower right corner, in CSS px. `on_close` is to take
/// the menu out of the view.
pub fn menu(x: f64, y: f64, on_close: impl Fn() + Copy + 'static, items: Vec<Item>) -> El {
    let node = NodeRef::<HtmlElement>::default();
    let before = StoredValue::new(browser::active_element());
    let close = move || {
        on_close();
        browser::focus(before.try_get_value().flatten());
    };
    Effect::new(move |_| {
        if let Some(menu) = node.get() {
            // Fails only where the menu is shown already.
            let _ = menu.show_popover();
            put(&menu, x, y);
            focus_item(&menu, |_, _| 0);
        }
    });
    let items: Vec<_> = items.into_iter().map(|it| shown(it, close)).collect();
    div()
        .node_ref(node)
        .class("menu")
        .attr("part", "menu")
        .attr("role", "menu")
        .attr("popover", "auto")
        .attr("aria-label", t("Actions"))
        .on(ev::toggle, move |event| {
            // Closed by Escape or by a click elsewhere. The event comes late: of a menu that is gone
            // already it must not close the next.
            let is_here = node.get_untracked().is_some_and(|menu| menu.is_connected());
            if is_here && event.unchecked_into::<ToggleEvent>().new_state() == "closed" {
                on_close();
            }
        })
        .on(ev::keydown, move |event| on_key(&event, node, close))
        .child(items)
}

fn shown(item: Item, close: impl Fn() + 'static) -> El {
    let Item { icon: shape, text, is_enabled, act } = item;
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

fn on_key(event: &ev::KeyboardEvent, node: NodeRef<HtmlElement>, close: impl Fn()) {
    let Some(menu) = node.get_untracked() else { return };
    match event.key().as_str() {
        "ArrowDown" => focus_item(&menu, |at, count| (at + 1) % count),
        "ArrowUp" => focus_item(&menu, |at, count| (at + count - 1) % count),
        "Home" => focus_item(&menu, |_, _| 0),
        "End" => focus_item(&menu, |_, count| count - 1),
        "Tab" | "Escape" => close(),
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
    let is_mirrored = menu.matches(":dir(rtl)").unwrap_or(false);
    let left = if is_mirrored { x - BUTTON } else { (x - size.width()).max(8.0) };
    let style = menu.style();
    for (name, value) in [("left", left), ("top", top.max(8.0))] {
        // CSSOM, which a strict CSP allows; fails only for names that are not CSS.
        let _ = style.set_property(name, &format!("{}px", value.round() as i32));
    }
}
