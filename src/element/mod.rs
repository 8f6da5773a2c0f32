//! The boundary of the `<meet-recordings>` element: what `www/meet-recordings.js` calls. It takes
//! plain options, gives back a handle, and never panics for what a host page hands it.

use std::{cell::RefCell, rc::Rc};

use futures_util::{
    FutureExt,
    future::{Either, select},
};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Promise, Reflect};
use leptos::mount::UnmountHandle;
use wasm_bindgen::{JsCast, prelude::*};
use wasm_bindgen_futures::JsFuture;
use web_sys::ShadowRoot;

use crate::{
    client::{Auth, Client, ServerUrl, TokenSource},
    model::Secret,
    provider,
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
    /// Begins anew with other options.
    pub fn set(&self, options: &JsValue) -> Result<(), JsError> {
        drop(self.mounted.borrow_mut().take());
        *self.mounted.borrow_mut() = Some(mount_library(&self.root, options)?);
        Ok(())
    }

    pub fn destroy(self) {}
}

/// Shows the library in `root`, in place of what is there. Of `options`, each may be missing or empty:
/// - `serverUrl`: relative to the page; http(s), without user and password.
/// - `provider`: a name that [`provider::named`] knows.
/// - `auth`: `server` (its own sign-in), `gateway`, or `token`, for which `fetchToken` is asked.
#[wasm_bindgen]
pub fn mount(root: ShadowRoot, options: JsValue) -> Result<MountHandle, JsError> {
    let mounted = mount_library(&root, &options)?;
    Ok(MountHandle { root, mounted: RefCell::new(Some(mounted)) })
}

fn mount_library(root: &ShadowRoot, options: &JsValue) -> Result<Mounted, JsError> {
    let text = |name| {
        let value = Reflect::get(options, &JsValue::from_str(name)).ok();
        value.and_then(|it| it.as_string()).unwrap_or_default()
    };
    let page = web_sys::window().and_then(|it| it.location().href().ok()).unwrap_or_default();
    // Without an address it is the page's own server.
    let address = match text("serverUrl") {
        address if address.is_empty() => "/".to_owned(),
        address => address,
    };
    let server = ServerUrl::parse(&address, &page)
        .map_err(|why| JsError::new(&format!("server-url: {}", why.explain())))?;
    let known = provider::named(&text("provider"))
        .map_err(|_| JsError::new("provider: not a kind of server that this build knows"))?;
    let auth = match text("auth").as_str() {
        "" | "server" => Auth::Server,
        "gateway" => Auth::Gateway(server.gateway().ok_or_else(|| {
            JsError::new("server-url: with auth=\"gateway\" it must end in /gateway/ and a name")
        })?),
        "token" => Auth::Token(token_source(options)?),
        _ => return Err(JsError::new("auth: must be server, gateway or token")),
    };
    adopt(&StyleRoot::Shadow(root));
    root.set_text_content(None);
    Ok(dom::mount(root, move || library(State::new(Client::new(server, known, auth)))))
}

/// Milliseconds for `fetchToken` to answer.
const TOKEN_LIMIT: u32 = 30_000;

/// Asks the page's `fetchToken`, which may answer at once or by a promise. What could not be a header
/// is no token, for example a page with a sign-in form.
fn token_source(options: &JsValue) -> Result<TokenSource, JsError> {
    let ask = Reflect::get(options, &JsValue::from_str("fetchToken")).ok();
    let ask: Function = ask
        .and_then(|it| it.dyn_into().ok())
        .ok_or_else(|| JsError::new("auth: token needs the property fetchToken, a function"))?;
    Ok(Rc::new(move || {
        let answer = ask.call0(&JsValue::UNDEFINED);
        async move {
            let answer = JsFuture::from(Promise::resolve(&answer.ok()?));
            let token = match select(answer, TimeoutFuture::new(TOKEN_LIMIT)).await {
                Either::Left((token, _)) => token.ok()?.as_string()?,
                Either::Right(_) => return None,
            };
            let is_header = token.bytes().all(|byte| (0x21..0x7f).contains(&byte));
            (is_header && !token.is_empty()).then(|| Secret::new(token))
        }
        .boxed_local()
    }))
}
