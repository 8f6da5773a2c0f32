//! The rights of a role, as 3.9 and as 3.8 name them. 3.9 writes and reads the old names as well, and
//! not otherwise than the new.

use super::{Version, abilities};
use crate::{
    model::{Json, RoomRight, RoomRights},
    provider::http::json_fields,
};

fn names(right: RoomRight) -> (&'static str, &'static str) {
    match right {
        RoomRight::RecordingControl => ("recordingControl", "canRecord"),
        RoomRight::RecordingList => ("recordingList", "canRetrieveRecordings"),
        RoomRight::RecordingPlay => ("recordingPlay", "canRetrieveRecordings"),
        RoomRight::RecordingDownload => ("recordingDownload", "canRetrieveRecordings"),
        RoomRight::RecordingDelete => ("recordingDelete", "canDeleteRecordings"),
        RoomRight::MeetingJoin => ("meetingJoin", "canJoinMeeting"),
        RoomRight::RoomShareAccessLinks => ("roomShareAccessLinks", "canShareAccessLinks"),
        RoomRight::ParticipantPromote => ("participantPromote", "canMakeModerator"),
        RoomRight::ParticipantKick => ("participantKick", "canKickParticipants"),
        RoomRight::MeetingEnd => ("meetingEnd", "canEndMeeting"),
        RoomRight::MediaPublishVideo => ("mediaPublishVideo", "canPublishVideo"),
        RoomRight::MediaPublishAudio => ("mediaPublishAudio", "canPublishAudio"),
        RoomRight::MediaShareScreen => ("mediaShareScreen", "canShareScreen"),
        RoomRight::ChatRead => ("chatRead", "canReadChat"),
        RoomRight::ChatWrite => ("chatWrite", "canWriteChat"),
        RoomRight::MediaChangeVirtualBackground => {
            ("mediaChangeVirtualBackground", "canChangeVirtualBackground")
        }
    }
}

/// Of `permissions`; what is not said is not allowed.
pub fn read(json: &Json) -> RoomRights {
    let mut rights = RoomRights::default();
    for right in RoomRight::ALL {
        let (name, old) = names(right);
        let flag = json.field(name).or_else(|| json.field(old)).and_then(Json::as_bool);
        rights.set(right, flag == Some(true));
    }
    rights
}

pub fn write(version: Version, rights: RoomRights) -> String {
    let flags: Vec<(&str, String)> = abilities::of(version)
        .rights
        .iter()
        .map(|right| {
            let (name, old) = names(*right);
            let name = if version == Version::V38 { old } else { name };
            (name, rights.has(*right).to_string())
        })
        .collect();
    json_fields(&flags)
}
