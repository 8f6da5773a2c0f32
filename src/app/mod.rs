//! The standalone admin app: which page an address means, the navigation between pages, signing in and
//! out, and where the server is. The element has none of it.

#[cfg(target_arch = "wasm32")]
mod address;
#[cfg(target_arch = "wasm32")]
mod config;
#[cfg(target_arch = "wasm32")]
mod first_run;
#[cfg(target_arch = "wasm32")]
mod language;
#[cfg(target_arch = "wasm32")]
mod link_view;
mod route;
#[cfg(target_arch = "wasm32")]
mod shell;
#[cfg(target_arch = "wasm32")]
mod start;

pub use route::Route;
#[cfg(target_arch = "wasm32")]
pub use start::start;
