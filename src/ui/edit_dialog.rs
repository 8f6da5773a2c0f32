//! Title and description of one recording, where the server keeps such.

use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

use super::{
    dialog::modal,
    dom::{Child, El, bdi, button, div, form, input, label, p, span, textarea},
    parts::{self, More},
    reactive::*,
    state::State,
};
use crate::{
    i18n::{messages, t},
    model::RecordingId,
};

pub fn edit_dialog(state: State) -> impl Child {
    move || {
        let id = state.editing.get()?;
        Some(parts::over(state, |state| state.editing.set(None), More::Edit(id)))
    }
}

pub(super) fn editing(state: State, id: RecordingId) -> El {
    modal(
        "dialog",
        || t("Edit details").into(),
        move || state.editing.set(None),
        (p().class("muted").child(bdi().child(state.title(&id))), details(state, id)),
    )
}

fn details(state: State, id: RecordingId) -> El {
    let before = untrack(|| state.recording(&id));
    let old_title = before.as_ref().and_then(|it| it.name.clone()).unwrap_or_default();
    let old_description = before.and_then(|it| it.description).unwrap_or_default();
    let title = RwSignal::new(old_title.clone());
    let description = RwSignal::new(old_description.clone());
    let is_busy = RwSignal::new(false);
    let problem = RwSignal::new(String::new());
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        problem.set(String::new());
        let id = id.clone();
        // What is as it was stays as it is on the server, where somebody else may have changed it.
        let title = Some(title.get_untracked()).filter(|it| *it != old_title);
        let title = title.map(|it| it.trim().to_owned());
        let description = Some(description.get_untracked()).filter(|it| *it != old_description);
        state.spawn(async move {
            let saved = state.save_details(&id, title, description).await;
            // Closed meanwhile, its signals are gone with it.
            is_busy.set(false);
            match saved {
                // Another may be open by now.
                Ok(()) if state.editing.get_untracked().as_ref() == Some(&id) => {
                    state.editing.set(None);
                }
                Ok(()) => {}
                Err(error) => {
                    problem.set(messages::error(&error));
                }
            }
        });
    };
    form().class("form").on(ev::submit, save).child((
        label().class("labelled").child((
            span().child(t("Title")),
            input()
                .class("input")
                .attr("type", "text")
                .attr("aria-label", t("Title"))
                .attr("autocomplete", "off")
                .prop("value", move || title.get())
                .on(ev::input, move |event| title.set(event_target_value(&event))),
        )),
        label().class("labelled").child((
            span().child(t("Description")),
            textarea()
                .class("input")
                .attr("rows", "4")
                .attr("aria-label", t("Description"))
                .prop("value", move || description.get())
                .on(ev::input, move |event| {
                    let area =
                        event.target().and_then(|it| it.dyn_into::<HtmlTextAreaElement>().ok());
                    description.set(area.map(|it| it.value()).unwrap_or_default());
                }),
        )),
        div().class("problem").attr("aria-live", "assertive").child(move || problem.get()),
        div().class("buttons").child((
            button()
                .class("button")
                .attr("type", "button")
                .on(ev::click, move |_| state.editing.set(None))
                .child(t("Cancel")),
            button()
                .class("button is-accent")
                .attr("type", "submit")
                .attr("aria-disabled", move || is_busy.get().then_some("true"))
                .child(move || if is_busy.get() { t("Saving…") } else { t("Save") }),
        )),
    ))
}
