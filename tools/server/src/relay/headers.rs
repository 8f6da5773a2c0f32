//! The headers of what is relayed: everything but what is between two neighbours only, and with what the meeting server could
//! not know otherwise.

use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use super::cookies::set_here;
use crate::gateway::Origin;

/// Between two neighbours only (RFC 9110 §7.6.1), beside those that `Connection` names.
const HOP_BY_HOP: [&str; 9] = [
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// How a browser's request came.
pub struct Way {
    /// Everybody that it came through.
    clients: Option<HeaderValue>,
    /// What the browser calls this host, and how it speaks to it.
    host: Option<HeaderValue>,
    scheme: HeaderValue,
}

impl Way {
    /// Only a proxy on this machine is believed where the request comes from, and how.
    pub fn new(headers: &HeaderMap, peer: Option<IpAddr>) -> Self {
        let is_near = peer.is_some_and(|peer| peer.to_canonical().is_loopback());
        let said = |name: &HeaderName| headers.get(name).filter(|_| is_near);
        let before = said(&FORWARDED_FOR).and_then(|it| it.to_str().ok());
        let clients = match (before, peer) {
            (before, None) => before.map(str::to_owned),
            (None, Some(peer)) => Some(peer.to_canonical().to_string()),
            (Some(before), Some(peer)) => Some(format!("{before}, {}", peer.to_canonical())),
        };
        Self {
            clients: clients.and_then(|it| it.try_into().ok()),
            host: said(&FORWARDED_HOST).or(headers.get(header::HOST)).cloned(),
            scheme: said(&FORWARDED_PROTO).cloned().unwrap_or(HeaderValue::from_static("http")),
        }
    }

    /// For the meeting server, which is told its own `Host` by the client.
    pub fn there(&self, headers: &HeaderMap) -> HeaderMap {
        let mut passed = end_to_end(headers);
        for name in [header::HOST, header::FORWARDED, FORWARDED_FOR, FORWARDED_HOST] {
            passed.remove(name);
        }
        // The whole body is there, so it is told how long it is.
        passed.remove(header::CONTENT_LENGTH);
        passed.remove(header::EXPECT);
        passed.extend(self.clients.clone().map(|it| (FORWARDED_FOR, it)));
        passed.extend(self.host.clone().map(|it| (FORWARDED_HOST, it)));
        passed.insert(FORWARDED_PROTO, self.scheme.clone());
        passed
    }

    /// For the browser: as if this were the meeting server.
    pub fn back(&self, headers: &HeaderMap, upstream: &Origin) -> HeaderMap {
        let mut passed = end_to_end(headers);
        passed.remove(header::SET_COOKIE);
        let is_local = self.is_local();
        for cookie in headers.get_all(header::SET_COOKIE) {
            let cookie = std::str::from_utf8(cookie.as_bytes());
            let cookie =
                cookie.map(|it| HeaderValue::from_bytes(set_here(it, is_local).as_bytes()));
            if let Ok(Ok(cookie)) = cookie {
                passed.append(header::SET_COOKIE, cookie);
            }
        }
        let location = headers.get(header::LOCATION).and_then(|it| it.to_str().ok());
        let path = location.and_then(|it| it.strip_prefix(&upstream.to_string()));
        if let Some(Ok(path)) = path.filter(|it| it.starts_with('/')).map(HeaderValue::from_str) {
            passed.insert(header::LOCATION, path);
        }
        passed
    }

    /// Whether the browser is at `http://localhost`.
    fn is_local(&self) -> bool {
        let host = self.host.as_ref().and_then(|host| host.to_str().ok()).unwrap_or_default();
        let origin = Origin::parse(&format!("http://{host}"));
        self.scheme == "http" && origin.is_some_and(|it| it.is_loopback())
    }
}

fn end_to_end(headers: &HeaderMap) -> HeaderMap {
    let mut passed = headers.clone();
    let named = headers.get_all(header::CONNECTION).iter().filter_map(|it| it.to_str().ok());
    for name in named.flat_map(|it| it.split(',')).map(str::trim).chain(HOP_BY_HOP) {
        passed.remove(name);
    }
    passed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        pairs.iter().map(pair).collect()
    }

    fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
        headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[test]
    fn what_neighbours_say_to_each_other_stays_between_them() {
        let said = headers(&[
            ("connection", "close, X-Private"),
            ("keep-alive", "timeout=5"),
            ("te", "trailers"),
            ("upgrade", "websocket"),
            ("x-private", "1"),
            ("range", "bytes=0-1"),
            ("x-field", "2"),
        ]);
        let passed = end_to_end(&said);
        let names: Vec<&str> = passed.keys().map(|it| it.as_str()).collect();
        assert_eq!(names, ["range", "x-field"]);
    }

    #[test]
    fn only_a_near_proxy_is_believed() {
        let said = headers(&[
            ("host", "app.example.com"),
            ("x-forwarded-for", "192.0.2.1"),
            ("x-forwarded-host", "public.example.com"),
            ("x-forwarded-proto", "https"),
            ("forwarded", "for=192.0.2.1"),
        ]);
        let of = |peer: &str| Way::new(&said, Some(peer.parse().unwrap())).there(&said);
        let near = of("::ffff:127.0.0.1");
        assert_eq!(text(&near, "x-forwarded-for"), "192.0.2.1, 127.0.0.1");
        assert_eq!(text(&near, "x-forwarded-host"), "public.example.com");
        assert_eq!(text(&near, "x-forwarded-proto"), "https");
        let far = of("192.0.2.2");
        assert_eq!(text(&far, "x-forwarded-for"), "192.0.2.2");
        assert_eq!(text(&far, "x-forwarded-host"), "app.example.com");
        assert_eq!(text(&far, "x-forwarded-proto"), "http");
        assert_eq!((text(&far, "host"), text(&far, "forwarded")), ("", ""));
    }

    #[test]
    fn secure_goes_where_the_browser_has_no_https_and_is_on_this_machine() {
        let cookie = headers(&[("set-cookie", "a=b; Secure")]);
        let upstream = Origin::parse("https://meet.example.com").unwrap();
        for (host, scheme, kept) in [
            ("localhost:7080", "http", "a=b"),
            ("127.0.0.1:7080", "http", "a=b"),
            ("localhost", "https", "a=b; Secure"),
            ("app.example.com", "http", "a=b; Secure"),
        ] {
            let asked = headers(&[("host", host), ("x-forwarded-proto", scheme)]);
            let way = Way::new(&asked, Some(IpAddr::from([127, 0, 0, 1])));
            assert_eq!(text(&way.back(&cookie, &upstream), "set-cookie"), kept, "{host} {scheme}");
        }
    }

    #[test]
    fn redirections_to_the_meeting_server_lead_here() {
        let upstream = Origin::parse("https://meet.example.com").unwrap();
        let way = Way::new(&HeaderMap::new(), None);
        for (there, here) in [
            ("https://meet.example.com/meet/api/v1/x?y", "/meet/api/v1/x?y"),
            ("https://meet.example.com.evil/", "https://meet.example.com.evil/"),
            ("/meet/x", "/meet/x"),
        ] {
            let answer = headers(&[("location", there)]);
            assert_eq!(text(&way.back(&answer, &upstream), "location"), here);
        }
    }
}
