//! A JSON value, read leniently: asking for a field of the wrong type is `None`, not an error, so
//! that one odd field costs one cell and not the page. Numbers are f64 as in the browser.

#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    /// In the order received; of equal keys the last counts, as in `JSON.parse`.
    Object(Vec<(String, Json)>),
}

/// Deeper than any API nests; each level costs a stack frame to read.
const DEEPEST: usize = 64;

impl Json {
    /// Whether a JSON text is nested more deeply than is worth reading. Judged before reading it.
    pub fn is_too_deep(text: &str) -> bool {
        let (mut depth, mut is_in_text, mut is_escaped) = (0_usize, false, false);
        for byte in text.bytes() {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' if is_in_text => is_escaped = true,
                b'"' => is_in_text = !is_in_text,
                b'[' | b'{' if !is_in_text => depth += 1,
                b']' | b'}' if !is_in_text => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > DEEPEST {
                return true;
            }
        }
        false
    }

    pub fn field(&self, name: &str) -> Option<&Json> {
        match self {
            Self::Object(fields) => {
                fields.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A finite number.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Number(number) if number.is_finite() => Some(*number),
            _ => None,
        }
    }

    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    pub fn as_list(&self) -> Option<&[Json]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    pub fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }
}

/// Natively, from any format that serde reads.
#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::fmt;

    use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

    use super::Json;

    impl<'de> Deserialize<'de> for Json {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_any(JsonVisitor)
        }
    }

    struct JsonVisitor;

    impl<'de> Visitor<'de> for JsonVisitor {
        type Value = Json;

        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str("JSON")
        }

        fn visit_unit<E>(self) -> Result<Json, E> {
            Ok(Json::Null)
        }

        fn visit_none<E>(self) -> Result<Json, E> {
            Ok(Json::Null)
        }

        fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
            Ok(Json::Bool(value))
        }

        fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
            Ok(Json::Number(value as f64))
        }

        fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
            Ok(Json::Number(value as f64))
        }

        fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
            Ok(Json::Number(value))
        }

        fn visit_str<E>(self, value: &str) -> Result<Json, E> {
            Ok(Json::Text(value.to_owned()))
        }

        fn visit_string<E>(self, value: String) -> Result<Json, E> {
            Ok(Json::Text(value))
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
            let mut list = Vec::new();
            while let Some(item) = items.next_element()? {
                list.push(item);
            }
            Ok(Json::List(list))
        }

        fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
            let mut fields = Vec::new();
            while let Some(entry) = entries.next_entry()? {
                fields.push(entry);
            }
            Ok(Json::Object(fields))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Json {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn reads_every_kind_of_value() {
        let json = parse(r#"{"a":null,"b":true,"c":-1.5,"d":"x","e":[1,{}]}"#);
        assert_eq!(json.field("a"), Some(&Json::Null));
        assert_eq!(json.field("b").and_then(Json::as_bool), Some(true));
        assert_eq!(json.field("c").and_then(Json::as_number), Some(-1.5));
        assert_eq!(json.field("d").and_then(Json::as_text), Some("x"));
        assert_eq!(json.field("e").and_then(Json::as_list).map(<[Json]>::len), Some(2));
    }

    #[test]
    fn a_wrong_type_is_none() {
        let json = parse(r#"{"n":"60","t":7}"#);
        assert_eq!(json.field("n").and_then(Json::as_number), None);
        assert_eq!(json.field("t").and_then(Json::as_text), None);
        assert_eq!(json.as_list(), None);
        assert_eq!(parse("3").field("n"), None);
    }

    #[test]
    fn depth_is_counted_outside_texts() {
        assert!(!Json::is_too_deep(&format!("[\"{}\\\"{}\"]", "[".repeat(99), "{".repeat(99))));
        assert!(!Json::is_too_deep(&"[]".repeat(99)));
        assert!(Json::is_too_deep(&"[".repeat(65)));
    }

    #[test]
    fn the_last_of_equal_keys_counts() {
        assert_eq!(parse(r#"{"a":1,"a":2}"#).field("a").and_then(Json::as_number), Some(2.0));
    }
}
