//! The texts, in English. What happened, to which recording, and what to do about it.

use crate::model::{Error, FailureKind, Recording, Status, Unexpected};

/// "1 recording", "3 recordings".
pub fn recordings(count: usize) -> String {
    if count == 1 { "1 recording".into() } else { format!("{count} recordings") }
}

/// `None` for a ready recording, which needs no word.
pub fn status(status: &Status) -> Option<String> {
    Some(match status {
        Status::Ready => return None,
        Status::Starting => "Starting".into(),
        Status::Recording => "Recording".into(),
        Status::Processing => "Processing".into(),
        Status::Failed(FailureKind::Error) => "Failed".into(),
        Status::Failed(FailureKind::Aborted) => "Aborted".into(),
        Status::Failed(FailureKind::LimitReached) => "Limit reached".into(),
        Status::Unknown(raw) if raw.is_empty() => "Unknown status".into(),
        Status::Unknown(raw) => format!("Unknown status: {raw}"),
    })
}

/// Why a recording cannot be played, when that is known beforehand.
pub fn not_playable(status: &Status) -> &'static str {
    match status {
        Status::Starting | Status::Recording => {
            "Still recording. It can be played when it has ended."
        }
        Status::Processing => "Still being processed. It can be played in a moment.",
        Status::Failed(_) => "The recording failed, so there is nothing to play.",
        Status::Ready | Status::Unknown(_) => "The server does not say that it is ready to play.",
    }
}

/// No session, where the page around us is who begins it.
pub const SIGNED_OUT_BY_HOST: &str = "You are not signed in, or your session has ended. Sign in on the page that shows this, then try again.";

/// The server would send the file, but the browser gives up on it.
pub const UNPLAYABLE: &str = "The browser cannot play this file. It may be damaged, or of a kind that this browser does not know.";

/// What happened and what to do, as one or two sentences.
pub fn error(error: &Error) -> String {
    match error {
        Error::SignedOut => "Your session has ended. Sign in to go on.".into(),
        Error::BadCredentials => "The user or the password is not right.".into(),
        Error::CookieRefused => {
            "The sign-in was right, but the browser did not keep the server's cookie. Open this page on the meeting \
             server's own address or behind the same proxy; servers from 3.4.1 on must have cookies turned on."
                .into()
        }
        Error::Forbidden => {
            "You are not allowed to do this. Ask whoever runs the meeting server.".into()
        }
        Error::NotFound => "It is not on the server any more.".into(),
        Error::Conflict(reason) if reason.is_empty() => {
            "The recording is still in progress. Wait until it has ended.".into()
        }
        Error::Conflict(reason) => format!("Not possible now: {reason}"),
        Error::BadSecret => "The server does not accept this link. Ask for a new one.".into(),
        Error::Invalid(fields) => match fields.first() {
            Some(first) if first.field.is_empty() => {
                format!("The server did not accept it: {}", first.message)
            }
            Some(first) => format!("The server did not accept {}: {}", first.field, first.message),
            None => "The server did not accept the request.".into(),
        },
        Error::RateLimited { retry_after: Some(seconds) } => {
            format!("Too many requests. Try again in {}.", super::spoken(u64::from(*seconds)))
        }
        Error::RateLimited { retry_after: None } => {
            "Too many requests. Wait a few minutes and try again.".into()
        }
        Error::Offline => "You are offline. It goes on when the connection is back.".into(),
        Error::Blocked => {
            "The browser keeps the server's answers from this page, because the server does not allow its address. \
             Whoever runs the server must name this page's origin in its CORS settings, or serve both from one address."
                .into()
        }
        Error::NotHosted => {
            "The file is in a store of the account's own, which gives no links. Look for it there."
                .into()
        }
        Error::Unsupported => "This server cannot do that.".into(),
        Error::Unreachable => {
            "The server cannot be reached. Check the connection and try again.".into()
        }
        Error::Interrupted => "The connection broke off. Try again.".into(),
        Error::TimedOut => "The server did not answer in time. Try again.".into(),
        Error::Server { status, message } if message.is_empty() => {
            format!("The server had a problem (status {status}). Try again.")
        }
        Error::Server { status, message } => {
            format!("The server had a problem (status {status}): {message}")
        }
        Error::Unexpected(why) => {
            format!("Unexpected answer from the server: {}.", unexpected(why))
        }
    }
}

/// What a playback waits for, and in how many seconds it is tried again.
pub fn waiting(why: &Error, seconds: Option<u32>) -> String {
    let what = match why {
        Error::Offline => {
            return "You are offline. Playback goes on when the connection is back.".into();
        }
        Error::SignedOut => return error(why),
        Error::RateLimited { .. } => "Too many requests.".to_owned(),
        Error::Interrupted => "The connection broke off.".to_owned(),
        Error::TimedOut => "The server does not send.".to_owned(),
        Error::Server { status, .. } => format!("The server had a problem (status {status})."),
        _ => "The server cannot be reached.".to_owned(),
    };
    match seconds {
        Some(seconds) => format!("{what} Trying again in {seconds} s."),
        None => format!("{what} Trying again…"),
    }
}

/// Too many requests, while waiting for the next try.
pub fn retry_in(seconds: u32) -> String {
    format!("Too many requests. Trying again in {}.", super::spoken(u64::from(seconds)))
}

fn unexpected(why: &Unexpected) -> String {
    match why {
        Unexpected::Html => {
            "a web page in place of data. The address may be wrong, or a proxy wants a sign-in"
                .into()
        }
        Unexpected::NoApi => {
            "there are no recordings at this address. It may be wrong, or the server of another version".into()
        }
        Unexpected::Empty => "it was empty".into(),
        Unexpected::NotJson => "it was cut short or is not JSON".into(),
        Unexpected::Missing(part) => format!("“{part}” is missing"),
        Unexpected::TooLarge(bytes) => format!("it was larger than {} MB", bytes / 1_000_000),
        Unexpected::NotCaptions => "the file has no captions".into(),
        Unexpected::NotMedia => {
            "a text in place of the recording. A proxy may want a sign-in".into()
        }
        Unexpected::NoRanges => {
            "it sends recordings only as a whole, so they can be played from the start and not from the middle".into()
        }
        Unexpected::Changed => "the recording was changed there meanwhile".into(),
        Unexpected::UnsafeLink => "the link is not a web address".into(),
    }
}

/// The heading of the question before a deletion.
pub fn delete_question(count: usize) -> String {
    if count == 1 { "Delete recording?".into() } else { format!("Delete {count} recordings?") }
}

/// The heading of the list of those that are still there.
pub fn not_deleted(count: usize) -> String {
    format!("{} not deleted", recordings(count))
}

/// Why a deletion got no answer. Where the request may have arrived, it says so.
pub fn not_confirmed(error: &Error) -> String {
    let text = self::error(error);
    match error {
        Error::Unreachable | Error::Interrupted | Error::TimedOut => {
            format!("{text} It may have been deleted all the same.")
        }
        _ => text,
    }
}

/// Why recordings were not merged, as far as one can tell.
pub fn not_merged(error: &Error) -> String {
    let text = self::error(error);
    match error {
        Error::Unreachable | Error::Interrupted | Error::TimedOut => {
            format!(
                "{text} The recordings may be merged all the same: look at the list in a while."
            )
        }
        _ => format!("Not merged. {text}"),
    }
}

/// While a deletion can still be undone.
pub fn deleting(count: usize) -> String {
    format!("{} deleted.", recordings(count))
}

/// Recordings that came while the list was looked at.
pub fn news(count: usize) -> String {
    if count == 1 { "1 new recording".into() } else { format!("{count} new recordings") }
}

/// Said when a deletion was undone.
pub fn restored(count: usize) -> String {
    format!("{} restored.", recordings(count))
}

/// What a deletion came to, for the status line.
pub fn deleted(gone: usize, scheduled: usize, failed: usize) -> String {
    let mut parts = Vec::new();
    if gone > 0 || scheduled == 0 {
        parts.push(format!("{} deleted", recordings(gone)));
    }
    if scheduled > 0 {
        parts.push(format!("{} will be deleted in a moment", recordings(scheduled)));
    }
    if failed > 0 {
        parts.push(format!("{failed} not deleted"));
    }
    format!("{}.", parts.join(", "))
}

/// Why a recording is not ready, in the server's words; empty when it gave none.
pub fn reason(recording: &Recording) -> String {
    let failure = recording.failure.iter();
    let texts = failure.flat_map(|it| [it.error.as_deref(), it.details.as_deref()]).flatten();
    texts.collect::<Vec<_>>().join(" – ")
}

pub fn works_until(date: &str) -> String {
    format!("The link works until {date}.")
}

pub fn link_copied(title: &str, until: Option<&str>) -> String {
    let copied = format!("Link to {title} copied.");
    match until {
        Some(date) => format!("{copied} {}", works_until(date)),
        None => copied,
    }
}

/// "1 recording", "1,234 recordings": the number as the reader writes it.
pub fn counted(number: &str, count: usize) -> String {
    format!("{number} {}", if count == 1 { "recording" } else { "recordings" })
}

pub fn links(count: usize) -> String {
    if count == 1 { "1 link".into() } else { format!("{count} links") }
}

/// The heading of the question before a large download.
pub fn download_question(number: &str, count: usize) -> String {
    if count == 1 { "Download recording?".into() } else { format!("Download {number} recordings?") }
}

/// What a download of several comes to. `size` is empty where it is not known.
pub fn download_of(files: usize, is_zip: bool, size: &str) -> String {
    let kind = if is_zip { "ZIP file" } else { "file" };
    let plural = if files == 1 { "" } else { "s" };
    let size = if size.is_empty() { "The size is not known" } else { size };
    let pace = if files > 1 { ", one after another" } else { "" };
    format!("{size}, in {files} {kind}{plural}{pace}.")
}

/// Said when the browser has begun to save them; `left_out` are not ready.
pub fn downloading(recordings: &str, left_out: usize) -> String {
    let started = format!("Download of {recordings} started.");
    match left_out {
        0 => started,
        skipped => format!("{started} Left out because they are not ready: {skipped}."),
    }
}

/// What came of several where not all worked: the first three by name, each with the reason.
pub fn failed(done: &str, failed: &[(String, String)]) -> String {
    const MOST_NAMED: usize = 3;
    let mut text = done.to_owned();
    for (title, why) in failed.iter().take(MOST_NAMED) {
        text.push_str(&format!(" {title}: {why}"));
    }
    if let Some(others @ 1..) = failed.len().checked_sub(MOST_NAMED) {
        text.push_str(&format!(" And {others} more."));
    }
    text
}

/// `of` says of how many, while the list is not complete.
pub fn exported(recordings: &str, of: Option<&str>) -> String {
    match of {
        Some(of) => format!("{recordings} exported, of {of}."),
        None => format!("{recordings} exported."),
    }
}

/// "the 150 loaded of 1,234".
pub fn of_loaded(held: &str, total: Option<&str>) -> String {
    match total {
        Some(total) => format!("the {held} loaded of {total}"),
        None => format!("the {held} loaded so far"),
    }
}

/// A sum to which not all could be added.
pub fn at_least(sum: &str) -> String {
    format!("at least {sum}")
}

pub fn selected(count: impl std::fmt::Display) -> String {
    format!("{count} selected")
}

/// Rows without an id, which cannot be shown.
pub fn unreadable(count: usize) -> String {
    format!("{} could not be read and are not shown.", recordings(count))
}

/// The list ended because the server answered with the same page again.
pub const LOOPS: &str = "The server repeats itself; the list ends here although it claims more.";

/// How much is shown of how much: "64 recordings", "3 of 64", and that the server has more: `more` is
/// `None` when it has not, and else how many it has, if it says.
pub fn count(
    shown: usize,
    held: usize,
    more: Option<Option<usize>>,
    number: impl Fn(usize) -> String,
) -> String {
    let held_text =
        if shown == held { number(held) } else { format!("{} of {}", number(shown), number(held)) };
    match more {
        None if held == 1 && shown == 1 => "1 recording".into(),
        None if shown == held => format!("{held_text} recordings"),
        None => held_text,
        Some(Some(total)) => format!("{held_text} loaded of {}", number(total)),
        Some(None) => format!("{held_text} loaded, more on the server"),
    }
}

/// A choice and how many recordings it leaves: "Physics 101 (12)".
pub fn choice(name: &str, count: Option<&str>) -> String {
    match count {
        Some(count) => format!("{name} ({count})"),
        None => name.to_owned(),
    }
}

/// "5 Mar – 9 Mar", "From 5 Mar"; `open` are the words before an only beginning and an only end.
pub fn between(from: Option<String>, to: Option<String>, open: [&str; 2]) -> Option<String> {
    let [from_on, up_to] = open;
    match (from, to) {
        (Some(from), Some(to)) => Some(format!("{from} – {to}")),
        (Some(from), None) => Some(format!("{from_on} {from}")),
        (None, Some(to)) => Some(format!("{up_to} {to}")),
        (None, None) => None,
    }
}

/// What a search has found, and how many suggestions wait below the box.
pub fn found(count: &str, suggestions: usize) -> String {
    match suggestions {
        0 => count.to_owned(),
        1 => format!("{count}. 1 suggestion"),
        _ => format!("{count}. {suggestions} suggestions"),
    }
}

pub fn view_saved(name: &str) -> String {
    format!("View {name} saved.")
}

pub const TOO_MANY_VIEWS: &str = "There are too many saved views. Remove one first.";

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
            between(from.map(str::to_owned), to.map(str::to_owned), ["From", "Until"])
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
        assert_eq!(exported("12 recordings", None), "12 recordings exported.");
        assert_eq!(
            exported("12 recordings", Some(&of_loaded("150", Some("1,234")))),
            "12 recordings exported, of the 150 loaded of 1,234."
        );
    }

    #[test]
    fn a_ready_recording_needs_no_word() {
        assert_eq!(status(&Status::Ready), None);
        assert_eq!(status(&Status::Unknown("X".into())).as_deref(), Some("Unknown status: X"));
    }
}
