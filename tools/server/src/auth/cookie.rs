//! The cookies: their names, paths, lifetimes and flags (`reference/openvidu-meet-api.md` §1A, §1B and §1B').

use axum::http::HeaderValue;

use crate::auth::token::Kind;
use crate::config::{Config, Dialect};

/// Seconds.
pub const HOURS_2: u64 = 2 * 60 * 60;
pub const DAY: u64 = 24 * 60 * 60;

pub fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Access => "OvMeetAccessToken",
        Kind::Refresh => "OvMeetRefreshToken",
        Kind::Room => "OvMeetRecordingToken",
    }
}

/// How long a token lives, in seconds.
pub fn lifetime(kind: Kind) -> u64 {
    if kind == Kind::Refresh { DAY } else { HOURS_2 }
}

/// The value of the cookie for `kind`; an empty one counts as missing.
pub fn read(headers: &[&str], kind: Kind) -> Option<String> {
    headers.iter().find_map(|header| {
        header.split(';').find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key == name(kind) && !value.is_empty()).then(|| value.to_owned())
        })
    })
}

/// A `Set-Cookie`; a `max_age` of 0 takes the cookie away.
pub fn set(config: &Config, kind: Kind, value: &str, max_age: u64) -> HeaderValue {
    let path = match (kind, config.dialect) {
        (Kind::Refresh, Dialect::A) => "/meet/api/v1/auth/admin",
        (Kind::Refresh, _) => "/internal-api/v1/auth",
        _ => "/",
    };
    let flags = match (config.dialect, config.secure_cookies) {
        // 3.4.1 made them work in other sites' frames.
        (Dialect::V341, _) => "HttpOnly; Secure; Partitioned; SameSite=None",
        (_, true) => "HttpOnly; Secure; SameSite=Strict",
        (_, false) => "HttpOnly; SameSite=Strict",
    };
    let text = format!("{}={value}; Max-Age={max_age}; Path={path}; {flags}", name(kind));
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_one_cookie_among_several() {
        let headers = ["theme=dark; OvMeetAccessToken=a.b.c", "OvMeetRecordingToken="];
        assert_eq!(read(&headers, Kind::Access).as_deref(), Some("a.b.c"));
        assert_eq!(read(&headers, Kind::Room), None);
        assert_eq!(read(&headers, Kind::Refresh), None);
    }

    #[test]
    fn the_refresh_cookie_stays_under_the_auth_path() {
        let set = |dialect| {
            let config = Config { dialect, secure_cookies: true, ..Config::default() };
            set(&config, Kind::Refresh, "t", DAY)
        };
        assert_eq!(
            set(Dialect::B),
            "OvMeetRefreshToken=t; Max-Age=86400; Path=/internal-api/v1/auth; HttpOnly; Secure; SameSite=Strict"
        );
        assert_eq!(
            set(Dialect::V341),
            "OvMeetRefreshToken=t; Max-Age=86400; Path=/internal-api/v1/auth; HttpOnly; Secure; Partitioned; SameSite=None"
        );
        assert!(set(Dialect::A).to_str().unwrap().contains("Path=/meet/api/v1/auth/admin;"));
    }
}
