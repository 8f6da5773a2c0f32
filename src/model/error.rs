//! How a conversation with a server can fail, told apart by what the user can do about it.
//! The words are in `i18n`.

/// One thing the server did not accept (HTTP 422 `details`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    pub field: String,
    pub message: String,
}

/// An answer that is not what the API promises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unexpected {
    /// A web page where JSON was due: a login page, a proxy's error page, or the wrong address.
    Html,
    Empty,
    /// The API is not where it should be: another kind or version of server, or a wrong address.
    NoApi,
    /// Not JSON, or JSON cut short.
    NotJson,
    /// JSON without the part that was asked for, which is named.
    Missing(&'static str),
    /// More than this many bytes.
    TooLarge(usize),
    /// Neither WebVTT nor SubRip.
    NotCaptions,
    /// A text where a recording was due.
    NotMedia,
    /// The whole file where a part was asked for.
    NoRanges,
    /// Another file than the one that was begun.
    Changed,
    /// A link that is not http(s); never followed.
    UnsafeLink,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// No session, and none to be had by refreshing.
    SignedOut,
    /// User or password not accepted.
    BadCredentials,
    /// Signed in, but the browser did not keep or send the cookie.
    CookieRefused,
    Forbidden,
    NotFound,
    /// The state of the thing forbids it, for example a recording still in progress.
    Conflict(String),
    /// A share link whose secret the server does not know.
    BadSecret,
    Invalid(Vec<FieldError>),
    /// Too many requests; the server may say how many seconds to wait.
    RateLimited {
        retry_after: Option<u32>,
    },
    /// The browser has no network.
    Offline,
    /// The server is there, but the browser keeps its answers from this page: the server does not
    /// allow this page's origin (CORS).
    Blocked,
    /// No answer: the server is down, the address is wrong, or the network is.
    Unreachable,
    /// The answer broke off.
    Interrupted,
    /// No complete answer within the limit.
    TimedOut,
    /// The file is not with the server but in a store of its owner's, which gives no links.
    NotHosted,
    /// The server has no such function.
    Unsupported,
    /// Status 5xx, or another status that no rule covers, with the server's words if it had any.
    Server {
        status: u16,
        message: String,
    },
    Unexpected(Unexpected),
}
