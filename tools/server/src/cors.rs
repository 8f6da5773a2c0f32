//! Cross-origin answers as the `cors` package of Express gives them, including the default that no browser accepts
//! with credentials (`*`). tower-http refuses to build that combination, and it is what operators meet first.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::state::Shared;

pub async fn answer_cross_origin(
    State(state): State<Shared>,
    request: Request,
    next: Next,
) -> Response {
    let origin = allowed(&state.config.cors_origins, request.headers().get(header::ORIGIN));
    let mut response = if request.method() == Method::OPTIONS {
        preflight(request.headers())
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    if origin != "*" {
        headers.append(header::VARY, HeaderValue::from_static("Origin"));
    }
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    response
}

/// The page's own origin where it is among these, otherwise the first: a browser refuses that one.
fn allowed(origins: &[String], asking: Option<&HeaderValue>) -> HeaderValue {
    let Some(first) = origins.first() else { return HeaderValue::from_static("*") };
    let own = origins.iter().find(|it| asking.is_some_and(|asking| asking == it.as_str()));
    HeaderValue::from_str(own.unwrap_or(first)).unwrap_or(HeaderValue::from_static("null"))
}

fn preflight(request: &HeaderMap) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("GET,HEAD,PUT,PATCH,POST,DELETE"),
    );
    headers.append(header::VARY, HeaderValue::from_static("Access-Control-Request-Headers"));
    if let Some(asked) = request.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, asked.clone());
    }
    response
}
