//! Films from a meeting server to a browser. Servers that ignore ranges (plugNmeet from 2.2 on) get them here, because
//! without ranges Safari plays nothing and Chromium cannot seek (`reference/other-providers-api.md` §1.5).

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use axum::response::IntoResponse;
use hyper::body::Incoming;

use super::film::Film;
use super::origin::Origin;
use super::range::{Asked, Part};
use super::refusal::Refusal;
use super::upstream::Upstream;

/// What is passed on of a film's headers.
const PASSED_ON: [HeaderName; 6] = [
    header::CONTENT_LENGTH,
    header::CONTENT_RANGE,
    header::CONTENT_DISPOSITION,
    header::ACCEPT_RANGES,
    header::ETAG,
    header::LAST_MODIFIED,
];

/// Types that a browser shows or saves but never runs.
const HARMLESS: [&str; 4] = ["video/", "audio/", "application/zip", "application/mp4"];

/// Passes on a film that the meeting server begins to send; `asked` are the headers of the browser's request.
pub fn stream(
    upstream: &Upstream,
    method: &Method,
    asked: &HeaderMap,
    response: Response<Incoming>,
) -> Response<Body> {
    let (parts, source) = response.into_parts();
    let length = length_of(&parts.headers);
    let mut headers: HeaderMap = PASSED_ON
        .into_iter()
        .filter_map(|name| Some((name.clone(), parts.headers.get(&name)?.clone())))
        .collect();
    headers.insert(header::CONTENT_TYPE, harmless_type(&parts.headers));
    if length.is_some() {
        headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    }
    let range = range_to_make(method, asked, parts.status, &parts.headers).zip(length);
    let (status, film) = match range.map(|(asked, length)| (asked.of(length), length)) {
        None => (parts.status, Film::whole(source, upstream.patience())),
        Some((Part::NotSatisfiable, length)) => return not_satisfiable(length),
        Some((Part::Bytes { start, end }, length)) => {
            set(&mut headers, header::CONTENT_RANGE, format!("bytes {start}-{end}/{length}"));
            set(&mut headers, header::CONTENT_LENGTH, (end - start + 1).to_string());
            (StatusCode::PARTIAL_CONTENT, Film::part(source, upstream.patience(), start, end))
        }
    };
    let mut response = Response::new(Body::new(film));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// Passes on a redirection to where the film is, when that is a place that the operator knows.
pub fn redirect(
    known: &[Origin],
    response: &Response<Incoming>,
) -> Result<Response<Body>, Refusal> {
    let location = response.headers().get(header::LOCATION);
    let target = location.and_then(|location| location.to_str().ok());
    if !target.is_some_and(|target| known.iter().any(|origin| origin.covers(target))) {
        let message = "The meeting server keeps this film at an unknown place (see media_origins)";
        return Err(Refusal::bad_gateway(message));
    }
    let mut redirection = Response::new(Body::empty());
    *redirection.status_mut() = response.status();
    redirection.headers_mut().extend(location.map(|it| (header::LOCATION, it.clone())));
    Ok(redirection)
}

/// The range that the browser asked for and the meeting server did not answer with.
fn range_to_make(
    method: &Method,
    asked: &HeaderMap,
    status: StatusCode,
    answered: &HeaderMap,
) -> Option<Asked> {
    if method != Method::GET || status != StatusCode::OK {
        return None;
    }
    if let Some(condition) = asked.get(header::IF_RANGE) {
        let is_weak = condition.as_bytes().starts_with(b"W/");
        let is_same = [header::ETAG, header::LAST_MODIFIED]
            .iter()
            .any(|name| answered.get(name) == Some(condition));
        if is_weak || !is_same {
            return None;
        }
    }
    Asked::parse(asked.get(header::RANGE)?.to_str().ok()?)
}

fn length_of(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// A page in place of a film would run as one of the gateway's own.
fn harmless_type(headers: &HeaderMap) -> HeaderValue {
    let given = headers.get(header::CONTENT_TYPE);
    let is_harmless = |value: &&HeaderValue| {
        let text = value.to_str().unwrap_or_default().to_ascii_lowercase();
        HARMLESS.iter().any(|harmless| text.starts_with(harmless))
    };
    let binary = HeaderValue::from_static("application/octet-stream");
    given.filter(is_harmless).cloned().unwrap_or(binary)
}

fn not_satisfiable(length: u64) -> Response<Body> {
    let mut response = Refusal::not_satisfiable().into_response();
    set(response.headers_mut(), header::CONTENT_RANGE, format!("bytes */{length}"));
    response
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: String) {
    // Numbers are always fit for a header.
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(name, value);
    }
}
