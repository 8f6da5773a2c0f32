//! The device does not dim its screen while somebody watches.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{
    super::screen::{Screen, set},
    call, get, listen,
};
use crate::{
    player::Condition,
    ui::{browser, reactive::*},
};

/// Keeps the screen on for as long as it lives.
struct Lock(JsValue);

impl Drop for Lock {
    fn drop(&mut self) {
        call(&self.0, "release", &[]);
    }
}

#[derive(Default)]
struct Held {
    is_wanted: bool,
    lock: Option<Lock>,
}

pub fn wake_lock(screen: Screen) {
    let Some(document) = browser::document() else { return };
    let held = StoredValue::new(Held::default());
    // The browser takes the lock from a page that is hidden, and does not give it back.
    let is_visible = RwSignal::new(!browser::is_hidden());
    listen(&document, "visibilitychange", move |_| set(is_visible, !browser::is_hidden()));
    let is_stuck = move || {
        let waits = screen
            .condition
            .with(|it| matches!(it, Condition::Waiting { .. } | Condition::Stopped(_)));
        waits && screen.is_still.get()
    };
    let is_wanted = Memo::new(move |_| is_visible.get() && !screen.is_paused.get() && !is_stuck());
    Effect::new(move |_| {
        let is_wanted = is_wanted.get();
        held.set_value(Held { is_wanted, lock: None });
        if let Some(asked) = is_wanted.then(ask).flatten() {
            screen.state.spawn(async move {
                let Ok(sentinel) = asked.await else { return };
                let lock = Lock(sentinel);
                // Released at once if meanwhile it is not wanted any more, or the player is gone.
                held.try_update_value(|it| it.lock = Some(lock).filter(|_| it.is_wanted));
            });
        }
    });
}

/// Refused while the battery is low, and over http.
fn ask() -> Option<JsFuture> {
    let locks = get(&browser::window()?.navigator(), "wakeLock")?;
    let promise = call(&locks, "request", &["screen".into()])?;
    Some(promise.dyn_into::<Promise>().ok()?.into())
}
