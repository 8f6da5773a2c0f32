//! What callers send beside the path: the query string and the body, read as leniently as Express reads them.
//! Wrong values are the handlers' business, because the order of the checks differs between endpoints.

use std::convert::Infallible;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};

use crate::config::Dialect;
use crate::error::{ApiError, ApiResult};

/// Bytes of JSON that the server reads, the default of `express.json()`.
const BODY_LIMIT: usize = 100 * 1024;
const MAX_PAGE: usize = 100;
const DEFAULT_PAGE: usize = 10;

#[derive(Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    pub fn of(uri: &Uri) -> Self {
        let query = uri.query().unwrap_or_default();
        Self(form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }

    /// The first value of `name`; an empty one counts as given.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Anything but `true` is false: the real server coerces, it does not complain.
    pub fn flag(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// The value of `name`, which must be one of these; 422 when it is another.
    pub fn one_of(&self, name: &str, known: &[&'static str]) -> ApiResult<Option<&'static str>> {
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        let found = known.iter().find(|known| **known == value).copied();
        found.map(Some).ok_or_else(|| Self::not_one_of(name, known, value))
    }

    pub fn not_one_of(name: &str, known: &[&str], value: &str) -> ApiError {
        let expected: Vec<String> = known.iter().map(|known| format!("'{known}'")).collect();
        let expected = expected.join(" | ");
        let message = format!("Invalid enum value. Expected {expected}, received '{value}'");
        ApiError::invalid(name, message)
    }

    /// The names in `fields`, or `None` for all of them.
    pub fn fields(&self) -> Option<Vec<String>> {
        self.names("fields")
    }

    /// The names in the comma-separated parameter `name`; `None` when there is none.
    pub fn names(&self, name: &str) -> Option<Vec<String>> {
        let names: Vec<String> = split(self.get(name)?).map(str::to_owned).collect();
        (!names.is_empty()).then_some(names)
    }

    /// The names in `fields` and, from 3.8 on, in a header. Since 3.9 those that are not `known` do not count, so that
    /// nothing but unknown ones means all fields; before, it means none.
    pub fn fields_and(
        &self,
        headers: &HeaderMap,
        header: &str,
        dialect: Dialect,
        known: &[&str],
    ) -> Option<Vec<String>> {
        let mut names = self.fields().unwrap_or_default();
        if dialect >= Dialect::V38 {
            let value = headers.get(header).and_then(|value| value.to_str().ok());
            names.extend(split(value.unwrap_or_default()).map(str::to_owned));
        }
        if dialect >= Dialect::V39 {
            names.retain(|name| known.contains(&name.as_str()));
        }
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
pub fn keep_fields(object: &mut Map<String, Value>, fields: Option<&[String]>) {
    if let Some(fields) = fields {
        object.retain(|name, _| fields.contains(name));
    }
}

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.uri))
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
