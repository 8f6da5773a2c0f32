//! A sample server of one vendor, its clock stopped, and requests to it. What is signed here is signed by other code
//! than the server's.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use meet_recordings_server::{Config, Dialect, Hooks, Server, secrets};
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use sha2::Sha256;

pub struct Sample {
    server: Server,
    http: Client,
}

/// An answer, read completely.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Sample {
    pub async fn of(dialect: Dialect) -> Self {
        Self::with(Config { dialect, ..Config::default() }).await
    }

    pub async fn with(config: Config) -> Self {
        let config = Config { clock_speed: 0.0, ..config };
        let addr = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self { server: Server::start(config, addr).await.unwrap(), http: Client::new() }
    }

    pub fn hooks(&self) -> Hooks {
        self.server.hooks()
    }

    pub fn advance(&self, seconds: u64) {
        self.hooks().advance_clock(Duration::from_secs(seconds));
    }

    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// A request to a path of the server or to an absolute address.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url =
            if path.starts_with('/') { format!("{}{path}", self.url()) } else { path.to_owned() };
        self.http.request(method, url)
    }

    pub async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    pub async fn range(&self, path: &str, range: &str) -> Answer {
        send(self.request(Method::GET, path).header("range", range)).await
    }

    /// A signed request to plugNmeet with this body, to the byte.
    pub async fn plugnmeet_bytes(&self, path: &str, body: &str) -> Answer {
        let request = self
            .request(Method::POST, &format!("/auth{path}"))
            .header("API-KEY", secrets::PLUGNMEET_KEY)
            .header("HASH-SIGNATURE", signature(secrets::PLUGNMEET_SECRET, body))
            .header("Content-Type", "application/json")
            .body(body.to_owned());
        send(request).await
    }

    /// What plugNmeet says, which is said with status 200.
    pub async fn plugnmeet(&self, path: &str, body: Value) -> Value {
        let answer = self.plugnmeet_bytes(path, &body.to_string()).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    /// All rows of plugNmeet, the newest first.
    pub async fn plugnmeet_rows(&self) -> Vec<Value> {
        let body = json!({ "limit": 100 });
        let answer = self.plugnmeet("/recording/fetch", body).await;
        answer["result"]["recordings_list"].as_array().unwrap().clone()
    }

    pub async fn whereby(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let request = self.request(method, &format!("/v1{path}")).bearer_auth(secrets::WHEREBY_KEY);
        send(match body {
            Some(body) => request.json(&body),
            None => request,
        })
        .await
    }

    pub async fn whereby_get(&self, path: &str) -> Answer {
        self.whereby(Method::GET, path, None).await
    }

    /// All rows of Whereby in one page, the newest first.
    pub async fn whereby_rows(&self) -> Vec<Value> {
        let page = self.whereby_get("/recordings?limit=100").await.json();
        assert_eq!(page["cursor"], Value::Null);
        page["results"].as_array().unwrap().clone()
    }

    /// The newer API of SuperViz.
    pub async fn superviz(&self, path: &str) -> Answer {
        let request = self
            .request(Method::GET, path)
            .header("client_id", secrets::SUPERVIZ_CLIENT_ID)
            .header("secret", secrets::SUPERVIZ_SECRET);
        send(request).await
    }
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[track_caller]
    pub fn is_text(&self, status: u16, text: &str) {
        assert_eq!((self.status, self.text().as_str()), (status, text));
        assert!(self.header("content-type").starts_with("text/plain"), "{:?}", self.headers);
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

pub fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap().to_owned()
}

/// Lower-case hexadecimal HMAC-SHA256.
pub fn signature(secret: &str, body: &str) -> String {
    mac(secret, body).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A JSON Web Token of plugNmeet.
pub fn plugnmeet_token(claims: &Value) -> String {
    let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
    let signed = format!("{}.{}", part(&json!({ "alg": "HS256" })), part(claims));
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac(secrets::PLUGNMEET_SECRET, &signed)))
}

/// What a token says, unchecked.
pub fn claims_of(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

fn mac(secret: &str, message: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(message.as_bytes());
    mac.finalize().into_bytes().to_vec()
}
