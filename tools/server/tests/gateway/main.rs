//! The gateway over real HTTP: in front of the sample server, and in front of a small server that keeps what it is sent.

// `clippy.toml` permits this in test functions, but the helpers beside them are test code too.
#![allow(clippy::unwrap_used, clippy::panic)]

mod client;
mod recorder;
mod scoped;

mod command;
mod csrf;
mod forwarding;
mod limits;
mod load;
mod media;
mod rights;
mod rooms;
mod rooms_plugnmeet;
mod sample;
mod secrets;
mod sign_in;
