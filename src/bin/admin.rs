//! The standalone admin app: which page an address means, the navigation, and signing out. It is
//! served by the meeting server's own host (or a proxy on it), so that its cookies reach the API.

#[cfg(target_arch = "wasm32")]
mod page {
    use leptos::{ev, prelude::*};
    use meet_recordings::{
        client::{Client, ServerUrl},
        model::{RecordingId, Secret},
        ui::{
            Session, State, StyleRoot, adopt,
            dom::{El, a, button, div, header, main, mount, nav, span},
            library, shared_page,
        },
    };
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{HtmlElement, Url, Window};

    /// What an address of the app shows.
    enum Route {
        Recordings,
        /// One recording by a share link: `/recording/{id}?secret=…`.
        Shared {
            id: RecordingId,
            secret: Option<Secret>,
        },
    }

    /// `None` when the page is not ours: no `#app`, or not on http(s).
    pub fn show() -> Option<()> {
        let window = web_sys::window()?;
        let document = window.document()?;
        let app: HtmlElement = document.get_element_by_id("app")?.dyn_into().ok()?;
        let server = ServerUrl::parse("/", &window.location().href().ok()?).ok()?;
        let route = route(&window)?;
        adopt(&StyleRoot::Document(&document));
        app.set_text_content(None);
        let view = move || {
            let state = State::new(Client::new(server));
            match route {
                Route::Recordings => recordings(state),
                Route::Shared { id, secret } => shared_page(state, id, secret),
            }
        };
        // It stays until the page is left.
        mount(&app, view).forget();
        Some(())
    }

    fn route(window: &Window) -> Option<Route> {
        let url = Url::new(&window.location().href().ok()?).ok()?;
        let path = url.pathname();
        let Some(id) = path.strip_prefix("/recording/") else { return Some(Route::Recordings) };
        let secret = take_secret(window, &url);
        let id =
            js_sys::decode_uri_component(id).ok().and_then(|id| RecordingId::new(String::from(id)));
        let Some(id) = id else { return Some(Route::Recordings) };
        Some(Route::Shared { id, secret })
    }

    /// Reads the secret and takes it out of the address bar, the history and the next Referer. It
    /// stays in the history entry's state, which only this page can read, so that a reload works.
    fn take_secret(window: &Window, url: &Url) -> Option<Secret> {
        let history = window.history().ok()?;
        match url.search_params().get("secret") {
            Some(secret) => {
                url.search_params().delete("secret");
                let kept = JsValue::from_str(&secret);
                // Refused only for another origin's URL, which this is not.
                let _ = history.replace_state_with_url(&kept, "", Some(&url.href()));
                Some(Secret::new(secret))
            }
            None => history.state().ok()?.as_string().map(Secret::new),
        }
    }

    fn recordings(state: State) -> El {
        let is_signed_in = Memo::new(move |_| {
            state.session.get() == Session::Open || !state.library.read().is_empty()
        });
        let top = move || {
            is_signed_in.get().then(|| {
                header()
                    .class("top")
                    .attr("inert", move || state.playing.read().is_some().then_some(""))
                    .child(
                        div().class("top-inner").child((
                            span().class("brand").child("Meeting recordings"),
                            nav().attr("aria-label", "Main").child(
                                a().attr("href", "/recordings")
                                    .attr("aria-current", "page")
                                    .child("Recordings"),
                            ),
                            button()
                                .class("button")
                                .attr("type", "button")
                                .on(ev::click, move |_| state.sign_out())
                                .child("Sign out"),
                        )),
                    )
            })
        };
        div().child((top, main().child(library(state))))
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {
    page::show();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("The admin app runs in a browser. Start it with `cargo xtask demo`.");
}
