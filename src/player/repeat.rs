//! Loop A–B: a stretch that plays again and again. Only playing over its end leads back: who seeks
//! outside of it wants to be there.

/// Seconds: a shorter stretch would be more seeking than playing.
const SHORTEST: f64 = 0.5;

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Repeat {
    from: Option<f64>,
    to: Option<f64>,
    /// The picture is before the stretch's end, or has come there by playing.
    is_in: bool,
}

impl Repeat {
    /// Seconds.
    pub fn from(&self) -> Option<f64> {
        self.from
    }

    /// Seconds. Without it nothing repeats yet.
    pub fn to(&self) -> Option<f64> {
        self.to
    }

    /// From here, where the picture is (seconds). An end that is not after it belongs to another
    /// stretch and goes.
    pub fn set_from(&mut self, position: f64) {
        if is_place(position) {
            self.from = Some(position);
            self.to = self.to.filter(|to| to - position >= SHORTEST);
            self.is_in = true;
        }
    }

    /// To here, where the picture is (seconds). A stretch that has no beginning gets the recording's; when here
    /// is before it, the two change places; when it is very near, the beginning is moved, as there may be
    /// no more behind.
    pub fn set_to(&mut self, position: f64) {
        if is_place(position) {
            let from = self.from.unwrap_or_default();
            let to = from.max(position).max(SHORTEST);
            let from = from.min(position).min(to - SHORTEST);
            *self = Self { from: Some(from), to: Some(to), is_in: true };
        }
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The viewer, or a loop, has sought and the picture is there (seconds).
    pub fn sought(&mut self, position: f64) {
        self.is_in = self.to.is_some_and(|to| position < to);
    }

    /// The picture has come here by playing (seconds), or has ended here. Where to seek when it has
    /// passed the stretch's end; not to be asked again until it is there.
    pub fn played(&mut self, position: f64) -> Option<f64> {
        let is_over = position >= self.to?;
        self.is_in |= !is_over;
        if is_over && self.is_in { self.from } else { None }
    }
}

fn is_place(position: f64) -> bool {
    position.is_finite() && position >= 0.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stretch(from: f64, to: f64) -> Repeat {
        let mut repeat = Repeat::default();
        repeat.set_from(from);
        repeat.set_to(to);
        repeat
    }

    fn ends(repeat: &Repeat) -> (Option<f64>, Option<f64>) {
        (repeat.from(), repeat.to())
    }

    #[test]
    fn goes_back_at_the_end() {
        let mut repeat = stretch(10.0, 20.0);
        // The button is pressed at the end.
        assert_eq!(repeat.played(20.1), Some(10.0));
        repeat.sought(10.0);
        assert_eq!(repeat.played(19.9), None);
        assert_eq!(repeat.played(20.0), Some(10.0));
        repeat.clear();
        assert_eq!(repeat.played(20.0), None);
    }

    #[test]
    fn who_seeks_outside_stays_there() {
        let mut repeat = stretch(10.0, 20.0);
        repeat.sought(30.0);
        assert_eq!(repeat.played(30.2), None);
        // Before the stretch: plays into it, and then repeats it.
        repeat.sought(5.0);
        assert_eq!(repeat.played(5.2), None);
        assert_eq!(repeat.played(20.2), Some(10.0));
    }

    #[test]
    fn a_throttled_page_that_tells_seldom_repeats_too() {
        let mut repeat = stretch(10.0, 20.0);
        repeat.sought(10.0);
        assert_eq!(repeat.played(75.0), Some(10.0));
    }

    #[test]
    fn nothing_repeats_without_an_end() {
        let mut repeat = Repeat::default();
        repeat.set_from(10.0);
        assert_eq!(repeat.played(4000.0), None);
    }

    #[test]
    fn without_a_beginning_it_is_the_recordings() {
        let mut repeat = Repeat::default();
        repeat.set_to(20.0);
        assert_eq!(ends(&repeat), (Some(0.0), Some(20.0)));
    }

    #[test]
    fn ends_the_wrong_way_round() {
        assert_eq!(ends(&stretch(20.0, 10.0)), (Some(10.0), Some(20.0)));
        let mut repeat = stretch(10.0, 20.0);
        repeat.set_from(30.0);
        assert_eq!(ends(&repeat), (Some(30.0), None));
    }

    #[test]
    fn two_presses_in_one_place_make_a_short_stretch() {
        assert_eq!(ends(&stretch(10.0, 10.0)), (Some(9.5), Some(10.0)));
        assert_eq!(ends(&stretch(0.1, 0.2)), (Some(0.0), Some(0.5)));
    }

    proptest! {
        #[test]
        fn a_stretch_can_be_sought_and_takes_its_time(steps in prop::collection::vec((0..4, -1.0..99.0), 0..20)) {
            let mut repeat = Repeat::default();
            for (step, position) in steps {
                match step {
                    0 => repeat.set_from(position),
                    1 => repeat.set_to(position),
                    2 => repeat.sought(position),
                    _ => {
                        if let Some(start) = repeat.played(position) {
                            prop_assert!(position >= start + SHORTEST);
                        }
                    }
                }
                prop_assert!(repeat.from().is_none_or(|it| it >= 0.0));
                if let Some(to) = repeat.to() {
                    prop_assert!(repeat.from().is_some_and(|from| to - from >= SHORTEST));
                }
            }
        }
    }
}
