//! PlugNmeet: everything is a POST with JSON, whose fields have names in snake case or camel case
//! (`reference/other-providers-api.md` §1).

use axum::http::Method;

use super::{Answer, List, Lookup, Pin, Route, Scope};
use crate::gateway::config::Right::{self, Delete, Download, Edit, Play, Rooms};

const RECORD_ID: &str = "record_id";
const INFO_ROOM: &str = "/recording_info/room_id";

const RECORDING: Lookup =
    Lookup { path: "/auth/recording/info", body: Some(RECORD_ID), room: INFO_ROOM };
/// A session has one room, which is that of its recordings.
const SESSION: Lookup = Lookup {
    path: "/auth/recording/fetch",
    body: Some("room_sid"),
    room: "/result/recordings_list/0/room_id",
};

/// Where the server tells a room's events; the address may have a secret in it.
const HIDE_WEBHOOKS: Answer = Answer::Hiding(&["webhook_url"], &[Rooms]);

/// Empty is every room there, so the rooms of a user are always named.
fn list(rows: &'static [&'static str], room: &'static str, pin: Pin) -> Scope {
    Scope::List(List {
        pin,
        rows,
        room,
        totals: &["/result/total_recordings", "/result/total_rooms"],
        next: None,
    })
}

fn post(path: &'static str, needs: &'static [Right], scope: Scope) -> Route {
    Route::new(Method::POST, path, scope).needs(needs)
}

pub fn routes() -> Vec<Route> {
    let recording = || Scope::BodyLookup(RECORD_ID, RECORDING);
    let room = || Scope::BodyRoom("room_id");
    let mut routes = vec![
        post(
            "/auth/recording/fetch",
            &[],
            list(&["/result/recordings_list"], "/room_id", Pin::Body("room_ids")),
        ),
        post("/auth/recording/info", &[], Scope::AnswerRoom(INFO_ROOM)).answer(HIDE_WEBHOOKS),
        post("/auth/recording/recordingInfo", &[], Scope::AnswerRoom(INFO_ROOM))
            .answer(HIDE_WEBHOOKS),
        post("/auth/recording/getDownloadToken", &[Play, Download], recording()),
        post("/auth/recording/updateMetadata", &[Edit], recording()),
        post("/auth/recording/mergeRecordings", &[Edit], Scope::Merge(RECORDING, SESSION)),
        post("/auth/recording/delete", &[Delete], recording()),
        // Whoever has the token was given it by `getDownloadToken`.
        Route::new(Method::GET, "/download/recording/{}", Scope::Any).answer(Answer::OpenMedia),
    ];
    routes.extend([
        post("/auth/room/create", &[Rooms], room()),
        post("/auth/room/endRoom", &[Rooms], room()),
        post("/auth/room/isRoomActive", &[], room()),
        post("/auth/room/getActiveRoomInfo", &[], room()).answer(HIDE_WEBHOOKS),
        post(
            "/auth/room/getActiveRoomsInfo",
            &[],
            list(&["/rooms"], "/room_info/room_id", Pin::No),
        )
        .answer(HIDE_WEBHOOKS),
        post(
            "/auth/room/fetchPastRooms",
            &[],
            list(&["/result/rooms_list"], "/room_id", Pin::Body("room_ids")),
        )
        .answer(HIDE_WEBHOOKS),
    ]);
    routes
}
