//! The rooms: their list, one room with its recordings, making, changing, deleting and sharing them, and
//! the overview. Only the app shows them; the element must not reach what is in here.

mod delete;
mod delete_dialog;
mod editor;
mod load;
mod overview_page;
mod profile_dialog;
mod save;
mod share_dialog;
mod state;
mod style;

pub use overview_page::overview_page;
pub use profile_dialog::profile_dialog;
pub use state::{Editing, RoomsState};
pub use style::adopt_rooms;
