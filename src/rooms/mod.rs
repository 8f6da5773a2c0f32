//! What is known of a server's rooms. Pure, as `library` is for recordings: it neither sends nor draws.

mod catalogue;
mod deletion;
mod draft;
mod names;
mod overview;
mod tally;
mod view;

pub use catalogue::Rooms;
pub use deletion::{DeletionSummary, Obstacles, RoomDeletions};
pub use draft::{DatePreset, Problem, RoomDraft};
pub use names::RoomNames;
pub use overview::{MonthKey, MonthShare, Overview, RoomShare};
pub use tally::{RoomTally, Tallies};
pub use view::{EXPIRING_MS, RoomCriteria, RoomSort, RoomSortKey, RoomStatusGroup, RoomView};
