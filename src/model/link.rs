//! Addresses that a server gives out for the media of a recording, and what they are wanted for.

/// What media are wanted for: some servers have a route, a right or a name for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    Play,
    Download,
}

/// An address, and how long it works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub address: Address,
    /// Milliseconds since 1970, UTC; `None` when it does not end or the server does not say.
    pub expires_at: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// Path and query below the server's base URL, percent-encoded, with a leading slash.
    Below(String),
    /// http(s), anywhere.
    Absolute(String),
}

impl Link {
    pub fn below(target: String) -> Self {
        Self { address: Address::Below(target), expires_at: None }
    }
}
