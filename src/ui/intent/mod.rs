//! What a click sets going: each intent asks the client and writes the answer into the state, in
//! one direction. One file a subject.

mod delete;
mod download;
mod edit;
mod export;
pub(super) mod keep;
mod live;
mod load;
mod select;
mod session;
mod share;
mod view;
pub(super) mod watch;

pub use export::FileType;
