//! What people see: views that are functions of signals, and the intents that a click sets going.
//! Views report intents and never talk to the server; intents ask `client` and write what came
//! into the state. Builder syntax only: `view!` sets innerHTML, which Trusted Types forbid.

mod bar;
pub mod browser;
mod delete_dialog;
mod details;
mod dialog;
pub mod dom;
mod edit_dialog;
mod filters;
mod grid;
mod help;
mod icon;
mod intent;
mod layers;
mod library;
mod list;
mod messages;
mod palette;
mod player;
mod reactive;
pub mod rooms;
mod row;
mod row_menu;
mod search_field;
mod selection_bar;
mod share_dialog;
mod shared_page;
mod shortcuts;
mod sign_in;
mod state;
mod style;
mod tasks;
mod view_dialog;

pub use library::library;
pub use palette::command_palette;
pub use shared_page::shared_page;
pub use state::{Session, State};
pub use style::{StyleRoot, adopt};
