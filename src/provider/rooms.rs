//! Rooms at a server: what to ask, and how to read what it answers. A trait of its own beside
//! [`Provider`](super::Provider), because the element lists no rooms and should not carry this.

use super::http::{Answer, Request};
use crate::model::{
    Cursor, DeletionPolicy, Error, Page, RecordingId, Room, RoomCapabilities, RoomField, RoomId,
    RoomReport, RoomSettings,
};

/// The rooms of one kind of server, sans-io as [`Provider`](super::Provider). What it does not do is
/// off in [`Self::capabilities`] and `None` here.
pub trait RoomProvider {
    fn capabilities(&self) -> RoomCapabilities;

    /// A page of the list, newest first where the server can.
    fn list(&self, cursor: Option<&Cursor>) -> Request;
    /// `cursor`: that of the page asked for. A list may be two of the server's, one after the other.
    fn read_list(&self, cursor: Option<&Cursor>, answer: &Answer) -> Result<Page<Room>, Error>;

    /// All there is to know of one room.
    fn get(&self, id: &RoomId) -> Request;
    fn read_get(&self, id: &RoomId, answer: &Answer) -> Result<Room, Error>;

    fn create(&self, _settings: &RoomSettings) -> Option<Request> {
        None
    }
    fn read_created(&self, _answer: &Answer) -> Result<Room, Error> {
        Err(Error::Unsupported)
    }

    /// What makes `after` of `before`, one request for each part that the server changes by itself;
    /// nothing when nothing has changed. Each answer is read by [`Self::read_done`].
    fn update(&self, _id: &RoomId, _before: &RoomSettings, _after: &RoomSettings) -> Vec<Request> {
        Vec::new()
    }

    /// Closes the room, or opens it again.
    fn set_open(&self, _id: &RoomId, _is_open: bool) -> Option<Request> {
        None
    }

    /// At most [`RoomDeletion::batch`](crate::model::RoomDeletion::batch) at once.
    fn delete(&self, _ids: &[RoomId], _policy: DeletionPolicy) -> Option<Request> {
        None
    }
    /// An outcome for every id. An error when the request as a whole came to nothing.
    fn read_delete(&self, _ids: &[RoomId], _answer: &Answer) -> Result<RoomReport, Error> {
        Err(Error::Unsupported)
    }

    fn start_recording(&self, _room: &RoomId) -> Option<Request> {
        None
    }
    fn stop_recording(&self, _recording: &RecordingId) -> Option<Request> {
        None
    }

    /// The answer to what has no answer of its own.
    fn read_done(&self, answer: &Answer) -> Result<(), Error> {
        answer.done()
    }

    /// Which setting the server means by the name of a field in `Error::Invalid`.
    fn field(&self, _name: &str) -> Option<RoomField> {
        None
    }
}
