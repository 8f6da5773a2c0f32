//! What a browser keeps between visits and what its tabs tell each other. Nobody may depend on any of
//! it: where a browser has no such thing, refuses it or loses it, the answer is nothing, never an error.
//! Knows no recordings, only bytes, texts and ids, and whether the host allows storage is for the caller.

pub mod database;
pub mod settings;
pub mod tabs;
