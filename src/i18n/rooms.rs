//! The texts of rooms: their form, their links, their deletion, the overview.

mod deletion;

pub use deletion::*;

use super::{Words, forms, messages, t};
use crate::{
    model::{
        Error, RecordingAccess, RecordingLayout, RoomField, RoomLink, RoomRight, RoomRole,
        RoomSettings, WithMeeting, WithRecordings,
    },
    rooms::{DatePreset, Problem},
};

const HOUR: i64 = 3_600_000;
const MINUTE: i64 = 60_000;

/// How many are shown of how many known: "64 rooms", "3 of 64", and that there are more.
pub fn shown(
    shown: usize,
    held: usize,
    is_partial: bool,
    number: impl Fn(usize) -> String,
) -> String {
    let (n, of) = (number(shown), number(held));
    let values = [("n", &*n), ("of", &*of)];
    match (shown == held, is_partial) {
        (true, false) => forms("{n} room", "{n} rooms").with(held, &values),
        (true, true) => forms("{n} room so far", "{n} rooms so far").with(held, &values),
        (false, false) => t("{n} of {of}").with(&values),
        (false, true) => t("{n} of {of} so far").with(&values),
    }
}

/// Rows without an id, which cannot be shown.
pub fn unreadable(count: usize) -> String {
    forms(
        "{n} room could not be read and is not shown.",
        "{n} rooms could not be read and are not shown.",
    )
    .of(count)
}

/// The label of a setting.
pub fn field(field: RoomField) -> Words {
    match field {
        RoomField::Name => t("Name"),
        RoomField::Id => t("ID"),
        RoomField::DeletesAt => t("Delete automatically"),
        RoomField::WithMeeting => t("If a meeting is going on then"),
        RoomField::WithRecordings => t("If it has recordings then"),
        RoomField::MaxParticipants => t("Most participants"),
        RoomField::Chat => t("Chat"),
        RoomField::Recording => t("Meetings can be recorded"),
        RoomField::RecordingAccess => t("Who can see the recordings"),
        RoomField::Layout => t("Picture of the recordings"),
        RoomField::Encoding => t("Quality of the recordings"),
        RoomField::VirtualBackground => t("Virtual backgrounds"),
        RoomField::E2ee => t("End-to-end encryption"),
        RoomField::Captions => t("Live captions"),
        RoomField::ModeratorLink => t("Moderators may enter by a link"),
        RoomField::SpeakerLink => t("Speakers may enter by a link"),
        RoomField::RecordingsLink => t("A link shows the recordings"),
        RoomField::Users => t("All users of the server may enter"),
        RoomField::ModeratorRights => t("What moderators may do"),
        RoomField::SpeakerRights => t("What speakers may do"),
        RoomField::Welcome => t("Welcome message"),
        RoomField::Locked => t("Knock to enter"),
        RoomField::Group => t("Group room"),
    }
}

/// What should be known of a setting before it is made.
pub fn note(field: RoomField) -> Option<Words> {
    Some(match field {
        RoomField::Id => t("Letters, digits, - and _. Without one, the server makes it up."),
        RoomField::E2ee => {
            t("Only those in the meeting can see and hear it. It cannot be recorded then.")
        }
        RoomField::MaxParticipants => t("Empty for as many as the server takes."),
        RoomField::ModeratorLink | RoomField::SpeakerLink => t("Without an account on the server."),
        RoomField::RecordingsLink => t("To whoever has it, without an account."),
        RoomField::Welcome => t("Shown to everybody who enters."),
        RoomField::Locked => t("Whoever comes waits until the host lets them in."),
        RoomField::Group => t("For more than four people."),
        _ => return None,
    })
}

/// What is wrong with a setting, and what would be right.
pub fn problem(field: RoomField, problem: Problem) -> String {
    match problem {
        Problem::Missing => match field {
            RoomField::DeletesAt => t("Choose a date.").into(),
            _ => t("{field} must not be empty.").with(&[("field", &self::field(field).text())]),
        },
        Problem::TooLong { most } => {
            forms("At most {n} character.", "At most {n} characters.").of(most)
        }
        Problem::NotAnIdentifier => t("Only letters a–z, digits, - and _.").into(),
        Problem::TooSoon { least } if least >= HOUR => {
            let hours = usize::try_from(least / HOUR).unwrap_or_default();
            forms(
                "Choose a time at least {n} hour from now.",
                "Choose a time at least {n} hours from now.",
            )
            .of(hours)
        }
        Problem::TooSoon { least } => {
            let minutes = usize::try_from(least / MINUTE).unwrap_or_default();
            forms(
                "Choose a time at least {n} minute from now.",
                "Choose a time at least {n} minutes from now.",
            )
            .of(minutes)
        }
        Problem::NotANumber => t("Only a number.").into(),
        Problem::TooFew { least } => t("At least {n}.").with(&[("n", &least.to_string())]),
    }
}

pub fn saved_as(name: &str) -> String {
    t("Will be saved as “{name}”.").with(&[("name", name)])
}

pub fn preset(preset: DatePreset) -> String {
    match preset {
        DatePreset::Hours(hours) => forms("In {n} hour", "In {n} hours").of(hours.into()),
        DatePreset::Day => t("In 1 day").into(),
        DatePreset::Week => t("In 1 week").into(),
        DatePreset::Month => t("In 30 days").into(),
        DatePreset::Never => t("Never").into(),
    }
}

/// What becomes of a meeting when its room is deleted automatically.
pub fn meeting_then(choice: WithMeeting) -> Words {
    match choice {
        WithMeeting::Fail => t("Keep the room"),
        WithMeeting::WhenMeetingEnds => t("Wait until it ends"),
        WithMeeting::Force => t("End it"),
    }
}

/// What becomes of recordings when their room is deleted automatically.
pub fn recordings_then(choice: WithRecordings) -> Words {
    match choice {
        WithRecordings::Fail => t("Keep the room"),
        WithRecordings::Close => t("Close the room and keep them"),
        WithRecordings::Force => t("Delete them too"),
    }
}

pub fn recording_access(choice: RecordingAccess) -> Words {
    match choice {
        RecordingAccess::Admin => t("Only administrators"),
        RecordingAccess::Moderators => t("Administrators and moderators"),
        RecordingAccess::Speakers => t("Everybody with a link to the room"),
    }
}

pub fn layout(choice: RecordingLayout) -> Words {
    match choice {
        RecordingLayout::Grid => t("All side by side"),
        RecordingLayout::Speaker => t("Speaker large, the others small"),
        RecordingLayout::SingleSpeaker => t("Only the speaker"),
    }
}

/// `1080p, 30 fps` for `H264_1080P_30`; the server's own word for what is no such name.
pub fn encoding(preset: &str) -> String {
    match preset {
        "" => return t("As the server is set").into(),
        RoomSettings::CUSTOM_ENCODING => return t("Custom").into(),
        _ => {}
    }
    let portrait = preset.strip_prefix("PORTRAIT_");
    let text = match portrait {
        Some(_) => t("{lines}p, {rate} fps, portrait"),
        None => t("{lines}p, {rate} fps"),
    };
    match portrait.unwrap_or(preset).strip_prefix("H264_").and_then(|it| it.split_once("P_")) {
        Some((lines, rate)) => text.with(&[("lines", lines), ("rate", rate)]),
        None => preset.to_owned(),
    }
}

pub fn right(right: RoomRight) -> Words {
    match right {
        RoomRight::RecordingControl => t("Start and stop recordings"),
        RoomRight::RecordingList => t("See the list of recordings"),
        RoomRight::RecordingPlay => t("Play recordings"),
        RoomRight::RecordingDownload => t("Download recordings"),
        RoomRight::RecordingDelete => t("Delete recordings"),
        RoomRight::MeetingJoin => t("Join the meeting"),
        RoomRight::RoomShareAccessLinks => t("Share the room’s links"),
        RoomRight::ParticipantPromote => t("Make others moderators"),
        RoomRight::ParticipantKick => t("Remove others"),
        RoomRight::MeetingEnd => t("End the meeting"),
        RoomRight::MediaPublishVideo => t("Show their camera"),
        RoomRight::MediaPublishAudio => t("Use their microphone"),
        RoomRight::MediaShareScreen => t("Share their screen"),
        RoomRight::ChatRead => t("Read the chat"),
        RoomRight::ChatWrite => t("Write in the chat"),
        RoomRight::MediaChangeVirtualBackground => t("Change their background"),
    }
}

/// "12 of 16".
pub fn of(count: usize, all: usize) -> String {
    t("{n} of {of}").with(&[("n", &count.to_string()), ("of", &all.to_string())])
}

pub fn created(title: &str) -> String {
    t("Room “{title}” created.").with(&[("title", title)])
}

pub fn saved(title: &str) -> String {
    t("Room “{title}” saved.").with(&[("title", title)])
}

pub fn opened(title: &str) -> String {
    t("Room “{title}” is open again.").with(&[("title", title)])
}

/// `waits`: until its meeting has ended.
pub fn closed(title: &str, waits: bool) -> String {
    let text = if waits {
        t("Room “{title}” is closed when its meeting ends.")
    } else {
        t("Room “{title}” closed. Nobody can enter it.")
    };
    text.with(&[("title", title)])
}

/// Why a room was not made. Where the request may have arrived, it says so.
pub fn not_created(error: &Error) -> String {
    let text = messages::error(error);
    match error {
        Error::Unreachable | Error::Interrupted | Error::TimedOut => {
            let first = t("The room may be there all the same: look at the list first.");
            [&*text, " ", &first.text()].concat()
        }
        _ => text,
    }
}

pub const MEETING_IN_THE_WAY: Words =
    t("A meeting is going on in the room. Try again when it has ended.");
pub const DELETED_MEANWHILE: Words = t(
    "This room was deleted meanwhile, so it cannot be saved. What you entered is still here to copy.",
);

/// A link's name.
pub fn role(role: RoomRole) -> Words {
    match role {
        RoomRole::Moderator => t("Moderator link"),
        RoomRole::Speaker => t("Speaker link"),
        RoomRole::Publisher => t("Publisher link"),
        RoomRole::Viewer => t("Viewer link"),
        RoomRole::Host => t("Host link"),
        RoomRole::Guest => t("Room link"),
        RoomRole::User => t("Link for users"),
        RoomRole::Recordings => t("Recordings link"),
    }
}

/// A link's name within a text: "Copy moderator link".
pub fn role_within(role: RoomRole) -> Words {
    match role {
        RoomRole::Moderator => t("moderator link"),
        RoomRole::Speaker => t("speaker link"),
        RoomRole::Publisher => t("publisher link"),
        RoomRole::Viewer => t("viewer link"),
        RoomRole::Host => t("host link"),
        RoomRole::Guest => t("room link"),
        RoomRole::User => t("link for users"),
        RoomRole::Recordings => t("recordings link"),
    }
}

/// Whom a link lets in, and as what.
pub fn lets_in(role: RoomRole) -> Words {
    match role {
        RoomRole::Moderator => {
            t("Whoever has it runs the meeting, without an account. Treat it like a key.")
        }
        RoomRole::Speaker | RoomRole::Publisher => {
            t("Whoever has it joins with picture and sound, without an account.")
        }
        RoomRole::Viewer => t("Whoever has it looks on, without an account."),
        RoomRole::Host => t("Whoever has it runs the meeting. Treat it like a key."),
        RoomRole::Guest => t("Whoever has it joins, as far as the room is not locked."),
        RoomRole::User => t("Users of the server join after signing in."),
        RoomRole::Recordings => t("Whoever has it sees the room’s recordings, without an account."),
    }
}

pub fn link_state(link: &RoomLink) -> Option<Words> {
    (!link.is_enabled).then_some(t("Turned off: the server lets nobody in by it."))
}

pub fn qr_code_of(role: RoomRole) -> String {
    t("QR code of the {link}").with(&[("link", &role_within(role).text())])
}

/// Over how many recordings the overview is, while they are not all there.
pub fn over(held: usize, total: Option<usize>, number: impl Fn(usize) -> String) -> String {
    let n = number(held);
    match total.map(number) {
        Some(of) => {
            forms("Over {n} recording of {of} so far.", "Over {n} recordings of {of} so far.")
                .with(held, &[("n", &n), ("of", &of)])
        }
        None => {
            forms("Over the {n} recording loaded so far.", "Over the {n} recordings loaded so far.")
                .with(held, &[("n", &n)])
        }
    }
}

/// A room or a month in the overview, for those who do not see the bar.
pub fn share(name: &str, size: &str, recordings: &str) -> String {
    let values = [("name", name), ("size", size), ("recordings", recordings)];
    t("{name}: {size}, {recordings}").with(&values)
}

/// What the height of the plot stands for.
pub fn most_in_a_month(most: &str) -> String {
    t("Most in a month: {most}").with(&[("most", most)])
}

/// What the line over the plot is.
pub fn growth(total: &str) -> String {
    t("The line is how it has grown, to {total} now.").with(&[("total", total)])
}

/// How many more of its kind there are than those listed: `number` is `count` as the reader writes it.
pub fn and_more(count: usize, number: &str) -> String {
    forms("and {n} more", "and {n} more").with(count, &[("n", number)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_say_what_would_be_right() {
        let soon = |least| problem(RoomField::DeletesAt, Problem::TooSoon { least });
        assert_eq!(soon(3_600_000), "Choose a time at least 1 hour from now.");
        assert_eq!(soon(600_000), "Choose a time at least 10 minutes from now.");
        assert_eq!(problem(RoomField::Name, Problem::Missing), "Name must not be empty.");
        assert_eq!(problem(RoomField::DeletesAt, Problem::Missing), "Choose a date.");
    }

    #[test]
    fn encodings_are_told_in_words_where_their_names_have_them() {
        assert_eq!(encoding("H264_1080P_30"), "1080p, 30 fps");
        assert_eq!(encoding("PORTRAIT_H264_720P_60"), "720p, 60 fps, portrait");
        assert_eq!(encoding(""), "As the server is set");
        assert_eq!(encoding("custom"), "Custom");
        assert_eq!(encoding("AV1_4K"), "AV1_4K");
    }

    #[test]
    fn a_qr_code_is_named_by_its_link() {
        assert_eq!(qr_code_of(RoomRole::Moderator), "QR code of the moderator link");
    }
}
