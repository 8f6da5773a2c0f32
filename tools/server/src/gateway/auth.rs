//! Who the user is: by the session cookie, or by the header of a reverse proxy that signs users in itself. And the
//! addresses below `/gateway/auth/`, where sessions begin and end.

use std::net::SocketAddr;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, Response, header};
use axum::response::IntoResponse;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::config::User;
use super::guard::{client_address, contains};
use super::log::Entry;
use super::refusal::Refusal;
use super::session::{self, now};
use super::{Asked, State};

/// A user who may ask.
pub struct Visitor<'a> {
    pub name: String,
    pub user: &'a User,
    /// A `Set-Cookie` for a session that is to be renewed.
    pub renewal: Option<HeaderValue>,
}

#[derive(Deserialize)]
struct Login {
    username: String,
    password: String,
}

impl State {
    /// # Errors
    /// 401 when nobody is signed in; 403 when the reverse proxy names somebody whom the gateway does not know.
    pub fn visitor(&self, peer: SocketAddr, headers: &HeaderMap) -> Result<Visitor<'_>, Refusal> {
        if let Some(name) = self.named_by_proxy(peer, headers) {
            let user = self
                .config
                .users
                .get(&name)
                .ok_or_else(|| Refusal::forbidden("The gateway does not know this user"))?;
            return Ok(Visitor { name, user, renewal: None });
        }
        let (config, users) = (&self.config.session, &self.config.users);
        let now = now();
        let session = session::of(config, headers, |name| users.get(name), now);
        let session = session.ok_or_else(Refusal::signed_out)?;
        let user = users.get(&session.user).ok_or_else(Refusal::signed_out)?;
        let renewal = session::is_due(config, &session, now)
            .then(|| session::start(config, &session.user, user, now));
        Ok(Visitor { name: session.user, user, renewal })
    }

    /// Anybody can send the header, so it counts from the proxy only; and only once, because of several the proxy may
    /// have set the last.
    fn named_by_proxy(&self, peer: SocketAddr, headers: &HeaderMap) -> Option<String> {
        let header = self.config.trusted_header.as_ref()?;
        let mut values = headers.get_all(&header.name).iter();
        let (value, others) = (values.next()?, values.count());
        let name = String::from_utf8(value.as_bytes().to_vec()).ok()?;
        let is_told = contains(&header.from, peer.ip()) && others == 0 && !name.is_empty();
        is_told.then_some(name)
    }

    /// `path` below `/gateway/auth`.
    pub async fn answer_auth(
        &self,
        path: &str,
        asked: &Asked,
        body: &[u8],
        entry: &mut Entry,
    ) -> Result<Response<Body>, Refusal> {
        match (&asked.parts.method, path) {
            (&Method::GET | &Method::HEAD, "/session") => {
                entry.path = "/gateway/auth/session";
                let visitor = self.visitor(asked.peer, &asked.parts.headers)?;
                entry.user = Some(visitor.name.clone());
                Ok(self.session_of(&visitor.name, visitor.user, visitor.renewal))
            }
            (&Method::POST, "/login") => {
                entry.path = "/gateway/auth/login";
                self.sign_in(asked, body, entry).await
            }
            (&Method::POST, "/logout") => {
                entry.path = "/gateway/auth/logout";
                let cookie = session::end(&self.config.session);
                Ok(([(header::SET_COOKIE, cookie)], axum::Json(json!({}))).into_response())
            }
            _ => Err(Refusal::not_found("No such address")),
        }
    }

    async fn sign_in(
        &self,
        asked: &Asked,
        body: &[u8],
        entry: &mut Entry,
    ) -> Result<Response<Body>, Refusal> {
        let login: Login = serde_json::from_slice(body)
            .map_err(|_| Refusal::invalid("Expected a username and a password, both texts"))?;
        let address = client_address(&self.config, asked.peer, &asked.parts.headers);
        let user = self.config.users.get(&login.username);
        let hash = user.and_then(|user| user.password.as_deref());
        let is_right = self.passwords.check(address, hash, login.password).await?;
        let user = user.filter(|_| is_right).ok_or_else(Refusal::wrong_password)?;
        let cookie = session::start(&self.config.session, &login.username, user, now());
        let response = self.session_of(&login.username, user, Some(cookie));
        entry.user = Some(login.username);
        Ok(response)
    }

    /// What the app needs to know of a user.
    fn session_of(&self, name: &str, user: &User, cookie: Option<HeaderValue>) -> Response<Body> {
        let mut systems = Map::new();
        for (system, grant) in &user.grants {
            let Some(upstream) = self.systems.get(system) else { continue };
            let vendor = &upstream.system.vendor;
            let rights: Vec<&str> = grant.rights.iter().map(|right| right.name()).collect();
            let dialect = vendor.dialect().map(|dialect| dialect.name());
            let description =
                json!({ "provider": vendor.name(), "dialect": dialect, "rights": rights });
            systems.insert(system.clone(), description);
        }
        let body = json!({ "user": name, "systems": Value::Object(systems) });
        let mut response = axum::Json(body).into_response();
        response.headers_mut().extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
        response
    }
}
