//! The bar over the rooms: how many there are, the search, the filters, a new room.

use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;

use super::state::{Editing, RoomsState};
use crate::{
    i18n::{Words, rooms as texts, t},
    model::{RoomCapabilities, RoomField},
    rooms::RoomStatusGroup,
    ui::{
        dom::{Child, El, Sign, bdi, button, div, h2, input, kbd, label, option, select, span},
        icon,
        icon::icon,
        reactive::*,
        search_field::keep_value,
        state::Load,
    },
};

pub fn bar(rooms: RoomsState) -> impl Child {
    let is_loading =
        move || matches!(*rooms.load.read(), Load::Loading | Load::LoadingMore | Load::Filling);
    let can_create =
        Memo::new(move |_| rooms.can.with(|it| it.is_some_and(|can| !can.create.is_empty())));
    let has_search = !rooms.app.limits.get_value().no_search;
    let create = move || {
        can_create.get().then(|| {
            button()
                .class("button is-accent")
                .attr("type", "button")
                .on(ev::click, move |_| rooms.editing.set(Some(Editing::New)))
                .child((icon(icon::PLUS), span().child(t("New room"))))
        })
    };
    (
        div().class("bar").child((
            h2().child(t("Rooms")),
            bdi()
                .class("count")
                .child(move || (!rooms.rooms.read().is_empty()).then(|| rooms.count())),
            has_search.then(|| search(rooms)),
            button()
                .class("icon-button")
                .attr("type", "button")
                .attr("aria-label", t("Refresh"))
                .attr("aria-busy", move || is_loading().to_string())
                .on(ev::click, move |_| rooms.refresh())
                .child(icon(icon::REFRESH)),
            create,
        )),
        has_search.then(|| filters(rooms)),
    )
}

fn filters(rooms: RoomsState) -> El {
    let has_end = Memo::new(move |_| {
        let has = |can: &RoomCapabilities| can.create.contains(&RoomField::DeletesAt);
        rooms.can.with(|it| it.as_ref().is_some_and(has))
    });
    let is_expiring = move || rooms.view.read().expiring;
    let has_recordings = move || rooms.view.read().recordings == Some(true);
    div().class("rooms-filters").attr("role", "group").attr("aria-label", t("Filters")).child((
        statuses(rooms),
        move || {
            has_end.get().then(|| {
                toggle(t("Expiring soon"), is_expiring, move || {
                    rooms.view.update(|it| it.expiring = !it.expiring);
                })
            })
        },
        toggle(t("With recordings"), has_recordings, move || {
            rooms.view.update(|it| {
                it.recordings = if it.recordings == Some(true) { None } else { Some(true) };
            });
        }),
    ))
}

fn search(rooms: RoomsState) -> El {
    keep_value(rooms.search, move || rooms.view.with(|view| view.search.clone()));
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !rooms.view.with_untracked(|it| it.search.is_empty()) {
            rooms.view.update(|view| view.search.clear());
            event.prevent_default();
        }
    };
    div().class("search").child(
        label().class("field").child((
            icon(icon::SEARCH),
            input()
                .node_ref(rooms.search)
                .attr("type", "search")
                .attr("aria-label", t("Search rooms"))
                .attr("placeholder", t("Search"))
                .attr("autocomplete", "off")
                .attr("autocapitalize", "off")
                .attr("spellcheck", "false")
                .on(ev::input, move |event| {
                    rooms.view.update(|view| view.search = event_target_value(&event));
                })
                .on(ev::keydown, on_key),
            kbd().attr("aria-hidden", "true").child(Sign("/")),
        )),
    )
}

/// Which statuses there are is the server's: no filter where it tells none.
fn statuses(rooms: RoomsState) -> impl Child {
    const CHOICES: [(&str, Words, Option<RoomStatusGroup>); 5] = [
        ("", t("Any status"), None),
        ("open", t("status|Open"), Some(RoomStatusGroup::Open)),
        ("active", t("Active meeting"), Some(RoomStatusGroup::Active)),
        ("closed", t("Closed"), Some(RoomStatusGroup::Closed)),
        ("ended", t("status|Ended"), Some(RoomStatusGroup::Ended)),
    ];
    let has_status = Memo::new(move |_| rooms.can.with(|it| it.is_some_and(|can| can.status)));
    // Where rooms are sessions they end; elsewhere they are closed.
    let ends = Memo::new(move |_| {
        rooms.can.with(|it| it.and_then(|can| can.delete).is_some_and(|it| it.ends))
    });
    let is_offered = move |status: Option<RoomStatusGroup>| match status {
        Some(RoomStatusGroup::Ended) => ends.get(),
        Some(RoomStatusGroup::Open | RoomStatusGroup::Closed) => !ends.get(),
        _ => true,
    };
    move || {
        has_status.get().then(|| {
            let offered = CHOICES.into_iter().filter(|(_, _, status)| is_offered(*status));
            let options: Vec<_> = offered
                .map(|(value, text, status)| {
                    option()
                        .attr("value", value)
                        .prop("selected", move || rooms.view.read().status == status)
                        .child(text)
                })
                .collect();
            select()
                .class("input")
                .attr("aria-label", t("Status"))
                .on(ev::change, move |event| {
                    let select =
                        event.target().and_then(|it| it.dyn_into::<HtmlSelectElement>().ok());
                    let value = select.map(|it| it.value()).unwrap_or_default();
                    let chosen = CHOICES.iter().find(|(name, ..)| *name == value);
                    rooms.view.update(|view| view.status = chosen.and_then(|it| it.2));
                })
                .child(options)
        })
    }
}

fn toggle(text: Words, is_on: impl Fn() -> bool + Clone + 'static, act: impl Fn() + 'static) -> El {
    button()
        .class("button is-toggle")
        .attr("type", "button")
        .attr("aria-pressed", move || is_on().to_string())
        .on(ev::click, move |_| act())
        .child(text)
}

impl RoomsState {
    /// How many rows are shown of how many known.
    pub fn count(self) -> String {
        let shown = self.list.order.with(|order| order.slots.len());
        let (held, is_partial) = self.rooms.with(|it| (it.len(), it.is_partial()));
        let format = self.app.format();
        texts::shown(shown, held, is_partial, |n| format.number(n))
    }
}
