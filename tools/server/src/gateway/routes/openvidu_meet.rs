//! OpenVidu Meet, by generation: its public API, which an API key opens (`reference/openvidu-meet-api.md` §1).

use axum::http::Method;

use super::{Answer, List, Lookup, Pin, Route, Scope};
use crate::config::Dialect;
use crate::gateway::config::Right::{self, Delete, Download, Play, Rooms, Share};

/// The paths of the public API, which moved twice.
macro_rules! api {
    ($base:literal) => {
        Paths {
            recordings: concat!($base, "/recordings"),
            recording: concat!($base, "/recordings/{}"),
            stream: concat!($base, "/recordings/{}/stream"),
            media: concat!($base, "/recordings/{}/media"),
            download: concat!($base, "/recordings/{}/download"),
            archive: concat!($base, "/recordings/download"),
            url: concat!($base, "/recordings/{}/url"),
            rooms: concat!($base, "/rooms"),
            room: concat!($base, "/rooms/{}"),
            room_settings: [
                concat!($base, "/rooms/{}/config"),
                concat!($base, "/rooms/{}/status"),
                concat!($base, "/rooms/{}/roles"),
                concat!($base, "/rooms/{}/access"),
            ],
        }
    };
}

struct Paths {
    recordings: &'static str,
    recording: &'static str,
    stream: &'static str,
    media: &'static str,
    download: &'static str,
    archive: &'static str,
    url: &'static str,
    rooms: &'static str,
    room: &'static str,
    /// Each generation has those before its own as well.
    room_settings: [&'static str; 4],
}

const AT_ROOT: Paths = api!("/api/v1");
const AT_MEET: Paths = api!("/meet/api/v1");

const LIST: &[&str] = &[
    "roomId",
    "roomName",
    "roomNameMatchMode",
    "roomNameCaseInsensitive",
    "status",
    "owner",
    "member",
    "fields",
    "extraFields",
    "maxItems",
    "nextPageToken",
    "sortField",
    "sortOrder",
];
const ONE: &[&str] = &["fields", "extraFields"];
const ROOM_DELETION: &[&str] = &["roomIds", "force", "withMeeting", "withRecordings"];
const NEXT: Option<(&str, &str)> = Some(("/pagination/nextPageToken", "nextPageToken"));

/// By these anybody joins a meeting, as its moderator even. From 3.8 on the links are `url` in `access`.
const HIDE_LINKS: Answer = Answer::Hiding(
    &[
        "moderatorUrl",
        "speakerUrl",
        "moderatorURL",
        "publisherURL",
        "viewerURL",
        "moderatorRoomUrl",
        "publisherRoomUrl",
        "viewerRoomUrl",
        "url",
    ],
    &[Rooms],
);

pub fn routes(dialect: Dialect) -> Vec<Route> {
    if dialect == Dialect::A {
        return first();
    }
    let paths = if dialect >= Dialect::V37 { AT_MEET } else { AT_ROOT };
    let mut routes = recordings(&paths);
    if dialect >= Dialect::V39 {
        routes.push(media(paths.media, &[Play]));
        routes.push(media(paths.download, &[Download]));
    } else {
        routes.push(media(paths.media, &[Play, Download]));
    }
    routes.extend(rooms(&paths, list(&["/rooms"], Pin::No)));
    let settings = match dialect {
        Dialect::B => 0,
        Dialect::V34 | Dialect::V341 | Dialect::V35 | Dialect::V37 => 2,
        _ => 4,
    };
    for path in paths.room_settings.into_iter().take(settings) {
        routes.push(Route::new(Method::PUT, path, Scope::PathRoom).needs(&[Rooms]));
        routes.push(Route::new(Method::GET, path, Scope::PathRoom).answer(HIDE_LINKS));
    }
    routes
}

fn list(rows: &'static [&'static str], pin: Pin) -> List {
    List { pin, rows, room: "/roomId", totals: &[], next: NEXT }
}

fn media(path: &'static str, needs: &'static [Right]) -> Route {
    Route::new(Method::GET, path, Scope::PathRecording).needs(needs).answer(Answer::Media)
}

fn recordings(paths: &Paths) -> Vec<Route> {
    let several = Scope::QueryRecordings;
    let list = Scope::List(list(&["/recordings"], Pin::Query("roomId")));
    vec![
        Route::new(Method::GET, paths.recordings, list).query(LIST),
        Route::new(Method::DELETE, paths.recordings, several("recordingIds"))
            .needs(&[Delete])
            .query(&["recordingIds"]),
        // Before the recording of the name `download`.
        Route::new(Method::GET, paths.archive, several("recordingIds"))
            .needs(&[Download])
            .query(&["recordingIds"])
            .answer(Answer::Media),
        Route::new(Method::GET, paths.recording, Scope::PathRecording).query(ONE),
        Route::new(Method::DELETE, paths.recording, Scope::PathRecording).needs(&[Delete]),
        Route::new(Method::GET, paths.url, Scope::PathRecording)
            .needs(&[Share])
            .query(&["privateAccess"]),
    ]
}

/// The server makes up the ids of new rooms, so nobody has a right to one beforehand.
fn rooms(paths: &Paths, list: List) -> Vec<Route> {
    let delete = |path, scope| Route {
        also: Some(("withRecordings", "force", Delete)),
        ..Route::new(Method::DELETE, path, scope).needs(&[Rooms]).query(ROOM_DELETION)
    };
    vec![
        Route::new(Method::GET, paths.rooms, Scope::List(list)).query(LIST).answer(HIDE_LINKS),
        Route::new(Method::POST, paths.rooms, Scope::AllRooms).needs(&[Rooms]),
        delete(paths.rooms, Scope::QueryRooms("roomIds")),
        Route::new(Method::GET, paths.room, Scope::PathRoom).query(ONE).answer(HIDE_LINKS),
        Route::new(Method::PUT, paths.room, Scope::PathRoom).needs(&[Rooms]),
        delete(paths.room, Scope::PathRoom),
    ]
}

/// Generation A: bare arrays, rooms by name, and ids of recordings that do not tell their room.
fn first() -> Vec<Route> {
    const LOOKUP: Lookup = Lookup { path: AT_MEET.recording, body: None, room: "/roomName" };
    const ROWS: List =
        List { pin: Pin::No, rows: &[""], room: "/roomName", totals: &[], next: None };
    let paths = AT_MEET;
    let mut routes = vec![
        Route::new(Method::GET, paths.recordings, Scope::List(ROWS)),
        Route::new(Method::DELETE, paths.recordings, Scope::BodyLookups("recordingIds", LOOKUP))
            .needs(&[Delete]),
        Route::new(Method::GET, paths.recording, Scope::AnswerRoom("/roomName")),
        Route::new(Method::DELETE, paths.recording, Scope::PathLookup(LOOKUP)).needs(&[Delete]),
        Route::new(Method::GET, paths.stream, Scope::PathLookup(LOOKUP))
            .needs(&[Play, Download])
            .answer(Answer::Media),
    ];
    routes.extend(rooms(&paths, ROWS));
    routes
}
