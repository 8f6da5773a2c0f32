//! A server and browsers' worth of clients for it: each client has its own cookies.

use std::net::{Ipv4Addr, SocketAddr};

use meet_recordings_server::{Config, Dialect, Hooks, Server};
use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

pub struct TestServer(pub Server, Dialect);

/// The API's path before `/recordings` and `/rooms`.
pub fn api(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::B | Dialect::V34 | Dialect::V341 | Dialect::V35 => "/api/v1",
        _ => "/meet/api/v1",
    }
}

/// The internal API's path before `/auth` and `/users`.
pub fn internal(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::A => "/meet/api/v1",
        Dialect::B | Dialect::V34 | Dialect::V341 | Dialect::V35 => "/internal-api/v1",
        _ => "/meet/internal-api/v1",
    }
}

/// An answer, read completely.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    dialect: Dialect,
    /// Sent with every request.
    headers: HeaderMap,
}

impl TestServer {
    /// Dialect B, with the recordings in progress frozen.
    pub async fn start() -> Self {
        Self::with(Config::default()).await
    }

    pub async fn v34() -> Self {
        Self::of(Dialect::V34).await
    }

    pub async fn of(dialect: Dialect) -> Self {
        Self::with(Config { dialect, ..Config::default() }).await
    }

    pub async fn with(config: Config) -> Self {
        let config = Config { clock_speed: 0.0, ..config };
        let dialect = config.dialect;
        let addr = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self(Server::start(config, addr).await.unwrap(), dialect)
    }

    pub fn hooks(&self) -> Hooks {
        self.0.hooks()
    }

    pub fn anonymous(&self) -> Client {
        Client {
            http: reqwest::Client::builder().cookie_store(true).build().unwrap(),
            url: self.0.url().to_owned(),
            dialect: self.1,
            headers: HeaderMap::new(),
        }
    }

    pub async fn admin(&self) -> Client {
        self.signed_in("admin", "admin").await
    }

    pub async fn user(&self) -> Client {
        self.signed_in("user", "user1").await
    }

    async fn signed_in(&self, name: &str, password: &str) -> Client {
        let client = self.anonymous();
        let answer = client.sign_in(name, password).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        match answer.json().get("accessToken") {
            Some(token) => client.with_bearer("authorization", token.as_str().unwrap()),
            None => client,
        }
    }

    pub fn with_key(&self) -> Client {
        self.anonymous().with_header("x-api-key", "meet-api-key")
    }

    /// Somebody with a token of the room, for `moderator` or `speaker`; from 3.8 on also for `recording`.
    pub async fn in_room(&self, room: &str, role: &str) -> Client {
        let client = self.anonymous();
        let answer = client.enter(room, &self.room_secret(room, role)).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        // Where cookies travel, the client has one by now.
        let header = match self.1 {
            Dialect::B | Dialect::V34 => return client,
            Dialect::V341 if answer.headers.contains_key("set-cookie") => return client,
            Dialect::V341 => "x-recording-token",
            _ => "x-room-member-token",
        };
        client.with_bearer(header, &text(&answer.json(), "token"))
    }

    pub fn room_secret(&self, room: &str, role: &str) -> String {
        let secrets = self.hooks().room_secrets(room);
        match role {
            "moderator" => secrets.moderator,
            "recording" => secrets.recording,
            _ => secrets.speaker,
        }
    }
}

impl Client {
    pub fn with_header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.insert(name, value.parse().unwrap());
        self
    }

    pub fn with_bearer(self, name: &'static str, token: &str) -> Self {
        self.with_header(name, &format!("Bearer {token}"))
    }

    /// Asks for a token of a room.
    pub async fn enter(&self, room: &str, secret: &str) -> Answer {
        let path = match self.dialect {
            Dialect::B | Dialect::V34 | Dialect::V341 => "recording-token",
            Dialect::V35 | Dialect::V37 => "token",
            _ => "members/token",
        };
        let path = format!("{}/rooms/{room}/{path}", internal(self.dialect));
        self.post(&path, json!({ "secret": secret })).await
    }

    /// A path of the API, such as `/meet/api/v1/recordings` for `recordings`.
    pub fn api(&self, path: &str) -> String {
        format!("{}/{path}", api(self.dialect))
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

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        send(self.request(Method::PUT, path).json(&body)).await
    }

    pub async fn range(&self, path: &str, range: &str) -> Answer {
        send(self.request(Method::GET, path).header("range", range)).await
    }

    pub async fn sign_in(&self, name: &str, password: &str) -> Answer {
        let (user, path) = match self.dialect {
            Dialect::A => ("username", "auth/admin/login"),
            Dialect::V38 | Dialect::V39 => ("userId", "auth/login"),
            _ => ("username", "auth/login"),
        };
        let body = json!({ user: name, "password": password });
        self.post(&format!("{}/{path}", internal(self.dialect)), body).await
    }

    /// All recordings of the sample, as listed.
    pub async fn recordings(&self) -> Vec<Value> {
        let answer = self.get(&self.api("recordings?maxItems=100")).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()["recordings"].as_array().unwrap().clone()
    }

    /// The ids of the recordings in a room whose name starts so, with this status (in any case).
    pub async fn ids(&self, room_name: &str, status: &str) -> Vec<String> {
        let recordings = self.recordings().await;
        let ids = recordings.iter().filter(|recording| {
            let is = |key: &str| recording[key].as_str().unwrap();
            is("roomName").starts_with(room_name) && is("status").eq_ignore_ascii_case(status)
        });
        ids.map(|recording| text(recording, "recordingId")).collect()
    }

    pub async fn first(&self, room_name: &str, status: &str) -> String {
        self.ids(room_name, status).await.swap_remove(0)
    }

    /// The id of the room with this name.
    pub async fn room(&self, name: &str) -> String {
        let rooms = self.get(&self.api("rooms?maxItems=100")).await.json();
        let rooms = rooms["rooms"].as_array().unwrap();
        text(rooms.iter().find(|room| room["roomName"] == name).unwrap(), "roomId")
    }
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[track_caller]
    pub fn is_error(&self, status: u16, error: &str, message: &str) {
        let body = self.json();
        let seen = (self.status, body["error"].as_str(), body["message"].as_str());
        assert_eq!(seen, (status, Some(error), Some(message)));
    }

    /// 422 about this field.
    #[track_caller]
    pub fn is_invalid(&self, field: &str, message: &str) {
        self.is_error(422, "Unprocessable Entity", "Invalid request");
        let detail = &self.json()["details"][0];
        assert_eq!(*detail, json!({ "field": field, "message": message }));
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

pub fn room_of(recording_id: &str) -> &str {
    recording_id.split("--").next().unwrap()
}

pub const FORBIDDEN: (&str, &str) =
    ("Authorization Error", "Insufficient permissions to access this resource");
