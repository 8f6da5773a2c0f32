//! The outermost layer of the server: notes each request and applies the rules of the test hooks to it.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::time::sleep;

use crate::body::{Cut, Throttled};
use crate::hooks::rule::Action;
use crate::state::Shared;

pub async fn watch(State(state): State<Shared>, request: Request, next: Next) -> Response {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    if path.starts_with("/test-hooks/") {
        return next.run(request).await;
    }
    let method = request.method().to_string();
    let range = request.headers().get(header::RANGE);
    let range = range.map(|range| String::from_utf8_lossy(range.as_bytes()).into_owned());

    let actions = state.hooks.actions_for(&method, &path, range.as_deref());
    let response = answer(actions, request, next).await;
    state.hooks.log.add(&method, &path, range, response.status());
    response
}

async fn answer(actions: Vec<Action>, mut request: Request, next: Next) -> Response {
    let mut instead = None;
    for action in &actions {
        match action {
            Action::Delay { ms } => sleep(Duration::from_millis(*ms)).await,
            Action::IgnoreRange => _ = request.headers_mut().remove(header::RANGE),
            Action::Respond { .. } if instead.is_none() => instead = Some(respond(action)),
            _ => {}
        }
    }
    let mut response = match instead {
        Some(response) => response,
        None => next.run(request).await,
    };
    for action in actions {
        response = match action {
            Action::Cut { after_bytes } => {
                response.map(|body| Body::new(Cut::new(body, after_bytes)))
            }
            Action::Stall { after_bytes } => {
                response.map(|body| Body::new(Cut::silent(body, after_bytes)))
            }
            Action::Throttle { bytes_per_second } => {
                response.map(|body| Body::new(Throttled::new(body, bytes_per_second)))
            }
            Action::Truncate { after_bytes } => truncate(response, after_bytes).await,
            Action::IgnoreRange => without(response, &header::ACCEPT_RANGES),
            Action::MisstateRange { later, length } => {
                misstate_range(response, later, length.as_deref())
            }
            Action::SetHeaders { headers } => set_headers(response, &headers),
            Action::Respond { .. } | Action::Delay { .. } => response,
        };
    }
    response
}

fn respond(action: &Action) -> Response {
    let Action::Respond { status, body, content_type, headers } = action else {
        return StatusCode::OK.into_response();
    };
    let mut response = Response::new(Body::from(body.clone()));
    *response.status_mut() =
        StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let content_type = ("content-type", content_type.as_str());
    let others = headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    for (name, value) in others.chain([content_type]) {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn without(mut response: Response, name: &HeaderName) -> Response {
    response.headers_mut().remove(name);
    response
}

fn set_headers(mut response: Response, headers: &BTreeMap<String, Option<String>>) -> Response {
    for (name, value) in headers {
        let Ok(name) = HeaderName::try_from(name) else { continue };
        match value.as_ref().map(HeaderValue::try_from) {
            Some(Ok(value)) => _ = response.headers_mut().insert(name, value),
            None => response = without(response, &name),
            Some(Err(_)) => {}
        }
    }
    response
}

/// Changes `bytes {first}-{last}/{length}`; an answer that is no part stays as it is.
fn misstate_range(response: Response, later: u64, length: Option<&str>) -> Response {
    let range = response.headers().get(header::CONTENT_RANGE).and_then(|it| it.to_str().ok());
    let parts = range.and_then(|it| {
        let (part, real_length) = it.strip_prefix("bytes ")?.split_once('/')?;
        let (first, last) = part.split_once('-')?;
        Some((first.parse::<u64>().ok()?, last.parse::<u64>().ok()?, real_length))
    });
    let Some((first, last, real_length)) = parts else { return response };
    let length = length.unwrap_or(real_length);
    let range = format!("bytes {}-{}/{length}", first + later, last + later);
    set_headers(response, &[(header::CONTENT_RANGE.to_string(), Some(range))].into())
}

async fn truncate(response: Response, after_bytes: usize) -> Response {
    let (mut parts, body) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let part = whole.slice(..after_bytes.min(whole.len()));
    Response::from_parts(parts, Body::from(part))
}
