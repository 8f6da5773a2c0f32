//! The two live regions, there from the start so that screen readers know them: what has happened,
//! and what did not work.

use gloo_timers::future::TimeoutFuture;
use leptos::{ev, prelude::*};

use super::{
    dom::{El, button, div, span},
    icon,
    icon::icon,
    state::State,
};

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
            .attr("role", "status")
            .class(move || if state.status.read().is_news { "message" } else { "visually-hidden" })
            .child(move || state.status.read().text.clone()),
        div()
            .attr("role", "alert")
            .class(move || if state.alert.read().is_empty() { "" } else { "message is-problem" })
            .child(move || {
                let text = state.alert.get();
                (!text.is_empty()).then(|| {
                    (
                        icon(icon::WARNING),
                        span().child(text),
                        button()
                            .class("icon-button")
                            .attr("type", "button")
                            .attr("aria-label", "Close message")
                            .on(ev::click, move |_| state.alert.set(String::new()))
                            .child(icon(icon::CLOSE)),
                    )
                })
            }),
    ))
}
