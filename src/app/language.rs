//! The reader's language, of those that there are. `www/boot.js`, in the same scope as the program's glue, finds it
//! and fetches its texts; a build without that (`trunk serve`) speaks English.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use crate::{i18n::Language, ui::browser};

#[wasm_bindgen]
extern "C" {
    /// A pair: a BCP 47 tag, and a table of texts by their English or nothing.
    #[wasm_bindgen(js_name = readerLanguage, catch)]
    async fn reader_language() -> Result<JsValue, JsValue>;
}

pub async fn language() -> Language {
    let pair: Option<Array> = reader_language().await.ok().and_then(|it| it.dyn_into().ok());
    let tag = pair.as_ref().and_then(|it| it.get(0).as_string()).unwrap_or_else(browser::language);
    Language::new(&tag, pair.map_or(JsValue::UNDEFINED, |it| it.get(1)), 0)
}
