//! What a server can do, as data: a control whose flag is off is not rendered.

/// Declared by each dialect; see `provider`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    pub delete: bool,
    /// Several recordings in one ZIP made by the server.
    pub zip: bool,
    pub share: bool,
    /// Share links that only signed-in users can open.
    pub private_share: bool,
    /// The list can be limited to one room by the server.
    pub filter_room: bool,
}
