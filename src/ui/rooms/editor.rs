//! The form that makes a room or changes one.

use leptos::ev;
use web_sys::{Event, HtmlElement};

use super::{
    fields::field,
    save::{Asks, Form, Theirs},
    state::{Editing, RoomsState},
};
use crate::{
    i18n::{Words, rooms as texts, t},
    model::{RoomCapabilities, RoomField},
    ui::{
        browser,
        dialog::modal,
        dom::{
            Child, El, Fragment, NodeRef, button, div, fieldset, form, fragment, input, label,
            legend, li, p, span, ul,
        },
        layers::push,
        reactive::*,
    },
};

/// What belongs together, under which heading.
const GROUPS: [(Option<Words>, &[RoomField]); 5] = [
    (
        None,
        &[
            RoomField::Name,
            RoomField::Id,
            RoomField::Welcome,
            RoomField::MaxParticipants,
            RoomField::Group,
            RoomField::Locked,
        ],
    ),
    (
        Some(t("Automatic deletion")),
        &[RoomField::DeletesAt, RoomField::WithMeeting, RoomField::WithRecordings],
    ),
    (
        Some(t("In the meeting")),
        &[RoomField::Chat, RoomField::VirtualBackground, RoomField::Captions, RoomField::E2ee],
    ),
    (
        Some(t("Recordings")),
        &[RoomField::Recording, RoomField::RecordingAccess, RoomField::Layout, RoomField::Encoding],
    ),
    (
        Some(t("Who may enter")),
        &[
            RoomField::ModeratorLink,
            RoomField::SpeakerLink,
            RoomField::RecordingsLink,
            RoomField::Users,
            RoomField::ModeratorRights,
            RoomField::SpeakerRights,
        ],
    ),
];

pub fn editor(rooms: RoomsState) -> impl Child {
    move || {
        let editing = rooms.editing.get()?;
        untrack(|| Some(editor_dialog(rooms, editing, rooms.can.get_untracked()?)))
    }
}

fn editor_dialog(rooms: RoomsState, editing: Editing, can: RoomCapabilities) -> El {
    let is_new = editing == Editing::New;
    let it = Form::new(rooms, editing, can);
    let title = if is_new { t("New room") } else { t("Edit room") };
    let fixed_name = (!is_new).then(|| fixed_name(it)).flatten();
    let groups: Vec<_> = GROUPS.into_iter().filter_map(|group| fields(it, group)).collect();
    let foot = div().class("form-foot").child((
        div().class("problem").attr("aria-live", "assertive").child(move || it.problem()),
        move || match it.asks.get() {
            None => buttons(it, is_new),
            Some(Asks::Discard) => discard(it),
            Some(Asks::Theirs(theirs)) => compare(it, *theirs),
        },
    ));
    let content = form()
        .node_ref(it.node)
        .on(ev::submit, move |event| {
            event.prevent_default();
            it.save();
        })
        .child((fixed_name, groups, foot));
    modal("dialog", move || title.into(), move || it.close(), content)
        .class("dialog is-form")
        // Before the browser closes it: a second Escape it would not let be asked about.
        .on(ev::keydown, move |event| {
            if event.key() == "Escape" && !event.is_composing() {
                event.prevent_default();
                event.stop_propagation();
                it.ask_to_close();
            }
        })
        .on(ev::Custom::<Event>::new("cancel"), move |event| {
            event.prevent_default();
            it.ask_to_close();
        })
}

/// Where the server keeps the name, it says which room this is.
fn fixed_name(it: Form) -> Option<El> {
    let (knows, name) = it.draft.with_untracked(|draft| {
        (draft.fields().contains(&RoomField::Name), draft.before().name.clone())
    });
    (!knows).then(|| {
        div().class("group").child(
            label().class("labelled").child((
                span().child(texts::field(RoomField::Name)),
                input()
                    .class("input")
                    .attr("type", "text")
                    .attr("readonly", "")
                    .attr("aria-label", texts::field(RoomField::Name))
                    .attr("value", name),
            )),
        )
    })
}

/// `None` where the server has nothing of it.
fn fields(it: Form, (heading, group): (Option<Words>, &[RoomField])) -> Option<El> {
    let known = it.draft.with_untracked(|draft| draft.fields());
    let fields: Vec<_> =
        group.iter().filter(|it| known.contains(it)).map(|of| field(it, *of)).collect();
    if fields.is_empty() {
        return None;
    }
    let heading = if it.can.with_value(|can| can.must_end) && group.contains(&RoomField::DeletesAt)
    {
        Some(t("heading|End"))
    } else {
        heading
    };
    let legend = heading.map(|heading| legend().child(heading));
    Some(fieldset().class("group").child((legend, fields)))
}

fn buttons(it: Form, is_new: bool) -> Fragment {
    let save = if is_new { t("Create room") } else { t("Save") };
    fragment(
        div().class("buttons").child((
            push("button", t("Cancel"), move || it.ask_to_close()),
            button()
                .class("button is-accent")
                .attr("type", "submit")
                .attr("aria-disabled", move || it.is_busy.get().then_some("true"))
                .child(move || if it.is_busy.get() { t("Saving…") } else { save }),
        )),
    )
}

/// In place of the buttons, so that nothing is saved or closed before it is answered.
fn question(
    name: Words,
    content: impl Child,
    answers: [El; 2],
    first: NodeRef<HtmlElement>,
) -> Fragment {
    Effect::new(move |_| {
        if let Some(first) = first.get() {
            // What is being filled in stays in sight.
            browser::focus_in_place(&first);
        }
    });
    let answers: Vec<_> = answers.into_iter().collect();
    fragment(
        div()
            .class("question")
            .attr("role", "group")
            .attr("aria-label", name)
            .child((content, div().class("buttons").child(answers))),
    )
}

fn discard(it: Form) -> Fragment {
    let first = NodeRef::default();
    let keep = push("button", t("Keep editing"), move || it.go_on()).node_ref(first);
    let discard = push("button is-danger", t("Discard"), move || it.close());
    question(t("Discard changes?"), p().child(t("Discard changes?")), [discard, keep], first)
}

/// What somebody else changed, and whose word counts.
fn compare(it: Form, theirs: Theirs) -> Fragment {
    let first = NodeRef::default();
    let names: Vec<_> =
        theirs.changed.iter().map(|field| li().child(texts::field(*field))).collect();
    let content = (
        p().child(t("Somebody else has changed the room since you opened it:")),
        ul().child(names),
    );
    let mine = theirs.clone();
    let mine = push("button is-danger", t("Save mine anyway"), move || it.save_anyway(&mine));
    let load = push("button", t("Load theirs"), move || it.load_theirs(&theirs)).node_ref(first);
    question(t("Changed by somebody else"), content, [mine, load], first)
}
