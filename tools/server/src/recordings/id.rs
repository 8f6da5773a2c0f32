//! Recording ids, `{roomId}--EG_xxx--{uid}`, and the keys they are stored under, `{roomId}/EG_xxx/{uid}`.
//! The keys are those of the real server's object store: their byte order is the order of its lists.

use crate::error::{ApiError, ApiResult};
use crate::query::{Query, split};
use crate::rooms::model::sanitise_id;

const BAD_FORMAT: &str = "recordingId does not follow the expected format";

/// The key of the recording `id`, or `None` when the id is malformed. Its room part is sanitised on the way.
pub fn key_of(id: &str) -> Option<String> {
    let mut parts = id.trim().split("--");
    let (room, egress, uid) = (parts.next()?, parts.next()?, parts.next()?);
    let room = sanitise_id(room);
    let egress_id = egress.strip_prefix("EG_")?;
    let complete =
        parts.next().is_none() && !room.is_empty() && !egress_id.is_empty() && !uid.is_empty();
    complete.then(|| format!("{room}/{egress}/{uid}"))
}

/// The key in the path or in `field` of a request; 422 when the id is malformed.
pub fn require_key(id: &str, field: &str) -> ApiResult<String> {
    key_of(id).ok_or_else(|| ApiError::invalid(field, BAD_FORMAT))
}

/// The keys in `recordingIds`, each once, in the order given.
pub fn require_keys(query: &Query) -> ApiResult<Vec<String>> {
    let list =
        query.get("recordingIds").ok_or_else(|| ApiError::invalid("recordingIds", "Required"))?;
    let mut keys: Vec<String> = Vec::new();
    let mut bad = Vec::new();
    for (index, id) in split(list).enumerate() {
        match require_key(id, &format!("recordingIds.{index}")) {
            Ok(key) if keys.contains(&key) => {}
            Ok(key) => keys.push(key),
            Err(error) => bad.extend(error.details),
        }
    }
    if !bad.is_empty() {
        return Err(ApiError::invalid_fields(bad));
    }
    if keys.is_empty() {
        return Err(ApiError::invalid(
            "recordingIds",
            "recordingIds must contain at least one item",
        ));
    }
    Ok(keys)
}

pub fn id_of(key: &str) -> String {
    key.replace('/', "--")
}

pub fn room_of(key: &str) -> &str {
    key.split('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_ids_convert_into_each_other() {
        let key = key_of("room-abc--EG_x1--u1").unwrap();
        assert_eq!(key, "room-abc/EG_x1/u1");
        assert_eq!(id_of(&key), "room-abc--EG_x1--u1");
        assert_eq!(room_of(&key), "room-abc");
    }

    #[test]
    fn the_room_part_is_sanitised_and_trimmed() {
        assert_eq!(key_of("  room .abc--EG_x--u ").as_deref(), Some("roomabc/EG_x/u"));
    }

    #[test]
    fn malformed_ids_have_no_key() {
        for id in [
            "",
            "room",
            "room--EG_x",
            "room--x--u",
            "room--EG_--u",
            "--EG_x--u",
            "room--EG_x--",
            "room--EG_x--u--v",
        ] {
            assert_eq!(key_of(id), None, "{id}");
        }
    }
}
