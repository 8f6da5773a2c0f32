//! The one error of the API, which becomes `{error, message, details?}` with its status.
//! The texts are the real server's, word for word: single quotes around ids, `error` as a category.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::json;

use crate::config::Dialect;

#[derive(Clone, Debug, Serialize)]
pub struct ApiError {
    #[serde(skip)]
    pub status: StatusCode,
    pub error: String,
    pub message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Detail>,
}

/// One rule that the request broke; `field` is a dotted path such as `params.recordingId`.
#[derive(Clone, Debug, Serialize)]
pub struct Detail {
    pub field: String,
    pub message: String,
}

pub type ApiResult<T> = Result<T, ApiError>;

/// Rules broken so far: a request is answered with all of them at once.
#[derive(Default)]
pub struct Problems(Vec<Detail>);

impl Problems {
    pub fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push(Detail { field: field.into(), message: message.into() });
    }

    /// The value, or its default with the rules that it broke noted.
    pub fn take<T: Default>(&mut self, read: ApiResult<T>) -> T {
        read.unwrap_or_else(|error| {
            self.0.extend(error.details);
            T::default()
        })
    }

    /// 422 when there is any.
    pub fn check(self) -> ApiResult<()> {
        if self.0.is_empty() { Ok(()) } else { Err(ApiError::invalid_fields(self.0)) }
    }
}

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

    /// For media of what is not complete, failed or running.
    pub fn not_streamable(id: &str, dialect: Dialect) -> Self {
        if dialect >= Dialect::V39 {
            Self::recording(StatusCode::CONFLICT, format!("Recording '{id}' is not streamable"))
        } else {
            Self::recording_in_progress(id)
        }
    }

    pub fn room(status: StatusCode, message: impl Into<String>) -> Self {
        Self::new(status, "Room Error", message)
    }

    pub fn no_room(id: &str) -> Self {
        Self::room(StatusCode::NOT_FOUND, format!("Room '{id}' does not exist"))
    }

    /// From 3.8 on the answer does not repeat the secret.
    pub fn unknown_room_secret(secret: &str, room_id: &str, dialect: Dialect) -> Self {
        let secret = shown_secret(secret, dialect);
        Self::room(
            StatusCode::BAD_REQUEST,
            format!("{secret} is not recognized for room '{room_id}'"),
        )
    }

    pub fn unknown_recording_secret(secret: &str, id: &str, dialect: Dialect) -> Self {
        let secret = shown_secret(secret, dialect);
        Self::recording(
            StatusCode::BAD_REQUEST,
            format!("{secret} is not recognized for recording '{id}'"),
        )
    }

    /// `whom` is such as `recordings` or `role 'speaker'`.
    pub fn no_anonymous_access(room_id: &str, whom: &str) -> Self {
        Self::room(
            StatusCode::FORBIDDEN,
            format!("Anonymous access in room '{room_id}' is disabled for {whom}"),
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

fn shown_secret(secret: &str, dialect: Dialect) -> String {
    if dialect >= Dialect::V38 {
        "Provided secret".to_owned()
    } else {
        format!("Secret '{secret}'")
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(&self)).into_response();
        // Generation A writes the same errors in its own shape.
        response.extensions_mut().insert(self);
        response
    }
}

/// An error in the shape of generation A: a message, for most statuses with the status beside it. Everything else
/// passes.
pub async fn generation_a(response: Response) -> Response {
    let Some(error) = response.extensions().get::<ApiError>() else {
        return response;
    };
    let code = error.status.as_u16();
    let body = match (error.status, error.error.as_str()) {
        (StatusCode::UNPROCESSABLE_ENTITY, _) => json!({
            "error": error.error,
            "message": "Invalid request body",
            "details": error.details,
        }),
        (StatusCode::UNAUTHORIZED, _) => json!({ "message": error.message }),
        (StatusCode::UNSUPPORTED_MEDIA_TYPE, _) => json!({ "message": error.error }),
        (StatusCode::NOT_FOUND, "Recording Error") => {
            json!({ "code": code, "message": "Recording not found" })
        }
        (StatusCode::NOT_FOUND, "Room Error") => {
            json!({ "code": code, "message": "Room not found" })
        }
        (StatusCode::INTERNAL_SERVER_ERROR, _) => {
            json!({ "code": code, "message": "Internal server error" })
        }
        _ => json!({ "code": code, "message": error.message }),
    };
    (error.status, Json(body)).into_response()
}
