//! What a gateway is told before it starts, checked: whoever holds a `GatewayConfig` need not doubt anything in it.
//! It holds secrets, so none of it can be printed.

mod check;
mod error;
mod file;
mod secrets;
mod syntax;
mod systems;
#[cfg(test)]
mod tests;
mod users;

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::http::HeaderName;
use axum::http::uri::{Authority, Scheme};
use ipnet::IpNet;

use super::origin::Origin;
use crate::config::Dialect;
pub use error::{ConfigError, Mistake};
pub(crate) use syntax::base_url;

pub struct GatewayConfig {
    pub(crate) listen: SocketAddr,
    /// Beside the gateway's own, those whose pages may change things.
    pub(crate) allowed_origins: Vec<Origin>,
    /// Whose `X-Forwarded-For` and `X-Forwarded-Host` are believed.
    pub(crate) trusted_proxies: Vec<IpNet>,
    pub(crate) session: SessionConfig,
    pub(crate) app: Option<AppConfig>,
    pub(crate) trusted_header: Option<TrustedHeader>,
    pub(crate) limits: Limits,
    /// By name.
    pub(crate) systems: BTreeMap<String, System>,
    /// By name.
    pub(crate) users: BTreeMap<String, User>,
    /// Whether each request is a line on stderr.
    pub(crate) log: bool,
}

pub(crate) struct SessionConfig {
    pub key: Vec<u8>,
    pub life: Duration,
    /// Whether browsers reach the gateway by https.
    pub secure: bool,
}

pub(crate) struct AppConfig {
    pub dir: PathBuf,
    /// The system that the app shows.
    pub system: String,
}

/// Names the user, when it comes from one of these addresses.
pub(crate) struct TrustedHeader {
    pub name: HeaderName,
    pub from: Vec<IpNet>,
}

#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// Bytes of a request's body.
    pub body: usize,
    /// Of one user.
    pub requests_per_minute: u32,
    /// That fail, from one address in five minutes.
    pub login_attempts: u32,
    /// How long a meeting server may take to begin its answer, to complete one in JSON, or to go on with a film.
    pub upstream: Duration,
    /// Bytes of an answer in JSON.
    pub answer: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 256 * 1024,
            requests_per_minute: 600,
            login_attempts: 5,
            upstream: Duration::from_secs(30),
            answer: 20 * 1024 * 1024,
        }
    }
}

/// A meeting server behind the gateway.
pub(crate) struct System {
    pub vendor: Vendor,
    pub url: BaseUrl,
    /// Where else than at the gateway a browser may be sent for films.
    pub media_origins: Vec<Origin>,
}

/// Where a server's paths begin.
#[derive(Clone)]
pub(crate) struct BaseUrl {
    pub scheme: Scheme,
    pub authority: Authority,
    /// Without a slash at the end; mostly empty.
    pub path: String,
}

/// Whose server it is, and what it is to be shown.
pub(crate) enum Vendor {
    OpenViduMeet { dialect: Dialect, api_key: String },
    PlugNmeet { key: String, secret: String },
    Whereby { api_key: String },
    SuperViz(SuperVizAccess),
}

pub(crate) enum SuperVizAccess {
    /// `api.superviz.com`.
    Key { client_id: String, secret: String },
    /// `nodeapi.superviz.com`, for whose tokens somebody must sign in.
    Login { email: String, password: String, api_key: String },
}

impl Vendor {
    /// As the app knows it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::OpenViduMeet { .. } => "openvidu-meet",
            Self::PlugNmeet { .. } => "plugnmeet",
            Self::Whereby { .. } => "whereby",
            Self::SuperViz(_) => "superviz",
        }
    }

    pub fn dialect(&self) -> Option<Dialect> {
        match self {
            Self::OpenViduMeet { dialect, .. } => Some(*dialect),
            _ => None,
        }
    }
}

pub(crate) struct User {
    /// An argon2id hash in PHC form; `None` for who comes by the trusted header only.
    pub password: Option<String>,
    /// By the system's name.
    pub grants: BTreeMap<String, Grant>,
}

/// What a user may do on a system, beside looking at the lists.
pub(crate) struct Grant {
    pub rights: BTreeSet<Right>,
    /// Room ids (Whereby: names, with the slash in front or without); `None` is every room.
    pub rooms: Option<BTreeSet<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Right {
    Play,
    Download,
    Delete,
    Edit,
    Share,
    /// Create, change, end and delete rooms.
    Rooms,
}

impl Right {
    pub const ALL: [(Self, &str); 6] = [
        (Self::Play, "play"),
        (Self::Download, "download"),
        (Self::Delete, "delete"),
        (Self::Edit, "edit"),
        (Self::Share, "share"),
        (Self::Rooms, "rooms"),
    ];

    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(it, _)| *it == self).map_or("", |(_, name)| name)
    }
}

impl Grant {
    pub fn allows_any(&self, rights: &[Right]) -> bool {
        rights.is_empty() || rights.iter().any(|right| self.rights.contains(right))
    }
}

impl GatewayConfig {
    /// Reads a file in TOML, and for each `${NAME}` in a text of it the environment variable of that name.
    ///
    /// # Errors
    /// When the file cannot be read, or with every mistake that was found in it.
    pub fn read(file: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(file)
            .map_err(|error| ConfigError::Unreadable(file.to_owned(), error))?;
        Self::parse(&text, &|name| std::env::var(name).ok())
            .map_err(|mistakes| ConfigError::Mistakes(file.to_owned(), mistakes))
    }

    /// The same from a text, with what stands for the environment variables.
    ///
    /// # Errors
    /// With every mistake that was found.
    pub fn parse(
        text: &str,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, Vec<Mistake>> {
        let file = file::File::parse(text)?;
        check::check(file, text, variable)
    }

    /// The same without a log, for tests.
    #[must_use]
    pub fn quiet(self) -> Self {
        Self { log: false, ..self }
    }

    /// Where it is to listen.
    pub fn listen(&self) -> SocketAddr {
        self.listen
    }
}
