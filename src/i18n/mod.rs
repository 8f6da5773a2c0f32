//! What people read: messages, and dates, numbers and sizes in the reader's locale. Every text of
//! the interface is here; the tables for locales are the browser's (`Intl`).

pub mod messages;

mod duration;
#[cfg(target_arch = "wasm32")]
mod format;

pub use duration::{clock, spoken};
#[cfg(target_arch = "wasm32")]
pub use format::Format;
