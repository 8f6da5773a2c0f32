//! What can be done with the selected rows: a toolbar with one stop of the Tab key, shown while there
//! are any.

use gloo_timers::callback::Timeout;
use leptos::ev;
use web_sys::HtmlElement;

use super::List;
use crate::{
    i18n::{Words, messages, t},
    ui::{
        browser,
        dom::{El, NodeRef, b, bdi, button, div, span},
        icon::icon,
        reactive::*,
        state::State,
    },
};

/// Ms without a change until the new selection is said.
const SAID_AFTER: u32 = 1_000;

/// One button of it.
pub struct Tool {
    pub icon: &'static str,
    /// Beside the icon.
    pub text: Option<Words>,
    pub name: Box<dyn Fn() -> String>,
    pub kind: Kind,
    pub is_possible: Memo<bool>,
    pub leaving: Leaving,
    pub run: Box<dyn Fn()>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Plain,
    Danger,
    Icon,
}

/// Where the focus goes before a button acts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    Stays,
    /// The button goes away by what it does.
    ToNext,
}

/// `sum` says what the rows selected in `list` come to. It speaks through `state`.
pub fn toolbar(state: State, list: List, sum: fn(State) -> String, tools: Vec<Tool>) -> El {
    let node = NodeRef::<HtmlElement>::default();
    announce(state, list, sum);
    let current = RwSignal::new(0_usize);
    let possible: Vec<Memo<bool>> = tools.iter().map(|it| it.is_possible).collect();
    // Where Tab comes in: what was last used, or the first.
    let stop = Memo::new(move |_| {
        let current = [current.get()];
        current
            .into_iter()
            .chain(0..possible.len())
            .find(|at| possible.get(*at).is_some_and(|it| it.get()))
    });
    let tools: Vec<_> = tools
        .into_iter()
        .enumerate()
        .map(|(at, tool)| {
            let Tool { icon: shape, text, name, kind, is_possible, leaving, run } = tool;
            let act = move |_| {
                if leaving == Leaving::ToNext {
                    go(node, |at, last| (at + 1).min(last));
                }
                run();
            };
            button()
                .class(match kind {
                    Kind::Icon => "icon-button",
                    Kind::Danger => "button is-danger",
                    Kind::Plain => "button",
                })
                .attr("type", "button")
                .attr("aria-label", name)
                .attr("hidden", move || (!is_possible.get()).then_some(""))
                .attr("tabindex", move || if stop.get() == Some(at) { "0" } else { "-1" })
                .on(ev::focus, move |_| current.set(at))
                .on(ev::click, act)
                .child((icon(shape), text.map(|text| span().child(text))))
        })
        .collect();
    div()
        .node_ref(node)
        .class("selection")
        .attr("part", "selection")
        .attr("role", "toolbar")
        .attr("aria-label", t("Selection"))
        .on(ev::keydown, move |event| on_key(&event, node))
        .child((
            div().class("selected").child((
                b().child(bdi().child(move || count(state, list))),
                bdi().class("sum").child(move || sum(state)),
            )),
            tools,
        ))
}

/// Says what is selected when it has stayed so for a while: with Shift and an arrow held down it is
/// another selection with every row.
fn announce(state: State, list: List, sum: fn(State) -> String) {
    let waiting = StoredValue::new(None);
    Effect::new(move |before: Option<String>| {
        let texts = [count(state, list), sum(state)];
        let text = texts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" · ");
        // Rows that come meanwhile change nothing of it.
        if before.as_ref() != Some(&text) {
            let text = text.clone();
            let say = Timeout::new(SAID_AFTER, move || {
                // What has happened meanwhile is more to the point, and there to be seen.
                if !state.status.with_untracked(|it| it.is_news) {
                    state.announce(text);
                }
            });
            waiting.set_value(Some(say));
        }
        text
    });
}

fn count(state: State, list: List) -> String {
    let count = list.selection.read().len();
    messages::selected(&state.format().number(count), count)
}

fn on_key(event: &ev::KeyboardEvent, toolbar: NodeRef<HtmlElement>) {
    let is_mirrored =
        toolbar.get_untracked().is_some_and(|it| it.matches(":dir(rtl)").unwrap_or(false));
    match event.key().as_str() {
        "ArrowRight" | "ArrowLeft" => {
            let is_forward = (event.key() == "ArrowRight") != is_mirrored;
            go(
                toolbar,
                |at, last| if is_forward { (at + 1).min(last) } else { at.saturating_sub(1) },
            );
        }
        "Home" => go(toolbar, |_, _| 0),
        "End" => go(toolbar, |_, last| last),
        _ => return,
    }
    event.prevent_default();
}

/// Moves the focus from the button at a place to another, of which the last is at `last`.
fn go(toolbar: NodeRef<HtmlElement>, to: impl Fn(usize, usize) -> usize) {
    let Some(toolbar) = toolbar.get_untracked() else { return };
    let mut buttons = browser::all(&toolbar, "button:not([hidden])");
    let active = browser::active_element();
    let at = buttons.iter().position(|it| Some(it) == active.as_ref()).unwrap_or(0);
    if let Some(last) = buttons.len().checked_sub(1) {
        browser::focus(Some(buttons.swap_remove(to(at, last))));
    }
}
