//! The boundary of the `<meet-recordings>` element: what `www/meet-recordings.js` calls. It takes
//! plain options, gives back a handle, and never panics for what a host page hands it.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

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

struct Mounted {
    #[allow(dead_code, reason = "unmounts when dropped")]
    handle: UnmountHandle<dom::El>,
    state: Rc<Cell<Option<State>>>,
    /// The query that the host knows.
    told: Rc<RefCell<String>>,
}

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

    /// What a link to the view would have as its query.
    #[wasm_bindgen(getter)]
    pub fn query(&self) -> String {
        self.mounted
            .borrow()
            .as_ref()
            .and_then(|it| it.state.get())
            .map_or_else(String::new, State::link)
    }

    #[wasm_bindgen(setter)]
    pub fn set_query(&self, query: &str) {
        if let Some(it) = &*self.mounted.borrow()
            && let Some(state) = it.state.get()
        {
            state.show_link(query);
            it.told.replace(state.link());
        }
    }

    /// `native` for the browser's own controls, from the next recording that is opened on.
    #[wasm_bindgen(setter)]
    pub fn set_controls(&self, controls: &str) {
        if let Some(it) = &*self.mounted.borrow()
            && let Some(state) = it.state.get()
        {
            state.has_native_controls.set_value(controls == "native");
        }
    }

    pub fn destroy(self) {}
}

/// Shows the library in `root`, in place of what is there. Of `options`, each may be missing or empty:
/// - `serverUrl`: relative to the page; http(s), without user and password.
/// - `provider`: a name that [`provider::named`] knows.
/// - `auth`: `server` (its own sign-in), `gateway`, or `token`, for which `fetchToken` is asked.
/// - `persist`: whether the browser may keep the list, and how it is looked at.
/// - `controls`: `native` for the browser's own controls of the video.
/// - `query`: the view, as [`MountHandle::query`] gives it. `onQuery` gets it when people change it.
#[wasm_bindgen]
pub fn mount(root: ShadowRoot, options: JsValue) -> Result<MountHandle, JsError> {
    let mounted = mount_library(&root, &options)?;
    Ok(MountHandle { root, mounted: RefCell::new(Some(mounted)) })
}

fn mount_library(root: &ShadowRoot, options: &JsValue) -> Result<Mounted, JsError> {
    let option = |name| Reflect::get(options, &JsValue::from_str(name)).ok();
    let text = |name| option(name).and_then(|it| it.as_string()).unwrap_or_default();
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
    let persist = option("persist").is_some_and(|it| it.is_truthy());
    let has_native_controls = text("controls") == "native";
    let on_query: Option<Function> = option("onQuery").and_then(|it| it.dyn_into().ok());
    let query = text("query");
    adopt(&StyleRoot::Shadow(root));
    root.set_text_content(None);
    let (made, told) = (Rc::new(Cell::new(None)), Rc::new(RefCell::new(String::new())));
    let (state, known_query) = (made.clone(), told.clone());
    let handle = dom::mount(root, move || {
        let it = State::new(Client::new(server, known, auth));
        state.set(Some(it));
        it.has_native_controls.set_value(has_native_controls);
        if persist {
            it.remember();
        }
        it.show_link(&query);
        known_query.replace(it.link());
        it.follow_link(move |query| {
            let is_news = known_query.replace(query.clone()) != query;
            if let Some(tell) = on_query.as_ref().filter(|_| is_news) {
                // What a listener throws is the page's own.
                let _ = tell.call1(&JsValue::UNDEFINED, &query.into());
            }
        });
        library(it)
    });
    Ok(Mounted { handle, state: made, told })
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
