//! The command palette: everything that can be done now, by its name. Only the app has it, which owns
//! its page and all of its keys.

use gloo_timers::future::TimeoutFuture;
use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{
    browser,
    dialog::modal,
    dom::{El, NodeRef, Sign, bdi, div, input, kbd, p},
    reactive::*,
    selection_bar::Action,
    shortcuts::shortcuts,
    state::{Layer, Load, State},
};
use crate::{
    i18n::{Language, Words, t},
    library::{DateFilter, Density, Group, Layout, StatusGroup, rank},
    model::{Capabilities, SortKey},
};

/// Rooms offered at once.
const MOST_ROOMS: usize = 50;

struct Command {
    name: Words,
    key: &'static str,
    is_possible: fn(State) -> bool,
    run: fn(State),
}

const fn command(name: Words, is_possible: fn(State) -> bool, run: fn(State)) -> Command {
    Command { name, key: "", is_possible, run }
}

const COMMANDS: &[Command] = &[
    Command { key: "/", ..command(t("Search"), always, State::focus_search) },
    command(t("Refresh"), always, State::refresh),
    command(t("Load all"), can_load_all, State::load_all),
    command(t("Stop loading"), |state| *state.load.read() == Load::Filling, State::stop_filling),
    command(t("Show only those ready"), has_status, |it| show(it, StatusGroup::Ready)),
    command(t("Show only those in progress"), has_status, |it| show(it, StatusGroup::InProgress)),
    command(t("Show only those that failed"), has_status, |it| show(it, StatusGroup::Failed)),
    command(t("Show the last 7 days"), always, |state| {
        state.view.update(|view| view.filters.date = Some(DateFilter::Week));
    }),
    command(t("Clear search and filters"), |it| it.view.read().is_narrowed(), State::show_all),
    command(t("Sort by date"), always, |state| state.sort_by(SortKey::Date, false)),
    command(t("Sort by room"), always, |state| state.sort_by(SortKey::Room, false)),
    command(
        t("Sort by duration"),
        |it| it.can.read().duration,
        |state| {
            state.sort_by(SortKey::Duration, false);
        },
    ),
    command(
        t("Sort by size"),
        |it| it.can.read().size,
        |state| state.sort_by(SortKey::Size, false),
    ),
    command(t("Layout: table"), always, |it| lay_out(it, Layout::Table)),
    command(t("Layout: cards"), always, |it| lay_out(it, Layout::Cards)),
    command(t("Layout: grid"), always, |it| lay_out(it, Layout::Grid)),
    command(t("Group by day"), always, |it| group_by(it, Some(Group::Day))),
    command(t("Group by room"), always, |it| group_by(it, Some(Group::Room))),
    command(t("Group by nothing"), |it| it.view.read().group.is_some(), |it| group_by(it, None)),
    command(t("Density: comfortable"), always, |it| space(it, Density::Comfortable)),
    command(t("Density: compact"), always, |it| space(it, Density::Compact)),
    command(t("Select all"), can_select_all, |it| Action::SelectAll.run(it)),
    command(t("Clear selection"), has_selection, |it| Action::Clear.run(it)),
    command(t("Download selected"), |it| can(it, Action::Download), |it| Action::Download.run(it)),
    command(
        t("Copy links of selected"),
        |it| can(it, Action::CopyLinks),
        |it| {
            Action::CopyLinks.run(it);
        },
    ),
    command(t("Merge selected"), |it| can(it, Action::Merge), |it| Action::Merge.run(it)),
    command(t("Delete selected"), |it| can(it, Action::Delete), |it| Action::Delete.run(it)),
    command(t("Export CSV"), has_rows, State::export_csv),
    command(t("Export JSON"), has_rows, State::export_json),
    Command {
        key: "?",
        ..command(t("Keyboard shortcuts"), always, |it| it.layer.set(Some(Layer::Help)))
    },
    command(t("Sign out"), |it| it.client().has_sign_in(), State::sign_out),
];

fn always(_: State) -> bool {
    true
}

fn can_load_all(state: State) -> bool {
    *state.load.read() != Load::Filling && state.library.read().next().is_some()
}

fn has_status(state: State) -> bool {
    state.can.read().status
}

fn has_rows(state: State) -> bool {
    !state.list.order.read().slots.is_empty()
}

fn has_selection(state: State) -> bool {
    !state.list.selection.read().is_empty()
}

fn can_select_all(state: State) -> bool {
    state.can.with(Capabilities::has_bulk_work) && Action::SelectAll.is_possible(state)
}

fn can(state: State, action: Action) -> bool {
    has_selection(state) && action.is_possible(state)
}

fn show(state: State, status: StatusGroup) {
    state.view.update(|view| view.filters.status = Some(status));
}

fn lay_out(state: State, layout: Layout) {
    state.change_look(&|view| view.layout = layout);
}

fn group_by(state: State, group: Option<Group>) {
    state.view.update(|view| view.group = group);
}

fn space(state: State, density: Density) {
    state.change_look(&|view| view.density = density);
}

fn room_command(room: &str) -> String {
    t("Room: {room}").with(&[("room", room)])
}

/// Something to choose.
#[derive(Clone, PartialEq)]
enum Entry {
    /// Its place in [`COMMANDS`].
    Command(usize),
    Room {
        id: String,
        name: String,
    },
}

impl Entry {
    fn name(&self) -> String {
        match self {
            Self::Command(at) => COMMANDS[*at].name.into(),
            Self::Room { name, .. } => room_command(name),
        }
    }

    fn key(&self) -> &'static str {
        match self {
            Self::Command(at) => COMMANDS[*at].key,
            Self::Room { .. } => "",
        }
    }

    fn run(self, state: State) {
        match self {
            Self::Command(at) => (COMMANDS[at].run)(state),
            Self::Room { id, .. } => state.show_room(Some(id)),
        }
    }
}

/// What is possible now and fits what is typed, the best first. Rooms only when they are asked for.
fn entries(state: State, typed: &str) -> Vec<Entry> {
    let typed = browser::fold(typed);
    let fits = |name: &str| rank(&browser::fold(name), &typed);
    let possible = COMMANDS.iter().enumerate().filter(|(_, it)| (it.is_possible)(state));
    let mut found: Vec<(u32, Entry)> = possible
        .filter_map(|(at, it)| Some((fits(&it.name.text())?, Entry::Command(at))))
        .collect();
    if !typed.trim().is_empty() && state.only_room.with_value(Option::is_none) {
        state.library.with(|library| {
            let rooms = library.index().rooms().filter_map(|(id, name)| {
                let rank = fits(&room_command(name))?;
                Some((rank, Entry::Room { id: id.to_owned(), name: name.to_owned() }))
            });
            found.extend(rooms.take(MOST_ROOMS));
        });
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, entry)| entry).collect()
}

/// Gives the app its palette, and the library's keys wherever the focus is on the page.
pub fn command_palette(state: State) {
    state.has_palette.set_value(true);
    let keys = window_event_listener(ev::keydown, move |event| shortcuts(state, &event));
    on_cleanup(move || keys.remove());
}

pub fn palette(state: State) -> El {
    let typed = RwSignal::new(String::new());
    let chosen = RwSignal::new(0);
    let list = NodeRef::<HtmlElement>::default();
    // Names are compared in the reader's language.
    let language = StoredValue::new(Language::current());
    let found = Memo::new(move |_| language.get_value().during(|| entries(state, &typed.read())));
    let run = move |entry: Option<Entry>| {
        let Some(entry) = entry else { return };
        state.layer.set(None);
        state.spawn(async move {
            // After the dialog has given the focus back, which the command may move.
            TimeoutFuture::new(0).await;
            entry.run(state);
        });
    };
    let keys = move |event: ev::KeyboardEvent| {
        let count = found.with_untracked(Vec::len);
        let at = chosen.get_untracked();
        match event.key().as_str() {
            _ if event.is_composing() => return,
            // The field would only be cleared.
            "Escape" => state.layer.set(None),
            _ if count == 0 => return,
            "ArrowDown" => chosen.set((at + 1) % count),
            "ArrowUp" => chosen.set((at + count - 1) % count),
            "Enter" => run(found.with_untracked(|it| it.get(at).cloned())),
            _ => return,
        }
        event.prevent_default();
    };
    Effect::new(move |_| {
        let at = chosen.get();
        found.track();
        if let Some(list) = list.get() {
            reveal(&list, at);
        }
    });
    let options = move || {
        let found = found.get().into_iter().enumerate();
        let option = |(at, entry): (usize, Entry)| {
            let (name, key) = (entry.name(), entry.key());
            div()
                .class("option")
                .attr("role", "option")
                .attr("id", id_of(at))
                .attr("aria-selected", move || (chosen.get() == at).to_string())
                // The focus stays in the field.
                .on(ev::pointerdown, |event| event.prevent_default())
                .on(ev::click, move |_| run(Some(entry.clone())))
                .child((
                    bdi().child(name),
                    (!key.is_empty()).then(|| kbd().attr("aria-hidden", "true").child(Sign(key))),
                ))
        };
        found.map(option).collect::<Vec<_>>()
    };
    let field = input()
        .class("input")
        .attr("type", "search")
        .attr("aria-label", t("Command"))
        .attr("placeholder", t("What to do, or a room"))
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("autofocus", "")
        .attr("aria-autocomplete", "list")
        .attr("aria-controls", "meet-commands")
        .attr("aria-activedescendant", move || {
            found.with(|it| !it.is_empty()).then(|| id_of(chosen.get()))
        })
        .on(ev::keydown, keys)
        .on(ev::input, move |event| {
            chosen.set(0);
            typed.set(event_target_value(&event));
        });
    let listbox = div()
        .node_ref(list)
        .class("options")
        .attr("id", "meet-commands")
        .attr("role", "listbox")
        .attr("aria-label", t("Commands"))
        // It scrolls.
        .attr("tabindex", "0")
        .child(options);
    let nothing = move || {
        let is_empty = found.with(Vec::is_empty);
        is_empty.then(|| t("Nothing of that name can be done now."))
    };
    modal(
        "dialog",
        || t("Commands").into(),
        move || state.layer.set(None),
        (field, listbox, p().class("muted").attr("aria-live", "polite").child(nothing)),
    )
    .class_if("is-palette", || true)
}

fn id_of(at: usize) -> String {
    format!("meet-command-{at}")
}

/// Scrolls the list as far as it must for the option at a place to be seen.
fn reveal(list: &HtmlElement, at: usize) {
    let Some(option) = list.children().item(at as u32) else { return };
    let Ok(option) = option.dyn_into::<HtmlElement>() else { return };
    let (top, height) = (option.offset_top(), option.offset_height());
    let seen = list.scroll_top()..list.scroll_top() + list.client_height() - height;
    if top < seen.start {
        list.set_scroll_top(top);
    } else if top > seen.end {
        list.set_scroll_top(top + height - list.client_height());
    }
}
