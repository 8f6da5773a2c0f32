//! The words that the parameters of a link have for values and orders, for recordings and for rooms.

use crate::model::Sort;

/// Each value with its word.
pub type Named<T> = [(&'static str, T)];

pub fn named<T: Copy>(names: &Named<T>, text: &str) -> Option<T> {
    names.iter().find(|(name, _)| *name == text).map(|(_, value)| *value)
}

pub fn name<T: Copy + PartialEq>(names: &Named<T>, value: T) -> &'static str {
    names.iter().find(|(_, it)| *it == value).map_or("", |(name, _)| name)
}

/// `-date,room`: the newest first, those of one moment by their rooms.
pub fn sort_text<K: Copy + PartialEq>(names: &Named<K>, sort: &[Sort<K>]) -> String {
    let mut text = String::new();
    for it in sort {
        text.push_str(if text.is_empty() { "" } else { "," });
        text.push_str(if it.descending { "-" } else { "" });
        text.push_str(name(names, it.key));
    }
    text
}

/// One key or two different ones. `None` for what is neither.
pub fn sort<K: Copy + PartialEq>(names: &Named<K>, text: &str) -> Option<Vec<Sort<K>>> {
    let mut sort: Vec<Sort<K>> = Vec::new();
    for part in text.split(',') {
        let (key, descending) = match part.strip_prefix('-') {
            Some(key) => (key, true),
            None => (part, false),
        };
        let key = named(names, key)?;
        if sort.len() == 2 || sort.iter().any(|it| it.key == key) {
            return None;
        }
        sort.push(Sort { key, descending });
    }
    Some(sort)
}
