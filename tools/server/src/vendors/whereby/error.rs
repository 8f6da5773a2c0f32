//! The errors of Whereby's API. Only the body of 429 is documented; nobody should read the others.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

#[derive(Debug, thiserror::Error)]
pub enum WherebyError {
    #[error("Unauthorized")]
    Unauthorized,
    #[error("The recording is not hosted by Whereby")]
    NotHosted,
    #[error("Not found")]
    NotFound,
    #[error("Invalid {0}")]
    Invalid(&'static str),
    #[error("Rate limit active for throttle key: organization:1")]
    RateLimited { ms_left: u64 },
}

impl IntoResponse for WherebyError {
    fn into_response(self) -> Response {
        let text = self.to_string();
        let status = match self {
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::NotHosted => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Invalid(_) => StatusCode::BAD_REQUEST,
            Self::RateLimited { ms_left } => {
                let seconds = ms_left.div_ceil(1000).to_string();
                let body = json!({ "error": text, "data": { "msLeft": ms_left } });
                let headers = [(header::RETRY_AFTER, seconds)];
                return (StatusCode::TOO_MANY_REQUESTS, headers, Json(body)).into_response();
            }
        };
        (status, Json(json!({ "error": text }))).into_response()
    }
}
