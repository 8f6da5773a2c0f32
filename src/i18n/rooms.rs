//! The texts of rooms: their form, their links, their deletion, the overview.

use crate::{
    model::{
        Error, RecordingAccess, RecordingLayout, RoomField, RoomLink, RoomRight, RoomRole,
        RoomSettings, WithMeeting, WithRecordings,
    },
    rooms::{DatePreset, DeletionSummary, Problem},
};

const HOUR: i64 = 3_600_000;
const MINUTE: i64 = 60_000;

/// "1 room", "3 rooms".
pub fn rooms(count: usize) -> String {
    counted(count, "room", "rooms")
}

/// How many are shown of how many known: "64 rooms", "3 of 64", and that there are more.
pub fn shown(
    shown: usize,
    held: usize,
    is_partial: bool,
    number: impl Fn(usize) -> String,
) -> String {
    let text = match (shown == held, held) {
        (true, 1) => "1 room".to_owned(),
        (true, _) => format!("{} rooms", number(held)),
        (false, _) => format!("{} of {}", number(shown), number(held)),
    };
    if is_partial { format!("{text} so far") } else { text }
}

fn counted(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// The label of a setting.
pub fn field(field: RoomField) -> &'static str {
    match field {
        RoomField::Name => "Name",
        RoomField::Id => "ID",
        RoomField::DeletesAt => "Delete automatically",
        RoomField::WithMeeting => "If a meeting is going on then",
        RoomField::WithRecordings => "If it has recordings then",
        RoomField::MaxParticipants => "Most participants",
        RoomField::Chat => "Chat",
        RoomField::Recording => "Meetings can be recorded",
        RoomField::RecordingAccess => "Who can see the recordings",
        RoomField::Layout => "Picture of the recordings",
        RoomField::Encoding => "Quality of the recordings",
        RoomField::VirtualBackground => "Virtual backgrounds",
        RoomField::E2ee => "End-to-end encryption",
        RoomField::Captions => "Live captions",
        RoomField::ModeratorLink => "Moderators may enter by a link",
        RoomField::SpeakerLink => "Speakers may enter by a link",
        RoomField::RecordingsLink => "A link shows the recordings",
        RoomField::Users => "All users of the server may enter",
        RoomField::ModeratorRights => "What moderators may do",
        RoomField::SpeakerRights => "What speakers may do",
        RoomField::Welcome => "Welcome message",
        RoomField::Locked => "Knock to enter",
        RoomField::Group => "Group room",
    }
}

/// What should be known of a setting before it is made.
pub fn note(field: RoomField) -> Option<&'static str> {
    Some(match field {
        RoomField::Id => "Letters, digits, - and _. Without one, the server makes it up.",
        RoomField::E2ee => {
            "Only those in the meeting can see and hear it. It cannot be recorded then."
        }
        RoomField::MaxParticipants => "Empty for as many as the server takes.",
        RoomField::ModeratorLink | RoomField::SpeakerLink => "Without an account on the server.",
        RoomField::RecordingsLink => "To whoever has it, without an account.",
        RoomField::Welcome => "Shown to everybody who enters.",
        RoomField::Locked => "Whoever comes waits until the host lets them in.",
        RoomField::Group => "For more than four people.",
        _ => return None,
    })
}

/// What is wrong with a setting, and what would be right.
pub fn problem(field: RoomField, problem: Problem) -> String {
    match problem {
        Problem::Missing => match field {
            RoomField::DeletesAt => "Choose a date.".into(),
            _ => format!("{} must not be empty.", self::field(field)),
        },
        Problem::TooLong { most } => format!("At most {most} characters."),
        Problem::NotAnIdentifier => "Only letters a–z, digits, - and _.".into(),
        Problem::TooSoon { least } if least >= HOUR => {
            let hours = usize::try_from(least / HOUR).unwrap_or_default();
            format!("Choose a time at least {} from now.", counted(hours, "hour", "hours"))
        }
        Problem::TooSoon { least } => {
            let minutes = usize::try_from(least / MINUTE).unwrap_or_default();
            format!("Choose a time at least {} from now.", counted(minutes, "minute", "minutes"))
        }
        Problem::NotANumber => "Only a number.".into(),
        Problem::TooFew { least } => format!("At least {least}."),
    }
}

pub fn saved_as(name: &str) -> String {
    format!("Will be saved as “{name}”.")
}

pub fn preset(preset: DatePreset) -> String {
    match preset {
        DatePreset::Hours(hours) => {
            format!("In {}", counted(usize::from(hours), "hour", "hours"))
        }
        DatePreset::Day => "In 1 day".into(),
        DatePreset::Week => "In 1 week".into(),
        DatePreset::Month => "In 30 days".into(),
        DatePreset::Never => "Never".into(),
    }
}

/// What becomes of a meeting when its room is deleted automatically.
pub fn meeting_then(choice: WithMeeting) -> &'static str {
    match choice {
        WithMeeting::Fail => "Keep the room",
        WithMeeting::WhenMeetingEnds => "Wait until it ends",
        WithMeeting::Force => "End it",
    }
}

/// What becomes of recordings when their room is deleted automatically.
pub fn recordings_then(choice: WithRecordings) -> &'static str {
    match choice {
        WithRecordings::Fail => "Keep the room",
        WithRecordings::Close => "Close the room and keep them",
        WithRecordings::Force => "Delete them too",
    }
}

pub fn recording_access(choice: RecordingAccess) -> &'static str {
    match choice {
        RecordingAccess::Admin => "Only administrators",
        RecordingAccess::Moderators => "Administrators and moderators",
        RecordingAccess::Speakers => "Everybody with a link to the room",
    }
}

pub fn layout(choice: RecordingLayout) -> &'static str {
    match choice {
        RecordingLayout::Grid => "All side by side",
        RecordingLayout::Speaker => "Speaker large, the others small",
        RecordingLayout::SingleSpeaker => "Only the speaker",
    }
}

/// `1080p, 30 fps` for `H264_1080P_30`; the server's own word for what is no such name.
pub fn encoding(preset: &str) -> String {
    match preset {
        "" => return "As the server is set".into(),
        RoomSettings::CUSTOM_ENCODING => return "Custom".into(),
        _ => {}
    }
    let (landscape, shape) = match preset.strip_prefix("PORTRAIT_") {
        Some(rest) => (rest, ", portrait"),
        None => (preset, ""),
    };
    match landscape.strip_prefix("H264_").and_then(|it| it.split_once("P_")) {
        Some((lines, rate)) => format!("{lines}p, {rate} fps{shape}"),
        None => preset.to_owned(),
    }
}

pub fn right(right: RoomRight) -> &'static str {
    match right {
        RoomRight::RecordingControl => "Start and stop recordings",
        RoomRight::RecordingList => "See the list of recordings",
        RoomRight::RecordingPlay => "Play recordings",
        RoomRight::RecordingDownload => "Download recordings",
        RoomRight::RecordingDelete => "Delete recordings",
        RoomRight::MeetingJoin => "Join the meeting",
        RoomRight::RoomShareAccessLinks => "Share the room’s links",
        RoomRight::ParticipantPromote => "Make others moderators",
        RoomRight::ParticipantKick => "Remove others",
        RoomRight::MeetingEnd => "End the meeting",
        RoomRight::MediaPublishVideo => "Show their camera",
        RoomRight::MediaPublishAudio => "Use their microphone",
        RoomRight::MediaShareScreen => "Share their screen",
        RoomRight::ChatRead => "Read the chat",
        RoomRight::ChatWrite => "Write in the chat",
        RoomRight::MediaChangeVirtualBackground => "Change their background",
    }
}

/// "12 of 16".
pub fn of(count: usize, all: usize) -> String {
    format!("{count} of {all}")
}

pub fn created(title: &str) -> String {
    format!("Room “{title}” created.")
}

pub fn saved(title: &str) -> String {
    format!("Room “{title}” saved.")
}

pub fn opened(title: &str) -> String {
    format!("Room “{title}” is open again.")
}

/// `waits`: until its meeting has ended.
pub fn closed(title: &str, waits: bool) -> String {
    if waits {
        format!("Room “{title}” is closed when its meeting ends.")
    } else {
        format!("Room “{title}” closed. Nobody can enter it.")
    }
}

/// Why a room was not closed or opened, changed or fetched, where that is not the server's doing.
pub fn not_done(title: &str, why: &str) -> String {
    format!("{title}: {why}")
}

/// Why a room was not made. Where the request may have arrived, it says so.
pub fn not_created(error: &Error) -> String {
    let text = super::messages::error(error);
    match error {
        Error::Unreachable | Error::Interrupted | Error::TimedOut => {
            format!("{text} The room may be there all the same: look at the list first.")
        }
        _ => text,
    }
}

pub const MEETING_IN_THE_WAY: &str =
    "A meeting is going on in the room. Try again when it has ended.";
pub const DELETED_MEANWHILE: &str = "This room was deleted meanwhile, so it cannot be saved. What you entered is still here to copy.";

/// The heading of the question before a deletion, or the end of sessions.
pub fn delete_question(count: usize, ends: bool) -> String {
    match (ends, count) {
        (false, 1) => "Delete room?".into(),
        (false, _) => format!("Delete {count} rooms?"),
        (true, 1) => "End meeting?".into(),
        (true, _) => format!("End {count} meetings?"),
    }
}

/// What is tried first, below the question. `asks`: the server says what is in the way.
pub fn delete_course(count: usize, ends: bool, asks: bool) -> &'static str {
    match (ends, asks, count) {
        (true, _, 1) => "Everybody in it is put out. It stays in the list as a past meeting.",
        (true, _, _) => "Everybody in them is put out. They stay in the list as past meetings.",
        (false, true, 1) => {
            "If a meeting is going on or there are recordings, you are asked what to do first."
        }
        (false, true, _) => {
            "Rooms with a meeting going on or with recordings are left until you have said what to do."
        }
        (false, false, _) => "This cannot be undone.",
    }
}

/// The heading of the question what to do about what is in the way.
pub fn obstacles(count: usize) -> String {
    format!("{} not deleted yet", rooms(count))
}

/// What is in the way of one.
pub fn obstacle(meeting: bool, recordings: bool) -> &'static str {
    match (meeting, recordings) {
        (true, true) => "a meeting is going on, and there are recordings",
        (true, false) => "a meeting is going on",
        (false, _) => "there are recordings",
    }
}

pub const CANNOT_WAIT: &str =
    "Waiting for the meeting’s end and keeping the recordings do not go together for some of them.";

/// A choice and what it means.
pub fn meeting_choice(choice: WithMeeting) -> (&'static str, &'static str) {
    match choice {
        WithMeeting::Fail => ("Leave these rooms", "They stay as they are."),
        WithMeeting::WhenMeetingEnds => {
            ("Wait until the meeting ends", "It goes on; the room is deleted afterwards.")
        }
        WithMeeting::Force => ("End the meeting now", "Everybody in it is put out."),
    }
}

/// A choice and what it means.
pub fn recordings_choice(choice: WithRecordings) -> (&'static str, &'static str) {
    match choice {
        WithRecordings::Fail => ("Leave these rooms", "They stay as they are."),
        WithRecordings::Close => {
            ("Close the room and keep the recordings", "Nobody can enter it any more.")
        }
        WithRecordings::Force => ("Delete the recordings too", "This cannot be undone."),
    }
}

/// What a deletion came to, for the status line: the noun only once.
pub fn deleted(it: &DeletionSummary, ends: bool) -> String {
    let (one, more) = if ends { ("meeting", "meetings") } else { ("room", "rooms") };
    let done = if ends { "ended" } else { "deleted" };
    let parts = [
        (it.deleted, done, done),
        (
            it.deleted_with_recordings,
            "deleted with its recordings",
            "deleted with their recordings",
        ),
        (it.closed, "closed because it has recordings", "closed because they have recordings"),
        (
            it.to_be_deleted,
            "will be deleted when its meeting ends",
            "will be deleted when their meetings end",
        ),
        (
            it.to_be_closed,
            "will be closed when its meeting ends",
            "will be closed when their meetings end",
        ),
        (it.gone, "was gone already", "were gone already"),
        (it.kept, "left as it was", "left as they were"),
        (
            it.failed.len(),
            if ends { "not ended" } else { "not deleted" },
            if ends { "not ended" } else { "not deleted" },
        ),
    ];
    let mut text = String::new();
    for (count, says_one, says_more) in parts.into_iter().filter(|(count, ..)| *count > 0) {
        let says = if count == 1 { says_one } else { says_more };
        if text.is_empty() {
            text = format!("{} {says}", counted(count, one, more));
        } else {
            text = format!("{text}, {count} {says}");
        }
    }
    format!("{text}.")
}

/// The heading of the list of those that are still there.
pub fn not_deleted(count: usize, ends: bool) -> String {
    if ends {
        format!("{} not ended", counted(count, "meeting", "meetings"))
    } else {
        format!("{} not deleted", rooms(count))
    }
}

/// A link's name.
pub fn role(role: RoomRole) -> &'static str {
    match role {
        RoomRole::Moderator => "Moderator link",
        RoomRole::Speaker => "Speaker link",
        RoomRole::Publisher => "Publisher link",
        RoomRole::Viewer => "Viewer link",
        RoomRole::Host => "Host link",
        RoomRole::Guest => "Room link",
        RoomRole::User => "Link for users",
        RoomRole::Recordings => "Recordings link",
    }
}

/// Whom a link lets in, and as what.
pub fn lets_in(role: RoomRole) -> &'static str {
    match role {
        RoomRole::Moderator => {
            "Whoever has it runs the meeting, without an account. Treat it like a key."
        }
        RoomRole::Speaker | RoomRole::Publisher => {
            "Whoever has it joins with picture and sound, without an account."
        }
        RoomRole::Viewer => "Whoever has it looks on, without an account.",
        RoomRole::Host => "Whoever has it runs the meeting. Treat it like a key.",
        RoomRole::Guest => "Whoever has it joins, as far as the room is not locked.",
        RoomRole::User => "Users of the server join after signing in.",
        RoomRole::Recordings => "Whoever has it sees the room’s recordings, without an account.",
    }
}

pub fn link_state(link: &RoomLink) -> Option<&'static str> {
    (!link.is_enabled).then_some("Turned off: the server lets nobody in by it.")
}

pub fn qr_code_of(role: RoomRole) -> String {
    format!("QR code of the {}", lower_first(self::role(role)))
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Over how many recordings the overview is, while they are not all there.
pub fn over(held: &str, total: Option<&str>) -> String {
    match total {
        Some(total) => format!("Over {held} recordings of {total} so far."),
        None => format!("Over the {held} recordings loaded so far."),
    }
}

/// A room or a month in the overview, for those who do not see the bar.
pub fn share(name: &str, size: &str, recordings: &str) -> String {
    format!("{name}: {size}, {recordings}")
}

/// What the height of the plot stands for.
pub fn most_in_a_month(most: &str) -> String {
    format!("Most in a month: {most}")
}

/// What the line over the plot is.
pub fn growth(total: &str) -> String {
    format!("The line is how it has grown, to {total} now.")
}

/// How many more of its kind there are than those listed.
pub fn and_more(number: &str) -> String {
    format!("and {number} more")
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
