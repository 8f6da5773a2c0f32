//! What a click sets going: each intent asks the client and writes the answer into the state, in
//! one direction. One file a subject.

mod delete;
mod download;
mod edit;
mod load;
mod session;
mod share;
