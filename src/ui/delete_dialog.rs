//! The question before a deletion, its progress, and what could not be deleted and why.

use leptos::{ev, prelude::*};

use super::{
    browser,
    dialog::modal,
    dom::{Child, El, b, bdi, button, div, li, p, span, ul},
    state::State,
};
use crate::{
    i18n::messages,
    library::Deletion,
    model::{DeleteReport, RecordingId},
};

/// How many names a question lists before it counts.
const MOST_NAMES: usize = 5;

pub fn delete_dialog(state: State) -> impl Child {
    #[derive(Clone, Copy, PartialEq)]
    enum Shown {
        Nothing,
        Question,
        Report,
    }
    let shown = Memo::new(move |_| match &*state.deletion.read() {
        Deletion::Idle => Shown::Nothing,
        Deletion::Confirming { .. } | Deletion::Working { .. } => Shown::Question,
        Deletion::Reported { .. } => Shown::Report,
    });
    // What it shows is what was asked: a row that changes meanwhile must not rebuild it.
    move || {
        let shown = shown.get();
        untrack(|| match shown {
            Shown::Nothing => None,
            Shown::Question => Some(question(state)),
            Shown::Report => Some(report(state)),
        })
    }
}

fn question(state: State) -> El {
    let ids = match &*state.deletion.read() {
        Deletion::Confirming { ids } => ids.clone(),
        Deletion::Working { todo, .. } => todo.concat(),
        _ => Vec::new(),
    };
    let count = ids.len();
    let is_working = move || matches!(&*state.deletion.read(), Deletion::Working { .. });
    let progress = move || match &*state.deletion.read() {
        Deletion::Working { report, .. } => {
            format!("Deleting… {} of {count}", report.outcomes.len())
        }
        _ => "This cannot be undone.".to_owned(),
    };
    let buttons = div().class("buttons").child((
        button()
            .class("button")
            .attr("type", "button")
            .attr("autofocus", "")
            .prop("disabled", is_working)
            .on(ev::click, move |_| state.deletion.update(Deletion::close))
            .child("Cancel"),
        button()
            .class("button is-danger")
            .attr("type", "button")
            .prop("disabled", is_working)
            .on(ev::click, move |_| state.delete_confirmed())
            .child("Delete"),
    ));
    modal(
        "alertdialog",
        move || messages::delete_question(count),
        move || state.deletion.update(Deletion::close),
        (names(state, &ids), p().child(progress), buttons),
    )
}

fn names(state: State, ids: &[RecordingId]) -> El {
    let named: Vec<_> = ids
        .iter()
        .take(MOST_NAMES)
        .map(|id| {
            let when = state.recording(id).and_then(|it| it.started_at);
            let when = when.map(|ms| {
                span().class("muted").child(format!(
                    " · {} {}",
                    state.format().day(ms, browser::now()),
                    state.format().time(ms)
                ))
            });
            li().child((bdi().child(state.title(id)), when))
        })
        .collect();
    let others = ids.len().saturating_sub(MOST_NAMES);
    let others = (others > 0).then(|| li().child(format!("and {others} more")));
    ul().child((named, others))
}

fn report(state: State) -> El {
    let report = match &*state.deletion.read() {
        Deletion::Reported { report } => report.clone(),
        _ => DeleteReport::default(),
    };
    let gone = report.gone().count();
    let failed: Vec<_> = report
        .failed()
        .map(|(id, reason)| {
            let reason = if reason.is_empty() { "The server gave no reason." } else { reason };
            let id_line = id.as_str().to_owned();
            li().child((
                b().child(bdi().child(state.title(id))),
                bdi().child(id_line),
                p().child(bdi().child(reason.to_owned())),
            ))
        })
        .collect();
    let count = failed.len();
    let buttons = div().class("buttons").child((
        button()
            .class("button")
            .attr("type", "button")
            .on(ev::click, move |_| state.retry_deletion())
            .child("Try again"),
        button()
            .class("button is-accent")
            .attr("type", "button")
            .attr("autofocus", "")
            .on(ev::click, move |_| state.deletion.update(Deletion::close))
            .child("Close"),
    ));
    let gone = (gone > 0).then(|| p().child(messages::deleted(gone, 0, 0)));
    modal(
        "dialog",
        move || messages::not_deleted(count),
        move || state.deletion.update(Deletion::close),
        (gone, ul().class("failures").child(failed), buttons),
    )
}
