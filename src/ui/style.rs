//! One stylesheet for everything, adopted by the document of the app or by the shadow root of the
//! element. Constructed, because a strict CSP forbids `<style>`.

use std::cell::OnceCell;

use js_sys::Array;
use web_sys::{CssStyleSheet, Document, ShadowRoot};

const CSS: &str = concat!(
    include_str!("style/tokens.css"),
    include_str!("style/library.css"),
    include_str!("style/float.css"),
    include_str!("style/panels.css"),
    include_str!("style/player.css")
);

/// What can adopt a stylesheet.
pub enum StyleRoot<'a> {
    Document(&'a Document),
    Shadow(&'a ShadowRoot),
}

pub fn adopt(root: &StyleRoot) {
    let Some(sheet) = sheet() else { return };
    match root {
        StyleRoot::Document(root) => {
            let others = root.adopted_style_sheets();
            root.set_adopted_style_sheets(&others.concat(&Array::of1(&sheet)));
        }
        // In place of the skeleton's.
        StyleRoot::Shadow(root) => root.set_adopted_style_sheets(&Array::of1(&sheet)),
    }
}

/// Made once and shared. Without it (a very old browser) the library is plain but works.
fn sheet() -> Option<CssStyleSheet> {
    thread_local! {
        static SHEET: OnceCell<Option<CssStyleSheet>> = const { OnceCell::new() };
    }
    SHEET.with(|cell| {
        cell.get_or_init(|| {
            let sheet = CssStyleSheet::new().ok()?;
            sheet.replace_sync(CSS).ok()?;
            Some(sheet)
        })
        .clone()
    })
}
