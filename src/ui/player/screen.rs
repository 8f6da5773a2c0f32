//! What is known of the `<video>`, as signals, and what can be done to it. A `Screen` is a handle, free
//! to copy; it ends with the player that made it.

use js_sys::Reflect;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlElement, HtmlVideoElement};

use crate::{
    i18n::{clock, spoken, t},
    player::{Chapter, Condition, Playback, Preferences, RATES, Repeat, rate_label},
    ui::{
        browser,
        dom::NodeRef,
        reactive::*,
        state::{Notice, State},
    },
};

/// States of an `HTMLMediaElement`.
const HAVE_METADATA: u16 = 1;
const HAVE_FUTURE_DATA: u16 = 3;
/// Milliseconds that a hint stays.
const HINT: u64 = 900;
/// Milliseconds without a move after which the controls go while it plays.
const IDLE: u64 = 3_000;

/// Seconds of playing after which the position is told anew to who listens to the slider.
const SPEAK_EVERY: f64 = 15.0;

#[derive(Clone, Copy)]
pub struct Screen {
    pub state: State,
    pub video: NodeRef<HtmlVideoElement>,
    /// The whole player, where keys are heard: what fills the screen.
    pub frame: NodeRef<HtmlElement>,
    pub playback: StoredValue<Playback>,
    pub condition: RwSignal<Condition>,
    /// Until the server is asked again.
    pub seconds_left: RwSignal<u32>,
    /// The picture has not moved for a while.
    pub is_still: RwSignal<bool>,
    /// Seconds, as the server says until the file says better.
    pub duration: RwSignal<f64>,
    pub position: RwSignal<f64>,
    /// The position as it is told to those who do not see it: not at every move.
    spoken: RwSignal<f64>,
    /// Seconds to which it is buffered from the position on.
    pub buffered: RwSignal<f64>,
    /// The server sends any part of the file.
    pub can_seek: RwSignal<bool>,
    pub is_paused: RwSignal<bool>,
    pub is_waiting: RwSignal<bool>,
    pub has_ended: RwSignal<bool>,
    /// From 0 to 1.
    pub volume: RwSignal<f64>,
    pub is_muted: RwSignal<bool>,
    pub rate: RwSignal<f64>,
    pub is_full_screen: RwSignal<bool>,
    pub is_in_picture: RwSignal<bool>,
    pub repeat: RwSignal<Repeat>,
    pub chapters: RwSignal<Vec<Chapter>>,
    /// A word over the picture on what a key has just done.
    pub hint: RwSignal<String>,
    hint_ends: StoredValue<u64>,
    /// Nobody has moved or pressed anything for a while.
    pub is_idle: RwSignal<bool>,
    active_at: StoredValue<u64>,
    /// Whether the viewer wants it to play: a video that failed says that it is paused.
    pub is_wanted: StoredValue<bool>,
    /// How often the viewer wanted to play what had stopped.
    pub asked_again: RwSignal<u32>,
}

impl Screen {
    pub fn new(state: State) -> Self {
        let likes = state.player.get_untracked();
        Self {
            state,
            video: NodeRef::default(),
            frame: NodeRef::default(),
            playback: StoredValue::new(Playback::new(0.0, None)),
            condition: RwSignal::new(Condition::Asking),
            seconds_left: RwSignal::new(0),
            is_still: RwSignal::new(true),
            duration: RwSignal::new(0.0),
            position: RwSignal::new(0.0),
            spoken: RwSignal::new(0.0),
            buffered: RwSignal::new(0.0),
            can_seek: RwSignal::new(true),
            is_paused: RwSignal::new(true),
            is_waiting: RwSignal::new(true),
            has_ended: RwSignal::new(false),
            volume: RwSignal::new(f64::from(likes.volume) / 100.0),
            is_muted: RwSignal::new(likes.is_muted),
            rate: RwSignal::new(likes.rate),
            is_full_screen: RwSignal::new(false),
            is_in_picture: RwSignal::new(false),
            repeat: RwSignal::new(Repeat::default()),
            chapters: RwSignal::new(Vec::new()),
            hint: RwSignal::new(String::new()),
            hint_ends: StoredValue::new(0),
            is_idle: RwSignal::new(false),
            active_at: StoredValue::new(0),
            is_wanted: StoredValue::new(true),
            asked_again: RwSignal::new(0),
        }
    }

    /// Takes over what the video says of itself, after each of its events.
    pub fn read(self) {
        let Some(video) = self.video.get_untracked() else { return };
        let duration = video.duration();
        if duration.is_finite() && duration > 0.0 {
            set(self.duration, duration);
        }
        // Not the 0 that it stands at while it is loaded or after it failed.
        let position = self.playback.with_value(Playback::position);
        set(self.position, position);
        if video.paused() || (position - self.spoken.get_untracked()).abs() > SPEAK_EVERY {
            set(self.spoken, position.floor());
        }
        set(self.buffered, buffered_to(&video, position));
        let is_paused = self.condition.with_untracked(|it| match it {
            Condition::Fine => video.paused(),
            Condition::Stopped(_) => true,
            // While it is healed it is paused by us.
            _ => !self.is_wanted.get_value(),
        });
        set(self.is_paused, is_paused);
        set(self.has_ended, video.ended());
        set(self.is_waiting, video.ready_state() < HAVE_FUTURE_DATA && !video.ended());
        set(self.volume, video.volume());
        set(self.is_muted, video.muted());
        set(self.rate, video.playback_rate());
        // Asked for before it is known, WebKitGTK never finds out, nor the length.
        if video.ready_state() >= HAVE_METADATA {
            let seekable = video.seekable();
            let last = seekable.length().checked_sub(1).and_then(|it| seekable.end(it).ok());
            set(self.can_seek, last.is_none_or(|it| it > 0.0));
        }
    }

    /// Plays; where the browser wants a click first, it stays paused and the Play button shows it.
    pub fn play(self) {
        self.is_wanted.set_value(true);
        if self.condition.with_untracked(|it| matches!(it, Condition::Stopped(_))) {
            return self.asked_again.update(|it| *it += 1);
        }
        let Some(video) = self.video.get_untracked() else { return };
        if let Ok(started) = video.play() {
            self.state.spawn(async move {
                // In WebKit it may never be settled.
                let refused = JsFuture::from(started).await.err();
                let why = refused.and_then(|it| Reflect::get(&it, &"name".into()).ok());
                // Anything else is mended, and plays then.
                if why.and_then(|it| it.as_string()).as_deref() == Some("NotAllowedError") {
                    self.is_wanted.try_update_value(|it| *it = false);
                }
            });
        }
        self.read();
    }

    pub fn pause(self) {
        self.is_wanted.set_value(false);
        if let Some(video) = self.video.get_untracked() {
            // Never fails.
            let _ = video.pause();
        }
        self.read();
    }

    /// The video says that it is paused, by whoever's hand. One that failed is not asked.
    pub fn paused(self) {
        let video = self.video.get_untracked();
        if video.is_some_and(|it| it.error().is_none() && !it.ended())
            && self.condition.with_untracked(|it| *it == Condition::Fine)
        {
            self.is_wanted.set_value(false);
        }
        self.read();
    }

    pub fn toggle(self) {
        if self.is_paused.get_untracked() { self.play() } else { self.pause() }
    }

    /// Goes to this many seconds; past the ends is at the ends.
    pub fn seek(self, seconds: f64) {
        let duration = self.duration.get_untracked();
        let most = if duration > 0.0 { duration } else { f64::MAX };
        let seconds = seconds.clamp(0.0, most);
        self.playback.update_value(|it| it.sought(seconds));
        self.repeat.try_update_untracked(|it| it.sought(seconds));
        set(self.position, seconds);
        set(self.spoken, seconds.floor());
        if let Some(video) = self.video.get_untracked() {
            video.set_current_time(seconds);
        }
    }

    /// As [`Self::seek`], by keys and taps, which have no other sign of where it went.
    pub fn seek_by(self, seconds: f64) {
        self.seek(self.position.get_untracked() + seconds);
        self.show_hint(clock(self.position.get_untracked() as u64));
    }

    pub fn set_volume(self, volume: f64) {
        let volume = volume.clamp(0.0, 1.0);
        self.like(|it| {
            it.volume = (volume * 100.0).round() as u8;
            it.is_muted = false;
        });
        self.adjust();
    }

    /// Gives the video the sound and the speed that the viewer likes.
    pub fn adjust(self) {
        let (volume, is_muted, rate) = self
            .state
            .player
            .with_untracked(|likes| (f64::from(likes.volume) / 100.0, likes.is_muted, likes.rate));
        // At once: of two quick keys the second goes on from the first.
        set(self.volume, volume);
        set(self.is_muted, is_muted);
        set(self.rate, rate);
        let Some(video) = self.video.get_untracked() else { return };
        video.set_volume(volume);
        video.set_muted(is_muted);
        // What is loaded again begins with the default.
        video.set_default_playback_rate(rate);
        video.set_playback_rate(rate);
    }

    /// The video has another sound or speed now; by its own controls the viewer likes it so.
    pub fn adjusted(self, by_its_controls: bool) {
        self.read();
        if by_its_controls {
            let volume = (self.volume.get_untracked() * 100.0).round() as u8;
            let (is_muted, rate) = (self.is_muted.get_untracked(), self.rate.get_untracked());
            self.like(|it| (it.volume, it.is_muted, it.rate) = (volume, is_muted, rate));
        }
    }

    pub fn is_silent(self) -> bool {
        self.is_muted.get() || self.volume.get() == 0.0
    }

    pub fn toggle_mute(self) {
        let unmutes = untrack(|| self.is_silent());
        if unmutes && self.volume.get_untracked() == 0.0 {
            return self.set_volume(1.0);
        }
        self.like(|it| it.is_muted = !unmutes);
        self.adjust();
    }

    /// One of [`RATES`]; the pitch of voices stays.
    pub fn set_rate(self, rate: f64) {
        if !RATES.contains(&rate) {
            return;
        }
        self.like(|it| it.rate = rate);
        self.adjust();
        self.show_hint(rate_label(rate));
    }

    /// Changes how the viewer likes the player, for the next recording too.
    pub fn like(self, change: impl FnOnce(&mut Preferences)) {
        self.state.player.update(change);
        self.state.keep_preferences();
    }

    /// Shows a word over the picture, and says it once no other follows.
    pub fn show_hint(self, text: String) {
        self.hint_ends.set_value(browser::clock() + HINT);
        self.hint.set(text);
    }

    /// Somebody is there.
    pub fn wake(self) {
        self.active_at.set_value(browser::clock());
        set(self.is_idle, false);
    }

    /// Nobody wants the controls.
    pub fn rest(self) {
        set(self.is_idle, !self.is_paused.get_untracked());
    }

    /// What time changes: told every half second.
    pub fn tick(self, now: u64) {
        if now >= self.hint_ends.get_value() && !self.hint.read_untracked().is_empty() {
            self.state.status.set(Notice { text: self.hint.get_untracked(), is_news: false });
            self.hint.set(String::new());
        }
        let is_idle = !self.is_paused.get_untracked() && now - self.active_at.get_value() >= IDLE;
        set(self.is_idle, is_idle);
    }

    /// "34 minutes 10 seconds of 1 hour 12 minutes".
    pub fn spoken_position(self) -> String {
        let [at, length] = [self.spoken, self.duration].map(|it| spoken(it.get() as u64));
        t("{time} of {length}").with(&[("time", &at), ("length", &length)])
    }
}

/// Tells only news: whoever reads a signal is run again at each.
pub fn set<T: PartialEq + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|it| *it != value) {
        signal.set(value);
    }
}

pub fn buffered_to(video: &HtmlVideoElement, position: f64) -> f64 {
    let ranges = video.buffered();
    let around = (0..ranges.length()).find_map(|at| {
        let (start, end) = (ranges.start(at).ok()?, ranges.end(at).ok()?);
        (start <= position && position <= end).then_some(end)
    });
    around.unwrap_or(position)
}
