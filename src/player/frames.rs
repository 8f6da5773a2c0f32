//! How long one frame is, found out from the frames that are shown: a `<video>` does not say it, and
//! stepping by a guess shows some frames twice and others never.

/// Seconds, until more is known: what most recordings have.
const USUAL: f64 = 1.0 / 30.0;
/// Seconds that one frame may last. Shorter is no step that a viewer could take; longer was a seek or
/// a picture that stood still.
const SHORTEST: f64 = 1.0 / 250.0;
const LONGEST: f64 = 0.5;
/// Differences after which they are trusted, and no more are needed.
const ENOUGH: usize = 12;
/// How much longer than another a frame may be and still be one: less than two.
const UNEVEN: f64 = 1.5;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frames {
    /// Seconds: the frame that was shown last.
    last: Option<f64>,
    /// Seconds from frame to frame, the shortest first.
    differences: Vec<f64>,
}

impl Frames {
    /// A frame is shown that begins at this many of the media's seconds
    /// (`requestVideoFrameCallback`'s `mediaTime`).
    pub fn seen(&mut self, seconds: f64) {
        let difference = self.last.map(|last| seconds - last);
        self.last = Some(seconds);
        let difference = difference.filter(|it| (SHORTEST..LONGEST).contains(it));
        if let Some(difference) = difference.filter(|_| !self.is_sure()) {
            let at = self.differences.partition_point(|it| *it < difference);
            self.differences.insert(at, difference);
        }
    }

    /// Seconds. Frames that the browser leaves out, to keep up with a high speed or for want of power, make
    /// differences of two frames and more, perhaps most of them. So this is the median only of those like
    /// the shorter ones; the very shortest may be a slip of the recorder.
    pub fn duration(&self) -> f64 {
        if !self.is_sure() {
            return USUAL;
        }
        let at = |at: usize| self.differences.get(at).copied().unwrap_or(USUAL);
        let short = at(ENOUGH / 4);
        let start = self.differences.partition_point(|it| *it * UNEVEN < short);
        let end = self.differences.partition_point(|it| *it < short * UNEVEN);
        at((start + end) / 2)
    }

    /// Enough frames were seen.
    pub fn is_sure(&self) -> bool {
        self.differences.len() >= ENOUGH
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn frames(times: impl IntoIterator<Item = f64>) -> Frames {
        let mut frames = Frames::default();
        times.into_iter().for_each(|it| frames.seen(it));
        frames
    }

    fn is_near(frames: &Frames, duration: f64) -> bool {
        frames.is_sure() && (frames.duration() - duration).abs() < 0.001
    }

    #[test]
    fn it_takes_some_frames_to_be_sure() {
        let few = frames((0..12).map(|n| f64::from(n) / 25.0));
        assert_eq!((few.is_sure(), few.duration()), (false, USUAL));
        assert!(is_near(&frames((0..13).map(|n| f64::from(n) / 25.0)), 1.0 / 25.0));
    }

    #[test]
    fn times_in_whole_milliseconds_do() {
        // As WebM has them.
        let times = (0..40).map(|n| (f64::from(n) * 1000.0 / 30.0).round() / 1000.0);
        assert!(is_near(&frames(times), 1.0 / 30.0));
    }

    #[test]
    fn seeks_pauses_and_the_same_frame_again_are_no_frames() {
        let times = (0..40).flat_map(|n| {
            let time = f64::from(n) / 25.0 + if n > 6 { 600.0 } else { 0.0 };
            [time, time]
        });
        assert!(is_near(&frames(times), 1.0 / 25.0));
        assert!(!frames([5.0, 3.0, f64::NAN, 1.0, 0.0, 9.0, 8.0, 30.0, 0.0]).is_sure());
    }

    #[test]
    fn frames_left_out_do_not_make_a_frame_longer() {
        // Two of three are left out half of the time.
        let times = (0..90).filter(|n| n % 6 < 3 || n % 3 == 0).map(|n| f64::from(n) / 30.0);
        assert!(is_near(&frames(times), 1.0 / 30.0));
    }

    proptest! {
        #[test]
        fn a_step_is_always_one_that_can_be_made(times in prop::collection::vec(prop_oneof![any::<f64>(), 0.0..1.0], 0..60)) {
            prop_assert!((SHORTEST..LONGEST).contains(&frames(times).duration()));
        }

        #[test]
        fn most_may_be_left_out(
            rate in 8_u32..120,
            steps in prop::collection::vec(1_u32..4, 8).prop_map(|it| [it, vec![1; 4]].concat()).prop_shuffle(),
        ) {
            let mut at = 0;
            let times = steps.iter().map(|step| {
                at += step;
                f64::from(at) / f64::from(rate)
            });
            prop_assert!(is_near(&frames([0.0].into_iter().chain(times)), 1.0 / f64::from(rate)));
        }
    }
}
