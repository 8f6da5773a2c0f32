//! Files behind tokens: `/auth/recording/getDownloadToken` and `/download/recording/{token}`. A token opens its file
//! any number of times until it ends; the file comes whole, whatever range is asked for.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::Call;
use super::recordings::{file_path, find};
use super::reply::{Failure, Reply};
use crate::body::OpenFile;
use crate::sample::media::Media;
use crate::state::{Shared, World};
use crate::vendors::crypto::{TokenError, read_token, sign_token};
use crate::vendors::secrets::{PLUGNMEET_KEY, PLUGNMEET_SECRET};

/// Seconds: `recorder_info.token_validity` of the vendor's sample configuration.
const VALIDITY: i64 = 30 * 60;

/// Why there is no file, as plain text.
#[derive(Debug, thiserror::Error)]
pub enum DownloadError {
    #[error("token expired")]
    Expired,
    #[error("{0}")]
    Token(TokenError),
    #[error("{0}: no such file or directory")]
    NoFile(String),
}

pub fn token(call: &Call) -> Result<Reply, Failure> {
    let token = token_of(&call.state.world(), call.fields.required("record_id")?)?;
    Ok(Reply::success().with("token", json!(token)))
}

pub fn token_of(world: &World, record_id: &str) -> Result<String, Failure> {
    let entry = find(world, record_id)?;
    let now = world.vendor.now(&world.clock) / 1000;
    let claims = json!({
        "iss": PLUGNMEET_KEY,
        "sub": file_path(world, entry),
        "nbf": now,
        "exp": now + VALIDITY,
    });
    Ok(sign_token(PLUGNMEET_SECRET, &claims))
}

pub async fn download(
    State(state): State<Shared>,
    Path(token): Path<String>,
) -> Result<Response, DownloadError> {
    let (name, media) = file_of(&state.world(), &token)?;
    let bytes = media.bytes();
    let length = bytes.len();
    let body = Body::new(OpenFile::new(bytes, Arc::clone(&state.open_media)));
    let headers = [
        (header::CONTENT_TYPE, "video/mp4".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CONTENT_LENGTH, length.to_string()),
    ];
    Ok((headers, body).into_response())
}

/// The name and the content of the file that the token opens.
fn file_of(world: &World, token: &str) -> Result<(String, Media), DownloadError> {
    let now = world.vendor.now(&world.clock) / 1000;
    let claims =
        read_token(PLUGNMEET_SECRET, PLUGNMEET_KEY, token, now).map_err(|error| match error {
            TokenError::Expired => DownloadError::Expired,
            error => DownloadError::Token(error),
        })?;
    let path = claims["sub"].as_str().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    let entry = find(world, name.trim_end_matches(".mp4")).ok();
    let entry = entry.filter(|entry| file_path(world, entry) == path);
    let entry = entry.ok_or_else(|| DownloadError::NoFile(name.to_owned()))?;
    Ok((name.to_owned(), entry.media))
}

impl IntoResponse for DownloadError {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Expired | Self::Token(_) => StatusCode::UNAUTHORIZED,
            Self::NoFile(_) => StatusCode::NOT_FOUND,
        };
        (status, self.to_string()).into_response()
    }
}
