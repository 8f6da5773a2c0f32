//! `/auth/recording/fetch`, `info` and `delete`. A recording is listed when its file is ready; nothing is said about
//! those in progress and those that failed.

use serde_json::{Value, json};

use super::Call;
use super::fields::Fields;
use super::metadata;
use super::past_rooms;
use super::reply::{Failure, Reply};
use crate::recordings::id::id_of;
use crate::state::World;
use crate::vendors::catalogue::Entry;

const DAY: i64 = 24 * 60 * 60 * 1000;
/// Recordings from before sessions and metadata were kept.
const OLD: i64 = 540 * DAY;

/// What `fetch` is asked for, as the server understands it.
pub struct Asked<'a> {
    pub room_ids: Vec<&'a str>,
    pub room_sid: Option<&'a str>,
    pub from: u32,
    pub limit: u32,
    pub order_by: &'a str,
}

impl<'a> Asked<'a> {
    pub fn read(fields: &'a Fields) -> Result<Self, Failure> {
        let order_by = fields.text("order_by")?.filter(|order| !order.is_empty());
        Ok(Self {
            room_ids: fields.texts("room_ids")?,
            room_sid: fields.text("room_sid")?,
            from: fields.count("from")?.unwrap_or_default(),
            limit: match fields.count("limit")? {
                None | Some(0) => 20,
                Some(limit) => limit.min(100),
            },
            order_by: order_by.unwrap_or("DESC"),
        })
    }

    /// One page of so many of what was found, in ascending order.
    pub fn page<T>(&self, mut found: Vec<T>, limit: usize) -> Vec<T> {
        // Anything but these three letters is descending.
        if self.order_by != "ASC" {
            found.reverse();
        }
        found.into_iter().skip(self.from as usize).take(limit).collect()
    }
}

pub fn fetch(call: &Call) -> Result<Reply, Failure> {
    let asked = Asked::read(&call.fields)?;
    let world = call.state.world();
    let result = page(&world, &asked, &call.base);
    if result["total_recordings"] == "0" {
        return Err(Failure::NoRecordings);
    }
    Ok(Reply::success().with("result", result))
}

/// `FetchRecordingsResult`.
pub fn page(world: &World, asked: &Asked, base: &str) -> Value {
    let clock = world.clock.now();
    let catalogue = &world.vendor.catalogue;
    let is_asked_for = |entry: &&Entry| match asked.room_sid {
        // A session replaces the rooms, even the empty one that nothing has.
        Some(sid) => catalogue.session_of(entry).sid == sid,
        None => asked.room_ids.is_empty() || asked.room_ids.contains(&entry.room_id()),
    };
    let found: Vec<&Entry> = catalogue
        .entries
        .iter()
        .filter(|entry| entry.is_finished(&world.recordings, clock))
        .filter(is_asked_for)
        .collect();
    let total = found.len();
    let limit = world.pages.size(asked.limit as usize);
    let rows = asked.page(found, limit).into_iter().map(|entry| info_of(world, entry, base));
    json!({
        "total_recordings": total.to_string(),
        "from": asked.from,
        "limit": limit,
        "order_by": asked.order_by,
        "recordings_list": rows.collect::<Vec<Value>>(),
    })
}

pub fn info(call: &Call) -> Result<Reply, Failure> {
    let world = call.state.world();
    let entry = find(&world, call.fields.required("record_id")?)?;
    let session = world.vendor.catalogue.session_of(entry);
    let room = if is_old(&world, entry) { None } else { Some(session) };
    Ok(Reply::success()
        .with("recording_info", info_of(&world, entry, &call.base))
        .with("room_info", past_rooms::info_beside_recording(room)))
}

pub fn delete(call: &Call) -> Result<Reply, Failure> {
    delete_by_id(&mut call.state.world(), call.fields.required("record_id")?)?;
    Ok(Reply::success())
}

pub fn delete_by_id(world: &mut World, record_id: &str) -> Result<(), Failure> {
    let key = find(world, record_id)?.key.clone();
    world.recordings.remove(&key);
    world.overrides.remove(&id_of(&key));
    Ok(())
}

/// The entry of a recording that is listed.
pub fn find<'a>(world: &'a World, record_id: &str) -> Result<&'a Entry, Failure> {
    let catalogue = &world.vendor.catalogue;
    let (sid, started) = record_id.rsplit_once('-').ok_or(Failure::NoRecording)?;
    let is_it = |entry: &&Entry| {
        started.parse() == Ok(entry.started) && catalogue.session_of(entry).sid == sid
    };
    let entry = catalogue.entries.iter().find(is_it);
    entry
        .filter(|entry| entry.is_finished(&world.recordings, world.clock.now()))
        .ok_or(Failure::NoRecording)
}

/// `<session id>-<milliseconds when it began>`.
pub fn record_id(world: &World, entry: &Entry) -> String {
    format!("{}-{}", world.vendor.catalogue.session_of(entry).sid, entry.started)
}

pub fn file_path(world: &World, entry: &Entry) -> String {
    format!("node_01/{}/{}.mp4", entry.room_id(), record_id(world, entry))
}

/// Whether the session of the recording is forgotten.
pub fn is_old(world: &World, entry: &Entry) -> bool {
    entry.started < world.vendor.start - OLD
}

/// `RecordingInfo`.
fn info_of(world: &World, entry: &Entry, base: &str) -> Value {
    if let Some(instead) = world.overrides.get(&id_of(&entry.key)) {
        return instead.clone();
    }
    let session = world.vendor.catalogue.session_of(entry);
    let room_created = if is_old(world, entry) { 0 } else { session.created / 1000 };
    let mut info = json!({
        "record_id": record_id(world, entry),
        "room_id": entry.room_id(),
        "room_sid": session.sid,
        "file_path": file_path(world, entry),
        "file_size": megabytes(entry.media.bytes().len()),
        "creation_time": (entry.listed / 1000).to_string(),
        "room_creation_time": room_created.to_string(),
    });
    if let Some(metadata) = metadata::of(world, entry, base) {
        info["metadata"] = metadata.json();
    }
    info
}

/// Millions of bytes with two decimals.
fn megabytes(bytes: usize) -> f64 {
    (bytes as f64 / 10_000.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_decimal_megabytes_with_two_decimals() {
        let sizes = [0, 4_999, 89_133, 6_846_784, 123_454_999].map(megabytes);
        assert_eq!(sizes, [0.0, 0.0, 0.09, 6.85, 123.45]);
    }

    #[test]
    fn only_asc_is_ascending() {
        for (order, expected) in [("ASC", [1, 2]), ("asc", [3, 2]), ("DESC", [3, 2])] {
            let asked =
                Asked { room_ids: vec![], room_sid: None, from: 0, limit: 2, order_by: order };
            assert_eq!(asked.page(vec![1, 2, 3], 2), expected, "{order}");
        }
    }
}
