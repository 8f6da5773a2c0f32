//! What opens over the library, one at a time: the keys, the commands, a recording's details, the
//! question before a large download, links to copy by hand.

use leptos::ev;
use web_sys::HtmlTextAreaElement;

#[cfg(feature = "app")]
use super::palette::palette;
use super::{
    browser,
    details::details,
    dialog::modal,
    dom::{Child, El, NodeRef, button, div, p, span, textarea},
    help::help,
    parts::{self, More},
    reactive::*,
    selection_bar::sum_of,
    state::{Layer, State},
};
use crate::{
    i18n::{Forms, Words, forms, messages, t},
    library::Slot,
    model::RecordingId,
};

pub fn layers(state: State) -> impl Child {
    move || {
        let layer = state.layer.get()?;
        Some(parts::over(state, |state| state.layer.set(None), More::Layer(layer)))
    }
}

/// What is open, as it stands in the part.
pub(super) fn layer(state: State, layer: Layer) -> Option<El> {
    match layer {
        Layer::Help => Some(help(state)),
        #[cfg(feature = "app")]
        Layer::Commands => Some(palette(state)),
        #[cfg(not(feature = "app"))]
        Layer::Commands => None,
        Layer::Details(id) => {
            state.recording(&id).map(|it| details(state, &it, None, move || state.layer.set(None)))
        }
        Layer::Download { ids, left_out } => Some(download_question(state, ids, left_out)),
        Layer::Links(text) => Some(links(state, text)),
    }
}

/// How far the links are fetched, and a way to stop that. The numbers are there to be seen: said one
/// by one they would drown everything else.
pub fn copying(state: State) -> impl Child {
    let is_shown = Memo::new(move |_| state.copying.read().is_some());
    move || is_shown.get().then(|| parts::inside(state, More::Copying))
}

pub(super) fn progress(state: State) -> impl Child {
    let progress = move || {
        let copying = state.copying.get()?;
        Some(format!("{} / {}", copying.done, copying.of))
    };
    (
        span().child(t("Fetching the links…")),
        span()
            .class("sum")
            .attr("aria-hidden", "true")
            .child(move || progress().unwrap_or_default()),
        push("button", t("Stop copying"), move || {
            state.focus_search();
            state.copying.set(None);
        }),
    )
}

fn download_question(state: State, ids: Vec<RecordingId>, left_out: usize) -> El {
    let (count, files) = state.files_of(&ids);
    let number = state.format().number(count);
    let slots: Vec<Slot> = state
        .library
        .with(|library| ids[..count].iter().filter_map(|id| library.find(id)).collect());
    let about =
        messages::download_of(files, state.can.read().zip, &sum_of(state, &mut slots.into_iter()));
    let others = ids.len() - count;
    let counted = |texts: Forms, count: usize| {
        (count > 0).then(|| p().child(texts.with(count, &[("n", &state.format().number(count))])))
    };
    let others = counted(
        forms(
            "No more can be saved at once: {n} recording of the selection is left out.",
            "No more can be saved at once: {n} recordings of the selection are left out.",
        ),
        others,
    );
    let not_ready = counted(
        forms("{n} recording not ready to download.", "{n} recordings not ready to download."),
        left_out,
    )
    .map(|it| it.class("muted"));
    let close = move || state.layer.set(None);
    let buttons = div().class("buttons").child((
        push("button", t("Cancel"), close).attr("autofocus", ""),
        push("button is-accent", t("Download"), move || {
            state.download_files(ids.clone(), left_out)
        }),
    ));
    modal(
        "alertdialog",
        move || messages::download_question(&number, count),
        close,
        (p().child(about), others, not_ready, buttons),
    )
}

/// A press of the button is a gesture that the browser wants to see before it lets a page copy.
fn links(state: State, text: String) -> El {
    let field = NodeRef::<HtmlTextAreaElement>::default();
    let said = RwSignal::new(t("The browser lets the page copy them when you press the button."));
    let close = move || state.layer.set(None);
    let shown = text.clone();
    let copy = move || {
        let text = text.clone();
        state.spawn(async move {
            if browser::copy(&text).await {
                state.layer.set(None);
                state.say(messages::links_copied(text.lines().count()));
            } else if let Some(field) = field.get_untracked() {
                field.select();
                browser::focus(Some(field.into()));
                said.set(t("Press Ctrl+C or ⌘C to copy."));
            }
        });
    };
    let area = textarea()
        .node_ref(field)
        .class("input")
        .attr("rows", "6")
        .attr("readonly", "")
        .attr("wrap", "off")
        .attr("aria-label", t("Links"))
        .prop("value", move || shown.clone());
    let buttons = div().class("buttons").child((
        push("button", t("Close"), close),
        push("button is-accent", t("Copy"), copy).attr("autofocus", ""),
    ));
    modal(
        "dialog",
        || t("Copy links").into(),
        close,
        (area, p().class("muted").attr("aria-live", "polite").child(move || said.get()), buttons),
    )
}

/// A button that is a word.
pub fn push(class: &'static str, text: Words, act: impl Fn() + 'static) -> El {
    button().class(class).attr("type", "button").on(ev::click, move |_| act()).child(text)
}
