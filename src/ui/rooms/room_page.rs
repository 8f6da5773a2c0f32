//! The page of one room: what is known of it, what can be done with it, and its recordings.

use leptos::ev;

use super::{
    actions::{Action, actions},
    facts::{facts, status},
    state::{Cover, RoomsState, Way},
};
use crate::{
    i18n::{messages, t},
    model::{Error, RecordingId, Room, RoomId},
    ui::{
        dom::{El, bdi, button, dd, div, dl, dt, h2, header, section, small, span},
        icon,
        icon::icon,
        library_page,
        reactive::*,
        session_ended,
        state::{Load, Session, State},
    },
};

pub fn room_page(rooms: RoomsState, id: RoomId, cover: Cover) -> El {
    let problem = RwSignal::new(None::<Error>);
    let room = {
        let id = id.clone();
        Memo::new(move |_| rooms.room(&id))
    };
    let ask = {
        let id = id.clone();
        move || {
            let id = id.clone();
            rooms.spawn(async move {
                let answer = rooms.fetch(&id).await;
                problem.set(answer.err());
            });
        }
    };
    Effect::new({
        let ask = ask.clone();
        move |_| {
            if rooms.app.session.get() == Session::Open {
                ask();
            }
        }
    });
    // Deleted by whoever looks at it.
    Effect::new({
        let id = id.clone();
        move |was_there: Option<bool>| {
            let is_there = room.read().is_some();
            if was_there == Some(true) && !is_there && problem.with_untracked(Option::is_none) {
                rooms.go(Way::Leave(&id));
            }
            is_there
        }
    });
    let shown = id.clone();
    // Recordings know a room by an id that only the room tells, on some servers; of a room that is gone
    // they are still there.
    let recorded = Memo::new(move |_| match &*room.read() {
        Some(room) => Some(room.recorded_id().to_owned()),
        None if problem.with(|it| *it == Some(Error::NotFound)) => Some(id.0.clone()),
        None => None,
    });
    let missing = move || {
        let error = problem.get().filter(|_| room.read().is_none())?;
        Some(no_room(rooms, &error, ask.clone()))
    };
    section().class("room-page").attr("role", "region").attr("aria-label", t("Room")).child((
        div().class("content room-head").child((
            back(rooms),
            session_ended(rooms.app),
            head(rooms, shown, room),
            missing,
        )),
        move || recorded.get().map(|id| untrack(|| recordings(rooms.app, id, cover))),
    ))
}

fn back(rooms: RoomsState) -> El {
    button()
        .class("button is-quiet")
        .attr("type", "button")
        .on(ev::click, move |_| rooms.go(Way::AllRooms))
        .child((icon(icon::TO_START), span().child(t("All rooms"))))
}

/// Nothing here is made anew when the room changes: whoever has pressed a button is still there.
fn head(rooms: RoomsState, id: RoomId, room: Memo<Option<Room>>) -> El {
    let title = {
        let id = id.clone();
        move || room.read().as_ref().map_or_else(|| id.0.clone(), |it| it.title().to_owned())
    };
    let state = move || {
        let room = room.read();
        let room = room.as_ref().filter(|it| it.status.is_some())?;
        let (word, class, more) = status(room);
        Some(span().class(class).child((word, more.map(|more| small().child(more)))))
    };
    let possible = move || {
        let can = rooms.can.get();
        can.zip(room.get()).map(|(can, room)| actions(&can, &room)).unwrap_or_default()
    };
    let buttons = div().class("room-actions").pool(possible, Action::is_same, move |action| {
        let id = id.clone();
        button()
            .class(move || match *action.read() {
                Action::Delete => "button is-danger",
                _ => "button",
            })
            .attr("type", "button")
            .on(ev::click, move |_| action.get_untracked().run(rooms, &id))
            .child((
                icon(move || action.get().icon()),
                span().child(move || action.get().text(rooms)),
            ))
    });
    // Some servers tell only by the list of recordings that one is being made.
    let running = Memo::new(move |_| {
        let can_stop = rooms.can.with(|it| it.is_some_and(|can| can.record));
        let room = room.read();
        let room = room.as_ref().filter(|_| can_stop)?.recorded_id();
        rooms.app.library.with(|library| {
            let of_room = |id: &RecordingId| {
                let slot = library.find(id);
                slot.is_some_and(|slot| library.index().room_id(slot) == Some(room))
            };
            library.in_progress().into_iter().find(of_room)
        })
    });
    let stop = move || {
        running.get().map(|recording| {
            button()
                .class("button")
                .attr("type", "button")
                .on(ev::click, move |_| rooms.stop_recording(recording.clone()))
                .child((icon(icon::STOP), span().child(t("Stop recording"))))
        })
    };
    let facts = move || {
        room.get().map(|room| {
            let facts = facts(rooms, &room).into_iter().map(|(label, text)| {
                div().class("fact").child((dt().child(label), dd().child(bdi().child(text))))
            });
            dl().class("facts").child(facts.collect::<Vec<_>>())
        })
    };
    div().child((
        header().class("room-title").child((h2().child(bdi().child(title)), state, stop, buttons)),
        facts,
    ))
}

fn no_room(rooms: RoomsState, error: &Error, ask: impl Fn() + 'static) -> El {
    let is_gone = *error == Error::NotFound;
    let text = if is_gone {
        t("This room does not exist any more. What was recorded in it is listed below.").into()
    } else {
        messages::error(error)
    };
    let act = move || if is_gone { rooms.go(Way::AllRooms) } else { ask() };
    div().class("note is-problem").child((
        icon(icon::WARNING),
        span().child(text),
        button()
            .class("button")
            .attr("type", "button")
            .on(ev::click, move |_| act())
            .child(if is_gone { t("All rooms") } else { t("Try again") }),
    ))
}

/// The library, of this room only.
fn recordings(app: State, room: String, cover: Cover) -> El {
    let library = app.beside();
    library.keep_to_room(RoomId(room));
    Effect::new(move |_| cover.is_open.set(library.playing.read().is_some()));
    Effect::new(move |before: Option<u32>| {
        let closing = cover.closing.get();
        if before.is_some() && library.playing.with_untracked(Option::is_some) {
            library.close_player();
        }
        closing
    });
    on_cleanup(move || {
        cover.is_open.set(false);
        // What was deleted here is not to stay there.
        app.look_soon();
    });
    // Refused before somebody signed in again.
    Effect::new(move |_| {
        let is_refused = library
            .load
            .with_untracked(|it| matches!(it, Load::Failed { error: Error::SignedOut, .. }));
        if library.session.get() == Session::Open && is_refused {
            library.refresh();
        }
    });
    library_page(library)
}
