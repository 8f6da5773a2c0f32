//! What becomes of a panic: the page is told where it was. Its message nobody reads, so what is shipped has none:
//! `cargo xtask` has the functions of core and std that would write one call [`panicked`] at once (its
//! `unseen.rs`), and all that only they need is in no file.
#![allow(unsafe_code, reason = "xtask finds by its name what panics are to call")]

#[cfg(not(feature = "split"))]
use std::panic;
use std::{cell::RefCell, panic::Location};

use js_sys::Function;
use wasm_bindgen::prelude::*;

use super::MountHandle;
use crate::i18n::Language;

thread_local! {
    static TELL: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// `tell` is called once this program has failed, with the number of the element in whose code it did
/// (0 when nobody knows) and where. Nothing of the program may be called afterwards.
#[wasm_bindgen]
pub fn watch(tell: Function) {
    TELL.set(Some(tell));
    #[cfg(not(feature = "split"))]
    panic::set_hook(Box::new(|info| panicked(info.location())));
}

/// Tells the page; a trap comes after it.
#[unsafe(no_mangle)]
extern "C" fn panicked(place: Option<&Location<'_>>) {
    // Taken first: what fails in here only traps.
    let Some(tell) = TELL.take() else { return };
    let place = place.map_or_else(String::new, ToString::to_string);
    let element = Language::current().element();
    // What the page throws changes nothing any more.
    let _ = tell.call2(&JsValue::UNDEFINED, &element.into(), &place.into());
}

/// Fails as a bug would: for tests of what becomes of the page then.
#[wasm_bindgen]
pub fn fail(handle: &MountHandle) {
    let language = handle.with(|it| it.language.clone()).unwrap_or_default();
    #[allow(clippy::panic, reason = "what it is for")]
    language.during(|| panic!("asked to fail"));
}
