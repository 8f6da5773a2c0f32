//! What media need of bytes and files: the name that a download gets, and captions.

mod captions;
mod file_name;

pub use captions::{Cue, read_captions};
pub use file_name::file_name;
