//! The list: recordings that are ready and those being processed, with temporary links in the rows themselves.

use serde_json::{Value, json};

use crate::query::Query;
use crate::recordings::id::id_of;
use crate::recordings::model::Status;
use crate::state::World;
use crate::vendors::catalogue::Entry;
use crate::vendors::dates::iso;
use crate::vendors::storage::presign;

/// Seconds that a link in a row is valid. The vendor does not say; an hour is what object stores do.
const VALIDITY: u32 = 3600;
const DEFAULT_LIMIT: usize = 10;
const MAX_LIMIT: usize = 100;

pub struct Asked<'a> {
    room_id: Option<&'a str>,
    meeting_id: Option<&'a str>,
    /// From 1.
    page: usize,
    limit: usize,
}

impl<'a> Asked<'a> {
    /// Numbers that are none count as not given.
    pub fn read(query: &'a Query) -> Self {
        let number = |name, default| {
            let number = query.get(name).and_then(|text| text.parse().ok());
            number.filter(|number| *number > 0).unwrap_or(default)
        };
        Self {
            room_id: query.get("roomId"),
            meeting_id: query.get("meetingId"),
            page: number("page", 1),
            limit: number("limit", DEFAULT_LIMIT).min(MAX_LIMIT),
        }
    }
}

/// `{data, pagination}`, the newest first.
pub fn page(world: &World, asked: &Asked, base: &str) -> Value {
    let clock = world.clock.now();
    let catalogue = &world.vendor.catalogue;
    let mut found: Vec<(&Entry, Status)> = catalogue
        .entries
        .iter()
        .filter(|entry| asked.room_id.is_none_or(|id| id == entry.room_id()))
        .filter(|entry| asked.meeting_id.is_none_or(|id| id == catalogue.session_of(entry).sid))
        .filter_map(|entry| Some((entry, entry.status(&world.recordings, clock)?)))
        .filter(|(_, status)| is_listed(*status))
        .collect();
    found.sort_by_key(|(entry, _)| std::cmp::Reverse(entry.started));
    let limit = world.pages.size(asked.limit);
    let total = found.len();
    let rows = found
        .iter()
        .skip((asked.page - 1).saturating_mul(limit))
        .take(limit)
        .map(|(entry, status)| info(world, entry, *status, base));
    json!({
        "data": rows.collect::<Vec<Value>>(),
        "pagination": {
            "page": asked.page,
            "totalPages": total.div_ceil(limit),
            "limit": limit,
            "total": total,
        },
    })
}

/// What has failed is not there, and what has hardly begun is not there yet.
fn is_listed(status: Status) -> bool {
    matches!(status, Status::Active | Status::Ending | Status::Complete | Status::LimitReached)
}

/// `Recording`: no name, no size, no duration.
fn info(world: &World, entry: &Entry, status: Status, base: &str) -> Value {
    if let Some(instead) = world.overrides.get(&id_of(&entry.key)) {
        return instead.clone();
    }
    let path = format!("/s3/superviz/{}.mp4", entry.uuid);
    let url = match status {
        Status::Active => String::new(),
        // While it is being processed, the link is there before the file is.
        _ => presign(base, &path, world.vendor.now(&world.clock), VALIDITY),
    };
    json!({
        "uuid": entry.uuid,
        "url": url,
        "roomId": entry.room_id(),
        "status": if status.in_progress() { "processing" } else { "available" },
        "meetingId": world.vendor.catalogue.session_of(entry).sid,
        "createdAt": iso(entry.started),
    })
}
