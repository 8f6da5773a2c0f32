//! The stylesheets of the rooms' pages and of the app's own frame around all pages.

use crate::ui::style::{APP, ROOMS, Sheet, sheet};

pub static STYLE: Sheet = sheet!(ROOMS, "style/rooms.css", "style/forms.css", "style/overview.css");

pub static APP_STYLE: Sheet = sheet!(APP, "style/app.css");
