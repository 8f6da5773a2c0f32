//! `/auth/recording/mergeRecordings`: queues a job whose result, a moment later, is one more recording.

use crate::recordings::model::{Course, Outcome, Recording};
use crate::sample::media::Media;
use crate::state::World;
use crate::vendors::catalogue::Entry;
use crate::vendors::crypto::uuid;

use super::Call;
use super::fields::Fields;
use super::recordings::{find, record_id};
use super::reply::{Failure, Reply};

/// Milliseconds of work, and how long the queue refuses another job for the same room.
const WORK: i64 = 3_000;
const REFUSAL: i64 = 120_000;

pub fn merge(call: &Call) -> Result<Reply, Failure> {
    let mut world = call.state.world();
    let world = &mut *world;
    let by_session = call.fields.message("by_session")?;
    let by_ids = call.fields.message("by_ids")?;
    let (room_id, parts) = match (by_session, by_ids) {
        (Some(scope), None) => of_session(world, &scope)?,
        (None, Some(scope)) => of_ids(world, &scope)?,
        _ => {
            let text = "validation error: merge_scope: exactly one field is required in oneof";
            return Err(Failure::Invalid(text.to_owned()));
        }
    };
    let clock = world.clock.now();
    let merging = &world.vendor.plugnmeet.merging;
    if merging.get(&room_id).is_some_and(|until| clock < *until) {
        return Err(Failure::Merging);
    }
    if parts.len() < 2 {
        return Err(Failure::TooFewRecordings);
    }
    world.vendor.plugnmeet.merging.insert(room_id, clock + REFUSAL);
    queue(world, &parts);
    Ok(Reply::success())
}

/// What a job works on: the room and the places of the recordings in the catalogue.
type Job = (Box<str>, Vec<usize>);

fn of_session(world: &World, scope: &Fields) -> Result<Job, Failure> {
    let sid = scope.required("room_sid")?;
    let excluded = scope.texts("exclude_recording_ids")?;
    let catalogue = &world.vendor.catalogue;
    let session = catalogue.sessions.iter().position(|session| session.sid == sid);
    let session = session.ok_or(Failure::NoRoom)?;
    let clock = world.clock.now();
    let of_session: Vec<usize> = (0..catalogue.entries.len())
        .filter(|place| {
            let entry = &catalogue.entries[*place];
            entry.session == session && entry.is_finished(&world.recordings, clock)
        })
        .collect();
    if of_session.is_empty() {
        return Err(Failure::NoRecording);
    }
    let wanted = |place: &usize| {
        let id = record_id(world, &catalogue.entries[*place]);
        !excluded.contains(&id.as_str())
    };
    let parts = of_session.into_iter().filter(wanted).collect();
    Ok((catalogue.sessions[session].room_id.clone(), parts))
}

fn of_ids(world: &World, scope: &Fields) -> Result<Job, Failure> {
    let room_id = scope.required("room_id")?;
    let ids = scope.texts("recording_ids")?;
    if ids.len() < 2 {
        let text = "validation error: by_ids.recording_ids: value must contain at least 2 item(s)";
        return Err(Failure::Invalid(text.to_owned()));
    }
    let mut parts = Vec::new();
    for id in ids {
        let entry = find(world, id).map_err(|_| Failure::NoSuchRecordings)?;
        let place = world.vendor.catalogue.entries.iter().position(|it| it.key == entry.key);
        match place {
            Some(place) if entry.room_id() == room_id && !parts.contains(&place) => {
                parts.push(place);
            }
            _ => return Err(Failure::NoSuchRecordings),
        }
    }
    Ok((room_id.into(), parts))
}

/// The result counts to the session of the last part and began when it was asked for.
fn queue(world: &mut World, parts: &[usize]) {
    let catalogue = &mut world.vendor.catalogue;
    let Some(last) = parts.last().map(|place| &catalogue.entries[*place]) else {
        return;
    };
    let seconds: f64 = parts.iter().map(|place| catalogue.entries[*place].media.seconds()).sum();
    // Merged files have their index at the end: of the sample's files, the one that comes closest.
    let media = if seconds <= 90.0 { Media::OneMinute } else { Media::TwelveMinutes };
    let clock = world.clock.now();
    let requested = world.vendor.start + clock;
    let uid = uuid(&format!("{} {requested}", last.key)).replace('-', "");
    let key: Box<str> = format!("{}/EG_merged/{uid}", last.room_id()).into();
    let session = last.session;
    let room_name = catalogue.sessions[session].title.clone();
    catalogue.add(Entry {
        key: key.clone(),
        uuid: uuid(&format!("recording {key}")),
        session,
        started: requested,
        listed: requested + WORK,
        media,
        place: None,
        merged: true,
    });
    let course = Course { active_at: clock, ending_at: clock, complete_at: clock + WORK };
    let outcome = Outcome::Live(course);
    world.recordings.insert(key, Recording { room_name, started: requested, outcome, media });
}
