//! Recordings in progress are asked after until they are done: a few at a time, in turn, so that a
//! hundred of them cost the server no more than five.

use crate::model::RecordingId;

/// How many are asked after at once.
const POLL_AT_ONCE: usize = 5;

/// Milliseconds until the next turn, longer after each turn that failed.
pub fn poll_pause(failures: u32) -> u32 {
    const SHORTEST: u32 = 4_000;
    const LONGEST: u32 = 60_000;
    SHORTEST.saturating_mul(1 << failures.min(8)).min(LONGEST)
}

/// Whose turn it is; `turn` counts up.
pub fn poll_turn(in_progress: &[RecordingId], turn: usize) -> Vec<RecordingId> {
    if in_progress.len() <= POLL_AT_ONCE {
        return in_progress.to_vec();
    }
    let first = (turn * POLL_AT_ONCE) % in_progress.len();
    in_progress.iter().cycle().skip(first).take(POLL_AT_ONCE).cloned().collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn everyone_has_a_turn() {
        let ids: Vec<_> = (0..13).filter_map(|n| RecordingId::new(n.to_string())).collect();
        let asked: HashSet<_> = (0..3).flat_map(|turn| poll_turn(&ids, turn)).collect();
        assert_eq!(asked.len(), ids.len());
    }

    #[test]
    fn failures_slow_it_down_to_a_minute() {
        assert_eq!(poll_pause(0), 4_000);
        assert_eq!(poll_pause(2), 16_000);
        assert_eq!(poll_pause(u32::MAX), 60_000);
    }
}
