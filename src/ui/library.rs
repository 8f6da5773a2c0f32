//! The library: the bar, the list in each of its states, and everything that opens over it.

use leptos::{ev, prelude::*};

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::{
    delete_dialog::delete_dialog,
    dom::{Child, El, bdi, button, div, h2, input, kbd, label, p, section, span},
    edit_dialog::edit_dialog,
    filters::filters,
    grid::{grid, skeleton},
    icon,
    icon::icon,
    messages::live_regions,
    player::player,
    row_menu::row_menu,
    selection_bar::selection_bar,
    share_dialog::share_dialog,
    sign_in::{sign_in_dialog, sign_in_page},
    state::{Load, Session, State},
};
use crate::{i18n::messages, model::Error};

pub fn library(state: State) -> El {
    state.refresh();
    state.watch_progress();
    let is_signed_out = Memo::new(move |_| {
        state.session.get() == Session::Ended && state.library.read().is_empty()
    });
    let is_playing = Memo::new(move |_| state.playing.read().is_some());
    let is_asking = RwSignal::new(false);
    section()
        .class("library")
        .attr("role", "region")
        .attr("aria-label", "Recordings")
        .on(ev::keydown, move |event| slash_searches(state, &event))
        .child((
            div().class("page").attr("inert", move || is_playing.get().then_some("")).child(
                move || {
                    if is_signed_out.get() {
                        sign_in_page(state)
                    } else {
                        div().class("content").child(recordings(state, is_asking))
                    }
                },
            ),
            move || (!is_playing.get()).then(|| selection_bar(state)),
            open_player(state),
            row_menu(state),
            delete_dialog(state),
            (share_dialog(state), edit_dialog(state), sign_in_again(state, is_asking)),
            live_regions(state),
        ))
}

/// The player over the list; closing it goes back to the row it came from.
fn open_player(state: State) -> impl Child {
    move || {
        state.playing.get().map(|playing| {
            let id = playing.recording.id.clone();
            let close = move || {
                state.playing.set(None);
                let at = state.order.with_untracked(|order| order.iter().position(|it| *it == id));
                state.focus_at.set(at);
            };
            player(state, playing, Some(Box::new(close)))
        })
    }
}

/// What stands below the bar.
#[derive(Clone, PartialEq)]
enum Face {
    FirstLoad,
    Failed(Error),
    Empty,
    List,
}

fn recordings(state: State, is_asking: RwSignal<bool>) -> impl Child {
    let face = Memo::new(move |_| match &*state.load.read() {
        _ if !state.library.read().is_empty() => Face::List,
        Load::Loading => Face::FirstLoad,
        Load::Failed { error, .. } => Face::Failed(error.clone()),
        Load::LoadingMore | Load::Done => Face::Empty,
    });
    (bar(state), session_ended(state, is_asking), move || match face.get() {
        Face::FirstLoad => skeleton(),
        Face::Failed(error) => problem(state, error),
        Face::Empty => empty(state),
        Face::List => div().child(list(state)),
    })
}

fn bar(state: State) -> impl Child {
    let typed = move |event| {
        state.view.update(|view| view.search = event_target_value(&event));
        state.announce(untrack(|| state.count()));
    };
    let is_loading = move || *state.load.read() == Load::Loading;
    let are_filters_open = RwSignal::new(false);
    (
        div().class("bar").child((
            h2().child("Recordings"),
            bdi()
                .class("count")
                .child(move || (!state.library.read().is_empty()).then(|| state.count())),
            label().class("field").child((
                icon(icon::SEARCH),
                input()
                    .node_ref(state.search)
                    .attr("type", "search")
                    .attr("aria-label", "Search recordings")
                    .attr("placeholder", "Search")
                    .attr("autocomplete", "off")
                    .attr("spellcheck", "false")
                    .prop("value", move || state.view.read().search.clone())
                    .on(ev::input, typed),
                kbd().attr("aria-hidden", "true").child("/"),
            )),
            move || {
                let can = state.can.get();
                (can.status || can.filter_room && can.rooms)
                    .then(|| filters_button(state, are_filters_open))
            },
            button()
                .class("icon-button")
                .attr("type", "button")
                .attr("aria-label", "Refresh")
                .attr("aria-busy", move || is_loading().to_string())
                .on(ev::click, move |_| state.refresh())
                .child(icon(icon::REFRESH)),
        )),
        filters(state, are_filters_open),
    )
}

fn filters_button(state: State, are_filters_open: RwSignal<bool>) -> El {
    button()
        .class("button is-compact")
        .attr("type", "button")
        .attr("aria-expanded", move || are_filters_open.get().to_string())
        .on(ev::click, move |_| {
            are_filters_open.update(|open| *open = !*open);
            state.load_rooms();
        })
        .child((icon(icon::FILTER), span().child("Filters")))
}

/// Asks to sign in again, once the session has ended while the library was in use. Over everything,
/// also the player: whatever is inert beneath must not hold it.
fn sign_in_again(state: State, is_asking: RwSignal<bool>) -> impl Child {
    let has_ended = Memo::new(move |_| {
        state.session.get() == Session::Ended && !state.library.read().is_empty()
    });
    Effect::new(move |_| {
        if has_ended.get() {
            is_asking.set(true);
        }
    });
    move || {
        (has_ended.get() && is_asking.get())
            .then(|| sign_in_dialog(state, move || is_asking.set(false)))
    }
}

/// While that is closed, the way back to it.
fn session_ended(state: State, is_asking: RwSignal<bool>) -> impl Child {
    move || {
        (state.session.get() == Session::Ended && !is_asking.get()).then(|| {
            div().class("note is-problem").child((
                span().child(messages::error(&Error::SignedOut)),
                button()
                    .class("button")
                    .attr("type", "button")
                    .on(ev::click, move |_| is_asking.set(true))
                    .child("Sign in"),
            ))
        })
    }
}

fn list(state: State) -> impl Child {
    let has_rows = Memo::new(move |_| !state.order.read().is_empty());
    (
        failure(state, false),
        move || if has_rows.get() { grid(state) } else { nothing_matches(state) },
        div().class("footer").child((failure(state, true), load_more(state), caveats(state))),
    )
}

/// Why the rows are not fresh, above them, or why there are not more, below. What is shown stands.
fn failure(state: State, of_more: bool) -> impl Child {
    let error = Memo::new(move |_| match &*state.load.read() {
        Load::Failed { error, more } if *more == of_more => Some(error.clone()),
        _ => None,
    });
    move || {
        error.get().map(|error| {
            div().class("note is-problem").child((
                icon(icon::WARNING),
                span().child(move || state.explain(&error)),
                try_again(state),
            ))
        })
    }
}

fn try_again(state: State) -> El {
    button()
        .class("button")
        .attr("type", "button")
        .on(ev::click, move |_| {
            state.focus_search();
            state.retry_load();
        })
        .child("Try again")
}

fn load_more(state: State) -> impl Child {
    let has_more = Memo::new(move |_| state.library.read().next().is_some());
    let is_loading =
        Memo::new(move |_| matches!(*state.load.read(), Load::Loading | Load::LoadingMore));
    move || {
        has_more.get().then(|| {
            button()
                .class("button")
                .attr("type", "button")
                .attr("aria-disabled", move || is_loading.get().then_some("true"))
                .on(ev::click, move |_| {
                    if !is_loading.get_untracked() {
                        state.load_more();
                    }
                })
                .child(move || if is_loading.get() { "Loading…" } else { "Load more" })
        })
    }
}

fn caveats(state: State) -> impl Child {
    move || {
        let library = state.library.read();
        let unreadable = (library.unreadable() > 0)
            .then(|| p().class("muted").child(messages::unreadable(library.unreadable())));
        let loops = library.loops().then(|| p().class("muted").child(messages::LOOPS));
        (unreadable, loops)
    }
}

fn empty(state: State) -> El {
    if untrack(|| state.query.read().room.is_some() && state.can.read().filter_room) {
        return div().class("blank").child((
            p().class("blank-title").child("No recordings in this room"),
            button()
                .class("button")
                .attr("type", "button")
                .on(ev::click, move |_| {
                    state.focus_search();
                    state.show_room(None);
                })
                .child("Show all rooms"),
        ));
    }
    div().class("blank").child((
        p().class("blank-title").child("No recordings yet"),
        p().class("muted").child("Recordings of meetings on this server will appear here."),
    ))
}

fn nothing_matches(state: State) -> El {
    div().class("blank").child((
        p().class("blank-title").child("No recording matches"),
        p().class("muted").child(move || {
            let held = state.format().number(state.library.read().len());
            match state.library.read().next() {
                Some(_) => format!("Searched in the {held} recordings loaded so far."),
                None => format!("Searched in all {held} recordings."),
            }
        }),
        button()
            .class("button")
            .attr("type", "button")
            .on(ev::click, move |_| {
                state.focus_search();
                state.view.update(|view| view.show_all());
            })
            .child("Clear search and filters"),
    ))
}

fn problem(state: State, error: Error) -> El {
    div().class("blank").child((
        icon(icon::WARNING),
        p().class("blank-title").child("The recordings could not be loaded"),
        p().class("muted").child(move || state.explain(&error)),
        try_again(state),
    ))
}

/// `/` goes to the search, unless somebody is typing or the player is over it.
fn slash_searches(state: State, event: &ev::KeyboardEvent) {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let is_typing = input.is_some_and(|input| input.type_() != "checkbox");
    let is_chord = event.ctrl_key() || event.alt_key() || event.meta_key();
    let is_covered = state.playing.read_untracked().is_some();
    if event.key() == "/" && !is_typing && !is_chord && !is_covered {
        event.prevent_default();
        state.focus_search();
    }
}
