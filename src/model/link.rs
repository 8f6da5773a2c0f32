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

/// What a server says of a file when asked for one byte of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaHead {
    /// Bytes; from another origin a browser may not say.
    pub size: Option<u64>,
    /// It sends parts of the file when asked for parts.
    pub has_ranges: bool,
}

impl Link {
    pub fn below(target: String) -> Self {
        Self { address: Address::Below(target), expires_at: None }
    }
}
