//! What there is around the page: the keys and the lock screen of the device, a screen that stays on,
//! the whole screen, a picture above other windows, other devices. Each is missing in some engine or
//! refused somewhere, and then nothing happens. By `Reflect`: much of it web-sys does not have.

mod full_screen;
mod media_session;
mod picture;
mod remote;
mod wake_lock;

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, EventTarget};

use crate::{
    i18n::Language,
    ui::{
        dom::{Attribute, Call, El, button},
        icon::icon,
        reactive::*,
    },
};
pub use full_screen::{follow_full_screen, toggle_full_screen};
pub use media_session::media_session;
pub use picture::{picture_in_picture, toggle_picture_in_picture};
pub use remote::remote_button;
pub use wake_lock::wake_lock;

/// A property that is there and is not null.
fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(object, &name.into()).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

fn is_true(object: &JsValue, name: &str) -> bool {
    get(object, name).is_some_and(|it| it.is_truthy())
}

/// What a method gives; `None` where there is none, or it throws.
fn call(object: &JsValue, method: &str, with: &[JsValue]) -> Option<JsValue> {
    let method: Function = get(object, method)?.dyn_into().ok()?;
    let result = method.apply(object, &with.iter().collect::<Array>()).ok()?;
    if let Some(promise) = result.dyn_ref::<Promise>() {
        // From now on a refusal is taken note of, and so not written to the host's console.
        drop(JsFuture::from(promise.clone()));
    }
    Some(result)
}

/// Calls the first of these methods that there is.
fn call_first(methods: &[(&JsValue, &str)]) {
    methods.iter().find_map(|(object, method)| call(object, method, &[]));
}

struct Listener {
    target: EventTarget,
    name: &'static str,
    call: Closure<dyn FnMut(Event)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let call = self.call.as_ref().unchecked_ref();
        // Never fails for a listener that was added.
        let _ = self.target.remove_event_listener_with_callback(self.name, call);
    }
}

/// Listens until the owner ends.
fn listen(target: &EventTarget, name: &'static str, handler: impl FnMut(Event) + 'static) {
    listen_boxed(target, name, Box::new(handler));
}

fn listen_boxed(target: &EventTarget, name: &'static str, mut handler: Box<dyn Call<Event>>) {
    let language = Language::current();
    let call = Closure::<dyn FnMut(Event)>::new(move |event| {
        language.during(|| handler.call(event));
    });
    // Never fails.
    let _ = target.add_event_listener_with_callback(name, call.as_ref().unchecked_ref());
    StoredValue::new(Listener { target: target.clone(), name, call });
}

fn bar_button(name: impl Attribute, shape: &'static str) -> El {
    button().class("icon-button").attr("type", "button").attr("aria-label", name).child(icon(shape))
}
