//! What a server can do, as data: a control whose flag is off is not rendered.

use super::SortKey;

/// Declared by each dialect; see `provider`. A gateway may take rights away from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    pub play: bool,
    pub download: bool,
    /// Rows say what state they are in. Where they do not, every row is a finished recording and
    /// `Status::Ready` is implied, not reported.
    pub status: bool,
    /// Rows say how long they are.
    pub duration: bool,
    /// Rows say how large they are.
    pub size: bool,
    pub delete: bool,
    /// How many recordings one request can delete; 1 where they go one by one.
    pub delete_batch: usize,
    /// Several recordings in one ZIP made by the server.
    pub zip: bool,
    /// Links that open a recording without an account.
    pub share: bool,
    /// Links that only signed-in users can open.
    pub private_share: bool,
    /// Title and description can be changed.
    pub edit: bool,
    /// Several recordings of a room can be made one.
    pub merge: bool,
    /// The server lists its rooms.
    pub rooms: bool,
    /// The list can be limited to one room by the server.
    pub filter_room: bool,
    /// By what the server can order the whole list, in both directions.
    pub sort: &'static [SortKey],
}

impl Capabilities {
    /// Whether there is anything to select rows for.
    pub fn has_bulk_work(&self) -> bool {
        self.zip || self.delete || self.merge
    }

    /// A list to look at: what every server can do.
    pub const NONE: Self = Self {
        play: false,
        download: false,
        status: false,
        duration: false,
        size: false,
        delete: false,
        delete_batch: 1,
        zip: false,
        share: false,
        private_share: false,
        edit: false,
        merge: false,
        rooms: false,
        filter_room: false,
        sort: &[],
    };
}
