//! What callers send beside the path: the query string and the body, read as leniently as Express reads them.
//! Wrong values are the handlers' business, because the order of the checks differs between endpoints.

use std::convert::Infallible;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};

use crate::error::{ApiError, ApiResult};

/// Bytes of JSON that the server reads, the default of `express.json()`.
const BODY_LIMIT: usize = 100 * 1024;
const MAX_PAGE: usize = 100;
const DEFAULT_PAGE: usize = 10;

pub struct Query(Vec<(String, String)>);

impl Query {
    /// The first value of `name`; an empty one counts as given.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Anything but `true` is false: the real server coerces, it does not complain.
    pub fn flag(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// The names in `fields`, or `None` for all of them.
    pub fn fields(&self) -> Option<Vec<&str>> {
        let names: Vec<&str> = split(self.get("fields")?).collect();
        (!names.is_empty()).then_some(names)
    }

    /// `maxItems`: rounded down, at most 100, 10 when absent; 422 unless positive.
    pub fn max_items(&self) -> ApiResult<usize> {
        let Some(text) = self.get("maxItems") else {
            return Ok(DEFAULT_PAGE);
        };
        // JavaScript's Number('') is 0, which is then refused for not being positive.
        let number = match text.trim() {
            "" => 0.0,
            text => text.parse::<f64>().unwrap_or(f64::NAN),
        };
        if number.is_nan() {
            return Err(ApiError::invalid("maxItems", "Expected number, received nan"));
        }
        if number <= 0.0 {
            return Err(ApiError::invalid("maxItems", "maxItems must be a positive number"));
        }
        Ok((number.floor() as usize).min(MAX_PAGE))
    }
}

/// The items of a comma-separated list, trimmed, without the empty ones.
pub fn split(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|item| !item.is_empty())
}

/// Leaves of `object` only what `fields` names; names that it does not have are ignored, even when all are unknown.
pub fn keep_fields(object: &mut Map<String, Value>, fields: Option<&[&str]>) {
    if let Some(fields) = fields {
        object.retain(|name, _| fields.contains(&name.as_str()));
    }
}

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self(form_urlencoded::parse(query.as_bytes()).into_owned().collect()))
    }
}

/// The JSON body, `{}` when there is none.
#[derive(Clone)]
pub struct JsonBody(pub Value);

impl<S: Sync> FromRequestParts<S> for JsonBody {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let body = parts.extensions.remove::<Self>();
        Ok(body.unwrap_or_else(|| Self(Value::Object(Map::new()))))
    }
}

/// Reads the body before any route sees the request: a malformed one is a 400 even on a path that does not exist.
pub async fn read_body(request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    match parse_body(&parts, body).await {
        Ok(value) => {
            parts.extensions.insert(JsonBody(value));
            next.run(Request::from_parts(parts, Body::empty())).await
        }
        Err(error) => error.into_response(),
    }
}

async fn parse_body(parts: &Parts, body: Body) -> ApiResult<Value> {
    let content_type =
        parts.headers.get(header::CONTENT_TYPE).map(|value| value.to_str().unwrap_or_default());
    let is_json = content_type.is_none_or(|content_type| {
        let essence = content_type.split(';').next().unwrap_or_default();
        essence.trim().eq_ignore_ascii_case("application/json")
    });
    if !is_json {
        return Err(ApiError::unsupported_media_type());
    }
    let bytes = to_bytes(body, BODY_LIMIT).await.map_err(|_| ApiError::malformed_body())?;
    // Express reads a body only when it is announced as JSON.
    if bytes.is_empty() || content_type.is_none() {
        return Ok(Value::Object(Map::new()));
    }
    match serde_json::from_slice(&bytes) {
        Ok(value @ (Value::Object(_) | Value::Array(_))) => Ok(value),
        // `express.json()` is strict: a bare string or number is malformed too.
        _ => Err(ApiError::malformed_body()),
    }
}
