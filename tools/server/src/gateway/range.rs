//! Byte ranges as HTTP has them (RFC 9110 §14): what a browser asks for, and which part of a file that is.

/// The one range of a `Range` header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    From { start: u64, end: Option<u64> },
    Last(u64),
}

/// The part of a file to send; `end` is the last byte, as in the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Bytes { start: u64, end: u64 },
    NotSatisfiable,
}

impl Asked {
    /// `None` for what may be answered with the whole file: other units, several ranges, nonsense.
    pub fn parse(header: &str) -> Option<Self> {
        let (start, end) = header.strip_prefix("bytes=")?.split_once('-')?;
        match (start, end) {
            ("", last) => Some(Self::Last(number(last)?)),
            (start, "") => Some(Self::From { start: number(start)?, end: None }),
            (start, end) => {
                let (start, end) = (number(start)?, number(end)?);
                (start <= end).then_some(Self::From { start, end: Some(end) })
            }
        }
    }

    /// `size` in bytes.
    pub fn of(self, size: u64) -> Part {
        let (start, end) = match self {
            Self::From { start, end } => (start, end.unwrap_or(u64::MAX)),
            Self::Last(0) => return Part::NotSatisfiable,
            Self::Last(count) => (size.saturating_sub(count), u64::MAX),
        };
        match start < size {
            true => Part::Bytes { start, end: end.min(size - 1) },
            false => Part::NotSatisfiable,
        }
    }
}

fn number(digits: &str) -> Option<u64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    // More digits than fit are still a number, beyond every file.
    is_number.then(|| digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn part(header: &str, size: u64) -> Option<Part> {
        Asked::parse(header).map(|asked| asked.of(size))
    }

    #[test]
    fn reads_single_ranges() {
        let bytes = |start, end| Some(Part::Bytes { start, end });
        for (header, expected) in [
            ("bytes=0-", bytes(0, 999)),
            ("bytes=0-0", bytes(0, 0)),
            ("bytes=999-", bytes(999, 999)),
            ("bytes=990-5000", bytes(990, 999)),
            ("bytes=-1", bytes(999, 999)),
            ("bytes=-5000", bytes(0, 999)),
            ("bytes=0-99999999999999999999999", bytes(0, 999)),
            ("bytes=1000-", Some(Part::NotSatisfiable)),
            ("bytes=99999999999999999999999-", Some(Part::NotSatisfiable)),
            ("bytes=-0", Some(Part::NotSatisfiable)),
        ] {
            assert_eq!(part(header, 1000), expected, "{header}");
        }
        for header in [
            "",
            "bytes",
            "bytes=",
            "bytes=-",
            "bytes=5-4",
            "bytes=0-1,2-3",
            "items=0-1",
            "bytes=+0-1",
        ] {
            assert_eq!(part(header, 1000), None, "{header}");
        }
        assert_eq!(part("bytes=0-", 0), Some(Part::NotSatisfiable));
        assert_eq!(part("bytes=-1", 0), Some(Part::NotSatisfiable));
    }

    proptest! {
        #[test]
        fn never_leaves_the_file(header in "(bytes=)?[-0-9, ]{0,24}", size in 0u64..1000) {
            if let Some(Part::Bytes { start, end }) = part(&header, size) {
                prop_assert!(start <= end && end < size);
            }
        }
    }
}
