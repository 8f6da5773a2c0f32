//! Other devices that can show the picture: a television in the same network.

use leptos::ev;
use wasm_bindgen::{JsValue, closure::Closure};
use web_sys::HtmlVideoElement;

use super::{
    super::screen::{Screen, set},
    bar_button, call, call_first, get, listen,
};
use crate::{
    i18n::t,
    ui::{dom::Child, icon, reactive::*},
};

/// The button, while there is such a device.
pub fn remote_button(screen: Screen) -> impl Child {
    let is_there = RwSignal::new(false);
    Effect::new(move |_| {
        if let Some(video) = screen.video.get() {
            watch(&video, is_there);
        }
    });
    move || {
        is_there.get().then(|| {
            bar_button(t("Play on another device"), icon::DEVICE)
                .on(ev::click, move |_| choose(screen))
        })
    }
}

/// The browser asks which.
fn choose(screen: Screen) {
    let Some(video) = screen.video.get_untracked() else { return };
    let remote = get(&video, "remote").unwrap_or_default();
    call_first(&[(&remote, "prompt"), (&video, "webkitShowPlaybackTargetPicker")]);
}

/// Looks for devices until it is dropped, which costs power.
struct Watch {
    remote: JsValue,
    #[allow(dead_code, reason = "the browser calls it")]
    on_news: Closure<dyn FnMut(JsValue)>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        call(&self.remote, "cancelWatchAvailability", &[]);
    }
}

fn watch(video: &HtmlVideoElement, is_there: RwSignal<bool>) {
    if let Some(remote) = get(video, "remote") {
        let on_news = Closure::<dyn FnMut(JsValue)>::new(move |is_available: JsValue| {
            set(is_there, is_available.is_truthy());
        });
        call(&remote, "watchAvailability", &[on_news.as_ref().clone()]);
        StoredValue::new(Watch { remote, on_news });
        return;
    }
    listen(video, "webkitplaybacktargetavailabilitychanged", move |event| {
        let availability = get(&event, "availability").and_then(|it| it.as_string());
        set(is_there, availability.as_deref() == Some("available"));
    });
}
