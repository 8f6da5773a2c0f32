//! What went wrong, in words: what happened, and what to do about it.

use super::then;
use crate::{
    i18n::{spoken, t},
    model::{Error, Unexpected},
};

/// What happened and what to do, as one or two sentences.
pub fn error(error: &Error) -> String {
    let words = match error {
        Error::SignedOut => t("Your session has ended. Sign in to go on."),
        Error::BadCredentials => t("The user or the password is not right."),
        Error::CookieRefused => t(
            "The sign-in was right, but the browser did not keep the server's cookie. Open this page on the meeting \
             server's own address or behind the same proxy; servers from 3.4.1 on must have cookies turned on.",
        ),
        Error::Forbidden => {
            t("You are not allowed to do this. Ask whoever runs the meeting server.")
        }
        Error::NotFound => t("It is not on the server any more."),
        Error::Conflict(reason) if reason.is_empty() => {
            t("The recording is still in progress. Wait until it has ended.")
        }
        Error::Conflict(reason) => {
            return t("Not possible now: {reason}").with(&[("reason", reason)]);
        }
        Error::BadSecret => t("The server does not accept this link. Ask for a new one."),
        Error::Invalid(fields) => match fields.first() {
            Some(first) if first.field.is_empty() => {
                return t("The server did not accept it: {reason}")
                    .with(&[("reason", &first.message)]);
            }
            Some(first) => {
                return t("The server did not accept {field}: {reason}")
                    .with(&[("field", &first.field), ("reason", &first.message)]);
            }
            None => t("The server did not accept the request."),
        },
        Error::RateLimited { retry_after: Some(seconds) } => {
            return t("Too many requests. Try again in {time}.")
                .with(&[("time", &spoken(u64::from(*seconds)))]);
        }
        Error::RateLimited { retry_after: None } => {
            t("Too many requests. Wait a few minutes and try again.")
        }
        Error::Offline => t("You are offline. It goes on when the connection is back."),
        Error::Blocked => t(
            "The browser keeps the server's answers from this page, because the server does not allow its address. \
             Whoever runs the server must name this page's origin in its CORS settings, or serve both from one address.",
        ),
        Error::NotHosted => t(
            "The file is in a store of the account's own, which gives no links. Look for it there.",
        ),
        Error::Unsupported => t("This server cannot do that."),
        Error::Unreachable => {
            t("The server cannot be reached. Check the connection and try again.")
        }
        Error::Interrupted => t("The connection broke off. Try again."),
        Error::TimedOut => t("The server did not answer in time. Try again."),
        Error::Server { status, message } if message.is_empty() => {
            return t("The server had a problem (status {status}). Try again.")
                .with(&[("status", &status.to_string())]);
        }
        Error::Server { status, message } => {
            return t("The server had a problem (status {status}): {reason}")
                .with(&[("status", &status.to_string()), ("reason", message)]);
        }
        Error::Unexpected(why) => {
            return t("Unexpected answer from the server: {what}.")
                .with(&[("what", &unexpected(why))]);
        }
    };
    words.into()
}

/// What a playback waits for, and in how many seconds it is tried again.
pub fn waiting(why: &Error, seconds: Option<u32>) -> String {
    let what = match why {
        Error::Offline => {
            return t("You are offline. Playback goes on when the connection is back.").into();
        }
        Error::SignedOut => return error(why),
        Error::RateLimited { .. } => t("Too many requests.").into(),
        Error::Interrupted => t("The connection broke off.").into(),
        Error::TimedOut => t("The server does not send.").into(),
        Error::Server { status, .. } => t("The server had a problem (status {status}).")
            .with(&[("status", &status.to_string())]),
        _ => t("The server cannot be reached.").into(),
    };
    let next = match seconds {
        Some(seconds) => {
            t("Trying again in {seconds} s.").with(&[("seconds", &seconds.to_string())])
        }
        None => t("Trying again…").into(),
    };
    then(&what, &next)
}

/// Too many requests, while waiting for the next try.
pub fn retry_in(seconds: u32) -> String {
    t("Too many requests. Trying again in {time}.").with(&[("time", &spoken(u64::from(seconds)))])
}

fn unexpected(why: &Unexpected) -> String {
    let words = match why {
        Unexpected::Html => {
            t("a web page in place of data. The address may be wrong, or a proxy wants a sign-in")
        }
        Unexpected::NoApi => t(
            "there are no recordings at this address. It may be wrong, or the server of another version",
        ),
        Unexpected::Empty => t("it was empty"),
        Unexpected::NotJson => t("it was cut short or is not JSON"),
        Unexpected::Missing(part) => return t("“{part}” is missing").with(&[("part", part)]),
        Unexpected::TooLarge(bytes) => {
            return t("it was larger than {n} MB").with(&[("n", &(bytes / 1_000_000).to_string())]);
        }
        Unexpected::NotCaptions => t("the file has no captions"),
        Unexpected::NotMedia => t("a text in place of the recording. A proxy may want a sign-in"),
        Unexpected::NoRanges => t(
            "it sends recordings only as a whole, so they can be played from the start and not from the middle",
        ),
        Unexpected::Changed => t("the recording was changed there meanwhile"),
        Unexpected::UnsafeLink => t("the link is not a web address"),
    };
    words.into()
}

/// Why a deletion got no answer. Where the request may have arrived, it says so.
pub fn not_confirmed(error: &Error) -> String {
    let text = self::error(error);
    match error {
        Error::Unreachable | Error::Interrupted | Error::TimedOut => {
            then(&text, &t("It may have been deleted all the same.").text())
        }
        _ => text,
    }
}

/// Why recordings were not merged, as far as one can tell.
pub fn not_merged(error: &Error) -> String {
    let text = self::error(error);
    match error {
        Error::Unreachable | Error::Interrupted | Error::TimedOut => then(
            &text,
            &t("The recordings may be merged all the same: look at the list in a while.").text(),
        ),
        _ => then(&t("Not merged.").text(), &text),
    }
}
