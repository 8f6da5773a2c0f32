//! Against requests that another site makes a browser send (CSRF), and for knowing who really asks behind proxies.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, Method, header};
use ipnet::IpNet;

use super::config::GatewayConfig;
use super::origin::Origin;
use super::refusal::Refusal;

/// No page can send it to another origin without being allowed to.
const CUSTOM_HEADER: &str = "x-requested-with";

/// Unsafe requests need the custom header, and an origin, when they tell one, that is the gateway's or allowed.
pub fn check_unsafe(
    config: &GatewayConfig,
    peer: SocketAddr,
    method: &Method,
    headers: &HeaderMap,
) -> Result<(), Refusal> {
    if method == Method::GET || method == Method::HEAD {
        return Ok(());
    }
    if !headers.contains_key(CUSTOM_HEADER) {
        return Err(Refusal::forbidden(format!("The header {CUSTOM_HEADER} is missing")));
    }
    for origin in headers.get_all(header::ORIGIN) {
        let origin = origin.to_str().ok().and_then(Origin::parse);
        if !origin.is_some_and(|origin| is_allowed(config, peer, headers, &origin)) {
            return Err(Refusal::forbidden("This origin may not change anything here"));
        }
    }
    Ok(())
}

fn is_allowed(
    config: &GatewayConfig,
    peer: SocketAddr,
    headers: &HeaderMap,
    origin: &Origin,
) -> bool {
    if config.allowed_origins.contains(origin) {
        return true;
    }
    // Cookies marked `Secure` come by https only, so a page that came without it is not the gateway's.
    if config.session.secure && !origin.is_secure() && !origin.is_loopback() {
        return false;
    }
    let forwarded = match contains(&config.trusted_proxies, peer.ip()) {
        true => headers.get("x-forwarded-host"),
        false => None,
    };
    let host = forwarded.or_else(|| headers.get(header::HOST)).and_then(|host| host.to_str().ok());
    host.is_some_and(|host| is_host(host, origin))
}

/// Whether a `Host` header, with or without the scheme's own port, is that of the origin.
fn is_host(host: &str, origin: &Origin) -> bool {
    let scheme = if origin.is_secure() { "https" } else { "http" };
    Origin::parse(&format!("{scheme}://{host}")).is_some_and(|it| it == *origin)
}

/// Who asks: the peer, or whom trusted proxies say that they ask for.
pub fn client_address(config: &GatewayConfig, peer: SocketAddr, headers: &HeaderMap) -> IpAddr {
    let mut client = peer.ip().to_canonical();
    let lists = headers.get_all("x-forwarded-for").iter().filter_map(|list| list.to_str().ok());
    let hops: Vec<&str> = lists.flat_map(|list| list.split(',')).map(str::trim).collect();
    // Each proxy adds the address that it was asked from at the end.
    for hop in hops.into_iter().rev() {
        if !contains(&config.trusted_proxies, client) {
            break;
        }
        let Ok(address) = hop.parse::<IpAddr>() else { break };
        client = address.to_canonical();
    }
    client
}

pub fn contains(networks: &[IpNet], address: IpAddr) -> bool {
    networks.iter().any(|network| network.contains(&address.to_canonical()))
}
