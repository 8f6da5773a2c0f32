//! SuperViz: one list, in two generations told apart by the headers, and nothing else. Recordings can be read, not
//! fetched one by one, not changed, not deleted.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, http};
use serde_json::{Value, json};

use crate::auth::token::Kind;
use crate::query::Query;
use crate::state::{Shared, base_url};
use crate::vendors::cors::allow_any_origin;
use crate::vendors::secrets::{
    SUPERVIZ_API_KEY, SUPERVIZ_CLIENT_ID, SUPERVIZ_EMAIL, SUPERVIZ_PASSWORD, SUPERVIZ_SECRET,
};
use crate::vendors::storage::{self, Object, StorageError};
use recordings::Asked;

mod recordings;

/// Seconds that somebody stays signed in: seven days.
const SIGNED_IN: u64 = 7 * 24 * 60 * 60;

/// Errors as NestJS writes them.
#[derive(Debug, thiserror::Error)]
enum SuperVizError {
    #[error("Unauthorized")]
    Unauthorized,
    #[error("Cannot {0} {1}")]
    NoRoute(Method, String),
}

/// How a caller proved who it is, which decides the shape of the answer.
enum Generation {
    Older,
    Newer,
}

pub fn router() -> Router<Shared> {
    let api = Router::new()
        .route("/recording", get(list))
        .route("/login", post(login))
        .fallback(no_route)
        .method_not_allowed_fallback(no_route)
        .layer(from_fn(allow_any_origin));
    // The bucket says nothing about other origins.
    api.route("/s3/superviz/{object}", get(object))
}

async fn no_route(method: Method, uri: Uri) -> SuperVizError {
    SuperVizError::NoRoute(method, uri.path().to_owned())
}

async fn login(State(state): State<Shared>, body: Bytes) -> Result<Response, SuperVizError> {
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    if body["email"] != SUPERVIZ_EMAIL || body["password"] != SUPERVIZ_PASSWORD {
        return Err(SuperVizError::Unauthorized);
    }
    let token = state.tokens.for_user(Kind::Access, SUPERVIZ_EMAIL, SIGNED_IN);
    let answer = json!({ "access_token": token, "name": "Admin" });
    // NestJS answers POST with 201, whether something was created or not.
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

async fn list(
    State(state): State<Shared>,
    query: Query,
    headers: HeaderMap,
) -> Result<Json<Value>, SuperVizError> {
    let generation = check(&state, &headers).ok_or(SuperVizError::Unauthorized)?;
    let page = recordings::page(&state.world(), &Asked::read(&query), &base_url(&headers));
    Ok(Json(match generation {
        Generation::Newer => page,
        Generation::Older => page["data"].clone(),
    }))
}

/// Both headers of either generation.
fn check(state: &Shared, headers: &HeaderMap) -> Option<Generation> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(client_id) = header("client_id") {
        let right = client_id == SUPERVIZ_CLIENT_ID && header("secret") == Some(SUPERVIZ_SECRET);
        return right.then_some(Generation::Newer);
    }
    let token = header(http::header::AUTHORIZATION.as_str())?.strip_prefix("Bearer ")?;
    state.tokens.verify(token, Kind::Access)?;
    (header("apikey") == Some(SUPERVIZ_API_KEY)).then_some(Generation::Older)
}

/// A file behind the `url` of a recording.
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
        let uuid = object.strip_suffix(".mp4").ok_or(StorageError::NoObject)?;
        let entry = world.vendor.catalogue.by_uuid(uuid);
        let entry = entry.filter(|it| it.is_finished(&world.recordings, world.clock.now()));
        let bytes = entry.ok_or(StorageError::NoObject)?.media.bytes();
        Object { bytes, content_type: "video/mp4" }
    };
    storage::serve(&state, object, &headers)
}

impl IntoResponse for SuperVizError {
    fn into_response(self) -> Response {
        let message = self.to_string();
        let (status, body) = match self {
            Self::Unauthorized => {
                (StatusCode::UNAUTHORIZED, json!({ "statusCode": 401, "message": message }))
            }
            Self::NoRoute(..) => (
                StatusCode::NOT_FOUND,
                json!({ "statusCode": 404, "message": message, "error": "Not Found" }),
            ),
        };
        (status, Json(body)).into_response()
    }
}
