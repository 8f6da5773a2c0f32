//! The built app in a real browser against the sample server, found and used as people do: by role and
//! accessible name. One file a subject; `harness` starts what they need.
//!
//! Run by `cargo xtask test`, or by hand:
//! `MEET_APP=target/dist MEET_ENGINE=chromium cargo test -p e2e --test e2e -- --test-threads=2`
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

mod harness;

mod accessibility;
mod app_shell;
mod bad_addresses;
mod bad_input;
mod bad_text;
mod bad_timing;
mod commands;
mod delete;
mod dialects;
mod download;
mod edit;
mod element;
mod element_auth;
mod export;
mod filling;
mod filters;
mod fixtures;
mod gateway;
mod keyboard;
mod layout;
mod library;
mod live;
mod paging;
mod people;
mod persist;
mod player;
mod rooms;
mod search;
mod selection;
mod session;
mod share;
mod sign_in;
mod tokens;
mod undo;
mod view_link;
mod virtual_list;
mod waiting;
mod ways_to_look;
