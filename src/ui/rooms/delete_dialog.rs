//! The question before rooms are deleted, what is in the way of it, and what became of them.

use leptos::ev;

use super::state::RoomsState;
use crate::{
    i18n::{Words, rooms as texts, t},
    model::{DeletionPolicy, RoomId, WithMeeting, WithRecordings},
    rooms::{DeletionSummary, Obstacles},
    ui::{
        dialog::modal,
        dom::{Child, El, Sign, b, bdi, div, fieldset, input, label, legend, li, p, span, ul},
        layers::push,
        reactive::*,
    },
};

/// How many names a question lists before it counts.
const MOST_NAMES: usize = 5;
/// How many obstacles or reasons are listed; more of them nobody reads.
const MOST_REASONS: usize = 100;

pub fn delete_dialog(rooms: RoomsState) -> impl Child {
    #[derive(Clone, PartialEq)]
    enum Shown {
        Nothing,
        Question(Vec<RoomId>),
        Obstacles(Obstacles),
        Report(DeletionSummary),
    }
    let shown = Memo::new(move |_| {
        let deletions = rooms.deletions.read();
        let Some(deletions) = &*deletions else { return Shown::Nothing };
        if !deletions.question().is_empty() {
            return Shown::Question(deletions.question().to_vec());
        }
        if let Some(obstacles) = deletions.obstacles() {
            return Shown::Obstacles(obstacles);
        }
        match deletions.summary() {
            Some(summary) if !summary.failed.is_empty() => Shown::Report(summary),
            _ => Shown::Nothing,
        }
    });
    move || {
        let shown = shown.get();
        untrack(|| match shown {
            Shown::Nothing => None,
            Shown::Question(ids) => Some(question(rooms, &ids)),
            Shown::Obstacles(it) => Some(obstacles(rooms, &it)),
            Shown::Report(it) => Some(report(rooms, &it)),
        })
    }
}

fn ends(rooms: RoomsState) -> bool {
    rooms.deletions.with(|it| it.as_ref().is_some_and(|it| it.rule().ends))
}

fn question(rooms: RoomsState, ids: &[RoomId]) -> El {
    let count = ids.len();
    let ends = ends(rooms);
    let asks = rooms.deletions.with(|it| {
        let rule = it.as_ref().map(|it| it.rule());
        rule.is_some_and(|it| !it.with_meeting.is_empty() || !it.with_recordings.is_empty())
    });
    let names: Vec<_> =
        ids.iter().take(MOST_NAMES).map(|id| li().child(bdi().child(rooms.title(id)))).collect();
    let others = others(rooms, count, MOST_NAMES);
    let dismiss = move || rooms.deletion_dismissed();
    let buttons = div().class("buttons").child((
        push("button", t("Cancel"), dismiss).attr("autofocus", ""),
        push("button is-danger", if ends { t("End") } else { t("Delete") }, move || {
            rooms.deletion_confirmed();
        }),
    ));
    modal(
        "alertdialog",
        move || texts::delete_question(count, ends),
        dismiss,
        (ul().child((names, others)), p().child(texts::delete_course(count, ends, asks)), buttons),
    )
}

/// How many are not listed.
fn others(rooms: RoomsState, count: usize, listed: usize) -> Option<El> {
    let others = count.checked_sub(listed).filter(|others| *others > 0)?;
    Some(li().child(texts::and_more(others, &rooms.app.format().number(others))))
}

/// What is in the way of which, and what can be done about it: one answer for all that it is in the way of.
fn obstacles(rooms: RoomsState, it: &Obstacles) -> El {
    let kinds = [
        (&it.with_meeting, true, false),
        (&it.with_recordings, false, true),
        (&it.with_both, true, true),
    ];
    let count: usize = kinds.iter().map(|(ids, ..)| ids.len()).sum();
    let listed = kinds.into_iter().flat_map(|(ids, meeting, recordings)| {
        ids.iter().map(move |id| (id, texts::obstacle(meeting, recordings)))
    });
    let list: Vec<_> = listed
        .take(MOST_REASONS)
        .map(|(id, why)| {
            li().child((
                bdi().child(rooms.title(id)),
                span().class("muted").child((Sign(": "), why)),
            ))
        })
        .collect();
    let list = ul().child((list, others(rooms, count, MOST_REASONS)));
    let has_meeting = !it.with_meeting.is_empty() || !it.with_both.is_empty();
    let has_recordings = !it.with_recordings.is_empty() || !it.with_both.is_empty();
    let is_mixed = has_meeting && has_recordings;
    let policy = RwSignal::new(DeletionPolicy {
        with_meeting: it.meeting_choices.first().copied().unwrap_or(WithMeeting::Fail),
        with_recordings: it.recordings_choices.first().copied().unwrap_or(WithRecordings::Fail),
    });
    let meeting = choices(
        ("meeting", t("What about the meeting?")),
        with_leaving(&it.meeting_choices, WithMeeting::Fail, is_mixed),
        texts::meeting_choice,
        move || policy.get().with_meeting,
        move |it| policy.update(|policy| policy.with_meeting = it),
    );
    let recordings = choices(
        ("recordings", t("What about the recordings?")),
        with_leaving(&it.recordings_choices, WithRecordings::Fail, is_mixed),
        texts::recordings_choice,
        move || policy.get().with_recordings,
        move |it| policy.update(|policy| policy.with_recordings = it),
    );
    let can_go_on = !it.meeting_choices.is_empty() || !it.recordings_choices.is_empty();
    let cannot_wait = it.cannot_wait.then(|| p().child(texts::CANNOT_WAIT));
    let leave = move || rooms.deletion_dismissed();
    let go_on = can_go_on.then(|| {
        push("button is-danger", t("Go on"), move || rooms.deletion_chosen(policy.get_untracked()))
    });
    let leave_text = if count == 1 { t("Leave this room") } else { t("Leave these rooms") };
    let buttons = div().class("buttons").child((push("button", leave_text, leave), go_on));
    modal(
        "alertdialog",
        move || texts::obstacles(count),
        leave,
        (list, cannot_wait, meeting, recordings, buttons),
    )
}

/// With several things in the way, rooms can be left for one of them alone.
fn with_leaving<T: Copy + PartialEq>(choices: &[T], leaving: T, is_mixed: bool) -> Vec<T> {
    let mut choices = choices.to_vec();
    if is_mixed && !choices.is_empty() && !choices.contains(&leaving) {
        choices.push(leaving);
    }
    choices
}

/// `name` is for the browser. `None` where nothing can be chosen.
fn choices<T: Copy + PartialEq + 'static>(
    (name, question): (&'static str, Words),
    choices: Vec<T>,
    words: fn(T) -> (Words, Words),
    chosen: impl Fn() -> T + Copy + 'static,
    choose: impl Fn(T) + Copy + 'static,
) -> Option<El> {
    let boxes: Vec<_> = choices
        .into_iter()
        .map(|it| {
            let (text, note) = words(it);
            label().class("choice").child((
                input()
                    .attr("type", "radio")
                    .attr("name", name)
                    .prop("checked", move || chosen() == it)
                    .attr("aria-label", text)
                    .on(ev::change, move |_| choose(it)),
                span().child((text, span().class("muted").child(note))),
            ))
        })
        .collect();
    (!boxes.is_empty()).then(|| fieldset().class("group").child((legend().child(question), boxes)))
}

fn report(rooms: RoomsState, summary: &DeletionSummary) -> El {
    let ends = ends(rooms);
    let count = summary.failed.len();
    let failed: Vec<_> = summary
        .failed
        .iter()
        .take(MOST_REASONS)
        .map(|(id, reason)| {
            let reason = match reason.as_str() {
                "" => t("The server gave no reason.").into(),
                reason => reason.to_owned(),
            };
            li().child((
                b().child(bdi().child(rooms.title(id))),
                bdi().child(id.0.clone()),
                p().child(bdi().child(reason)),
            ))
        })
        .collect();
    let others = others(rooms, count, MOST_REASONS);
    let done = DeletionSummary { failed: Vec::new(), ..summary.clone() };
    let done = (done != DeletionSummary::default()).then(|| p().child(texts::deleted(&done, ends)));
    let close = move || rooms.close_deletion_report();
    let buttons = div().class("buttons").child((
        push("button", t("Try again"), move || rooms.retry_deletion()),
        push("button is-accent", t("Close"), close).attr("autofocus", ""),
    ));
    modal(
        "dialog",
        move || texts::not_deleted(count, ends),
        close,
        (done, ul().class("failures").child((failed, others)), buttons),
    )
}
