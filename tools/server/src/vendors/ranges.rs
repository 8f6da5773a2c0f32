//! Byte ranges as HTTP has them and as object stores answer them: one range, a suffix or an open end; anything else
//! is as if no range had been asked for.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Whole,
    /// Both ends included.
    Range {
        start: u64,
        end: u64,
    },
    NotSatisfiable,
}

/// What a `Range` header asks of a file of `size` bytes.
pub fn part(header: &str, size: u64) -> Part {
    let Some((first, last)) = header.strip_prefix("bytes=").and_then(|it| it.split_once('-'))
    else {
        return Part::Whole;
    };
    match (number(first), number(last)) {
        // The last so many bytes.
        (None, Some(0)) if first.is_empty() => Part::NotSatisfiable,
        (None, Some(length)) if first.is_empty() => within(size.saturating_sub(length), None, size),
        (Some(start), None) if last.is_empty() => within(start, None, size),
        (Some(start), Some(end)) if start <= end => within(start, Some(end), size),
        _ => Part::Whole,
    }
}

fn within(start: u64, end: Option<u64>, size: u64) -> Part {
    if start >= size {
        return Part::NotSatisfiable;
    }
    Part::Range { start, end: end.unwrap_or(u64::MAX).min(size - 1) }
}

fn number(digits: &str) -> Option<u64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    // More digits than fit are still a number, beyond every file.
    is_number.then(|| digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_form_of_range() {
        let range = |start, end| Part::Range { start, end };
        for (header, expected) in [
            ("bytes=0-0", range(0, 0)),
            ("bytes=10-", range(10, 99)),
            ("bytes=-10", range(90, 99)),
            ("bytes=-1000", range(0, 99)),
            ("bytes=5-99999999999999999999999", range(5, 99)),
            ("bytes=100-", Part::NotSatisfiable),
            ("bytes=-0", Part::NotSatisfiable),
            ("bytes=9-5", Part::Whole),
            ("bytes=0-1,5-6", Part::Whole),
            ("bytes=-", Part::Whole),
            ("items=0-1", Part::Whole),
            ("bytes=+1-2", Part::Whole),
        ] {
            assert_eq!(part(header, 100), expected, "{header}");
        }
    }

    proptest! {
        #[test]
        fn never_leaves_the_file(header in "(bytes=)?[-0-9, ]{0,24}", size in 0u64..1_000_000) {
            if let Part::Range { start, end } = part(&header, size) {
                prop_assert!(start <= end && end < size);
            }
        }
    }
}
