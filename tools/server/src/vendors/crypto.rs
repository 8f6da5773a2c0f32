//! HMAC-SHA256 and the JSON Web Tokens made of it, with keys that are texts, and ids derived from texts.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Seconds by which the clocks of issuer and reader may differ, as in go-jose.
const LEEWAY: i64 = 60;

/// Why a token is refused. The texts are those of go-jose, which plugNmeet passes on to the caller.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    #[error("go-jose/go-jose: compact JWS format must have three parts")]
    Malformed,
    #[error("go-jose/go-jose: error in cryptographic primitive")]
    Signature,
    #[error("go-jose/go-jose/jwt: validation failed, invalid issuer claim (iss)")]
    Issuer,
    #[error("go-jose/go-jose/jwt: validation failed, token not valid yet (nbf)")]
    NotYetValid,
    #[error("go-jose/go-jose/jwt: validation failed, token is expired (exp)")]
    Expired,
}

/// The signature of `message` in lower-case hexadecimal digits.
pub fn signature(key: &str, message: &[u8]) -> String {
    hex(&mac(key, message).finalize().into_bytes())
}

/// A token with these claims.
pub fn sign_token(key: &str, claims: &Value) -> String {
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#);
    let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let signature = mac(key, signed.as_bytes()).finalize().into_bytes();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// The claims of a token that `issuer` signed and that is valid at `now`, in seconds since 1970.
pub fn read_token(key: &str, issuer: &str, token: &str, now: i64) -> Result<Value, TokenError> {
    let [header, payload, signature] = token.split('.').collect::<Vec<_>>()[..] else {
        return Err(TokenError::Malformed);
    };
    let decode = |part| URL_SAFE_NO_PAD.decode(part).map_err(|_| TokenError::Malformed);
    let signed = format!("{header}.{payload}");
    mac(key, signed.as_bytes())
        .verify_slice(&decode(signature)?)
        .map_err(|_| TokenError::Signature)?;
    let claims: Value =
        serde_json::from_slice(&decode(payload)?).map_err(|_| TokenError::Malformed)?;
    if claims["iss"] != issuer {
        return Err(TokenError::Issuer);
    }
    if claims["nbf"].as_i64().is_some_and(|nbf| now + LEEWAY < nbf) {
        return Err(TokenError::NotYetValid);
    }
    if claims["exp"].as_i64().is_some_and(|exp| now - LEEWAY > exp) {
        return Err(TokenError::Expired);
    }
    Ok(claims)
}

/// A UUID that is the same for the same text.
pub fn uuid(text: &str) -> String {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(text)[..16]);
    // Version 4, variant 1: what the vendors' ids are.
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = hex(&bytes);
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

fn mac(key: &str, message: &[u8]) -> Hmac<Sha256> {
    // HMAC fills keys up to one block and hashes longer ones; a block as the type rules out a wrong length.
    let mut block = [0; 64];
    match block.get_mut(..key.len()) {
        Some(start) => start.copy_from_slice(key.as_bytes()),
        None => block[..32].copy_from_slice(&Sha256::digest(key)),
    }
    let mut mac = Hmac::<Sha256>::new(&block.into());
    mac.update(message);
    mac
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn signatures_are_those_of_the_reference() {
        for (body, expected) in [
            (
                r#"{"room_id":"room01"}"#,
                "6f3e5f2e72561c657a4e9684fed6d02516478859322daa8e30906453cb47c67c",
            ),
            (
                r#"{"room_ids":["room01"],"from":0,"limit":20,"order_by":"DESC"}"#,
                "0b37051124b237644620c1662c4cb3c193a643b282ec42819e30d3b6c4c041c7",
            ),
            ("{}", "deaf105d300669ecb5f322fc1564ea75595b32bea172e36f338b5e7dad28f670"),
        ] {
            assert_eq!(signature("SECRET", body.as_bytes()), expected, "{body}");
        }
    }

    #[test]
    fn long_keys_are_hashed() {
        // Computed with Python's hmac.
        let expected = "76f0801bdbc0ff29214ffdd6edce36467d4142a842d91a011c59c66d12693db0";
        assert_eq!(signature(&"a".repeat(131), b"x"), expected);
    }

    #[test]
    fn tokens_are_refused_for_their_first_fault() {
        let claims = json!({ "iss": "key", "nbf": 1000, "exp": 2000, "sub": "a/b.mp4" });
        let token = sign_token("secret", &claims);
        let read = |token: &str, now| read_token("secret", "key", token, now);
        assert_eq!(read(&token, 1500).unwrap(), claims);
        assert_eq!((read(&token, 940), read(&token, 2060)), (Ok(claims.clone()), Ok(claims)));
        assert_eq!(read(&token, 939), Err(TokenError::NotYetValid));
        assert_eq!(read(&token, 2061), Err(TokenError::Expired));
        assert_eq!(read("a.b", 1500), Err(TokenError::Malformed));
        assert_eq!(read_token("other", "key", &token, 1500), Err(TokenError::Signature));
        assert_eq!(read_token("secret", "other", &token, 1500), Err(TokenError::Issuer));
    }

    proptest! {
        #[test]
        fn no_text_is_a_token(token in "[-_.a-zA-Z0-9]{0,80}") {
            prop_assert!(read_token("secret", "key", &token, 0).is_err());
        }

        #[test]
        fn uuids_have_their_form(text in ".*") {
            let uuid = uuid(&text);
            prop_assert_eq!(uuid.len(), 36);
            prop_assert_eq!(uuid.as_bytes()[14], b'4');
            prop_assert!(matches!(uuid.as_bytes()[19], b'8' | b'9' | b'a' | b'b'));
        }
    }
}
