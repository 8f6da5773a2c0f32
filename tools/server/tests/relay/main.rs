//! The relay over real HTTP: before the sample server, and before a small server that keeps what it is sent.

// `clippy.toml` permits this in test functions, but the helpers beside them are test code too.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "../gateway/recorder.rs"]
mod recorder;

mod client;

mod app;
mod forwarding;
