//! The subtitles that some recordings point to: plugNmeet keeps addresses only; here the files are beside it.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::not_found;

/// `/subtitles/{language}.vtt`.
pub async fn file(Path(file): Path<String>) -> Response {
    let text = match file.as_str() {
        "en.vtt" => include_str!("en.vtt"),
        "de.vtt" => include_str!("de.vtt"),
        _ => return not_found().await,
    };
    ([(header::CONTENT_TYPE, "text/vtt; charset=utf-8")], text).into_response()
}
