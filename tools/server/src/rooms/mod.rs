//! Rooms: the routes under `rooms`, and those of the internal API for secrets and tokens.

use axum::Router;
use axum::routing::{get, post, put};

use crate::config::Dialect;
use crate::state::Shared;

mod config34;
mod delete;
mod delete34;
mod fields;
pub mod generation_a;
mod info;
mod list;
mod members;
pub mod model;
mod routes;
mod settings;
mod token;

pub fn router(dialect: Dialect) -> Router<Shared> {
    let list = if dialect >= Dialect::V35 { get(list::sorted) } else { get(list::in_key_order) };
    let all = list.post(routes::create);
    let one = get(routes::get);
    if dialect == Dialect::B {
        return Router::new()
            .route("/rooms", all.delete(delete::delete_many))
            .route("/rooms/{id}", one.put(routes::update).delete(delete::delete_one));
    }
    let router = Router::new()
        .route("/rooms", all.delete(delete34::delete_many))
        .route("/rooms/{id}", one.delete(delete34::delete_one))
        .route("/rooms/{id}/config", get(config34::config).put(config34::update_config))
        .route("/rooms/{id}/status", put(config34::update_status));
    if dialect < Dialect::V38 {
        return router;
    }
    router
        .route("/rooms/{id}/roles", put(members::update_roles))
        .route("/rooms/{id}/access", put(members::update_access))
}

pub fn internal_router(dialect: Dialect) -> Router<Shared> {
    let token = if dialect >= Dialect::V38 {
        Router::new().route("/rooms/{id}/members/token", post(token::members_token))
    } else if dialect >= Dialect::V35 {
        Router::new().route("/rooms/{id}/token", post(token::member_token))
    } else {
        Router::new().route("/rooms/{id}/recording-token", post(token::recording_token))
    };
    if dialect < Dialect::V38 {
        token.route("/rooms/{id}/roles/{secret}", get(token::role))
    } else {
        token
    }
}
