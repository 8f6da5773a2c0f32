//! The cookies: their names, paths, lifetimes and flags (`reference/openvidu-meet-api.md` §1B).

use axum::http::HeaderValue;

pub const ACCESS: &str = "OvMeetAccessToken";
pub const REFRESH: &str = "OvMeetRefreshToken";
pub const RECORDING: &str = "OvMeetRecordingToken";

/// Seconds.
pub const HOURS_2: u64 = 2 * 60 * 60;
pub const DAY: u64 = 24 * 60 * 60;

/// The value of the cookie `name`; an empty one counts as missing.
pub fn read(headers: &[&str], name: &str) -> Option<String> {
    headers.iter().find_map(|header| {
        header.split(';').find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key == name && !value.is_empty()).then(|| value.to_owned())
        })
    })
}

/// A `Set-Cookie`; a `max_age` of 0 takes the cookie away.
pub fn set(name: &str, value: &str, max_age: u64, secure: bool) -> HeaderValue {
    let path = match name {
        REFRESH => "/internal-api/v1/auth",
        _ => "/",
    };
    let secure = if secure { "; Secure" } else { "" };
    let text = format!(
        "{name}={value}; Max-Age={max_age}; Path={path}; HttpOnly{secure}; SameSite=Strict"
    );
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_one_cookie_among_several() {
        let headers = ["theme=dark; OvMeetAccessToken=a.b.c", "OvMeetRecordingToken="];
        assert_eq!(read(&headers, ACCESS).as_deref(), Some("a.b.c"));
        assert_eq!(read(&headers, RECORDING), None);
        assert_eq!(read(&headers, REFRESH), None);
    }

    #[test]
    fn the_refresh_cookie_stays_under_the_auth_path() {
        assert_eq!(
            set(REFRESH, "t", DAY, true),
            "OvMeetRefreshToken=t; Max-Age=86400; Path=/internal-api/v1/auth; HttpOnly; Secure; SameSite=Strict"
        );
    }
}
