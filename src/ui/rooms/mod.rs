//! The rooms: their list, one room with its recordings, making, changing, deleting and sharing them, and
//! the overview. They are a part of their own: nothing outside of `ui::parts` may build their views.

mod actions;
mod alone;
mod bar;
mod delete;
mod delete_dialog;
mod editor;
mod facts;
mod fields;
mod grid;
mod layers;
mod link;
mod load;
mod overview_lists;
mod overview_page;
mod overview_plot;
mod page;
mod profile_dialog;
mod qr;
mod record;
mod rights;
mod room_page;
mod row;
mod save;
mod share_dialog;
mod state;
mod style;

pub use alone::rooms_alone;
pub use layers::rooms_layers;
pub use overview_page::overview_page;
pub use page::rooms_page;
pub use profile_dialog::profile_dialog;
pub use room_page::room_page;
pub use state::{Cover, RoomsState, Way};
pub use style::{APP_STYLE, STYLE};
