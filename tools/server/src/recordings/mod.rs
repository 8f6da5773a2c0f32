//! Recordings: the routes under `/api/v1/recordings` and what stands behind them.

use axum::Router;
use axum::routing::get;

use crate::state::Shared;

mod archive;
mod delete;
pub mod id;
mod list;
mod media;
pub mod model;
mod one;
mod range;
pub mod store;
mod zip;

pub fn router() -> Router<Shared> {
    Router::new()
        .route("/recordings", get(list::list).delete(delete::delete_many))
        .route("/recordings/download", get(archive::download))
        .route("/recordings/{id}", get(one::get).delete(delete::delete_one))
        .route("/recordings/{id}/media", get(media::media))
        .route("/recordings/{id}/url", get(one::url))
}
