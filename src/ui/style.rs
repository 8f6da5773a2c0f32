//! One stylesheet for everything, adopted by the document of the app or by the shadow root of the
//! element. Constructed, because a strict CSP forbids `<style>`.

use std::cell::OnceCell;

use js_sys::Array;
use web_sys::{CssStyleSheet, Document, ShadowRoot};

const SOURCE: &str = concat!(
    include_str!("style/tokens.css"),
    include_str!("style/library.css"),
    include_str!("style/float.css"),
    include_str!("style/panels.css"),
    include_str!("style/player.css"),
    include_str!("style/transcript.css")
);

const SMALL_SIZE: usize = minified::<{ SOURCE.len() }>(SOURCE).1;
static SMALL: [u8; SMALL_SIZE] = minified::<SMALL_SIZE>(SOURCE).0;

/// The source without its comments and the white space that only readers need, and its size. Done by
/// the compiler, so that the files stay readable. Expects no comment in a string and no `", "`.
pub(super) const fn minified<const SIZE: usize>(source: &str) -> ([u8; SIZE], usize) {
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
    let Some(sheet) = sheet() else { return };
    match root {
        StyleRoot::Document(root) => add(root, &sheet),
        // In place of the skeleton's.
        StyleRoot::Shadow(root) => root.set_adopted_style_sheets(&Array::of1(&sheet)),
    }
}

pub(super) fn add(document: &Document, sheet: &CssStyleSheet) {
    let others = document.adopted_style_sheets();
    document.set_adopted_style_sheets(&others.concat(&Array::of1(sheet)));
}

pub(super) fn made_of(source: &[u8]) -> Option<CssStyleSheet> {
    let sheet = CssStyleSheet::new().ok()?;
    sheet.replace_sync(str::from_utf8(source).ok()?).ok()?;
    Some(sheet)
}

/// Made once and shared. Without it (a very old browser) the library is plain but works.
fn sheet() -> Option<CssStyleSheet> {
    thread_local! {
        static SHEET: OnceCell<Option<CssStyleSheet>> = const { OnceCell::new() };
    }
    SHEET.with(|cell| cell.get_or_init(|| made_of(&SMALL)).clone())
}
