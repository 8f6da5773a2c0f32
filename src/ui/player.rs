//! The player: a `<video>` that the browser feeds by byte ranges, our controls over it, and the
//! recording's facts beneath. What to do when it fails is decided in `crate::player`.

use leptos::ev;
use web_sys::{HtmlElement, HtmlVideoElement};

use super::{
    browser,
    captions::captions,
    dom::{Child, El, NodeRef, bdi, button, div, h2, header, p, section, video},
    icon,
    icon::icon,
    playback::{Driver, Trouble},
    player_controls::{Controls, controls},
    reactive::*,
    state::{Playing, Session, State},
};
use crate::{i18n::clock, model::Recording, player::Failure};

/// `on_close` is missing where there is nothing to go back to.
pub fn player(state: State, playing: Playing, on_close: Option<Box<dyn Fn()>>) -> El {
    let recording = playing.recording.clone();
    let can_close = on_close.is_some();
    let on_close = StoredValue::new(on_close);
    let close = move || on_close.with_value(|it| it.iter().for_each(|close| close()));
    let heading = header().child((
        div().child((
            h2().child(bdi().child(recording.title().to_owned())),
            p().class("muted").child(facts(state, &recording)),
        )),
        share_buttons(state, &playing),
        can_close.then(|| {
            button()
                .class("icon-button")
                .attr("type", "button")
                .attr("aria-label", "Close player")
                .on(ev::click, move |_| close())
                .child(icon(icon::CLOSE))
        }),
    ));
    section()
        .class("player")
        .attr("role", "region")
        .attr("aria-label", "Player")
        .on(ev::keydown, move |event| {
            if event.key() == "Escape" && can_close {
                event.prevent_default();
                close();
            }
        })
        .child((stage(state, playing), heading))
}

fn facts(state: State, recording: &Recording) -> String {
    let format = state.format();
    let when = recording
        .date()
        .map(|ms| format!("{} {}", format.day(ms, browser::now()), format.time(ms)));
    let length = recording.duration.map(|ms| clock(ms / 1000));
    let about = if recording.is_size_rounded { "≈ " } else { "" };
    let size = recording.size.map(|bytes| format!("{about}{}", format.size(bytes)));
    [when, length, size].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// A viewer of a shared link has no right to make links, but may save what they may see.
fn share_buttons(state: State, playing: &Playing) -> impl Child {
    let (recording, secret) = (playing.recording.clone(), playing.secret.clone());
    let can = state.can.get_untracked();
    let can_share = can.share && secret.is_none();
    let id = recording.id.clone();
    let copy_link = can_share.then(|| {
        button()
            .class("button")
            .attr("type", "button")
            .on(ev::click, move |_| state.copy_link(id.clone()))
            .child((icon(icon::LINK), "Copy link"))
    });
    let download = can.download.then(|| {
        button()
            .class("button")
            .attr("type", "button")
            .on(ev::click, move |_| state.download(recording.clone(), secret.clone()))
            .child((icon(icon::DOWNLOAD), "Download"))
    });
    (copy_link, download)
}

fn stage(state: State, playing: Playing) -> El {
    let node = NodeRef::<HtmlVideoElement>::default();
    let frame = NodeRef::<HtmlElement>::default();
    let length = playing.recording.duration.map(|ms| ms as f64 / 1000.0);
    let shown = Controls::new(state, node, frame, length);
    let captions = captions(state, node, playing.recording.subtitles.clone());
    let driver = Driver::new(state, node, shown, &playing);
    Effect::new(move |_| {
        if node.get().is_some() {
            driver.start();
        }
    });
    // Signed in again while the player waited for it.
    Effect::new(move |before: Option<Session>| {
        let session = state.session.get();
        let has_stopped = matches!(driver.trouble.get_untracked(), Trouble::Stopped(_));
        if before == Some(Session::Ended) && session == Session::Open && has_stopped {
            driver.retry();
        }
        session
    });
    on_cleanup(move || {
        if let Some(video) = node.get_untracked() {
            release(&video);
        }
    });
    let update = move || {
        if let Some(video) = node.get_untracked() {
            shown.read(&video);
        }
    };
    let picture = video()
        .node_ref(node)
        .attr("playsinline", "")
        .attr("preload", "metadata")
        .on(ev::click, move |_| shown.toggle())
        .on(ev::error, move |_| driver.failed(Failure::Error))
        .on(ev::timeupdate, move |_| driver.moved())
        .on(ev::seeking, move |_| driver.moved())
        .on(ev::loadedmetadata, move |_| driver.loaded())
        .on(ev::progress, move |_| {
            driver.data_arrived();
            update();
        })
        .on(ev::durationchange, move |_| update())
        .on(ev::play, move |_| update())
        .on(ev::pause, move |_| update())
        .on(ev::waiting, move |_| update())
        .on(ev::playing, move |_| update())
        .on(ev::ended, move |_| update())
        .on(ev::volumechange, move |_| update());
    div().node_ref(frame).class("stage").child((
        picture,
        trouble(driver),
        controls(shown, captions),
    ))
}

fn trouble(driver: Driver) -> impl Child {
    move || match driver.trouble.get() {
        Trouble::None => None,
        Trouble::Asking | Trouble::Reloading => {
            Some(div().class("notice").child("Reconnecting… your place is kept"))
        }
        Trouble::Stopped(text) => Some(
            div().class("trouble").child((
                icon(icon::WARNING),
                p().child(text),
                button()
                    .class("button")
                    .attr("type", "button")
                    .on(ev::click, move |_| driver.retry())
                    .child("Try again"),
            )),
        ),
    }
}

/// Ends the download: without this the browser keeps the connection of a video that is gone.
fn release(video: &HtmlVideoElement) {
    // Neither fails on a video.
    let _ = video.pause();
    let _ = video.remove_attribute("src");
    video.load();
}
