//! SuperViz: one list, in which each row has the address of its film (`reference/other-providers-api.md` §3).

use axum::http::Method;

use super::{Answer, List, Pin, Route, Scope};
use crate::gateway::config::Right::{Download, Play};

const LIST: List = List {
    pin: Pin::Query("roomId"),
    // Newer servers wrap the array that older ones answer with.
    rows: &["/data", ""],
    room: "/roomId",
    totals: &["/pagination/total"],
    next: None,
};

pub fn routes() -> Vec<Route> {
    vec![
        Route::new(Method::GET, "/recording", Scope::List(LIST))
            .query(&["roomId", "meetingId", "page", "limit"])
            .answer(Answer::Hiding(&["url"], &[Play, Download])),
    ]
}
