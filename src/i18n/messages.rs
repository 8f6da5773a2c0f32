//! The texts, in English. What happened, to which recording, and what to do about it.

mod errors;

use super::{Forms, Words, forms, t};
use crate::model::{FailureKind, Recording, Status};

pub use errors::{error, not_confirmed, not_merged, retry_in, waiting};

/// "1 recording", "1,234 recordings": the number as the reader writes it.
pub fn counted(number: &str, count: usize) -> String {
    forms("{n} recording", "{n} recordings").with(count, &[("n", number)])
}

/// What is to be said of one thing: "Physics 101: It is not on the server any more."
pub fn about(title: &str, what: &str) -> String {
    t("{title}: {what}").with(&[("title", title), ("what", what)])
}

/// One sentence of clauses, of which each is a text of its own.
pub fn clauses(parts: Vec<String>) -> String {
    let joined = parts
        .into_iter()
        .reduce(|first, next| t("{first}, {next}").with(&[("first", &first), ("next", &next)]));
    t("{clauses}.").with(&[("clauses", &joined.unwrap_or_default())])
}

/// `None` for a ready recording, which needs no word.
pub fn status(status: &Status) -> Option<String> {
    let words = match status {
        Status::Ready => return None,
        Status::Starting => t("Starting"),
        Status::Recording => t("status|Recording"),
        Status::Processing => t("Processing"),
        Status::Failed(FailureKind::Error) => t("Failed"),
        Status::Failed(FailureKind::Aborted) => t("Aborted"),
        Status::Failed(FailureKind::LimitReached) => t("Limit reached"),
        Status::Unknown(raw) if raw.is_empty() => t("Unknown status"),
        Status::Unknown(raw) => {
            return Some(t("Unknown status: {status}").with(&[("status", raw)]));
        }
    };
    Some(words.into())
}

/// Why a recording cannot be played, when that is known beforehand.
pub fn not_playable(status: &Status) -> Words {
    match status {
        Status::Starting | Status::Recording => {
            t("Still recording. It can be played when it has ended.")
        }
        Status::Processing => t("Still being processed. It can be played in a moment."),
        Status::Failed(_) => t("The recording failed, so there is nothing to play."),
        Status::Ready | Status::Unknown(_) => {
            t("The server does not say that it is ready to play.")
        }
    }
}

/// At the sign-in, where the page is of another site than the server.
pub const COOKIES_MAY_BE_BLOCKED: Words = t(
    "This page and the meeting server are different sites, and browsers keep the cookies of other sites back. If signing in does not last, the page has to be on the server's own site, or to hand over tokens (auth=\"token\").",
);

/// No session, where the page around us is who begins it.
pub const SIGNED_OUT_BY_HOST: Words = t(
    "You are not signed in, or your session has ended. Sign in on the page that shows this, then try again.",
);

/// The server would send the file, but the browser gives up on it.
pub const UNPLAYABLE: Words = t(
    "The browser cannot play this file. It may be damaged, or of a kind that this browser does not know.",
);

/// The heading of the question before a deletion.
pub fn delete_question(count: usize) -> String {
    forms("Delete recording?", "Delete {n} recordings?").of(count)
}

/// The heading of the list of those that are still there.
pub fn not_deleted(count: usize) -> String {
    forms("{n} recording not deleted", "{n} recordings not deleted").of(count)
}

/// While a deletion can still be undone.
pub fn deleting(count: usize) -> String {
    deleted(count, 0, 0)
}

/// Recordings that came while the list was looked at.
pub fn news(count: usize) -> String {
    forms("{n} new recording", "{n} new recordings").of(count)
}

/// Said when a deletion was undone.
pub fn restored(count: usize) -> String {
    forms("{n} recording restored.", "{n} recordings restored.").of(count)
}

/// What a deletion came to, for the status line.
pub fn deleted(gone: usize, scheduled: usize, failed: usize) -> String {
    let parts = [
        (
            forms("{n} recording deleted", "{n} recordings deleted"),
            gone,
            gone > 0 || scheduled == 0,
        ),
        (
            forms(
                "{n} recording will be deleted in a moment",
                "{n} recordings will be deleted in a moment",
            ),
            scheduled,
            scheduled > 0,
        ),
        (forms("{n} not deleted", "{n} not deleted"), failed, failed > 0),
    ];
    let parts = parts.into_iter().filter(|it| it.2);
    clauses(parts.map(|(forms, count, _)| forms.of(count)).collect())
}

/// Why a recording is not ready, in the server's words; empty when it gave none.
pub fn reason(recording: &Recording) -> String {
    let failure = recording.failure.iter();
    let texts = failure.flat_map(|it| [it.error.as_deref(), it.details.as_deref()]).flatten();
    texts.collect::<Vec<_>>().join(" – ")
}

pub fn works_until(date: &str) -> String {
    t("The link works until {date}.").with(&[("date", date)])
}

pub fn link_copied(title: &str, until: Option<&str>) -> String {
    let copied = t("Link to {title} copied.").with(&[("title", title)]);
    match until {
        Some(date) => then(&copied, &works_until(date)),
        None => copied,
    }
}

pub fn links_copied(count: usize) -> String {
    forms("{n} link copied.", "{n} links copied.").of(count)
}

/// The heading of the question before a large download.
pub fn download_question(number: &str, count: usize) -> String {
    forms("Download recording?", "Download {n} recordings?").with(count, &[("n", number)])
}

/// What a download of several comes to. `size` is empty where it is not known.
pub fn download_of(files: usize, is_zip: bool, size: &str) -> String {
    let unknown = t("The size is not known").text();
    let size = if size.is_empty() { &*unknown } else { size };
    let texts = if is_zip {
        forms("{size}, in {n} ZIP file.", "{size}, in {n} ZIP files, one after another.")
    } else {
        forms("{size}, in {n} file.", "{size}, in {n} files, one after another.")
    };
    texts.with(files, &[("size", size), ("n", &files.to_string())])
}

/// Said when the browser has begun to save them; `left_out` are not ready.
pub fn downloading(number: &str, count: usize, left_out: usize) -> String {
    let started =
        forms("Download of {n} recording started.", "Download of {n} recordings started.")
            .with(count, &[("n", number)]);
    match left_out {
        0 => started,
        skipped => then(
            &started,
            &t("Left out because they are not ready: {n}.").with(&[("n", &skipped.to_string())]),
        ),
    }
}

/// What came of several where not all worked: the first three by name, each with the reason.
pub fn failed(done: &str, failed: &[(String, String)]) -> String {
    const MOST_NAMED: usize = 3;
    let mut text = done.to_owned();
    for (title, why) in failed.iter().take(MOST_NAMED) {
        text = then(&text, &about(title, why));
    }
    if let Some(others @ 1..) = failed.len().checked_sub(MOST_NAMED) {
        text = then(&text, &forms("And {n} more.", "And {n} more.").of(others));
    }
    text
}

/// `known` says of how many held and of how many that there are, while the list is not complete.
pub fn exported(
    count: usize,
    known: Option<(usize, Option<usize>)>,
    number: impl Fn(usize) -> String,
) -> String {
    let (texts, held, total) = match known {
        None => (forms("{n} recording exported.", "{n} recordings exported."), 0, 0),
        Some((held, Some(total))) => (
            forms(
                "{n} recording exported, of the {held} loaded of {of}.",
                "{n} recordings exported, of the {held} loaded of {of}.",
            ),
            held,
            total,
        ),
        Some((held, None)) => (
            forms(
                "{n} recording exported, of the {held} loaded so far.",
                "{n} recordings exported, of the {held} loaded so far.",
            ),
            held,
            0,
        ),
    };
    texts.with(count, &[("n", &number(count)), ("held", &number(held)), ("of", &number(total))])
}

/// A sum to which not all could be added.
pub fn at_least(sum: &str) -> String {
    t("at least {sum}").with(&[("sum", sum)])
}

pub fn selected(number: &str, count: usize) -> String {
    forms("{n} selected", "{n} selected").with(count, &[("n", number)])
}

/// Rows without an id, which cannot be shown.
pub fn unreadable(count: usize) -> String {
    forms(
        "{n} recording could not be read and is not shown.",
        "{n} recordings could not be read and are not shown.",
    )
    .of(count)
}

/// The list ended because the server answered with the same page again.
pub const LOOPS: Words =
    t("The server repeats itself; the list ends here although it claims more.");

/// How much is shown of how much: "64 recordings", "3 of 64", and that the server has more: `more` is
/// `None` when it has not, and else how many it has, if it says.
pub fn count(
    shown: usize,
    held: usize,
    more: Option<Option<usize>>,
    number: impl Fn(usize) -> String,
) -> String {
    let (texts, of): (Forms, usize) = match (more, shown == held) {
        (None, true) => return counted(&number(held), held),
        (None, false) => {
            return t("{n} of {of}").with(&[("n", &number(shown)), ("of", &number(held))]);
        }
        (Some(Some(total)), true) => (forms("{n} loaded of {of}", "{n} loaded of {of}"), total),
        (Some(Some(total)), false) => {
            (forms("{shown} of {n} loaded of {of}", "{shown} of {n} loaded of {of}"), total)
        }
        (Some(None), true) => {
            (forms("{n} loaded, more on the server", "{n} loaded, more on the server"), 0)
        }
        (Some(None), false) => (
            forms(
                "{shown} of {n} loaded, more on the server",
                "{shown} of {n} loaded, more on the server",
            ),
            0,
        ),
    };
    texts.with(held, &[("n", &number(held)), ("shown", &number(shown)), ("of", &number(of))])
}

/// A choice and how many recordings it leaves: "Physics 101 (12)".
pub fn choice(name: &str, count: Option<&str>) -> String {
    match count {
        Some(count) => [name, " (", count, ")"].concat(),
        None => name.to_owned(),
    }
}

/// "5 Mar – 9 Mar", "From 5 Mar"; `open` are the texts for an only beginning and an only end, as `{value}`.
pub fn between(from: Option<String>, to: Option<String>, open: [Words; 2]) -> Option<String> {
    let [from_on, up_to] = open;
    match (from, to) {
        (Some(from), Some(to)) => Some([&from, " – ", &to].concat()),
        (Some(from), None) => Some(from_on.with(&[("value", &from)])),
        (None, Some(to)) => Some(up_to.with(&[("value", &to)])),
        (None, None) => None,
    }
}

/// What a search has found, and how many suggestions wait below the box.
pub fn found(count: &str, suggestions: usize) -> String {
    if suggestions == 0 {
        return count.to_owned();
    }
    forms("{count}. {n} suggestion", "{count}. {n} suggestions")
        .with(suggestions, &[("count", count), ("n", &suggestions.to_string())])
}

pub fn view_saved(name: &str) -> String {
    t("View {name} saved.").with(&[("name", name)])
}

pub const TOO_MANY_VIEWS: Words = t("There are too many saved views. Remove one first.");

/// Two sentences.
fn then(first: &str, next: &str) -> String {
    [first, " ", next].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_never_claim_more_than_is_held() {
        let count = |shown, held, more| count(shown, held, more, |n| n.to_string());
        assert_eq!(count(64, 64, None), "64 recordings");
        assert_eq!(count(1, 1, None), "1 recording");
        assert_eq!(count(3, 64, None), "3 of 64");
        assert_eq!(count(100, 100, Some(None)), "100 loaded, more on the server");
        assert_eq!(count(3, 100, Some(None)), "3 of 100 loaded, more on the server");
        assert_eq!(count(100, 100, Some(Some(264))), "100 loaded of 264");
        assert_eq!(count(3, 100, Some(Some(264))), "3 of 100 loaded of 264");
    }

    #[test]
    fn a_deletion_that_is_promised_is_not_called_done() {
        assert_eq!(deleted(1, 0, 0), "1 recording deleted.");
        assert_eq!(deleted(2, 0, 1), "2 recordings deleted, 1 not deleted.");
        assert_eq!(deleted(0, 3, 0), "3 recordings will be deleted in a moment.");
        assert_eq!(deleted(0, 0, 2), "0 recordings deleted, 2 not deleted.");
    }

    #[test]
    fn a_range_is_said_by_the_ends_that_it_has() {
        let between = |from: Option<&str>, to: Option<&str>| {
            let open = [t("From {value}"), t("Until {value}")];
            between(from.map(str::to_owned), to.map(str::to_owned), open)
        };
        assert_eq!(between(Some("5 Mar"), Some("9 Mar")).as_deref(), Some("5 Mar – 9 Mar"));
        assert_eq!(between(Some("5 Mar"), None).as_deref(), Some("From 5 Mar"));
        assert_eq!(between(None, Some("9 Mar")).as_deref(), Some("Until 9 Mar"));
        assert_eq!(between(None, None), None);
    }

    #[test]
    fn suggestions_are_said_where_there_are_any() {
        assert_eq!(found("3 of 64", 0), "3 of 64");
        assert_eq!(found("3 of 64", 1), "3 of 64. 1 suggestion");
        assert_eq!(found("3 of 64", 8), "3 of 64. 8 suggestions");
    }

    #[test]
    fn three_failures_are_named_and_the_rest_counted() {
        let failure = |title: &str| (title.to_owned(), "It is gone.".to_owned());
        let all = ["A", "B", "C", "D"].map(failure);
        assert_eq!(failed("1 link copied.", &all[..1]), "1 link copied. A: It is gone.");
        let text = "Not downloaded. A: It is gone. B: It is gone. C: It is gone.";
        assert_eq!(failed("Not downloaded.", &all[..3]), text);
        assert_eq!(failed("Not downloaded.", &all), format!("{text} And 1 more."));
    }

    #[test]
    fn a_download_says_how_much_it_is() {
        assert_eq!(download_of(1, true, "2.4 GB"), "2.4 GB, in 1 ZIP file.");
        assert_eq!(
            download_of(3, false, ""),
            "The size is not known, in 3 files, one after another."
        );
        let exported = |count, known| exported(count, known, |n| n.to_string());
        assert_eq!(exported(12, None), "12 recordings exported.");
        let text = "12 recordings exported, of the 150 loaded of 1234.";
        assert_eq!(exported(12, Some((150, Some(1234)))), text);
        let text = "1 recording exported, of the 150 loaded so far.";
        assert_eq!(exported(1, Some((150, None))), text);
    }

    #[test]
    fn a_ready_recording_needs_no_word() {
        assert_eq!(status(&Status::Ready), None);
        assert_eq!(status(&Status::Unknown("X".into())).as_deref(), Some("Unknown status: X"));
    }
}
