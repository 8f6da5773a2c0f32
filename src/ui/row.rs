//! One recording as a row: select, play, what it is, when, how long, how large, and what else can
//! be done with it.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::{
    browser,
    dom::{Child, El, b, bdi, button, div, input, small, span},
    icon,
    icon::icon,
    state::{Menu, Playing, State},
};
use crate::{
    i18n::{clock, messages},
    model::{Recording, RecordingId, Status},
};

pub fn row(state: State, index: RwSignal<usize>, id: RecordingId) -> El {
    let recording = {
        let id = id.clone();
        Memo::new(move |_| state.recording(&id))
    };
    let is_selected = {
        let id = id.clone();
        Memo::new(move |_| state.selection.read().has(&id))
    };
    div()
        .class("row")
        .attr("role", "row")
        .attr("aria-rowindex", move || (index.get() + 2).to_string())
        .attr("aria-selected", move || is_selected.get().to_string())
        .child((
            cell("select", select(state, id.clone(), recording, is_selected)),
            room_cell(state, recording),
            cell("date", move || recording.read().as_ref().map(|it| date(state, it))),
            cell("duration", move || recording.read().as_ref().map(duration)),
            cell("size", (about(recording), bdi().child(move || size(state, recording)))),
            cell("actions", (download(state, recording), actions(state, id, recording))),
        ))
}

/// Characters; more than a row is wide. What people wrote may be long.
const LONGEST_SUBTITLE: usize = 300;

type Row = Memo<Option<Recording>>;

fn cell(class: &'static str, child: impl Child) -> El {
    div().attr("role", "gridcell").class(class).child(child)
}

/// An accessible name that says which recording it is about.
fn named(recording: Row, action: &'static str) -> impl Fn() -> String + Send + Clone {
    move || match &*recording.read() {
        Some(it) => format!("{action} {}", it.title()),
        None => String::new(),
    }
}

fn select(state: State, id: RecordingId, recording: Row, is_selected: Memo<bool>) -> El {
    input()
        .attr("type", "checkbox")
        .attr("aria-label", named(recording, "Select"))
        .prop("checked", move || is_selected.get())
        .on(ev::click, move |event| {
            state.selection.update(|selection| {
                if event.shift_key() {
                    selection.extend_to(&id, &state.order.read_untracked());
                } else {
                    selection.toggle(&id);
                }
            });
            // A range over a row that was selected leaves it so, whatever the click did to the box.
            let is_selected = state.selection.with_untracked(|selection| selection.has(&id));
            event_target::<HtmlInputElement>(&event).set_checked(is_selected);
        })
}

fn room_cell(state: State, recording: Row) -> El {
    let title = move || recording.read().as_ref().map(|it| it.title().to_owned());
    let subtitle = move || {
        let recording = recording.read();
        recording
            .as_ref()
            .map(|it| it.subtitle().chars().take(LONGEST_SUBTITLE).collect::<String>())
    };
    div()
        .attr("role", "gridcell")
        .class("room")
        .on(ev::click, move |_| play(state, recording))
        .child((
            poster(state, recording),
            div().class("title").child((
                b().attr("title", title).child(bdi().child(title)),
                small().child(bdi().child(subtitle)),
            )),
        ))
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
        .attr("aria-label", named(recording, "Play"))
        .attr("aria-disabled", move || (!is_playable()).then_some("true"))
        .style("--h", move || recording.read().as_ref().map_or(0, hue).to_string())
        .on(ev::click, move |event| {
            event.stop_propagation();
            play(state, recording);
        })
        .child((
            move || is_playable().then(|| icon(icon::PLAY)),
            span().class("length").attr("aria-hidden", "true").child(length),
        ))
}

fn play(state: State, recording: Row) {
    let Some(recording) = recording.get_untracked() else { return };
    if !state.can.with_untracked(|can| can.play) {
        state.say("You are not allowed to play recordings here.");
    } else if recording.status.is_playable() {
        state.playing.set(Some(Playing { recording, secret: None }));
    } else {
        state.say(format!("{}: {}", recording.title(), messages::not_playable(&recording.status)));
    }
}

/// A hue of the colour circle, the same for all recordings of a room.
fn hue(recording: &Recording) -> u32 {
    let room = recording.room_id.as_deref().unwrap_or(recording.id.as_str());
    room.bytes().fold(0_u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(u32::from(byte))) % 360
}

fn date(state: State, recording: &Recording) -> El {
    match recording.date() {
        Some(ms) => {
            let format = state.format();
            span()
                .attr("title", format.full(ms))
                .child((format.day(ms, browser::now()), small().child(format.time(ms))))
        }
        None => span().attr("title", "The server gives no date").child("–"),
    }
}

/// That a size is rounded, for eyes and for ears.
fn about(recording: Row) -> impl Child {
    move || {
        recording.read().as_ref().is_some_and(|it| it.is_size_rounded).then(|| {
            span().child((
                span().attr("aria-hidden", "true").child("≈ "),
                span().class("visually-hidden").child("about "),
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
        return span().child(length);
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
                .attr("aria-label", named(recording, "Download"))
                .on(ev::click, move |_| {
                    if let Some(recording) = recording.get_untracked() {
                        state.download(recording, None);
                    }
                })
                .child(icon(icon::DOWNLOAD))
        })
    }
}

/// Where nothing can be done there is no menu to say so.
fn actions(state: State, id: RecordingId, recording: Row) -> impl Child {
    let has_work = Memo::new(move |_| state.can.read().has_row_work());
    move || has_work.get().then(|| more(state, id.clone(), recording))
}

fn more(state: State, id: RecordingId, recording: Row) -> El {
    let is_open = {
        let id = id.clone();
        move || state.menu.with(|menu| menu.as_ref().is_some_and(|menu| menu.id == id))
    };
    button()
        .class("icon-button")
        .attr("type", "button")
        .attr("aria-label", named(recording, "More actions for"))
        .attr("aria-haspopup", "menu")
        .attr("aria-expanded", move || is_open().to_string())
        .on(ev::click, move |event| {
            let button =
                event.current_target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
            if let Some(place) = button.map(|it| it.get_bounding_client_rect()) {
                state.menu.set(Some(Menu { id: id.clone(), x: place.right(), y: place.bottom() }));
            }
        })
        .child(icon(icon::MORE))
}
