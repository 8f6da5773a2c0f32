//! The recordings library for self-hosted meetings: browse, play, share, download and delete
//! recordings on a meeting server, as an app and as the `<meet-recordings>` element.

pub mod media;
pub mod model;
pub mod provider;
