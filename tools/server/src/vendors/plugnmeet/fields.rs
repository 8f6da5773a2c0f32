//! Request bodies as protojson reads them: names in snake_case or camelCase, unknown ones ignored, `null` as if not
//! there, whole numbers as numbers or as text.

use serde_json::{Map, Value};

use super::reply::Failure;

/// The fields of one message.
pub struct Fields(Map<String, Value>);

impl Fields {
    pub fn read(body: &[u8]) -> Result<Self, Failure> {
        match serde_json::from_slice(body) {
            Ok(Value::Object(fields)) => Ok(Self(fields)),
            _ => Err(Failure::Invalid("proto: syntax error (line 1:1)".to_owned())),
        }
    }

    /// `None` when it is not there; an empty text is there.
    pub fn text(&self, name: &str) -> Result<Option<&str>, Failure> {
        let text = |value: &'_ Value| value.is_string();
        self.of_kind(name, "string", text).map(|value| value.and_then(Value::as_str))
    }

    /// A text that must be there and must not be empty.
    pub fn required(&self, name: &str) -> Result<&str, Failure> {
        self.text(name)?.filter(|text| !text.is_empty()).ok_or_else(|| missing(name))
    }

    /// A `uint32`.
    pub fn count(&self, name: &str) -> Result<Option<u32>, Failure> {
        let count = |value: &Value| match value {
            Value::Number(number) => number.as_u64().and_then(|number| number.try_into().ok()),
            Value::String(text) => text.parse().ok(),
            _ => None,
        };
        let value = self.of_kind(name, "uint32", |value| count(value).is_some())?;
        Ok(value.and_then(count))
    }

    pub fn flag(&self, name: &str) -> Result<bool, Failure> {
        let value = self.of_kind(name, "bool", Value::is_boolean)?;
        Ok(value.and_then(Value::as_bool).unwrap_or_default())
    }

    /// A list of texts; empty when it is not there.
    pub fn texts(&self, name: &str) -> Result<Vec<&str>, Failure> {
        let texts = |value: &Value| {
            value.as_array().is_some_and(|items| items.iter().all(Value::is_string))
        };
        let value = self.of_kind(name, "repeated string", texts)?;
        let items = value.and_then(Value::as_array).into_iter().flatten();
        Ok(items.filter_map(Value::as_str).collect())
    }

    /// A message or a map.
    pub fn message(&self, name: &str) -> Result<Option<Self>, Failure> {
        let value = self.of_kind(name, "message", Value::is_object)?;
        Ok(value.and_then(Value::as_object).map(|fields| Self(fields.clone())))
    }

    /// Of a map: its keys.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    fn of_kind(
        &self,
        name: &str,
        kind: &str,
        is_right: impl Fn(&Value) -> bool,
    ) -> Result<Option<&Value>, Failure> {
        let value = self.0.get(name).or_else(|| self.0.get(&camel_case(name)));
        match value.filter(|value| !value.is_null()) {
            Some(value) if !is_right(value) => Err(Failure::Invalid(format!(
                "proto: invalid value for {kind} field {name}: {value}"
            ))),
            value => Ok(value),
        }
    }
}

/// What the validator says of a field that must be there.
pub fn missing(name: &str) -> Failure {
    Failure::Invalid(format!("validation error: {name}: value is required"))
}

fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let (initial, rest) = word.split_at(word.len().min(1));
        name + &initial.to_ascii_uppercase() + rest
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(body: &str) -> Fields {
        Fields::read(body.as_bytes()).unwrap()
    }

    #[test]
    fn both_cases_and_both_kinds_of_numbers() {
        for body in [
            r#"{"room_ids":["a"],"room_sid":"s","from":"20","limit":5,"new":{}}"#,
            r#"{"roomIds":["a"],"roomSid":"s","from":20,"limit":"5"}"#,
        ] {
            let fields = read(body);
            assert_eq!(fields.texts("room_ids").unwrap(), ["a"]);
            assert_eq!(fields.text("room_sid").unwrap(), Some("s"));
            let counts = (fields.count("from").unwrap(), fields.count("limit").unwrap());
            assert_eq!(counts, (Some(20), Some(5)));
        }
        let empty = read(r#"{"room_sid":"","from":null}"#);
        assert_eq!(empty.text("room_sid").unwrap(), Some(""));
        assert_eq!(empty.count("from").unwrap(), None);
        assert!(empty.required("room_sid").is_err());
    }

    #[test]
    fn wrong_kinds_are_named() {
        let fields = read(r#"{"room_ids":[1],"from":-1,"recordId":5}"#);
        assert!(fields.texts("room_ids").is_err() && fields.count("from").is_err());
        let failure = fields.required("record_id").unwrap_err();
        assert_eq!(failure.to_string(), "proto: invalid value for string field record_id: 5");
        assert!(Fields::read(b"").is_err() && Fields::read(b"[]").is_err());
    }

    proptest! {
        #[test]
        fn names_are_looked_up_in_camel_case(name in "[a-z]{1,5}(_[a-z]{0,5}){0,3}") {
            prop_assert!(!camel_case(&name).contains('_'));
            prop_assert!(camel_case(&name).eq_ignore_ascii_case(&name.replace('_', "")));
        }
    }
}
