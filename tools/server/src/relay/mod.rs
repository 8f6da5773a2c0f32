//! The app before a meeting server that runs elsewhere: serves the app's files, and relays what the app asks of the API, with
//! the cookies and tokens that it sends. Nothing else is relayed, and nothing is kept: who may do what is the meeting
//! server's affair. For servers whose keys a browser must not have there is the gateway.

mod base;
mod cookies;
mod headers;

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::{Method, Response, StatusCode, header};
use axum::response::IntoResponse;
use http_body_util::Full;
use tokio::time::timeout;
use tower::ServiceExt;

use crate::app;
use crate::gateway::{
    Client, Film, Origin, Reason, Refusal, decode_segment, http_client, read_body,
};
use crate::serving::{ListenError, Listening, Serving};
use base::BasePath;
use headers::Way;

/// Where the API of OpenVidu Meet is, before version 3.7 and from then on.
const API: [&str; 4] = ["/api/", "/internal-api/", "/meet/api/", "/meet/internal-api/"];

/// How long the meeting server may be silent.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes of a request's body; the longest are lists of ids.
const BODY_LIMIT: usize = 1024 * 1024;

/// Why a relay did not start; each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    #[error("port {0} is in use: stop what listens there or choose another with --port")]
    PortInUse(u16),
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, io::Error),
    #[error(
        "--upstream must be the address of a meeting server without a path, such as https://meet.example.com, not `{0}`"
    )]
    Upstream(String),
    #[error("--base-path must be a path, such as /recordings/, not `{0}`")]
    BasePath(String),
    #[error(
        "cannot use the app in {dir}: {reason}: make it with `cargo xtask package --app`, or correct --app",
        dir = .0.display(), reason = .1
    )]
    App(PathBuf, io::Error),
}

impl From<ListenError> for RelayError {
    fn from(error: ListenError) -> Self {
        match error {
            ListenError::PortInUse(port) => Self::PortInUse(port),
            ListenError::Listen(addr, error) => Self::Listen(addr, error),
        }
    }
}

/// What to serve, and before what.
#[derive(Clone, Debug)]
pub struct RelayConfig {
    upstream: Origin,
    app: PathBuf,
    base: BasePath,
}

/// A running relay. Dropping it breaks off whatever it is doing.
pub struct Relay {
    serving: Serving,
    base: BasePath,
}

/// Everything a running relay knows.
struct State {
    upstream: Origin,
    base: BasePath,
    app: Router,
    client: Client,
}

impl RelayConfig {
    /// `app` is the directory of the packaged app, which is to be at `base_path` whatever it was packaged for.
    ///
    /// # Errors
    /// When the address or the path is none.
    pub fn new(upstream: &str, app: PathBuf, base_path: &str) -> Result<Self, RelayError> {
        let origin = Origin::parse(upstream.strip_suffix('/').unwrap_or(upstream));
        let base = BasePath::parse(base_path);
        Ok(Self {
            upstream: origin.ok_or_else(|| RelayError::Upstream(upstream.to_owned()))?,
            base: base.ok_or_else(|| RelayError::BasePath(base_path.to_owned()))?,
            app,
        })
    }
}

impl Relay {
    /// Listens on `addr` and serves on the current tokio runtime; port 0 takes a free one.
    ///
    /// # Errors
    /// When the address cannot be listened on, or the app cannot be read.
    pub async fn start(config: RelayConfig, addr: SocketAddr) -> Result<Self, RelayError> {
        let RelayConfig { upstream, app, base } = config;
        let app =
            app::beside_api(&app, base.as_str()).map_err(|error| RelayError::App(app, error))?;
        let state = State { upstream, base: base.clone(), app, client: http_client() };
        let state = Arc::new(state);
        let router = Router::new().fallback(move |request: Request| {
            let state = state.clone();
            async move { state.answer(request).await }
        });
        let serving = Listening::on(addr).await?.serve(&router);
        Ok(Self { serving, base })
    }

    /// Of the app, such as `http://localhost:7080/`.
    pub fn url(&self) -> String {
        format!("{}{}", self.serving.url(), self.base.as_str())
    }

    /// Accepts nothing more, lets answers finish for up to two seconds, then breaks them off.
    pub async fn stop(self) {
        self.serving.stop().await;
    }
}

impl State {
    async fn answer(&self, mut request: Request) -> Response<Body> {
        let path = request.uri().path();
        if API.iter().any(|api| path.starts_with(api)) {
            return self.relay(request).await.unwrap_or_else(|refusal| self.refuse(refusal));
        }
        if self.base.is_without_slash(path) {
            let there = [(header::LOCATION, self.base.as_str().to_owned())];
            return (StatusCode::PERMANENT_REDIRECT, there).into_response();
        }
        let Some(below) = self.base.below(request.uri()) else {
            return Refusal::not_found("No such address").into_response();
        };
        *request.uri_mut() = below;
        self.app.clone().oneshot(request).await.into_response()
    }

    /// Passes a request on, and the answer as it comes.
    async fn relay(&self, request: Request) -> Result<Response<Body>, Refusal> {
        let (parts, body) = request.into_parts();
        let is_odd = matches!(parts.method, Method::CONNECT | Method::TRACE);
        if is_odd || !is_plain(parts.uri.path()) {
            return Err(Refusal::not_found("No such address"));
        }
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let way = Way::new(&parts.headers, peer.map(|ConnectInfo(peer)| peer.ip()));
        let mut call = Request::new(Full::new(read_body(body, BODY_LIMIT, PATIENCE).await?));
        *call.method_mut() = parts.method;
        let target = parts.uri.path_and_query().map_or("/", |it| it.as_str());
        let uri = format!("{}{target}", self.upstream).parse();
        *call.uri_mut() = uri.map_err(|_| Refusal::invalid("The address cannot be passed on"))?;
        *call.headers_mut() = way.there(&parts.headers);
        let answer = timeout(PATIENCE, self.client.request(call)).await;
        let answer = answer.map_err(|_| Refusal::too_slow())?;
        let answer = answer.map_err(|error| Refusal::unreachable(&error))?;
        let (mut parts, body) = answer.into_parts();
        parts.headers = way.back(&parts.headers, &self.upstream);
        Ok(Response::from_parts(parts, Body::new(Film::whole(body, PATIENCE))))
    }

    /// The browser is told that it failed, the operator why.
    fn refuse(&self, refusal: Refusal) -> Response<Body> {
        let response = refusal.into_response();
        if let Some(Reason(reason)) = response.extensions().get() {
            eprintln!("meet-recordings-server: {} cannot be reached: {reason}", self.upstream);
        }
        response
    }
}

/// Whether every segment is a name, so that no server can read the path as one that leads out of the API.
fn is_plain(path: &str) -> bool {
    path.trim_matches('/').split('/').all(|segment| decode_segment(segment).is_some())
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn no_path_leads_out_of_the_api() {
        for path in ["/api/v1/recordings", "/meet/api/v1/rooms/a--%C3%A9/", "/api/a.b/..c"] {
            assert!(is_plain(path), "{path}");
        }
        for path in
            ["/api/../x", "/api/%2e%2E/x", "/api/a%2F..%2Fx", "/api//x", "/api/a\\x", "/api/%"]
        {
            assert!(!is_plain(path), "{path}");
        }
    }
}
