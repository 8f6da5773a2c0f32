//! The servers of other vendors, each with its own paths, shapes and manners, over the same sample recordings.

use axum::Router;

use crate::config::Dialect;
use crate::state::Shared;

/// The API of the vendor's server; `None` for OpenVidu Meet.
pub fn router(dialect: Dialect) -> Option<Router<Shared>> {
    match dialect {
        Dialect::PlugNmeet | Dialect::Whereby | Dialect::SuperViz => Some(Router::new()),
        _ => None,
    }
}
