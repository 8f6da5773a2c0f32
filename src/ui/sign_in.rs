//! Signing in: as the page, or over the library when the session ended while it was in use, so
//! that nobody loses their place.

use leptos::ev;

use super::{
    dialog::modal,
    dom::{El, button, div, form, h1, input, label, p, span},
    reactive::*,
    state::{Session, State},
};
use crate::{
    i18n::{Words, messages, t},
    model::Error,
};

pub fn sign_in_page(state: State) -> El {
    div().class("sign-in").child((
        h1().child(t("Meeting recordings")),
        if state.client().has_sign_in() {
            div().child((
                p().class("muted").child(t("Sign in with your account on the meeting server.")),
                state
                    .may_lack_cookies()
                    .then(|| p().class("muted").child(messages::COOKIES_MAY_BE_BLOCKED)),
                sign_in_form(state, false),
            ))
        } else {
            signed_out_by_host(state)
        },
    ))
}

pub fn sign_in_dialog(state: State, on_close: impl Fn() + 'static) -> El {
    modal(
        "dialog",
        || t("Sign in again").into(),
        on_close,
        if state.client().has_sign_in() {
            div().child((
                p().class("muted").child(messages::error(&Error::SignedOut)),
                sign_in_form(state, true),
            ))
        } else {
            signed_out_by_host(state)
        },
    )
}

/// Where somebody else signs people in, all that helps is to ask again once that has been done.
fn signed_out_by_host(state: State) -> El {
    div().child((
        p().class("muted").child(messages::SIGNED_OUT_BY_HOST),
        button()
            .class("button is-accent is-wide")
            .attr("type", "button")
            .on(ev::click, move |_| {
                state.session.set(Session::Open);
                state.refresh();
            })
            .child(t("Try again")),
    ))
}

/// Over a modal dialog the live regions of the page are not heard, so that has one of its own.
fn sign_in_form(state: State, is_modal: bool) -> El {
    let user = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let is_busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<Error>);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        problem.set(None);
        state.spawn(async move {
            let result =
                state.sign_in(user.get_untracked().trim(), &password.get_untracked()).await;
            // After success the form is gone, and its signals with it.
            is_busy.set(false);
            if let Err(error) = result {
                state.alarm(messages::error(&error));
                problem.set(Some(error));
            }
        });
    };
    let field = |text: Words, kind: &'static str, autocomplete, value: RwSignal<String>| {
        label().class("labelled").child((
            span().child(text),
            input()
                .class("input")
                .attr("type", kind)
                // WebKit would count what is typed as part of the label's text.
                .attr("aria-label", text)
                .attr("autocomplete", autocomplete)
                .attr("autocapitalize", "none")
                .attr("spellcheck", "false")
                .attr("required", "")
                .on(ev::input, move |event| value.set(event_target_value(&event))),
        ))
    };
    form().on(ev::submit, submit).child((
        field(t("User"), "text", "username", user),
        field(t("Password"), "password", "current-password", password),
        div()
            .attr("aria-live", if is_modal { "assertive" } else { "off" })
            .class("problem")
            .child(move || problem.with(|it| it.as_ref().map(messages::error).unwrap_or_default())),
        button()
            .class("button is-accent is-wide")
            .attr("type", "submit")
            .attr("aria-disabled", move || is_busy.get().then_some("true"))
            .child(move || if is_busy.get() { t("Signing in…") } else { t("Sign in") }),
    ))
}
