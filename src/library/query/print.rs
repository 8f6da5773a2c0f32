//! A search as the text that is read as the same search.

use super::{
    Asked, Search,
    key::Key,
    value::{day_text, duration_text, size_text, status_name},
};

/// The shortest text, with days and amounts in their usual form.
pub fn print(search: &Search) -> String {
    let mut text = String::new();
    for term in &search.terms {
        if !text.is_empty() {
            text.push(' ');
        }
        if term.is_not {
            text.push('-');
        }
        text.push_str(&asked_text(&term.what));
    }
    text
}

fn asked_text(what: &Asked) -> String {
    match what {
        Asked::Word(word) => word.clone(),
        Asked::Phrase(phrase) => quoted(phrase),
        Asked::Room(name) => room_text(name),
        Asked::Status(group) => keyed(Key::Status, status_name(*group)),
        Asked::After(day) => keyed(Key::After, &day_text(*day)),
        Asked::Before(day) => keyed(Key::Before, &day_text(*day)),
        Asked::Longer(ms) => keyed(Key::Longer, &duration_text(*ms)),
        Asked::Shorter(ms) => keyed(Key::Shorter, &duration_text(*ms)),
        Asked::Larger(bytes) => keyed(Key::Larger, &size_text(*bytes)),
        Asked::Smaller(bytes) => keyed(Key::Smaller, &size_text(*bytes)),
    }
}

/// With quotes where the name needs them.
pub fn room_text(name: &str) -> String {
    if name.contains(char::is_whitespace) {
        keyed(Key::Room, &quoted(name))
    } else {
        keyed(Key::Room, name)
    }
}

pub fn keyed(key: Key, value: &str) -> String {
    [key.name(), ":", value].concat()
}

fn quoted(text: &str) -> String {
    ["\"", text, "\""].concat()
}
