//! The boundary of the `<meet-recordings>` element: what `www/meet-recordings.js` calls. It takes
//! texts, gives back a handle, and never panics for what a host page hands it.

use std::cell::RefCell;

use js_sys::Reflect;
use leptos::mount::UnmountHandle;
use wasm_bindgen::prelude::*;
use web_sys::ShadowRoot;

use crate::{
    client::{Client, ServerUrl},
    ui::{State, StyleRoot, adopt, dom, library},
};

type Mounted = UnmountHandle<dom::El>;

/// What is mounted in one element. Requests, timers and media in it end with `destroy`.
#[wasm_bindgen]
pub struct MountHandle {
    root: ShadowRoot,
    mounted: RefCell<Option<Mounted>>,
}

#[wasm_bindgen]
impl MountHandle {
    /// Takes the new value of an attribute while mounted; `""` when it was removed. Attributes
    /// that mean nothing to the library are ignored.
    pub fn set(&self, name: &str, value: &str) -> Result<(), JsError> {
        if name == "server-url" {
            drop(self.mounted.borrow_mut().take());
            *self.mounted.borrow_mut() = Some(mount_library(&self.root, value)?);
        }
        Ok(())
    }

    pub fn destroy(self) {}
}

/// Shows the library in `root`, in place of what is there. `options.serverUrl` may be relative to
/// the page; it must be http(s) and without user and password.
#[wasm_bindgen]
pub fn mount(root: ShadowRoot, options: JsValue) -> Result<MountHandle, JsError> {
    let server_url = Reflect::get(&options, &"serverUrl".into()).ok().and_then(|it| it.as_string());
    let mounted = mount_library(&root, &server_url.unwrap_or_default())?;
    Ok(MountHandle { root, mounted: RefCell::new(Some(mounted)) })
}

fn mount_library(root: &ShadowRoot, server_url: &str) -> Result<Mounted, JsError> {
    let page = web_sys::window().and_then(|it| it.location().href().ok()).unwrap_or_default();
    // Without an address it is the page's own server.
    let address = if server_url.is_empty() { "/" } else { server_url };
    let server = ServerUrl::parse(address, &page)
        .map_err(|why| JsError::new(&format!("server-url: {}", why.explain())))?;
    adopt(&StyleRoot::Shadow(root));
    root.set_text_content(None);
    Ok(dom::mount(root, move || library(State::new(Client::new(server)))))
}
