//! The links that a room is entered by, one for each role. Most open it to whoever has them: they are
//! shown only when asked for, and never told or kept anywhere else.

use leptos::ev;
use web_sys::HtmlInputElement;

use super::{qr::qr_code, state::RoomsState};
use crate::{
    i18n::{Words, messages, rooms as texts, t},
    model::{Error, RoomId, RoomLink, RoomRole},
    ui::{
        browser,
        dialog::modal,
        dom::{Child, El, NodeRef, bdi, button, div, h3, input, p, section},
        icon,
        icon::icon,
        layers::push,
        reactive::*,
        state::Session,
    },
};

const HIDDEN: &str = "••••••••••••••••";

pub fn share_dialog(rooms: RoomsState) -> impl Child {
    move || {
        let id = rooms.sharing.get()?;
        untrack(|| Some(share(rooms, id)))
    }
}

fn share(rooms: RoomsState, id: RoomId) -> El {
    let title = rooms.title(&id);
    let is_loading = RwSignal::new(true);
    let problem = RwSignal::new(None::<Error>);
    // The list may have left links out, and they may have been changed meanwhile.
    let fetched = id.clone();
    // Again when somebody has signed in meanwhile.
    Effect::new(move |_| {
        if rooms.app.session.get() == Session::Open {
            let id = fetched.clone();
            rooms.spawn(async move {
                let room = rooms.fetch(&id).await;
                is_loading.set(false);
                problem.set(room.err());
            });
        }
    });
    let links = Memo::new(move |_| {
        let room = rooms.room(&id);
        let mut links = room.map(|it| it.links).unwrap_or_default();
        let order = rooms.can.read().map_or(&[] as &[RoomRole], |can| can.links);
        let place = |link: &RoomLink| order.iter().position(|role| *role == link.role);
        links.retain(|link| place(link).is_some());
        links.sort_by_key(place);
        links
    });
    let list = move || links.with(|it| it.iter().map(|it| link(rooms, it)).collect::<Vec<_>>());
    let state = move || {
        if let Some(error) = problem.get() {
            return messages::error(&error);
        }
        if !links.with(Vec::is_empty) {
            return String::new();
        }
        if is_loading.get() { t("Fetching the links…") } else { t("This room has no links.") }
            .into()
    };
    let close = move || rooms.sharing.set(None);
    modal(
        "dialog",
        || t("Share room").into(),
        close,
        (
            p().class("muted").child(bdi().child(title)),
            div().class("links").child(list),
            p().class("outcome")
                .class_if("problem", move || problem.read().is_some())
                .attr("aria-live", "polite")
                .child(state),
            div().class("buttons").child(push("button", t("Close"), close)),
        ),
    )
    .class("dialog is-form")
}

/// Whether the link alone lets somebody in.
fn is_key(role: RoomRole) -> bool {
    !matches!(role, RoomRole::Guest | RoomRole::User)
}

fn link(rooms: RoomsState, link: &RoomLink) -> El {
    let (role, url) = (link.role, StoredValue::new(link.url.clone()));
    let is_shown = RwSignal::new(!is_key(role));
    let has_code = RwSignal::new(false);
    let said = RwSignal::new(String::new());
    let field = NodeRef::<HtmlInputElement>::default();
    let (name, within) = (texts::role(role), texts::role_within(role));
    let copy = move || {
        let url = url.get_value();
        rooms.spawn(async move {
            if browser::copy(url.expose()).await {
                return said.set(t("Copied.").into());
            }
            // Without https the browser copies only what the user copies.
            is_shown.set(true);
            said.set(t("Press Ctrl+C or ⌘C to copy.").into());
            if let Some(field) = field.get_untracked() {
                field.select();
                browser::focus(Some(field.into()));
            }
        });
    };
    let open = move || {
        if let Some(window) = browser::window() {
            // A browser that does not open windows says so itself.
            let _ = window.open_with_url_and_target_and_features(
                url.get_value().expose(),
                "_blank",
                "noopener,noreferrer",
            );
        }
    };
    let show = is_key(role).then(|| toggle(within, is_shown, t("Hide"), t("Show")));
    let code = move || {
        has_code
            .get()
            .then(|| url.with_value(|url| qr_code(url.expose(), texts::qr_code_of(role))))
            .flatten()
    };
    let off = texts::link_state(link).map(|text| p().class("is-off").child(text));
    section().class("room-link").attr("role", "group").attr("aria-label", name).child((
        h3().child(name),
        p().class("muted").child(texts::lets_in(role)),
        off,
        input()
            .node_ref(field)
            .class("input")
            .attr("type", "text")
            .attr("readonly", "")
            .attr("dir", "ltr")
            .attr("aria-label", name)
            .prop("value", move || {
                if is_shown.get() {
                    url.with_value(|url| url.expose().to_owned())
                } else {
                    HIDDEN.to_owned()
                }
            })
            .on(ev::focus, |event| event_target::<HtmlInputElement>(&event).select()),
        div().class("link-acts").child((
            button()
                .class("button")
                .attr("type", "button")
                .attr("aria-label", t("Copy {link}").with(&[("link", &within.text())]))
                .on(ev::click, move |_| copy())
                .child((icon(icon::LINK), t("Copy"))),
            push("button", t("Open"), open)
                .attr("aria-label", t("Open {link}").with(&[("link", &within.text())])),
            show,
            toggle(within, has_code, t("Hide QR code"), t("QR code")),
            div().class("muted").attr("aria-live", "polite").child(move || said.get()),
        )),
        code,
    ))
}

/// A button that says what it does next. `link` as it is called within a sentence.
fn toggle(link: Words, is_on: RwSignal<bool>, off: Words, on: Words) -> El {
    let text = move || if is_on.get() { off } else { on };
    button()
        .class("button")
        .attr("type", "button")
        .attr("aria-expanded", move || if is_on.get() { "true" } else { "false" })
        .attr("aria-label", move || {
            t("{action}: {link}").with(&[("action", &text().text()), ("link", &link.text())])
        })
        .on(ev::click, move |_| is_on.update(|it| *it = !*it))
        .child(text)
}
