//! Finds a folded text in many texts that lie one after the other. Case is not copied away but ignored
//! on the fly, for ASCII; other texts come folded. Eight places are looked at with each step, without SIMD,
//! which not every browser has.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = ONES << 7;
/// What tells lower case from upper in ASCII; it also blurs some signs, so hits are looked at again.
const CASE: u64 = 0x20;

/// Where `needle` (lower case) begins in `text`, at `from` or after.
pub fn find(text: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let Some(&last) = needle.last() else { return Some(from) };
    let end = (text.len() + 1).checked_sub(needle.len())?;
    // The last two bytes: while somebody types, they are what is new.
    let ahead = needle.len() - 1;
    let before = ahead.saturating_sub(1);
    let lower = ONES * CASE;
    let first = (u64::from(needle.get(before).copied().unwrap_or(last)) * ONES) | lower;
    let second = (u64::from(last) * ONES) | lower;
    let mut at = from;
    while let (Some(x), Some(y)) = (eight(text, at + before), eight(text, at + ahead)) {
        let differs = ((x | lower) ^ first) | ((y | lower) ^ second);
        // A high bit where a byte is zero; above the lowest there can be false ones.
        let mut zeros = differs.wrapping_sub(ONES) & !differs & HIGHS;
        while zeros != 0 {
            let start = at + zeros.trailing_zeros() as usize / 8;
            if is_at(text, start, needle) {
                return Some(start);
            }
            zeros &= zeros - 1;
        }
        at += 8;
    }
    (at..end).find(|start| is_at(text, *start, needle))
}

pub fn contains(text: &str, needle: &str) -> bool {
    find(text.as_bytes(), needle.as_bytes(), 0).is_some()
}

/// Which rows have `needle` in one of their texts. `ends` says where each text ends, `texts` of them a row.
pub fn sweep(text: &[u8], ends: &[u32], texts: usize, needle: &[u8], hit: &mut dyn FnMut(usize)) {
    let (mut at, mut current) = (0, 0);
    while let Some(start) = find(text, needle, at) {
        while ends.get(current).is_some_and(|end| *end as usize <= start) {
            current += 1;
        }
        let Some(end) = ends.get(current) else { return };
        if start + needle.len() <= *end as usize {
            let row = current / texts;
            hit(row);
            at = ends.get(row * texts + texts - 1).map_or(text.len(), |end| *end as usize);
        } else {
            at = start + 1;
        }
    }
}

#[inline]
fn eight(text: &[u8], at: usize) -> Option<u64> {
    text.get(at..at + 8)?.try_into().ok().map(u64::from_le_bytes)
}

#[inline]
fn is_at(text: &[u8], at: usize, needle: &[u8]) -> bool {
    text.get(at..at + needle.len()).is_some_and(|there| {
        there.iter().zip(needle).all(|(byte, wanted)| byte.to_ascii_lowercase() == *wanted)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn finds_what_str_finds(text in "[aAbB@`_-]{0,60}", needle in "[ab@`_-]{1,4}", from in 0_usize..20) {
            let lower = text.to_ascii_lowercase();
            let expected = lower.get(from..).and_then(|rest| rest.find(&needle)).map(|at| at + from);
            prop_assert_eq!(find(text.as_bytes(), needle.as_bytes(), from), expected);
        }

        #[test]
        fn sweeping_finds_each_row_once(
            rows in prop::collection::vec(("[abA]{0,9}", "[abB]{0,5}"), 0..30),
            needle in "[ab]{1,3}",
        ) {
            let (mut text, mut ends) = (String::new(), Vec::new());
            for (first, second) in &rows {
                for part in [first, second] {
                    text.push_str(part);
                    ends.push(text.len() as u32);
                }
            }
            let mut found = Vec::new();
            sweep(text.as_bytes(), &ends, 2, needle.as_bytes(), &mut |row| found.push(row));
            let has = |part: &String| part.to_ascii_lowercase().contains(&needle);
            let expected: Vec<usize> =
                (0..rows.len()).filter(|at| has(&rows[*at].0) || has(&rows[*at].1)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
