//! The library: the bar, the list in each of its states, and everything that opens over it.

use leptos::{ev, prelude::*};

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::{
    browser,
    delete_dialog::delete_dialog,
    dom::{Child, El, NodeRef, bdi, button, div, h2, input, kbd, label, p, section, span},
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
    let search = NodeRef::<HtmlInputElement>::default();
    let is_asking = RwSignal::new(false);
    section()
        .class("library")
        .attr("role", "region")
        .attr("aria-label", "Recordings")
        .on(ev::keydown, slash_searches(search))
        .child((
            div().class("page").attr("inert", move || is_playing.get().then_some("")).child(
                move || {
                    if is_signed_out.get() {
                        sign_in_page(state)
                    } else {
                        div().class("content").child(recordings(state, search, is_asking))
                    }
                },
            ),
            move || (!is_playing.get()).then(|| selection_bar(state)),
            open_player(state),
            row_menu(state),
            delete_dialog(state),
            (share_dialog(state), sign_in_again(state, is_asking)),
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

fn recordings(
    state: State,
    search: NodeRef<HtmlInputElement>,
    is_asking: RwSignal<bool>,
) -> impl Child {
    let face = Memo::new(move |_| match &*state.load.read() {
        _ if !state.library.read().is_empty() => Face::List,
        Load::Loading => Face::FirstLoad,
        Load::Failed { error, .. } => Face::Failed(error.clone()),
        Load::LoadingMore | Load::Done => Face::Empty,
    });
    (bar(state, search), session_ended(state, is_asking), move || match face.get() {
        Face::FirstLoad => skeleton(),
        Face::Failed(error) => {
            problem("The recordings could not be loaded", messages::error(&error), state)
        }
        Face::Empty => empty(state),
        Face::List => div().child(list(state)),
    })
}

fn bar(state: State, search: NodeRef<HtmlInputElement>) -> impl Child {
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
                    .node_ref(search)
                    .attr("type", "search")
                    .attr("aria-label", "Search recordings")
                    .attr("placeholder", "Search")
                    .attr("autocomplete", "off")
                    .attr("spellcheck", "false")
                    .prop("value", move || state.view.read().search.clone())
                    .on(ev::input, typed),
                kbd().attr("aria-hidden", "true").child("/"),
            )),
            button()
                .class("button is-compact")
                .attr("type", "button")
                .attr("aria-expanded", move || are_filters_open.get().to_string())
                .on(ev::click, move |_| {
                    are_filters_open.update(|open| *open = !*open);
                    state.load_rooms();
                })
                .child((icon(icon::FILTER), span().child("Filters"))),
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
    let shown = Memo::new(move |_| !state.order.read().is_empty());
    (
        move || {
            if shown.get() { grid(state) } else { nothing_matches(state) }
        },
        footer(state),
    )
}

/// What is below the rows: more of them, or why there are not.
fn footer(state: State) -> El {
    let more = move || {
        let has_more = state.library.read().next().is_some();
        let is_loading = *state.load.read() == Load::LoadingMore;
        (has_more || is_loading).then(|| {
            button()
                .class("button")
                .attr("type", "button")
                .attr("aria-disabled", is_loading.then_some("true"))
                .on(ev::click, move |_| {
                    if !is_loading {
                        state.load_more();
                    }
                })
                .child(if is_loading { "Loading…" } else { "Load more" })
        })
    };
    let failure = move || match &*state.load.read() {
        Load::Failed { error, .. } => Some(
            div().class("note is-problem").attr("role", "alert").child((
                icon(icon::WARNING),
                span().child(messages::error(error)),
                button()
                    .class("button")
                    .attr("type", "button")
                    .on(ev::click, move |_| state.retry_load())
                    .child("Try again"),
            )),
        ),
        _ => None,
    };
    let caveats = move || {
        let library = state.library.read();
        let unreadable = (library.unreadable() > 0)
            .then(|| p().class("muted").child(messages::unreadable(library.unreadable())));
        let loops = library.loops().then(|| p().class("muted").child(messages::LOOPS));
        (unreadable, loops)
    };
    div().class("footer").child((failure, more, caveats))
}

fn empty(state: State) -> El {
    if untrack(|| state.query.read().room.is_some()) {
        return div().class("blank").child((
            p().class("blank-title").child("No recordings in this room"),
            button()
                .class("button")
                .attr("type", "button")
                .on(ev::click, move |_| state.show_room(None))
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
            .on(ev::click, move |_| state.view.update(|view| view.show_all()))
            .child("Clear search and filters"),
    ))
}

fn problem(title: &'static str, text: String, state: State) -> El {
    div().class("blank").attr("role", "alert").child((
        icon(icon::WARNING),
        p().class("blank-title").child(title),
        p().class("muted").child(text),
        button()
            .class("button")
            .attr("type", "button")
            .on(ev::click, move |_| state.retry_load())
            .child("Try again"),
    ))
}

/// `/` goes to the search, unless somebody is typing.
fn slash_searches(search: NodeRef<HtmlInputElement>) -> impl Fn(ev::KeyboardEvent) {
    move |event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let is_typing = input.is_some_and(|input| input.type_() != "checkbox");
        if event.key() == "/" && !is_typing {
            event.prevent_default();
            browser::focus(search.get_untracked().map(Into::into));
        }
    }
}
