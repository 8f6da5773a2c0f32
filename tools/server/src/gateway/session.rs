//! The session cookie: it names a user until a time, and is signed. Nothing else is kept, so any instance with the same
//! key accepts it. The signature covers the user's password hash as well: a new password ends the old sessions.

use std::time::{SystemTime, UNIX_EPOCH};

use axum::http::{HeaderMap, HeaderValue, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::Mac;

use super::config::{SessionConfig, User};
use super::sign::keyed;

const COOKIE: &str = "MeetGatewaySession";

/// What a good cookie says.
#[derive(Debug, PartialEq, Eq)]
pub struct Session {
    pub user: String,
    /// Seconds since 1970.
    expires: u64,
}

/// Seconds since 1970.
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs())
}

/// A `Set-Cookie` that signs `name` in from `now` on.
pub fn start(config: &SessionConfig, name: &str, user: &User, now: u64) -> HeaderValue {
    let life = config.life.as_secs();
    let payload = format!("{}.{name}", now.saturating_add(life));
    let signature = mac(config, &payload, user).finalize().into_bytes();
    let value =
        format!("{}.{}", URL_SAFE_NO_PAD.encode(payload), URL_SAFE_NO_PAD.encode(signature));
    set_cookie(config, &value, life)
}

/// A `Set-Cookie` that takes the session away from the browser.
pub fn end(config: &SessionConfig) -> HeaderValue {
    set_cookie(config, "", 0)
}

/// The session of a request. A browser may send several cookies of the name: the first good one counts.
pub fn of<'a>(
    config: &SessionConfig,
    headers: &HeaderMap,
    user: impl Fn(&str) -> Option<&'a User>,
    now: u64,
) -> Option<Session> {
    let headers = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = headers.flat_map(|header| header.split(';'));
    let mut values = pairs.filter_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='));
    values.find_map(|value| verify(config, value, &user, now))
}

/// Whether more than half of its life is over, so that it should be started again.
pub fn is_due(config: &SessionConfig, session: &Session, now: u64) -> bool {
    session.expires.saturating_sub(now) < config.life.as_secs() / 2
}

fn verify<'a>(
    config: &SessionConfig,
    value: &str,
    user: impl Fn(&str) -> Option<&'a User>,
    now: u64,
) -> Option<Session> {
    let (payload, signature) = value.split_once('.')?;
    let payload = String::from_utf8(URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    let (expires, name) = payload.split_once('.')?;
    mac(config, &payload, user(name)?).verify_slice(&signature).ok()?;
    let expires = expires.parse().ok()?;
    (expires > now).then(|| Session { user: name.to_owned(), expires })
}

fn mac(config: &SessionConfig, payload: &str, user: &User) -> impl Mac {
    let mut mac = keyed(&config.key);
    mac.update(payload.as_bytes());
    // No name contains it: they have no control characters.
    mac.update(b"\0");
    mac.update(user.password.as_deref().unwrap_or_default().as_bytes());
    mac
}

fn set_cookie(config: &SessionConfig, value: &str, max_age: u64) -> HeaderValue {
    let secure = if config.secure { "; Secure" } else { "" };
    let text = format!(
        "{COOKIE}={value}; Max-Age={max_age}; Path=/gateway; HttpOnly; SameSite=Lax{secure}"
    );
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use super::*;

    fn config(key: u8) -> SessionConfig {
        SessionConfig { key: vec![key; 32], life: Duration::from_secs(100), secure: true }
    }

    fn user(password: &str) -> User {
        User { password: Some(password.to_owned()), grants: BTreeMap::new() }
    }

    /// The headers of a browser that got this `Set-Cookie`.
    fn sent(set_cookie: &HeaderValue) -> HeaderMap {
        let pair = set_cookie.to_str().unwrap().split(';').next().unwrap();
        HeaderMap::from_iter([(header::COOKIE, pair.parse().unwrap())])
    }

    fn name_in(config: &SessionConfig, headers: &HeaderMap, now: u64) -> Option<String> {
        let anna = user("hash");
        let find = |name: &str| (name == "anna").then_some(&anna);
        of(config, headers, find, now).map(|session| session.user)
    }

    #[test]
    fn a_session_lasts_as_long_as_configured_and_is_due_after_half_of_it() {
        let config = config(1);
        let cookie = start(&config, "anna", &user("hash"), 1000);
        assert!(
            cookie
                .to_str()
                .unwrap()
                .ends_with("; Max-Age=100; Path=/gateway; HttpOnly; SameSite=Lax; Secure")
        );
        let headers = sent(&cookie);
        assert_eq!(name_in(&config, &headers, 1099).as_deref(), Some("anna"));
        assert_eq!(name_in(&config, &headers, 1100), None);
        let session = Session { user: "anna".to_owned(), expires: 1100 };
        assert!(!is_due(&config, &session, 1050));
        assert!(is_due(&config, &session, 1051));
    }

    #[test]
    fn only_what_this_key_signed_for_a_present_user_and_password_counts() {
        let mine = config(1);
        let sign = |name: &str, password: &str| sent(&start(&mine, name, &user(password), 1000));
        assert!(name_in(&mine, &sign("anna", "hash"), 1000).is_some());
        assert_eq!(name_in(&config(2), &sign("anna", "hash"), 1000), None);
        assert_eq!(name_in(&mine, &sign("bert", "hash"), 1000), None);
        assert_eq!(name_in(&mine, &sign("anna", "other hash"), 1000), None);
        assert_eq!(name_in(&mine, &sent(&end(&mine)), 1000), None);
    }

    #[test]
    fn every_changed_character_is_noticed() {
        let config = config(1);
        let headers = sent(&start(&config, "anna", &user("hash"), 1000));
        let cookie = headers[header::COOKIE].to_str().unwrap();
        let value_start = COOKIE.len() + 1;
        for at in value_start..cookie.len() {
            let mut forged = cookie.as_bytes().to_vec();
            forged[at] = if forged[at] == b'A' { b'B' } else { b'A' };
            let forged = HeaderValue::from_bytes(&forged).unwrap();
            let headers = HeaderMap::from_iter([(header::COOKIE, forged)]);
            assert_eq!(name_in(&config, &headers, 1000), None, "{at}");
        }
    }

    #[test]
    fn a_bad_cookie_before_a_good_one_does_no_harm() {
        let config = config(1);
        let good = sent(&start(&config, "anna", &user("hash"), 1000));
        let good = good[header::COOKIE].to_str().unwrap();
        let both = format!("{COOKIE}=planted.by.neighbour; x=y; {good}");
        let headers = HeaderMap::from_iter([(header::COOKIE, both.parse().unwrap())]);
        assert_eq!(name_in(&config, &headers, 1000).as_deref(), Some("anna"));
    }
}
