//! The rooms: their list, one room with its recordings, making, changing, deleting and sharing
//! them. They are a part of their own: nothing outside of `ui::parts` may build their views.

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
mod page;
mod qr;
mod record;
mod rights;
mod room_page;
mod row;
mod save;
mod share_dialog;
mod state;

pub use alone::rooms_alone;
pub use layers::rooms_layers;
pub use page::rooms_page;
pub use room_page::room_page;
pub use state::{Cover, RoomsState, Way};
