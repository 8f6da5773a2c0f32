//! What a meeting server keeps, in one form for every server: recordings, rooms, pages of them,
//! what can be done with them, and how it can fail. Plain values: no I/O, no clock, no web types.
//!
//! `None` means "the server does not say" and is shown as a dash, never as 0.

mod capabilities;
mod error;
mod json;
mod link;
mod metadata;
mod page;
mod recording;
mod report;
mod room;
mod room_capabilities;
mod room_report;
mod room_settings;
mod secret;
mod status;

pub use capabilities::Capabilities;
pub use error::{Error, FieldError, Unexpected};
pub use json::Json;
pub use link::{Address, Intent, Link, MediaHead};
pub use metadata::{MetadataPatch, Subtitle};
pub use page::{Cursor, Matching, NameFilter, Page, Query, Sort, SortKey};
pub use recording::{Failure, Recording, RecordingId, RecordingRef};
pub use report::{DeleteOutcome, DeleteReport};
pub use room::{EndAction, Room, RoomId, RoomLink, RoomName, RoomRole, RoomStatus};
pub use room_capabilities::{NameRule, RoomCapabilities, RoomDeletion};
pub use room_report::{Obstacle, RoomOutcome, RoomReport};
pub use room_settings::{
    DeletionPolicy, RecordingAccess, RecordingLayout, RoomField, RoomRight, RoomRights,
    RoomSettings, WithMeeting, WithRecordings,
};
pub use secret::{Access, Secret};
pub use status::{FailureKind, Status};
