//! The whole screen for the picture and what stands over it; on an iPhone, for the video alone.

use web_sys::HtmlElement;

use super::{
    super::screen::{Screen, set},
    call, call_first, get, listen,
};
use crate::ui::{browser, reactive::*};

pub fn toggle_full_screen(screen: Screen) {
    let (Some(frame), Some(video)) = (screen.frame.get_untracked(), screen.video.get_untracked())
    else {
        return;
    };
    let Some(document) = browser::document() else { return };
    if screen.is_full_screen.get_untracked() {
        call_first(&[
            (&document, "exitFullscreen"),
            (&document, "webkitExitFullscreen"),
            (&video, "webkitExitFullscreen"),
        ]);
    } else {
        call_first(&[
            (&frame, "requestFullscreen"),
            (&frame, "webkitRequestFullscreen"),
            (&video, "webkitEnterFullscreen"),
        ]);
    }
}

/// Keeps `screen.is_full_screen` right, whoever changes it.
pub fn follow_full_screen(screen: Screen) {
    Effect::new(move |_| {
        let (Some(frame), Some(video)) = (screen.frame.get(), screen.video.get()) else { return };
        for name in ["fullscreenchange", "webkitfullscreenchange"] {
            listen(&frame, name, move |_| changed(screen));
        }
        for (name, is_on) in [("webkitbeginfullscreen", true), ("webkitendfullscreen", false)] {
            listen(&video, name, move |_| set(screen.is_full_screen, is_on));
        }
    });
}

fn changed(screen: Screen) {
    let is_on = screen.frame.get_untracked().is_some_and(|frame| is_full_screen(&frame));
    set(screen.is_full_screen, is_on);
    turn(screen, is_on);
}

/// Of a frame in a shadow root, `document.fullscreenElement` names the host.
fn is_full_screen(frame: &HtmlElement) -> bool {
    let matches = |selector| frame.matches(selector);
    // An engine that does not know a selector throws.
    matches(":fullscreen").or_else(|_| matches(":-webkit-full-screen")) == Ok(true)
}

/// A wide picture lies on its side, where the device turns at a page's word.
fn turn(screen: Screen, is_on: bool) {
    let display = browser::window().and_then(|it| get(&it, "screen"));
    let Some(orientation) = display.and_then(|it| get(&it, "orientation")) else { return };
    let video = screen.video.get_untracked();
    if is_on && video.is_some_and(|it| it.video_width() > it.video_height()) {
        call(&orientation, "lock", &["landscape".into()]);
    } else {
        call(&orientation, "unlock", &[]);
    }
}
