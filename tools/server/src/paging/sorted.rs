//! Pages of anything in an order by one of its fields, as the database of 3.5 and later gives them: the token is a
//! cursor, base64 of JSON, that is good for the order it was made in and is not checked against another.

use std::cmp::Ordering;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What an item is sorted by. What is missing comes before everything else.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub enum Key<'a> {
    Missing,
    Number(f64),
    Text(&'a str),
}

/// One item on its way into a page: its sort key and its id, which decides between equal keys.
pub type Item<'a, T> = (Key<'a>, &'a str, T);

pub struct SortedPage<'a, T> {
    pub items: Vec<Item<'a, T>>,
    pub next: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cursor {
    field_value: Value,
    id: String,
}

/// The page after `token`; `None` when the token is not a cursor at all.
pub fn page<'a, T>(
    items: impl Iterator<Item = Item<'a, T>>,
    descending: bool,
    token: Option<&str>,
    max_items: usize,
) -> Option<SortedPage<'a, T>> {
    let cursor = match token {
        Some(token) => Some(decode(token)?),
        None => None,
    };
    let after = |item: &Item<'a, T>| cursor.as_ref().is_none_or(|it| it.precedes(item, descending));
    let mut items: Vec<_> = items.filter(after).collect();
    let order = |a: &Item<'a, T>, b: &Item<'a, T>| {
        let order = compare(a.0, b.0).then_with(|| a.1.cmp(b.1));
        if descending { order.reverse() } else { order }
    };
    // Only what is on the page needs sorting.
    let more = items.len() > max_items;
    if more {
        items.select_nth_unstable_by(max_items, order);
        items.truncate(max_items);
    }
    items.sort_unstable_by(order);
    let last = items.last().filter(|_| more);
    let next = last.map(|(key, id, _)| encode(*key, id));
    Some(SortedPage { items, next })
}

/// The id of the item that ended the page before, by the token that leads from there.
pub fn last_id(token: &str) -> Option<String> {
    decode(token).map(|cursor| cursor.id)
}

/// Keys of one field are of one kind, or missing: there is always an order.
fn compare(a: Key, b: Key) -> Ordering {
    a.partial_cmp(&b).unwrap_or(Ordering::Equal)
}

impl Cursor {
    fn key(&self) -> Option<Key<'_>> {
        match &self.field_value {
            Value::Null => Some(Key::Missing),
            Value::Number(number) => Some(Key::Number(number.as_f64()?)),
            Value::String(text) => Some(Key::Text(text)),
            _ => None,
        }
    }

    /// Whether an item comes after this place. A key of another kind than the cursor's never does, but what is
    /// missing comes after any key in descending order.
    fn precedes<T>(&self, (key, id, _): &Item<T>, descending: bool) -> bool {
        let Some(own) = self.key() else {
            return descending && *key == Key::Missing;
        };
        let wanted = if descending { Ordering::Less } else { Ordering::Greater };
        match (own, *key) {
            (Key::Missing, Key::Missing) => id.cmp(&&*self.id) == wanted,
            (Key::Missing, _) => !descending,
            (_, Key::Missing) => descending,
            (Key::Number(_), Key::Text(_)) | (Key::Text(_), Key::Number(_)) => false,
            (own, key) => compare(key, own).then_with(|| id.cmp(&&*self.id)) == wanted,
        }
    }
}

fn encode(key: Key, id: &str) -> String {
    let field_value = match key {
        Key::Missing => Value::Null,
        Key::Number(number) if number.fract() == 0.0 => json!(number as i64),
        Key::Number(number) => json!(number),
        Key::Text(text) => json!(text),
    };
    let cursor = Cursor { field_value, id: id.to_owned() };
    STANDARD.encode(serde_json::to_vec(&cursor).unwrap_or_default())
}

fn decode(token: &str) -> Option<Cursor> {
    serde_json::from_slice(&STANDARD.decode(token).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEMS: [Item<()>; 5] = [
        (Key::Number(2.0), "a", ()),
        (Key::Missing, "b", ()),
        (Key::Number(1.5), "c", ()),
        (Key::Number(2.0), "d", ()),
        (Key::Missing, "e", ()),
    ];

    fn walk(descending: bool, size: usize) -> String {
        let (mut seen, mut token) = (String::new(), None);
        loop {
            let page = page(ITEMS.into_iter(), descending, token.as_deref(), size).unwrap();
            seen.extend(page.items.iter().map(|(_, id, ())| *id));
            token = page.next;
            if token.is_none() {
                return seen;
            }
        }
    }

    #[test]
    fn pages_of_any_size_make_the_whole_in_order() {
        for size in 1..=5 {
            assert_eq!(walk(false, size), "becad", "{size}");
            assert_eq!(walk(true, size), "daceb", "{size}");
        }
    }

    #[test]
    fn a_cursor_of_another_field_finds_nothing_but_what_is_missing() {
        let token = encode(Key::Text("room"), "a");
        let ids = |descending| {
            let page = page(ITEMS.into_iter(), descending, Some(&token), 9).unwrap();
            page.items.iter().map(|(_, id, ())| *id).collect::<String>()
        };
        assert_eq!((ids(true).as_str(), ids(false).as_str()), ("eb", ""));
    }

    #[test]
    fn what_is_no_cursor_is_no_token() {
        for token in ["nonsense", "e30=", ""] {
            assert!(page(ITEMS.into_iter(), true, Some(token), 9).is_none(), "{token}");
        }
    }
}
