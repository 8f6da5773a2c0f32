//! The page of one room: what is known of it, what can be done with it, and its recordings.

use leptos::ev;

use super::{
    actions::actions,
    facts::{facts, status},
    state::RoomsState,
};
use crate::{
    i18n::messages,
    model::{Error, Room, RoomId},
    ui::{
        dom::{El, bdi, button, dd, div, dl, dt, h2, header, p, section, span},
        icon,
        icon::icon,
        library_page,
        reactive::*,
        session_ended,
        state::{Load, Session, State},
    },
};

/// `is_covered` is told when the player covers the window.
pub fn room_page(rooms: RoomsState, id: RoomId, is_covered: RwSignal<bool>) -> El {
    let problem = RwSignal::new(None::<Error>);
    let room = {
        let id = id.clone();
        Memo::new(move |_| rooms.room(&id))
    };
    let ask = {
        let id = id.clone();
        move || {
            let id = id.clone();
            rooms.app.spawn(async move {
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
    section().class("room-page").attr("role", "region").attr("aria-label", "Room").child((
        div().class("content room-head").child((
            back(rooms),
            session_ended(rooms.app),
            move || room.get().map(|room| head(rooms, &room)),
            missing,
        )),
        move || recorded.get().map(|id| untrack(|| recordings(rooms.app, id, is_covered))),
    ))
}

fn back(rooms: RoomsState) -> El {
    button()
        .class("button is-quiet")
        .attr("type", "button")
        .on(ev::click, move |_| rooms.go_to(None))
        .child("All rooms")
}

fn head(rooms: RoomsState, room: &Room) -> El {
    let (word, class, more) = status(room);
    let buttons: Vec<_> = actions(rooms, room)
        .into_iter()
        .map(|it| {
            let act = it.act;
            button()
                .class(if it.icon == icon::TRASH { "button is-danger" } else { "button" })
                .attr("type", "button")
                .attr("aria-disabled", (!it.is_enabled).then_some("true"))
                .on(ev::click, move |_| {
                    if it.is_enabled {
                        act();
                    }
                })
                .child((icon(it.icon), span().child(it.text)))
        })
        .collect();
    let facts: Vec<_> = facts(rooms, room)
        .into_iter()
        .map(|(label, text)| {
            div().class("fact").child((dt().child(label), dd().child(bdi().child(text))))
        })
        .collect();
    div().child((
        header().class("room-title").child((
            h2().child(bdi().child(room.title().to_owned())),
            room.status.as_ref().map(|_| span().class(class).child(word)),
            div().class("room-actions").child(buttons),
        )),
        (!more.is_empty()).then(|| p().class("muted").child(more)),
        dl().class("facts").child(facts),
    ))
}

fn no_room(rooms: RoomsState, error: &Error, ask: impl Fn() + 'static) -> El {
    let is_gone = *error == Error::NotFound;
    let text = if is_gone {
        "This room does not exist any more. What was recorded in it is listed below.".to_owned()
    } else {
        messages::error(error)
    };
    let act = move || if is_gone { rooms.go_to(None) } else { ask() };
    div().class("note is-problem").child((
        icon(icon::WARNING),
        span().child(text),
        button()
            .class("button")
            .attr("type", "button")
            .on(ev::click, move |_| act())
            .child(if is_gone { "All rooms" } else { "Try again" }),
    ))
}

/// The library, of this room only.
fn recordings(app: State, room: String, is_covered: RwSignal<bool>) -> El {
    let library = app.beside();
    library.keep_to_room(RoomId(room));
    Effect::new(move |_| is_covered.set(library.playing.read().is_some()));
    on_cleanup(move || {
        is_covered.set(false);
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
