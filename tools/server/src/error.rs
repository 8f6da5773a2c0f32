//! The one error of the API, which becomes `{error, message, details?}` with its status.
//! The texts are the real server's, word for word: single quotes around ids, `error` as a category.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct ApiError {
    #[serde(skip)]
    pub status: StatusCode,
    pub error: String,
    pub message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Detail>,
}

/// One rule that the request broke; `field` is a dotted path such as `params.recordingId`.
#[derive(Debug, Serialize)]
pub struct Detail {
    pub field: String,
    pub message: String,
}

pub type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    pub fn new(status: StatusCode, error: impl Into<String>, message: impl Into<String>) -> Self {
        Self { status, error: error.into(), message: message.into(), details: Vec::new() }
    }

    /// 422 about one field.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::invalid_fields(vec![Detail { field: field.into(), message: message.into() }])
    }

    pub fn invalid_fields(details: Vec<Detail>) -> Self {
        Self {
            details,
            ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "Unprocessable Entity", "Invalid request")
        }
    }

    pub fn unauthorized() -> Self {
        Self::authentication("Unauthorized")
    }

    pub fn invalid_token() -> Self {
        Self::authentication("Invalid token")
    }

    pub fn authentication(message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "Authentication Error", message)
    }

    pub fn forbidden() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "Authorization Error",
            "Insufficient permissions to access this resource",
        )
    }

    pub fn recording(status: StatusCode, message: impl Into<String>) -> Self {
        Self::new(status, "Recording Error", message)
    }

    pub fn no_recording(id: &str) -> Self {
        Self::recording(StatusCode::NOT_FOUND, format!("Recording '{id}' not found"))
    }

    pub fn recording_in_progress(id: &str) -> Self {
        Self::recording(StatusCode::CONFLICT, format!("Recording '{id}' is not stopped yet"))
    }

    pub fn room(status: StatusCode, message: impl Into<String>) -> Self {
        Self::new(status, "Room Error", message)
    }

    pub fn no_room(id: &str) -> Self {
        Self::room(StatusCode::NOT_FOUND, format!("Room '{id}' does not exist"))
    }

    pub fn unknown_room_secret(secret: &str, room_id: &str) -> Self {
        Self::room(
            StatusCode::BAD_REQUEST,
            format!("Secret '{secret}' is not recognized for room '{room_id}'"),
        )
    }

    pub fn malformed_body() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "Bad Request", "Malformed body")
    }

    pub fn unsupported_media_type() -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "Unsupported Media Type",
            "Unsupported media type. Supported types: application/json",
        )
    }

    pub fn no_path() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Path Not Found", "API path not implemented")
    }

    pub fn internal(operation: &str) -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Internal Server Error",
            format!("Unexpected error while {operation}"),
        )
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        (self.status, Json(self)).into_response()
    }
}
