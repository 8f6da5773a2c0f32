//! What is known of a server's rooms. Pure, as `library` is for recordings: it neither sends nor draws.

mod names;

pub use names::RoomNames;
