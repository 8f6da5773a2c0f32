//! The library: the bar, the list in each of its states, and everything that opens over it.

use leptos::ev;

use super::{
    bar::bar,
    delete_dialog::delete_dialog,
    dom::{Child, El, button, div, fragment, p, section, slot, span},
    edit_dialog::edit_dialog,
    grid::{grid, skeleton},
    icon,
    icon::icon,
    layers::layers,
    messages::live_regions,
    parts::{self, SignIn},
    reactive::*,
    row_menu::row_menu,
    selection_bar::selection_bar,
    share_dialog::share_dialog,
    shortcuts::shortcuts,
    state::{Load, Session, State},
};
use crate::{
    i18n::{Words, forms, messages, t},
    model::Error,
};

/// The library by itself, as the element shows it.
pub fn library(state: State) -> El {
    let is_signed_out = Memo::new(move |_| is_signed_out(state));
    let face = move || {
        if is_signed_out.get() {
            instead("signed-out", parts::sign_in(state, SignIn::Page(|| None)))
        } else {
            content(state)
        }
    };
    let has_rows = move || !state.library.read().is_empty();
    region(state, face).child((sign_in_again(state, has_rows), live_regions(state)))
}

/// The same as a page among others, which have the sign-in and the live regions together.
pub fn library_page(state: State) -> El {
    // Nothing that somebody has opened is open for whoever signs in next.
    let face = move || {
        state.epoch.track();
        untrack(|| content(state))
    };
    region(state, face)
}

/// Nobody is signed in, and nothing is there to be shown in the meantime.
fn is_signed_out(state: State) -> bool {
    state.session.get() == Session::Ended && state.library.read().is_empty()
}

fn region(state: State, face: impl Child) -> El {
    state.refresh();
    state.fill_when_needed();
    parts::begin_when_idle(state);
    let is_playing = Memo::new(move |_| state.playing.read().is_some());
    section()
        .node_ref(state.region)
        .class("library")
        .attr("tabindex", "-1")
        .attr("role", "region")
        .attr("aria-label", t("Recordings"))
        .class_if("has-selection", move || !state.list.selection.read().is_empty())
        .on(ev::keydown, move |event| shortcuts(state, &event))
        // Whoever touches it is about to open something.
        .on(ev::pointerdown, move |_| parts::fetch_soon(state))
        .on(ev::focusin, move |_| parts::fetch_soon(state))
        .child((
            div().class("page").attr("inert", move || is_playing.get().then_some("")).child(face),
            move || (!is_playing.get()).then(|| selection_bar(state)),
            open_player(state, is_playing),
            row_menu(state),
            delete_dialog(state),
            (layers(state), share_dialog(state), edit_dialog(state)),
        ))
}

fn content(state: State) -> El {
    div().class("content").child(recordings(state))
}

/// The player over the list; closing it goes back to the row that it shows.
fn open_player(state: State, is_playing: Memo<bool>) -> impl Child {
    move || is_playing.get().then(|| parts::player(state, Some(State::close_player)))
}

impl State {
    /// Back to the row of what was played.
    pub fn close_player(self) {
        let playing = self.playing.get_untracked();
        self.playing.set(None);
        let id = playing.map(|it| it.recording.id);
        let slot = id.and_then(|id| self.library.with_untracked(|it| it.find(&id)));
        let at =
            self.list.order.with_untracked(|it| it.slots.iter().position(|it| Some(*it) == slot));
        self.list.focus_at.set(at);
    }
}

/// What the page around has for this place, and else `ours`.
fn instead(name: &'static str, ours: impl Child) -> El {
    slot().attr("name", name).child(ours)
}

/// What stands below the bar.
#[derive(Clone, PartialEq)]
enum Face {
    FirstLoad,
    Failed(Error),
    Empty,
    List,
}

fn recordings(state: State) -> impl Child {
    let face = Memo::new(move |_| match &*state.load.read() {
        _ if !state.library.read().is_empty() => Face::List,
        Load::Loading => Face::FirstLoad,
        Load::Failed { error, .. } => Face::Failed(error.clone()),
        Load::LoadingMore | Load::Filling | Load::Done => Face::Empty,
    });
    (bar(state), session_ended(state), move || match face.get() {
        Face::FirstLoad => skeleton(),
        Face::Failed(error) => problem(state, error),
        Face::Empty => instead("empty", empty(state)),
        Face::List => div().class("list").attr("part", "list").child(list(state)),
    })
}

/// Asks to sign in again, once the session has ended while there was something to see. Over everything,
/// also the player: whatever is inert beneath must not hold it.
pub fn sign_in_again(
    state: State,
    is_in_use: impl Fn() -> bool + Send + Sync + 'static,
) -> impl Child {
    let has_ended = Memo::new(move |_| state.session.get() == Session::Ended && is_in_use());
    Effect::new(move |_| {
        if has_ended.get() {
            state.is_asking.set(true);
        }
    });
    move || {
        (has_ended.get() && state.is_asking.get())
            .then(|| parts::sign_in_again(state, |state| state.is_asking.set(false)))
    }
}

/// While that is closed, the way back to it.
pub fn session_ended(state: State) -> impl Child {
    move || {
        (state.session.get() == Session::Ended && !state.is_asking.get()).then(|| {
            div().class("note is-problem").child((
                span().child(messages::error(&Error::SignedOut)),
                button()
                    .class("button")
                    .attr("type", "button")
                    .on(ev::click, move |_| state.is_asking.set(true))
                    .child(t("Sign in")),
            ))
        })
    }
}

fn list(state: State) -> impl Child {
    let has_rows = Memo::new(move |_| !state.list.order.read().slots.is_empty());
    (
        failure(state, false),
        news(state),
        move || if has_rows.get() { grid(state) } else { nothing_matches(state) },
        footer(state),
    )
}

/// What has come while the list was looked at, above it.
fn news(state: State) -> impl Child {
    let has_news = Memo::new(move |_| state.news.get() > 0);
    let text = move || messages::news(state.news.get());
    move || {
        has_news.get().then(|| {
            button()
                .class("button news")
                .attr("type", "button")
                .on(ev::click, move |_| state.show_news())
                .child(text)
        })
    }
}

/// Below the rows: how to have more of them, and what is odd about them.
fn footer(state: State) -> El {
    div().class("footer").attr("part", "footer").child((
        failure(state, true),
        div().class("progress").child(load_buttons(state)),
        caveats(state),
    ))
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
        .child(t("Try again"))
}

fn load_buttons(state: State) -> impl Child {
    #[derive(Clone, Copy, PartialEq)]
    enum Shown {
        Nothing,
        More,
        Stop,
    }
    let shown = Memo::new(move |_| match *state.load.read() {
        Load::Filling => Shown::Stop,
        _ if state.library.read().next().is_some() => Shown::More,
        _ => Shown::Nothing,
    });
    let is_loading =
        Memo::new(move |_| matches!(*state.load.read(), Load::Loading | Load::LoadingMore));
    let more = move || {
        footer_button(
            move || if is_loading.get() { t("Loading…") } else { t("Load more") },
            move || {
                if !is_loading.get_untracked() {
                    state.load_more();
                }
            },
        )
        .attr("aria-disabled", move || is_loading.get().then_some("true"))
    };
    move || match shown.get() {
        Shown::Nothing => fragment(()),
        Shown::More => {
            fragment((more(), footer_button(|| t("Load all"), move || state.load_all())))
        }
        Shown::Stop => fragment(footer_button(
            || t("Stop loading"),
            move || {
                state.focus_search();
                state.stop_filling();
            },
        )),
    }
}

fn footer_button(text: impl Fn() -> Words + 'static, act: impl Fn() + 'static) -> El {
    button().class("button").attr("type", "button").on(ev::click, move |_| act()).child(text)
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
    if untrack(|| state.view.read().filters.room.is_some()) {
        return div().class("blank").child((
            p().class("blank-title").child(t("No recordings in this room")),
            button()
                .class("button")
                .attr("type", "button")
                .on(ev::click, move |_| {
                    state.focus_search();
                    state.show_all();
                })
                .child(t("Show all rooms")),
        ));
    }
    div().class("blank").child((
        p().class("blank-title").child(t("No recordings yet")),
        p().class("muted").child(t("Recordings of meetings on this server will appear here.")),
    ))
}

fn nothing_matches(state: State) -> El {
    div().class("blank").child((
        p().class("blank-title").child(t("No recording matches")),
        p().class("muted").child(move || {
            let held = state.library.read().held();
            let searched = if state.library.read().is_partial() {
                forms(
                    "Searched in the {n} recording loaded so far.",
                    "Searched in the {n} recordings loaded so far.",
                )
            } else {
                forms("Searched in {n} recording.", "Searched in all {n} recordings.")
            };
            searched.with(held, &[("n", &state.format().number(held))])
        }),
        button()
            .class("button")
            .attr("type", "button")
            .on(ev::click, move |_| {
                state.focus_search();
                state.show_all();
            })
            .child(t("Clear search and filters")),
    ))
}

fn problem(state: State, error: Error) -> El {
    div().class("blank").child((
        icon(icon::WARNING),
        p().class("blank-title").child(t("The recordings could not be loaded")),
        p().class("muted").child(move || state.explain(&error)),
        try_again(state),
    ))
}
