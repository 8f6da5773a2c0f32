//! The headers that make a meeting server believe the gateway, by vendor (`reference/other-providers-api.md` §1.4, §2.4,
//! §3.1).

use std::time::{Duration, Instant};

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::call::Call;
use super::config::{SuperVizAccess, Vendor};
use super::refusal::Refusal;
use super::session::now;
use super::sign;
use super::upstream::Upstream;

const API_KEY: HeaderName = HeaderName::from_static("x-api-key");
const PLUGNMEET_KEY: HeaderName = HeaderName::from_static("api-key");
const PLUGNMEET_SIGNATURE: HeaderName = HeaderName::from_static("hash-signature");
const SUPERVIZ_CLIENT: HeaderName = HeaderName::from_static("client_id");
const SUPERVIZ_SECRET: HeaderName = HeaderName::from_static("secret");
const SUPERVIZ_KEY: HeaderName = HeaderName::from_static("apikey");

/// How long a token of SuperViz is used when it does not tell its end.
const UNTOLD_LIFE: Duration = Duration::from_secs(30 * 60);

/// For a request with this body. SuperViz has its own in [`SuperVizToken`].
pub fn headers(vendor: &Vendor, body: &[u8]) -> Result<HeaderMap, Refusal> {
    match vendor {
        Vendor::OpenViduMeet { api_key, .. } => of([(API_KEY, api_key.clone())]),
        Vendor::PlugNmeet { key, secret } => of([
            (PLUGNMEET_KEY, key.clone()),
            (PLUGNMEET_SIGNATURE, sign::hex(secret.as_bytes(), body)),
        ]),
        Vendor::Whereby { api_key } => of([(header::AUTHORIZATION, format!("Bearer {api_key}"))]),
        Vendor::SuperViz(_) => Ok(HeaderMap::new()),
    }
}

fn of<const N: usize>(pairs: [(HeaderName, String); N]) -> Result<HeaderMap, Refusal> {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        // The configuration has visible characters only; a token that SuperViz gives may have others.
        let mut value = HeaderValue::try_from(value).map_err(|_| Refusal::unexpected_answer())?;
        value.set_sensitive(true);
        headers.insert(name, value);
    }
    Ok(headers)
}

/// What the older generation of SuperViz gives for signing in. Each instance has its own, and loses it with the process.
#[derive(Default)]
pub struct SuperVizToken(Mutex<Option<Token>>);

struct Token {
    text: String,
    ends: Instant,
}

impl SuperVizToken {
    pub async fn headers(
        &self,
        access: &SuperVizAccess,
        upstream: &Upstream,
    ) -> Result<HeaderMap, Refusal> {
        match access {
            SuperVizAccess::Key { client_id, secret } => {
                of([(SUPERVIZ_CLIENT, client_id.clone()), (SUPERVIZ_SECRET, secret.clone())])
            }
            SuperVizAccess::Login { email, password, api_key } => {
                let token = self.get(email, password, upstream).await?;
                of([
                    (header::AUTHORIZATION, format!("Bearer {token}")),
                    (SUPERVIZ_KEY, api_key.clone()),
                ])
            }
        }
    }

    /// Makes the next request sign in again; whether there was a token.
    pub async fn forget(&self) -> bool {
        self.0.lock().await.take().is_some()
    }

    /// Signs in when there is no token that lasts. All who need one meanwhile wait for the same.
    async fn get(
        &self,
        email: &str,
        password: &str,
        upstream: &Upstream,
    ) -> Result<String, Refusal> {
        let mut current = self.0.lock().await;
        if let Some(token) = current.as_ref().filter(|token| token.ends > Instant::now()) {
            return Ok(token.text.clone());
        }
        let body = json!({ "email": email, "password": password }).to_string();
        let call = Call {
            body: Some(body.into()),
            is_signed: false,
            ..Call::new(Method::POST, "/login".to_owned())
        };
        // The boxed future ends the circle of a request that needs a request first.
        let answer = Box::pin(upstream.ask(&call)).await?;
        if matches!(answer.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
            return Err(Refusal::key_refused());
        }
        let token: Option<Value> = serde_json::from_slice(&answer.body).ok();
        let text = token.as_ref().and_then(|token| token.get("access_token")?.as_str());
        let text = text.ok_or_else(Refusal::unexpected_answer)?.to_owned();
        *current = Some(Token { ends: Instant::now() + life_of(&text), text: text.clone() });
        Ok(text)
    }
}

/// How long a token may be used: until a minute before the end that it tells as a JWT.
fn life_of(token: &str) -> Duration {
    let end = || {
        let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
        let payload: Value = serde_json::from_slice(&payload).ok()?;
        payload.get("exp")?.as_u64()
    };
    match end() {
        // A year at most: further ends are as good as none.
        Some(end) => Duration::from_secs(end.saturating_sub(now() + 60).min(365 * 86_400)),
        None => UNTOLD_LIFE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_last_as_long_as_they_tell() {
        let token = |payload: Value| {
            format!("head.{}.signature", URL_SAFE_NO_PAD.encode(payload.to_string()))
        };
        let hour = life_of(&token(json!({ "exp": now() + 3600 }))).as_secs();
        assert!((3538..=3540).contains(&hour));
        assert_eq!(life_of(&token(json!({ "exp": 1000 }))), Duration::ZERO);
        for untold in ["opaque".to_owned(), token(json!({ "exp": "soon" })), "a.!.c".to_owned()] {
            assert_eq!(life_of(&untold), UNTOLD_LIFE);
        }
        assert!(life_of(&token(json!({ "exp": u64::MAX }))) <= Duration::from_secs(365 * 86_400));
    }
}
