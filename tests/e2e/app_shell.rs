//! The app around its pages: addresses, back and forward, titles and focus, signing in and out, the profile.

mod account;
mod history;
mod routes;
