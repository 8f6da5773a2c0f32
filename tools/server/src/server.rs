//! A server that runs: it listens, serves its connections, and lets go of all of them when it is stopped or dropped.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};

use crate::api;
use crate::config::Config;
use crate::hooks::Hooks;
use crate::state::{Shared, State};

/// Bytes of a request's head, as in Node: longer lists of ids in a URL are a 431.
const HEAD_LIMIT: usize = 16 * 1024;
/// How long `stop` waits for answers that are on their way.
const GRACE: Duration = Duration::from_secs(2);

/// Why a server did not start; each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("port {0} is in use: stop what listens there or choose another with --port")]
    PortInUse(u16),
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, io::Error),
    #[error("{} has no index.html: build the app first (cargo xtask demo does) or correct --app", .0.display())]
    NoApp(PathBuf),
    #[error("the system gives no random numbers for the keys of the tokens: {0}")]
    NoRandom(String),
}

/// A running server. Dropping it breaks off whatever it is doing.
pub struct Server {
    url: String,
    state: Shared,
    stop: watch::Sender<bool>,
    listeners: Vec<JoinHandle<()>>,
}

impl Server {
    /// Listens on `addr` and serves on the current tokio runtime; port 0 takes a free one. For a loopback address the
    /// same port of the other loopback family is served too when it is free, because `localhost` means either.
    ///
    /// # Errors
    /// When the port is taken, the address cannot be listened on, or `config.app` has no `index.html`.
    pub async fn start(config: Config, addr: SocketAddr) -> Result<Self, StartError> {
        if let Some(app) = &config.app
            && !app.join("index.html").is_file()
        {
            return Err(StartError::NoApp(app.clone()));
        }
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|error| StartError::NoRandom(error.to_string()))?;

        let (listener, addr) = listen(addr).await?;
        let mut listeners = vec![listener];
        if let Some(twin) = loopback_twin(addr)
            && let Ok((listener, _)) = listen(twin).await
        {
            listeners.push(listener);
        }
        let state = State::new(config, key);
        let router = api::router(&state);
        let (stop, stopped) = watch::channel(false);
        let serve = |listener| tokio::spawn(serve(listener, router.clone(), stopped.clone()));
        Ok(Self {
            url: url_of(addr),
            listeners: listeners.into_iter().map(serve).collect(),
            state,
            stop,
        })
    }

    /// Such as `http://localhost:7080`.
    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn hooks(&self) -> Hooks {
        Hooks::new(self.state.clone())
    }

    /// Accepts nothing more, lets answers finish for up to two seconds, then breaks them off.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        for listener in std::mem::take(&mut self.listeners) {
            // An error means that it panicked: then it has stopped as well.
            let _ = listener.await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        for listener in &self.listeners {
            listener.abort();
        }
    }
}

async fn listen(addr: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AddrInUse => StartError::PortInUse(addr.port()),
        _ => StartError::Listen(addr, error),
    };
    let listener = TcpListener::bind(addr).await.map_err(failed)?;
    let addr = listener.local_addr().map_err(failed)?;
    Ok((listener, addr))
}

fn loopback_twin(addr: SocketAddr) -> Option<SocketAddr> {
    let twin: IpAddr = match addr.ip() {
        IpAddr::V4(Ipv4Addr::LOCALHOST) => Ipv6Addr::LOCALHOST.into(),
        IpAddr::V6(Ipv6Addr::LOCALHOST) => Ipv4Addr::LOCALHOST.into(),
        _ => return None,
    };
    Some(SocketAddr::new(twin, addr.port()))
}

fn url_of(addr: SocketAddr) -> String {
    if addr.ip().is_loopback() || addr.ip().is_unspecified() {
        format!("http://localhost:{}", addr.port())
    } else {
        format!("http://{addr}")
    }
}

/// Serves one listener until told to stop. Its connections live in a set of this task: they end with it.
async fn serve(listener: TcpListener, router: Router, mut stopped: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    let graceful = GracefulShutdown::new();
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(_) => {
                    // Out of file descriptors, most likely: some will be free in a moment.
                    sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            Some(_) = connections.join_next() => continue,
            _ = stopped.changed() => break,
        };
        serve_connection(stream, &router, &graceful, &mut connections);
    }
    drop(listener);
    // When the time is over, dropping the set breaks off what is left.
    let _ = timeout(GRACE, graceful.shutdown()).await;
}

fn serve_connection(
    stream: TcpStream,
    router: &Router,
    graceful: &GracefulShutdown,
    connections: &mut JoinSet<()>,
) {
    // Small answers must not wait for the client's delayed acknowledgements.
    let _ = stream.set_nodelay(true);
    let service = TowerToHyperService::new(router.clone());
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .max_buf_size(HEAD_LIMIT)
        .serve_connection(TokioIo::new(stream), service);
    let connection = graceful.watch(connection);
    connections.spawn(async move {
        // Broken connections are the clients' affair, or a test hook's doing.
        let _ = connection.await;
    });
}
