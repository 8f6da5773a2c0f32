//! What is tested of every system that can do it.

mod browse;
mod delete;
mod play;
mod save;
mod session;
mod share;

pub use browse::*;
pub use delete::*;
pub use play::*;
pub use save::*;
pub use session::*;
pub use share::*;
