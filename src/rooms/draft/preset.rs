//! Times that people choose with one click.

const MINUTE: i64 = 60_000;
pub const HOUR: i64 = 60 * MINUTE;

/// Usual times to delete a room at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatePreset {
    /// From now.
    Hours(u8),
    Day,
    Week,
    /// 30 days.
    Month,
    Never,
}

impl DatePreset {
    /// Two hours at least: of one, too little may be left when the form is sent.
    pub const ALL: [Self; 5] = [Self::Hours(2), Self::Day, Self::Week, Self::Month, Self::Never];

    /// Milliseconds since 1970, at a full minute, as forms show it.
    pub fn date(self, now_ms: i64) -> Option<i64> {
        let hours = match self {
            Self::Hours(hours) => hours.into(),
            Self::Day => 24,
            Self::Week => 7 * 24,
            Self::Month => 30 * 24,
            Self::Never => return None,
        };
        Some((now_ms + hours * HOUR + MINUTE - 1).div_euclid(MINUTE) * MINUTE)
    }
}
