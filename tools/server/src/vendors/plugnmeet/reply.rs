//! The envelope around every answer: `status`, `msg`, `status_code`, then what was asked for. Status 200, whatever it
//! says inside.

use axum::Json;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// An answer as protojson writes it.
pub struct Reply(Map<String, Value>);

/// Why something was not done. The texts are those of the real server as far as they are known.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("Missing API-KEY header.")]
    MissingKey,
    #[error("Invalid API key provided.")]
    WrongKey,
    #[error("Missing HASH-SIGNATURE header.")]
    MissingSignature,
    #[error("Failed to verify provided authentication details.")]
    WrongSignature,
    /// The body, or one of its fields, is not what it must be.
    #[error("{0}")]
    Invalid(String),
    #[error("no recording found")]
    NoRecordings,
    #[error("recording not found")]
    NoRecording,
    #[error("one or more of the requested recordings were not found or did not match the room_id")]
    NoSuchRecordings,
    #[error("at least two recordings are required to merge")]
    TooFewRecordings,
    #[error("another request for this scope already registered, rejecting new one")]
    Merging,
    #[error("no info found")]
    NoPastRooms,
    #[error("room not found")]
    NoRoom,
    #[error("room is not active. create room first")]
    RoomNotActive,
}

impl Failure {
    fn code(&self) -> &'static str {
        match self {
            Self::MissingKey | Self::MissingSignature => "MISSING_REQUIRED_PARAMETER",
            Self::WrongKey => "INVALID_API_KEY",
            Self::WrongSignature => "INVALID_TOKEN_OR_SIGNATURE",
            Self::Invalid(_) | Self::TooFewRecordings => "INVALID_PARAMETERS",
            Self::NoRecordings | Self::NoRecording | Self::NoSuchRecordings | Self::NoPastRooms => {
                "NOT_FOUND"
            }
            Self::Merging => "CONFLICT",
            Self::NoRoom => "ROOM_NOT_FOUND",
            Self::RoomNotActive => "ROOM_NOT_ACTIVE",
        }
    }
}

impl Reply {
    pub fn new(status: bool, msg: &str, code: &str) -> Self {
        let mut envelope = Map::new();
        envelope.insert("status".to_owned(), json!(status));
        envelope.insert("msg".to_owned(), json!(msg));
        envelope.insert("status_code".to_owned(), json!(code));
        Self(envelope)
    }

    pub fn success() -> Self {
        Self::new(true, "success", "SUCCESS")
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.0.insert(name.to_owned(), value);
        self
    }
}

impl From<Failure> for Reply {
    fn from(failure: Failure) -> Self {
        Self::new(false, &failure.to_string(), failure.code())
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        Json(self.0).into_response()
    }
}
