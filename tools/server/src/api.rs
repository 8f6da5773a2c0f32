//! All routes together, and the layers around them.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn, from_fn_with_state, map_response};
use axum::response::Response;
use axum::routing::any;

use crate::config::Dialect;
use crate::error::{ApiError, generation_a};
use crate::query::read_body;
use crate::state::Shared;
use crate::{app, auth, cors, hooks, recordings, rooms, vendors};

pub fn router(state: &Shared) -> Router {
    let dialect = state.config.dialect;
    if let Some(vendor) = vendors::router(dialect) {
        return finish_vendor(state, vendor);
    }
    let base = dialect.base_path();
    let api = if dialect == Dialect::A {
        let api = auth::generation_a::router()
            .merge(recordings::generation_a::router())
            .merge(rooms::generation_a::router());
        Router::new().nest("/meet/api/v1", implement(api))
    } else {
        let public = recordings::router(dialect).merge(rooms::router(dialect));
        let internal = auth::routes::router(dialect)
            .merge(rooms::internal_router(dialect))
            .merge(recordings::internal_router(dialect));
        Router::new()
            .nest(&format!("{base}/api/v1"), implement(public))
            .nest(&format!("{base}/internal-api/v1"), implement(internal))
    };
    // What is like the API is never a page of the app, here or where other generations have it.
    let bases = if base.is_empty() { vec![""] } else { vec!["", base] };
    let guarded = bases.into_iter().fold(api, |api, base| {
        guard(guard(api, &format!("{base}/api")), &format!("{base}/internal-api"))
    });
    finish(state, guarded)
}

fn guard(api: Router<Shared>, path: &str) -> Router<Shared> {
    [path.to_owned(), format!("{path}/"), format!("{path}/{{*rest}}")]
        .into_iter()
        .fold(api, |api, path| api.route(&path, any(no_path)))
}

/// The test hooks beside another vendor's API, which reads bodies, answers other origins and knows paths in its own
/// ways.
fn finish_vendor(state: &Shared, mut api: Router<Shared>) -> Router {
    if state.config.test_hooks {
        let hooks = implement(hooks::routes::router()).layer(from_fn(read_body));
        api = api.nest("/test-hooks", hooks);
    }
    api.layer(from_fn_with_state(state.clone(), hooks::layer::watch)).with_state(state.clone())
}

/// The app and the test hooks beside the API, and the layers around everything.
fn finish(state: &Shared, mut api: Router<Shared>) -> Router {
    let config = &state.config;
    if config.test_hooks {
        api = api.nest("/test-hooks", implement(hooks::routes::router()));
    }
    api = api.layer(from_fn(read_body));
    if config.dialect == Dialect::A {
        api = api.layer(map_response(generation_a));
    }
    let api = api
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
