//! The fields of the form of a room, each with its note and with what is wrong with it.

use js_sys::Date;
use leptos::ev;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

use super::{rights::rights, save::Form};
use crate::{
    i18n::{Words, rooms as texts, t},
    model::{
        RecordingAccess, RecordingLayout, RoomField, RoomSettings, WithMeeting, WithRecordings,
    },
    rooms::{DatePreset, RoomDraft},
    ui::{
        browser,
        dom::{Child, El, NodeRef, button, div, input, label, option, p, select, span, textarea},
        reactive::*,
    },
};

const MINUTE: f64 = 60_000.0;

/// Shown while it makes sense with the others.
pub fn field(form: Form, field: RoomField) -> impl Child {
    let is_shown = Memo::new(move |_| form.draft.read().is_shown(field));
    move || is_shown.get().then(|| untrack(|| of_kind(form, field)))
}

fn of_kind(form: Form, field: RoomField) -> El {
    let view = match field {
        RoomField::Name | RoomField::Id | RoomField::MaxParticipants => text(form, field),
        RoomField::Welcome => long_text(form, field),
        RoomField::DeletesAt => date(form, field),
        RoomField::WithMeeting => choice(
            form,
            field,
            MEETING.map(texts::meeting_then).map(String::from).to_vec(),
            |it| place(&MEETING, &it.deletion.with_meeting),
            |draft, at| put(&MEETING, at, |it| draft.set_with_meeting(it)),
        ),
        RoomField::WithRecordings => choice(
            form,
            field,
            RECORDINGS.map(texts::recordings_then).map(String::from).to_vec(),
            |it| place(&RECORDINGS, &it.deletion.with_recordings),
            |draft, at| put(&RECORDINGS, at, |it| draft.set_with_recordings(it)),
        ),
        RoomField::RecordingAccess => choice(
            form,
            field,
            ACCESS.map(texts::recording_access).map(String::from).to_vec(),
            |it| place(&ACCESS, &it.recording_access),
            |draft, at| put(&ACCESS, at, |it| draft.set_recording_access(it)),
        ),
        RoomField::Layout => choice(
            form,
            field,
            LAYOUTS.map(texts::layout).map(String::from).to_vec(),
            |it| place(&LAYOUTS, &it.layout),
            |draft, at| put(&LAYOUTS, at, |it| draft.set_layout(it)),
        ),
        RoomField::Encoding => encoding(form, field),
        RoomField::ModeratorRights | RoomField::SpeakerRights => rights(form, field),
        RoomField::Chat
        | RoomField::Recording
        | RoomField::VirtualBackground
        | RoomField::E2ee
        | RoomField::Captions
        | RoomField::ModeratorLink
        | RoomField::SpeakerLink
        | RoomField::RecordingsLink
        | RoomField::Users
        | RoomField::Locked
        | RoomField::Group => flag(form, field),
    };
    div().child((view, problem(form, field)))
}

const MEETING: [WithMeeting; 2] = [WithMeeting::WhenMeetingEnds, WithMeeting::Force];
const RECORDINGS: [WithRecordings; 2] = [WithRecordings::Close, WithRecordings::Force];
const ACCESS: [RecordingAccess; 3] =
    [RecordingAccess::Speakers, RecordingAccess::Moderators, RecordingAccess::Admin];
const LAYOUTS: [RecordingLayout; 3] =
    [RecordingLayout::Grid, RecordingLayout::Speaker, RecordingLayout::SingleSpeaker];

fn place<T: PartialEq>(all: &[T], it: &T) -> Option<usize> {
    all.iter().position(|of| of == it)
}

fn put<T: Copy>(all: &[T], at: usize, set: impl FnOnce(T)) {
    if let Some(it) = all.get(at) {
        set(*it);
    }
}

fn note_id(field: RoomField) -> String {
    format!("meet-room-note-{}", field as u8)
}

fn problem_id(field: RoomField) -> String {
    format!("meet-room-problem-{}", field as u8)
}

fn name_of(form: Form, field: RoomField) -> Words {
    match field {
        RoomField::DeletesAt if form.can.with_value(|can| can.must_end) => t("Open until"),
        _ => texts::field(field),
    }
}

/// What all controls have in common.
fn control(form: Form, field: RoomField, it: El) -> El {
    let has_note = texts::note(field).is_some() || field == RoomField::Name;
    it.attr("aria-label", name_of(form, field))
        .attr("aria-invalid", move || form.problem_of(field).map(|_| "true"))
        .attr("aria-describedby", move || {
            let problem = form.problem_of(field).map(|_| problem_id(field));
            let note = has_note.then(|| note_id(field));
            let ids: Vec<_> = problem.into_iter().chain(note).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        })
        .prop("disabled", move || !form.draft.read().is_enabled(field))
        .on(ev::blur, move |_| form.leave(field))
}

fn labelled(form: Form, field: RoomField, it: El) -> El {
    div().child((
        label()
            .class("labelled")
            .child((span().child(name_of(form, field)), control(form, field, it.class("input")))),
        note(field),
    ))
}

fn note(field: RoomField) -> Option<El> {
    let text = texts::note(field)?;
    Some(p().class("field-note").attr("id", note_id(field)).child(text))
}

fn problem(form: Form, field: RoomField) -> impl Child {
    p().class("problem field-note")
        .attr("id", problem_id(field))
        .child(move || form.problem_of(field).unwrap_or_default())
}

fn text(form: Form, field: RoomField) -> El {
    let it = input()
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("inputmode", (field == RoomField::MaxParticipants).then_some("numeric"))
        .attr("spellcheck", (field == RoomField::Id).then_some("false"))
        .attr("aria-required", move || {
            let is_required =
                field == RoomField::Name && form.can.with_value(|can| can.name.is_required);
            is_required.then_some("true")
        })
        .prop("value", move || form.draft.read().text(field).to_owned())
        .on(ev::input, move |event| {
            form.draft.update(|it| it.set_text(field, event_target_value(&event)));
        });
    let saved_as = (field == RoomField::Name).then(|| {
        let name = move || form.draft.read().sanitised_name();
        p().class("field-note")
            .attr("id", note_id(field))
            .attr("aria-live", "polite")
            .child(move || name().map(|name| texts::saved_as(&name)).unwrap_or_default())
    });
    div().child((labelled(form, field, it), saved_as))
}

fn long_text(form: Form, field: RoomField) -> El {
    let it = textarea()
        .attr("rows", "3")
        .prop("value", move || form.draft.read().text(field).to_owned())
        .on(ev::input, move |event| {
            let area = event_target::<HtmlTextAreaElement>(&event);
            form.draft.update(|it| it.set_text(field, area.value()));
        });
    labelled(form, field, it)
}

fn flag(form: Form, field: RoomField) -> El {
    let it = input()
        .attr("type", "checkbox")
        .prop("checked", move || form.draft.read().flag(field))
        .on(ev::change, move |event| {
            let is_on = event_target::<HtmlInputElement>(&event).checked();
            form.draft.update(|it| it.set_flag(field, is_on));
        });
    div().child((
        label()
            .class("check-line")
            .child((control(form, field, it), span().child(name_of(form, field)))),
        note(field).map(|it| it.class("field-note is-below-check")),
    ))
}

fn choice(
    form: Form,
    field: RoomField,
    names: Vec<String>,
    at: fn(&RoomSettings) -> Option<usize>,
    choose: fn(&mut RoomDraft, usize),
) -> El {
    let at = move || at(&form.draft.read().settings());
    labelled(form, field, options(names, at, move |at| form.draft.update(|it| choose(it, at))))
}

fn options(
    names: Vec<String>,
    at: impl Fn() -> Option<usize> + 'static,
    choose: impl Fn(usize) + 'static,
) -> El {
    let options: Vec<_> = names.into_iter().map(|name| option().child(name)).collect();
    select()
        .child(options)
        // After the options, which it chooses from.
        .prop("selectedIndex", move || at().map_or(-1, |at| at as i32))
        .on(ev::change, move |event| {
            let at = event_target::<HtmlSelectElement>(&event).selected_index();
            if let Ok(at) = usize::try_from(at) {
                choose(at);
            }
        })
}

/// The server's presets; before them what the room has now, where that is none of them.
fn encoding(form: Form, field: RoomField) -> El {
    let mut presets: Vec<String> =
        form.can.with_value(|can| can.encodings).iter().map(|it| (*it).to_owned()).collect();
    let now = form.draft.with_untracked(|it| it.text(field).to_owned());
    if !presets.contains(&now) {
        presets.insert(0, now);
    }
    let names = presets.iter().map(|it| texts::encoding(it)).collect();
    let chosen = presets.clone();
    let at =
        move || form.draft.with(|it| chosen.iter().position(|preset| preset == it.text(field)));
    let choose = move |at: usize| {
        if let Some(preset) = presets.get(at) {
            form.draft.update(|it| it.set_text(field, preset.clone()));
        }
    };
    labelled(form, field, options(names, at, choose))
}

/// A moment as such a field has it: by the reader's clock, to the minute.
fn local_text(ms: i64) -> String {
    let ms = ms as f64;
    let offset = Date::new(&JsValue::from_f64(ms)).get_timezone_offset() * MINUTE;
    let local = Date::new(&JsValue::from_f64(ms - offset));
    String::from(local.to_iso_string()).chars().take("2026-01-31T12:00".len()).collect()
}

/// Milliseconds since 1970. Without a zone it is read as local.
fn moment(text: &str) -> Option<i64> {
    let ms = Date::parse(text);
    ms.is_finite().then_some(ms as i64)
}

fn date(form: Form, field: RoomField) -> El {
    let node = NodeRef::<HtmlInputElement>::default();
    let shown = Memo::new(move |_| {
        form.draft.read().settings().deletes_at.map(local_text).unwrap_or_default()
    });
    // What is half typed has no value yet and must not be taken away.
    let show = move |text: &str| {
        if let Some(node) = node.get_untracked()
            && node.value() != text
        {
            node.set_value(text);
        }
    };
    Effect::new(move |_| {
        if node.get().is_some() {
            shown.with(|it| show(it));
        }
    });
    let it = input().node_ref(node).attr("type", "datetime-local").on(ev::input, move |event| {
        let value = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
        let value = value.map(|it| it.value()).unwrap_or_default();
        form.draft.update(|it| it.set_deletes_at(moment(&value)));
    });
    let must_end = form.can.with_value(|can| can.must_end);
    let presets = DatePreset::ALL.into_iter().filter(|it| !must_end || *it != DatePreset::Never);
    let presets: Vec<_> = presets
        .map(|preset| {
            let choose = move |_| {
                let date = preset.date(browser::now() as i64);
                form.draft.update(|it| it.set_deletes_at(date));
                if let (None, Some(node)) = (date, node.get_untracked()) {
                    node.set_value("");
                }
                form.leave(field);
            };
            button()
                .class("button is-small")
                .attr("type", "button")
                .on(ev::click, choose)
                .child(texts::preset(preset))
        })
        .collect();
    let presets = div()
        .class("presets")
        .attr("role", "group")
        .attr("aria-label", name_of(form, field))
        .child(presets);
    div().child((labelled(form, field, it), presets))
}
