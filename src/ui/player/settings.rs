//! The settings of the player: what is chosen seldom, over the picture.

use leptos::ev;
use web_sys::{HtmlElement, HtmlInputElement, HtmlSelectElement};

use super::{Player, captions::Captions, screen::Screen};
use crate::{
    i18n::{Words, t},
    player::{RATES, rate_label},
    ui::{
        browser,
        dom::{Child, El, NodeRef, button, div, fragment, input, label, option, select, span},
        icon,
        icon::icon,
        layers::push,
        reactive::*,
    },
};

pub fn settings_button(it: Player) -> El {
    button()
        .class("icon-button settings-button")
        .attr("type", "button")
        .attr("aria-label", t("Settings"))
        .attr("aria-expanded", move || it.has_settings.get().to_string())
        .on(ev::click, move |_| {
            if it.has_settings.get_untracked() {
                it.close_settings();
            } else {
                it.open_settings();
            }
        })
        .child(icon(icon::SETTINGS))
}

/// What it opens.
pub fn settings(it: Player) -> impl Child {
    move || it.has_settings.get().then(|| panel(it))
}

impl Player {
    pub fn open_settings(self) {
        self.has_settings.set(true);
    }

    /// The focus goes back to where it was opened.
    pub fn close_settings(self) {
        self.has_settings.set(false);
        let region = self.screen.frame.get_untracked();
        let found = region.map(|region| browser::all(&region, ".settings-button"));
        browser::focus(found.and_then(|found| found.into_iter().next()));
    }
}

fn panel(it: Player) -> El {
    let close = move || it.close_settings();
    div().class("settings").attr("role", "group").attr("aria-label", t("Settings")).child((
        speed(it.screen),
        captions(it.captions),
        file(it.captions),
        next(it),
        div().class("buttons").child((
            push("button", t("Loop from here"), move || it.loop_from()),
            push("button", t("Loop to here"), move || it.loop_to()),
            push("button", t("Stop the loop"), move || it.loop_stop()),
        )),
        push("button", t("Keyboard shortcuts"), move || {
            close();
            it.has_keys.set(true);
        }),
    ))
}

fn speed(screen: Screen) -> El {
    let node = NodeRef::<HtmlElement>::default();
    Effect::new(move |_| browser::focus(node.get()));
    let choices: Vec<_> = RATES.iter().map(|rate| rate_label(*rate)).collect();
    let at = move || RATES.iter().position(|rate| *rate == screen.rate.get());
    let field = choice(choices, at, move |at| {
        if let Some(rate) = RATES.get(at) {
            screen.set_rate(*rate);
        }
    });
    setting(t("Speed"), field.node_ref(node))
}

fn captions(it: Captions) -> impl Child {
    let labels = Memo::new(move |_| it.labels());
    move || {
        let labels = labels.get();
        (!labels.is_empty()).then(|| {
            let choices = std::iter::once(t("Off").into()).chain(labels).collect();
            let at = move || Some(it.chosen().map_or(0, |at| at + 1));
            let field = choice(choices, at, move |at| it.choose(at.checked_sub(1)));
            setting(t("Captions"), field)
        })
    }
}

/// Captions that somebody has on disk; dropping the file on the picture does the same.
fn file(it: Captions) -> impl Child {
    let node = NodeRef::<HtmlInputElement>::default();
    fragment((
        input()
            .node_ref(node)
            .attr("type", "file")
            .attr("accept", ".vtt,.srt,text/vtt")
            .attr("aria-label", t("Captions file"))
            .attr("hidden", "")
            .on(ev::change, move |event| {
                let files = event_target::<HtmlInputElement>(&event).files();
                if let Some(file) = files.and_then(|files| files.get(0)) {
                    it.take_file(file);
                }
            }),
        push("button", t("Captions from a file…"), move || {
            if let Some(field) = node.get_untracked() {
                field.click();
            }
        }),
    ))
}

fn next(it: Player) -> impl Child {
    let has_list = it.close.with_value(Option::is_some);
    has_list.then(|| {
        label().class("check").child((
            input()
                .attr("type", "checkbox")
                .prop("checked", move || it.state.player.with(|likes| likes.plays_next))
                .on(ev::change, move |event| {
                    let is_on = event_target::<HtmlInputElement>(&event).checked();
                    it.screen.like(|likes| likes.plays_next = is_on);
                }),
            span().child(t("Play the next recording by itself")),
        ))
    })
}

fn choice(
    choices: Vec<String>,
    at: impl Fn() -> Option<usize> + 'static,
    choose: impl Fn(usize) + 'static,
) -> El {
    let options: Vec<_> = choices.into_iter().map(|text| option().child(text)).collect();
    select()
        .class("input")
        .child(options)
        // After the options, which it chooses from.
        .prop("selectedIndex", move || at().map_or(-1, |at| at as i32))
        .on(ev::change, move |event| {
            let at = event_target::<HtmlSelectElement>(&event).selected_index();
            if let Ok(at) = usize::try_from(at) {
                choose(at);
            }
        })
}

fn setting(text: Words, field: El) -> El {
    label().class("setting").child((span().child(text), field))
}
