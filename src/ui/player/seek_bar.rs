//! The bar of time: what was played, what is there already, chapters, the loop, and the time under the
//! pointer.

use leptos::ev;
use web_sys::{HtmlElement, HtmlInputElement};

use super::screen::Screen;
use crate::{
    i18n::{clock, t},
    player::chapter_at,
    ui::{
        dom::{El, NodeRef, div, input, output, span},
        reactive::*,
    },
};

/// Seconds that the arrow keys move by, and that Page up and Page down do.
const STEP: f64 = 5.0;
const LEAP: f64 = 30.0;

pub fn seek_bar(screen: Screen) -> El {
    let node = NodeRef::<HtmlElement>::default();
    // Seconds under the pointer.
    let hover = RwSignal::new(None::<f64>);
    let share = move |seconds: f64| {
        let duration = screen.duration.get();
        if duration > 0.0 { percent(seconds / duration) } else { percent(0.0) }
    };
    let point = move |event: &ev::PointerEvent| {
        let Some(bar) = node.get_untracked() else { return };
        let place = bar.get_bounding_client_rect();
        let from_left = (f64::from(event.client_x()) - place.left()) / place.width().max(1.0);
        let is_mirrored = matches!(bar.matches(":dir(rtl)"), Ok(true));
        let along = if is_mirrored { 1.0 - from_left } else { from_left };
        hover.set(Some(along.clamp(0.0, 1.0) * screen.duration.get_untracked()));
    };
    let marks = move || {
        let starts = screen.chapters.with(|it| it.iter().map(|it| it.start).collect::<Vec<_>>());
        let marks = starts.into_iter().filter(|start| *start > 0.0);
        let marks = marks.map(|start| span().class("mark").style("--at", share(start)));
        marks.collect::<Vec<_>>()
    };
    let repeat = move || {
        let repeat = screen.repeat.get();
        let from = repeat.from()?;
        let to = repeat.to().unwrap_or(screen.duration.get());
        Some(span().class("loop").style("--at", share(from)).style("--to", share(to)))
    };
    let under_pointer = move || {
        let seconds = hover.get().filter(|_| screen.duration.get() > 0.0)?;
        let chapter = screen.chapters.with(|it| {
            chapter_at(it, seconds).and_then(|at| it.get(at)).map(|it| it.title.clone())
        });
        let text = match chapter {
            Some(title) => [&clock(seconds as u64), " ", &title].concat(),
            None => clock(seconds as u64),
        };
        Some(output().attr("aria-hidden", "true").style("--at", share(seconds)).child(text))
    };
    div()
        .node_ref(node)
        .class("seek-bar")
        .on(ev::pointermove, move |event| point(&event))
        .on(ev::pointerleave, move |_| hover.set(None))
        .child((slider(screen, share), div().class("marks").child((repeat, marks)), under_pointer))
}

fn slider(screen: Screen, share: impl Fn(f64) -> String + Copy + 'static) -> El {
    input()
        .class("range seek")
        .attr("type", "range")
        .attr("aria-label", t("Seek"))
        .attr("min", "0")
        .attr("step", "any")
        .prop("max", move || screen.duration.get())
        .prop("value", move || screen.position.get())
        .attr("aria-valuetext", move || screen.spoken_position())
        .attr("aria-disabled", move || (!screen.can_seek.get()).then_some("true"))
        .attr("title", move || {
            (!screen.can_seek.get()).then_some(t("This server sends recordings only as a whole."))
        })
        .style("--played", move || share(screen.position.get()))
        .style("--buffered", move || share(screen.buffered.get()))
        .on(ev::input, move |event| {
            screen.seek(event_target::<HtmlInputElement>(&event).value_as_number());
        })
        .on(ev::keydown, move |event| {
            // Left and right are the player's own keys.
            let by = match event.key().as_str() {
                "ArrowDown" => -STEP,
                "ArrowUp" => STEP,
                "PageDown" => -LEAP,
                "PageUp" => LEAP,
                _ => return,
            };
            event.prevent_default();
            screen.seek_by(by);
        })
}

/// A share from 0 to 1 in steps of a tenth of a percent, which is as fine as anybody sees.
pub fn percent(share: f64) -> String {
    let tenths = (share.clamp(0.0, 1.0) * 1000.0).round() as u32;
    format!("{}.{}%", tenths / 10, tenths % 10)
}
