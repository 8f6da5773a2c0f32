//! Two quick taps on the left or right of the picture seek, and each further one seeks more. The
//! first of them cannot know: it counts as a single one, which shows or hides the controls.

/// Seconds that each tap seeks.
pub const TAP_SECONDS: u32 = 10;

/// Milliseconds within which a second tap makes a double tap.
const DOUBLE_MS: u64 = 300;
/// Milliseconds within which a further tap counts on.
const FURTHER_MS: u64 = 600;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tap {
    Single,
    /// Seek [`TAP_SECONDS`] more. In all, since the first of these taps, it is this many seconds: to be
    /// shown, not to be sought.
    Back(u32),
    Forward(u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Taps {
    last: Option<Last>,
}

#[derive(Clone, Debug, PartialEq)]
struct Last {
    side: Side,
    at_ms: u64,
    /// Taps before it that belong to it.
    before: u32,
}

impl Taps {
    /// `x_share` is where, from 0 at the left to 1 at the right, whichever way the page is read: time
    /// runs to the right.
    pub fn tap(&mut self, x_share: f64, at_ms: u64) -> Tap {
        let side = match x_share {
            x if x < 1.0 / 3.0 => Side::Left,
            x if x > 2.0 / 3.0 => Side::Right,
            _ => {
                self.last = None;
                return Tap::Single;
            }
        };
        let before = self.last.as_ref().map_or(0, |last| {
            let patience = if last.before == 0 { DOUBLE_MS } else { FURTHER_MS };
            let is_quick = at_ms.checked_sub(last.at_ms).is_some_and(|it| it <= patience);
            if is_quick && last.side == side { last.before.saturating_add(1) } else { 0 }
        });
        self.last = Some(Last { side, at_ms, before });
        let seconds = before.saturating_mul(TAP_SECONDS);
        match side {
            _ if before == 0 => Tap::Single,
            Side::Left => Tap::Back(seconds),
            Side::Right => Tap::Forward(seconds),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taps<const N: usize>(taps: [(f64, u64); N]) -> [Tap; N] {
        let mut it = Taps::default();
        taps.map(|(x, at)| it.tap(x, at))
    }

    #[test]
    fn two_quick_taps_seek_and_further_ones_more() {
        let taps = taps([(0.9, 0), (0.9, 300), (0.7, 900), (1.0, 1501), (1.0, 1801)]);
        let wanted =
            [Tap::Single, Tap::Forward(10), Tap::Forward(20), Tap::Single, Tap::Forward(10)];
        assert_eq!(taps, wanted);
    }

    #[test]
    fn slow_taps_are_single_ones() {
        assert_eq!(taps([(0.1, 0), (0.1, 301), (0.1, 700)]), [Tap::Single; 3]);
    }

    #[test]
    fn the_middle_and_the_other_side_begin_anew() {
        assert_eq!(taps([(0.5, 0), (0.5, 100), (f64::NAN, 200)]), [Tap::Single; 3]);
        let taps = taps([(0.1, 0), (0.9, 100), (0.1, 200), (0.1, 300), (0.5, 400), (0.1, 500)]);
        let wanted =
            [Tap::Single, Tap::Single, Tap::Single, Tap::Back(10), Tap::Single, Tap::Single];
        assert_eq!(taps, wanted);
    }
}
