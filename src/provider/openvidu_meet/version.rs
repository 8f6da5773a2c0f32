//! The generations of OpenVidu Meet, and where they differ (`openvidu-meet-api.md` §1D).

/// A generation of the server, oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// 2025-03-17.
    A,
    /// 3.0.0-beta3.
    B,
    V34,
    V341,
    V35,
    /// 3.6 and 3.7.
    V37,
    V38,
    /// 3.9-dev.
    V39,
}

impl Version {
    const NAMES: [(Self, &str); 9] = [
        (Self::A, "a"),
        (Self::B, "b"),
        (Self::V34, "3.4"),
        (Self::V341, "3.4.1"),
        (Self::V35, "3.5"),
        (Self::V37, "3.6"),
        (Self::V37, "3.7"),
        (Self::V38, "3.8"),
        (Self::V39, "3.9"),
    ];

    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, it)| *it == name).map(|(version, _)| *version)
    }

    /// Where the API for programs is.
    pub(super) fn api(self) -> &'static str {
        match self {
            Self::B | Self::V34 | Self::V341 | Self::V35 => "/api/v1",
            Self::A | Self::V37 | Self::V38 | Self::V39 => "/meet/api/v1",
        }
    }

    /// Where the API for the server's own pages is.
    pub(super) fn internal(self) -> &'static str {
        match self {
            Self::A => "/meet/api/v1",
            Self::B | Self::V34 | Self::V341 | Self::V35 => "/internal-api/v1",
            Self::V37 | Self::V38 | Self::V39 => "/meet/internal-api/v1",
        }
    }

    pub(super) fn auth(self) -> &'static str {
        if self == Self::A { "/auth/admin" } else { "/auth" }
    }

    pub(super) fn user_key(self) -> &'static str {
        if self >= Self::V38 { "userId" } else { "username" }
    }

    pub(super) fn who(self) -> &'static str {
        match self {
            Self::A => "/auth/admin/verify",
            Self::V38 | Self::V39 => "/users/me",
            _ => "/users/profile",
        }
    }

    /// Where people change their password; the first generation has one from its configuration.
    pub(in crate::provider) fn change_password(self) -> Option<String> {
        (self > Self::A).then(|| format!("{}/users/change-password", self.internal()))
    }

    /// The name of a share secret in a URL.
    pub(super) fn secret_key(self) -> &'static str {
        if self >= Self::V38 { "recordingSecret" } else { "secret" }
    }

    /// Lists come in pages, can be limited to a room, and recordings have links, ZIPs and a bulk report.
    pub(super) fn has_pages(self) -> bool {
        self > Self::A
    }

    /// Lists can be ordered, and limited by status and room name.
    pub(super) fn has_sort(self) -> bool {
        self >= Self::V35
    }

    /// Names are compared as the caller says; before, they were regular expressions.
    pub(super) fn has_match_modes(self) -> bool {
        self >= Self::V38
    }

    /// Sending tokens as headers is known; before, cookies were all.
    pub(super) fn has_headers(self) -> bool {
        self >= Self::V341
    }

    /// Downloading has a route, and a right, of its own.
    pub(super) fn has_download(self) -> bool {
        self >= Self::V39
    }

    /// The header and the query parameter that show a token for one room.
    pub(super) fn room_token(self) -> (&'static str, &'static str) {
        if self >= Self::V35 {
            ("x-room-member-token", "roomMemberToken")
        } else {
            ("x-recording-token", "recordingToken")
        }
    }
}
