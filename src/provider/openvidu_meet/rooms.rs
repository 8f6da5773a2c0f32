//! Rooms of OpenVidu Meet, every generation: rooms that stay, with settings, links and a deletion that
//! asks first. What a generation can do is in `abilities`, its JSON in `write` and `read`.
//! Source: `openvidu-meet-api.md` §1.

mod abilities;
mod fields;
mod read;
mod rights;
#[cfg(test)]
mod tests;
mod write;

use super::{LARGEST_PAGE, OpenViduMeet, Version};
use crate::{
    model::{
        Cursor, DeletionPolicy, Error, Page, RecordingId, Room, RoomCapabilities, RoomField,
        RoomId, RoomReport, RoomSettings, WithMeeting,
    },
    provider::{
        RoomProvider,
        http::{Answer, Request, json_object},
        percent::{encode, query},
    },
};

impl Version {
    /// Deleting asks what becomes of a meeting and of recordings; rooms have a state, and parts of
    /// their settings places of their own.
    fn has_policies(self) -> bool {
        self >= Self::V34
    }

    fn has_e2ee(self) -> bool {
        self >= Self::V35
    }

    /// Captions, and how recordings are composed.
    fn has_composition(self) -> bool {
        self >= Self::V37
    }

    /// `allowAccessTo`: who may see the recordings, in one word.
    fn has_recording_access(self) -> bool {
        (Self::B..Self::V38).contains(&self)
    }

    /// Who may enter and what they may do there, thing by thing; users and owners.
    fn has_roles(self) -> bool {
        self >= Self::V38
    }
}

impl OpenViduMeet {
    fn rooms(self) -> String {
        format!("{}/rooms", self.version.api())
    }

    fn room(self, id: &RoomId, part: &str) -> String {
        format!("{}/{}{part}", self.rooms(), encode(&id.0))
    }
}

impl RoomProvider for OpenViduMeet {
    fn capabilities(&self) -> RoomCapabilities {
        abilities::of(self.version)
    }

    /// Before 3.5 in the order of the server's storage. From 3.8 on without settings, which are extra.
    fn list(&self, cursor: Option<&Cursor>) -> Request {
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        if self.version.has_pages() {
            pairs.push(("maxItems", LARGEST_PAGE));
        }
        if self.version.has_sort() {
            pairs.extend([("sortField", "creationDate"), ("sortOrder", "desc")]);
        }
        if let Some(cursor) = cursor {
            pairs.push(("nextPageToken", &cursor.0));
        }
        Request::get(format!("{}{}", self.rooms(), query(&pairs)))
    }

    fn read_list(&self, _cursor: Option<&Cursor>, answer: &Answer) -> Result<Page<Room>, Error> {
        read::list(answer)
    }

    fn get(&self, id: &RoomId) -> Request {
        let extra: &[_] =
            if self.version.has_roles() { &[("extraFields", "config,roles")] } else { &[] };
        Request::get(self.room(id, &query(extra)))
    }

    fn read_get(&self, _id: &RoomId, answer: &Answer) -> Result<Room, Error> {
        read::one(answer)
    }

    fn create(&self, settings: &RoomSettings) -> Option<Request> {
        Some(Request::post(&self.rooms(), Some(write::created(self.version, settings))))
    }

    fn read_created(&self, answer: &Answer) -> Result<Room, Error> {
        read::one(answer)
    }

    /// Up to 3.0 the settings are the room's body; later each part has an address.
    fn update(&self, id: &RoomId, before: &RoomSettings, after: &RoomSettings) -> Vec<Request> {
        write::changed(self.version, before, after)
            .into_iter()
            .map(|(part, body)| Request::put(self.room(id, part), body))
            .collect()
    }

    /// While a meeting goes on a room is closed when it ends.
    fn set_open(&self, id: &RoomId, is_open: bool) -> Option<Request> {
        let status = if is_open { "open" } else { "closed" };
        let body = json_object(&[("status", status)]);
        self.version.has_policies().then(|| Request::put(self.room(id, "/status"), body))
    }

    /// One by its own address, whose answer says most. 3.0 never fails for what is in the way: it
    /// waits for the meeting's end, or ends it.
    fn delete(&self, ids: &[RoomId], policy: DeletionPolicy) -> Option<Request> {
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        let names: Vec<&str> = ids.iter().map(|id| id.0.as_str()).collect();
        let joined = names.join(",");
        let target = match ids {
            [] => return None,
            [id] => self.room(id, ""),
            _ if self.version == Version::A => return None,
            _ => {
                pairs.push(("roomIds", &joined));
                self.rooms()
            }
        };
        if self.version.has_policies() {
            pairs.push(("withMeeting", write::with_meeting(policy.with_meeting)));
            pairs.push(("withRecordings", write::with_recordings(policy.with_recordings)));
        } else if self.version == Version::B && policy.with_meeting == WithMeeting::Force {
            pairs.push(("force", "true"));
        }
        Some(Request::delete(format!("{target}{}", query(&pairs))))
    }

    fn read_delete(&self, ids: &[RoomId], answer: &Answer) -> Result<RoomReport, Error> {
        read::delete(ids, answer)
    }

    /// Only the first generation lets an administrator do it; later it is for who is in the meeting.
    fn start_recording(&self, room: &RoomId) -> Option<Request> {
        let body = json_object(&[("roomName", &room.0)]);
        (self.version == Version::A).then(|| Request::post(&self.recordings(), Some(body)))
    }

    fn stop_recording(&self, recording: &RecordingId) -> Option<Request> {
        (self.version == Version::A).then(|| Request {
            body: None,
            ..Request::put(self.recording(recording, "", None), String::new())
        })
    }

    fn field(&self, name: &str) -> Option<RoomField> {
        fields::named(name)
    }
}
