//! What can be set of a room. Which of it a server knows is data ([`RoomField`]s in
//! `RoomCapabilities`); what it does not know stays as in [`RoomSettings::default`] and is not sent.

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomSettings {
    pub name: String,
    /// plugNmeet: the id that the room is made under; elsewhere the server makes it up. Whereby: the
    /// room's address, which is not the meeting's id. Otherwise empty.
    pub id: String,
    /// When the server deletes the room (or, at Whereby, when it closes). Milliseconds since 1970, UTC.
    pub deletes_at: Option<i64>,
    /// What becomes then of a meeting and of recordings.
    pub deletion: DeletionPolicy,
    pub max_participants: Option<u32>,
    pub chat: bool,
    pub recording: bool,
    /// Who may see the recordings, up to 3.7.
    pub recording_access: RecordingAccess,
    pub layout: RecordingLayout,
    /// One of the server's presets; empty is its own choice, and an encoding that is no preset is
    /// shown as [`Self::CUSTOM_ENCODING`] and left as it is.
    pub encoding: String,
    pub virtual_background: bool,
    pub e2ee: bool,
    pub captions: bool,
    /// Whether the links of these open the room without an account, from 3.8 on.
    pub moderator_link: bool,
    pub speaker_link: bool,
    pub recordings_link: bool,
    /// Whether every signed-in user may enter, from 3.8 on.
    pub users: bool,
    pub moderator_rights: RoomRights,
    pub speaker_rights: RoomRights,
    /// plugNmeet: shown to everybody who enters.
    pub welcome: String,
    /// Whereby: who enters must knock.
    pub is_locked: bool,
    /// Whereby: for more than four.
    pub is_group: bool,
}

impl RoomSettings {
    pub const CUSTOM_ENCODING: &str = "custom";
}

impl Default for RoomSettings {
    /// What the servers take when nothing is said.
    fn default() -> Self {
        Self {
            name: String::new(),
            id: String::new(),
            deletes_at: None,
            deletion: DeletionPolicy::default(),
            max_participants: None,
            chat: true,
            recording: true,
            recording_access: RecordingAccess::default(),
            layout: RecordingLayout::default(),
            encoding: String::new(),
            virtual_background: true,
            e2ee: false,
            captions: true,
            moderator_link: true,
            speaker_link: true,
            recordings_link: true,
            users: false,
            moderator_rights: RoomRights::ALL,
            speaker_rights: RoomRights::SPEAKER,
            welcome: String::new(),
            is_locked: false,
            is_group: false,
        }
    }
}

/// One thing that can be set, for forms and for errors about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomField {
    Name,
    Id,
    DeletesAt,
    WithMeeting,
    WithRecordings,
    MaxParticipants,
    Chat,
    Recording,
    RecordingAccess,
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
    Welcome,
    Locked,
    Group,
}

/// What becomes of a meeting that is going on when its room is deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WithMeeting {
    /// Then the room is not deleted. Not for automatic deletion.
    Fail,
    /// It goes on, and the room is deleted when it ends.
    #[default]
    WhenMeetingEnds,
    /// It is ended.
    Force,
}

/// What becomes of a room's recordings when it is deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WithRecordings {
    /// Then the room is not deleted. Not for automatic deletion.
    Fail,
    /// They stay, and so the room does, closed.
    #[default]
    Close,
    /// They are deleted.
    Force,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeletionPolicy {
    pub with_meeting: WithMeeting,
    pub with_recordings: WithRecordings,
}

impl DeletionPolicy {
    /// Deletes only what nothing else goes with: what is tried first.
    pub const SAFE: Self =
        Self { with_meeting: WithMeeting::Fail, with_recordings: WithRecordings::Fail };
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RecordingAccess {
    Admin,
    Moderators,
    #[default]
    Speakers,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RecordingLayout {
    #[default]
    Grid,
    Speaker,
    SingleSpeaker,
}

/// What a role may do, from 3.8 on: a set of [`RoomRight`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoomRights(u16);

impl RoomRights {
    pub const ALL: Self = Self(u16::MAX);
    /// What the servers give a speaker when nothing is said.
    pub const SPEAKER: Self = Self::of(&[
        RoomRight::RecordingList,
        RoomRight::RecordingPlay,
        RoomRight::RecordingDownload,
        RoomRight::MeetingJoin,
        RoomRight::MediaPublishVideo,
        RoomRight::MediaPublishAudio,
        RoomRight::MediaShareScreen,
        RoomRight::ChatRead,
        RoomRight::ChatWrite,
        RoomRight::MediaChangeVirtualBackground,
    ]);

    pub const fn of(rights: &[RoomRight]) -> Self {
        let (mut bits, mut at) = (0, 0);
        while at < rights.len() {
            bits |= 1 << rights[at] as u16;
            at += 1;
        }
        Self(bits)
    }

    pub fn has(self, right: RoomRight) -> bool {
        self.0 & (1 << right as u16) != 0
    }

    pub fn set(&mut self, right: RoomRight, has: bool) {
        let bit = 1 << right as u16;
        self.0 = if has { self.0 | bit } else { self.0 & !bit };
    }
}

/// The 16 permissions of 3.8 (`openvidu-meet-api.md` §1C).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomRight {
    RecordingControl,
    RecordingList,
    RecordingPlay,
    RecordingDownload,
    RecordingDelete,
    MeetingJoin,
    RoomShareAccessLinks,
    ParticipantPromote,
    ParticipantKick,
    MeetingEnd,
    MediaPublishVideo,
    MediaPublishAudio,
    MediaShareScreen,
    ChatRead,
    ChatWrite,
    MediaChangeVirtualBackground,
}

impl RoomRight {
    pub const ALL: [Self; 16] = [
        Self::RecordingControl,
        Self::RecordingList,
        Self::RecordingPlay,
        Self::RecordingDownload,
        Self::RecordingDelete,
        Self::MeetingJoin,
        Self::RoomShareAccessLinks,
        Self::ParticipantPromote,
        Self::ParticipantKick,
        Self::MeetingEnd,
        Self::MediaPublishVideo,
        Self::MediaPublishAudio,
        Self::MediaShareScreen,
        Self::ChatRead,
        Self::ChatWrite,
        Self::MediaChangeVirtualBackground,
    ];
}
