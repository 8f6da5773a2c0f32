//! A gateway and browsers' worth of clients for it.

use std::net::{Ipv4Addr, SocketAddr};

use meet_recordings_server::{Gateway, GatewayConfig};
use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

/// Signs the sessions of all gateways here.
pub const SESSION_KEY: &str = "0123456789abcdef0123456789abcdef";

/// Argon2id of `password`, at the least cost there is.
pub const HASH: &str = include_str!("password.phc").trim_ascii_end();

/// An answer, read completely.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// A browser with a page of the gateway: it sends the custom header, and keeps cookies.
pub struct Client {
    http: reqwest::Client,
    url: String,
    /// Sent with every request.
    headers: HeaderMap,
    /// What signing in set, as a `Cookie` header has it.
    pub cookie: Option<String>,
}

/// A gateway with this configuration below the session's; `{url}` in it is where `upstream` is.
pub async fn gateway(config: &str, upstream: &str) -> Gateway {
    let text = config.replace("{url}", upstream);
    let session = if text.contains("[session]") {
        String::new()
    } else {
        format!("[session]\nkey = \"{SESSION_KEY}\"\nsecure = false\n")
    };
    let (top, sections) = text.split_at(text.find("\n[").unwrap_or_default());
    let text = format!("{top}\n{session}{sections}").replace("HASH", HASH);
    let config = GatewayConfig::parse(&text, &|_| None).unwrap();
    Gateway::start(config.quiet(), anywhere()).await.unwrap()
}

pub fn anywhere() -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, 0))
}

impl Client {
    /// Nobody yet.
    pub fn of(gateway: &Gateway) -> Self {
        let http = reqwest::Client::builder().cookie_store(true).redirect(Policy::none());
        let headers = HeaderMap::from_iter([(
            "x-requested-with".parse().unwrap(),
            "meet-recordings".parse().unwrap(),
        )]);
        Self { http: http.build().unwrap(), url: gateway.url().to_owned(), headers, cookie: None }
    }

    /// Signed in as this user, whose password is `password`.
    pub async fn signed_in(gateway: &Gateway, user: &str) -> Self {
        let mut client = Self::of(gateway);
        let answer = client.sign_in(user, "password").await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        client.cookie = answer.header("set-cookie").split(';').next().map(str::to_owned);
        client
    }

    pub fn with_header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.insert(name, value.parse().unwrap());
        self
    }

    pub fn without_header(mut self, name: &'static str) -> Self {
        self.headers.remove(name);
        self
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.url);
        self.http.request(method, url).headers(self.headers.clone())
    }

    pub async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        send(self.request(Method::DELETE, path)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        send(self.request(Method::POST, path).json(&body)).await
    }

    pub async fn send(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        let request = self.request(method.parse().unwrap(), path);
        match body {
            Some(body) => send(request.json(&body)).await,
            None => send(request).await,
        }
    }

    pub async fn range(&self, path: &str, range: &str) -> Answer {
        send(self.request(Method::GET, path).header("range", range)).await
    }

    pub async fn sign_in(&self, user: &str, password: &str) -> Answer {
        let body = json!({ "username": user, "password": password });
        self.post("/gateway/auth/login", body).await
    }
}

impl Answer {
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn header_names(&self) -> Vec<&str> {
        self.headers.keys().map(|name| name.as_str()).collect()
    }

    /// An error of the gateway itself, with this in its message.
    #[track_caller]
    pub fn is_refused(&self, status: u16, part: &str) {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/json");
        let body = self.json();
        let fields = body.as_object().unwrap();
        assert_eq!(fields.keys().collect::<Vec<_>>(), ["error", "message"]);
        assert!(body["message"].as_str().unwrap().contains(part), "{body}");
    }
}

pub async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        body: response.bytes().await.unwrap().to_vec(),
    }
}
