//! Requests that carry ids in their URL must stay short enough for the servers and proxies on the
//! way.

/// Bytes of ids in one URL, percent-encoding counted. Common limits are 8 KB for a request line.
const MOST_BYTES: usize = 4096;

/// Splits ids, in order, into parts of at most `most` ids and 4 KB of URL. An id longer than that
/// stands alone.
pub fn batches<I: Clone>(ids: &[I], text: fn(&I) -> &str, most: usize) -> Vec<Vec<I>> {
    let mut parts: Vec<Vec<I>> = Vec::new();
    let mut room = 0;
    for id in ids {
        // Worst case: every byte percent-encoded, plus an encoded comma.
        let cost =
            text(id).bytes().map(|b| if b.is_ascii_alphanumeric() { 1 } else { 3 }).sum::<usize>()
                + 3;
        match parts.last_mut() {
            Some(part) if part.len() < most && cost <= room => {
                part.push(id.clone());
                room -= cost;
            }
            _ => {
                parts.push(vec![id.clone()]);
                room = MOST_BYTES.saturating_sub(cost);
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::RecordingId;
    use crate::provider::{OpenViduMeet, Provider, Version};

    proptest! {
        #[test]
        fn every_id_once_in_order_and_within_the_limits(
            ids in prop::collection::vec("[a-zA-Z0-9-]{1,80}|\\PC{1,40}", 0..300),
            most in 1..60_usize,
        ) {
            let ids: Vec<_> = ids.into_iter().filter_map(RecordingId::new).collect();
            let parts = batches(&ids, RecordingId::as_str, most);
            prop_assert_eq!(parts.concat(), ids);
            let server = OpenViduMeet::new(Version::B);
            for part in parts {
                prop_assert!(!part.is_empty() && part.len() <= most);
                prop_assert!(part.len() == 1 || server.delete(&part).unwrap().target.len() <= MOST_BYTES + 64);
            }
        }
    }
}
