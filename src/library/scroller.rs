//! Scrolling through more lines than a browser can lay out. The scroll area is never taller than
//! [`SPACE`]; when the lines are, the place in it stands for a place among the lines, and only the
//! lines in view are put where they are seen. It does not know what is in a line.
//!
//! Near both ends, and for every small movement, a pixel is a pixel. In between, a jump (the scroll
//! bar) goes to its share of the way. Small movements so drift away from where the scroll bar says
//! they are; that is put right when nobody scrolls ([`Scroller::resync`]).

use std::ops::Range;

/// The tallest scroll area, in CSS px. Chromium lays out in 1/64 of a device pixel in 32 bits and
/// cuts what is beyond 33,554,431 device pixels, which at a device pixel ratio of 3 and a zoom of
/// 500 % is 2,236,962 CSS px. Firefox (1/60 CSS px in 31 bits) and WebKit (1/64 px, zoom counted)
/// hold several times that.
pub const SPACE: f64 = 2_000_000.0;

/// The part of a scaled area at each end where a pixel is a pixel.
const EDGE: f64 = SPACE / 4.0;

/// Where in the viewport a line is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// No further than needed to see it whole.
    Nearest,
    Start,
    Center,
    End,
}

/// All lengths are CSS px. After every change the host gives the area [`Self::height`], then sets
/// the scroll top that the change returned, then puts the lines of [`Self::window`] where
/// [`Self::place`] says. The area clips what overflows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scroller {
    lines: usize,
    line_height: f64,
    viewport: f64,
    /// Where the scroll area stands.
    top: f64,
    /// Where the viewport begins among the lines, were they laid out one below the other.
    real: f64,
}

impl Scroller {
    /// At the first line. A line is at least one px high.
    pub fn new(lines: usize, line_height: f64, viewport: f64) -> Self {
        let mut scroller = Self { lines, line_height: 1.0, viewport: 0.0, top: 0.0, real: 0.0 };
        scroller.resize(lines, line_height, viewport);
        scroller
    }

    /// How tall the scroll area is.
    pub fn height(&self) -> f64 {
        self.lines_height().min(SPACE)
    }

    /// Other lines, another density or another viewport: the first line in view stays, as far as
    /// there are lines. The new scroll top.
    pub fn resize(&mut self, lines: usize, line_height: f64, viewport: f64) -> f64 {
        // `max` also takes what is not a number away.
        let line_height = line_height.max(1.0);
        self.real *= line_height / self.line_height;
        self.lines = lines;
        self.line_height = line_height;
        self.viewport = viewport.max(0.0);
        self.go(self.real)
    }

    /// Lines came (or went) above what is in view, which stays. The new scroll top.
    pub fn shift(&mut self, by: isize) -> f64 {
        self.lines = self.lines.saturating_add_signed(by);
        self.go(self.real + by as f64 * self.line_height)
    }

    /// The user, or the browser, scrolled to `top`.
    pub fn on_scroll(&mut self, top: f64) {
        // Rubber bands go beyond the ends.
        let top = top.max(0.0).min(self.last_top());
        let by = top - self.top;
        // Browsers round to device pixels, so that the end may not be reached to the last fraction.
        let is_at_an_end = top < 1.0 || top > self.last_top() - 1.0;
        let is_step = by.abs() <= self.longest_step();
        self.real = if self.is_scaled() && is_step && !is_at_an_end {
            self.real + by
        } else {
            self.real_at(top)
        };
        self.real = self.real.max(0.0).min(self.last_real());
        self.top = top;
    }

    /// Where the scroll area belongs now that nobody scrolls, when it has drifted.
    pub fn resync(&mut self) -> Option<f64> {
        let top = self.top_at(self.real);
        let is_off = (top - self.top).abs() >= 1.0;
        is_off.then(|| {
            self.top = top;
            top
        })
    }

    /// The lines to draw: those in view and `overscan` more on each side.
    pub fn window(&self, overscan: usize) -> Range<usize> {
        let first = (self.real / self.line_height).floor() as usize;
        let end = ((self.real + self.viewport) / self.line_height).ceil() as usize;
        let end = end.saturating_add(overscan).min(self.lines);
        first.saturating_sub(overscan).min(end)..end
    }

    /// Where in the scroll area the line belongs now. The same after a small movement.
    pub fn place(&self, line: usize) -> f64 {
        line as f64 * self.line_height + (self.top - self.real)
    }

    /// The scroll top at which the line is in view as wanted.
    pub fn scroll_to(&mut self, line: usize, align: Align) -> f64 {
        let start = line.min(self.lines.saturating_sub(1)) as f64 * self.line_height;
        let end = start + self.line_height - self.viewport;
        let real = match align {
            Align::Start => start,
            Align::Center => start.midpoint(end),
            Align::End => end,
            // A line taller than the viewport is read from its start.
            Align::Nearest if start < self.real || start < end => start,
            Align::Nearest if end > self.real => end,
            Align::Nearest => self.real,
        };
        self.go_near(real)
    }

    /// Goes there with the scroll area where it belongs.
    fn go(&mut self, real: f64) -> f64 {
        self.real = real.max(0.0).min(self.last_real());
        self.top = self.top_at(self.real);
        self.top
    }

    /// Goes there; when it is near, by as many px in the scroll area, so that the lines already
    /// drawn are right in the very frame that scrolls.
    fn go_near(&mut self, real: f64) -> f64 {
        let real = real.max(0.0).min(self.last_real());
        let by = real - self.real;
        let top = self.top + by;
        let is_inside = top >= 1.0 && top <= self.last_top() - 1.0;
        if by.abs() > self.longest_step() || !is_inside {
            return self.go(real);
        }
        self.real = real;
        self.top = if self.is_scaled() { top } else { real };
        self.top
    }

    /// What is longer is a jump. Several viewports, because a fling on a busy page comes in long
    /// steps; but less than a pixel of the scroll bar stands for, and never less than a viewport.
    fn longest_step(&self) -> f64 {
        let bar = 0.9 * self.last_top() / self.viewport.max(1.0);
        bar.min(4.0 * self.viewport).max(self.viewport)
    }

    fn lines_height(&self) -> f64 {
        self.lines as f64 * self.line_height
    }

    fn is_scaled(&self) -> bool {
        self.lines_height() > SPACE
    }

    fn last_top(&self) -> f64 {
        (self.height() - self.viewport).max(0.0)
    }

    fn last_real(&self) -> f64 {
        (self.lines_height() - self.viewport).max(0.0)
    }

    /// How long the unscaled ends are, and how many px of lines one px in between stands for.
    fn scale(&self) -> (f64, f64) {
        let edge = EDGE.min(self.last_top() / 4.0);
        let middle = self.last_top() - 2.0 * edge;
        let scale = if middle > 0.0 { (self.last_real() - 2.0 * edge) / middle } else { 1.0 };
        (edge, scale)
    }

    /// The place among the lines that a place in the scroll area stands for.
    fn real_at(&self, top: f64) -> f64 {
        let (edge, scale) = self.scale();
        if top <= edge || !self.is_scaled() {
            top
        } else if top >= self.last_top() - edge {
            self.last_real() - (self.last_top() - top)
        } else {
            edge + (top - edge) * scale
        }
    }

    /// The inverse of [`Self::real_at`].
    fn top_at(&self, real: f64) -> f64 {
        let (edge, scale) = self.scale();
        if real <= edge || !self.is_scaled() {
            real
        } else if real >= self.last_real() - edge {
            self.last_top() - (self.last_real() - real)
        } else {
            edge + (real - edge) / scale
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const VIEWPORT: f64 = 600.0;

    /// What is seen: the lines and where they stand in the viewport.
    fn seen(it: &Scroller) -> Vec<(usize, f64)> {
        it.window(0).map(|line| (line, it.place(line) - it.top)).collect()
    }

    fn covers_the_viewport(it: &Scroller) -> bool {
        let seen = seen(it);
        let (Some(first), Some(last)) = (seen.first(), seen.last()) else { return it.lines == 0 };
        let is_full = last.1 + it.line_height >= it.viewport - 0.01;
        first.1 <= 0.01 && (is_full || it.lines_height() < it.viewport)
    }

    #[test]
    fn what_fits_is_not_scaled() {
        let mut it = Scroller::new(1000, 44.0, VIEWPORT);
        assert_eq!(it.height(), 44_000.0);
        it.on_scroll(30_000.0);
        assert_eq!(it.window(2), 679..698);
        assert_eq!(it.place(700), 30_800.0);
        assert_eq!(it.resync(), None);
    }

    #[test]
    fn both_ends_of_ten_million_lines_are_reached_exactly() {
        let mut it = Scroller::new(10_000_000, 68.0, VIEWPORT);
        assert_eq!(it.height(), SPACE);
        it.on_scroll(SPACE);
        assert_eq!(it.window(0), 9_999_991..10_000_000);
        assert_eq!(it.place(9_999_999), SPACE - 68.0);
        it.on_scroll(0.0);
        assert_eq!(seen(&it)[0], (0, 0.0));
        let top = it.scroll_to(9_999_999, Align::Nearest);
        assert_eq!(top, SPACE - VIEWPORT);
    }

    #[test]
    fn a_jump_goes_its_share_of_the_way() {
        let mut it = Scroller::new(1_000_000, 44.0, VIEWPORT);
        it.on_scroll((SPACE - VIEWPORT) / 2.0);
        assert!(it.window(0).contains(&500_000));
    }

    #[test]
    fn only_as_far_as_needed() {
        let mut it = Scroller::new(100, 50.0, VIEWPORT);
        assert_eq!(it.scroll_to(11, Align::Nearest), 0.0);
        assert_eq!(it.scroll_to(12, Align::Nearest), 50.0);
        assert_eq!(it.scroll_to(0, Align::Nearest), 0.0);
        assert_eq!(it.scroll_to(50, Align::Center), 2225.0);
        assert_eq!(it.scroll_to(50, Align::End), 1950.0);
        assert_eq!(it.scroll_to(99, Align::Start), 4400.0);
    }

    #[test]
    fn a_line_taller_than_the_viewport_is_seen_from_its_start() {
        let mut it = Scroller::new(100, 500.0, 300.0);
        assert_eq!(it.scroll_to(3, Align::Nearest), 1500.0);
        assert_eq!(it.scroll_to(3, Align::Nearest), 1500.0);
    }

    #[test]
    fn nonsense_measures_do_no_harm() {
        let mut it = Scroller::new(0, f64::NAN, f64::NAN);
        it.on_scroll(f64::NAN);
        assert_eq!((it.window(3), it.scroll_to(9, Align::Center)), (0..0, 0.0));
        assert_eq!(it.resize(5, 0.0, -1.0), 0.0);
    }

    #[derive(Clone, Debug)]
    enum Move {
        By(f64),
        To(f64),
        Line(usize, Align),
        Shift(isize),
        Resize(f64, f64),
        Resync,
    }

    fn aligns() -> impl Strategy<Value = Align> {
        proptest::sample::select(&[Align::Nearest, Align::Start, Align::Center, Align::End][..])
    }

    fn moves() -> impl Strategy<Value = Vec<Move>> {
        let one = prop_oneof![
            6 => (-700.0..700.0_f64).prop_map(Move::By),
            3 => (-0.1..1.1_f64).prop_map(Move::To),
            2 => (any::<usize>(), aligns()).prop_map(|(line, align)| Move::Line(line, align)),
            1 => (-50..50_isize).prop_map(Move::Shift),
            1 => (20.0..90.0_f64, 0.0..2e3_f64).prop_map(|(line, all)| Move::Resize(line, all)),
            2 => Just(Move::Resync),
        ];
        prop::collection::vec(one, 0..40)
    }

    fn lines() -> impl Strategy<Value = usize> {
        prop_oneof![0..100_usize, 40_000..50_000_usize, 900_000..10_000_000_usize]
    }

    proptest! {
        #[test]
        fn whatever_happens_the_viewport_shows_its_lines(
            lines in lines(),
            line_height in 20.0..90.0_f64,
            moves in moves(),
        ) {
            let mut it = Scroller::new(lines, line_height, VIEWPORT);
            for step in moves {
                match step {
                    Move::By(by) => it.on_scroll(it.top + by),
                    Move::To(share) => it.on_scroll(share * it.last_top()),
                    Move::Line(line, align) => {
                        it.scroll_to(line, align);
                    }
                    Move::Shift(by) => {
                        it.shift(by);
                    }
                    Move::Resize(line_height, viewport) => {
                        it.resize(it.lines, line_height, viewport);
                    }
                    Move::Resync => {
                        let before = seen(&it);
                        it.resync();
                        for (old, new) in before.iter().zip(seen(&it)) {
                            prop_assert!(old.0 == new.0 && (old.1 - new.1).abs() < 0.01);
                        }
                        prop_assert_eq!(it.resync(), None);
                    }
                }
                prop_assert!(covers_the_viewport(&it), "{it:?}");
                prop_assert!(it.top >= 0.0 && it.top <= it.last_top());
                prop_assert!(it.height() <= SPACE);
                let is_scaled = it.lines_height() > SPACE;
                prop_assert!(is_scaled || it.top == it.real, "{it:?}");
            }
        }

        #[test]
        fn every_line_of_a_million_is_reached(
            line in 0..1_000_000_usize,
            from in 0.0..1.0_f64,
            align in aligns(),
        ) {
            let mut it = Scroller::new(1_000_000, 44.0, VIEWPORT);
            it.on_scroll(from * SPACE);
            let top = it.scroll_to(line, align);
            prop_assert!((0.0..=SPACE - VIEWPORT).contains(&top));
            let y = it.place(line) - top;
            prop_assert!(y >= -0.01 && y + 44.0 <= VIEWPORT + 0.01, "{y}");
            // The scroll event that follows, rounded by the browser, moves nothing.
            it.on_scroll(top.round());
            prop_assert!((it.place(line) - top.round() - y).abs() <= 1.0);
        }

        #[test]
        fn small_movements_are_exact_and_leave_the_lines_in_place(
            lines in 900_000..10_000_000_usize,
            from in 0.1..0.9_f64,
            steps in prop::collection::vec(-VIEWPORT..VIEWPORT, 1..50),
        ) {
            let mut it = Scroller::new(lines, 44.0, VIEWPORT);
            it.on_scroll(from * SPACE);
            let place = it.place(0);
            for by in steps {
                let real = it.real;
                it.on_scroll(it.top + by);
                prop_assert!((it.real - real - by).abs() < 0.01);
                prop_assert!((it.place(0) - place).abs() < 0.01);
            }
        }

        #[test]
        fn what_is_seen_stays_when_lines_come_above(
            lines in 40_000..10_000_000_usize,
            from in 0.1..0.9_f64,
            by in -1000..1000_isize,
        ) {
            let mut it = Scroller::new(lines, 44.0, VIEWPORT);
            it.on_scroll(from * it.height());
            let before = seen(&it);
            it.shift(by);
            for (old, new) in before.iter().zip(seen(&it)) {
                prop_assert_eq!(old.0.saturating_add_signed(by), new.0);
                prop_assert!((old.1 - new.1).abs() < 0.01);
            }
        }

        #[test]
        fn the_scale_has_an_inverse_and_never_turns_back(
            lines in lines(),
            a in 0.0..=1.0_f64,
            b in 0.0..=1.0_f64,
        ) {
            let it = Scroller::new(lines, 44.0, VIEWPORT);
            let (a, b) = (a * it.last_top(), b * it.last_top());
            prop_assert!((it.top_at(it.real_at(a)) - a).abs() < 0.01);
            prop_assert!((a <= b) == (it.real_at(a) <= it.real_at(b)));
        }
    }
}
