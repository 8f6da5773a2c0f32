//! The bar over the picture. Where there is little room the rarer buttons go: each has a key or a place
//! in the settings.

use leptos::ev;
use web_sys::{HtmlElement, HtmlInputElement};

use super::{
    Player,
    captions::captions_button,
    screen::Screen,
    seek_bar::{percent, seek_bar},
    settings::settings_button,
    system::{self, picture_in_picture, remote_button},
};
use crate::{
    i18n::{Words, clock, t},
    player::{Action, rate_label, remaining_ms},
    ui::{
        browser,
        dom::{Attribute, Child, El, NodeRef, Sign, button, div, input, span},
        icon,
        icon::icon,
        reactive::*,
    },
};

pub fn controls(it: Player) -> El {
    let screen = it.screen;
    div().class("controls").child((
        seek_bar(screen),
        (
            neighbour(it, -1, t("Previous recording"), icon::PREVIOUS, Action::Previous),
            play(it),
            neighbour(it, 1, t("Next recording"), icon::NEXT, Action::Next),
            seeker(it, -10.0, t("Back 10 seconds"), icon::BACK, Action::Back10),
            seeker(it, 10.0, t("Forward 10 seconds"), icon::FORWARD, Action::Forward10),
            mute(it),
            volume(screen),
        ),
        time(screen),
        speed(it),
        (
            captions_button(it.captions),
            transcript_button(it),
            picture_in_picture(screen),
            remote_button(screen),
            settings_button(it),
            theatre(it),
            full_screen(it),
        ),
    ))
}

/// A button of the bar, with the key that does the same.
fn button_for(it: Player, action: Action, name: impl Attribute, shape: impl Attribute) -> El {
    button()
        .class("icon-button")
        .attr("type", "button")
        .attr("aria-label", name)
        .attr("aria-keyshortcuts", move || it.state.player.with(|likes| likes.keys.aria(action)))
        .child(icon(shape))
}

fn play(it: Player) -> El {
    let (screen, node) = (it.screen, NodeRef::<HtmlElement>::default());
    Effect::new(move |_| browser::focus(node.get()));
    let name = move || if screen.is_paused.get() { t("Play") } else { t("Pause") };
    let shape = move || if screen.is_paused.get() { icon::PLAY } else { icon::PAUSE };
    button_for(it, Action::Play, name, shape).node_ref(node).on(ev::click, move |_| screen.toggle())
}

/// Where the player is over a list.
fn neighbour(
    it: Player,
    step: i32,
    name: Words,
    shape: &'static str,
    action: Action,
) -> impl Child {
    let has_list = it.close.with_value(Option::is_some);
    let is_there = Memo::new(move |_| it.state.neighbour(step).is_some());
    has_list.then(|| {
        button_for(it, action, name, shape)
            .class("icon-button is-rare is-directed")
            .attr("aria-disabled", move || (!is_there.get()).then_some("true"))
            .on(ev::click, move |_| it.play_neighbour(step))
    })
}

fn seeker(it: Player, by: f64, name: Words, shape: &'static str, action: Action) -> El {
    button_for(it, action, name, shape)
        .class("icon-button is-rare is-directed")
        .on(ev::click, move |_| it.screen.seek_by(by))
}

fn mute(it: Player) -> El {
    let screen = it.screen;
    let name = move || if screen.is_silent() { t("Unmute") } else { t("Mute") };
    let shape = move || if screen.is_silent() { icon::MUTED } else { icon::VOLUME };
    button_for(it, Action::Mute, name, shape)
        .class("icon-button is-spare")
        .on(ev::click, move |_| screen.toggle_mute())
}

fn volume(screen: Screen) -> El {
    let level = move || if screen.is_muted.get() { 0.0 } else { screen.volume.get() };
    let said = move || {
        let percent = (level() * 100.0).round() as u32;
        t("{n}%").with(&[("n", &percent.to_string())])
    };
    input()
        .class("range volume")
        .attr("type", "range")
        .attr("aria-label", t("Volume"))
        .attr("min", "0")
        .attr("max", "1")
        .attr("step", "0.05")
        .prop("value", level)
        .attr("aria-valuetext", said)
        .style("--played", move || percent(level()))
        .on(ev::input, move |event| {
            screen.set_volume(event_target::<HtmlInputElement>(&event).value_as_number());
        })
}

fn time(screen: Screen) -> El {
    let seconds = Memo::new(move |_| screen.position.get() as u64);
    let ends = move || {
        let left =
            remaining_ms(seconds.get() as f64, screen.duration.get(), screen.rate.get())? as f64;
        let at = screen.state.format().time((browser::now() + left) as i64);
        let text = match screen.rate.get() {
            1.0 => t("ends at {time}").with(&[("time", &at)]),
            rate => {
                t("ends at {time} at {speed}").with(&[("time", &at), ("speed", &rate_label(rate))])
            }
        };
        Some(span().class("ends").child((Sign(" · "), text)))
    };
    let is_loading = Memo::new(move |_| screen.is_waiting.get() && !screen.is_paused.get());
    span().class("time").child((
        move || clock(seconds.get()),
        span().child((Sign(" / "), move || clock(screen.duration.get() as u64))),
        ends,
        move || is_loading.get().then(|| span().class("loading").child(t("Loading…"))),
    ))
}

fn speed(it: Player) -> El {
    let label = move || rate_label(it.screen.rate.get());
    button()
        .class("icon-button is-text is-spare")
        .attr("type", "button")
        .attr("aria-label", move || t("Speed {speed}").with(&[("speed", &label())]))
        .on(ev::click, move |_| it.open_settings())
        .child(label)
}

fn transcript_button(it: Player) -> impl Child {
    let has_any = Memo::new(move |_| it.captions.has_any());
    let is_open = move || it.state.player.with(|likes| likes.has_transcript);
    move || {
        has_any.get().then(|| {
            button_for(it, Action::Search, t("Transcript"), icon::TRANSCRIPT)
                .attr("aria-pressed", move || is_open().to_string())
                .on(ev::click, move |_| {
                    it.screen.like(|likes| likes.has_transcript = !likes.has_transcript);
                    it.captions.need_transcript();
                })
        })
    }
}

fn theatre(it: Player) -> El {
    let is_on = move || it.state.player.with(|likes| likes.is_theatre);
    button_for(it, Action::Theatre, t("Theatre mode"), icon::THEATRE)
        .class("icon-button is-rare")
        .attr("aria-pressed", move || is_on().to_string())
        .on(ev::click, move |_| it.toggle_theatre())
}

fn full_screen(it: Player) -> El {
    let screen = it.screen;
    let is_on = move || screen.is_full_screen.get();
    let name = move || if is_on() { t("Exit full screen") } else { t("Full screen") };
    let shape = move || if is_on() { icon::EXIT_FULL_SCREEN } else { icon::FULL_SCREEN };
    button_for(it, Action::FullScreen, name, shape)
        .on(ev::click, move |_| system::toggle_full_screen(screen))
}
