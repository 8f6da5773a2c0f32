//! The app's own stylesheet, beside that of everything: the element does not carry it.

use web_sys::Document;

use crate::ui::style::{add, made_of, minified};

const SOURCE: &str = concat!(
    include_str!("style/app.css"),
    include_str!("style/rooms.css"),
    include_str!("style/forms.css"),
    include_str!("style/overview.css")
);

const SMALL_SIZE: usize = minified::<{ SOURCE.len() }>(SOURCE).1;
static SMALL: [u8; SMALL_SIZE] = minified::<SMALL_SIZE>(SOURCE).0;

pub fn adopt_app(document: &Document) {
    if let Some(sheet) = made_of(&SMALL) {
        add(document, &sheet);
    }
}
