//! The standalone admin app: which page an address means, the navigation, and signing out. It is
//! served by the meeting server's own host (or a proxy on it), so that its cookies reach the API, or by
//! a gateway, which says so in the page: `<meta name="meet-server-url">`, `meet-provider`, `meet-auth`.

#[cfg(target_arch = "wasm32")]
mod page {
    use futures_util::future::AbortHandle;
    use gloo_timers::future::TimeoutFuture;
    use leptos::{ev, prelude::*};
    use meet_recordings::{
        client::{Auth, Client, ServerUrl},
        model::{RecordingId, RoomId, Secret},
        player::{read_fragment, read_time},
        provider,
        ui::{
            Session, State, StyleRoot, adopt, command_palette,
            dom::{El, a, button, div, h1, header, main, mount, nav},
            library, shared_page,
        },
    };
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{Document, HtmlElement, Url, Window};

    /// What an address of the app shows.
    enum Route {
        Recordings,
        /// One recording by a share link: `/recording/{id}?secret=…&t=1m30s`.
        Shared {
            id: RecordingId,
            secret: Option<Secret>,
            /// Seconds, where it begins to play.
            at: Option<f64>,
        },
        /// A room's recordings by the room's secret: `/room/{id}/recordings?secret=…`.
        Room {
            room: RoomId,
            secret: Secret,
        },
    }

    /// `None` when the page is not ours: no `#app`, or not on http(s).
    pub fn show() -> Option<()> {
        let window = web_sys::window()?;
        let document = window.document()?;
        let app: HtmlElement = document.get_element_by_id("app")?.dyn_into().ok()?;
        let meta = |name| meta(&document, name);
        let address = meta("meet-server-url").unwrap_or("/".to_owned());
        let wrong = |what: &str, why: &str| {
            app.set_text_content(Some(&format!("This page is set up wrongly: {what} {why}.")));
        };
        let server = match ServerUrl::parse(&address, &window.location().href().ok()?) {
            Ok(server) => server,
            Err(why) => {
                wrong("meet-server-url", why.explain());
                return None;
            }
        };
        let Ok(known) = provider::named(&meta("meet-provider").unwrap_or_default()) else {
            wrong("meet-provider", "is not a kind of server that this app knows");
            return None;
        };
        let route = route(&window)?;
        let auth = match &route {
            Route::Room { room, secret } => {
                Auth::Room { room: room.clone(), secret: secret.clone() }
            }
            _ if meta("meet-auth").as_deref() == Some("gateway") => {
                let Some(gateway) = server.gateway() else {
                    wrong("meet-server-url", "must end in /gateway/ and a name");
                    return None;
                };
                Auth::Gateway(gateway)
            }
            _ => Auth::Server,
        };
        adopt(&StyleRoot::Document(&document));
        app.set_text_content(None);
        let view = move || {
            let state = State::new(Client::new(server, known, auth));
            match route {
                Route::Recordings => {
                    keep_view(state, &window);
                    recordings(state)
                }
                Route::Shared { id, secret, at } => {
                    state.remember_player();
                    shared_page(state, id, secret, at)
                }
                Route::Room { room, .. } => {
                    state.keep_to_room(room);
                    keep_view(state, &window);
                    div().class("app").child(main().child(library(state)))
                }
            }
        };
        // It stays until the page is left.
        mount(&app, view).forget();
        Some(())
    }

    fn meta(document: &Document, name: &str) -> Option<String> {
        let found = document.query_selector(&format!("meta[name={name}]")).ok()??;
        found.get_attribute("content").filter(|content| !content.is_empty())
    }

    /// Below any base path, such as the servers' own `/meet`.
    fn route(window: &Window) -> Option<Route> {
        let url = Url::new(&window.location().href().ok()?).ok()?;
        let path = url.pathname();
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let decode = |part| js_sys::decode_uri_component(part).ok().map(String::from);
        let route = match &*parts {
            [.., "recording", id] => decode(id)
                .and_then(RecordingId::new)
                .map(|id| Route::Shared { id, at: time(&url), secret: take_secret(window, &url) }),
            [.., "room", id, "recordings"] => decode(id)
                .zip(take_secret(window, &url))
                .map(|(id, secret)| Route::Room { room: RoomId(id), secret }),
            _ => None,
        };
        Some(route.unwrap_or(Route::Recordings))
    }

    /// `?t=` or, as of a media fragment, `#t=`.
    fn time(url: &Url) -> Option<f64> {
        let asked = url.search_params().get("t").and_then(|text| read_time(&text));
        asked.or_else(|| read_fragment(&url.hash()))
    }

    /// Reads the secret and takes it out of the address bar, the history and the next Referer. It
    /// stays in the history entry's state, which only this page can read, so that a reload works.
    fn take_secret(window: &Window, url: &Url) -> Option<Secret> {
        let history = window.history().ok()?;
        // Its name from 3.8 on, and before.
        let params = url.search_params();
        let given = ["recordingSecret", "secret"].map(|name| {
            let secret = params.get(name);
            params.delete(name);
            secret
        });
        let given = given.into_iter().flatten().next();
        match given {
            Some(secret) => {
                let kept = JsValue::from_str(&secret);
                // Refused only for another origin's URL, which this is not.
                let _ = history.replace_state_with_url(&kept, "", Some(&url.href()));
                Some(Secret::new(secret))
            }
            None => history.state().ok()?.as_string().map(Secret::new),
        }
    }

    /// Milliseconds of rest before the address changes: Safari takes 100 changes in 30 s.
    const REST: u32 = 300;

    /// The view is the address', so that a reload or a link shows the same; and the browser may keep more.
    fn keep_view(state: State, window: &Window) {
        state.remember();
        state.show_link(&window.location().search().unwrap_or_default());
        let writing = StoredValue::new_local(None::<AbortHandle>);
        state.follow_link(move |_| {
            if let Some(older) = writing.try_update_value(Option::take).flatten() {
                older.abort();
            }
            writing.set_value(Some(state.spawn(async move {
                TimeoutFuture::new(REST).await;
                write_view(state);
            })));
        });
    }

    fn write_view(state: State) -> Option<()> {
        let window = web_sys::window()?;
        let url = Url::new(&window.location().href().ok()?).ok()?;
        let query = state.link_among(&url.search());
        if url.search_params().to_string() != query {
            url.set_search(&query);
            let history = window.history().ok()?;
            // Its state stays: the secret is there. Refused when there were too many; the next brings it.
            let _ = history.replace_state_with_url(&history.state().ok()?, "", Some(&url.href()));
        }
        Some(())
    }

    fn recordings(state: State) -> El {
        command_palette(state);
        // Below whatever base path it is served.
        let home =
            web_sys::window().and_then(|it| it.location().pathname().ok()).unwrap_or_default();
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
                            h1().class("brand").child("Meeting recordings"),
                            nav().attr("aria-label", "Main").child(
                                a().attr("href", home.clone())
                                    .attr("aria-current", "page")
                                    .on(ev::click, move |event| {
                                        // Already there: a new page would have no token any more.
                                        if !event.ctrl_key()
                                            && !event.meta_key()
                                            && !event.shift_key()
                                        {
                                            event.prevent_default();
                                            state.refresh();
                                        }
                                    })
                                    .child("Recordings"),
                            ),
                            state.client().has_sign_in().then(|| {
                                button()
                                    .class("button")
                                    .attr("type", "button")
                                    .on(ev::click, move |_| state.sign_out())
                                    .child("Sign out")
                            }),
                        )),
                    )
            })
        };
        div().class("app").child((top, main().child(library(state))))
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
