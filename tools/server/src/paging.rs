//! Pages: here those of a sorted map, with the opaque continuation tokens of an object store, as up to 3.4; in
//! `sorted` those of a database since.

use std::collections::BTreeMap;
use std::ops::Bound;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

pub mod listing;
pub mod matching;
pub mod sorted;

/// Encoded as `++//`: with the `=` at the end it makes every token one that must be percent-encoded in a URL.
const MARK: [u8; 3] = [0xfb, 0xef, 0xff];

pub struct Page<'a, V> {
    pub entries: Vec<(&'a str, &'a V)>,
    pub next: Option<String>,
}

impl<'a, V> Page<'a, V> {
    /// The entries whose key starts with `prefix`, from where `token` says; `None` when the token is not one of ours.
    pub fn read(
        map: &'a BTreeMap<Box<str>, V>,
        prefix: &str,
        token: Option<&str>,
        max_items: usize,
    ) -> Option<Self> {
        let after = match token {
            Some(token) => Some(decode(token)?),
            None => None,
        };
        let start = match &after {
            Some(key) if key.as_str() >= prefix => Bound::Excluded(key.as_str()),
            _ => Bound::Included(prefix),
        };
        let mut rest = map
            .range::<str, _>((start, Bound::Unbounded))
            .map(|(key, value)| (&**key, value))
            .take_while(|(key, _)| key.starts_with(prefix));
        let entries: Vec<_> = rest.by_ref().take(max_items).collect();
        let last = entries.last().map(|(key, _)| *key);
        let next = last.filter(|_| rest.next().is_some()).map(encode);
        Some(Self { entries, next })
    }
}

/// The `pagination` of an answer whose next page, if there is one, has the token `next`.
pub fn pagination(next: Option<&str>, max_items: usize) -> Value {
    match next {
        Some(token) => {
            json!({ "isTruncated": true, "nextPageToken": token, "maxItems": max_items })
        }
        None => json!({ "isTruncated": false, "maxItems": max_items }),
    }
}

/// The key that ended the page before, by the token that leads from there.
pub fn last_key(token: &str) -> Option<String> {
    decode(token)
}

fn encode(key: &str) -> String {
    let mut bytes = MARK.to_vec();
    bytes.extend(key.as_bytes());
    // Never a multiple of three, so that the token ends in `=`.
    while bytes.len() % 3 != 1 {
        bytes.push(0);
    }
    STANDARD.encode(bytes)
}

fn decode(token: &str) -> Option<String> {
    let bytes = STANDARD.decode(token).ok()?;
    let key = String::from_utf8(bytes.strip_prefix(&MARK)?.to_vec()).ok()?;
    Some(key.trim_end_matches('\0').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_survive_only_percent_encoded() {
        for key in ["a", "ab", "abc", "room-1/EG_x/u"] {
            let token = encode(key);
            assert!(token.contains('+') && token.contains('/') && token.contains('='));
            assert_eq!(decode(&token).as_deref(), Some(key));
            assert_eq!(decode(&token.replace('+', " ")), None);
        }
    }

    #[test]
    fn walking_the_pages_meets_each_key_once() {
        let map: BTreeMap<Box<str>, ()> =
            ["a/1", "a/2", "a/3", "ab/1", "b/1"].map(|key| (key.into(), ())).into();
        let mut seen = Vec::new();
        let mut token = None;
        loop {
            let page = Page::read(&map, "a", token.as_deref(), 2).unwrap();
            seen.extend(page.entries.iter().map(|(key, ())| *key));
            token = page.next;
            if token.is_none() {
                break;
            }
        }
        assert_eq!(seen, ["a/1", "a/2", "a/3", "ab/1"]);
    }
}
