//! One room in the list.

use leptos::ev;

use super::{
    actions::can_share,
    facts::{moment, recordings, size, status},
    grid::Column,
    state::{RoomMenu, RoomsState},
};
use crate::{
    i18n::{Words, t},
    library::{Slot, highlight},
    model::Room,
    ui::{
        browser,
        dom::{Child, El, Fragment, b, bdi, button, div, fragment, small, span},
        icon,
        icon::icon,
        list::{self, Acting, Entry, cell, clipped, hue, more_button, select_box},
        reactive::*,
    },
};

type Row = Memo<Option<Room>>;

pub fn row(rooms: RoomsState, entry: RwSignal<Entry>) -> El {
    // Rooms are not grouped, so there are no headings.
    list::row(rooms.list, entry, move |it| cells(rooms, it), || fragment(()))
}

fn cells(rooms: RoomsState, it: Acting) -> Fragment {
    let slot = it.slot;
    let room: Row =
        Memo::new(move |_| slot.get().and_then(|it| rooms.rooms.read().get(it).cloned()));
    let columns = rooms.columns;
    fragment((
        cell("select", select_box(rooms.list, it, named(room, t("Select {title}")))),
        title_cell(rooms, slot, room),
        move || columns.get().into_iter().map(|it| column(rooms, it, room)).collect::<Vec<_>>(),
        cell("actions", (share(rooms, room), more(rooms, room))),
    ))
}

fn column(rooms: RoomsState, column: Column, room: Row) -> El {
    let of = move |read: fn(RoomsState, &Room) -> String| {
        move || room.read().as_ref().map(|it| read(rooms, it)).unwrap_or_default()
    };
    match column {
        Column::Status => cell("status-cell", move || {
            room.read().as_ref().map(|it| {
                let (word, class, more) = status(it);
                span().class(class).attr("title", more).child((
                    bdi().child(word),
                    more.map(|more| span().class("visually-hidden").child(more)),
                ))
            })
        }),
        // A card has no headers: there the icon says what is counted.
        Column::Recordings => cell("count-cell", (icon(icon::PLAY), bdi().child(of(recordings))))
            .attr("title", t("Recordings")),
        Column::Size => cell("size", bdi().child(of(size))),
        Column::Created => {
            cell("date", move || room.read().as_ref().map(|it| moment(rooms, it.created_at)))
        }
        Column::DeletesAt => cell("date deletes", move || {
            room.read().as_ref().map(|it| moment(rooms, it.settings.deletes_at))
        }),
        Column::Owner => cell("name", {
            let owner = move || {
                room.read().as_ref().and_then(|it| it.owner.clone()).unwrap_or("–".to_owned())
            };
            bdi().child(marked(rooms, owner))
        }),
    }
}

/// An accessible name that says which room it is about.
fn named(room: Row, action: Words) -> impl Fn() -> String + Send + Clone {
    move || match &*room.read() {
        Some(it) => action.with(&[("title", it.title())]),
        None => String::new(),
    }
}

fn title_cell(rooms: RoomsState, slot: Memo<Option<Slot>>, room: Row) -> El {
    let title = move || room.read().as_ref().map(|it| clipped(it.title())).unwrap_or_default();
    let id = move || room.read().as_ref().map(|it| clipped(&it.id.0)).unwrap_or_default();
    let open = move |event: ev::MouseEvent| {
        let is_selecting = event.shift_key() || event.ctrl_key() || event.meta_key();
        if let Some(slot) = slot.get_untracked().filter(|_| !is_selecting) {
            rooms.open(slot);
        }
    };
    let initial = move || {
        let first = title().chars().find(|it| it.is_alphanumeric());
        first.map(|it| it.to_uppercase().collect::<String>()).unwrap_or_default()
    };
    let badge = button()
        .class("poster is-room")
        .attr("type", "button")
        .attr("tabindex", "-1")
        .attr("aria-label", named(room, t("Open {title}")))
        .style("--h", move || {
            room.read().as_ref().map_or(0, |it| hue(it.recorded_id())).to_string()
        })
        .child(span().attr("aria-hidden", "true").child(initial));
    div().attr("role", "gridcell").class("room").on(ev::click, open).child((
        badge,
        div().class("title").child((
            b().attr("title", title).child(bdi().child(marked(rooms, title))),
            small().child(bdi().child(marked(rooms, id))),
        )),
    ))
}

/// A text with what was searched for in it marked.
fn marked(rooms: RoomsState, text: impl Fn() -> String + 'static) -> impl Child {
    list::marked(text, move |text| {
        rooms.criteria.with(|it| {
            let terms = &it.text;
            if terms.terms.is_empty() { Vec::new() } else { highlight(text, terms, browser::fold) }
        })
    })
}

fn share(rooms: RoomsState, room: Row) -> impl Child {
    let is_possible = Memo::new(move |_| {
        let can = rooms.can.get();
        room.read().as_ref().is_some_and(|room| can.is_some_and(|can| can_share(&can, room)))
    });
    move || {
        is_possible.get().then(|| {
            button()
                .class("icon-button")
                .attr("type", "button")
                .attr("tabindex", "-1")
                .attr("aria-label", named(room, t("Share {title}")))
                .on(ev::click, move |_| {
                    rooms.sharing.set(room.get_untracked().map(|it| it.id));
                })
                .child(icon(icon::SHARE))
        })
    }
}

fn more(rooms: RoomsState, room: Row) -> El {
    let is_open = move || {
        let room = room.read();
        let id = room.as_ref().map(|it| &it.id);
        rooms.menu.with(|menu| menu.as_ref().is_some_and(|menu| Some(&menu.id) == id))
    };
    more_button(named(room, t("More actions for {title}")), is_open, move |x, y| {
        if let Some(Room { id, .. }) = room.get_untracked() {
            rooms.menu.set(Some(RoomMenu { id, x, y }));
        }
    })
}
