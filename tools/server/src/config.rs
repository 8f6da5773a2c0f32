//! What a server can be told before it starts. Every default is the real server's own default.

use std::path::PathBuf;

use crate::auth::AuthMode;

/// Which generation of OpenVidu Meet to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// 3.0.0-beta3 of 2025-08-27: upper-case statuses, `preferences`, 204 for a complete bulk deletion.
    #[default]
    B,
    /// 3.4.0 of 2025-10-03: lower-case statuses, `config`, deletion policies of rooms.
    V34,
}

/// How a server behaves; `Config::default()` is what `meet-recordings-server` without options is.
#[derive(Clone, Debug)]
pub struct Config {
    pub dialect: Dialect,
    /// Recordings beside the 64 of the sample.
    pub recordings: usize,
    /// Directory of the built app, served at `/`.
    pub app: Option<PathBuf>,
    /// Serve `/test-hooks/…`. [`crate::Hooks`] works in process either way.
    pub test_hooks: bool,
    /// The key that `x-api-key` must equal; `None` answers as a server on which none was created.
    pub api_key: Option<String>,
    /// `SERVER_CORS_ORIGIN`: `*`, which lets no browser send credentials, or one origin.
    pub cors_origin: String,
    /// `MEET_COOKIE_SECURE`: mark the cookies `Secure`.
    pub secure_cookies: bool,
    /// Who must be signed in to get a recording token with a room secret.
    pub auth_mode: AuthMode,
    /// How fast recordings in progress advance: 1 is real time, 0 freezes them.
    pub clock_speed: f64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            dialect: Dialect::B,
            recordings: 0,
            app: None,
            test_hooks: false,
            api_key: Some("meet-api-key".to_owned()),
            cors_origin: "*".to_owned(),
            secure_cookies: false,
            auth_mode: AuthMode::None,
            clock_speed: 1.0,
        }
    }
}
