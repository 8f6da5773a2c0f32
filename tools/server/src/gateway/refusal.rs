//! What the gateway itself answers instead of a meeting server: `{"error", "message"}` with a status.
//! 401 always means that the browser's session is over, never that a meeting server refused the gateway.

use std::error::Error;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub status: StatusCode,
    error: &'static str,
    message: String,
    /// Seconds.
    retry_after: Option<u64>,
    reason: Option<Reason>,
}

/// What the operator should know of a refusal and the browser need not: an extension of the response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(pub String);

impl Refusal {
    fn new(status: StatusCode, error: &'static str, message: impl Into<String>) -> Self {
        Self { status, error, message: message.into(), retry_after: None, reason: None }
    }

    pub fn signed_out() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "Authentication Error", "Unauthorized")
    }

    pub fn wrong_password() -> Self {
        let message = "Wrong user or password";
        Self::new(StatusCode::UNAUTHORIZED, "Authentication Error", message)
    }

    pub fn forbidden(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "Authorization Error", message)
    }

    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "Not Found", message)
    }

    pub fn not_satisfiable() -> Self {
        let message = "The range is beyond the end of the file";
        Self::new(StatusCode::RANGE_NOT_SATISFIABLE, "Range Not Satisfiable", message)
    }

    pub fn too_large(limit: usize) -> Self {
        let message = format!("The body of a request has at most {} kB", limit / 1024);
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "Payload Too Large", message)
    }

    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "Unprocessable Entity", message)
    }

    /// `retry_after` in seconds.
    pub fn too_many(message: impl Into<String>, retry_after: u64) -> Self {
        Self {
            retry_after: Some(retry_after.max(1)),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, "Too Many Requests", message)
        }
    }

    pub fn bad_gateway(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_GATEWAY, "Bad Gateway", message)
    }

    pub fn unreachable(mut error: &dyn Error) -> Self {
        // The innermost says most: refused, no such host, unknown issuer.
        while let Some(source) = error.source() {
            error = source;
        }
        Self {
            reason: Some(Reason(error.to_string())),
            ..Self::bad_gateway("The meeting server cannot be reached")
        }
    }

    pub fn key_refused() -> Self {
        Self::bad_gateway("The meeting server does not accept the gateway's key")
    }

    pub fn unexpected_answer() -> Self {
        Self::bad_gateway("The meeting server gave an unexpected answer")
    }

    pub fn too_slow() -> Self {
        let message = "The meeting server takes too long to answer";
        Self::new(StatusCode::GATEWAY_TIMEOUT, "Gateway Timeout", message)
    }

    /// With a meeting server's `Retry-After`, when it is in seconds.
    pub fn retry_as_told(self, header: Option<&HeaderValue>) -> Self {
        let seconds = header.and_then(|header| header.to_str().ok()?.trim().parse().ok());
        Self { retry_after: seconds, ..self }
    }

    /// With the status of a meeting server's own answer, whose text is not fit to be passed on.
    pub fn of_upstream(status: StatusCode) -> Self {
        Self::new(status, "Meeting Server Error", format!("The meeting server answered {status}"))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = json!({ "error": self.error, "message": self.message }).to_string();
        let json = HeaderValue::from_static("application/json");
        let mut response = (self.status, [(header::CONTENT_TYPE, json)], body).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(reason) = self.reason {
            response.extensions_mut().insert(reason);
        }
        response
    }
}
