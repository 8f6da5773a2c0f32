//! The start: where the server is, what the address asks for, and so which page is shown.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Window};

use super::{
    Route, address,
    config::{self, Config, Found},
    first_run::first_run,
    language::language,
    link_view::Writer,
    shell::{STYLE, shell},
};
use crate::{
    client::{Auth, Client},
    ui::{
        State, StyleRoot, adopt, browser,
        dom::{El, div, main, mount},
        library, parts,
        reactive::Effect,
        shared_page,
        tasks::Tasks,
    },
};

/// Does nothing where the page is not ours: no `#app`, or not on http(s).
pub fn start() {
    if let Some((window, app)) = page() {
        // They stay until the page is left.
        Tasks::default().spawn(async move {
            run(window, app).await;
        });
    }
}

fn page() -> Option<(Window, HtmlElement)> {
    let window = web_sys::window()?;
    let app = window.document()?.get_element_by_id("app")?.dyn_into().ok()?;
    Some((window, app))
}

async fn run(window: Window, app: HtmlElement) -> Option<()> {
    let document = window.document()?;
    let found = match config::find(&document).await {
        Ok(found) => found,
        Err(what) => {
            app.set_text_content(Some(&format!("This page is set up wrongly. {what}")));
            app.set_class_name("notice");
            return None;
        }
    };
    let url = address::url()?;
    let language = language().await;
    adopt(&StyleRoot::Document(&document));
    STYLE.fill();
    app.set_text_content(None);
    let view = move || match found {
        Found::Config(config) => show(&window, config, address::route(&url), &url),
        Found::Ask => first_run(),
    };
    // It stays until the page is left.
    language.during(|| mount(&app, view)).forget();
    Some(())
}

fn show(window: &Window, config: Config, route: Route, url: &web_sys::Url) -> El {
    match route {
        Route::Shared(id) => {
            let secret = address::take_secret(window, url);
            let state = State::new(config.client());
            state.remember_player();
            Effect::new(move |_| {
                if let Some(playing) = &*state.playing.read() {
                    browser::set_title(playing.recording.title());
                }
            });
            main().child(shared_page(state, id, secret, address::time(url)))
        }
        Route::RoomLibrary(room) => match address::take_secret(window, url) {
            Some(secret) => {
                let auth = Auth::Room { room: room.clone(), secret };
                let state =
                    State::new(Client::new(config.server, config.kind, auth, parts::provider));
                state.keep_to_room(room);
                state.remember();
                state.show_link(&url.search());
                let writer = Writer::new(state, move |others| Some(state.link_among(others)));
                state.follow_link(move |_| writer.changed());
                div().class("app").child(main().child(library(state)))
            }
            None => shell(State::new(config.client()), Route::Recordings),
        },
        route => shell(State::new(config.client()), route),
    }
}
