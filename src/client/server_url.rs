//! Where the server is. The only place that makes absolute URLs.

use web_sys::Url;

/// An http(s) origin and base path, without a trailing slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerUrl(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidServerUrl {
    NotAUrl,
    /// Something other than http and https, for example `javascript:`.
    Scheme,
    /// User and password in the address would end up in logs.
    Credentials,
    /// A page that came by https may not speak http, which anybody on the way can read.
    Insecure,
}

/// Where a gateway's own sign-in is, and the name of one of its systems.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatewayUrl {
    pub(super) base: ServerUrl,
    pub(super) system: String,
}

impl InvalidServerUrl {
    /// For whoever sets up a page; in English, as all that is said of attributes and settings.
    pub fn explain(self) -> &'static str {
        match self {
            Self::NotAUrl => "not a web address",
            Self::Scheme => "must begin with http:// or https://",
            Self::Insecure => "must begin with https://, because this page does",
            Self::Credentials => "must not contain a user or a password",
        }
    }
}

impl ServerUrl {
    /// Reads an address, absolute or relative to `base`. Query and fragment are dropped.
    pub fn parse(text: &str, base: &str) -> Result<Self, InvalidServerUrl> {
        let url = Url::new_with_base(text, base).map_err(|_| InvalidServerUrl::NotAUrl)?;
        if !matches!(url.protocol().as_str(), "http:" | "https:") {
            return Err(InvalidServerUrl::Scheme);
        }
        let is_local = matches!(url.hostname().as_str(), "localhost" | "127.0.0.1" | "[::1]");
        if url.protocol() == "http:" && base.starts_with("https:") && !is_local {
            return Err(InvalidServerUrl::Insecure);
        }
        if !url.username().is_empty() || !url.password().is_empty() {
            return Err(InvalidServerUrl::Credentials);
        }
        let path = url.pathname();
        Ok(Self(format!("{}{}", url.origin(), path.trim_end_matches('/'))))
    }

    /// The gateway that this is a system of; `None` for an address that does not end in
    /// `/gateway/{system}`.
    pub fn gateway(&self) -> Option<GatewayUrl> {
        let (base, system) = self.0.rsplit_once('/')?;
        let is_gateway = base.ends_with("/gateway") && !system.is_empty();
        is_gateway.then(|| GatewayUrl { base: Self(base.to_owned()), system: system.to_owned() })
    }

    /// Without the base path of OpenVidu Meet, which its dialects know: it is what people see in the
    /// address bar of such a server.
    pub(super) fn without_meet(self) -> Self {
        match self.0.strip_suffix("/meet") {
            Some(base) => Self(base.to_owned()),
            None => self,
        }
    }

    /// An http(s) address that may be relative to the server.
    pub(super) fn resolve(&self, url: &str) -> Option<String> {
        let url = Url::new_with_base(url, &format!("{}/", self.0)).ok()?;
        matches!(url.protocol().as_str(), "http:" | "https:").then(|| url.href())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// `target` is a percent-encoded path and query with a leading slash.
    pub(super) fn join(&self, target: &str) -> String {
        format!("{}{target}", self.0)
    }
}
