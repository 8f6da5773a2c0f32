//! What is known of a server's rooms. Pure, as `library` is for recordings: it neither sends nor draws.

mod arranger;
mod catalogue;
mod deletion;
mod draft;
mod names;
mod obstacles;
mod overview;
mod params;
mod rows;
mod tally;
mod view;

pub use catalogue::Rooms;
pub use deletion::{DeletionSummary, RoomDeletions};
pub use draft::{DatePreset, Problem, RoomDraft};
pub use names::RoomNames;
pub use obstacles::Obstacles;
pub use overview::{MonthKey, MonthShare, Overview, RoomShare};
pub use tally::{RoomTally, Tallies};
pub use view::{EXPIRING_MS, RoomCriteria, RoomSort, RoomSortKey, RoomStatusGroup, RoomView};
