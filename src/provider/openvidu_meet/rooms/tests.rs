mod deletions;
mod properties;
mod reading;
mod requests;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::{
    model::{
        EndAction, Obstacle, RecordingAccess, RecordingLayout, RoomLink, RoomOutcome, RoomRight,
        RoomRights, RoomRole, RoomStatus, Unexpected, WithRecordings,
    },
    provider::{
        Method,
        openvidu_meet::tests::VERSIONS,
        testing::{answer, any_json, any_row},
    },
};

fn at(version: Version) -> OpenViduMeet {
    OpenViduMeet { version }
}

fn id(text: &str) -> RoomId {
    RoomId(text.into())
}

fn listed(body: &str) -> Room {
    let page = at(Version::V39).read_list(None, &answer(200, body)).unwrap();
    assert_eq!(page.unreadable, 0);
    page.items.into_iter().next().unwrap()
}

fn json_of(request: &Request) -> Value {
    serde_json::from_str(request.body.as_deref().unwrap()).unwrap()
}

fn links(room: &Room) -> Vec<(RoomRole, &str, bool)> {
    let link = |it: &'_ RoomLink| it.is_enabled;
    room.links.iter().map(|it| (it.role, it.url.expose(), link(it))).collect()
}
