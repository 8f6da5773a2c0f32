//! One line for each request to the gateway, on stderr: what was asked for, by whom, how it ended, and why a meeting server
//! could not be reached. Paths are those of the list of routes, so there are no ids, tokens or queries in them.

use std::io::Write;
use std::time::Instant;

use axum::body::Body;
use axum::http::{Method, Response};

use super::refusal::Reason;

/// Filled in while the request is answered.
pub struct Entry {
    method: Method,
    started: Instant,
    pub system: Option<String>,
    pub path: &'static str,
    pub user: Option<String>,
}

impl Entry {
    pub fn new(method: Method) -> Self {
        Self { method, started: Instant::now(), system: None, path: "?", user: None }
    }

    /// The time is until the answer begins; films take longer.
    pub fn write(&self, response: &Response<Body>) {
        let system = self.system.as_deref().unwrap_or("-");
        let user = self.user.as_deref().unwrap_or("-");
        let ms = self.started.elapsed().as_millis();
        let (method, path, status) = (&self.method, self.path, response.status().as_u16());
        let reason = response.extensions().get::<Reason>();
        let reason = reason.map_or(String::new(), |Reason(text)| format!(" ({text})"));
        // A log that cannot be written is no reason to stop.
        let _ =
            writeln!(std::io::stderr(), "{method} {system} {path} {status} {ms}ms {user}{reason}");
    }
}
