//! The first run of an app that was not told where its server is: it asks, looks whether one is there,
//! and keeps the answer.

use leptos::ev;

use super::config;
use crate::{
    client::InvalidServerUrl,
    i18n::{Words, messages, t},
    model::Error,
    ui::{
        dom::{El, button, div, form, h1, input, label, p, span},
        reactive::*,
        tasks::Tasks,
    },
};

pub fn first_run() -> El {
    let tasks = StoredValue::new(Tasks::default());
    on_cleanup(move || {
        tasks.try_with_value(Tasks::stop);
    });
    let address = RwSignal::new(String::new());
    let is_busy = RwSignal::new(false);
    let problem = RwSignal::new(String::new());
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        let text = with_scheme(address.get_untracked().trim());
        problem.set(String::new());
        if text.starts_with("//") || text.contains(char::is_whitespace) {
            return problem.set(wrong(InvalidServerUrl::NotAUrl).into());
        }
        let found = match config::of_server(&text) {
            Ok(found) => found,
            Err(why) => {
                return problem.set(wrong(why).into());
            }
        };
        is_busy.set(true);
        tasks.with_value(|tasks| {
            tasks.spawn(async move {
                let answer = found.client().look().await;
                is_busy.set(false);
                match answer {
                    // Who is not signed in yet has a server to sign in at.
                    Ok(()) | Err(Error::SignedOut | Error::Forbidden) => {
                        config::choose(&text);
                        reload();
                    }
                    Err(error) => problem.set(explain(&error, &text)),
                }
            })
        });
    };
    div().class("sign-in").child((
        h1().child(t("Where is your meeting server?")),
        p().class("muted").child(t(
            "Its address, as people open it in a browser; or that of a system behind a gateway, which ends in /gateway/ and a name.",
        )),
        form().on(ev::submit, submit).child((
            label().class("labelled").child((
                span().child(t("Address of the server")),
                input()
                    .class("input")
                    .attr("type", "text")
                    .attr("inputmode", "url")
                    .attr("aria-label", t("Address of the server"))
                    .attr("placeholder", "https://meet.example.org")
                    .attr("autocomplete", "url")
                    .attr("autocapitalize", "none")
                    .attr("spellcheck", "false")
                    .attr("required", "")
                    .on(ev::input, move |event| address.set(event_target_value(&event))),
            )),
            div().attr("role", "alert").class("problem").child(move || problem.get()),
            button()
                .class("button is-accent is-wide")
                .attr("type", "submit")
                .attr("aria-disabled", move || is_busy.get().then_some("true"))
                .child(move || if is_busy.get() { t("Looking…") } else { t("Continue") }),
        )),
    ))
}

fn wrong(why: InvalidServerUrl) -> Words {
    match why {
        InvalidServerUrl::NotAUrl => t("This address is not a web address."),
        InvalidServerUrl::Scheme => t("This address must begin with http:// or https://."),
        InvalidServerUrl::Insecure => {
            t("This address must begin with https://, because this page does.")
        }
        InvalidServerUrl::Credentials => t("This address must not contain a user or a password."),
    }
}

/// A browser does not tell why another host cannot be reached.
fn explain(error: &Error, address: &str) -> String {
    if matches!(error, Error::NotFound | Error::Unexpected(_)) {
        return t("There is no meeting server at this address that the app knows.").into();
    }
    let text = messages::error(error);
    if address.starts_with('/') || !matches!(error, Error::Unreachable | Error::Blocked) {
        return text;
    }
    let remedy = t(
        "If it is there: this page's Content-Security-Policy must allow to connect to it (connect-src), and the server must allow requests from this page (CORS).",
    );
    [&text, " ", &remedy.text()].concat()
}

/// `meet.example.org` means the whole; what begins with a slash is on this host.
fn with_scheme(text: &str) -> String {
    if text.contains("://") || text.starts_with('/') {
        text.to_owned()
    } else {
        format!("https://{text}")
    }
}

pub fn reload() {
    if let Some(window) = web_sys::window() {
        // Fails only in a page that is being left.
        let _ = window.location().reload();
    }
}
