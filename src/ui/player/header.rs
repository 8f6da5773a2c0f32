//! Beneath the picture: what is playing, and what can be done with it.

use leptos::ev;

use super::Player;
use crate::{
    i18n::{clock, t},
    model::Recording,
    ui::{
        browser,
        details::details,
        dom::{Child, El, bdi, button, div, fragment, h2, header as header_tag, p},
        icon,
        icon::icon,
        reactive::*,
        state::State,
    },
};

/// Seconds from which on a link to the place is worth having.
const WORTH_IT: u64 = 5;

pub fn header(it: Player) -> El {
    let state = it.state;
    let has_details = RwSignal::new(false);
    let recording = move || state.playing.with(|it| it.as_ref().map(|it| it.recording.clone()));
    let recording = Memo::new(move |_| recording());
    let about = move || {
        recording.get().map(|it| {
            let facts = facts(state, &it);
            div().child((
                h2().child(bdi().child(it.title().to_owned())),
                p().class("muted").child(facts),
            ))
        })
    };
    let close = it.close.with_value(Option::is_some).then(|| {
        button()
            .class("icon-button")
            .attr("type", "button")
            .attr("aria-label", t("Close player"))
            .on(ev::click, move |_| {
                it.leave();
            })
            .child(icon(icon::CLOSE))
    });
    let shown = move || {
        let recording = recording.get().filter(|_| has_details.get())?;
        let video = it.screen.video.get_untracked();
        let picture = video.map(|it| (it.video_width(), it.video_height()));
        let picture = picture.filter(|(width, _)| *width > 0);
        Some(details(state, &recording, picture, move || has_details.set(false)))
    };
    header_tag().child((
        about,
        copy_link(it),
        download(state),
        labelled(t("Details"), icon::INFO, move || has_details.set(true)),
        close,
        shown,
    ))
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

/// A viewer of a shared link has no right to make links.
fn copy_link(it: Player) -> impl Child {
    let state = it.state;
    let place =
        Memo::new(move |_| Some(it.screen.position.get() as u64).filter(|it| *it > WORTH_IT));
    let can_share = Memo::new(move |_| {
        let is_guest = state.playing.with(|it| it.as_ref().is_some_and(|it| it.secret.is_some()));
        state.can.with(|can| can.share) && !is_guest
    });
    let text = move || match place.get() {
        Some(seconds) => t("Copy link at {time}").with(&[("time", &clock(seconds))]),
        None => t("Copy link").into(),
    };
    move || {
        can_share.get().then(|| {
            labelled(text, icon::LINK, move || {
                let playing = state.playing.get_untracked();
                if let Some(playing) = playing {
                    let at = place.get_untracked().map(|seconds| seconds as f64);
                    state.copy_link(playing.recording.id, at);
                }
            })
        })
    }
}

/// Who may see it by a link may save it.
fn download(state: State) -> impl Child {
    move || {
        state.can.with(|can| can.download).then(|| {
            labelled(t("Download"), icon::DOWNLOAD, move || {
                if let Some(playing) = state.playing.get_untracked() {
                    state.download(playing.recording, playing.secret);
                }
            })
        })
    }
}

fn labelled(text: impl Child, shape: &'static str, act: impl Fn() + 'static) -> El {
    button()
        .class("button")
        .attr("type", "button")
        .on(ev::click, move |_| act())
        .child(fragment((icon(shape), text)))
}
