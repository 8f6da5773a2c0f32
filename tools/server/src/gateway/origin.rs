//! Origins, as browsers name them: scheme, host and port. Media origins may stand for every subdomain.

use std::fmt;

use axum::http::Uri;

/// Such as `https://app.example.org`, `http://localhost:7080` or `https://*.s3.example.com`; in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    is_secure: bool,
    /// Host and, when it is not the scheme's own, port.
    host: String,
}

impl Origin {
    /// One origin.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.to_ascii_lowercase();
        let (scheme, rest) = text.split_once("://")?;
        let (is_secure, default_port) = match scheme {
            "http" => (false, ":80"),
            "https" => (true, ":443"),
            _ => return None,
        };
        let uri: Uri = text.parse().ok()?;
        let is_bare = uri.authority()?.as_str() == rest && !rest.contains(['@', '*']);
        let host = rest.strip_suffix(default_port).unwrap_or(rest);
        is_bare.then(|| Self { is_secure, host: host.to_owned() })
    }

    /// One origin, or with `*.` before the host those of all its subdomains.
    pub fn parse_pattern(text: &str) -> Option<Self> {
        let Some((scheme, host)) = text.split_once("://*.") else {
            return Self::parse(text);
        };
        let it = Self::parse(&format!("{scheme}://{host}"))?;
        Some(Self { host: format!("*.{}", it.host), ..it })
    }

    pub fn is_secure(&self) -> bool {
        self.is_secure
    }

    /// Whether browsers take it for this machine, where cookies marked `Secure` need no https.
    pub fn is_loopback(&self) -> bool {
        let host = self.host.rsplit_once(':').map_or(self.host.as_str(), |(host, _)| host);
        matches!(host, "localhost" | "127.0.0.1" | "[::1]") || self.host == "[::1]"
    }

    /// Whether this URL is below the origin, or below one of those that it stands for.
    pub fn covers(&self, url: &str) -> bool {
        let Some(it) = of_url(url) else { return false };
        let is_host = match self.host.strip_prefix('*') {
            Some(domain) => it.host.len() > domain.len() && it.host.ends_with(domain),
            None => it.host == self.host,
        };
        is_host && it.is_secure == self.is_secure
    }
}

/// The origin of an absolute http(s) URL without user and password.
fn of_url(url: &str) -> Option<Origin> {
    let (scheme, rest) = url.split_once("://")?;
    // Browsers read a backslash as a slash.
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    Origin::parse(&format!("{scheme}://{authority}"))
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.is_secure { "https" } else { "http" };
        write!(f, "{scheme}://{}", self.host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_origins_and_nothing_else() {
        for (text, read) in [
            ("https://App.Example.org", "https://app.example.org"),
            ("https://app.example.org:443", "https://app.example.org"),
            ("http://localhost:7080", "http://localhost:7080"),
            ("http://[::1]:80", "http://[::1]"),
        ] {
            assert_eq!(Origin::parse(text).unwrap().to_string(), read);
        }
        for text in [
            "",
            "null",
            "app.example.org",
            "https://",
            "https://a/",
            "https://a/b",
            "https://a?b",
            "ftp://a",
            "https://u@a",
            "https://*.a.org",
            "https://a b",
            "https://a#b",
            "file://",
        ] {
            assert_eq!(Origin::parse(text), None, "{text}");
        }
    }

    #[test]
    fn covers_its_own_urls_only() {
        let one = Origin::parse_pattern("https://s3.example.com").unwrap();
        let many = Origin::parse_pattern("https://*.example.com").unwrap();
        let seen = |url: &str| (one.covers(url), many.covers(url));
        assert_eq!(seen("https://s3.example.com/film?X-Amz-Signature=1"), (true, true));
        assert_eq!(seen("https://S3.example.com:443"), (true, true));
        assert_eq!(seen("https://a.b.example.com/"), (false, true));
        for url in [
            "http://s3.example.com/",
            "https://example.com/",
            "https://.example.com/",
            "https://s3.example.com.evil/",
            "https://evil/s3.example.com/",
            "https://evil\\.s3.example.com/",
            "https://s3.example.com@evil/",
            "https://s3.example.com:444/",
            "//s3.example.com/",
            "javascript:alert(1)",
        ] {
            assert_eq!(seen(url), (false, false), "{url}");
        }
    }

    #[test]
    fn knows_this_machine() {
        for (text, local) in [
            ("http://localhost:1", true),
            ("http://[::1]:1", true),
            ("http://[::1]", true),
            ("http://a:1", false),
        ] {
            assert_eq!(Origin::parse(text).unwrap().is_loopback(), local, "{text}");
        }
    }
}
