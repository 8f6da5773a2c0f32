//! The page of all rooms: the bar, the list in each of its states, and what can be done with the
//! selected ones.

use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{
    bar::bar,
    grid::grid,
    state::{Editing, RoomsState},
};
use crate::{
    i18n::{messages, rooms as texts, t},
    model::Error,
    ui::{
        dom::{Child, El, div, p, section, span},
        icon,
        icon::icon,
        layers::push,
        list::{Kind, Leaving, Tool, skeleton, toolbar},
        reactive::*,
        session_ended,
        shortcuts::TYPING,
        state::Load,
    },
};

pub fn rooms_page(rooms: RoomsState) -> El {
    rooms.refresh();
    section()
        .class("library")
        .attr("role", "region")
        .attr("aria-label", t("Rooms"))
        .class_if("has-selection", move || !rooms.list.selection.read().is_empty())
        .on(ev::keydown, move |event| shortcuts(rooms, &event))
        .child((
            div().class("page").child(div().class("content").child(content(rooms))),
            selection_bar(rooms),
        ))
}

/// `/` goes to the search, unless somebody is typing.
fn shortcuts(rooms: RoomsState, event: &ev::KeyboardEvent) {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let is_typing = target.is_some_and(|it| matches!(it.closest(TYPING), Ok(Some(_))));
    let is_plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
    if event.key() == "/" && is_plain && !is_typing && !event.default_prevented() {
        rooms.focus_search();
        event.prevent_default();
    }
}

/// What stands below the bar.
#[derive(Clone, PartialEq)]
enum Face {
    FirstLoad,
    Failed(Error),
    Empty,
    NothingMatches,
    List,
}

fn content(rooms: RoomsState) -> impl Child {
    let face = Memo::new(move |_| {
        let has_rows = rooms.list.order.with(|order| !order.slots.is_empty());
        match &*rooms.load.read() {
            _ if has_rows => Face::List,
            _ if !rooms.rooms.read().is_empty() => Face::NothingMatches,
            Load::Loading => Face::FirstLoad,
            Load::Failed { error, .. } => Face::Failed(error.clone()),
            _ => Face::Empty,
        }
    });
    (bar(rooms), session_ended(rooms.app), failure(rooms), move || match face.get() {
        Face::FirstLoad => skeleton(&["date", "duration", "size"]),
        Face::Failed(error) => problem(rooms, &error),
        Face::Empty => empty(rooms),
        Face::NothingMatches => nothing_matches(rooms),
        Face::List => div().class("list").child((grid(rooms), footer(rooms))),
    })
}

/// Why the rows are not fresh, or not all there. What is shown stands.
fn failure(rooms: RoomsState) -> impl Child {
    let error = Memo::new(move |_| match &*rooms.load.read() {
        Load::Failed { error, .. } if !rooms.rooms.read().is_empty() => Some(error.clone()),
        _ => None,
    });
    move || {
        error.get().filter(|error| *error != Error::SignedOut).map(|error| {
            div().class("note is-problem").child((
                icon(icon::WARNING),
                span().child(messages::error(&error)),
                try_again(rooms),
            ))
        })
    }
}

fn try_again(rooms: RoomsState) -> El {
    push("button", t("Try again"), move || {
        rooms.focus_search();
        rooms.retry_load();
    })
}

fn problem(rooms: RoomsState, error: &Error) -> El {
    let (title, more) = match error {
        Error::Unsupported => (t("This server has no rooms to manage"), String::new()),
        error => (t("The rooms could not be loaded"), messages::error(error)),
    };
    div().class("blank").child((
        icon(icon::WARNING),
        p().class("blank-title").child(title),
        p().class("muted").child(more),
        (*error != Error::Unsupported).then(|| try_again(rooms)),
    ))
}

fn empty(rooms: RoomsState) -> El {
    let can_create = rooms.can.with(|it| it.is_some_and(|can| !can.create.is_empty()));
    div().class("blank").child((
        p().class("blank-title").child(t("No rooms yet")),
        p().class("muted")
            .child(t("Meetings take place in rooms. Their recordings are listed with them.")),
        can_create.then(|| {
            push("button is-accent", t("Create a room"), move || {
                rooms.editing.set(Some(Editing::New));
            })
        }),
    ))
}

fn nothing_matches(rooms: RoomsState) -> El {
    div().class("blank").child((
        p().class("blank-title").child(t("No room matches")),
        push("button", t("Clear search and filters"), move || {
            rooms.focus_search();
            rooms.view.update(|it| it.show_all());
        }),
    ))
}

fn footer(rooms: RoomsState) -> El {
    let caveats = move || {
        let it = rooms.rooms.read();
        let unreadable = (it.unreadable() > 0)
            .then(|| p().class("muted").child(texts::unreadable(it.unreadable())));
        (unreadable, it.loops().then(|| p().class("muted").child(messages::LOOPS)))
    };
    div().class("footer").child(caveats)
}

fn selection_bar(rooms: RoomsState) -> impl Child {
    let is_shown = Memo::new(move |_| !rooms.list.selection.read().is_empty());
    move || is_shown.get().then(|| untrack(|| selected(rooms)))
}

fn selected(rooms: RoomsState) -> El {
    let list = rooms.list;
    let deletion = rooms.can.get().and_then(|can| can.delete);
    let (delete, delete_all) = match deletion {
        Some(it) if it.ends => (t("End"), t("End selected")),
        _ => (t("Delete"), t("Delete selected")),
    };
    let tools = vec![
        Tool {
            icon: icon::SELECT_ALL,
            text: Some(t("Select all")),
            name: Box::new(move || {
                let count = list.order.with(|order| order.slots.len());
                t("Select all {n}").with(&[("n", &rooms.app.format().number(count))])
            }),
            kind: Kind::Plain,
            is_possible: Memo::new(move |_| !list.are_all_selected()),
            leaving: Leaving::ToNext,
            run: Box::new(move || list.select_all()),
        },
        Tool {
            icon: icon::TRASH,
            text: Some(delete),
            name: Box::new(move || delete_all.into()),
            kind: Kind::Danger,
            is_possible: Memo::new(move |_| deletion.is_some()),
            leaving: Leaving::Stays,
            run: Box::new(move || rooms.ask_to_delete(rooms.ids(&list.selected()))),
        },
        Tool {
            icon: icon::CLOSE,
            text: None,
            name: Box::new(|| t("Clear selection").into()),
            kind: Kind::Icon,
            is_possible: Memo::new(|_| true),
            leaving: Leaving::Stays,
            run: Box::new(move || {
                rooms.focus_search();
                rooms.clear_selection();
            }),
        },
    ];
    toolbar(rooms.app, list, |_| String::new(), tools)
}
