//! Who is signed in, and changing the password.

use gloo_timers::future::TimeoutFuture;
use leptos::ev;
use web_sys::HtmlFormElement;

use crate::{
    i18n::{Words, forms, messages, t},
    model::Error,
    ui::{
        browser,
        dialog::modal,
        dom::{El, NodeRef, bdi, button, dd, div, dl, dt, form, h3, input, label, p, span},
        layers::push,
        reactive::*,
        state::State,
    },
};

/// Characters; what the servers ask for.
const SHORTEST: usize = 5;

/// `on_close` is to take it out of the view.
pub fn profile_dialog(state: State, on_close: impl Fn() + 'static) -> El {
    let user = RwSignal::new(None::<String>);
    state.spawn(async move { user.set(state.client().user().await) });
    let on_close = StoredValue::new(on_close);
    let close = move || {
        on_close.try_with_value(|close| close());
    };
    let address = state.client().address().to_owned();
    let facts = dl()
        .class("details")
        .attr("tabindex", "-1")
        .attr("autofocus", "")
        .child((move || user.get().map(|name| line(t("User"), name)), line(t("Server"), address)));
    let password = state.client().can_change_password().then(|| password_form(state, user));
    let buttons = div().class("buttons").child(push("button", t("Close"), close));
    modal("dialog", || t("Profile").into(), close, (facts, password, buttons))
}

fn line(name: Words, value: String) -> El {
    div().child((dt().child(name), dd().child(bdi().attr("dir", "auto").child(value))))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Current,
    New,
    Repeated,
}

#[derive(Clone, Copy)]
struct Password {
    state: State,
    current: RwSignal<String>,
    new: RwSignal<String>,
    repeated: RwSignal<String>,
    /// What is wrong with which; with none of them: with the whole.
    problem: RwSignal<Option<(Option<Field>, String)>>,
    said: RwSignal<String>,
    is_busy: RwSignal<bool>,
    node: NodeRef<HtmlFormElement>,
}

fn password_form(state: State, user: RwSignal<Option<String>>) -> El {
    let empty = || RwSignal::new(String::new());
    let it = Password {
        state,
        current: empty(),
        new: empty(),
        repeated: empty(),
        problem: RwSignal::new(None),
        said: empty(),
        is_busy: RwSignal::new(false),
        node: NodeRef::default(),
    };
    let whole = move || match &*it.problem.read() {
        Some((None, text)) => text.clone(),
        _ => String::new(),
    };
    let save = move || if it.is_busy.get() { t("Saving…") } else { t("Change password") };
    form()
        .node_ref(it.node)
        .class("password")
        .attr("aria-label", t("Change password"))
        .on(ev::submit, move |event| {
            event.prevent_default();
            it.change();
        })
        .child((
            h3().child(t("Change password")),
            // For password managers, which keep the new one under it.
            input()
                .attr("type", "text")
                .attr("autocomplete", "username")
                .attr("hidden", "")
                .prop("value", move || user.get().unwrap_or_default()),
            (
                it.field(Field::Current, t("Current password"), "current-password", it.current),
                it.field(Field::New, t("New password"), "new-password", it.new),
                it.field(Field::Repeated, t("Repeat new password"), "new-password", it.repeated),
            ),
            div().class("problem").attr("aria-live", "assertive").child(whole),
            p().class("outcome").attr("aria-live", "polite").child(move || it.said.get()),
            div().class("buttons").child(
                button()
                    .class("button is-accent")
                    .attr("type", "submit")
                    .attr("aria-disabled", move || it.is_busy.get().then_some("true"))
                    .child(save),
            ),
        ))
}

impl Password {
    fn field(
        self,
        field: Field,
        name: Words,
        autocomplete: &'static str,
        value: RwSignal<String>,
    ) -> El {
        let problem = move || match &*self.problem.read() {
            Some((Some(of), text)) if *of == field => Some(text.clone()),
            _ => None,
        };
        let id = move || format!("meet-password-{}", field as u8);
        div().child((
            label().class("labelled").child((
                span().child(name),
                input()
                    .class("input")
                    .attr("type", "password")
                    .attr("aria-label", name)
                    .attr("autocomplete", autocomplete)
                    .attr("aria-invalid", move || problem().map(|_| "true"))
                    .attr("aria-describedby", move || problem().map(|_| id()))
                    .prop("value", move || value.get())
                    .on(ev::input, move |event| value.set(event_target_value(&event))),
            )),
            p().class("problem field-note")
                .attr("id", id())
                .child(move || problem().unwrap_or_default()),
        ))
    }

    fn wrong(self) -> Option<(Field, String)> {
        let [current, new, repeated] =
            [self.current, self.new, self.repeated].map(RwSignal::get_untracked);
        if current.is_empty() {
            Some((Field::Current, t("Enter your current password.").into()))
        } else if new.chars().count() < SHORTEST {
            let text = forms("At least {n} character.", "At least {n} characters.").of(SHORTEST);
            Some((Field::New, text))
        } else if new != repeated {
            Some((Field::Repeated, t("The two new passwords are not the same.").into()))
        } else {
            None
        }
    }

    fn change(self) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.said.set(String::new());
        if let Some((field, text)) = self.wrong() {
            return self.tell(Some(field), text);
        }
        self.problem.set(None);
        self.is_busy.set(true);
        let [current, new] = [self.current, self.new].map(RwSignal::get_untracked);
        self.state.spawn(async move {
            let changed = self.state.client().change_password(&current, &new).await;
            self.is_busy.set(false);
            match changed {
                Ok(()) => {
                    for value in [self.current, self.new, self.repeated] {
                        value.set(String::new());
                    }
                    self.said.set(t("The password is changed.").into());
                }
                Err(Error::BadCredentials) => {
                    self.tell(Some(Field::Current), t("This is not the current password.").into());
                }
                Err(Error::Invalid(fields)) => {
                    let text = messages::error(&Error::Invalid(fields));
                    self.tell(Some(Field::New), text);
                }
                Err(error) => {
                    self.state.notice(&error);
                    self.tell(None, messages::error(&error));
                }
            }
        });
    }

    fn tell(self, field: Option<Field>, text: String) {
        self.problem.set(Some((field, text)));
        self.state.spawn(async move {
            // After the field says so.
            TimeoutFuture::new(0).await;
            let form = self.node.get_untracked();
            browser::focus(
                form.and_then(|form| browser::all(&form, "[aria-invalid=true]").into_iter().next()),
            );
        });
    }
}
