//! What is known of a room, in words.

use super::state::RoomsState;
use crate::{
    i18n::{Words, t},
    model::{EndAction, Room, RoomField, RoomStatus, WithMeeting, WithRecordings},
    ui::{
        browser,
        dom::{El, Sign, bdi, small, span},
    },
};

/// The word, the class that colours it, and what more there is to say.
pub fn status(room: &Room) -> (String, &'static str, Option<Words>) {
    let (word, class) = match &room.status {
        None => return ("–".to_owned(), "state", ends_later(room)),
        Some(RoomStatus::Open) => (t("status|Open"), "state"),
        Some(RoomStatus::Active) => (t("Active meeting"), "state is-live"),
        Some(RoomStatus::Closed) => (t("Closed"), "state is-closed"),
        Some(RoomStatus::Ended) => (t("status|Ended"), "state is-closed"),
        Some(RoomStatus::Unknown(word)) => return (word.clone(), "state", None),
    };
    (word.into(), class, ends_later(room))
}

fn ends_later(room: &Room) -> Option<Words> {
    match room.end_action {
        EndAction::None => None,
        EndAction::Close => Some(t("It will be closed when the meeting ends.")),
        EndAction::Delete => Some(t("It will be deleted when the meeting ends.")),
    }
}

/// A moment: the day, and the time below it.
pub fn moment(rooms: RoomsState, at: Option<i64>) -> El {
    let Some(ms) = at else { return span().child(Sign("–")) };
    let format = rooms.app.format();
    span().attr("title", format.full(ms)).child((
        bdi().child(format.day(ms, browser::now())),
        small().child(bdi().child(format.time(ms))),
    ))
}

/// When the room deletes itself, and what happens to a meeting and to recordings then.
fn date_and_policy(room: &Room, date: &str) -> String {
    let meeting = match room.settings.deletion.with_meeting {
        WithMeeting::Force => t("ends a meeting"),
        WithMeeting::WhenMeetingEnds | WithMeeting::Fail => t("waits for the end of a meeting"),
    };
    let recordings = match room.settings.deletion.with_recordings {
        WithRecordings::Force => t("deletes its recordings"),
        WithRecordings::Close | WithRecordings::Fail => t("keeps its recordings and closes"),
    };
    t("{date} ({meeting}, {recordings})").with(&[
        ("date", date),
        ("meeting", &meeting.text()),
        ("recordings", &recordings.text()),
    ])
}

/// How many recordings it has, as far as is known.
pub fn recordings(rooms: RoomsState, room: &Room) -> String {
    let tally = rooms.tallies.with(|it| it.get(room));
    let count = rooms.app.format().number(tally.recordings);
    match rooms.app.library.with(|it| it.is_partial()) {
        true if tally.recordings == 0 => "–".to_owned(),
        true => format!("{count}+"),
        false => count,
    }
}

/// Bytes of its recordings, as far as is known.
pub fn size(rooms: RoomsState, room: &Room) -> String {
    let tally = rooms.tallies.with(|it| it.get(room));
    if tally.recordings == 0 {
        return "–".to_owned();
    }
    let size = rooms.app.format().size(tally.size);
    let is_partial = tally.is_partial || rooms.app.library.with(|it| it.is_partial());
    if is_partial { format!("{size}+") } else { size }
}

/// Label and text of what is worth a line on the room's page.
pub fn facts(rooms: RoomsState, room: &Room) -> Vec<(Words, String)> {
    let format = rooms.app.format();
    let full = |at: Option<i64>| at.map(|ms| format.full(ms));
    let can = rooms.can.get();
    let has =
        |field| can.is_some_and(|can| can.create.contains(&field) || can.edit.contains(&field));
    let deletes = full(room.settings.deletes_at).map(|date| match has(RoomField::WithRecordings) {
        true => date_and_policy(room, &date),
        false => date,
    });
    let number = |n: Option<u32>| n.map(|n| format.number(n as usize));
    let settings = &room.settings;
    let features: Vec<_> = [
        (RoomField::Chat, settings.chat, t("chat")),
        (RoomField::Recording, settings.recording, t("recording")),
        (RoomField::VirtualBackground, settings.virtual_background, t("virtual background")),
        (RoomField::Captions, settings.captions, t("captions")),
        (RoomField::E2ee, settings.e2ee, t("end-to-end encryption")),
    ]
    .into_iter()
    .filter(|(field, is_on, _)| has(*field) && *is_on)
    .map(|(_, _, word)| word.text())
    .collect();
    let features = (room.has_settings && !features.is_empty()).then(|| features.join(", "));
    [
        (t("ID"), Some(room.id.0.clone())),
        (t("Owner"), room.owner.clone()),
        (t("Created"), full(room.created_at)),
        (t("Ended"), full(room.ended_at)),
        (t("Participants"), number(room.participants)),
        (t("Most participants"), number(settings.max_participants)),
        (t("Deletes itself"), deletes),
        (t("Recordings"), Some(recordings(rooms, room))),
        (t("Size of recordings"), Some(size(rooms, room)).filter(|it| it != "–")),
        (t("Turned on"), features),
    ]
    .into_iter()
    .filter_map(|(label, text)| Some((label, text.filter(|it| !it.is_empty())?)))
    .collect()
}
