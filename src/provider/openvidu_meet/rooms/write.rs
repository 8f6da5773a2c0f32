//! The bodies that make and change rooms. Making says all there is; changing only what has changed, as
//! far as the generation lets parts be left out.

use super::{Version, rights};
use crate::{
    model::{RecordingAccess, RecordingLayout, RoomSettings, WithMeeting, WithRecordings},
    provider::http::{json_fields, json_text},
};

/// The presets; anything else is an object that says all.
pub const ENCODINGS: [&str; 8] = [
    "H264_720P_30",
    "H264_720P_60",
    "H264_1080P_30",
    "H264_1080P_60",
    "PORTRAIT_H264_720P_30",
    "PORTRAIT_H264_720P_60",
    "PORTRAIT_H264_1080P_30",
    "PORTRAIT_H264_1080P_60",
];

type Fields = Vec<(&'static str, String)>;

/// What there was, when there was something.
type Before<'a> = Option<&'a RoomSettings>;

pub fn with_meeting(choice: WithMeeting) -> &'static str {
    match choice {
        WithMeeting::Fail => "fail",
        WithMeeting::WhenMeetingEnds => "when_meeting_ends",
        WithMeeting::Force => "force",
    }
}

pub fn with_recordings(choice: WithRecordings) -> &'static str {
    match choice {
        WithRecordings::Fail => "fail",
        WithRecordings::Close => "close",
        WithRecordings::Force => "force",
    }
}

/// A name that is left empty is the server's to make up.
pub fn created(version: Version, it: &RoomSettings) -> String {
    let is_first = version == Version::A;
    let mut fields = Fields::new();
    let (name, date) = match is_first {
        true => ("roomNamePrefix", "expirationDate"),
        false => ("roomName", "autoDeletionDate"),
    };
    if !it.name.trim().is_empty() {
        fields.push((name, json_text(it.name.trim())));
    }
    fields.extend(it.deletes_at.map(|ms| (date, ms.to_string())));
    if it.deletes_at.is_some() && version.has_policies() {
        let policy = [
            ("withMeeting", json_text(with_meeting(it.deletion.with_meeting))),
            ("withRecordings", json_text(with_recordings(it.deletion.with_recordings))),
        ];
        fields.push(("autoDeletionPolicy", json_fields(&policy)));
    }
    if is_first {
        fields.extend(it.max_participants.map(|most| ("maxParticipants", most.to_string())));
    }
    fields.push((whole(version), json_fields(&config(version, None, it))));
    if version.has_roles() {
        fields.push(("roles", json_fields(&roles(version, None, it))));
        fields.push(("access", json_fields(&access(None, it))));
    }
    json_fields(&fields)
}

/// The address below the room's and the body of each part that has changed.
pub fn changed(
    version: Version,
    before: &RoomSettings,
    it: &RoomSettings,
) -> Vec<(&'static str, String)> {
    let mut parts = Vec::new();
    let mut settings = config(version, Some(before), it);
    // Up to 3.4 what is left out is an error.
    if !settings.is_empty() && version <= Version::V341 {
        settings = config(version, None, it);
    }
    let mut put = |part, name, fields: &Fields| {
        if !fields.is_empty() {
            parts.push((part, json_fields(&[(name, json_fields(fields))])));
        }
    };
    if version.has_policies() {
        put("/config", "config", &settings);
    } else if version == Version::A && !settings.is_empty() {
        // Its specification has them as the body, and an example within one more object: this is both.
        settings.push((whole(version), json_fields(&settings)));
    }
    if version.has_roles() {
        put("/roles", "roles", &roles(version, Some(before), it));
        put("/access", "access", &access(Some(before), it));
    }
    if !version.has_policies() && !settings.is_empty() {
        parts.push(("", json_fields(&settings)));
    }
    parts
}

fn whole(version: Version) -> &'static str {
    if version.has_policies() { "config" } else { "preferences" }
}

fn flag(is_on: bool) -> String {
    json_fields(&[("enabled", is_on.to_string())])
}

fn config(version: Version, before: Before, it: &RoomSettings) -> Fields {
    let [chat, recording_name, background] = match version.has_policies() {
        true => ["chat", "recording", "virtualBackground"],
        false => ["chatPreferences", "recordingPreferences", "virtualBackgroundPreferences"],
    };
    let mut fields = Fields::new();
    let mut put = |name, is_there: bool, of: fn(&RoomSettings) -> bool| {
        if is_there && before.is_none_or(|before| of(before) != of(it)) {
            fields.push((name, flag(of(it))));
        }
    };
    put(chat, true, |it| it.chat);
    put(background, true, |it| it.virtual_background);
    put("e2ee", version.has_e2ee(), |it| it.e2ee);
    put("captions", version.has_composition(), |it| it.captions);
    fields.extend(recording(version, before, it).map(|json| (recording_name, json)));
    fields
}

/// Who may see the recordings is asked for where there are to be any, and where there are none not told
/// by the server, so that it is left as it is.
fn recording(version: Version, before: Before, it: &RoomSettings) -> Option<String> {
    let mut fields = Fields::new();
    if version.has_composition() {
        if before.is_none_or(|before| before.layout != it.layout) {
            fields.push(("layout", json_text(layout(it.layout))));
        }
        let is_preset = ENCODINGS.contains(&it.encoding.as_str());
        if is_preset && before.is_none_or(|before| before.encoding != it.encoding) {
            fields.push(("encoding", json_text(&it.encoding)));
        }
    }
    let has_access = version.has_recording_access() && it.recording;
    let is_changed = before.is_none_or(|before| {
        before.recording != it.recording
            || (has_access && before.recording_access != it.recording_access)
    });
    if fields.is_empty() && !is_changed {
        return None;
    }
    fields.push(("enabled", it.recording.to_string()));
    if has_access {
        fields.push(("allowAccessTo", json_text(viewers(version, it.recording_access))));
    }
    Some(json_fields(&fields))
}

fn layout(layout: RecordingLayout) -> &'static str {
    match layout {
        RecordingLayout::Grid => "grid",
        RecordingLayout::Speaker => "speaker",
        RecordingLayout::SingleSpeaker => "single-speaker",
    }
}

/// With dashes in 3.0, with underscores later.
fn viewers(version: Version, access: RecordingAccess) -> &'static str {
    let names = match access {
        RecordingAccess::Admin => ["admin", "admin"],
        RecordingAccess::Moderators => ["admin-moderator", "admin_moderator"],
        RecordingAccess::Speakers => ["admin-moderator-speaker", "admin_moderator_speaker"],
    };
    names[usize::from(version.has_policies())]
}

fn roles(version: Version, before: Before, it: &RoomSettings) -> Fields {
    let mut fields = Fields::new();
    let roles = [
        ("moderator", it.moderator_rights, before.map(|it| it.moderator_rights)),
        ("speaker", it.speaker_rights, before.map(|it| it.speaker_rights)),
    ];
    for (name, rights, before) in roles {
        if before != Some(rights) {
            let permissions = rights::write(version, rights);
            fields.push((name, json_fields(&[("permissions", permissions)])));
        }
    }
    fields
}

fn access(before: Before, it: &RoomSettings) -> Fields {
    let changed = |of: fn(&RoomSettings) -> bool| {
        before.is_none_or(|before| of(before) != of(it)).then(|| flag(of(it)))
    };
    let links = [
        ("moderator", changed(|it| it.moderator_link)),
        ("speaker", changed(|it| it.speaker_link)),
        ("recording", changed(|it| it.recordings_link)),
    ];
    let links: Fields = links.into_iter().filter_map(|(name, flag)| Some((name, flag?))).collect();
    let mut fields = Fields::new();
    if !links.is_empty() {
        fields.push(("anonymous", json_fields(&links)));
    }
    fields.extend(changed(|it| it.users).map(|flag| ("user", flag)));
    fields
}
