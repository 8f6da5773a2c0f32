//! One HTTP request: with cookies, with a time limit over headers and body, with a size limit, and
//! aborted when nobody waits for it any more.

use std::{cell::Cell, rc::Rc};

use gloo_net::http::{Method as HttpMethod, RequestBuilder, Response};
use gloo_timers::callback::Timeout;
use js_sys::{JSON, Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, RequestCache, RequestCredentials, RequestRedirect,
};

use crate::{
    model::{Error, Json, Unexpected},
    provider::{Answer, Body, Method, Request},
};

/// Milliseconds for a whole answer.
const TIME_LIMIT: u32 = 30_000;
/// Bytes; a page of 100 recordings has some 40 kB.
const SIZE_LIMIT: usize = 20_000_000;

/// How much of an answer is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    Body,
    /// Only whether it would succeed: of a success nothing is read, and the request asks for one
    /// byte (`bytes=0-0`), since the servers do not know HEAD.
    Status,
}

/// Aborts the request when dropped: after the answer that does nothing, before it the future that
/// waited is gone.
struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

pub async fn fetch(url: &str, request: &Request, reading: Reading) -> Result<Answer, Error> {
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
        Ok(sent) => sent.send().await.map_err(|_| failed(Error::Unreachable))?,
        Err(_) => return Err(Error::Unreachable),
    };
    let body = match read_body(&response, reading).await {
        Ok(body) => body,
        // The status says enough.
        Err(_) if !response.ok() => Body::Empty,
        Err(error) => return Err(failed(error)),
    };
    let retry_after = response.headers().get("retry-after").and_then(|text| text.parse().ok());
    Ok(Answer { status: response.status(), retry_after, body })
}

fn builder(url: &str, request: &Request, reading: Reading) -> RequestBuilder {
    let method = match request.method {
        Method::Get => HttpMethod::GET,
        Method::Post => HttpMethod::POST,
        Method::Delete => HttpMethod::DELETE,
    };
    let builder = RequestBuilder::new(url)
        .method(method)
        .credentials(RequestCredentials::Include)
        .cache(RequestCache::NoStore)
        // An answer from somewhere else is not this server's.
        .redirect(RequestRedirect::Error)
        // Another site cannot add a header without being asked (preflight): against forged
        // requests, for servers and gateways that check it.
        .header("x-requested-with", "meet-recordings");
    if reading == Reading::Status { builder.header("range", "bytes=0-0") } else { builder }
}

async fn read_body(response: &Response, reading: Reading) -> Result<Body, Error> {
    if reading == Reading::Status && response.ok() {
        return Ok(Body::Empty);
    }
    let bytes = read_bytes(response).await?;
    // One odd byte in a title is no reason to lose the page.
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Ok(Body::Empty);
    }
    if Json::is_too_deep(text) {
        return Err(Error::Unexpected(Unexpected::NotJson));
    }
    let json =
        JSON::parse(text).ok().and_then(|it| serde_wasm_bindgen::from_value::<Json>(it).ok());
    Ok(json.map_or_else(|| Body::Text(text.to_owned()), Body::Json))
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
