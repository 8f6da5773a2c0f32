//! Which setting a dotted name in the server's errors is: `config.recording.layout`, with or without the
//! part of the request before it.

use crate::model::RoomField;

pub fn named(name: &str) -> Option<RoomField> {
    let mut parts = name.split('.').peekable();
    while parts.next_if(|part| matches!(*part, "body" | "config" | "preferences")).is_some() {}
    let first = parts.next()?;
    let (second, third) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    Some(match (first.strip_suffix("Preferences").unwrap_or(first), second) {
        ("roomName" | "roomNamePrefix", _) => RoomField::Name,
        ("autoDeletionDate" | "expirationDate", _) => RoomField::DeletesAt,
        ("autoDeletionPolicy", "withRecordings") | ("withRecordings", _) => {
            RoomField::WithRecordings
        }
        ("autoDeletionPolicy" | "withMeeting", _) => RoomField::WithMeeting,
        ("maxParticipants", _) => RoomField::MaxParticipants,
        ("chat", _) => RoomField::Chat,
        ("recording", "allowAccessTo") => RoomField::RecordingAccess,
        ("recording", "layout") => RoomField::Layout,
        ("recording", "encoding") => RoomField::Encoding,
        ("recording", _) => RoomField::Recording,
        ("virtualBackground", _) => RoomField::VirtualBackground,
        ("e2ee", _) => RoomField::E2ee,
        ("captions", _) => RoomField::Captions,
        ("roles", "moderator") => RoomField::ModeratorRights,
        ("roles", "speaker") => RoomField::SpeakerRights,
        ("access", "user") => RoomField::Users,
        ("access", "anonymous") => match third {
            "moderator" => RoomField::ModeratorLink,
            "speaker" => RoomField::SpeakerLink,
            "recording" => RoomField::RecordingsLink,
            _ => return None,
        },
        _ => return None,
    })
}
