//! What the shell hands over: plain values, of which each may be missing, empty or nonsense. Whatever
//! makes no sense is left at its default; only what could not be meant otherwise is refused, in words.

use std::rc::Rc;

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;

use super::token::token_source;
use crate::{
    client::{Auth, Client, Early, ServerUrl},
    i18n::Language,
    model::{RecordingId, RoomId, Secret},
    provider,
    ui::{host::Limits, parts},
};

/// | option | is |
/// | --- | --- |
/// | `serverUrl` | relative to the page; http(s), without user and password; empty: the page's own server |
/// | `provider` | a name that [`provider::named`] knows |
/// | `auth` | `server` (its own sign-in), `gateway`, or `token`, for which `fetchToken` is asked |
/// | `roomId` | the only room that is shown |
/// | `view`, `recordingId` | `recording` shows that one alone |
/// | `secret` | of a share link to that recording, or to that room |
/// | `layout`, `columns` | how the list looks, before a `query` says otherwise |
/// | `query` | the view, as `MountHandle::query` gives it |
/// | `pageSize` | rows that one request asks for |
/// | `persist` | whether the browser may keep the list, and how it is looked at |
/// | `noDelete`, `noDownload`, `noShare`, `noSearch` | what is not offered |
/// | `controls` | `native` for the browser's own controls of the video |
/// | `language`, `texts` | a BCP 47 tag, and a table of texts by their English |
/// | `early` | `{ url, response, stop }`: the first request, if it has been sent already, a promise of its answer, and what aborts it |
/// | `element` | the number that `watch` tells |
/// | `hear`, `allows`, `rowActions` | functions: see `events.rs` |
pub struct Options {
    pub client: Rc<Client>,
    pub room: Option<RoomId>,
    pub shown: Shown,
    pub query: String,
    /// As a query too.
    pub look: String,
    pub page_size: Option<u32>,
    pub persist: bool,
    pub limits: Limits,
    pub has_native_controls: bool,
    pub language: Language,
    /// While these are the same, the conversation with the server goes on.
    pub partner: [String; 6],
    /// All of it, for the functions in it.
    pub page: JsValue,
}

pub enum Shown {
    Library,
    Rooms,
    Recording { id: RecordingId, secret: Option<Secret> },
}

impl Options {
    pub fn read(from: &JsValue) -> Result<Self, JsError> {
        let page = web_sys::window().and_then(|it| it.location().href().ok()).unwrap_or_default();
        let address = match text(from, "serverUrl") {
            address if address.is_empty() => "/".to_owned(),
            address => address,
        };
        let server = ServerUrl::parse(&address, &page)
            .map_err(|why| JsError::new(&["server-url: ", why.explain()].concat()))?;
        let kind = provider::named(&text(from, "provider"))
            .map_err(|_| JsError::new("provider: not a kind of server that this build knows"))?;
        let room = Some(text(from, "roomId")).filter(|it| !it.is_empty()).map(RoomId);
        let secret = Some(text(from, "secret")).filter(|it| !it.is_empty()).map(Secret::new);
        let id = RecordingId::new(text(from, "recordingId"));
        let shown = match (text(from, "view").as_str(), id) {
            ("recording", Some(id)) => Shown::Recording { id, secret: secret.clone() },
            ("recording", None) => {
                return Err(JsError::new("view: recording needs a recording-id"));
            }
            ("rooms", _) => Shown::Rooms,
            _ => Shown::Library,
        };
        let auth = match (text(from, "auth").as_str(), &shown, &room, secret) {
            ("" | "server", Shown::Library, Some(room), Some(secret)) => {
                Auth::Room { room: room.clone(), secret }
            }
            ("" | "server", ..) => Auth::Server,
            ("gateway", ..) => Auth::Gateway(server.gateway().ok_or_else(|| {
                JsError::new(
                    "server-url: with auth=\"gateway\" it must end in /gateway/ and a name",
                )
            })?),
            ("token", ..) => Auth::Token(token_source(from)?),
            _ => return Err(JsError::new("auth: must be server, gateway or token")),
        };
        let client = Client::new(server, kind, auth, parts::provider);
        if let Some(early) = early(&option(from, "early")) {
            client.expect(early);
        }
        Ok(Self {
            client,
            room,
            shown,
            query: text(from, "query"),
            look: text(from, "look"),
            page_size: option(from, "pageSize").as_f64().map(|it| it as u32).filter(|it| *it > 0),
            persist: flag(from, "persist"),
            limits: Limits {
                no_delete: flag(from, "noDelete"),
                no_download: flag(from, "noDownload"),
                no_share: flag(from, "noShare"),
                no_search: flag(from, "noSearch"),
            },
            has_native_controls: text(from, "controls") == "native",
            language: Language::new(
                &text(from, "language"),
                option(from, "texts"),
                option(from, "element").as_f64().map_or(0, |it| it as u32),
            ),
            partner: ["serverUrl", "provider", "auth", "roomId", "secret", "view"]
                .map(|name| text(from, name)),
            page: from.clone(),
        })
    }
}

fn early(from: &JsValue) -> Option<Early> {
    let response = option(from, "response").dyn_into().ok()?;
    let stop = option(from, "stop").dyn_into().ok()?;
    Some(Early { url: text(from, "url"), response, stop })
}

pub fn option(from: &JsValue, name: &str) -> JsValue {
    // The shell's own object: nothing of the page's runs here.
    Reflect::get(from, &name.into()).unwrap_or_default()
}

fn text(from: &JsValue, name: &str) -> String {
    option(from, name).as_string().unwrap_or_default()
}

fn flag(from: &JsValue, name: &str) -> bool {
    option(from, name).is_truthy()
}

/// Strings of an array, and nothing of anything else.
pub fn texts(of: &JsValue) -> Vec<String> {
    let list = of.dyn_ref::<Array>().map(Array::iter);
    list.into_iter().flatten().filter_map(|it| it.as_string()).collect()
}
