//! One recording as a row: select, play, what it is, when, how long, how large, and what else can
//! be done with it.

use leptos::ev;

use super::{
    browser,
    dom::{Child, El, Fragment, Sign, b, bdi, button, div, fragment, small, span},
    icon,
    icon::icon,
    list::{self, Acting, Entry, cell, clipped, hue, more_button, select_box},
    parts::{self, More},
    reactive::*,
    state::{Menu, State},
};
use crate::{
    i18n::{Words, clock, messages, t},
    library::{Column, GroupKey, Slot, highlight},
    model::{Recording, Status},
};

/// What stands at a place of the window, which is another thing when the list moves on.
pub fn row(state: State, entry: RwSignal<Entry>) -> El {
    list::row(
        state.list,
        entry,
        move |it| cells(state, it),
        move || fragment(heading(state, entry)),
    )
}

fn cells(state: State, it: Acting) -> Fragment {
    let slot = it.slot;
    let recording = Memo::new(move |_| slot.get().and_then(|slot| state.library.read().get(slot)));
    let columns = Memo::new(move |_| state.view.read().columns.clone());
    fragment((
        cell("select", select_box(state.list, it, named(recording, t("Select {title}")))),
        title_cell(state, slot, recording),
        move || {
            let shown = columns.get();
            let shown = shown.shown().iter().filter(|it| state.has_column(**it));
            shown.map(|it| column(state, *it, recording)).collect::<Vec<_>>()
        },
        cell("actions", (download(state, recording), more(state, recording))),
    ))
}

/// The heading of a group, as a row of its own.
fn heading(state: State, entry: RwSignal<Entry>) -> impl Child {
    let text = move || match &*entry.read() {
        Entry::Heading { key: GroupKey::Day(ms), .. } => state.format().day(*ms, browser::now()),
        Entry::Heading { key: GroupKey::Undated, .. } => t("No date").into(),
        Entry::Heading { key: GroupKey::Room(slot), .. } => state.library.read().title(*slot),
        Entry::Row { .. } => String::new(),
    };
    let count = move || match &*entry.read() {
        Entry::Heading { count, .. } => state.format().number(*count),
        Entry::Row { .. } => String::new(),
    };
    div()
        .attr("role", "gridcell")
        .class("heading")
        .child((b().child(bdi().child(text)), span().class("muted").child(count)))
}

fn column(state: State, column: Column, recording: Row) -> El {
    match column {
        Column::Date => cell("date", move || recording.read().as_ref().map(|it| date(state, it))),
        Column::Duration => cell("duration", move || recording.read().as_ref().map(duration)),
        Column::Size => {
            cell("size", (about(recording), bdi().child(move || size(state, recording))))
        }
        Column::Room => text_cell(state, "name", recording, |it| {
            it.room_name.as_deref().or(it.room_id.as_deref())
        }),
        Column::File => text_cell(state, "name", recording, |it| it.file_name.as_deref()),
        Column::Id => text_cell(state, "name", recording, |it| Some(it.id.as_str())),
    }
}

fn text_cell(
    state: State,
    class: &'static str,
    recording: Row,
    text: fn(&Recording) -> Option<&str>,
) -> El {
    let text = move || recording.read().as_ref().and_then(text).unwrap_or("–").to_owned();
    cell(class, bdi().child(marked(state, text)))
}

/// Whether a click is meant for the selection.
fn is_selecting(event: &ev::MouseEvent) -> bool {
    event.shift_key() || event.ctrl_key() || event.meta_key()
}

type Row = Memo<Option<Recording>>;

/// An accessible name that says which recording it is about.
fn named(recording: Row, action: Words) -> impl Fn() -> String + Send + Clone {
    move || match &*recording.read() {
        Some(it) => action.with(&[("title", it.title())]),
        None => String::new(),
    }
}

fn title_cell(state: State, slot: Memo<Option<Slot>>, recording: Row) -> El {
    let title = move || recording.read().as_ref().map(|it| clipped(it.title())).unwrap_or_default();
    let subtitle =
        move || recording.read().as_ref().map(|it| clipped(it.subtitle())).unwrap_or_default();
    let play = move |event: ev::MouseEvent| {
        if let Some(slot) = slot.get_untracked()
            && !is_selecting(&event)
        {
            state.play(slot);
        }
    };
    div().attr("role", "gridcell").class("room").on(ev::click, play).child((
        poster(state, recording),
        div().class("title").child((
            b().attr("title", title).child(bdi().child(marked(state, title))),
            small().child(bdi().child(marked(state, subtitle))),
        )),
    ))
}

/// A text with what was searched for in it marked.
fn marked(state: State, text: impl Fn() -> String + 'static) -> impl Child {
    list::marked(text, move |text| {
        state.criteria.with(|it| {
            if it.terms.is_empty() { Vec::new() } else { highlight(text, it, browser::fold) }
        })
    })
}

/// The picture's place: coloured by room, so that a room's recordings are seen to belong together.
fn poster(state: State, recording: Row) -> El {
    let is_playable = move || {
        state.can.read().play && recording.read().as_ref().is_some_and(|it| it.status.is_playable())
    };
    let length =
        move || recording.read().as_ref().and_then(|it| it.duration).map(|ms| clock(ms / 1000));
    button()
        .class("poster")
        .class_if("is-blank", move || !is_playable())
        .attr("type", "button")
        .attr("tabindex", "-1")
        .attr("aria-label", named(recording, t("Play {title}")))
        .attr("aria-disabled", move || (!is_playable()).then_some("true"))
        // The same for all recordings of a room.
        .style("--h", move || {
            let recording = recording.read();
            recording
                .as_ref()
                .map_or(0, |it| hue(it.room_id.as_deref().unwrap_or(it.id.as_str())))
                .to_string()
        })
        // To be seen only: it stands in its own cell too.
        .attr("data-length", length)
        .child(move || is_playable().then(|| icon(icon::PLAY)))
}

fn date(state: State, recording: &Recording) -> El {
    match recording.date() {
        Some(ms) => {
            let format = state.format();
            span().attr("title", format.full(ms)).child((
                bdi().child(format.day(ms, browser::now())),
                small().child(bdi().child(format.time(ms))),
            ))
        }
        None => span().attr("title", t("The server gives no date")).child(Sign("–")),
    }
}

/// That a size is rounded, for eyes and for ears.
fn about(recording: Row) -> impl Child {
    move || {
        recording.read().as_ref().is_some_and(|it| it.is_size_rounded).then(|| {
            span().child((
                span().attr("aria-hidden", "true").child(Sign("≈ ")),
                span().class("visually-hidden").child((t("about"), Sign(" "))),
            ))
        })
    }
}

fn size(state: State, recording: Row) -> String {
    let size = recording.read().as_ref().and_then(|it| it.size);
    size.map_or("–".to_owned(), |bytes| state.format().size(bytes))
}

/// How long it is; of what is not ready, the status instead, with the reason if there is one.
fn duration(recording: &Recording) -> El {
    let Some(text) = messages::status(&recording.status) else {
        let length = recording.duration.map_or("–".to_owned(), |ms| clock(ms / 1000));
        return span().class("plain").child(length);
    };
    let class = match recording.status {
        Status::Recording => "status is-live",
        Status::Failed(_) => "status is-failed",
        _ => "status",
    };
    span().class(class).attr("title", messages::reason(recording)).child(text)
}

fn download(state: State, recording: Row) -> impl Child {
    let is_playable = move || {
        state.can.read().download
            && recording.read().as_ref().is_some_and(|it| it.status.is_playable())
    };
    move || {
        is_playable().then(|| {
            button()
                .class("icon-button")
                .attr("type", "button")
                .attr("tabindex", "-1")
                .attr("aria-label", named(recording, t("Download {title}")))
                .on(ev::click, move |_| {
                    if let Some(recording) = recording.get_untracked() {
                        parts::act(state, More::Download(recording.into()));
                    }
                })
                .child(icon(icon::DOWNLOAD))
        })
    }
}

fn more(state: State, recording: Row) -> El {
    let is_open = move || {
        let recording = recording.read();
        let id = recording.as_ref().map(|it| &it.id);
        state.menu.with(|menu| menu.as_ref().is_some_and(|menu| Some(&menu.id) == id))
    };
    more_button(named(recording, t("More actions for {title}")), is_open, move |x, y| {
        if let Some(Recording { id, .. }) = recording.get_untracked() {
            state.menu.set(Some(Menu { id, x, y }));
        }
    })
}
