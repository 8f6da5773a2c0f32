//! Whereby: plain REST below `/v1` with one key for everything, cursors instead of page numbers, deletions that happen
//! later, and a budget of points. No answer is for scripts of other origins: the vendor blocks them on purpose.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};

use crate::query::Query;
use crate::sample::Sample;
use crate::state::{self, Shared, base_url};
use crate::vendors::secrets::WHEREBY_KEY;
use crate::vendors::storage::{self, StorageError};
use error::WherebyError;
use meetings::Meeting;
use points::{Allowance, Budget};

mod error;
mod files;
mod meetings;
mod points;
mod recordings;

/// What callers changed.
#[derive(Default)]
pub struct Changes {
    meetings: Vec<Meeting>,
    /// Recordings that a job will delete: when, in milliseconds of the server's clock, and their keys.
    scheduled: Vec<(i64, Box<str>)>,
    budget: Budget,
}

impl Changes {
    pub fn new(sample: &Sample, start: i64) -> Self {
        Self { meetings: meetings::of_sample(sample, start), ..Self::default() }
    }
}

/// A request with the right key, within the budget.
struct Call<'a> {
    state: &'a Shared,
    query: Query,
    body: Bytes,
    /// The address that the caller knows this server by.
    base: String,
}

pub fn router() -> Router<Shared> {
    Router::new()
        .route("/v1/{*path}", any(answer))
        .route("/s3/whereby/{object}", get(object))
        .fallback(|| async { WherebyError::NotFound })
}

async fn answer(
    State(state): State<Shared>,
    method: Method,
    Path(path): Path<String>,
    query: Query,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if bearer.and_then(|value| value.strip_prefix("Bearer ")) != Some(WHEREBY_KEY) {
        return WherebyError::Unauthorized.into_response();
    }
    let limit = state.config.whereby_points;
    let allowance = state.world().vendor.whereby.budget.spend(points::cost(&method), limit);
    let call = Call { state: &state, query, body, base: base_url(&headers) };
    let answer = match allowance {
        Allowance { exhausted: true, ms_left, .. } => Err(WherebyError::RateLimited { ms_left }),
        _ => route(&call, &method, &path),
    };
    (allowance.headers(limit), answer).into_response()
}

fn route(call: &Call, method: &Method, path: &str) -> Result<Response, WherebyError> {
    recordings::delete_what_is_due(&mut call.state.world());
    let segments: Vec<&str> = path.split('/').collect();
    match (method.as_str(), segments.as_slice()) {
        ("GET", ["recordings"]) => recordings::list(call),
        ("POST", ["recordings", "bulk-delete"]) => recordings::delete_many(call),
        ("GET", ["recordings", id]) => recordings::one(call, id),
        ("DELETE", ["recordings", id]) => Ok(recordings::delete(call, id)),
        ("GET", ["recordings", id, "access-link"]) => recordings::access_link(call, id),
        ("GET", ["meetings"]) => meetings::list(call),
        ("POST", ["meetings"]) => meetings::create(call),
        ("GET", ["meetings", id]) => meetings::one(call, id),
        ("DELETE", ["meetings", id]) => Ok(meetings::delete(call, id)),
        _ => Err(WherebyError::NotFound),
    }
}

/// A file behind an access link.
async fn object(
    State(state): State<Shared>,
    method: Method,
    uri: Uri,
    Path(object): Path<String>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, StorageError> {
    let object = {
        let world = state.world();
        storage::check(uri.path(), &method, &query, world.vendor.now(&world.clock))?;
        files::object(&world, &object)?
    };
    storage::serve(&state, object, &headers)
}

fn now(world: &state::World) -> i64 {
    world.vendor.now(&world.clock)
}

fn no_content() -> Response {
    StatusCode::NO_CONTENT.into_response()
}
