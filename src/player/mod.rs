//! Playback policy: what to do when a `<video>` fails. It decides, pure and on given facts; the ui
//! does. The browser's own error says nothing of the reason (web-component-bar.md §0.7), so the
//! first step is always to ask the server.

use crate::model::Error;

/// Reloads without the picture moving on, after which the file itself must be at fault.
const MOST_RELOADS: u32 = 2;
/// Seconds of playback that count as "it works again".
const PROGRESS: f64 = 1.0;
/// Seconds of standing still after which a silent stall is treated as a failure: some engines
/// report no error when a connection is cut (WebKit, Safari). Doubled after each reload: a gateway
/// that makes ranges for a server without them reads the file from its start before it sends.
const PATIENCE: u32 = 8;

#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Load the media again and go on from this many seconds.
    Reload { at: f64 },
    /// Give up, and say why. `None`: the server would send the file, but the browser cannot play it.
    Explain(Option<Error>),
}

/// How a `<video>` came to need help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It says so.
    Error,
    /// It waits, and nothing comes.
    Stall,
}

/// What is to be remembered of a playback, since a failed `<video>` forgets it (WebKit reports
/// position 0 after an error).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Playback {
    /// Seconds.
    position: f64,
    reloads: u32,
    reloaded_at: f64,
    /// While it loads again, the `<video>` stands at 0 without being there.
    is_reloading: bool,
    /// The position a second ago.
    last_seen: f64,
    /// Seconds.
    waited: u32,
}

impl Playback {
    /// The picture moved, or the viewer sought, to this many seconds.
    pub fn at(&mut self, seconds: f64) {
        if self.is_reloading || !seconds.is_finite() {
            return;
        }
        self.position = seconds.max(0.0);
        if (self.position - self.reloaded_at).abs() > PROGRESS {
            self.reloads = 0;
        }
    }

    /// The `<video>` knows its length and can be sought. Where it is to go on, if it was reloaded.
    pub fn loaded(&mut self) -> Option<f64> {
        std::mem::take(&mut self.is_reloading).then_some(self.position)
    }

    /// To be told every second whether the `<video>` means to play. True when it has stood still for
    /// too long. Its own word is not enough: after a cut connection WebKit claims to have data.
    pub fn has_stalled(&mut self, is_playing: bool) -> bool {
        let stands_still = is_playing && self.position == self.last_seen;
        self.last_seen = self.position;
        self.waited = if stands_still { self.waited + 1 } else { 0 };
        let has_stalled = self.waited >= PATIENCE << self.reloads;
        if has_stalled {
            self.waited = 0;
        }
        has_stalled
    }

    /// Something came from the server: slow is not stalled.
    pub fn data_arrived(&mut self) {
        self.waited = 0;
    }

    /// The `<video>` failed or stalled, and this is what the server says to a request for the media.
    pub fn failed(&mut self, why: Failure, server: Result<(), Error>) -> Step {
        match (server, why) {
            (Ok(()), _) if self.reloads < MOST_RELOADS => self.reload(),
            (Ok(()), Failure::Error) => Step::Explain(None),
            (Ok(()), Failure::Stall) => Step::Explain(Some(Error::TimedOut)),
            (Err(error), _) => Step::Explain(Some(error)),
        }
    }

    /// The viewer asked to try again.
    pub fn retry(&mut self) -> Step {
        self.reloads = 0;
        self.reload()
    }

    fn reload(&mut self) -> Step {
        self.reloads += 1;
        self.reloaded_at = self.position;
        self.is_reloading = true;
        Step::Reload { at: self.position }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn goes_on_where_it_was_when_the_server_would_send() {
        let mut it = Playback::default();
        it.at(2050.5);
        assert_eq!(it.failed(Failure::Error, Ok(())), Step::Reload { at: 2050.5 });
    }

    #[test]
    fn a_refusal_is_explained_and_the_place_kept() {
        let mut it = Playback::default();
        it.at(12.0);
        assert_eq!(
            it.failed(Failure::Error, Err(Error::SignedOut)),
            Step::Explain(Some(Error::SignedOut))
        );
        assert_eq!(it.retry(), Step::Reload { at: 12.0 });
    }

    #[test]
    fn the_zero_that_a_loading_video_stands_at_is_not_its_place() {
        let mut it = Playback::default();
        it.at(600.0);
        it.failed(Failure::Error, Ok(()));
        it.at(0.0);
        assert_eq!(it.retry(), Step::Reload { at: 600.0 });
        it.at(0.0);
        assert_eq!(it.loaded(), Some(600.0));
        assert_eq!(it.loaded(), None);
    }

    #[test]
    fn a_file_damaged_in_the_middle_is_not_loaded_for_ever() {
        let mut it = Playback::default();
        it.at(600.0);
        let steps: Vec<_> = (0..3)
            .map(|_| {
                let step = it.failed(Failure::Error, Ok(()));
                it.at(0.0);
                it.loaded();
                it.at(600.0);
                step
            })
            .collect();
        assert_eq!(steps.last(), Some(&Step::Explain(None)));
    }

    #[test]
    fn a_file_that_never_plays_is_not_loaded_for_ever() {
        let mut it = Playback::default();
        let steps: Vec<_> = (0..3).map(|_| it.failed(Failure::Error, Ok(()))).collect();
        assert_eq!(steps.last(), Some(&Step::Explain(None)));
        assert_eq!(it.retry(), Step::Reload { at: 0.0 });
    }

    #[test]
    fn progress_gives_new_tries() {
        let mut it = Playback::default();
        for n in 1..10 {
            assert!(matches!(it.failed(Failure::Error, Ok(())), Step::Reload { .. }));
            it.loaded();
            it.at(f64::from(n) * 5.0);
        }
    }

    #[test]
    fn a_server_that_sends_nothing_is_not_blamed_on_the_file() {
        let mut it = Playback::default();
        let steps: Vec<_> = (0..3).map(|_| it.failed(Failure::Stall, Ok(()))).collect();
        assert_eq!(steps.last(), Some(&Step::Explain(Some(Error::TimedOut))));
    }

    #[test]
    fn a_stall_is_noticed_once_it_lasts() {
        let mut it = Playback::default();
        assert!((1..PATIENCE).all(|_| !it.has_stalled(true)));
        assert!(!it.has_stalled(false));
        assert!((1..PATIENCE).all(|_| !it.has_stalled(true)));
        it.data_arrived();
        assert!((1..PATIENCE).all(|_| !it.has_stalled(true)));
        assert!(it.has_stalled(true));
        assert!(!it.has_stalled(true));
    }

    #[test]
    fn after_a_reload_it_waits_longer() {
        let mut it = Playback::default();
        assert!((1..PATIENCE).all(|_| !it.has_stalled(true)));
        assert!(it.has_stalled(true));
        it.failed(Failure::Stall, Ok(()));
        assert!((1..2 * PATIENCE).all(|_| !it.has_stalled(true)));
        assert!(it.has_stalled(true));
    }

    proptest! {
        #[test]
        fn the_position_is_always_one_that_can_be_sought(times in prop::collection::vec(any::<f64>(), 0..20)) {
            let mut it = Playback::default();
            for seconds in times {
                it.at(seconds);
            }
            let Step::Reload { at } = it.retry() else { panic!("retry always loads") };
            prop_assert!(at.is_finite() && at >= 0.0);
        }
    }
}
