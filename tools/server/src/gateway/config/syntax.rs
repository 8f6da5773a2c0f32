//! How single values are written: addresses, URLs, names, hashes. Each reader says what it expected.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use argon2::Params;
use argon2::password_hash::phc::PasswordHash;
use axum::http::HeaderValue;
use axum::http::Uri;
use axum::http::uri::Scheme;
use ipnet::IpNet;

use super::BaseUrl;

/// `localhost:7080` or an IP address with a port.
pub fn socket_address(text: &str) -> Result<SocketAddr, String> {
    let local = text.strip_prefix("localhost:").and_then(|port| port.parse().ok());
    match local {
        Some(port) => Ok((Ipv4Addr::LOCALHOST, port).into()),
        None => text.parse().map_err(|_| {
            "expected an address with a port, such as \"localhost:7080\", \"0.0.0.0:7080\" or \"[::]:7080\""
                .to_owned()
        }),
    }
}

/// An address or a network such as `10.0.0.0/8`.
pub fn network(text: &str) -> Result<IpNet, String> {
    let address = text.parse::<IpAddr>().map(IpNet::from);
    address.or_else(|_| text.parse()).map_err(|_| {
        "expected an IP address or a network, such as \"127.0.0.1\" or \"10.0.0.0/8\"".to_owned()
    })
}

pub fn base_url(text: &str) -> Result<BaseUrl, String> {
    let expected = "expected an address such as \"https://meet.example.org\"";
    let uri: Uri = text.parse().map_err(|_| expected.to_owned())?;
    let parts = uri.into_parts();
    let scheme = parts.scheme.filter(|it| *it == Scheme::HTTP || *it == Scheme::HTTPS);
    let (Some(scheme), Some(authority)) = (scheme, parts.authority) else {
        return Err(expected.to_owned());
    };
    if authority.as_str().contains('@') {
        return Err("expected an address without user and password".to_owned());
    }
    let path = parts.path_and_query.as_ref();
    if path.is_some_and(|path| path.query().is_some()) || text.contains('#') {
        return Err("expected an address without `?` and `#`".to_owned());
    }
    let path = path.map_or("", |path| path.path()).trim_end_matches('/').to_owned();
    Ok(BaseUrl { scheme, authority, path })
}

/// The name of a system: a segment of paths that never needs escaping.
pub fn system_name(text: &str) -> Result<(), String> {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if text.is_empty() || !text.chars().all(is_plain) {
        return Err("a system's name has lower-case letters, digits, `-` and `_`".to_owned());
    }
    if text == "auth" {
        return Err("`auth` is taken: /gateway/auth/ is where users sign in".to_owned());
    }
    Ok(())
}

/// It is written to the log as it is.
pub fn user_name(text: &str) -> Result<(), String> {
    let is_odd = |c: char| c.is_control() || c.is_whitespace();
    if text.is_empty() || text.len() > 200 || text.contains(is_odd) {
        return Err("a user's name has 1 to 200 bytes and no white space".to_owned());
    }
    Ok(())
}

/// Anything that can be sent in a header.
pub fn header_secret(text: &str) -> Result<(), String> {
    if text.trim().is_empty() {
        return Err("expected a secret that is not empty".to_owned());
    }
    HeaderValue::from_str(text)
        .map(drop)
        .map_err(|_| "expected a secret of visible ASCII characters".to_owned())
}

pub fn password_hash(text: &str) -> Result<(), String> {
    let expected = "expected an argon2id hash as `meet-recordings-server hash-password` prints it";
    let hash = PasswordHash::new(text).map_err(|error| format!("{expected} ({error})"))?;
    let is_complete = hash.algorithm.as_str() == "argon2id" && hash.hash.is_some();
    if !is_complete || hash.salt.is_none() || Params::try_from(&hash).is_err() {
        return Err(expected.to_owned());
    }
    Ok(())
}
