//! Rooms: the routes under `/api/v1/rooms` and, for secrets and recording tokens, `/internal-api/v1/rooms`.

use axum::Router;
use axum::routing::{get, post, put};

use crate::config::Dialect;
use crate::state::Shared;

mod config34;
mod delete;
mod delete34;
pub mod model;
mod routes;
mod settings;
mod token;

pub fn router(dialect: Dialect) -> Router<Shared> {
    let all = get(routes::list).post(routes::create);
    let one = get(routes::get);
    match dialect {
        Dialect::B => Router::new()
            .route("/rooms", all.delete(delete::delete_many))
            .route("/rooms/{id}", one.put(routes::update).delete(delete::delete_one)),
        _ => Router::new()
            .route("/rooms", all.delete(delete34::delete_many))
            .route("/rooms/{id}", one.delete(delete34::delete_one))
            .route("/rooms/{id}/config", get(config34::config).put(config34::update_config))
            .route("/rooms/{id}/status", put(config34::update_status)),
    }
}

pub fn internal_router() -> Router<Shared> {
    Router::new()
        .route("/rooms/{id}/recording-token", post(token::recording_token))
        .route("/rooms/{id}/roles/{secret}", get(token::role))
}
