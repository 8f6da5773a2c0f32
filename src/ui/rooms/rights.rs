//! What a role may do, folded until it is asked for: most rooms stay with the server's choice.

use leptos::ev;
use web_sys::HtmlInputElement;

use super::save::Form;
use crate::{
    i18n::rooms as texts,
    model::{RoomField, RoomRight, RoomRights},
    ui::{
        dom::{El, details, div, input, label, span, summary},
        reactive::*,
    },
};

/// `field` is `ModeratorRights` or `SpeakerRights`.
pub fn rights(form: Form, field: RoomField) -> El {
    let all = form.can.with_value(|can| can.rights);
    let of = move || {
        let settings = form.draft.read().settings();
        match field {
            RoomField::ModeratorRights => settings.moderator_rights,
            _ => settings.speaker_rights,
        }
    };
    let rights = Memo::new(move |_| of());
    let count = move || {
        let has = rights.get();
        texts::of(all.iter().filter(|right| has.has(**right)).count(), all.len())
    };
    let boxes: Vec<_> = all.iter().map(|right| check(form, field, *right, rights)).collect();
    details().class("rights").child((
        summary().child((span().child(texts::field(field)), span().class("muted").child(count))),
        div()
            .class("checks")
            .attr("role", "group")
            .attr("aria-label", texts::field(field))
            .child(boxes),
    ))
}

fn check(form: Form, field: RoomField, right: RoomRight, rights: Memo<RoomRights>) -> El {
    label().class("check-line").child((
        input().attr("type", "checkbox").prop("checked", move || rights.get().has(right)).on(
            ev::change,
            move |event| {
                let has = event_target::<HtmlInputElement>(&event).checked();
                form.draft.update(|it| it.set_right(field, right, has));
            },
        ),
        span().child(texts::right(right)),
    ))
}
