//! The server over real HTTP. The modules follow the conformance items of `reference/openvidu-meet-api.md` §5 in
//! their order, for generation B; then come the other generations, the matrix of access over all of them, the app, the
//! hooks and the server itself.

// `clippy.toml` permits this in test functions, but the helpers beside them are test code too.
#![allow(clippy::unwrap_used)]

mod client;

mod item1_media;
mod item2_bulk_delete;
mod item3_pages;
mod item4_secrets;
mod item5_access;
mod item6_validation;
mod item7_archive;
mod item8_sign_in;
mod item9_rooms;

mod access_matrix;
mod dialects;
mod generation_a;
mod v341;
mod v35;
mod v38;
mod v39;

mod app;
mod hooks;
mod hooks_lists;
mod hooks_media;
mod running;
