//! Recordings: the routes under `recordings` and what stands behind them.

use axum::Router;
use axum::routing::{get, post};

use crate::config::Dialect;
use crate::state::Shared;

pub mod access;
mod analytics;
mod archive;
mod delete;
mod fields;
pub mod generation_a;
pub mod id;
mod info;
pub mod list;
mod media;
pub mod model;
mod one;
pub mod range;
mod record;
pub mod store;
mod zip;

pub fn router(dialect: Dialect) -> Router<Shared> {
    let list = if dialect >= Dialect::V35 { get(list::sorted) } else { get(list::in_key_order) };
    let all = list.delete(delete::delete_many);
    // Participants start and stop recordings up to 3.5, through the internal API; the sample has none.
    let all = if dialect >= Dialect::V37 { all.post(record::start) } else { all };
    let mut router = Router::new()
        .route("/recordings", all)
        .route("/recordings/download", get(archive::download))
        .route("/recordings/{id}", get(one::get).delete(delete::delete_one))
        .route("/recordings/{id}/media", get(media::media))
        .route("/recordings/{id}/url", get(one::url));
    if dialect >= Dialect::V37 {
        router = router.route("/recordings/{id}/stop", post(record::stop));
    }
    if dialect >= Dialect::V39 {
        router = router.route("/recordings/{id}/download", get(media::download));
    }
    router
}

pub fn internal_router(dialect: Dialect) -> Router<Shared> {
    if dialect >= Dialect::V35 {
        Router::new().route("/analytics", get(analytics::analytics))
    } else {
        Router::new()
    }
}
