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
    /// Only requests for a range that begins at this byte or later. A file's index is there before; who asks whether it
    /// would be sent asks for its first byte.
    #[serde(default)]
    pub from_byte: Option<u64>,
    /// How many matching requests it lets pass first.
    #[serde(default)]
    pub after: u32,
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
    /// Sends so many bytes of the real answer's body, then nothing, and does not end.
    Stall { after_bytes: u64 },
    /// Ends the real answer's body early but properly, as a careless proxy does.
    Truncate { after_bytes: usize },
    /// Answers so much later.
    Delay { ms: u64 },
    /// Sends the real answer's body no faster than this.
    Throttle { bytes_per_second: u64 },
    /// Answers as a server that knows no ranges: with all of the file, and 200.
    IgnoreRange,
    /// Says of the part of the file that it begins so many bytes later than it does, or that the file has another length;
    /// `*` is one that it does not know.
    MisstateRange {
        #[serde(default)]
        later: u64,
        #[serde(default)]
        length: Option<String>,
    },
    /// Sets these headers of the real answer; `null` leaves one off.
    SetHeaders { headers: BTreeMap<String, Option<String>> },
}

fn json_type() -> String {
    "application/json".to_owned()
}

impl Rule {
    /// A rule for the next matching request.
    pub fn once(path_prefix: &str, action: Action) -> Self {
        Self {
            path_prefix: path_prefix.to_owned(),
            method: None,
            from_byte: None,
            after: 0,
            times: once(),
            action,
        }
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

    /// The same rule for ranges only that begin at this byte or later.
    #[must_use]
    pub fn from_byte(self, first: u64) -> Self {
        Self { from_byte: Some(first), ..self }
    }

    /// The same rule, letting so many requests pass first.
    #[must_use]
    pub fn after(self, requests: u32) -> Self {
        Self { after: requests, ..self }
    }

    /// `range` is the header.
    pub(super) fn matches(&self, method: &str, path_and_query: &str, range: Option<&str>) -> bool {
        let same_method = self.method.as_ref().is_none_or(|own| own.eq_ignore_ascii_case(method));
        let in_range = self.from_byte.is_none_or(|first| begins(range) >= Some(first));
        same_method
            && in_range
            && self.times != Some(0)
            && starts_with(path_and_query, &self.path_prefix)
    }

    /// What to do with a request that matches; `None` lets it pass.
    pub(super) fn apply(&mut self) -> Option<Action> {
        if self.after > 0 {
            self.after -= 1;
            return None;
        }
        self.times = self.times.map(|times| times.saturating_sub(1));
        Some(self.action.clone())
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

    /// The real answer with this header.
    pub fn set_header(name: &str, value: &str) -> Self {
        Self::SetHeaders { headers: [(name.to_owned(), Some(value.to_owned()))].into() }
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

/// Where a range begins.
fn begins(range: Option<&str>) -> Option<u64> {
    let (first, _) = range?.strip_prefix("bytes=")?.split_once('-')?;
    first.parse().ok()
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
        assert!(rule.matches("GET", "/a/b", None) && !rule.matches("POST", "/a/b", None));
        assert!(rule.apply().is_some());
        assert!(!rule.matches("GET", "/a/b", None));
    }

    #[test]
    fn rules_wait_for_their_request() {
        let mut rule = Rule::once("/a", Action::status(500)).after(2);
        let applied = [(); 3].map(|()| rule.apply().is_some());
        assert_eq!(applied, [false, false, true]);
        assert_eq!(rule.times, Some(0));
    }

    #[test]
    fn rules_for_later_ranges_leave_the_beginning_alone() {
        let rule = Rule::once("/a", Action::status(500)).from_byte(1000);
        for (range, is_later) in [
            (None, false),
            (Some("bytes=0-"), false),
            (Some("bytes=999-2000"), false),
            (Some("bytes=1000-1000"), true),
            (Some("bytes=5000-"), true),
            (Some("bytes=-500"), false),
        ] {
            assert_eq!(rule.matches("GET", "/a", range), is_later, "{range:?}");
        }
    }
}
