//! The picture and what happens to it: the events of the `<video>`, clicks, taps and dropped files.

use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::PointerEvent;

use super::{
    Player, controls::controls, notices::notices, only_one, settings::settings,
    system::toggle_full_screen,
};
use crate::{
    player::{TAP_SECONDS, Tap},
    ui::{
        browser,
        dom::{El, div, video},
    },
};

pub fn stage(it: Player) -> El {
    let screen = it.screen;
    let has_native = it.state.has_native_controls.get_value();
    div()
        .class("stage")
        .class_if("is-idle", move || screen.is_idle.get())
        .on(ev::pointermove, move |event| {
            if event.pointer_type() != "touch" {
                screen.wake();
            }
        })
        .on(ev::dragover, |event| event.prevent_default())
        .on(ev::drop, move |event| {
            event.prevent_default();
            let files = event.data_transfer().and_then(|it| it.files());
            if let Some(file) = files.and_then(|it| it.get(0)) {
                it.captions.take_file(file);
            }
        })
        .child((
            picture(it, has_native),
            it.still.canvas(),
            notices(it),
            (!has_native).then(|| (controls(it), settings(it))),
        ))
}

fn picture(it: Player, has_native: bool) -> El {
    let (screen, healing) = (it.screen, it.healing);
    let read = move || screen.read();
    let picture = video()
        .node_ref(screen.video)
        .attr("playsinline", "")
        .attr("preload", "metadata")
        .attr("controls", has_native.then_some(""))
        .on(ev::error, move |_| healing.failed())
        .on(ev::timeupdate, move |_| it.moved())
        .on(ev::seeking, move |_| {
            it.upcoming.set(None);
            healing.seeking();
        })
        .on(ev::loadedmetadata, move |_| healing.loaded())
        .on(ev::loadeddata, move |_| it.offer_to_resume())
        .on(ev::seeked, move |_| healing.shown())
        .on(ev::canplay, move |_| healing.shown())
        .on(ev::playing, move |_| healing.shown())
        .on(ev::progress, move |_| healing.data_arrived())
        .on(ev::durationchange, move |_| read())
        .on(ev::play, move |_| {
            only_one::began(screen);
            it.upcoming.set(None);
            screen.wake();
            read();
        })
        .on(ev::pause, move |_| {
            it.note_place();
            screen.paused();
        })
        .on(ev::waiting, move |_| read())
        .on(ev::ended, move |_| it.ended())
        .on(ev::volumechange, move |_| screen.adjusted(has_native))
        .on(ev::ratechange, move |_| screen.adjusted(has_native));
    if has_native {
        return picture;
    }
    picture.on(ev::click, move |event| clicked(it, &event)).on(ev::dblclick, move |_| {
        if !it.was_touched.get_value() {
            toggle_full_screen(screen);
        }
    })
}

/// A finger shows the controls and seeks by tapping twice; a mouse plays and pauses.
fn clicked(it: Player, event: &ev::MouseEvent) {
    let is_touch =
        event.dyn_ref::<PointerEvent>().is_some_and(|event| event.pointer_type() == "touch");
    if it.has_settings.get_untracked() {
        return it.has_settings.set(false);
    }
    it.was_touched.set_value(is_touch);
    if !is_touch {
        return it.screen.toggle();
    }
    it.take_focus();
    let Some(video) = it.screen.video.get_untracked() else { return };
    let width = f64::from(video.client_width()).max(1.0);
    let from_left = f64::from(event.offset_x()) / width;
    // As the bar of time runs.
    let is_mirrored = matches!(video.matches(":dir(rtl)"), Ok(true));
    let share = if is_mirrored { 1.0 - from_left } else { from_left };
    let tap = it.taps.try_update_value(|taps| taps.tap(share, browser::clock()));
    let step = f64::from(TAP_SECONDS);
    match tap {
        Some(Tap::Back(_)) => it.screen.seek_by(-step),
        Some(Tap::Forward(_)) => it.screen.seek_by(step),
        _ if it.screen.is_idle.get_untracked() => it.screen.wake(),
        _ => it.screen.rest(),
    }
}
