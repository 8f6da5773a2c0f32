//! The stylesheets, adopted by the document of the app or by the shadow root of the element. Constructed,
//! because a strict CSP forbids `<style>`. Those of the program's parts are adopted empty, each at its place
//! in the cascade, and filled when the part is there: for every element of the page at once.

use std::cell::{Cell, OnceCell};

use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{CssStyleSheet, Document, ShadowRoot};

/// Rules, and the place of their sheet among all.
pub struct Sheet {
    place: u8,
    rules: &'static [u8],
}

const COUNT: u8 = 5;

/// A [`Sheet`] of files.
macro_rules! sheet {
    ($place:expr, $($file:literal),+) => {{
        const SOURCE: &str = concat!($(include_str!($file)),+);
        const SIZE: usize = $crate::ui::style::minified::<{ SOURCE.len() }>(SOURCE).1;
        static RULES: [u8; SIZE] = $crate::ui::style::minified::<SIZE>(SOURCE).0;
        $crate::ui::style::Sheet::new($place, &RULES)
    }};
}
#[cfg(feature = "app")]
pub(crate) use sheet;

static LIBRARY: Sheet = sheet!(0, "style/tokens.css", "style/library.css", "style/bar.css");
/// What opens over the list.
pub(super) static PANELS: Sheet = sheet!(1, "style/float.css", "style/panels.css");
pub(super) static PLAYER: Sheet = sheet!(2, "style/player.css", "style/transcript.css");
/// The place of the sheet that the app has the rules of.
#[cfg(feature = "app")]
pub const APP: u8 = 3;
pub(super) static ROOMS: Sheet =
    sheet!(4, "style/rooms.css", "style/forms.css", "style/overview.css");

/// The source without its comments and the white space that only readers need, and its size. Done by
/// the compiler, so that the files stay readable. Expects no comment in a string and no `", "`.
pub const fn minified<const SIZE: usize>(source: &str) -> ([u8; SIZE], usize) {
    let source = source.as_bytes();
    let mut small = [0; SIZE];
    let (mut from, mut to) = (0, 0);
    while from < source.len() {
        let byte = source[from];
        let last = if to == 0 { b'}' } else { small[to - 1] };
        if byte == b'/' && source[from + 1] == b'*' {
            from += 2;
            while source[from] != b'*' || source[from + 1] != b'/' {
                from += 1;
            }
            from += 2;
            continue;
        }
        from += 1;
        let follows_mark = matches!(last, b' ' | b'\n' | b'{' | b'}' | b';' | b',' | b':' | b'>');
        if matches!(byte, b' ' | b'\n') && follows_mark {
            continue;
        }
        if matches!(byte, b'{' | b'}' | b',' | b'>') && matches!(last, b' ' | b'\n') {
            to -= 1;
        }
        if byte == b'}' && small[to - 1] == b';' {
            to -= 1;
        }
        small[to] = byte;
        to += 1;
    }
    (small, to)
}

/// What can adopt a stylesheet.
pub enum StyleRoot<'a> {
    Document(&'a Document),
    Shadow(&'a ShadowRoot),
}

pub fn adopt(root: &StyleRoot) {
    LIBRARY.fill();
    match root {
        StyleRoot::Document(root) => {
            let others = root.adopted_style_sheets();
            root.set_adopted_style_sheets(&others.concat(&sheets()));
        }
        // In place of the skeleton's.
        StyleRoot::Shadow(root) => root.set_adopted_style_sheets(&sheets()),
    }
}

impl Sheet {
    pub const fn new(place: u8, rules: &'static [u8]) -> Self {
        Self { place, rules }
    }

    /// Has the rules in force from now on.
    pub fn fill(&self) {
        thread_local! {
            static FILLED: Cell<u8> = const { Cell::new(0) };
        }
        let bit = 1 << self.place;
        if FILLED.replace(FILLED.get() | bit) & bit == 0 {
            let sheet = sheets().get(self.place.into()).dyn_into::<CssStyleSheet>();
            // Without it (a very old browser) the library is plain but works.
            if let (Ok(sheet), Ok(rules)) = (sheet, str::from_utf8(self.rules)) {
                // Fails only for sheets that were not constructed.
                let _ = sheet.replace_sync(rules);
            }
        }
    }
}

/// Made once and shared.
fn sheets() -> Array {
    thread_local! {
        static SHEETS: OnceCell<Array> = const { OnceCell::new() };
    }
    let new = || (0..COUNT).filter_map(|_| CssStyleSheet::new().ok()).collect();
    SHEETS.with(|cell| cell.get_or_init(new).clone())
}
