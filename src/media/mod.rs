//! What media need of bytes and files: here, the name that a download gets.

mod file_name;

pub use file_name::file_name;
