//! The recordings library for self-hosted meetings: browse, play, share, download and delete
//! recordings on a meeting server, as an app and as the `<meet-recordings>` element.
//!
//! The floors, each using only those below it: [`model`], [`media`], [`i18n`]; [`provider`];
//! [`client`]; [`library`], [`rooms`], [`player`]; `ui`; `element` and [`app`].
//! What a browser is needed for compiles for wasm32 only; everything else is tested natively.
#![cfg_attr(not(test), deny(clippy::use_debug, reason = "what is shipped writes nothing so"))]

#[cfg(feature = "app")]
pub mod app;
pub mod client;
pub mod i18n;
pub mod library;
pub mod media;
pub mod model;
pub mod player;
pub mod provider;
pub mod rooms;

#[cfg(all(target_arch = "wasm32", feature = "element"))]
pub mod element;
#[cfg(target_arch = "wasm32")]
pub mod store;
#[cfg(target_arch = "wasm32")]
pub mod ui;
