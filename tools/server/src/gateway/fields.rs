//! The JSON object in the body of a request, whose fields a server may know by two names: `room_id` is `roomId` too.
//! A body that a server could read in another way than the gateway is refused.

use bytes::Bytes;
use serde_json::{Map, Value};

use super::refusal::Refusal;

#[derive(Debug)]
pub struct Fields(Map<String, Value>);

impl Fields {
    /// # Errors
    /// 422 when it is not an object.
    pub fn read(body: Option<&Bytes>) -> Result<Self, Refusal> {
        match body.map(|body| serde_json::from_slice(body)) {
            Some(Ok(Value::Object(fields))) => Ok(Self(fields)),
            _ => Err(Refusal::invalid("Expected a JSON object")),
        }
    }

    /// `None` when the field is absent or null.
    ///
    /// # Errors
    /// 422 when it is there under both of its names.
    pub fn get(&self, name: &str) -> Result<Option<&Value>, Refusal> {
        let given = |name: &str| self.0.get(name).filter(|value| !value.is_null());
        let other = camel_case(name);
        match (given(name), given(&other)) {
            (Some(_), Some(_)) if other != name => {
                Err(Refusal::invalid(format!("Expected {name} once")))
            }
            (one, other) => Ok(one.or(other)),
        }
    }

    /// # Errors
    /// 422 when it is not a text.
    pub fn text(&self, name: &str) -> Result<Option<&str>, Refusal> {
        let text = |value: &Value| matches!(value, Value::String(_));
        match self.get(name)? {
            Some(value) if !text(value) => {
                Err(Refusal::invalid(format!("Expected {name} to be a text")))
            }
            value => Ok(value.and_then(Value::as_str)),
        }
    }

    /// Empty when the field is absent.
    ///
    /// # Errors
    /// 422 when it is not a list of texts.
    pub fn texts(&self, name: &str) -> Result<Vec<&str>, Refusal> {
        let Some(value) = self.get(name)? else { return Ok(Vec::new()) };
        let texts = value.as_array().map(|list| list.iter().map(Value::as_str).collect());
        texts
            .flatten()
            .ok_or_else(|| Refusal::invalid(format!("Expected {name} to be a list of texts")))
    }

    /// # Errors
    /// 422 when it is not an object.
    pub fn fields(&self, name: &str) -> Result<Option<Self>, Refusal> {
        match self.get(name)? {
            None => Ok(None),
            Some(Value::Object(fields)) => Ok(Some(Self(fields.clone()))),
            Some(_) => Err(Refusal::invalid(format!("Expected {name} to be an object"))),
        }
    }

    /// Instead of the field under either name.
    pub fn set(&mut self, name: &str, value: Value) {
        self.0.remove(&camel_case(name));
        self.0.insert(name.to_owned(), value);
    }

    pub fn into_body(self) -> Bytes {
        Value::Object(self.0).to_string().into()
    }
}

fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let mut camel = words.next().unwrap_or_default().to_owned();
    for word in words {
        let (first, rest) = word.split_at(word.len().min(1));
        camel.push_str(&first.to_ascii_uppercase());
        camel.push_str(rest);
    }
    camel
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fields(text: &str) -> Result<Fields, Refusal> {
        Fields::read(Some(&Bytes::copy_from_slice(text.as_bytes())))
    }

    #[test]
    fn fields_are_found_by_either_name_but_not_both() {
        let snake = fields(r#"{"record_id":"a"}"#).unwrap();
        let camel = fields(r#"{"recordId":"a","record_id":null}"#).unwrap();
        for it in [&snake, &camel] {
            assert_eq!(it.text("record_id"), Ok(Some("a")));
        }
        assert!(fields(r#"{"recordId":"a","record_id":"b"}"#).unwrap().text("record_id").is_err());
        assert_eq!(
            fields(r#"{"recordingIds":["a"]}"#).unwrap().texts("recordingIds"),
            Ok(vec!["a"])
        );
    }

    #[test]
    fn escapes_and_repetitions_have_one_reading() {
        let mut it = fields(r#"{"record\u005fid":"a","record_id":"b","roomIds":["x"]}"#).unwrap();
        assert_eq!(it.text("record_id"), Ok(Some("b")));
        it.set("room_ids", json!(["y"]));
        assert_eq!(it.into_body(), r#"{"record_id":"b","room_ids":["y"]}"#);
    }

    #[test]
    fn other_types_are_refused() {
        for text in ["", "[]", "1", "{", "{} x"] {
            assert!(fields(text).is_err(), "{text}");
        }
        assert!(Fields::read(None).is_err());
        let it = fields(r#"{"room_id":1,"room_ids":["a",1],"by_ids":[]}"#).unwrap();
        assert!(it.text("room_id").is_err());
        assert!(it.texts("room_ids").is_err());
        assert!(it.fields("by_ids").is_err());
    }
}
