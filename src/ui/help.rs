//! The keys that the library knows, as a dialog.

use super::{
    browser,
    dialog::modal,
    dom::{El, dd, div, dl, dt, h3, kbd, section, span},
    layers::push,
    state::State,
};
use crate::{
    i18n::{Words, t},
    player::key_label,
};

/// Keys and what they do. A plus joins keys pressed together, a space stands between those of which
/// each does it.
type Keys = (&'static str, Words);

const LIST: &[Keys] = &[
    ("↑ ↓", t("Go to another row")),
    ("← →", t("Go along the row")),
    ("PageUp PageDown", t("Go a page up or down")),
    ("Ctrl+Home Ctrl+End", t("Go to the start or end")),
    ("Enter", t("Play")),
    ("Shift+F10", t("More actions")),
];
const SELECTION: &[Keys] = &[
    ("Space", t("Select the row, or not")),
    ("Shift+↑ Shift+↓", t("Select several rows")),
    ("Ctrl+A", t("Select all")),
    ("Delete", t("Delete")),
    ("Esc", t("Clear selection")),
];
const SEARCH: &[Keys] = &[
    ("/", t("Search")),
    ("↑ ↓", t("Choose a suggestion")),
    ("Enter", t("Take the suggestion")),
    ("Esc", t("Close the suggestions, clear the search")),
];
const PLAYER: &[Keys] =
    &[("?", t("While it is open: its own keys, to see and to change")), ("Esc", t("Close player"))];
const HELP: Keys = ("?", t("These keys"));
const COMMANDS: Keys = ("Ctrl+K", t("Commands"));

pub fn help(state: State) -> El {
    let has_palette = state.has_palette.get_value();
    let anywhere = [HELP, COMMANDS];
    let anywhere = &anywhere[..1 + usize::from(has_palette)];
    let groups = [
        (t("List"), LIST),
        (t("Selection"), SELECTION),
        (t("heading|Search"), SEARCH),
        (t("Player"), PLAYER),
        (t("Anywhere"), anywhere),
    ];
    let groups: Vec<_> = groups.iter().map(|(title, keys)| group(*title, keys)).collect();
    let close = move || state.layer.set(None);
    modal(
        "dialog",
        || t("Keyboard shortcuts").into(),
        close,
        (
            // Takes the focus, so that arrows scroll the dialog.
            div().class("keys").attr("tabindex", "-1").attr("autofocus", "").child(groups),
            div().class("buttons").child(push("button", t("Close"), close)),
        ),
    )
    .class_if("is-wide", || true)
}

fn group(title: Words, keys: &[Keys]) -> El {
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
    let key = |key: &str| {
        let key = if key == "Ctrl" { command } else { key };
        kbd().child(key_label(key).map_or_else(|| key.to_owned(), Into::into))
    };
    span().child(keys.split('+').map(key).collect::<Vec<_>>())
}

/// Where the key for commands is ⌘.
fn is_mac() -> bool {
    let platform = browser::window().and_then(|it| it.navigator().platform().ok());
    platform.is_some_and(|it| it.starts_with("Mac") || it.starts_with("iP"))
}
