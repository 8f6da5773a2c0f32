//! Narrowing the list: by room on the server, by status among the rows held; and what is narrowed,
//! as chips that take it back.

use leptos::{ev, prelude::*};

use super::{
    dom::{Child, El, bdi, button, div, label, option, select, span},
    icon,
    icon::icon,
    state::State,
};
use crate::{
    library::StatusGroup,
    model::{Room, RoomId},
};

const GROUPS: [(StatusGroup, &str); 3] = [
    (StatusGroup::Ready, "Ready"),
    (StatusGroup::InProgress, "In progress"),
    (StatusGroup::Failed, "Failed"),
];

pub fn filters(state: State, is_open: RwSignal<bool>) -> impl Child {
    (
        move || {
            is_open.get().then(|| {
                let can = state.can.get();
                let room = (can.filter_room && can.rooms).then(|| room_filter(state));
                let status = can.status.then(|| status_filter(state));
                div()
                    .class("filters")
                    .attr("role", "group")
                    .attr("aria-label", "Filters")
                    .child((room, status))
            })
        },
        chips(state),
    )
}

fn room_filter(state: State) -> El {
    let chosen =
        move || state.query.read().room.as_ref().map(|it| it.0.clone()).unwrap_or_default();
    let options = move || {
        state
            .rooms
            .read()
            .iter()
            .map(|room: &Room| {
                let id = room.id.0.clone();
                let is_chosen = {
                    let id = id.clone();
                    move || chosen() == id
                };
                option()
                    .attr("value", id)
                    .prop("selected", is_chosen)
                    .child(room.title().to_owned())
            })
            .collect::<Vec<_>>()
    };
    label().class("labelled").child((
        span().child("Room"),
        select()
            .class("input")
            .attr("aria-label", "Room")
            .on(ev::change, move |event| {
                let id = event_target_value(&event);
                state.show_room((!id.is_empty()).then_some(RoomId(id)));
            })
            .child((option().attr("value", "").child("All rooms"), options)),
    ))
}

fn status_filter(state: State) -> El {
    let options: Vec<_> = GROUPS
        .iter()
        .map(|(group, text)| {
            let is_chosen = move || state.view.read().status == Some(*group);
            option().attr("value", *text).prop("selected", is_chosen).child(*text)
        })
        .collect();
    label().class("labelled").child((
        span().child("Status"),
        select()
            .class("input")
            .attr("aria-label", "Status")
            .on(ev::change, move |event| {
                let chosen = event_target_value(&event);
                let group =
                    GROUPS.iter().find(|(_, text)| *text == chosen).map(|(group, _)| *group);
                state.view.update(|view| view.status = group);
                state.announce(untrack(|| state.count()));
            })
            .child((option().attr("value", "").child("Any status"), options)),
    ))
}

fn chips(state: State) -> El {
    let room = move || {
        if !state.can.read().filter_room {
            return None;
        }
        state.query.read().room.as_ref().map(|wanted| {
            let title = state
                .rooms
                .read()
                .iter()
                .find(|room| room.id == *wanted)
                .map_or(wanted.0.clone(), |room| room.title().to_owned());
            chip(state, "Room", title, move || state.show_room(None))
        })
    };
    let status = move || {
        let group = state.view.read().status?;
        let (_, text) = GROUPS.iter().find(|(it, _)| *it == group)?;
        let clear = move || state.view.update(|view| view.status = None);
        Some(chip(state, "Status", (*text).to_owned(), clear))
    };
    div().class("chips").child((room, status))
}

fn chip(state: State, what: &'static str, value: String, clear: impl Fn() + 'static) -> El {
    button()
        .class("chip")
        .attr("type", "button")
        .attr("aria-label", format!("Clear filter {what}: {value}"))
        .on(ev::click, move |_| {
            state.focus_search();
            clear();
        })
        .child((span().child((what, ": ", bdi().child(value))), icon(icon::CLOSE)))
}
