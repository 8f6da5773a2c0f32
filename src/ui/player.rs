//! The player: a `<video>` that the browser feeds by byte ranges, our controls over it, and the
//! recording's facts beneath. What to do when it fails is decided in `crate::player`.

use gloo_timers::future::TimeoutFuture;
use leptos::{ev, prelude::*};
use web_sys::{HtmlElement, HtmlVideoElement};

use super::{
    browser,
    dom::{Child, El, NodeRef, bdi, button, div, h2, header, p, section, video},
    icon,
    icon::icon,
    player_controls::{Controls, controls},
    state::{Playing, Session, State},
};
use crate::{
    i18n::{clock, messages},
    model::Recording,
    player::{Failure, Playback, Step},
    provider::OpenViduMeet,
};

/// `on_close` is missing where there is nothing to go back to.
pub fn player(state: State, playing: Playing, on_close: Option<Box<dyn Fn()>>) -> El {
    let recording = playing.recording.clone();
    let can_close = on_close.is_some();
    let on_close = StoredValue::new_local(on_close);
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
        .started_at
        .map(|ms| format!("{} {}", format.day(ms, browser::now()), format.time(ms)));
    let length = recording.duration.map(|ms| clock(ms / 1000));
    let size = recording.size.map(|bytes| format.size(bytes));
    [when, length, size].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// A viewer of a shared link has no right to make links, but may save what they may see.
fn share_buttons(state: State, playing: &Playing) -> impl Child {
    let (recording, secret) = (playing.recording.clone(), playing.secret.clone());
    let can_share = OpenViduMeet::CAPABILITIES.share && secret.is_none();
    let id = recording.id.clone();
    let copy_link = can_share.then(|| {
        button()
            .class("button")
            .attr("type", "button")
            .on(ev::click, move |_| state.copy_link(id.clone()))
            .child((icon(icon::LINK), "Copy link"))
    });
    let download = button()
        .class("button")
        .attr("type", "button")
        .on(ev::click, move |_| state.download(recording.clone(), secret.clone()))
        .child((icon(icon::DOWNLOAD), "Download"));
    (copy_link, download)
}

/// Why there is no picture.
#[derive(Clone, PartialEq)]
enum Trouble {
    None,
    /// Finding out, or loading again.
    Reconnecting,
    Stopped(String),
}

fn stage(state: State, playing: Playing) -> El {
    let media = OpenViduMeet::media(&playing.recording.id, playing.secret.as_ref());
    let url = state.client().url(&media);
    let node = NodeRef::<HtmlVideoElement>::default();
    let frame = NodeRef::<HtmlElement>::default();
    let trouble = RwSignal::new(Trouble::None);
    let playback = StoredValue::new_local(Playback::default());
    let resume_at = StoredValue::new_local(None::<f64>);
    let shown =
        Controls::new(state, node, frame, playing.recording.duration.map(|ms| ms as f64 / 1000.0));

    let follow = move |step: Step| {
        let Some(video) = node.get_untracked() else { return };
        match step {
            Step::Reload { at } => {
                trouble.set(Trouble::Reconnecting);
                resume_at.set_value(Some(at));
                video.load();
                shown.play(&video);
            }
            Step::Explain(error) => trouble.set(Trouble::Stopped(
                error.as_ref().map_or(messages::UNPLAYABLE.to_owned(), messages::error),
            )),
        }
    };
    let failed = move |why: Failure| {
        trouble.set(Trouble::Reconnecting);
        let media = media.clone();
        state.spawn(async move {
            let answer = state.client().check(&media).await;
            if let Err(error) = &answer {
                state.notice(error);
            }
            if let Some(step) = playback.try_update_value(|it| it.failed(why, answer)) {
                follow(step);
            }
        });
    };
    let on_error = failed.clone();
    state.spawn(async move {
        loop {
            TimeoutFuture::new(1000).await;
            let is_playing = trouble.try_get_untracked() == Some(Trouble::None)
                && node.get_untracked().is_some_and(|video| !video.paused() && !video.ended());
            // `None` once the player is gone.
            match playback.try_update_value(|it| it.has_stalled(is_playing)) {
                Some(true) => failed(Failure::Stall),
                Some(false) => {}
                None => return,
            }
        }
    });
    let retry = move || {
        if let Some(step) = playback.try_update_value(Playback::retry) {
            follow(step);
        }
    };
    let moved = move |_| {
        // A failed video reports position 0 in WebKit; the last good one is what counts.
        if let Some(video) = node.get_untracked().filter(|video| video.error().is_none()) {
            playback.update_value(|it| it.at(video.current_time()));
            shown.read(&video);
        }
    };
    let loaded = move |_| {
        if let Some(video) = node.get_untracked() {
            if let Some(at) = resume_at.try_update_value(Option::take).flatten() {
                video.set_current_time(at);
            }
            trouble.set(Trouble::None);
            shown.read(&video);
        }
    };
    Effect::new(move |_| {
        if let Some(video) = node.get() {
            shown.play(&video);
        }
    });
    // Signed in again while the player waited for it.
    Effect::new(move |before: Option<Session>| {
        let session = state.session.get();
        if before == Some(Session::Ended) && session == Session::Open {
            retry();
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
        .attr("src", url)
        .attr("playsinline", "")
        .attr("preload", "metadata")
        .on(ev::click, move |_| shown.toggle())
        .on(ev::error, move |_| on_error(Failure::Error))
        .on(ev::timeupdate, moved)
        .on(ev::seeking, moved)
        .on(ev::loadedmetadata, loaded)
        .on(ev::durationchange, move |_| update())
        .on(ev::progress, move |_| {
            playback.update_value(Playback::data_arrived);
            update();
        })
        .on(ev::play, move |_| update())
        .on(ev::pause, move |_| update())
        .on(ev::waiting, move |_| update())
        .on(ev::playing, move |_| update())
        .on(ev::ended, move |_| update())
        .on(ev::volumechange, move |_| update());
    div().node_ref(frame).class("stage").child((
        picture,
        move || match trouble.get() {
            Trouble::None => None,
            Trouble::Reconnecting => Some(
                div()
                    .class("notice")
                    .attr("role", "status")
                    .child("Reconnecting… your place is kept"),
            ),
            Trouble::Stopped(text) => Some(
                div().class("trouble").attr("role", "alert").child((
                    icon(icon::WARNING),
                    p().child(text),
                    button()
                        .class("button")
                        .attr("type", "button")
                        .on(ev::click, move |_| retry())
                        .child("Try again"),
                )),
            ),
        },
        controls(shown),
    ))
}

/// Ends the download: without this the browser keeps the connection of a video that is gone.
fn release(video: &HtmlVideoElement) {
    // Neither fails on a video.
    let _ = video.pause();
    let _ = video.remove_attribute("src");
    video.load();
}
