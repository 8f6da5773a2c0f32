//! Byte ranges as OpenVidu Meet reads them, which is narrower than HTTP: one range, no suffixes, and open ranges
//! answered with at most 5 MiB (`reference/openvidu-meet-api.md`, "Media semantics").

/// The most that an open range (`bytes=N-`) is answered with.
pub const OPEN_CHUNK: u64 = 5 * 1024 * 1024;

/// The part of a file to send; `end` is the last byte, as in the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Whole,
    Range { start: u64, end: u64 },
    NotSatisfiable,
}

/// A well-formed `Range` header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    start: u64,
    end: Option<u64>,
}

impl Asked {
    /// Reads `^bytes=\d+-\d*$`; anything else, legal HTTP or not, is `None`.
    pub fn parse(header: &str) -> Option<Self> {
        let (start, end) = header.strip_prefix("bytes=")?.split_once('-')?;
        Some(Self {
            start: number(start)?,
            end: match end {
                "" => None,
                end => Some(number(end)?),
            },
        })
    }

    pub fn of(self, size: u64) -> Part {
        self.cut(size, OPEN_CHUNK)
    }

    /// The part, where an open range is answered with at most `open_chunk` bytes.
    pub fn cut(self, size: u64, open_chunk: u64) -> Part {
        if self.start >= size {
            return Part::NotSatisfiable;
        }
        let end = match self.end {
            // The real server answers a backward range with the whole file.
            Some(end) if end < self.start => return Part::Whole,
            Some(end) => end,
            None => self.start.saturating_add(open_chunk - 1),
        };
        Part::Range { start: self.start, end: end.min(size - 1) }
    }
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

    fn part(header: &str, size: u64) -> Option<Part> {
        Asked::parse(header).map(|asked| asked.of(size))
    }

    #[test]
    fn reads_what_the_real_server_reads() {
        let range = |start, end| Some(Part::Range { start, end });
        assert_eq!(part("bytes=0-499", 1000), range(0, 499));
        assert_eq!(part("bytes=0-0", 1000), range(0, 0));
        assert_eq!(part("bytes=999-", 1000), range(999, 999));
        assert_eq!(part("bytes=0-999999999", 1000), range(0, 999));
        assert_eq!(part("bytes=0-", 6_000_000), range(0, 5_242_879));
        assert_eq!(part("bytes=0-5999999", 6_000_000), range(0, 5_999_999));
        assert_eq!(part("bytes=1000-", 1000), Some(Part::NotSatisfiable));
        assert_eq!(part("bytes=5-4", 1000), Some(Part::Whole));
        for header in
            ["abc", "bytes=-5", "bytes=0-1,2-3", "items=0-1", "bytes=", "bytes=+1-2", "bytes=0-1 "]
        {
            assert_eq!(part(header, 1000), None, "{header}");
        }
    }

    proptest! {
        #[test]
        fn never_panics_and_never_leaves_the_file(header in "(bytes=)?[-0-9, ]{0,24}", size in 0u64..10_000_000) {
            if let Some(Part::Range { start, end }) = part(&header, size) {
                prop_assert!(start <= end && end < size);
            }
        }

        #[test]
        fn accepts_exactly_the_documented_form(header in "(bytes|items)?=?[0-9]{0,3}-?[0-9]{0,3}[-,]?") {
            let documented = header.strip_prefix("bytes=").and_then(|range| range.split_once('-')).is_some_and(
                |(start, end)| !start.is_empty() && (start.to_owned() + end).bytes().all(|byte| byte.is_ascii_digit()),
            );
            prop_assert_eq!(Asked::parse(&header).is_some(), documented);
        }

        #[test]
        fn open_ranges_together_make_the_file(size in 1u64..30_000_000) {
            let mut next = 0;
            while next < size {
                let Some(Part::Range { start, end }) = part(&format!("bytes={next}-"), size) else {
                    return Err(TestCaseError::fail("no range"));
                };
                prop_assert_eq!(start, next);
                prop_assert!(end - start < OPEN_CHUNK);
                next = end + 1;
            }
            prop_assert_eq!(next, size);
        }
    }
}
