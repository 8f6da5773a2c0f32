//! What the tests of every dialect need: answers as servers send them, and answers as nobody should.

use proptest::prelude::*;
use serde_json::Value;

use super::{Answer, Body};
use crate::model::{Json, RecordingId, RecordingRef};

/// An answer with this body: JSON where it parses, as the client does it.
pub fn answer(status: u16, body: &str) -> Answer {
    let body = match serde_json::from_str::<Json>(body) {
        _ if body.is_empty() => Body::Empty,
        Ok(json) => Body::Json(json),
        Err(_) => Body::Text(body.to_owned()),
    };
    Answer { status, retry_after: None, body }
}

pub fn id(text: &str) -> RecordingId {
    RecordingId::new(text).unwrap()
}

pub fn recording(text: &str) -> RecordingRef {
    RecordingRef::from(&id(text))
}

/// Any JSON value, a few levels deep.
pub fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        (-1e9..1e9).prop_map(|number: f64| Value::from(number.round() / 8.0)),
        any::<String>().prop_map(Into::into),
        "[0-9]{1,20}".prop_map(Into::into),
        "https?://[a-z]{1,5}/[ -~]{0,9}".prop_map(Into::into),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            prop::collection::hash_map(any::<String>(), inner, 0..4)
                .prop_map(|map| map.into_iter().collect::<serde_json::Map<_, _>>().into()),
        ]
    })
}

/// A row with its id and any value in any of its other fields.
pub fn any_row(
    id: (&'static str, &'static str),
    fields: &'static [&str],
) -> impl Strategy<Value = Value> {
    prop::collection::vec(prop::option::of(any_json()), fields.len()).prop_map(move |values| {
        let odd = fields.iter().zip(values).filter_map(|(name, value)| Some((*name, value?)));
        let row = odd.chain([(id.0, id.1.into())]);
        row.map(|(name, value)| (name.to_owned(), value)).collect::<serde_json::Map<_, _>>().into()
    })
}
