//! The address bar and the history of the browser: where the app is, and going elsewhere in it.

use wasm_bindgen::JsValue;
use web_sys::{History, Url, Window};

use super::Route;
use crate::{model::Secret, player::read_fragment, player::read_time};

/// Where the app is: the path of `<base href>`, or of what stands before a page of ours in the address,
/// such as `/meet`. It ends in a slash.
pub fn base() -> String {
    url().map_or_else(stated_base, |url| found(&url).0)
}

fn stated_base() -> String {
    let path = || {
        let document = web_sys::window()?.document()?;
        document.query_selector("base[href]").ok()??;
        Some(Url::new(&document.base_uri().ok()??).ok()?.pathname())
    };
    let path = path().unwrap_or_default();
    path.rfind('/').and_then(|end| path.get(..=end)).unwrap_or("/").to_owned()
}

/// The address now.
pub fn url() -> Option<Url> {
    Url::new(&web_sys::window()?.location().href().ok()?).ok()
}

/// What an address means; the recordings where it means nothing.
pub fn route(url: &Url) -> Route {
    found(url).1
}

fn found(url: &Url) -> (String, Route) {
    let (path, stated) = (url.pathname(), stated_base());
    let below = path.strip_prefix(&stated).unwrap_or(&path);
    let parts: Vec<&str> = below.split('/').filter(|it| !it.is_empty()).collect();
    let decoded: Option<Vec<String>> =
        parts.iter().map(|it| js_sys::decode_uri_component(it).ok().map(String::from)).collect();
    match decoded.and_then(|it| Route::find(&it)) {
        Some((from, route)) => {
            let before: String = parts.iter().take(from).map(|it| format!("{it}/")).collect();
            (stated + &before, route)
        }
        None => (stated, Route::Recordings),
    }
}

/// The path of a page, with the base.
pub fn path(route: &Route) -> String {
    let segments = route.segments().into_iter();
    let encoded = segments.map(|it| String::from(js_sys::encode_uri_component(it)));
    base() + &encoded.collect::<Vec<_>>().join("/")
}

/// Seconds: `?t=` or, as of a media fragment, `#t=`.
pub fn time(url: &Url) -> Option<f64> {
    let asked = url.search_params().get("t").and_then(|text| read_time(&text));
    asked.or_else(|| read_fragment(&url.hash()))
}

/// Reads the secret and takes it out of the address bar, the history and the next Referer. It
/// stays in the history entry's state, which only this page can read, so that a reload works.
pub fn take_secret(window: &Window, url: &Url) -> Option<Secret> {
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

/// What the history keeps of an entry that this page made: there is one of ours before it.
const OURS: JsValue = JsValue::TRUE;

/// What it keeps of one that is only there for going back to close the player of the same page.
const PLAYER: f64 = 2.0;

/// Goes to another page of the app.
pub fn push(path: &str) {
    push_marked(path, &OURS);
}

pub fn push_player(path: &str) {
    push_marked(path, &PLAYER.into());
}

fn push_marked(path: &str, mark: &JsValue) {
    if let Some(history) = history() {
        // Refused when there were too many: the page is right all the same.
        let _ = history.push_state_with_url(mark, "", Some(path));
    }
}

/// Changes the address of what is shown, `query` without its question mark.
pub fn replace(path: &str, query: &str) {
    let mark = if query.is_empty() { "" } else { "?" };
    if let Some((history, state)) = history().and_then(|it| Some((it.clone(), it.state().ok()?))) {
        // As above.
        let _ = history.replace_state_with_url(&state, "", Some(&[path, mark, query].concat()));
    }
}

/// Goes back where the entry before is ours; whether it was.
pub fn back() -> bool {
    back_from(&OURS)
}

/// The player was closed by itself: its entry goes too.
pub fn leave_player() {
    back_from(&PLAYER.into());
}

fn back_from(mark: &JsValue) -> bool {
    let marked = history().filter(|it| it.state().is_ok_and(|state| state == *mark));
    marked.is_some_and(|history| history.back().is_ok())
}

fn history() -> Option<History> {
    web_sys::window()?.history().ok()
}
