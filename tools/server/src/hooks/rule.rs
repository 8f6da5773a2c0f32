//! Rules: which requests to spoil, how often, and how.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Spoils requests. In JSON: `{"path_prefix": "/api/v1/recordings/*/media", "method": "GET", "times": 2,
/// "action": {"respond": {"status": 503}}}`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What path and query start with; a `*` stands for any part of one segment of the path.
    pub path_prefix: String,
    /// Any method when absent.
    #[serde(default)]
    pub method: Option<String>,
    /// How many requests it applies to: once when absent, `null` until it is cleared.
    #[serde(default = "once")]
    pub times: Option<u32>,
    pub action: Action,
}

fn once() -> Option<u32> {
    Some(1)
}

/// What happens to a request.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    /// Answers this instead. The request does not reach the server.
    Respond {
        status: u16,
        #[serde(default)]
        body: String,
        #[serde(default = "json_type")]
        content_type: String,
        #[serde(default)]
        headers: BTreeMap<String, String>,
    },
    /// Breaks the connection after so many bytes of the real answer's body.
    Cut { after_bytes: u64 },
    /// Ends the real answer's body early but properly, as a careless proxy does.
    Truncate { after_bytes: usize },
    /// Answers so much later.
    Delay { ms: u64 },
    /// Sends the real answer's body no faster than this.
    Throttle { bytes_per_second: u64 },
}

fn json_type() -> String {
    "application/json".to_owned()
}

impl Rule {
    /// A rule for the next matching request.
    pub fn once(path_prefix: &str, action: Action) -> Self {
        Self { path_prefix: path_prefix.to_owned(), method: None, times: once(), action }
    }

    /// A rule for all matching requests until the rules are cleared.
    pub fn always(path_prefix: &str, action: Action) -> Self {
        Self { times: None, ..Self::once(path_prefix, action) }
    }

    /// The same rule for one method only.
    #[must_use]
    pub fn on(self, method: &str) -> Self {
        Self { method: Some(method.to_owned()), ..self }
    }

    pub(super) fn matches(&self, method: &str, path_and_query: &str) -> bool {
        let same_method = self.method.as_ref().is_none_or(|own| own.eq_ignore_ascii_case(method));
        same_method && self.times != Some(0) && starts_with(path_and_query, &self.path_prefix)
    }

    pub(super) fn apply(&mut self) -> Action {
        self.times = self.times.map(|times| times.saturating_sub(1));
        self.action.clone()
    }
}

impl Action {
    /// This status with an error body.
    pub fn status(status: u16) -> Self {
        Self::Respond {
            status,
            body: r#"{"error":"Test Hook","message":"Answered by a test hook"}"#.to_owned(),
            content_type: json_type(),
            headers: BTreeMap::new(),
        }
    }

    /// 200 with this body, such as a page of HTML where JSON is expected.
    pub fn body(content_type: &str, body: &str) -> Self {
        Self::Respond {
            status: 200,
            body: body.to_owned(),
            content_type: content_type.to_owned(),
            headers: BTreeMap::new(),
        }
    }

    /// 429 that asks to come back later.
    pub fn rate_limit(retry_after_seconds: u32) -> Self {
        Self::Respond {
            status: 429,
            body: "Too many requests, please try again later".to_owned(),
            content_type: "text/plain".to_owned(),
            headers: [("retry-after".to_owned(), retry_after_seconds.to_string())].into(),
        }
    }
}

fn starts_with(text: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        None => text.starts_with(pattern),
        Some((head, tail)) => text.strip_prefix(head).is_some_and(|rest| {
            let segment = rest.find(['/', '?']).unwrap_or(rest.len());
            (0..=segment)
                .filter(|end| rest.is_char_boundary(*end))
                .any(|end| starts_with(&rest[end..], tail))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_within_one_segment() {
        let media = "/api/v1/recordings/*/media";
        assert!(starts_with("/api/v1/recordings/r--EG_1--u/media?secret=x", media));
        assert!(!starts_with("/api/v1/recordings?x=/media", media));
        assert!(!starts_with("/api/v1/recordings/a/b/media", media));
        assert!(starts_with("/api/v1/recordings?maxItems=1", "/api/v1/recordings?"));
        assert!(!starts_with("/api/v1/recordings/a", "/api/v1/recordings?"));
    }

    #[test]
    fn rules_read_from_json() {
        let rule = |json| serde_json::from_str::<Rule>(json);
        let once = rule(r#"{"path_prefix":"/a","action":{"cut":{"after_bytes":9}}}"#).unwrap();
        assert_eq!(once.times, Some(1));
        let forever = r#"{"path_prefix":"/a","times":null,"action":{"delay":{"ms":5}}}"#;
        assert_eq!(rule(forever).unwrap().times, None);
        assert!(rule(r#"{"path_prefix":"/a","action":"explode"}"#).is_err());
    }

    #[test]
    fn rules_run_out() {
        let mut rule = Rule::once("/a", Action::status(500)).on("get");
        assert!(rule.matches("GET", "/a/b") && !rule.matches("POST", "/a/b"));
        rule.apply();
        assert!(!rule.matches("GET", "/a/b"));
    }
}
