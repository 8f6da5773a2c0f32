//! A search text's terms and their meaning.

use super::{
    Asked, Search, Term,
    key::Key,
    token::{self, Shape},
    value::{day, duration, size, status},
};
use crate::library::Day;

/// Never fails: what is typed wrongly is text to search for.
pub fn parse(text: &str, today: Day) -> Search {
    let mut terms = Vec::new();
    let mut from = 0;
    while let Some(token) = token::next(text, from) {
        from = token.end;
        let what = match token.shape {
            Shape::Word => None,
            Shape::Phrase(inner) => Some(Asked::Phrase(inner.to_owned())),
            Shape::Keyed(key, value) => asked(key, value, today),
        };
        let what = what.unwrap_or_else(|| Asked::Word(token.text.to_owned()));
        terms.push(Term { is_not: token.is_not, what });
    }
    Search { terms }
}

/// As [`parse`], where there are no operators: what looks like one is text.
pub fn words(text: &str) -> Search {
    let (mut terms, mut from) = (Vec::new(), 0);
    while let Some(token) = token::next(text, from) {
        from = token.end;
        let what = match token.shape {
            Shape::Phrase(inner) => Asked::Phrase(inner.to_owned()),
            Shape::Word | Shape::Keyed(..) => Asked::Word(token.text.to_owned()),
        };
        terms.push(Term { is_not: token.is_not, what });
    }
    Search { terms }
}

fn asked(key: Key, value: &str, today: Day) -> Option<Asked> {
    match key {
        Key::Room => (!value.is_empty()).then(|| Asked::Room(value.to_owned())),
        Key::Status => status(value).map(Asked::Status),
        Key::After => day(value, today).map(Asked::After),
        Key::Before => day(value, today).map(Asked::Before),
        Key::Longer => duration(value).map(Asked::Longer),
        Key::Shorter => duration(value).map(Asked::Shorter),
        Key::Larger => size(value).map(Asked::Larger),
        Key::Smaller => size(value).map(Asked::Smaller),
    }
}
