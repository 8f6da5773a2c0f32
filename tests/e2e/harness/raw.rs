//! WebDriver commands that thirtyfour has no name for.

use http::Method;
use serde_json::Value;
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::session::handle::SessionHandle;
use thirtyfour::{RequestData, SessionId};

#[derive(Debug)]
struct Raw<'a> {
    method: Method,
    path: &'a str,
    body: Option<Value>,
}

impl FormatRequestData for Raw<'_> {
    fn format_request(&self, session: &SessionId) -> RequestData {
        let data =
            RequestData::new(self.method.clone(), format!("/session/{session}/{}", self.path));
        match &self.body {
            Some(body) => data.add_body(body.clone()),
            None => data,
        }
    }
}

/// `path` is what follows the session's.
pub async fn get(session: &SessionHandle, path: &str) -> Result<Value, String> {
    send(session, Raw { method: Method::GET, path, body: None }).await
}

pub async fn post(session: &SessionHandle, path: &str, body: Value) -> Result<Value, String> {
    send(session, Raw { method: Method::POST, path, body: Some(body) }).await
}

async fn send(session: &SessionHandle, command: Raw<'_>) -> Result<Value, String> {
    let answer = session.cmd(command).await.and_then(|answer| answer.value_json());
    answer.map_err(|error| error.to_string())
}
