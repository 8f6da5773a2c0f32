//! The gateway: between browsers and meeting servers whose secrets a browser must not have. It signs users in, lets each do
//! what the configuration says, adds the secret to what it forwards, and serves the app.
//!
//! It keeps nothing that a second instance would miss: sessions are signed cookies, and only the counts against guessing
//! and haste are an instance's own. What it promises to the app is in `docs/gateway.md`.

mod answer;
mod auth;
mod call;
mod config;
mod credentials;
mod fields;
mod film;
mod forward;
mod guard;
mod log;
mod media;
mod origin;
mod pace;
mod passwords;
mod percent;
mod range;
mod refusal;
mod routes;
mod sample;
mod scope;
mod seal;
mod session;
mod sign;
mod upstream;

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, Response, header};
use axum::response::IntoResponse;
use axum::routing::any;
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tokio::time::timeout;

pub use config::{ConfigError, GatewayConfig, Mistake};
pub(crate) use film::Film;
pub(crate) use origin::Origin;
pub use passwords::hash_password;
pub(crate) use percent::decode_segment;
pub(crate) use refusal::{Reason, Refusal};
pub(crate) use upstream::{Client, client as http_client};

use self::log::Entry;
use crate::app;
use crate::serving::{ListenError, Listening, Serving};
use auth::Visitor;
use pace::Pace;
use passwords::Passwords;
use routes::{Answer as Kind, Route};
use seal::Seal;
use upstream::Upstream;

/// Below it is everything of the gateway; the rest is the app.
const BASE: &str = "/gateway";

/// Why a gateway did not start; each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    #[error("port {0} is in use: stop what listens there or choose another")]
    PortInUse(u16),
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, io::Error),
    #[error("cannot use the app in {dir}: {reason}", dir = .0.display(), reason = .1)]
    App(PathBuf, io::Error),
    #[error("cannot forward to {0}")]
    Url(String),
    #[error("the system gives no random numbers: {0}")]
    NoRandom(String),
}

impl From<ListenError> for GatewayError {
    fn from(error: ListenError) -> Self {
        match error {
            ListenError::PortInUse(port) => Self::PortInUse(port),
            ListenError::Listen(addr, error) => Self::Listen(addr, error),
        }
    }
}

/// A running gateway. Dropping it breaks off whatever it is doing.
pub struct Gateway {
    serving: Serving,
}

/// Everything a running gateway knows.
struct State {
    /// Without the systems.
    config: GatewayConfig,
    systems: BTreeMap<String, Upstream>,
    passwords: Passwords,
    pace: Pace,
}

/// A request but for its body.
struct Asked {
    parts: Parts,
    peer: SocketAddr,
}

/// What a request is for.
struct Target<'a> {
    system: &'a str,
    upstream: &'a Upstream,
    route: &'a Route,
    ids: Vec<String>,
}

impl Target<'_> {
    fn tell(&self, entry: &mut Entry) {
        entry.system = Some(self.system.to_owned());
        entry.path = self.route.path;
    }
}

impl Gateway {
    /// Listens on `addr` and serves on the current tokio runtime; port 0 takes a free one.
    ///
    /// # Errors
    /// When the address cannot be listened on, or the app cannot be read.
    pub async fn start(config: GatewayConfig, addr: SocketAddr) -> Result<Self, GatewayError> {
        let app = match &config.app {
            Some(app) => {
                let origins = config.systems.get(&app.system);
                let origins = origins.map(|system| system.media_origins.as_slice());
                app::behind_gateway(&app.dir, &app.system, origins.unwrap_or_default())
                    .map_err(|error| GatewayError::App(app.dir.clone(), error))?
            }
            None => Router::new().fallback(async || Refusal::not_found("No such address")),
        };
        let state = Arc::new(State::new(config));
        let gateway = any(move |request: Request| {
            let state = state.clone();
            async move { state.answer(request).await }
        });
        let router = Router::new()
            .route(BASE, gateway.clone())
            .route(&format!("{BASE}/"), gateway.clone())
            .route(&format!("{BASE}/{{*rest}}"), gateway)
            .fallback_service(app);
        let serving = Listening::on(addr).await?.serve(&router);
        Ok(Self { serving })
    }

    /// Such as `http://localhost:7080`.
    pub fn url(&self) -> &str {
        self.serving.url()
    }

    /// Accepts nothing more, lets answers finish for up to two seconds, then breaks them off.
    pub async fn stop(self) {
        self.serving.stop().await;
    }
}

impl State {
    fn new(mut config: GatewayConfig) -> Self {
        let client = upstream::client();
        let systems = std::mem::take(&mut config.systems);
        let limits = config.limits;
        let upstream = |name: &str, system| {
            let seal = Seal::new(&config.session.key, name);
            Upstream::new(system, seal, client.clone(), limits)
        };
        let systems = systems.into_iter().map(|(name, system)| {
            let upstream = upstream(&name, system);
            (name, upstream)
        });
        let hashes = config.users.values().filter_map(|user| user.password.as_deref());
        Self {
            systems: systems.collect(),
            passwords: Passwords::new(limits.login_attempts, hashes),
            pace: Pace::new(limits.requests_per_minute),
            config,
        }
    }

    async fn answer(&self, request: Request) -> Response<Body> {
        let mut entry = Entry::new(request.method().clone());
        let answer = self.try_answer(request, &mut entry).await;
        let mut response = answer.unwrap_or_else(IntoResponse::into_response);
        protect(&mut response);
        if self.config.log {
            entry.write(&response);
        }
        response
    }

    async fn try_answer(
        &self,
        request: Request,
        entry: &mut Entry,
    ) -> Result<Response<Body>, Refusal> {
        let (parts, body) = request.into_parts();
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        // Connections always have one; from nowhere nobody is trusted.
        let peer = peer.map_or(SocketAddr::from(([0, 0, 0, 0], 0)), |ConnectInfo(peer)| *peer);
        let asked = Asked { parts, peer };
        guard::check_unsafe(&self.config, peer, &asked.parts.method, &asked.parts.headers)?;

        let path = asked.parts.uri.path().strip_prefix(BASE).unwrap_or_default();
        if let Some(path) = path.strip_prefix("/auth/") {
            let path = format!("/{path}");
            let body = self.read(body).await?;
            return self.answer_auth(&path, &asked, &body, entry).await;
        }
        let target = self.target(&asked.parts.method, path);
        if let Some(target) = &target
            && matches!(target.route.answer, Kind::OpenMedia)
        {
            target.tell(entry);
            let call = forward::call(target.route, &target.ids, &asked.parts, Bytes::new());
            return forward::send_open(target.upstream, &target.ids, call).await;
        }
        // Who is not signed in learns nothing of what there is.
        let visitor = self.visitor(peer, &asked.parts.headers)?;
        entry.user = Some(visitor.name.clone());
        let mut answer = match target {
            Some(target) => {
                target.tell(entry);
                self.forward(&target, &visitor, &asked.parts, body).await
            }
            None => Err(Refusal::not_found("No such address")),
        };
        if let Some(cookie) = visitor.renewal {
            let response = answer.unwrap_or_else(IntoResponse::into_response);
            answer = Ok(([(header::SET_COOKIE, cookie)], response).into_response());
        }
        answer
    }

    /// `path` below `/gateway`.
    fn target(&self, method: &Method, path: &str) -> Option<Target<'_>> {
        let path = path.strip_prefix('/')?;
        let (name, path) = path.split_at(path.find('/')?);
        let (system, upstream) = self.systems.get_key_value(name)?;
        let (route, ids) = routes::find(&upstream.routes, method, path)?;
        Some(Target { system, upstream, route, ids })
    }

    async fn forward(
        &self,
        target: &Target<'_>,
        visitor: &Visitor<'_>,
        parts: &Parts,
        body: Body,
    ) -> Result<Response<Body>, Refusal> {
        let Target { system, upstream, route, ids } = target;
        self.pace.take(&visitor.name, Instant::now())?;
        let grant = visitor.user.grants.get(*system);
        let grant = grant.ok_or_else(|| Refusal::forbidden("You may not use this system"))?;
        forward::check_rights(route, grant, parts.uri.query().unwrap_or_default())?;
        let body = self.read(body).await?;
        let call = forward::call(route, ids, parts, body);
        forward::send(upstream, route, ids, grant, call).await
    }

    async fn read(&self, body: Body) -> Result<Bytes, Refusal> {
        let limits = &self.config.limits;
        read_body(body, limits.body, limits.upstream).await
    }
}

/// The body of a request, which is never long: `limit` in bytes.
///
/// # Errors
/// When it is longer, takes longer than `patience`, or breaks off.
pub(crate) async fn read_body(
    body: Body,
    limit: usize,
    patience: Duration,
) -> Result<Bytes, Refusal> {
    let body = timeout(patience, Limited::new(body, limit).collect()).await;
    let body = body.map_err(|_| Refusal::invalid("The body takes too long to arrive"))?;
    let body = body.map_err(|error| match error.downcast_ref::<LengthLimitError>() {
        Some(_) => Refusal::too_large(limit),
        None => Refusal::invalid("The body broke off"),
    })?;
    Ok(body.to_bytes())
}

/// Whatever a meeting server sent: nobody else keeps it, no other site embeds it, and nothing in it runs.
fn protect(response: &mut Response<Body>) {
    let is_film = response.headers().contains_key(header::ACCEPT_RANGES)
        || response.headers().contains_key(header::CONTENT_DISPOSITION);
    let caching = if is_film { "private, no-cache" } else { "private, no-store" };
    for (name, value) in [
        (header::CACHE_CONTROL, caching),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; media-src 'self'; sandbox"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
}
