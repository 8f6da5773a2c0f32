//! What people read: messages, and dates, numbers and sizes in the reader's locale. Texts that are
//! made of something are here; labels that never change stand in the views. The tables for locales
//! are the browser's (`Intl`).

pub mod messages;
pub mod rooms;

mod direction;
mod duration;
mod facts;
#[cfg(target_arch = "wasm32")]
mod format;
mod words;

pub use direction::{turns_text, unturned};
pub use duration::{clock, spoken};
pub use facts::{facts, lines};
#[cfg(target_arch = "wasm32")]
pub use format::Format;
#[cfg(target_arch = "wasm32")]
pub use words::Language;
pub use words::{Forms, Words, forms, t};
