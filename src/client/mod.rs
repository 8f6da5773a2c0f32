//! One signed-in conversation with one server: it sends what a dialect builds, with the credentials,
//! limits and headers that every request has, finds out which dialect it is, renews the session once
//! when it has ended, and hands back what the dialect reads. It knows neither signals nor views.

pub mod retry;
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "only pages have cookies"))]
mod site;

#[cfg(target_arch = "wasm32")]
mod account;
#[cfg(target_arch = "wasm32")]
mod connection;
#[cfg(target_arch = "wasm32")]
mod fetch;
#[cfg(target_arch = "wasm32")]
mod operations;
#[cfg(target_arch = "wasm32")]
mod rooms;
#[cfg(target_arch = "wasm32")]
mod server_url;
#[cfg(target_arch = "wasm32")]
mod session;
#[cfg(target_arch = "wasm32")]
mod shared;

#[cfg(target_arch = "wasm32")]
pub use self::{
    connection::{Auth, Client, Early, Provide, TokenSource},
    fetch::read_json,
    operations::MediaLink,
    server_url::{GatewayUrl, InvalidServerUrl, ServerUrl},
};
