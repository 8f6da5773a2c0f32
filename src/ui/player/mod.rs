//! The player: a `<video>` that the browser feeds by byte ranges, our controls over it, the recording's
//! facts beneath and what is said beside it. What to do when it fails is decided in `crate::player`.

mod actions;
mod captions;
mod controls;
mod header;
mod healing;
mod keys_sheet;
mod notices;
mod only_one;
mod picture;
mod screen;
mod seek_bar;
mod settings;
mod stepping;
mod still;
mod system;
mod transcript;

use leptos::ev;
use web_sys::HtmlInputElement;

use super::{
    browser,
    dom::{El, NodeRef, section},
    host::News,
    reactive::*,
    state::{Playing, Session, State},
};
use crate::{
    i18n::t,
    model::RecordingId,
    player::{Order, Orders, Repeat, Taps, chapters},
};
use actions::keys;
use captions::Captions;
use header::header;
use healing::{Healing, release};
use keys_sheet::keys_sheet;
use picture::stage;
use screen::Screen;
use stepping::Stepping;
use still::Still;
use system::{follow_full_screen, media_session, wake_lock};
use transcript::transcript;

/// Seconds of playing after which the place is noted again: a page may go without a word.
const NOTE_EVERY: f64 = 10.0;
/// Seconds from the start after which nobody wants to go on where they left.
const OFFERED: f64 = 15.0;

/// The handles of one player's parts, free to copy.
#[derive(Clone, Copy)]
pub struct Player {
    state: State,
    screen: Screen,
    still: Still,
    healing: Healing,
    captions: Captions,
    stepping: Stepping,
    /// Where the transcript is searched.
    search: NodeRef<HtmlInputElement>,
    taps: StoredValue<Taps>,
    /// By the last click: two of a finger are no double click.
    was_touched: StoredValue<bool>,
    /// What is shown, whose place is noted when it is left.
    current: StoredValue<Option<RecordingId>>,
    /// Seconds, where it was noted the last time.
    noted: StoredValue<f64>,
    /// Where the viewer left it the last time, in seconds: to be offered.
    left_at: RwSignal<Option<f64>>,
    was_offered: StoredValue<bool>,
    /// Seconds until the next recording begins by itself.
    upcoming: RwSignal<Option<u32>>,
    has_settings: RwSignal<bool>,
    has_keys: RwSignal<bool>,
    /// Missing where there is nothing to go back to.
    close: StoredValue<Option<Box<dyn Fn()>>>,
}

/// Shows what `state.playing` says, one recording after the other in the same `<video>`. `on_close` is
/// missing where there is nothing to go back to.
pub fn player(state: State, on_close: Option<Box<dyn Fn()>>) -> El {
    let (screen, still) = (Screen::new(state), Still::new());
    let it = Player {
        state,
        screen,
        still,
        healing: Healing::new(screen, still),
        captions: Captions::new(screen),
        stepping: Stepping::new(screen),
        search: NodeRef::default(),
        taps: StoredValue::new(Taps::default()),
        was_touched: StoredValue::new(false),
        current: StoredValue::new(None),
        noted: StoredValue::new(0.0),
        left_at: RwSignal::new(None),
        was_offered: StoredValue::new(false),
        upcoming: RwSignal::new(None),
        has_settings: RwSignal::new(false),
        has_keys: RwSignal::new(false),
        close: StoredValue::new(on_close),
    };
    it.follow();
    media_session(screen, move |step| {
        it.play_neighbour(step);
    });
    wake_lock(screen);
    follow_full_screen(screen);
    let has_transcript = Memo::new(move |_| {
        state.player.with(|likes| likes.has_transcript) && it.captions.has_any()
    });
    section()
        .node_ref(screen.frame)
        .class("player")
        .attr("part", "player")
        .class_if("is-theatre", move || state.player.with(|likes| likes.is_theatre))
        .class_if("has-transcript", move || has_transcript.get())
        .attr("role", "region")
        .attr("aria-label", t("Player"))
        // A click on the picture leaves the focus in here, where the keys are heard.
        .attr("tabindex", "-1")
        .on(ev::keydown, move |event| keys(it, &event))
        .on(ev::focusin, move |_| screen.wake())
        .child((
            stage(it),
            header(it),
            move || has_transcript.get().then(|| transcript(screen, it.captions, it.search)),
            move || it.has_keys.get().then(|| keys_sheet(screen, move || it.has_keys.set(false))),
        ))
}

impl Player {
    /// What happens without anybody's touching the player.
    fn follow(self) {
        Effect::new(move |_| {
            if let (Some(playing), Some(_)) = (self.state.playing.get(), self.screen.video.get()) {
                untrack(|| {
                    self.open(&playing);
                    self.obey();
                });
            }
        });
        if self.state.has_native_controls.get_value() {
            Effect::new(move |_| browser::focus(self.screen.video.get().map(Into::into)));
        }
        // Signed in again while the player waited for it.
        Effect::new(move |before: Option<Session>| {
            let session = self.state.session.get();
            if before == Some(Session::Ended) && session == Session::Open {
                self.healing.hope();
            }
            session
        });
        Effect::new(move |_| {
            self.state.orders.track();
            untrack(|| self.obey());
        });
        // An order to one player is none to the next.
        on_cleanup(move || {
            self.state.orders.try_update(Orders::closed);
        });
        self.tell_of_playing();
        let online = window_event_listener(ev::online, move |_| self.healing.hope());
        let left = window_event_listener(ev::pagehide, move |_| self.note_place());
        on_cleanup(move || {
            online.remove();
            left.remove();
            self.healing.stop();
            only_one::left(self.screen);
            if let Some(video) = self.screen.video.get_untracked() {
                release(&video);
            }
        });
    }

    /// Does what the page around it wants.
    fn obey(self) {
        let orders = self.state.orders.try_update_untracked(Orders::take);
        for order in orders.into_iter().flatten() {
            match order {
                Order::Play => self.screen.play(),
                Order::Pause => self.screen.pause(),
                Order::Seek(at) => self.screen.seek(at),
            }
        }
    }

    fn tell_of_playing(self) {
        Effect::new(move |before: Option<Option<(RecordingId, bool)>>| {
            let id = self.state.playing.read().as_ref().map(|it| it.recording.id.clone());
            let now = id.map(|id| (id, self.screen.is_paused.get()));
            match (&now, before.flatten()) {
                (now, before) if *now == before => {}
                (Some((id, false)), _) => self.state.tell_host(News::Played(id.clone())),
                (Some((id, true)), Some((before, _))) if *id == before => {
                    let video = self.screen.video.get_untracked();
                    let at = video.map_or(0.0, |it| it.current_time());
                    self.state.tell_host(News::Paused { id: before, at });
                }
                _ => {}
            }
            now
        });
    }

    fn open(self, playing: &Playing) {
        let recording = &playing.recording;
        self.current.set_value(Some(recording.id.clone()));
        self.upcoming.set(None);
        self.left_at.set(None);
        self.was_offered.set_value(playing.at.is_some());
        self.screen.repeat.set(Repeat::default());
        let length = recording.duration.map(|ms| ms as f64 / 1000.0);
        let text = recording.description.as_deref().unwrap_or_default();
        self.screen.chapters.set(chapters(text, length));
        self.screen.adjust();
        self.stepping.begin();
        self.healing.open(playing);
        self.captions.open(recording);
        self.state.orders.try_update_untracked(Orders::opened);
    }

    fn play_neighbour(self, step: i32) {
        self.note_place();
        if !self.state.play_neighbour(step) {
            let is_last = step > 0;
            let which =
                if is_last { t("This is the last one.") } else { t("This is the first one.") };
            self.screen.show_hint(which.into());
        }
    }

    /// Once there is a picture, for which nothing else is to be waited; unless a link says where to begin.
    fn offer_to_resume(self) {
        let playing = self.state.playing.get_untracked();
        let was_offered = self.was_offered.try_update_value(|it| std::mem::replace(it, true));
        let Some(playing) = playing.filter(|_| was_offered == Some(false)) else { return };
        let (id, is_guest) = (playing.recording.id, playing.secret.is_some());
        self.state.spawn(async move {
            let place = self.state.place(&id, is_guest).await;
            if self.current.try_get_value().flatten() == Some(id) {
                self.left_at.set(place);
            }
        });
    }

    /// Of what is playing: after a sign-out nothing is noted any more.
    fn note_place(self) {
        let current = self.current.try_get_value().flatten();
        let playing = self.state.playing.try_get_untracked().flatten().map(|it| it.recording.id);
        // Nothing that is still offered is forgotten.
        let is_offered = self.left_at.try_get_untracked().flatten().is_some();
        let Some(id) = current.filter(|it| Some(it) == playing.as_ref() && !is_offered) else {
            return;
        };
        let place = self.screen.playback.try_with_value(|it| it.position());
        let duration = self.screen.duration.try_get_untracked();
        if let (Some(seconds), Some(duration)) = (place, duration) {
            self.noted.set_value(seconds);
            self.state.note_place(&id, seconds, duration);
        }
    }

    /// Whether there is something to go back to.
    fn leave(self) -> bool {
        self.note_place();
        self.close.with_value(|close| {
            if let Some(close) = close {
                close();
            }
            close.is_some()
        })
    }

    /// Where the keys are heard, when what had the focus goes.
    fn take_focus(self) {
        if let Some(region) = self.screen.frame.get_untracked() {
            browser::focus_in_place(&region);
        }
    }

    fn ended(self) {
        if !self.healing.has_ended() {
            return;
        }
        self.screen.read();
        let position = self.screen.position.get_untracked();
        if let Some(to) =
            self.screen.repeat.try_update_untracked(|it| it.played(position)).flatten()
        {
            self.screen.seek(to);
            return self.screen.play();
        }
        if let Some(id) = self.current.get_value() {
            self.state.tell_host(News::Ended(id));
        }
        // What is done to it now heals it, but plays nothing.
        self.screen.is_wanted.set_value(false);
        self.note_place();
        let plays_next = self.state.player.with_untracked(|likes| likes.plays_next);
        if plays_next && untrack(|| self.state.neighbour(1)).is_some() {
            self.count_down();
        }
    }

    fn moved(self) {
        self.healing.moved();
        if !self.screen.is_paused.get_untracked() {
            let position = self.screen.position.get_untracked();
            if position > OFFERED && self.left_at.with_untracked(Option::is_some) {
                self.left_at.set(None);
            }
            if (position - self.noted.get_value()).abs() >= NOTE_EVERY {
                self.note_place();
            }
            let back = self.screen.repeat.try_update_untracked(|it| it.played(position)).flatten();
            if let Some(to) = back {
                self.screen.seek(to);
            }
        }
    }
}
