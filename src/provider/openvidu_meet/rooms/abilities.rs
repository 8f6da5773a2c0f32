//! What each generation can do with rooms (`openvidu-meet-api.md` §1A to §1D).

use super::{Version, write::ENCODINGS};
use crate::model::{
    NameRule, RoomCapabilities, RoomDeletion, RoomField, RoomRight, RoomRole, WithMeeting,
    WithRecordings,
};
use crate::provider::openvidu_meet::LARGEST_BATCH;

use RoomField::*;

const CREATE_A: &[RoomField] =
    &[Name, DeletesAt, MaxParticipants, Chat, Recording, VirtualBackground];
const EDIT_A: &[RoomField] = &[Chat, Recording, VirtualBackground];

const CREATE_B: &[RoomField] =
    &[Name, DeletesAt, Chat, Recording, RecordingAccess, VirtualBackground];
const EDIT_B: &[RoomField] = &[Chat, Recording, RecordingAccess, VirtualBackground];

const CREATE_34: &[RoomField] = &[
    Name,
    DeletesAt,
    WithMeeting,
    WithRecordings,
    Chat,
    Recording,
    RecordingAccess,
    VirtualBackground,
];

const CREATE_35: &[RoomField] = &[
    Name,
    DeletesAt,
    WithMeeting,
    WithRecordings,
    Chat,
    Recording,
    RecordingAccess,
    VirtualBackground,
    E2ee,
];
const EDIT_35: &[RoomField] = &[Chat, Recording, RecordingAccess, VirtualBackground, E2ee];

const CREATE_37: &[RoomField] = &[
    Name,
    DeletesAt,
    WithMeeting,
    WithRecordings,
    Chat,
    Recording,
    RecordingAccess,
    Layout,
    Encoding,
    VirtualBackground,
    E2ee,
    Captions,
];
const EDIT_37: &[RoomField] =
    &[Chat, Recording, RecordingAccess, Layout, Encoding, VirtualBackground, E2ee, Captions];

const CREATE_38: &[RoomField] = &[
    Name,
    DeletesAt,
    WithMeeting,
    WithRecordings,
    Chat,
    Recording,
    Layout,
    Encoding,
    VirtualBackground,
    E2ee,
    Captions,
    ModeratorLink,
    SpeakerLink,
    RecordingsLink,
    Users,
    ModeratorRights,
    SpeakerRights,
];
const EDIT_38: &[RoomField] = &[
    Chat,
    Recording,
    Layout,
    Encoding,
    VirtualBackground,
    E2ee,
    Captions,
    ModeratorLink,
    SpeakerLink,
    RecordingsLink,
    Users,
    ModeratorRights,
    SpeakerRights,
];

/// 3.8 has one right for seeing, playing and downloading recordings.
const RIGHTS_38: &[RoomRight] = &[
    RoomRight::RecordingControl,
    RoomRight::RecordingList,
    RoomRight::RecordingDelete,
    RoomRight::MeetingJoin,
    RoomRight::RoomShareAccessLinks,
    RoomRight::ParticipantPromote,
    RoomRight::ParticipantKick,
    RoomRight::MeetingEnd,
    RoomRight::MediaPublishVideo,
    RoomRight::MediaPublishAudio,
    RoomRight::MediaShareScreen,
    RoomRight::ChatRead,
    RoomRight::ChatWrite,
    RoomRight::MediaChangeVirtualBackground,
];

const WITH_MEETING: &[WithMeeting] = &[WithMeeting::WhenMeetingEnds, WithMeeting::Force];
const WITH_RECORDINGS: &[WithRecordings] = &[WithRecordings::Close, WithRecordings::Force];

pub fn of(version: Version) -> RoomCapabilities {
    let (create, edit) = match version {
        Version::A => (CREATE_A, EDIT_A),
        Version::B => (CREATE_B, EDIT_B),
        Version::V34 | Version::V341 => (CREATE_34, EDIT_B),
        Version::V35 => (CREATE_35, EDIT_35),
        Version::V37 => (CREATE_37, EDIT_37),
        Version::V38 | Version::V39 => (CREATE_38, EDIT_38),
    };
    let (batch, with_meeting, with_recordings): (_, _, &[_]) = match version {
        Version::A => (1, &[][..], &[]),
        // It asks nothing: a meeting is waited for.
        Version::B => (LARGEST_BATCH, &[], &[]),
        _ => (LARGEST_BATCH, WITH_MEETING, WITH_RECORDINGS),
    };
    RoomCapabilities {
        create,
        edit,
        name: NameRule { longest: 50, is_plain: true, is_required: false },
        must_end: version == Version::A,
        delete: Some(RoomDeletion { ends: false, batch, with_meeting, with_recordings }),
        close: version.has_policies(),
        links: match version {
            Version::A => &[RoomRole::Moderator, RoomRole::Publisher, RoomRole::Viewer],
            version if version.has_roles() => {
                &[RoomRole::Moderator, RoomRole::Speaker, RoomRole::User, RoomRole::Recordings]
            }
            _ => &[RoomRole::Moderator, RoomRole::Speaker],
        },
        record: version == Version::A,
        status: version.has_policies(),
        owner: version.has_roles(),
        created: true,
        encodings: if version.has_composition() { &ENCODINGS } else { &[] },
        rights: match version {
            Version::V38 => RIGHTS_38,
            Version::V39 => &RoomRight::ALL,
            _ => &[],
        },
    }
}
