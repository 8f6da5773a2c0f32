//! The controls of the player: a bar over the picture.

use leptos::ev;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlElement, HtmlInputElement, HtmlVideoElement};

use super::{
    browser,
    dom::{Child, El, NodeRef, button, div, input, span},
    icon,
    icon::icon,
    reactive::*,
    state::State,
};
use crate::i18n::{clock, spoken};

/// Seconds that the arrow keys move by.
const STEP: f64 = 5.0;

/// What the controls show, read from the `<video>` after each of its events.
#[derive(Clone, Copy)]
pub struct Controls {
    state: State,
    video: NodeRef<HtmlVideoElement>,
    frame: NodeRef<HtmlElement>,
    /// Seconds, as the server says until the file says better.
    duration: RwSignal<f64>,
    position: RwSignal<f64>,
    buffered: RwSignal<f64>,
    is_paused: RwSignal<bool>,
    is_waiting: RwSignal<bool>,
    /// From 0 to 1.
    volume: RwSignal<f64>,
    is_muted: RwSignal<bool>,
}

impl Controls {
    pub fn new(
        state: State,
        video: NodeRef<HtmlVideoElement>,
        frame: NodeRef<HtmlElement>,
        duration: Option<f64>,
    ) -> Self {
        Self {
            state,
            video,
            frame,
            duration: RwSignal::new(duration.unwrap_or(0.0)),
            position: RwSignal::new(0.0),
            buffered: RwSignal::new(0.0),
            is_paused: RwSignal::new(true),
            is_waiting: RwSignal::new(true),
            volume: RwSignal::new(1.0),
            is_muted: RwSignal::new(false),
        }
    }

    pub fn read(self, video: &HtmlVideoElement) {
        let duration = video.duration();
        if duration.is_finite() {
            self.duration.set(duration);
        }
        let position = video.current_time();
        self.position.set(position);
        let ranges = video.buffered();
        let around = (0..ranges.length()).find_map(|at| {
            let (start, end) = (ranges.start(at).ok()?, ranges.end(at).ok()?);
            (start <= position && position <= end).then_some(end)
        });
        self.buffered.set(around.unwrap_or(position));
        self.is_paused.set(video.paused());
        const HAVE_FUTURE_DATA: u16 = 3;
        self.is_waiting.set(video.ready_state() < HAVE_FUTURE_DATA && !video.ended());
        self.volume.set(video.volume());
        self.is_muted.set(video.muted());
    }

    /// Plays; where the browser wants a click first, it stays paused and the Play button shows it.
    pub fn play(self, video: &HtmlVideoElement) {
        if let Ok(started) = video.play() {
            self.state.spawn(async move {
                // A refusal is no error.
                let _ = JsFuture::from(started).await;
            });
        }
    }

    pub fn toggle(self) {
        if let Some(video) = self.video.get_untracked() {
            if video.paused() {
                self.play(&video);
            } else {
                // Never fails.
                let _ = video.pause();
            }
        }
    }

    fn seek(self, seconds: f64) {
        if let Some(video) = self.video.get_untracked() {
            let seconds = seconds.clamp(0.0, self.duration.get_untracked().max(0.0));
            video.set_current_time(seconds);
            self.position.set(seconds);
        }
    }
}

/// `captions` stands with the buttons, where there is something to show.
pub fn controls(shown: Controls, captions: impl Child) -> El {
    div().class("controls").class_if("is-idle", move || !shown.is_paused.get()).child((
        seek(shown),
        play(shown),
        mute(shown),
        volume(shown),
        time(shown),
        captions,
        full_screen(shown),
    ))
}

fn play(shown: Controls) -> El {
    let node = NodeRef::<HtmlElement>::default();
    Effect::new(move |_| browser::focus(node.get()));
    button()
        .node_ref(node)
        .class("icon-button")
        .attr("type", "button")
        .attr("aria-label", move || if shown.is_paused.get() { "Play" } else { "Pause" })
        .on(ev::click, move |_| shown.toggle())
        .child(icon(move || if shown.is_paused.get() { icon::PLAY } else { icon::PAUSE }))
}

fn seek(shown: Controls) -> El {
    let share = move |seconds: f64| {
        let duration = shown.duration.get();
        if duration > 0.0 { percent(seconds / duration) } else { percent(0.0) }
    };
    input()
        .class("range seek")
        .attr("type", "range")
        .attr("aria-label", "Seek")
        .attr("min", "0")
        .attr("step", "any")
        .prop("max", move || shown.duration.get())
        .prop("value", move || shown.position.get())
        .attr("aria-valuetext", move || {
            let spoken = |seconds: f64| spoken(seconds as u64);
            format!("{} of {}", spoken(shown.position.get()), spoken(shown.duration.get()))
        })
        .style("--played", move || share(shown.position.get()))
        .style("--buffered", move || share(shown.buffered.get()))
        .on(ev::input, move |event| {
            shown.seek(event_target::<HtmlInputElement>(&event).value_as_number());
        })
        .on(ev::keydown, move |event| {
            let position = shown.position.get_untracked();
            let to = match event.key().as_str() {
                "ArrowLeft" | "ArrowDown" => position - STEP,
                "ArrowRight" | "ArrowUp" => position + STEP,
                "Home" => 0.0,
                "End" => shown.duration.get_untracked(),
                _ => return,
            };
            event.prevent_default();
            shown.seek(to);
        })
}

/// A share from 0 to 1 in steps of a tenth of a percent, which is as fine as anybody sees.
fn percent(share: f64) -> String {
    let tenths = (share.clamp(0.0, 1.0) * 1000.0).round() as u32;
    format!("{}.{}%", tenths / 10, tenths % 10)
}

fn mute(shown: Controls) -> El {
    let is_silent = move || shown.is_muted.get() || shown.volume.get() == 0.0;
    button()
        .class("icon-button")
        .attr("type", "button")
        .attr("aria-label", move || if is_silent() { "Unmute" } else { "Mute" })
        .on(ev::click, move |_| {
            if let Some(video) = shown.video.get_untracked() {
                let unmute = untrack(is_silent);
                video.set_muted(!unmute);
                if unmute && video.volume() == 0.0 {
                    video.set_volume(1.0);
                }
            }
        })
        .child(icon(move || if is_silent() { icon::MUTED } else { icon::VOLUME }))
}

fn volume(shown: Controls) -> El {
    let level = move || if shown.is_muted.get() { 0.0 } else { shown.volume.get() };
    input()
        .class("range volume")
        .attr("type", "range")
        .attr("aria-label", "Volume")
        .attr("min", "0")
        .attr("max", "1")
        .attr("step", "0.05")
        .prop("value", level)
        .attr("aria-valuetext", move || format!("{}%", (level() * 100.0).round() as u32))
        .style("--played", move || percent(level()))
        .on(ev::input, move |event| {
            if let Some(video) = shown.video.get_untracked() {
                video.set_volume(event_target::<HtmlInputElement>(&event).value_as_number());
                video.set_muted(false);
            }
        })
}

fn time(shown: Controls) -> El {
    span().class("time").child((
        move || clock(shown.position.get() as u64),
        span().child((" / ", move || clock(shown.duration.get() as u64))),
        move || {
            let is_loading = shown.is_waiting.get() && !shown.is_paused.get();
            is_loading.then(|| span().class("loading").child("Loading…"))
        },
    ))
}

fn full_screen(shown: Controls) -> El {
    button()
        .class("icon-button")
        .attr("type", "button")
        .attr("aria-label", "Full screen")
        .on(ev::click, move |_| {
            let Some(document) = browser::document() else { return };
            if document.fullscreen_element().is_some() {
                document.exit_fullscreen();
            } else if let Some(frame) = shown.frame.get_untracked() {
                // Refused where the host page does not allow it.
                let _ = frame.request_fullscreen();
            }
        })
        .child(icon(icon::FULL_SCREEN))
}
