//! Component tests in a browser: the view layer, what depends on the browser's own tables, and the
//! library where no server answers. Run by `cargo xtask test`.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

mod dom;
mod format;
mod library;
mod server_url;
mod store;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

/// An empty element in the page, taken out again at the end.
pub(crate) struct Place(pub web_sys::HtmlElement);

impl Place {
    pub fn new() -> Self {
        use wasm_bindgen::JsCast;
        let document = web_sys::window().unwrap().document().unwrap();
        let place = document.create_element("div").unwrap();
        document.body().unwrap().append_child(&place).unwrap();
        Self(place.unchecked_into())
    }

    pub fn text(&self) -> String {
        self.0.text_content().unwrap_or_default()
    }

    pub fn find(&self, selector: &str) -> web_sys::HtmlElement {
        use wasm_bindgen::JsCast;
        let found = self.0.query_selector(selector).unwrap();
        found.unwrap_or_else(|| panic!("no {selector} in {}", self.text())).unchecked_into()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.remove();
    }
}
