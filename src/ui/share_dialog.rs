//! Who a link is for, the link, and the copying of it.

use leptos::ev;
use web_sys::HtmlInputElement;

use super::{
    browser,
    dialog::modal,
    dom::{Child, El, NodeRef, Sign, bdi, button, div, fieldset, input, label, legend, p, span},
    icon,
    icon::icon,
    parts::{self, More},
    reactive::*,
    state::State,
};
use crate::{
    i18n::{Words, messages, t},
    model::{Access, RecordingId},
};

pub fn share_dialog(state: State) -> impl Child {
    let id = Memo::new(move |_| state.sharing.with(|it| it.as_ref().map(|it| it.id.clone())));
    move || {
        let id = id.get()?;
        Some(parts::over(state, |state| state.sharing.set(None), More::Share(id)))
    }
}

pub(super) fn sharing(state: State, id: RecordingId) -> El {
    let title = state.title(&id);
    let choice = move |access: Access, text: Words, note: Words| {
        let id = id.clone();
        let is_chosen =
            move || state.sharing.with(|it| it.as_ref().is_some_and(|it| it.access == access));
        label().class("choice").child((
            input()
                .attr("type", "radio")
                .attr("name", "meet-share-access")
                .prop("checked", is_chosen)
                .attr("aria-label", text)
                .on(ev::change, move |_| state.share(id.clone(), access)),
            span().child((text, span().class("muted").child(note))),
        ))
    };
    let private = state.can.get_untracked().private_share.then(|| {
        choice(
            Access::SignedIn,
            t("Signed-in users"),
            t("They need an account on the meeting server."),
        )
    });
    const KEY: Words = t("No account needed. Treat it like a key.");
    let choices = match private {
        Some(private) => fieldset().child((
            legend().class("visually-hidden").child(t("Who can open the link")),
            choice(Access::Anyone, t("Anyone with the link"), KEY),
            private,
        )),
        None => p().child((t("Anyone with the link can open it."), Sign(" "), KEY)),
    };
    modal(
        "dialog",
        || t("Share recording").into(),
        move || state.sharing.set(None),
        (p().class("muted").child(bdi().child(title)), choices, link(state)),
    )
}

/// Until when the link works, where it ends.
fn expires(state: State) -> Option<String> {
    let at = state.sharing.with(|it| match it.as_ref()?.link.as_ref()? {
        Ok(link) => link.expires_at,
        Err(_) => None,
    })?;
    Some(messages::works_until(&state.format().full(at)))
}

fn link(state: State) -> impl Child {
    let said = RwSignal::new(None);
    let field = NodeRef::<HtmlInputElement>::default();
    let text = Memo::new(move |_| {
        state.sharing.with(|it| match it.as_ref().and_then(|it| it.link.as_ref()) {
            Some(Ok(link)) => link.url.clone(),
            _ => String::new(),
        })
    });
    let problem = move || {
        state.sharing.with(|it| match it.as_ref().and_then(|it| it.link.as_ref()) {
            Some(Err(error)) => Some(
                p().class("problem").attr("aria-live", "assertive").child(messages::error(error)),
            ),
            _ => None,
        })
    };
    let copy = move |_| {
        state.spawn(async move {
            if browser::copy(&text.get_untracked()).await {
                said.set(Some(t("Copied.")));
            } else if let Some(field) = field.get_untracked() {
                // Without https the browser copies only what the user copies.
                field.select();
                said.set(Some(t("Press Ctrl+C or ⌘C to copy.")));
            }
        });
    };
    Effect::new(move |_| {
        text.track();
        said.set(None);
    });
    (
        problem,
        div().class("link").child((
            input()
                .node_ref(field)
                .class("input")
                .attr("type", "text")
                .attr("readonly", "")
                .attr("aria-label", t("Link"))
                .prop("value", move || text.get())
                .on(ev::focus, |event| event_target::<HtmlInputElement>(&event).select()),
            button()
                .class("button is-accent")
                .attr("type", "button")
                .prop("disabled", move || text.with(String::is_empty))
                .on(ev::click, copy)
                .child((icon(icon::LINK), t("Copy"))),
        )),
        move || expires(state).map(|text| p().class("muted").child(text)),
        p().class("muted")
            .attr("aria-live", "polite")
            .child(move || said.get().map(Words::text).unwrap_or_default()),
        div().class("buttons").child(
            button()
                .class("button")
                .attr("type", "button")
                .on(ev::click, move |_| state.sharing.set(None))
                .child(t("Close")),
        ),
    )
}
