//! One HTTP request: with cookies, with a time limit over headers and body, with a size limit, and
//! aborted when nobody waits for it any more.

use std::{cell::Cell, rc::Rc};

use futures_util::{
    FutureExt,
    future::{Either, LocalBoxFuture, select},
};
use gloo_net::http::{Method as HttpMethod, RequestBuilder, Response};
use gloo_timers::{callback::Timeout, future::TimeoutFuture};
use js_sys::{Array, Date, JSON, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, RequestCache, RequestCredentials, RequestMode,
    RequestRedirect, Url,
};

use super::connection::Early;
use crate::{
    model::{Error, Json, MediaHead, Unexpected},
    provider::{Answer, Body, Method, Request},
};

/// Milliseconds for a whole answer.
const TIME_LIMIT: u32 = 30_000;
/// Milliseconds for finding out why a request failed.
const PROBE_LIMIT: u32 = 5_000;
/// Bytes; a page of 100 recordings has some 40 kB.
const SIZE_LIMIT: usize = 20_000_000;

/// How much of an answer is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    Body,
    /// Only whether it would succeed with a file: of that nothing is read, and the request asks for
    /// one byte (`bytes=0-0`), since the servers do not know HEAD.
    Media,
}

/// Aborts the request when dropped: after the answer that does nothing, before it the future that
/// waited is gone.
struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Boxed, as all that is called from many places here: each of them would carry a copy of its code.
pub fn fetch<'a>(
    url: &'a str,
    request: &'a Request,
    reading: Reading,
) -> LocalBoxFuture<'a, Result<Answer, Error>> {
    send(url, request, reading).boxed_local()
}

async fn send(url: &str, request: &Request, reading: Reading) -> Result<Answer, Error> {
    let abort = AbortOnDrop(AbortController::new().map_err(|_| Error::Unreachable)?);
    let timed_out = Rc::new(Cell::new(false));
    let _timeout = {
        let (abort, timed_out) = (abort.0.clone(), timed_out.clone());
        Timeout::new(TIME_LIMIT, move || {
            timed_out.set(true);
            abort.abort();
        })
    };
    let failed = |otherwise: Error| if timed_out.get() { Error::TimedOut } else { otherwise };

    let sent = builder(url, request, reading).abort_signal(Some(&abort.0.signal()));
    let sent = match &request.body {
        Some(body) => sent.header("content-type", "application/json").body(body.as_str()),
        None => sent.build(),
    };
    let response = match sent {
        Ok(sent) => match sent.send().await {
            Ok(response) => response,
            Err(_) if timed_out.get() => return Err(Error::TimedOut),
            Err(_) => return Err(why_unreachable(url).await),
        },
        Err(_) => return Err(Error::Unreachable),
    };
    read(response, reading).await.map_err(failed)
}

/// The answer to a request that somebody else has sent already, exactly as [`fetch`] would have.
pub async fn receive(early: Early) -> Result<Answer, Error> {
    let Early { url, response, stop } = early;
    let _abort = AbortOnDrop(stop);
    let answer = async {
        match JsFuture::from(response).await {
            Ok(response) => {
                read(Response::from(web_sys::Response::from(response)), Reading::Body).await
            }
            Err(_) => Err(why_unreachable(&url).await),
        }
    };
    match select(answer.boxed_local(), TimeoutFuture::new(TIME_LIMIT)).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => Err(Error::TimedOut),
    }
}

async fn read(response: Response, reading: Reading) -> Result<Answer, Error> {
    let body = match read_body(&response, reading).await {
        Ok(body) => body,
        // The status says enough.
        Err(_) if !response.ok() => Body::Empty,
        Err(error) => return Err(error),
    };
    let retry_after = response.headers().get("retry-after").and_then(|text| seconds(&text));
    Ok(Answer { status: response.status(), retry_after, body })
}

/// A text from anywhere, with cookies only where it is from here.
pub async fn fetch_text(url: &str) -> Result<String, Error> {
    let abort = AbortOnDrop(AbortController::new().map_err(|_| Error::Unreachable)?);
    let _timeout = {
        let abort = abort.0.clone();
        Timeout::new(TIME_LIMIT, move || abort.abort())
    };
    let request = RequestBuilder::new(url)
        .credentials(RequestCredentials::SameOrigin)
        .abort_signal(Some(&abort.0.signal()))
        .build();
    let Ok(request) = request else { return Err(Error::Unreachable) };
    let Ok(response) = request.send().await else { return Err(why_unreachable(url).await) };
    if !response.ok() {
        let answer = Answer { status: response.status(), retry_after: None, body: Body::Empty };
        return Err(answer.error());
    }
    let bytes = read_bytes(&response).await?;
    String::from_utf8(bytes).map_err(|_| Error::Unexpected(Unexpected::NotCaptions))
}

/// A file of JSON.
pub async fn read_json(url: &str) -> Result<Json, Error> {
    let answer = fetch(url, &Request::get(String::new()), Reading::Body).await?;
    answer.json().cloned()
}

/// A browser says only that a request failed. No network it tells; and when a request for which no
/// answer is to be read gets through, the server is there and its CORS settings are in the way.
async fn why_unreachable(url: &str) -> Error {
    let Some(window) = web_sys::window() else { return Error::Unreachable };
    if !window.navigator().on_line() {
        return Error::Offline;
    }
    let own = window.location().origin().unwrap_or_default();
    if Url::new(url).is_ok_and(|url| url.origin() == own) {
        return Error::Unreachable;
    }
    // Of a whole file only the beginning of the answer is waited for.
    let Ok(abort) = AbortController::new().map(AbortOnDrop) else { return Error::Unreachable };
    let _timeout = {
        let abort = abort.0.clone();
        Timeout::new(PROBE_LIMIT, move || abort.abort())
    };
    let probe = RequestBuilder::new(url)
        .mode(RequestMode::NoCors)
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .abort_signal(Some(&abort.0.signal()))
        .build();
    let Ok(probe) = probe else { return Error::Unreachable };
    if probe.send().await.is_ok() { Error::Blocked } else { Error::Unreachable }
}

/// `Retry-After`: seconds, or a date from which they follow.
fn seconds(text: &str) -> Option<u32> {
    let text = text.trim();
    if let Ok(seconds) = text.parse() {
        return Some(seconds);
    }
    let ms = Date::parse(text) - Date::now();
    // Not a date, NaN, is no number of seconds either.
    (ms >= 0.0).then_some((ms / 1000.0).ceil() as u32)
}

fn builder(url: &str, request: &Request, reading: Reading) -> RequestBuilder {
    let method = match request.method {
        Method::Get => HttpMethod::GET,
        Method::Post => HttpMethod::POST,
        Method::Put => HttpMethod::PUT,
        Method::Delete => HttpMethod::DELETE,
    };
    let mut builder = RequestBuilder::new(url)
        .method(method)
        .credentials(match request.omits_cookies {
            true => RequestCredentials::Omit,
            false => RequestCredentials::Include,
        })
        .cache(RequestCache::NoStore)
        // An answer from somewhere else is not this server's.
        .redirect(RequestRedirect::Error)
        // Another site cannot add a header without being asked (preflight): against forged
        // requests, for servers and gateways that check it.
        .header("x-requested-with", "meet-recordings");
    for (name, value) in &request.headers {
        builder = builder.header(name, value.expose());
    }
    if reading == Reading::Media { builder.header("range", "bytes=0-0") } else { builder }
}

async fn read_body(response: &Response, reading: Reading) -> Result<Body, Error> {
    if reading == Reading::Media && response.ok() {
        return Ok(media_head(response).map_or(Body::Text(String::new()), Body::Media));
    }
    let bytes = read_bytes(response).await?;
    // In another encoding than JSON's every name with an accent would be garbage.
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return Err(Error::Unexpected(Unexpected::NotJson));
    };
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Ok(Body::Empty);
    }
    if Json::is_too_deep(text) {
        return Err(Error::Unexpected(Unexpected::NotJson));
    }
    Ok(match JSON::parse(text) {
        Ok(value) => Body::Json(json(&value)),
        Err(_) => Body::Text(text.to_owned()),
    })
}

/// `None` for what is a text, whatever the status says: a page with a sign-in form, an error.
fn media_head(response: &Response) -> Option<MediaHead> {
    let headers = response.headers();
    let kind = headers.get("content-type").unwrap_or_default();
    if kind.starts_with("text/") || kind.starts_with("application/json") {
        return None;
    }
    let range = headers.get("content-range");
    Some(MediaHead {
        size: range.as_deref().and_then(|it| it.rsplit_once('/')?.1.parse().ok()),
        has_ranges: response.status() == 206,
    })
}

/// What `JSON.parse` made, in our own terms. By hand, because a serialization library brings the
/// writing of numbers with it.
fn json(value: &JsValue) -> Json {
    if let Some(text) = value.as_string() {
        Json::Text(text)
    } else if let Some(number) = value.as_f64() {
        Json::Number(number)
    } else if let Some(is_so) = value.as_bool() {
        Json::Bool(is_so)
    } else if let Some(items) = value.dyn_ref::<Array>() {
        Json::List(items.iter().map(|it| json(&it)).collect())
    } else if let Some(object) = value.dyn_ref::<Object>() {
        let names = Object::keys(object);
        let fields = names.iter().filter_map(|name| {
            let field = Reflect::get(object, &name).ok()?;
            Some((name.as_string()?, json(&field)))
        });
        Json::Object(fields.collect())
    } else {
        Json::Null
    }
}

/// Reads chunk by chunk, so that an endless body is given up at the limit and not in memory.
async fn read_bytes(response: &Response) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let Some(stream) = response.body() else { return Ok(bytes) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    loop {
        let chunk = JsFuture::from(reader.read()).await.map_err(|_| Error::Interrupted)?;
        let part = |name: &str| Reflect::get(&chunk, &name.into()).unwrap_or_default();
        if part("done").is_truthy() {
            return Ok(bytes);
        }
        let value: Uint8Array = part("value").unchecked_into();
        if bytes.len() + value.length() as usize > SIZE_LIMIT {
            // The request is aborted on the way out, which ends the stream.
            return Err(Error::Unexpected(Unexpected::TooLarge(SIZE_LIMIT)));
        }
        bytes.extend(value.to_vec());
    }
}
