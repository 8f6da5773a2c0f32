//! A sample server that runs, and why one did not start.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::api;
use crate::config::{Config, Dialect};
use crate::hooks::Hooks;
use crate::serving::{ListenError, Listening, Serving};
use crate::state::{Shared, State};

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

impl From<ListenError> for StartError {
    fn from(error: ListenError) -> Self {
        match error {
            ListenError::PortInUse(port) => Self::PortInUse(port),
            ListenError::Listen(addr, error) => Self::Listen(addr, error),
        }
    }
}

/// A running server. Dropping it breaks off whatever it is doing.
pub struct Server {
    state: Shared,
    serving: Serving,
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

        let listening = Listening::on(addr).await?;
        let state = State::new(config, key);
        let serving = listening.serve(&api::router(&state));
        Ok(Self { state, serving })
    }

    /// Where it listens; `localhost` may mean another address of the same port.
    pub fn addr(&self) -> SocketAddr {
        self.serving.addr()
    }

    /// Such as `http://localhost:7080`.
    pub fn url(&self) -> &str {
        self.serving.url()
    }

    pub fn dialect(&self) -> Dialect {
        self.state.config.dialect
    }

    /// Empty when there is none.
    pub fn api_key(&self) -> &str {
        self.state.config.api_key.as_deref().unwrap_or_default()
    }

    pub fn hooks(&self) -> Hooks {
        Hooks::new(self.state.clone())
    }

    /// Accepts nothing more, lets answers finish for up to two seconds, then breaks them off.
    pub async fn stop(self) {
        self.serving.stop().await;
    }
}
