//! Page tokens for users of some rooms. What a meeting server gives to go on with often is the last row that it looked at,
//! which may be of another room; so they get it encrypted, and any instance with the same key can open it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::Mac;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use super::refusal::Refusal;
use super::sign::keyed;

/// Encrypts the page tokens of one system.
pub struct Seal {
    key: [u8; 32],
}

impl Seal {
    /// From the key of the sessions one that serves nothing else.
    pub fn new(session_key: &[u8], system: &str) -> Self {
        let mut mac = keyed(session_key);
        mac.update(b"page tokens\0");
        mac.update(system.as_bytes());
        Self { key: mac.finalize().into_bytes().into() }
    }

    /// # Errors
    /// When the system gives no random numbers.
    pub fn close(&self, token: &str, rooms: &str) -> Result<String, Refusal> {
        let failed = || Refusal::bad_gateway("The page token cannot be encrypted");
        let mut nonce = [0; NONCE_LEN];
        getrandom::fill(&mut nonce).map_err(|_| failed())?;
        let mut text = token.as_bytes().to_vec();
        self.cipher()
            .and_then(|cipher| {
                let nonce = Nonce::assume_unique_for_key(nonce);
                cipher.seal_in_place_append_tag(nonce, Aad::from(rooms), &mut text).ok()
            })
            .ok_or_else(failed)?;
        Ok(URL_SAFE_NO_PAD.encode([nonce.as_slice(), &text].concat()))
    }

    /// # Errors
    /// 422 for a token that was not made here, or for other rooms.
    pub fn open(&self, sealed: &str, rooms: &str) -> Result<String, Refusal> {
        let token = || {
            let sealed = URL_SAFE_NO_PAD.decode(sealed).ok()?;
            let (nonce, text) = sealed.split_first_chunk()?;
            let nonce = Nonce::assume_unique_for_key(*nonce);
            let mut text = text.to_vec();
            let token = self.cipher()?.open_in_place(nonce, Aad::from(rooms), &mut text).ok()?;
            String::from_utf8(token.to_vec()).ok()
        };
        token().ok_or_else(|| Refusal::invalid("Unknown page token"))
    }

    fn cipher(&self) -> Option<LessSafeKey> {
        Some(LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, &self.key).ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_what_it_closed_for_the_same_rooms_and_nothing_else() {
        let seal = Seal::new(&[1; 32], "school");
        let [one, other] = [0, 1].map(|_| seal.close("secret-room/EG_1", "math").unwrap());
        assert_ne!(one, other);
        assert_eq!(seal.open(&one, "math").unwrap(), "secret-room/EG_1");
        assert!(seal.open(&one, "physics").is_err());
        assert!(Seal::new(&[1; 32], "other").open(&one, "math").is_err());
        for forged in ["", "AAAA", "c2VjcmV0LXJvb20vRUdfMQ", &one[1..]] {
            assert!(seal.open(forged, "math").is_err(), "{forged}");
        }
    }
}
