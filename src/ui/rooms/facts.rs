//! What is known of a room, in words.

use super::state::RoomsState;
use crate::{
    model::{EndAction, Room, RoomField, RoomStatus, WithMeeting, WithRecordings},
    ui::{
        browser,
        dom::{El, bdi, small, span},
    },
};

/// The word, the class that colours it, and what more there is to say.
pub fn status(room: &Room) -> (String, &'static str, &'static str) {
    let (word, class) = match &room.status {
        None => ("–", "state"),
        Some(RoomStatus::Open) => ("Open", "state"),
        Some(RoomStatus::Active) => ("Active meeting", "state is-live"),
        Some(RoomStatus::Closed) => ("Closed", "state is-closed"),
        Some(RoomStatus::Ended) => ("Ended", "state is-closed"),
        Some(RoomStatus::Unknown(word)) => return (word.clone(), "state", ""),
    };
    let more = match room.end_action {
        EndAction::None => "",
        EndAction::Close => "It will be closed when the meeting ends.",
        EndAction::Delete => "It will be deleted when the meeting ends.",
    };
    (word.to_owned(), class, more)
}

/// A moment: the day, and the time below it.
pub fn moment(rooms: RoomsState, at: Option<i64>) -> El {
    let Some(ms) = at else { return span().child("–") };
    let format = rooms.app.format();
    span().attr("title", format.full(ms)).child((
        bdi().child(format.day(ms, browser::now())),
        small().child(bdi().child(format.time(ms))),
    ))
}

/// What happens to a meeting and to recordings when the room deletes itself.
pub fn policy(room: &Room) -> String {
    let meeting = match room.settings.deletion.with_meeting {
        WithMeeting::Force => "ends a meeting",
        WithMeeting::WhenMeetingEnds | WithMeeting::Fail => "waits for the end of a meeting",
    };
    let recordings = match room.settings.deletion.with_recordings {
        WithRecordings::Force => "deletes its recordings",
        WithRecordings::Close | WithRecordings::Fail => "keeps its recordings and closes",
    };
    format!("{meeting}, {recordings}")
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
pub fn facts(rooms: RoomsState, room: &Room) -> Vec<(&'static str, String)> {
    let format = rooms.app.format();
    let full = |at: Option<i64>| at.map(|ms| format.full(ms));
    let can = rooms.can.get();
    let has =
        |field| can.is_some_and(|can| can.create.contains(&field) || can.edit.contains(&field));
    let deletes = full(room.settings.deletes_at).map(|date| match has(RoomField::WithRecordings) {
        true => format!("{date} ({})", policy(room)),
        false => date,
    });
    let number = |n: Option<u32>| n.map(|n| format.number(n as usize));
    let settings = &room.settings;
    let features: Vec<&str> = [
        (RoomField::Chat, settings.chat, "chat"),
        (RoomField::Recording, settings.recording, "recording"),
        (RoomField::VirtualBackground, settings.virtual_background, "virtual background"),
        (RoomField::Captions, settings.captions, "captions"),
        (RoomField::E2ee, settings.e2ee, "end-to-end encryption"),
    ]
    .into_iter()
    .filter_map(|(field, is_on, word)| (has(field) && is_on).then_some(word))
    .collect();
    let features = (room.has_settings && !features.is_empty()).then(|| features.join(", "));
    [
        ("ID", Some(room.id.0.clone())),
        ("Owner", room.owner.clone()),
        ("Created", full(room.created_at)),
        ("Ended", full(room.ended_at)),
        ("Participants", number(room.participants)),
        ("Most participants", number(settings.max_participants)),
        ("Deletes itself", deletes),
        ("Recordings", Some(recordings(rooms, room))),
        ("Size of recordings", Some(size(rooms, room)).filter(|it| it != "–")),
        ("Turned on", features),
    ]
    .into_iter()
    .filter_map(|(label, text)| Some((label, text.filter(|it| !it.is_empty())?)))
    .collect()
}
