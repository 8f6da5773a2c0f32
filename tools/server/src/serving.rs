//! Listening and serving: what the sample server and the gateway have in common. It knows connections, not what is
//! answered on them. A router finds the address of its peer as `ConnectInfo<SocketAddr>`.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};
use tower::ServiceExt;

/// Bytes of a request's head, as in Node: longer lists of ids in a URL are a 431.
const HEAD_LIMIT: usize = 16 * 1024;
/// How long `stop` waits for answers that are on their way.
const GRACE: Duration = Duration::from_secs(2);

#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    #[error("port {0} is in use")]
    PortInUse(u16),
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, io::Error),
}

/// A router that is being served. Dropping it breaks off whatever it is doing.
pub struct Serving {
    addr: SocketAddr,
    url: String,
    stop: watch::Sender<bool>,
    listeners: Vec<JoinHandle<()>>,
}

/// Sockets that are taken, before anything answers on them.
pub struct Listening {
    addr: SocketAddr,
    listeners: Vec<TcpListener>,
}

impl Listening {
    /// Port 0 takes a free one. For a loopback address the same port of the other loopback family is taken too when
    /// it is free, because `localhost` means either.
    pub async fn on(addr: SocketAddr) -> Result<Self, ListenError> {
        let (listener, addr) = listen(addr).await?;
        let mut listeners = vec![listener];
        if let Some(twin) = loopback_twin(addr)
            && let Ok((listener, _)) = listen(twin).await
        {
            listeners.push(listener);
        }
        Ok(Self { addr, listeners })
    }

    /// For who serves by other means.
    pub fn into_parts(self) -> (SocketAddr, Vec<TcpListener>) {
        (self.addr, self.listeners)
    }

    /// Serves on the current tokio runtime.
    pub fn serve(self, router: &Router) -> Serving {
        let (stop, stopped) = watch::channel(false);
        let serve = |listener| tokio::spawn(serve(listener, router.clone(), stopped.clone()));
        Serving {
            addr: self.addr,
            url: url_of(self.addr),
            listeners: self.listeners.into_iter().map(serve).collect(),
            stop,
        }
    }
}

impl Serving {
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Such as `http://localhost:7080`.
    pub fn url(&self) -> &str {
        &self.url
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

impl Drop for Serving {
    fn drop(&mut self) {
        for listener in &self.listeners {
            listener.abort();
        }
    }
}

async fn listen(addr: SocketAddr) -> Result<(TcpListener, SocketAddr), ListenError> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AddrInUse => ListenError::PortInUse(addr.port()),
        _ => ListenError::Listen(addr, error),
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

pub fn url_of(addr: SocketAddr) -> String {
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
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(_) => {
                    // Out of file descriptors, most likely: some will be free in a moment.
                    sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            Some(_) = connections.join_next() => continue,
            _ = stopped.changed() => break,
        };
        serve_connection(stream, peer, &router, &graceful, &mut connections);
    }
    drop(listener);
    // When the time is over, dropping the set breaks off what is left.
    let _ = timeout(GRACE, graceful.shutdown()).await;
}

fn serve_connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: &Router,
    graceful: &GracefulShutdown,
    connections: &mut JoinSet<()>,
) {
    // Small answers must not wait for the client's delayed acknowledgements.
    let _ = stream.set_nodelay(true);
    let service = router.clone().map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        request
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .max_buf_size(HEAD_LIMIT)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let connection = graceful.watch(connection);
    connections.spawn(async move {
        // Broken connections are the clients' affair, or a test hook's doing.
        let _ = connection.await;
    });
}
