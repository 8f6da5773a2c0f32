//! Whereby: recordings and meetings, which are its rooms (`reference/other-providers-api.md` §2).

use axum::http::Method;

use super::{Answer, List, Lookup, Pin, Route, Scope};
use crate::gateway::config::Right::{Delete, Download, Play, Rooms};

const ROOM: &str = "/roomName";
const RECORDING: Lookup = Lookup { path: "/v1/recordings/{}", body: None, room: ROOM };
const MEETING: Lookup = Lookup { path: "/v1/meetings/{}", body: None, room: ROOM };

/// Whoever has them is host or viewer.
const HIDE_LINKS: Answer = Answer::Hiding(&["hostRoomUrl", "viewerRoomUrl"], &[Rooms]);

fn list(pin: Pin) -> Scope {
    let next = Some(("/cursor", "cursor"));
    Scope::List(List { pin, rows: &["/results"], room: ROOM, totals: &[], next })
}

pub fn routes() -> Vec<Route> {
    vec![
        Route::new(Method::GET, "/v1/recordings", list(Pin::Query("roomName")))
            .query(&["roomName", "cursor", "limit", "sortBy"]),
        Route::new(Method::GET, "/v1/recordings/{}", Scope::AnswerRoom(ROOM)),
        Route::new(Method::GET, "/v1/recordings/{}/access-link", Scope::PathLookup(RECORDING))
            .needs(&[Play, Download])
            .query(&["validForSeconds"]),
        Route::new(Method::DELETE, "/v1/recordings/{}", Scope::PathLookup(RECORDING))
            .needs(&[Delete]),
        Route::new(
            Method::POST,
            "/v1/recordings/bulk-delete",
            Scope::BodyLookups("recordingIds", RECORDING),
        )
        .needs(&[Delete]),
        Route::new(Method::GET, "/v1/meetings", list(Pin::No))
            .query(&["cursor", "limit", "fields"])
            .answer(HIDE_LINKS),
        Route::new(Method::GET, "/v1/meetings/{}", Scope::AnswerRoom(ROOM))
            .query(&["fields"])
            .answer(HIDE_LINKS),
        // The server makes up the names of new rooms.
        Route::new(Method::POST, "/v1/meetings", Scope::AllRooms).needs(&[Rooms]),
        Route::new(Method::DELETE, "/v1/meetings/{}", Scope::PathLookup(MEETING)).needs(&[Rooms]),
    ]
}
