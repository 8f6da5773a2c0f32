//! One request to a meeting server, as it is sent: everything in it was chosen by the gateway.

use axum::http::{HeaderMap, HeaderName, Method, header};
use bytes::Bytes;

use super::percent::encode;

/// What is passed on of a browser's headers: nothing that could be a credential, and no cookie.
const PASSED_ON: [HeaderName; 4] =
    [header::ACCEPT, header::ACCEPT_LANGUAGE, header::RANGE, header::IF_RANGE];

pub struct Call {
    pub method: Method,
    /// Below the system's address, percent-encoded.
    pub path: String,
    pub query: Vec<(&'static str, String)>,
    /// A JSON text.
    pub body: Option<Bytes>,
    pub headers: HeaderMap,
    /// Whether the gateway's credentials are added.
    pub is_signed: bool,
}

impl Call {
    /// A signed one without anything in it.
    pub fn new(method: Method, path: String) -> Self {
        Self {
            method,
            path,
            query: Vec::new(),
            body: None,
            headers: HeaderMap::new(),
            is_signed: true,
        }
    }

    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(it, _)| *it == name).map(|(_, value)| value.as_str())
    }

    pub fn set_parameter(&mut self, name: &'static str, value: String) {
        match self.query.iter_mut().find(|(it, _)| *it == name) {
            Some((_, old)) => *old = value,
            None => self.query.push((name, value)),
        }
    }

    /// Path and query.
    pub fn target(&self) -> String {
        let pairs: Vec<String> =
            self.query.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        match pairs.as_slice() {
            [] => self.path.clone(),
            pairs => format!("{}?{}", self.path, pairs.join("&")),
        }
    }
}

/// The path of a route with names in its segments `{}`.
pub fn fill(pattern: &str, ids: &[String]) -> String {
    let mut ids = ids.iter();
    let segments = pattern.split('/').map(|segment| match segment {
        "{}" => ids.next().map(|id| encode(id)).unwrap_or_default(),
        literal => literal.to_owned(),
    });
    segments.collect::<Vec<_>>().join("/")
}

/// The parameters of a request that a route knows. Of several with a name the first counts, so that the gateway and
/// the meeting server cannot mean different ones.
pub fn known_parameters(query: &str, known: &[&'static str]) -> Vec<(&'static str, String)> {
    let mut parameters: Vec<(&'static str, String)> = Vec::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let Some(name) = known.iter().find(|it| **it == name) else { continue };
        if !parameters.iter().any(|(it, _)| it == name) {
            parameters.push((name, value.into_owned()));
        }
    }
    parameters
}

pub fn known_headers(headers: &HeaderMap) -> HeaderMap {
    let known = PASSED_ON.into_iter().filter_map(|name| {
        let value = headers.get(&name)?.clone();
        Some((name, value))
    });
    known.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_have_one_reading() {
        let mut call = Call::new(Method::GET, fill("/a/{}/b", &["x/../y?".to_owned()]));
        call.query =
            known_parameters("roomId=a%26b+c&x=1&roomId=second&secret=s", &["maxItems", "roomId"]);
        assert_eq!(call.target(), "/a/x%2F..%2Fy%3F/b?roomId=a%26b%20c");
        call.set_parameter("roomId", "r".to_owned());
        call.set_parameter("maxItems", "1".to_owned());
        assert_eq!(call.target(), "/a/x%2F..%2Fy%3F/b?roomId=r&maxItems=1");
    }
}
