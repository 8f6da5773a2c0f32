//! What people see: views that are functions of signals, and the intents that a click sets going.
//! Views report intents and never talk to the server; intents ask `client` and write what came
//! into the state. Builder syntax only: `view!` sets innerHTML, which Trusted Types forbid.

pub mod browser;
mod captions;
mod delete_dialog;
mod dialog;
pub mod dom;
mod edit_dialog;
mod filters;
mod grid;
mod grid_keys;
mod icon;
mod intent;
mod library;
mod messages;
mod playback;
mod player;
mod player_controls;
mod row;
mod row_menu;
mod selection_bar;
mod share_dialog;
mod shared_page;
mod sign_in;
mod state;
mod style;
mod tasks;

pub use library::library;
pub use shared_page::shared_page;
pub use state::{Session, State};
pub use style::{StyleRoot, adopt};
