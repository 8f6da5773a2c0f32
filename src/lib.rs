//! The recordings library for self-hosted meetings: browse, play, share, download and delete
//! recordings on a meeting server, as an app and as the `<meet-recordings>` element.

pub mod i18n;
pub mod library;
pub mod media;
pub mod model;
pub mod player;
pub mod provider;
pub mod rooms;
