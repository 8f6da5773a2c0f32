//! The requests a dialect makes and the answers it reads, reduced to what they need of HTTP.

use crate::model::{Error, FieldError, Json, MediaHead, RecordingId, Secret, Unexpected};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Put,
    Delete,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub method: Method,
    /// Path and query below the server's base URL, percent-encoded, with a leading slash.
    pub target: String,
    /// Beside those that every request has; names in lower case.
    pub headers: Vec<(&'static str, Secret)>,
    /// A JSON text.
    pub body: Option<String>,
    /// It only reads, whatever its method: sending it twice does no harm.
    pub is_safe: bool,
    /// Without cookies, neither sent nor taken.
    pub omits_cookies: bool,
}

impl Request {
    pub fn get(target: String) -> Self {
        Self { is_safe: true, ..Self::new(Method::Get, target) }
    }

    pub fn post(target: &str, body: Option<String>) -> Self {
        Self { body, ..Self::new(Method::Post, target.to_owned()) }
    }

    pub fn put(target: String, body: String) -> Self {
        Self { body: Some(body), ..Self::new(Method::Put, target) }
    }

    pub fn delete(target: String) -> Self {
        Self::new(Method::Delete, target)
    }

    /// A question asked by POST.
    pub fn ask(target: &str, body: String) -> Self {
        Self { is_safe: true, ..Self::post(target, Some(body)) }
    }

    fn new(method: Method, target: String) -> Self {
        let headers = Vec::new();
        Self { method, target, headers, body: None, is_safe: false, omits_cookies: false }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    Empty,
    Json(Json),
    /// Anything that does not parse as JSON.
    Text(String),
    /// Not read: media, of which this is known.
    Media(MediaHead),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub status: u16,
    /// Seconds, from the `Retry-After` header.
    pub retry_after: Option<u32>,
    pub body: Body,
}

impl Answer {
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The JSON of a successful answer; otherwise the error that the answer means.
    pub fn json(&self) -> Result<&Json, Error> {
        if !self.is_success() {
            return Err(self.error());
        }
        match &self.body {
            Body::Json(json) => Ok(json),
            Body::Empty => Err(Error::Unexpected(Unexpected::Empty)),
            Body::Text(text) if looks_like_html(text) => Err(Error::Unexpected(Unexpected::Html)),
            Body::Text(_) | Body::Media(_) => Err(Error::Unexpected(Unexpected::NotJson)),
        }
    }

    /// Nothing but success or the error.
    pub fn done(&self) -> Result<(), Error> {
        if self.is_success() { Ok(()) } else { Err(self.error()) }
    }

    /// What an unsuccessful status means. Read by status, never by message: the servers' texts
    /// differ between versions (openvidu-meet-api.md, "Error model").
    pub fn error(&self) -> Error {
        match self.status {
            401 => Error::SignedOut,
            403 => Error::Forbidden,
            404 | 410 => Error::NotFound,
            409 => Error::Conflict(self.message()),
            422 => Error::Invalid(self.field_errors()),
            429 => Error::RateLimited { retry_after: self.retry_after },
            status => Error::Server { status, message: self.message() },
        }
    }

    /// The server's own words, on one line and bounded; empty when it had none.
    pub fn message(&self) -> String {
        match &self.body {
            Body::Json(json) => {
                json.field("message").and_then(Json::as_text).map(one_line).unwrap_or_default()
            }
            Body::Text(text) if !looks_like_html(text) => one_line(text),
            _ => String::new(),
        }
    }

    fn field_errors(&self) -> Vec<FieldError> {
        let Body::Json(json) = &self.body else { return Vec::new() };
        let details = json.field("details").and_then(Json::as_list).unwrap_or_default();
        let text = |detail: &Json, name| {
            detail.field(name).and_then(Json::as_text).map(one_line).unwrap_or_default()
        };
        details
            .iter()
            .map(|detail| FieldError {
                field: text(detail, "field"),
                message: text(detail, "message"),
            })
            .collect()
    }
}

fn looks_like_html(text: &str) -> bool {
    text.trim_start().starts_with('<')
}

/// The longest text kept from a server, in characters: enough for any honest title or reason.
const LONGEST_TEXT: usize = 1000;

/// Text from a server as it may be shown: control characters (line breaks, ANSI escapes) become
/// spaces, and at most [`LONGEST_TEXT`] characters of it.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().take(LONGEST_TEXT).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A flat JSON object of texts, for request bodies.
pub(crate) fn json_object(pairs: &[(&str, &str)]) -> String {
    let fields: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}:{}", json_text(name), json_text(value)))
        .collect();
    format!("{{{}}}", fields.join(","))
}

/// A JSON object of fields that are JSON already.
pub(crate) fn json_fields(fields: &[(&str, String)]) -> String {
    let fields: Vec<String> =
        fields.iter().map(|(name, json)| format!("{}:{json}", json_text(name))).collect();
    format!("{{{}}}", fields.join(","))
}

/// A JSON array of ids.
pub(crate) fn json_list(ids: &[RecordingId]) -> String {
    let ids: Vec<String> = ids.iter().map(|id| json_text(id.as_str())).collect();
    format!("[{}]", ids.join(","))
}

pub(crate) fn json_text(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if c < ' ' => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn answer(status: u16, body: Body) -> Answer {
        Answer { status, retry_after: None, body }
    }

    #[test]
    fn a_page_in_place_of_json_is_named_so() {
        let it = answer(200, Body::Text("\n<!doctype html><title>Sign in</title>".into()));
        assert_eq!(it.json(), Err(Error::Unexpected(Unexpected::Html)));
    }

    #[test]
    fn empty_and_truncated_bodies_are_told_apart() {
        assert_eq!(answer(200, Body::Empty).json(), Err(Error::Unexpected(Unexpected::Empty)));
        let cut = answer(200, Body::Text(r#"{"recordings":[{"re"#.into()));
        assert_eq!(cut.json(), Err(Error::Unexpected(Unexpected::NotJson)));
    }

    #[test]
    fn a_plain_text_429_is_a_rate_limit() {
        let it = Answer {
            status: 429,
            retry_after: Some(5),
            body: Body::Text("Too many login attempts, please try again later".into()),
        };
        assert_eq!(it.error(), Error::RateLimited { retry_after: Some(5) });
    }

    #[test]
    fn messages_are_one_bounded_line() {
        let it = answer(500, Body::Text(format!("\u{1b}[31ma\r\nb{}", "x".repeat(5000))));
        let message = it.message();
        assert!(!message.contains(char::is_control));
        assert_eq!(message.chars().count(), LONGEST_TEXT);
    }

    #[test]
    fn a_422_names_its_fields() {
        let json = serde_json::from_str(
            r#"{"error":"Unprocessable Entity","message":"Invalid request","details":[{"field":"maxItems","message":"maxItems must be a positive number"},7]}"#,
        )
        .unwrap();
        let Error::Invalid(fields) = answer(422, Body::Json(json)).error() else {
            panic!("not Invalid")
        };
        assert_eq!(fields[0].field, "maxItems");
        assert_eq!(fields.len(), 2);
    }

    proptest! {
        #[test]
        fn request_bodies_are_json_whatever_was_typed(user in any::<String>(), password in any::<String>()) {
            let body = json_object(&[("username", &user), ("password", &password)]);
            let json: serde_json::Value = serde_json::from_str(&body).unwrap();
            prop_assert_eq!(json["username"].as_str(), Some(user.as_str()));
            prop_assert_eq!(json["password"].as_str(), Some(password.as_str()));
        }
    }
}
