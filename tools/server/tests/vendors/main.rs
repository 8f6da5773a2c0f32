//! The sample servers of the other vendors over real HTTP. What they must answer is in
//! `reference/other-providers-api.md`; here it is said again, so that the server cannot drift from it unnoticed.

// `clippy.toml` permits this in test functions, but the helpers beside them are test code too.
#![allow(clippy::unwrap_used)]

mod client;

mod hooks;
mod plugnmeet_auth;
mod plugnmeet_lti;
mod plugnmeet_media;
mod plugnmeet_merge;
mod plugnmeet_metadata;
mod plugnmeet_recordings;
mod plugnmeet_rooms;
mod superviz;
mod whereby_api;
mod whereby_media;
mod whereby_meetings;
