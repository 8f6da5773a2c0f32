//! All routes together, and the layers around them.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::any;

use crate::error::ApiError;
use crate::query::read_body;
use crate::state::Shared;
use crate::{app, auth, cors, hooks, recordings, rooms, vendors};

pub fn router(state: &Shared) -> Router {
    let config = &state.config;
    if let Some(vendor) = vendors::router(config.dialect) {
        return finish(state, vendor);
    }
    let public = recordings::router().merge(rooms::router(config.dialect));
    let internal = auth::routes::router().merge(rooms::internal_router());

    let mut api = Router::new()
        .nest("/api/v1", implement(public))
        .nest("/internal-api/v1", implement(internal));
    // What is like the API is never a page of the app.
    for path in ["/api", "/api/", "/api/{*rest}", "/internal-api/", "/internal-api/{*rest}"] {
        api = api.route(path, any(no_path));
    }
    finish(state, api)
}

/// The app and the test hooks beside the API, and the layers around everything.
fn finish(state: &Shared, mut api: Router<Shared>) -> Router {
    let config = &state.config;
    if config.test_hooks {
        api = api.nest("/test-hooks", implement(hooks::routes::router()));
    }
    let api = api
        .layer(from_fn(read_body))
        .layer(from_fn_with_state(state.clone(), cors::answer_cross_origin))
        .layer(from_fn(forbid_sniffing));

    api.fallback_service(app::service(config.app.as_deref()))
        .layer(from_fn_with_state(state.clone(), hooks::layer::watch))
        .with_state(state.clone())
}

/// Express knows no 405: an unknown method is an unknown path.
fn implement(routes: Router<Shared>) -> Router<Shared> {
    routes.fallback(no_path).method_not_allowed_fallback(no_path)
}

async fn no_path() -> ApiError {
    ApiError::no_path()
}

async fn forbid_sniffing(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let nosniff = HeaderValue::from_static("nosniff");
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
    response
}
