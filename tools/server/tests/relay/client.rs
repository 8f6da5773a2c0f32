//! A relay with an app to serve, and a client of it.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use meet_recordings_server::{Relay, RelayConfig};
use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use reqwest::{Method, RequestBuilder};

/// A directory laid out like a packaged app; removed with the value.
pub struct App(PathBuf);

/// A relay, its app, and who asks it.
pub struct Client {
    http: reqwest::Client,
    url: String,
    _relay: Relay,
    _app: App,
}

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

pub fn anywhere() -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, 0))
}

impl App {
    pub fn new() -> Self {
        static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let number = COUNT.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let directory = format!("meet-relay-{}-{number}", std::process::id());
        let app = Self(std::env::temp_dir().join(directory));
        for (path, content) in [
            ("index.html", "<head><base href=\"/packaged/\"><title>app</title></head>"),
            ("config.json", "{}"),
            ("assets/admin-0123456789abcdef.js", "plain"),
            ("assets/admin-0123456789abcdef.js.br", "brotli"),
        ] {
            let path = app.0.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        app
    }
}

impl Drop for App {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(Path::new(&self.0));
    }
}

impl Client {
    /// Of a relay at `/`.
    pub async fn before(upstream: &str) -> Self {
        Self::at("/", upstream).await
    }

    pub async fn at(base_path: &str, upstream: &str) -> Self {
        let app = App::new();
        let config = RelayConfig::new(upstream, app.0.clone(), base_path).unwrap();
        let relay = Relay::start(config, anywhere()).await.unwrap();
        let url = relay.url().strip_suffix(&base_path.replace("//", "/")).unwrap().to_owned();
        let http = reqwest::Client::builder().cookie_store(true).redirect(Policy::none());
        Self { http: http.build().unwrap(), url, _relay: relay, _app: app }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url))
    }

    pub async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

pub async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        text: response.text().await.unwrap(),
    }
}
