//! The keys that the library knows, as a dialog.

use super::{
    browser,
    dialog::modal,
    dom::{El, dd, div, dl, dt, h3, kbd, section, span},
    layers::push,
    state::State,
};

/// Keys and what they do. A plus joins keys pressed together, a space stands between those of which
/// each does it.
type Keys = (&'static str, &'static str);

const LIST: &[Keys] = &[
    ("↑ ↓", "Go to another row"),
    ("← →", "Go along the row"),
    ("PageUp PageDown", "Go a page up or down"),
    ("Ctrl+Home Ctrl+End", "Go to the start or end"),
    ("Enter", "Play"),
    ("Shift+F10", "More actions"),
];
const SELECTION: &[Keys] = &[
    ("Space", "Select the row, or not"),
    ("Shift+↑ Shift+↓", "Select several rows"),
    ("Ctrl+A", "Select all"),
    ("Delete", "Delete"),
    ("Esc", "Clear the selection"),
];
const SEARCH: &[Keys] = &[
    ("/", "Search"),
    ("↑ ↓", "Choose a suggestion"),
    ("Enter", "Take the suggestion"),
    ("Esc", "Close the suggestions, clear the search"),
];
const PLAYER: &[Keys] =
    &[("?", "While it is open: its own keys, to see and to change"), ("Esc", "Close the player")];
const HELP: Keys = ("?", "These keys");
const COMMANDS: Keys = ("Ctrl+K", "Commands");

pub fn help(state: State) -> El {
    let has_palette = state.has_palette();
    let anywhere = [HELP, COMMANDS];
    let anywhere = &anywhere[..1 + usize::from(has_palette)];
    let groups = [
        ("List", LIST),
        ("Selection", SELECTION),
        ("Search", SEARCH),
        ("Player", PLAYER),
        ("Anywhere", anywhere),
    ];
    let groups: Vec<_> = groups.iter().map(|(title, keys)| group(title, keys)).collect();
    let close = move || state.layer.set(None);
    modal(
        "dialog",
        || "Keyboard shortcuts".to_owned(),
        close,
        (
            // Takes the focus, so that arrows scroll the dialog.
            div().class("keys").attr("tabindex", "-1").attr("autofocus", "").child(groups),
            div().class("buttons").child(push("button", "Close", close)),
        ),
    )
    .class_if("is-wide", || true)
}

fn group(title: &'static str, keys: &[Keys]) -> El {
    let lines: Vec<_> = keys
        .iter()
        .map(|(keys, what)| {
            let chords: Vec<_> = keys.split(' ').map(chord).collect();
            div().child((dt().child(chords), dd().child(*what)))
        })
        .collect();
    section().child((h3().child(title), dl().child(lines)))
}

/// Keys that are pressed together, joined by a plus.
pub fn chord(keys: &str) -> El {
    let command = if is_mac() { "⌘" } else { "Ctrl" };
    let keys = keys.split('+').map(|key| if key == "Ctrl" { command } else { key }.to_owned());
    span().child(keys.map(|key| kbd().child(key)).collect::<Vec<_>>())
}

/// Where the key for commands is ⌘.
fn is_mac() -> bool {
    let platform = browser::window().and_then(|it| it.navigator().platform().ok());
    platform.is_some_and(|it| it.starts_with("Mac") || it.starts_with("iP"))
}
