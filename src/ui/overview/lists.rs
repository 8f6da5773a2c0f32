//! A few recordings or rooms of a kind: the longest, the largest, what failed, what is deleted soon.

use leptos::ev;

use super::panel;
use crate::{
    i18n::{clock, messages, rooms as texts, t},
    library::Slot,
    model::Recording,
    rooms::Overview,
    ui::{
        browser,
        details::details,
        dom::{Child, bdi, button, li, p, span, ul},
        reactive::*,
        rooms::{RoomsState, Way},
        state::State,
    },
};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum List {
    Longest,
    Largest,
    Failed,
    Expiring,
}

#[derive(Clone, PartialEq)]
struct Line {
    slot: Slot,
    title: String,
    note: String,
    value: String,
}

/// Of a few recordings, or rooms; nothing where there are none.
pub fn lines(
    rooms: RoomsState,
    overview: RwSignal<Overview>,
    list: List,
    looked_at: RwSignal<Option<Recording>>,
) -> impl Child {
    let (name, none) = match list {
        List::Longest => (t("Longest"), None),
        List::Largest => (t("Largest"), None),
        List::Failed => (t("heading|Failed"), Some(t("No recording has failed."))),
        List::Expiring => {
            (t("Deleted within a week"), Some(t("No room is deleted within a week.")))
        }
    };
    let slots = move || {
        overview.with(|it| match list {
            List::Longest => (it.longest.clone(), 0),
            List::Largest => (it.largest.clone(), 0),
            List::Failed => (it.failed.clone(), it.failed_count),
            List::Expiring => (it.expiring.clone(), it.expiring_count),
        })
    };
    let items = move || {
        let (slots, _) = slots();
        let line = |slot| match list {
            List::Expiring => room_line(rooms, slot),
            _ => recording_line(rooms.app, slot, list),
        };
        untrack(|| slots.into_iter().filter_map(line).collect::<Vec<_>>())
    };
    let view = move |line: RwSignal<Line>| {
        li().child(
            button()
                .class("line")
                .attr("type", "button")
                .on(ev::click, move |_| {
                    let slot = line.with_untracked(|it| it.slot);
                    match list {
                        List::Expiring => open_room(rooms, slot),
                        _ => open_recording(rooms, slot, looked_at),
                    }
                })
                .child((
                    span().child(bdi().child(move || line.with(|it| it.title.clone()))),
                    span()
                        .class("value")
                        .child(bdi().child(move || line.with(|it| it.value.clone()))),
                    span()
                        .class("muted")
                        .child(bdi().child(move || line.with(|it| it.note.clone()))),
                )),
        )
    };
    let is_empty = Memo::new(move |_| slots().0.is_empty());
    let more = move || {
        let (slots, count) = slots();
        let more = count.checked_sub(slots.len()).filter(|more| *more > 0)?;
        Some(p().class("muted").child(texts::and_more(more, &rooms.app.format().number(more))))
    };
    // What cannot be said here (lengths, sizes, dates of deletion) has no panel.
    let is_told = Memo::new(move |_| match list {
        List::Longest | List::Largest => !is_empty.get(),
        List::Failed => rooms.app.can.with(|can| can.status),
        List::Expiring => rooms.can.with(Option::is_some),
    });
    move || {
        is_told.get().then(|| {
            panel(
                name,
                "panel",
                (ul().class("lines").pool(items, |a, b| a.slot == b.slot, view), more, move || {
                    is_empty.get().then(|| p().class("muted").child(none))
                }),
            )
        })
    }
}

fn recording_line(app: State, slot: Slot, list: List) -> Option<Line> {
    let format = app.format();
    app.library.with_untracked(|library| {
        let index = library.index();
        index.has(slot).then(|| {
            let date = index.date(slot);
            let day = date.map(|ms| format.day(ms, browser::now())).unwrap_or_default();
            let room = index.room_name(slot).or(index.room_id(slot)).unwrap_or_default().to_owned();
            let title = index.title(slot).to_owned();
            let is_named = room != title && !room.is_empty();
            let (value, note) = match list {
                List::Longest => (index.duration(slot).map(|ms| clock(ms / 1000)), day),
                List::Largest => (index.size(slot).map(|bytes| format.size(bytes)), day),
                _ => (messages::status(&index.status(slot)), day),
            };
            let note = if is_named { format!("{room} · {note}") } else { note };
            Line { slot, title, note, value: value.unwrap_or_default() }
        })
    })
}

fn room_line(rooms: RoomsState, slot: Slot) -> Option<Line> {
    let format = rooms.app.format();
    rooms.rooms.with_untracked(|it| {
        let room = it.get(slot)?;
        let at = room.settings.deletes_at?;
        let value = format!("{} {}", format.day(at, browser::now()), format.time(at));
        Some(Line { slot, title: room.title().to_owned(), note: String::new(), value })
    })
}

fn open_room(rooms: RoomsState, slot: Slot) {
    let id = rooms.rooms.with_untracked(|it| it.get(slot).map(|room| room.id.clone()));
    if let Some(id) = id {
        rooms.go(Way::Room(&id));
    }
}

/// It is played, or what is known of it is shown where there is nothing to play.
fn open_recording(rooms: RoomsState, slot: Slot, looked_at: RwSignal<Option<Recording>>) {
    match rooms.app.library.with_untracked(|it| it.get(slot)) {
        Some(it) if it.status.is_playable() => rooms.go(Way::Recording(&it.id)),
        other => looked_at.set(other),
    }
}

/// All that is known of one that cannot be played.
pub fn looked_at(app: State, it: RwSignal<Option<Recording>>) -> impl Child {
    move || {
        let recording = it.get()?;
        Some(untrack(|| details(app, &recording, None, move || it.set(None))))
    }
}
