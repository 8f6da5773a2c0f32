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
}

impl InvalidServerUrl {
    pub fn explain(self) -> &'static str {
        match self {
            Self::NotAUrl => "not a web address",
            Self::Scheme => "must begin with http:// or https://",
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
        if !url.username().is_empty() || !url.password().is_empty() {
            return Err(InvalidServerUrl::Credentials);
        }
        let path = url.pathname();
        Ok(Self(format!("{}{}", url.origin(), path.trim_end_matches('/'))))
    }

    /// `target` is a percent-encoded path and query with a leading slash.
    pub(super) fn join(&self, target: &str) -> String {
        format!("{}{target}", self.0)
    }
}
