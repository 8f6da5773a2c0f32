//! Up and down in the grid: to the same control of the next row, so that a list can be gone through
//! and worked on without the mouse.

use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::browser;

pub fn grid_keys(event: ev::KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    if let Some(next) = target.and_then(|control| same_control(&control, step)) {
        event.prevent_default();
        browser::focus(Some(next));
    }
}

/// The control at the same place in the row above or below.
fn same_control(control: &HtmlElement, step: i32) -> Option<HtmlElement> {
    const CONTROLS: &str = "button, input";
    let row = control.closest("[role=row]").ok()??;
    let place = browser::all(&row, CONTROLS).iter().position(|it| it == control)?;
    let next = if step > 0 { row.next_element_sibling() } else { row.previous_element_sibling() }?;
    browser::all(&next, CONTROLS).into_iter().nth(place)
}
