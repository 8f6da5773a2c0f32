//! What a player has to know and to decide, pure and on given facts: what to do when a `<video>` fails,
//! which key does what, where somebody left, what was said when. The ui does it.

mod chapters;
mod frames;
mod keys;
mod orders;
mod places;
mod playback;
mod preferences;
mod rate;
mod repeat;
mod taps;
mod time;
mod transcript;

pub use chapters::*;
pub use frames::*;
pub use keys::*;
pub use orders::*;
pub use places::*;
pub use playback::*;
pub use preferences::*;
pub use rate::*;
pub use repeat::*;
pub use taps::*;
pub use time::*;
pub use transcript::*;
