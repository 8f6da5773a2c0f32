//! Keys that work wherever the focus is in the library.

use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{
    browser,
    state::{Layer, Session, State},
};

pub(super) const TYPING: &str =
    "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]";

/// `/` goes to the search, `?` shows the keys, Ctrl or Cmd with K the commands; unless somebody is
/// typing, or the player or a dialog is over the library.
pub fn shortcuts(state: State, event: &ev::KeyboardEvent) {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let is_in =
        |selector| target.as_ref().is_some_and(|it| matches!(it.closest(selector), Ok(Some(_))));
    // A click beside a dialog takes the focus out of it.
    let is_asked = browser::document()
        .is_some_and(|it| matches!(it.query_selector("dialog[open]"), Ok(Some(_))));
    let is_signed_out = *state.session.read_untracked() == Session::Ended
        && state.library.read_untracked().is_empty();
    let is_covered = is_asked || is_signed_out || state.playing.read_untracked().is_some();
    if event.default_prevented()
        || event.is_composing()
        || is_covered
        || is_in("dialog, [role=menu]")
    {
        return;
    }
    let is_command = event.ctrl_key() || event.meta_key();
    let is_plain = !is_command && !event.alt_key() && !is_in(TYPING);
    match event.key().as_str() {
        "/" if is_plain => state.focus_search(),
        "?" if is_plain => state.layer.set(Some(Layer::Help)),
        "k" if is_command
            && !event.alt_key()
            && !event.shift_key()
            && state.has_palette.get_value() =>
        {
            state.layer.set(Some(Layer::Commands));
        }
        _ => return,
    }
    event.prevent_default();
}
