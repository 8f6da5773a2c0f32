//! The texts of deleting rooms, and of ending sessions where a server has those: what is asked, what is
//! in the way, what came of it.

use crate::{
    i18n::{Forms, Words, forms, messages, t},
    model::{WithMeeting, WithRecordings},
    rooms::DeletionSummary,
};

/// The heading of the question before a deletion, or the end of sessions.
pub fn delete_question(count: usize, ends: bool) -> String {
    if ends {
        forms("End meeting?", "End {n} meetings?").of(count)
    } else {
        forms("Delete room?", "Delete {n} rooms?").of(count)
    }
}

/// What is tried first, below the question. `asks`: the server says what is in the way.
pub fn delete_course(count: usize, ends: bool, asks: bool) -> Words {
    match (ends, asks, count) {
        (true, _, 1) => t("Everybody in it is put out. It stays in the list as a past meeting."),
        (true, _, _) => t("Everybody in them is put out. They stay in the list as past meetings."),
        (false, true, 1) => {
            t("If a meeting is going on or there are recordings, you are asked what to do first.")
        }
        (false, true, _) => t(
            "Rooms with a meeting going on or with recordings are left until you have said what to do.",
        ),
        (false, false, _) => t("This cannot be undone."),
    }
}

/// The heading of the question what to do about what is in the way.
pub fn obstacles(count: usize) -> String {
    forms("{n} room not deleted yet", "{n} rooms not deleted yet").of(count)
}

/// What is in the way of one.
pub fn obstacle(meeting: bool, recordings: bool) -> Words {
    match (meeting, recordings) {
        (true, true) => t("a meeting is going on, and there are recordings"),
        (true, false) => t("a meeting is going on"),
        (false, _) => t("there are recordings"),
    }
}

pub const CANNOT_WAIT: Words = t(
    "Waiting for the meeting’s end and keeping the recordings do not go together for some of them.",
);

/// A choice and what it means.
pub fn meeting_choice(choice: WithMeeting) -> (Words, Words) {
    match choice {
        WithMeeting::Fail => (t("Leave these rooms"), t("They stay as they are.")),
        WithMeeting::WhenMeetingEnds => {
            (t("Wait until the meeting ends"), t("It goes on; the room is deleted afterwards."))
        }
        WithMeeting::Force => (t("End the meeting now"), t("Everybody in it is put out.")),
    }
}

/// A choice and what it means.
pub fn recordings_choice(choice: WithRecordings) -> (Words, Words) {
    match choice {
        WithRecordings::Fail => (t("Leave these rooms"), t("They stay as they are.")),
        WithRecordings::Close => {
            (t("Close the room and keep the recordings"), t("Nobody can enter it any more."))
        }
        WithRecordings::Force => (t("Delete the recordings too"), t("This cannot be undone.")),
    }
}

/// What a deletion came to, for the status line: the noun only once.
pub fn deleted(it: &DeletionSummary, ends: bool) -> String {
    // How many, and what is said of them as the first and after others.
    let clauses = if ends { ended_clauses(it) } else { deleted_clauses(it) };
    let mut parts = Vec::new();
    for (count, first, later) in clauses.into_iter().filter(|(count, ..)| *count > 0) {
        parts.push(if parts.is_empty() { first } else { later }.of(count));
    }
    messages::clauses(parts)
}

type Clause = (usize, Forms, Forms);

fn deleted_clauses(it: &DeletionSummary) -> Vec<Clause> {
    let deleted = forms("{n} room deleted", "{n} rooms deleted");
    vec![
        (it.deleted, deleted, deleted),
        (
            it.deleted_with_recordings,
            forms(
                "{n} room deleted with its recordings",
                "{n} rooms deleted with their recordings",
            ),
            forms("{n} deleted with its recordings", "{n} deleted with their recordings"),
        ),
        (
            it.closed,
            forms(
                "{n} room closed because it has recordings",
                "{n} rooms closed because they have recordings",
            ),
            forms(
                "{n} closed because it has recordings",
                "{n} closed because they have recordings",
            ),
        ),
        (
            it.to_be_deleted,
            forms(
                "{n} room will be deleted when its meeting ends",
                "{n} rooms will be deleted when their meetings end",
            ),
            forms(
                "{n} will be deleted when its meeting ends",
                "{n} will be deleted when their meetings end",
            ),
        ),
        (
            it.to_be_closed,
            forms(
                "{n} room will be closed when its meeting ends",
                "{n} rooms will be closed when their meetings end",
            ),
            forms(
                "{n} will be closed when its meeting ends",
                "{n} will be closed when their meetings end",
            ),
        ),
        (
            it.gone,
            forms("{n} room was gone already", "{n} rooms were gone already"),
            forms("{n} was gone already", "{n} were gone already"),
        ),
        (
            it.kept,
            forms("{n} room left as it was", "{n} rooms left as they were"),
            forms("{n} left as it was", "{n} left as they were"),
        ),
        (it.failed.len(), ROOMS_NOT_DELETED, forms("{n} not deleted", "{n} not deleted")),
    ]
}

/// A server that ends meetings has nothing that could be in the way.
fn ended_clauses(it: &DeletionSummary) -> Vec<Clause> {
    let ended = forms("{n} meeting ended", "{n} meetings ended");
    vec![
        (it.deleted, ended, ended),
        (
            it.gone,
            forms("{n} meeting was gone already", "{n} meetings were gone already"),
            forms("{n} was gone already", "{n} were gone already"),
        ),
        (it.failed.len(), MEETINGS_NOT_ENDED, forms("{n} not ended", "{n} not ended")),
    ]
}

const ROOMS_NOT_DELETED: Forms = forms("{n} room not deleted", "{n} rooms not deleted");
const MEETINGS_NOT_ENDED: Forms = forms("{n} meeting not ended", "{n} meetings not ended");

/// The heading of the list of those that are still there.
pub fn not_deleted(count: usize, ends: bool) -> String {
    if ends { MEETINGS_NOT_ENDED.of(count) } else { ROOMS_NOT_DELETED.of(count) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RoomId;

    #[test]
    fn a_deletion_is_told_as_what_happened() {
        let it = DeletionSummary { deleted: 2, closed: 1, to_be_deleted: 1, ..Default::default() };
        assert_eq!(
            deleted(&it, false),
            "2 rooms deleted, 1 closed because it has recordings, 1 will be deleted when its meeting ends."
        );
        let it = DeletionSummary { closed: 3, kept: 2, ..Default::default() };
        assert_eq!(
            deleted(&it, false),
            "3 rooms closed because they have recordings, 2 left as they were."
        );
        let it = DeletionSummary {
            deleted: 1,
            failed: vec![(RoomId("a".into()), "No.".into())],
            ..Default::default()
        };
        assert_eq!(deleted(&it, false), "1 room deleted, 1 not deleted.");
        assert_eq!(deleted(&it, true), "1 meeting ended, 1 not ended.");
    }
}
