//! The question before a deletion, and what could not be deleted and why.

use super::{
    browser,
    dialog::modal,
    dom::{Child, El, b, bdi, div, li, p, span, ul},
    layers::push,
    parts::{self, More},
    reactive::*,
    selection_bar::sum_of,
    state::State,
};
use crate::{
    i18n::{forms, messages, t},
    library::{Deletions, Slot, UNDO_MS},
    model::RecordingId,
};

/// How many names a question lists before it counts.
const MOST_NAMES: usize = 5;
/// How many reasons a report lists; more of them nobody reads.
const MOST_REASONS: usize = 100;

pub fn delete_dialog(state: State) -> impl Child {
    #[derive(Clone, Copy, PartialEq)]
    enum Shown {
        Nothing,
        Question,
        Report,
    }
    let shown = Memo::new(move |_| {
        let deletions = state.deletions.read();
        if !deletions.question().is_empty() {
            Shown::Question
        } else if deletions.report().is_some_and(|it| it.failed().next().is_some()) {
            Shown::Report
        } else {
            Shown::Nothing
        }
    });
    // What it shows is what was asked: a row that changes meanwhile must not rebuild it.
    move || match shown.get() {
        Shown::Nothing => None,
        Shown::Question => Some(parts::over(state, dismiss, More::Question)),
        Shown::Report => Some(parts::over(state, close, More::Report)),
    }
}

fn dismiss(state: State) {
    state.deletions.update(Deletions::dismiss);
}

fn close(state: State) {
    state.deletions.update(Deletions::close);
}

pub(super) fn question(state: State) -> El {
    let ids = state.deletions.read().question().to_vec();
    let count = ids.len();
    let slots: Vec<Slot> =
        state.library.with(|library| ids.iter().filter_map(|id| library.find(id)).collect());
    let sum = sum_of(state, &mut slots.into_iter());
    let sum = (count > 1 && !sum.is_empty()).then(|| p().class("sum").child(sum));
    let seconds = (UNDO_MS / 1000) as usize;
    let undo = forms("You can undo this for {n} second.", "You can undo this for {n} seconds.");
    let dismiss = move || dismiss(state);
    let buttons = div().class("buttons").child((
        push("button", t("Cancel"), dismiss).attr("autofocus", ""),
        push("button is-danger", t("Delete"), move || state.delete_confirmed()),
    ));
    modal(
        "alertdialog",
        move || messages::delete_question(count),
        dismiss,
        (names(state, &ids), sum, p().child(undo.of(seconds)), buttons),
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
    ul().child((named, others(state, ids.len(), MOST_NAMES)))
}

/// How many are not listed.
fn others(state: State, count: usize, listed: usize) -> Option<El> {
    let others = count.checked_sub(listed).filter(|others| *others > 0)?;
    let number = state.format().number(others);
    Some(li().child(forms("and {n} more", "and {n} more").with(others, &[("n", &number)])))
}

pub(super) fn report(state: State) -> El {
    let deletions = state.deletions.read();
    let (gone, count, failed) = deletions.report().map_or((0, 0, Vec::new()), |report| {
        let failed = report.failed().take(MOST_REASONS);
        let failed = failed.map(|(id, reason)| failure(state, id, reason)).collect();
        (report.gone().count(), report.failed().count(), failed)
    });
    let close = move || close(state);
    let buttons = div().class("buttons").child((
        push("button", t("Try again"), move || state.retry_deletion()),
        push("button is-accent", t("Close"), close).attr("autofocus", ""),
    ));
    let gone = (gone > 0).then(|| p().child(messages::deleted(gone, 0, 0)));
    let others = others(state, count, MOST_REASONS);
    modal(
        "dialog",
        move || messages::not_deleted(count),
        close,
        (gone, ul().class("failures").child((failed, others)), buttons),
    )
}

fn failure(state: State, id: &RecordingId, reason: &str) -> El {
    let reason = match reason {
        "" => t("The server gave no reason.").into(),
        told => told.to_owned(),
    };
    li().child((
        b().child(bdi().child(state.title(id))),
        bdi().child(id.as_str().to_owned()),
        p().child(bdi().child(reason)),
    ))
}
