//! The files behind all recordings, compiled in. `media/README.md` says how they were made.

use bytes::Bytes;

/// In the order of `Media`. A static, because constants are compiled in once for each use.
static FILES: [&[u8]; 5] = [
    include_bytes!("../../media/five-seconds.mp4"),
    include_bytes!("../../media/half-minute.mp4"),
    include_bytes!("../../media/one-minute.mp4"),
    include_bytes!("../../media/twelve-minutes.mp4"),
    include_bytes!("../../media/twenty-minutes.mp4"),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    FiveSeconds,
    HalfMinute,
    OneMinute,
    TwelveMinutes,
    TwentyMinutes,
}

impl Media {
    pub const ALL: [Self; 5] = [
        Self::FiveSeconds,
        Self::HalfMinute,
        Self::OneMinute,
        Self::TwelveMinutes,
        Self::TwentyMinutes,
    ];

    pub fn bytes(self) -> Bytes {
        Bytes::from_static(FILES[self as usize])
    }

    pub fn seconds(self) -> f64 {
        match self {
            Self::FiveSeconds => 5.0,
            Self::HalfMinute => 30.0,
            Self::OneMinute => 60.0,
            Self::TwelveMinutes => 720.0,
            Self::TwentyMinutes => 1200.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(bytes: &[u8], needle: &[u8]) -> usize {
        bytes.windows(needle.len()).position(|window| window == needle).unwrap()
    }

    #[test]
    fn the_files_last_as_long_as_they_say() {
        for media in Media::ALL {
            let bytes = media.bytes();
            // A version 0 header: times, then the time scale and the duration in its units.
            let header = find(&bytes, b"mvhd") + 4;
            let number = |at: usize| {
                let at = header + at;
                u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap())
            };
            let seconds = f64::from(number(16)) / f64::from(number(12));
            assert!((seconds - media.seconds()).abs() < 0.05, "{media:?}: {seconds}");
        }
    }

    #[test]
    fn the_index_is_first_in_some_and_last_in_others() {
        let first = Media::ALL.map(|media| {
            let bytes = media.bytes();
            find(&bytes, b"moov") < find(&bytes, b"mdat")
        });
        assert_eq!(first, [true, false, false, false, true]);
    }

    #[test]
    fn one_file_exceeds_the_cap_on_open_ranges_and_all_stay_small() {
        let sizes = Media::ALL.map(|media| media.bytes().len());
        assert!(sizes[4] > 5 * 1024 * 1024);
        assert!(sizes.iter().sum::<usize>() < 12_000_000);
    }
}
