//! SuperViz: a list to look at, play and save; nothing there can be changed. The two generations of
//! its API differ in host and headers, which are the gateway's business, not in what they answer.
//! Source: `other-providers-api.md` §3.

mod read;
#[cfg(test)]
mod tests;

use super::{
    Media, Provider,
    http::{Answer, Request},
    percent::query,
};
use crate::model::{
    Capabilities, Cursor, Error, Intent, Link, Page, Query, Recording, RecordingRef, Secret,
};

/// Rows of a page; the server's own measure is 10, and its largest is not documented.
const PAGE: &str = "100";
const FIRST_PAGE: &str = "1";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SuperViz;

impl Provider for SuperViz {
    fn capabilities(&self) -> Capabilities {
        Capabilities {
            play: true,
            download: true,
            status: true,
            filter_room: true,
            ..Capabilities::NONE
        }
    }

    fn list(&self, wanted: &Query, cursor: Option<&Cursor>) -> Request {
        let room = wanted.room.as_ref().map(|room| room.0.as_str());
        page(room, wanted.session.as_deref(), cursor.map_or(FIRST_PAGE, |cursor| &cursor.0))
    }

    fn read_list(&self, answer: &Answer) -> Result<Page<Recording>, Error> {
        read::list(answer)
    }

    /// The server has no way to ask for one, so it is the list of its meeting.
    fn get(&self, it: &RecordingRef, _secret: Option<&Secret>) -> Request {
        page(it.room_id.as_deref(), it.session_id.as_deref(), FIRST_PAGE)
    }

    fn read_get(&self, it: &RecordingRef, answer: &Answer) -> Result<Recording, Error> {
        read::get(&it.id, answer)
    }

    /// Lists have links, but those end after a while that the server does not tell: asked for anew.
    fn media(&self, it: &RecordingRef, _intent: Intent, secret: Option<&Secret>) -> Media {
        Media::Ask(self.get(it, secret))
    }

    fn read_link(&self, it: &RecordingRef, answer: &Answer) -> Result<Link, Error> {
        read::link(&it.id, answer)
    }
}

fn page(room: Option<&str>, meeting: Option<&str>, number: &str) -> Request {
    let filters = [("roomId", room), ("meetingId", meeting)];
    let filters = filters.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let pairs: Vec<(&str, &str)> = filters.chain([("page", number), ("limit", PAGE)]).collect();
    Request::get(format!("/recording{}", query(&pairs)))
}
