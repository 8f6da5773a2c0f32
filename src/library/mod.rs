//! What is known of a server's recordings: the rows received so far, which of them are in view and
//! in what order, which are selected, and the course of a deletion. Pure: it neither sends nor draws.

mod batch;
mod deletion;
mod poll;
mod rows;
mod selection;
mod sum;
mod view;

pub use batch::batches;
pub use deletion::Deletion;
pub use poll::{poll_pause, poll_turn};
pub use rows::{Fold, Library};
pub use selection::Selection;
pub use sum::{Sum, sums};
pub use view::{StatusGroup, View};
