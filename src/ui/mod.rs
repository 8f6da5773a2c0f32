//! What people see: views that are functions of signals, and the intents that a click sets going.
//! Views report intents and never talk to the server; intents ask `client` and write what came
//! into the state. Builder syntax only: `view!` sets innerHTML, which Trusted Types forbid.

mod alarm;
mod bar;
pub mod browser;
mod delete_dialog;
mod details;
pub(crate) mod dialog;
pub mod dom;
mod edit_dialog;
mod filters;
mod grid;
mod help;
pub(crate) mod host;
pub(crate) mod icon;
pub(crate) mod intent;
mod layers;
mod library;
mod link;
mod list;
mod menu;
pub(crate) mod messages;
mod overview;
#[cfg(feature = "app")]
mod palette;
pub mod parts;
mod player;
mod profile_dialog;
pub(crate) mod reactive;
pub mod rooms;
mod row;
mod row_menu;
mod search_field;
mod selection_bar;
mod share_dialog;
mod shared_page;
mod shortcuts;
pub(crate) mod sign_in;
pub(crate) mod state;
pub(crate) mod style;
pub(crate) mod tasks;
mod view_dialog;

pub use library::{library, library_page, session_ended, sign_in_again};
#[cfg(feature = "app")]
pub use palette::command_palette;
pub use shared_page::shared_page;
pub use state::{Session, State};
pub use style::{StyleRoot, adopt};
