//! The keys, the lock screen and the headset of the device: what plays there, how far it is, and what
//! can be done with it. A page has one such session, and whichever player plays has it.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use super::{super::screen::Screen, call, get};
use crate::{
    i18n::{Language, t},
    model::Recording,
    ui::{browser, reactive::*},
};

const ACTIONS: [&str; 8] = [
    "play",
    "pause",
    "stop",
    "seekbackward",
    "seekforward",
    "seekto",
    "previoustrack",
    "nexttrack",
];

/// Seconds that a seek goes where the device does not say how far.
const STEP: f64 = 10.0;
/// Seconds by which the device may be wrong before it is told better.
const TOLERANCE: f64 = 1.0;

/// What the device shows.
#[derive(Clone, PartialEq)]
struct About {
    title: String,
    room: Option<String>,
    has_previous: bool,
    has_next: bool,
}

/// From which the device counts on by itself.
#[derive(Clone, Copy)]
struct Moment {
    /// Milliseconds of `browser::clock`.
    at: u64,
    /// Seconds.
    position: f64,
    duration: f64,
    rate: f64,
    is_paused: bool,
}

struct Session {
    session: JsValue,
    on_action: Closure<dyn FnMut(JsValue)>,
    /// What we gave it: as long as that is there, the session is ours.
    metadata: Option<JsValue>,
    about: Option<About>,
    told: Option<Moment>,
}

/// `next` goes so many recordings on in the list, or back.
pub fn media_session(screen: Screen, next: impl Fn(i32) + 'static) {
    let navigator = browser::window().map(|it| it.navigator());
    let Some(session) = navigator.and_then(|it| get(&it, "mediaSession")) else { return };
    let language = Language::current();
    let on_action = Closure::new(move |details: JsValue| {
        language.during(|| act(screen, &details, &next));
    });
    let session =
        StoredValue::new(Session { session, on_action, metadata: None, about: None, told: None });
    let state = screen.state;
    Effect::new(move |_| {
        let about = state.playing.with(|it| it.as_ref().map(|it| About::of(&it.recording)));
        let is_paused = screen.is_paused.get();
        session.update_value(|it| {
            if let Some(about) = about.filter(|_| !is_paused) {
                let [has_previous, has_next] =
                    [-1, 1].map(|step| untrack(|| state.neighbour(step).is_some()));
                it.take(About { has_previous, has_next, ..about });
            }
            it.set_playback(if is_paused { "paused" } else { "playing" });
        });
    });
    Effect::new(move |_| {
        let now = Moment {
            at: browser::clock(),
            position: screen.position.get(),
            duration: screen.duration.get(),
            rate: screen.rate.get(),
            is_paused: screen.is_paused.get(),
        };
        session.update_value(|it| it.tell(now));
    });
}

fn act(screen: Screen, details: &JsValue, next: &dyn Fn(i32)) {
    let number = |name| get(details, name).and_then(|it| it.as_f64());
    let step = number("seekOffset").filter(|step| *step > 0.0).unwrap_or(STEP);
    let action = get(details, "action").and_then(|it| it.as_string()).unwrap_or_default();
    match action.as_str() {
        "play" => screen.play(),
        "pause" | "stop" => screen.pause(),
        "seekbackward" => screen.seek_by(-step),
        "seekforward" => screen.seek_by(step),
        "seekto" => number("seekTime").into_iter().for_each(|to| screen.seek(to)),
        "previoustrack" => next(-1),
        "nexttrack" => next(1),
        _ => {}
    }
}

impl About {
    fn of(recording: &Recording) -> Self {
        let title = recording.title();
        let room = recording.room_name.clone().filter(|room| room.trim() != title);
        Self { title: title.to_owned(), room, has_previous: false, has_next: false }
    }

    fn metadata(&self) -> Option<JsValue> {
        let texts = [
            ("title", &*self.title),
            ("artist", self.room.as_deref().unwrap_or_default()),
            ("album", &t("noun|Recording").text()),
        ];
        let new: Function = get(&js_sys::global(), "MediaMetadata")?.dyn_into().ok()?;
        let texts = object(texts.map(|(name, text)| (name, text.into())));
        Reflect::construct(&new, &Array::of1(&texts)).ok()
    }

    fn can(&self, action: &str) -> bool {
        match action {
            "previoustrack" => self.has_previous,
            "nexttrack" => self.has_next,
            _ => true,
        }
    }
}

impl Moment {
    /// Whether the device, which knows only the other moment, is right about this one.
    fn follows(&self, before: &Self) -> bool {
        let seconds = self.at.saturating_sub(before.at) as f64 / 1000.0;
        let pace = if before.is_paused { 0.0 } else { before.rate };
        let expected = (before.position + seconds * pace).min(before.duration);
        (expected - self.position).abs() < TOLERANCE
            && (self.duration, self.rate, self.is_paused)
                == (before.duration, before.rate, before.is_paused)
    }
}

impl Session {
    fn is_ours(&self) -> bool {
        self.metadata.is_some() && get(&self.session, "metadata") == self.metadata
    }

    /// Shows this, and answers to its keys.
    fn take(&mut self, about: About) {
        if self.is_ours() && self.about.as_ref() == Some(&about) {
            return;
        }
        self.metadata = about.metadata();
        self.set("metadata", self.metadata.as_ref().unwrap_or(&JsValue::NULL));
        for action in ACTIONS {
            self.answer(action, about.can(action));
        }
        self.about = Some(about);
        self.told = None;
    }

    fn answer(&self, action: &str, is_on: bool) {
        let handler = if is_on { self.on_action.as_ref() } else { &JsValue::NULL };
        // Throws for an action that the engine does not know.
        call(&self.session, "setActionHandler", &[action.into(), handler.clone()]);
    }

    fn set_playback(&self, how: &str) {
        if self.is_ours() {
            self.set("playbackState", &how.into());
        }
    }

    /// Tells the device how far it is, unless it knows.
    fn tell(&mut self, now: Moment) {
        let is_known = self.told.is_some_and(|told| now.follows(&told));
        // Without end, or not known yet.
        let is_length = now.duration.is_finite() && now.duration > 0.0;
        if is_known || !is_length || !self.is_ours() {
            return;
        }
        let state = object([
            ("duration", now.duration.into()),
            ("playbackRate", now.rate.into()),
            // One past the end throws.
            ("position", now.position.clamp(0.0, now.duration).into()),
        ]);
        call(&self.session, "setPositionState", &[state.into()]);
        self.told = Some(now);
    }

    fn set(&self, name: &str, value: &JsValue) {
        // Fails only on frozen objects.
        let _ = Reflect::set(&self.session, &name.into(), value);
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if self.is_ours() {
            for action in ACTIONS {
                self.answer(action, false);
            }
            self.set("metadata", &JsValue::NULL);
            self.set("playbackState", &"none".into());
            call(&self.session, "setPositionState", &[]);
        }
    }
}

fn object(entries: [(&str, JsValue); 3]) -> Object {
    let object = Object::new();
    for (name, value) in entries {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object
}
