//! The sample meeting server that the demo and the tests run on, and the gateway and the relay to real ones.
//!
//! To a browser the sample is any generation of OpenVidu Meet, plugNmeet, Whereby or SuperViz, with sample recordings, and it
//! serves the built app beside the API, because the cookies of some are same-site. State is in memory. What it answers
//! follows `reference/openvidu-meet-api.md` and `reference/other-providers-api.md`; it knows nothing of the app's code.
//! The gateway ([`Gateway`]) knows nothing of the sample but how to stand in front of it; the relay ([`Relay`]) knows nothing
//! of it at all.

mod api;
mod app;
mod auth;
mod body;
mod config;
mod cors;
mod error;
mod examples;
mod gateway;
mod hooks;
mod line;
mod paging;
mod query;
mod recordings;
mod relay;
mod rooms;
mod sample;
mod server;
mod serving;
mod state;
mod vendors;

pub use auth::AuthMode;
pub use config::{AuthTransport, Config, Dialect};
pub use gateway::{ConfigError, Gateway, GatewayConfig, GatewayError, Mistake, hash_password};
pub use hooks::log::RequestRecord;
pub use hooks::{Action, Hooks, RoomSecrets, Rule};
pub use line::Line;
pub use relay::{Relay, RelayConfig, RelayError};
pub use server::{Server, StartError};
pub use vendors::secrets;
