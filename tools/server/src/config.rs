//! What a server can be told before it starts. Every default is the real server's own default.

use std::path::PathBuf;

use crate::auth::AuthMode;

/// Which server to be: a generation of OpenVidu Meet, oldest first, or another vendor's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dialect {
    /// OpenVidu Meet of 2025-03-17 (seed 001): `/meet/api/v1`, bare arrays, `/stream`.
    A,
    /// 3.0.0-beta3 of 2025-08-27: upper-case statuses, `preferences`, 204 for a complete bulk deletion.
    #[default]
    B,
    /// 3.4.0 of 2025-10-03: lower-case statuses, `config`, deletion policies of rooms.
    V34,
    /// 3.4.1: tokens in headers by default, in cookies by choice.
    V341,
    /// 3.5.0: headers only, room member tokens, sorting and filters.
    V35,
    /// 3.7: as 3.5, below `/meet`.
    V37,
    /// 3.8: user ids, `recordingSecret`, match modes, rate limits.
    V38,
    /// 3.9-dev: permissions one by one, `/download`.
    V39,
    PlugNmeet,
    Whereby,
    SuperViz,
}

impl Dialect {
    /// Each with its name on the command line.
    pub const ALL: [(Self, &str); 11] = [
        (Self::A, "a"),
        (Self::B, "b"),
        (Self::V34, "3.4"),
        (Self::V341, "3.4.1"),
        (Self::V35, "3.5"),
        (Self::V37, "3.7"),
        (Self::V38, "3.8"),
        (Self::V39, "3.9"),
        (Self::PlugNmeet, "plugnmeet"),
        (Self::Whereby, "whereby"),
        (Self::SuperViz, "superviz"),
    ];

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, it)| *it == name).map(|(dialect, _)| *dialect)
    }

    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(it, _)| *it == self).map_or("", |(_, name)| name)
    }

    pub fn is_openvidu_meet(self) -> bool {
        self <= Self::V39
    }

    /// Where an OpenVidu Meet server has its pages: `MEET_BASE_PATH`, which came with 3.6, and `/meet` in A.
    pub fn base_path(self) -> &'static str {
        if self == Self::A || self >= Self::V37 { "/meet" } else { "" }
    }
}

/// `authTransportMode`: how tokens travel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AuthTransport {
    #[default]
    Header,
    Cookie,
}

/// How a server behaves; `Config::default()` is what `meet-recordings-server` without options is.
#[derive(Clone, Debug)]
pub struct Config {
    pub dialect: Dialect,
    /// Recordings beside the 64 of the sample.
    pub recordings: usize,
    /// Rooms beside the 8 of the sample. OpenVidu Meet only.
    pub rooms: usize,
    /// Directory of the built app, served at `/`.
    pub app: Option<PathBuf>,
    /// Serve `/test-hooks/…`. [`crate::Hooks`] works in process either way.
    pub test_hooks: bool,
    /// The key that `x-api-key` must equal; `None` answers as a server on which none was created.
    pub api_key: Option<String>,
    /// `SERVER_CORS_ORIGIN`: none is `*`, which lets no browser send credentials. Of several, as a proxy in front of the real
    /// server allows them, a page gets its own.
    pub cors_origins: Vec<String>,
    /// `MEET_COOKIE_SECURE`: mark the cookies `Secure`.
    pub secure_cookies: bool,
    /// How tokens travel, which 3.4.1 alone lets its operator choose; see [`Config::transport`].
    pub auth_transport: AuthTransport,
    /// `MEET_REFRESH_TOKEN_ROTATION_ENABLED` of 3.9: a refresh token works once.
    pub refresh_rotation: bool,
    /// Who must be signed in to get a token for the recordings of a room with its secret, up to 3.7.
    pub auth_mode: AuthMode,
    /// Points that a Whereby organisation may spend in a minute: a read costs 1, a deletion 2, a write 3.
    pub whereby_points: u32,
    /// How fast recordings in progress advance: 1 is real time, 0 freezes them.
    pub clock_speed: f64,
}

impl Config {
    /// How tokens travel: in cookies up to 3.4.0, as configured in 3.4.1, in headers since.
    pub fn transport(&self) -> AuthTransport {
        match self.dialect {
            Dialect::A | Dialect::B | Dialect::V34 => AuthTransport::Cookie,
            Dialect::V341 => self.auth_transport,
            _ => AuthTransport::Header,
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            dialect: Dialect::B,
            recordings: 0,
            rooms: 0,
            app: None,
            test_hooks: false,
            api_key: Some("meet-api-key".to_owned()),
            cors_origins: Vec::new(),
            secure_cookies: false,
            auth_transport: AuthTransport::default(),
            refresh_rotation: true,
            auth_mode: AuthMode::None,
            whereby_points: 1000,
            clock_speed: 1.0,
        }
    }
}
