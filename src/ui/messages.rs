//! The two live regions, there from the start so that screen readers know them: what has happened,
//! and what did not work.

use gloo_timers::future::TimeoutFuture;
use leptos::ev;

use super::{
    dom::{Child, El, button, div, span},
    icon,
    icon::icon,
    layers::copying,
    parts::{self, More},
    reactive::*,
    state::{Notice, State},
};
use crate::i18n::{messages, t};

/// Milliseconds that news stay to be seen.
const SHOWN: u32 = 6_000;

pub fn live_regions(state: State) -> El {
    Effect::new(move |_| {
        let notice = state.status.get();
        if notice.is_news {
            state.spawn(async move {
                TimeoutFuture::new(SHOWN).await;
                state.status.update(|now| now.is_news &= *now != notice);
            });
        }
    });
    div().class("messages").child((
        div()
            .attr("part", "status")
            .attr("role", "status")
            .class(move || {
                shown_if(
                    state.status.read().is_news
                        || state.undo.read().is_some()
                        || state.copying.read().is_some(),
                    "message",
                )
            })
            .child((
                span()
                    .class(move || shown_if(state.status.read().is_news, ""))
                    .child(move || state.status.read().text.clone()),
                undo(state),
                copying(state),
            )),
        div()
            .attr("part", "alert")
            .attr("role", "alert")
            .class(move || shown_if(state.alert.read().is_news, "message is-problem"))
            .child(move || {
                let alert = state.alert.get();
                (!alert.text.is_empty()).then(|| {
                    let close = alert.is_news.then(|| close_button(state));
                    (icon(icon::WARNING), span().child(alert.text), close)
                })
            }),
    ))
}

/// What was deleted, and for how long that can be undone. The seconds are there to be seen: said one by
/// one they would drown everything else.
fn undo(state: State) -> impl Child {
    let count = Memo::new(move |_| state.undo.read().as_ref().map(|it| it.count));
    move || count.get().map(|count| parts::inside(state, More::Undo(count)))
}

pub(super) fn offer(state: State, count: usize) -> impl Child {
    let seconds = move || state.undo.read().as_ref().map_or(0, |it| it.seconds_left).to_string();
    (
        span().child(messages::deleting(count)),
        button()
            .class("button")
            .attr("type", "button")
            .on(ev::click, move |_| state.undo_deletion())
            .child(t("Undo")),
        span().class("seconds").attr("aria-hidden", "true").child(seconds),
    )
}

fn shown_if(is_shown: bool, class: &'static str) -> &'static str {
    if is_shown { class } else { "visually-hidden" }
}

fn close_button(state: State) -> El {
    button()
        .class("icon-button")
        .attr("type", "button")
        .attr("aria-label", t("Close message"))
        .on(ev::click, move |_| {
            state.alert.set(Notice::default());
            state.focus_search();
        })
        .child(icon(icon::CLOSE))
}
