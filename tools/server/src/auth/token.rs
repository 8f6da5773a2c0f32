//! Tokens: JSON Web Tokens signed with HMAC-SHA256, shaped like the LiveKit tokens that the real server issues,
//! and the secrets of rooms and recordings, derived from the same key so that none has to be stored.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::Sha256;

use crate::auth::rights::Rights;
use crate::state::now_ms;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Access,
    Refresh,
    /// A recording token up to 3.4.1, a room member token since: it opens one room.
    Room,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Claims {
    iss: String,
    pub sub: String,
    /// Seconds since 1970, like `nbf`.
    exp: u64,
    nbf: u64,
    /// Tells tokens apart that were issued in the same second.
    pub jti: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    video: Option<Video>,
    /// For clients to read; the server goes by `rights`.
    metadata: String,
    kind: Kind,
    /// Tokens of an earlier generation count as expired: how tests expire them all at once.
    generation: u32,
    rights: Rights,
    /// Milliseconds since 1970.
    pub issued: i64,
}

#[derive(Debug, Serialize, Deserialize)]
struct Video {
    room: String,
}

/// What a token of a room says of its bearer, in the words of one generation.
pub struct RoomClaims<'a> {
    pub room_id: &'a str,
    pub rights: Rights,
    /// JSON for clients.
    pub metadata: Value,
}

impl Claims {
    pub fn room(&self) -> String {
        let room = self.video.as_ref().map(|video| video.room.clone());
        room.unwrap_or_default()
    }

    pub fn rights(&self) -> Rights {
        self.rights
    }
}

/// Issues and checks the tokens of one server.
pub struct Tokens {
    key: [u8; 32],
    /// Current generation of access and of refresh tokens.
    access: AtomicU32,
    refresh: AtomicU32,
    issued: AtomicU64,
}

impl Tokens {
    pub fn new(key: [u8; 32]) -> Self {
        Self {
            key,
            access: AtomicU32::new(0),
            refresh: AtomicU32::new(0),
            issued: AtomicU64::new(0),
        }
    }

    pub fn expire_access(&self) {
        self.access.fetch_add(1, Ordering::SeqCst);
    }

    pub fn expire_refresh(&self) {
        self.refresh.fetch_add(1, Ordering::SeqCst);
    }

    /// A token of somebody signed in, valid for `ttl` seconds.
    pub fn for_user(&self, kind: Kind, name: &str, ttl: u64) -> String {
        self.sign(&self.claims(kind, name, ttl))
    }

    /// A token for one room, valid for `ttl` seconds.
    pub fn for_room(&self, room: &RoomClaims, ttl: u64) -> String {
        let mut claims = self.claims(Kind::Room, "", ttl);
        claims.video = Some(Video { room: room.room_id.to_owned() });
        claims.metadata = room.metadata.to_string();
        claims.rights = room.rights;
        self.sign(&claims)
    }

    /// What a token says, if it is ours, of this kind, and has not expired.
    pub fn verify(&self, token: &str, kind: Kind) -> Option<Claims> {
        let (signed, signature) = token.rsplit_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        self.mac(signed.as_bytes()).verify_slice(&signature).ok()?;
        let (_, payload) = signed.split_once('.')?;
        let claims: Claims = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
        (claims.kind == kind && claims.exp > now() && claims.generation >= self.generation(kind))
            .then_some(claims)
    }

    /// A secret of ten characters for `purpose`, the same on every call.
    pub fn secret(&self, purpose: &str, id: &str) -> String {
        let mac = self.mac(format!("{purpose}\n{id}").as_bytes());
        let text = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
        text.chars().filter(char::is_ascii_alphanumeric).take(10).collect()
    }

    fn claims(&self, kind: Kind, sub: &str, ttl: u64) -> Claims {
        let now = now();
        Claims {
            iss: "meet".to_owned(),
            sub: sub.to_owned(),
            exp: now + ttl,
            nbf: now,
            jti: self.issued.fetch_add(1, Ordering::SeqCst),
            video: None,
            metadata: String::new(),
            kind,
            generation: self.generation(kind),
            rights: Rights::NONE,
            issued: now_ms(),
        }
    }

    fn generation(&self, kind: Kind) -> u32 {
        match kind {
            // "Expire the access tokens" means what lasts two hours: the tokens of rooms too.
            Kind::Access | Kind::Room => self.access.load(Ordering::SeqCst),
            Kind::Refresh => self.refresh.load(Ordering::SeqCst),
        }
    }

    fn sign(&self, claims: &Claims) -> String {
        let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#);
        let payload = serde_json::to_vec(claims).unwrap_or_default();
        let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(payload));
        let signature = self.mac(signed.as_bytes()).finalize().into_bytes();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    fn mac(&self, message: &[u8]) -> Hmac<Sha256> {
        // A key of one block needs no hashing, and its type rules out a wrong length.
        let mut block = [0; 64];
        block[..32].copy_from_slice(&self.key);
        let mut mac = Hmac::<Sha256>::new(&block.into());
        mac.update(message);
        mac
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_valid_for_its_kind_and_its_signer_only() {
        let tokens = Tokens::new([7; 32]);
        let token = tokens.for_user(Kind::Access, "admin", 60);
        assert_eq!(tokens.verify(&token, Kind::Access).unwrap().sub, "admin");
        assert!(tokens.verify(&token, Kind::Refresh).is_none());
        assert!(Tokens::new([8; 32]).verify(&token, Kind::Access).is_none());
        let forged = token.replacen('.', ".e", 1);
        assert!(tokens.verify(&forged, Kind::Access).is_none());
        assert!(tokens.verify("", Kind::Access).is_none());
    }

    #[test]
    fn tokens_end_with_their_time_or_their_generation() {
        let tokens = Tokens::new([7; 32]);
        let stale = tokens.for_user(Kind::Access, "admin", 0);
        assert!(tokens.verify(&stale, Kind::Access).is_none());
        let token = tokens.for_user(Kind::Access, "admin", 60);
        tokens.expire_access();
        assert!(tokens.verify(&token, Kind::Access).is_none());
    }

    #[test]
    fn a_room_token_carries_its_room_and_rights() {
        let tokens = Tokens::new([7; 32]);
        let (rights, metadata) = (Rights::SPEAKER, Value::Null);
        let token = tokens.for_room(&RoomClaims { room_id: "room-1", rights, metadata }, 60);
        let claims = tokens.verify(&token, Kind::Room).unwrap();
        assert_eq!((claims.room().as_str(), claims.rights()), ("room-1", rights));
    }

    #[test]
    fn no_two_tokens_are_the_same() {
        let tokens = Tokens::new([7; 32]);
        let issue = || tokens.for_user(Kind::Refresh, "admin", 60);
        assert_ne!(issue(), issue());
    }

    #[test]
    fn secrets_differ_by_purpose_and_id() {
        let tokens = Tokens::new([7; 32]);
        let secret = tokens.secret("public", "a");
        assert_eq!(secret.len(), 10);
        assert_eq!(secret, tokens.secret("public", "a"));
        assert_ne!(secret, tokens.secret("private", "a"));
        assert_ne!(secret, tokens.secret("public", "b"));
    }
}
