//! The boundary of the `<meet-recordings>` element: what `www/meet-recordings.js` calls. It takes
//! plain options, gives back a handle, and never panics for what a host page hands it.

mod events;
mod failure;
mod options;
mod token;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Function, Promise};
use leptos::mount::UnmountHandle;
use wasm_bindgen::prelude::*;
use web_sys::ShadowRoot;

use crate::{
    client::Client,
    i18n::Language,
    model::RecordingId,
    player::Order,
    ui::{
        State, StyleRoot, adopt,
        dom::{self, El, div},
        library,
        parts::{self, RoomsPart},
        shared_page,
    },
};
use events::Page;
use options::{Options, Shown};

struct Mounted {
    client: Rc<Client>,
    /// See [`Options::partner`].
    partner: [String; 6],
    #[allow(dead_code, reason = "unmounts when dropped")]
    handle: UnmountHandle<El>,
    state: State,
    language: Language,
    /// The query that the host knows.
    told: Rc<RefCell<String>>,
}

/// What is mounted in one element. Requests, timers and media in it end with `destroy`.
#[wasm_bindgen]
pub struct MountHandle {
    root: ShadowRoot,
    mounted: RefCell<Option<Mounted>>,
}

/// Shows the library in `root`, in place of what is there; for `options` see `options.rs`.
#[wasm_bindgen]
pub fn mount(root: ShadowRoot, options: &JsValue) -> Result<MountHandle, JsError> {
    let mounted = show(&root, options, None)?;
    Ok(MountHandle { root, mounted: RefCell::new(Some(mounted)) })
}

#[wasm_bindgen]
impl MountHandle {
    /// Begins anew with other options.
    pub fn set(&self, options: &JsValue) -> Result<(), JsError> {
        let before =
            self.mounted.borrow_mut().take().map(|it| (it.client.clone(), it.partner.clone()));
        let mounted = show(&self.root, options, before)?;
        *self.mounted.borrow_mut() = Some(mounted);
        Ok(())
    }

    /// What a link to the view would have as its query.
    #[wasm_bindgen(getter)]
    pub fn query(&self) -> String {
        self.with(|it| it.state.link()).unwrap_or_default()
    }

    #[wasm_bindgen(setter)]
    pub fn set_query(&self, query: &str) {
        self.with(|it| {
            it.state.show_link(query);
            it.told.replace(it.state.link());
        });
    }

    /// Of a query only `layout` and `columns`.
    pub fn look(&self, query: &str) {
        self.with(|it| {
            it.state.take_look(query);
            it.told.replace(it.state.link());
        });
    }

    /// Ids of the recordings that are selected.
    #[wasm_bindgen(getter)]
    pub fn selection(&self) -> Vec<String> {
        let ids = self.with(|it| it.state.selected_ids()).unwrap_or_default();
        ids.iter().map(|it| it.as_str().to_owned()).collect()
    }

    #[wasm_bindgen(setter)]
    pub fn set_selection(&self, ids: Vec<String>) {
        let ids: Vec<_> = ids.into_iter().filter_map(RecordingId::new).collect();
        self.with(|it| it.state.select_only(&ids));
    }

    /// `native` for the browser's own controls, from the next recording that is opened on.
    #[wasm_bindgen(setter)]
    pub fn set_controls(&self, controls: &str) {
        self.with(|it| it.state.has_native_controls.set_value(controls == "native"));
    }

    pub fn refresh(&self) {
        self.with(|it| it.state.refresh());
    }

    /// Opens the player, at `at` seconds; the promise is refused with the reason where that cannot be,
    /// and never settled where the element goes first.
    pub fn play(&self, id: &str, at: Option<f64>) -> Promise {
        let id = RecordingId::new(id);
        Promise::new(&mut |resolve, reject| {
            let Some(id) = id.clone() else {
                return settle(&reject, &js_sys::Error::new("an id is needed").into());
            };
            self.with(|it| {
                let opening = it.state.open(id, at);
                it.state.spawn(async move {
                    match opening.await {
                        Ok(()) => settle(&resolve, &JsValue::UNDEFINED),
                        Err(why) => settle(&reject, &js_sys::Error::new(&why).into()),
                    }
                });
            });
        })
    }

    /// Goes on with what is in the player.
    pub fn resume(&self) {
        self.with(|it| it.state.order(Order::Play));
    }

    pub fn pause(&self) {
        self.with(|it| it.state.order(Order::Pause));
    }

    /// To `at` seconds from the start of what is in the player.
    pub fn seek(&self, at: f64) {
        self.with(|it| it.state.order(Order::Seek(at)));
    }

    pub fn focus(&self) {
        self.with(|it| it.state.focus_search());
    }

    pub fn destroy(self) {}

    /// In the element's language, and without holding it: what is done may come back here.
    fn with<T>(&self, work: impl FnOnce(Inside) -> T) -> Option<T> {
        let inside = self.mounted.borrow().as_ref().map(|it| Inside {
            state: it.state,
            language: it.language.clone(),
            told: it.told.clone(),
        });
        inside.map(|it| it.language.clone().during(|| work(it)))
    }
}

fn settle(how: &Function, with: &JsValue) {
    // A promise's own functions do not throw.
    let _ = how.call1(&JsValue::UNDEFINED, with);
}

struct Inside {
    state: State,
    language: Language,
    told: Rc<RefCell<String>>,
}

/// Goes on with the client of `before` where that is for the same.
fn show(
    root: &ShadowRoot,
    options: &JsValue,
    before: Option<(Rc<Client>, [String; 6])>,
) -> Result<Mounted, JsError> {
    let mut options = Options::read(options)?;
    let partner = options.partner.clone();
    if let Some((client, _)) = before.filter(|(_, it)| *it == partner) {
        options.client = client;
    }
    let client = options.client.clone();
    let language = options.language.clone();
    adopt(&StyleRoot::Shadow(root));
    root.set_text_content(None);
    let (made, told) = (Rc::new(Cell::new(None)), Rc::new(RefCell::new(String::new())));
    let (make, query) = (made.clone(), told.clone());
    let handle = language.during(|| dom::mount(root, move || view(options, &make, query)));
    match made.get() {
        Some(state) => Ok(Mounted { client, partner, handle, state, language, told }),
        None => Err(JsError::new("nothing was mounted")),
    }
}

fn view(options: Options, made: &Cell<Option<State>>, told: Rc<RefCell<String>>) -> El {
    let Options { client, page, shown, room, .. } = options;
    client.page_size.set(options.page_size);
    let state = State::new(client);
    made.set(Some(state));
    state.has_native_controls.set_value(options.has_native_controls);
    state.limits.set_value(options.limits);
    if options.persist {
        state.remember();
    }
    if let Some(room) = room.clone().filter(|_| !matches!(shown, Shown::Rooms)) {
        state.keep_to_room(room);
    }
    state.show_link(&options.query);
    state.take_look(&options.look);
    told.replace(state.link());
    let page = Rc::new(Page::new(page));
    let listener = page.clone();
    state.follow_link(move |query| {
        if told.replace(query.clone()) != query {
            listener.looked(query);
        }
    });
    state.host_in(page);
    match shown {
        Shown::Library => library(state),
        Shown::Rooms => {
            div().class("alone").child(parts::rooms(state, RoomsPart::Alone(state, room)))
        }
        Shown::Recording { id, secret } => shared_page(state, id, secret, None),
    }
}
