//! The files behind Whereby's recordings. Which format they have and where they are is a setting of the organisation,
//! so some are Matroska and one is in the customer's own bucket.

use bytes::Bytes;

use crate::state::World;
use crate::vendors::catalogue::Entry;
use crate::vendors::storage::{Object, StorageError};

/// Places (see `Entry`) of recordings in Matroska, and of those in the customer's own bucket.
const MATROSKA: [usize; 2] = [3, 9];
const SELF_HOSTED: [usize; 1] = [5];

/// `media/five-seconds.mp4` in another container: `ffmpeg -i five-seconds.mp4 -c copy -map_metadata -1 -fflags +bitexact
/// five-seconds.mkv`.
static FIVE_SECONDS: &[u8] = include_bytes!("five-seconds.mkv");

pub struct File {
    pub bytes: Bytes,
    pub milliseconds: i64,
    /// `mp4` or `mkv`.
    pub extension: &'static str,
}

pub fn of(entry: &Entry) -> File {
    if is_at(entry, &MATROSKA) {
        let bytes = Bytes::from_static(FIVE_SECONDS);
        return File { bytes, milliseconds: 5_000, extension: "mkv" };
    }
    let milliseconds = entry.ended() - entry.started;
    File { bytes: entry.media.bytes(), milliseconds, extension: "mp4" }
}

pub fn is_self_hosted(entry: &Entry) -> bool {
    is_at(entry, &SELF_HOSTED)
}

/// The file of this name in the vendor's bucket.
pub fn object(world: &World, name: &str) -> Result<Object, StorageError> {
    let (uuid, extension) = name.split_once('.').ok_or(StorageError::NoObject)?;
    let entry = world.vendor.catalogue.by_uuid(uuid).ok_or(StorageError::NoObject)?;
    let file = of(entry);
    if file.extension != extension || !entry.is_finished(&world.recordings, world.clock.now()) {
        return Err(StorageError::NoObject);
    }
    let content_type = match extension {
        "mkv" => "video/x-matroska",
        _ => "video/mp4",
    };
    Ok(Object { bytes: file.bytes, content_type })
}

fn is_at(entry: &Entry, places: &[usize]) -> bool {
    entry.place.is_some_and(|place| places.contains(&place))
}
