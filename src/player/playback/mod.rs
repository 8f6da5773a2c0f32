//! What to do when a `<video>` fails or stands still. It decides, pure and on given facts; the ui
//! does. The browser's own error says nothing of the reason (web-component-bar.md §0.7), so the
//! first step is always to ask the server. What the network or the server will mend is waited for,
//! however long; what they will not is explained.

use crate::{
    client::retry::wait_for,
    model::{Error, MediaHead, Unexpected},
};

/// Loads again without the picture moving on, after which the file itself must be at fault. With the
/// first, three requests for the same: a server is not to be stormed.
const MOST_RELOADS: u32 = 2;
/// Seconds of playback that count as "it works again".
const PROGRESS: f64 = 1.0;
/// Milliseconds of standing still after which a silent stall is treated as a failure: some engines
/// report no error when a connection is cut or a link has ended (WebKit, Safari). Doubled after each
/// reload: a gateway that makes ranges for a server without them reads the file from its start
/// before it sends.
const PATIENCE: u64 = 8_000;
/// Milliseconds of standing still after which the server is asked whether it is there at all; without
/// a network there is nothing to ask.
const DOUBT: u64 = 4_000;
const OFFLINE_DOUBT: u64 = 1_000;
/// The most that one look adds to the standing still: after sleeping, a computer has not waited.
const LONGEST_LOOK: u64 = 1_500;
/// Milliseconds before the server is asked again: no more than three times in 10 s, soon enough for the
/// end of a tunnel, and seldom when it takes long.
const PAUSES: [u64; 10] = [2_000, 4_000, 5_000, 5_000, 5_000, 5_000, 5_000, 10_000, 20_000, 30_000];
/// Tries for a server that answers, but with errors. Who does not answer is waited for longer.
const MOST_REFUSALS: u32 = 12;
/// Seconds still buffered, below which a broken video is about to stand still.
const ALMOST_NOTHING: f64 = 0.3;
/// Seconds that nothing plays from one word on its position to the next, whatever the speed.
const LEAP: f64 = 10.0;
const FIRST_LEAP: f64 = 2.0;
/// Seconds by which a place can be missed before it counts as another: a picture is found by key frames.
const NEAR: f64 = 3.0;

#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Ask the server for the media's address, and whether it would send them.
    Ask,
    /// Load the media from the address last given.
    Load,
    /// Let go of the media while they are waited for: Chromium would ask for them several times a second.
    Release,
}

/// How it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// It plays, or could.
    Fine,
    /// The server is being asked.
    Asking,
    /// There is an address to load, but what is buffered plays first.
    Ready,
    /// The media are being loaded.
    Loading,
    /// Until this moment (ms), or until somebody says that something has changed.
    Waiting { why: Error, until: Option<u64> },
    /// Somebody has to do something. `None`: the server would send the file, but the browser cannot play it.
    Stopped(Option<Error>),
}

/// What is to be seen of a `<video>` now and then.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Look {
    /// Milliseconds.
    pub now: u64,
    /// It is not paused and not at its end, or on its way to another place.
    pub wants_data: bool,
    /// Seconds buffered from its position on, when it is playing.
    pub ahead: f64,
    pub is_online: bool,
}

/// What is to be remembered of a playback, since a failed `<video>` forgets it (WebKit reports
/// position 0 after an error).
#[derive(Clone, Debug, PartialEq)]
pub struct Playback {
    condition: Condition,
    /// Seconds.
    position: f64,
    /// The `<video>` said that it has failed: it will not go on by itself.
    is_broken: bool,
    /// Where it was then: some play on from what is buffered (Firefox), most stand still.
    broke_at: f64,
    /// It was loaded once.
    has_begun: bool,
    /// It is not being loaded: see [`Step::Release`].
    is_released: bool,
    /// While it is loaded it stands at 0 without being there.
    is_there: bool,
    reloads: u32,
    reloaded_at: f64,
    /// Questions in a row that had no good answer, and how many of the last of them the server refused.
    tries: u32,
    refusals: u32,
    /// The position at the last look, and how long it has been the same (ms).
    last_seen: f64,
    /// The last position to which it played or was sent.
    came_from: f64,
    has_played: bool,
    waited: u64,
    /// The server was asked about this standing still, and would send.
    is_checked: bool,
    looked_at: u64,
    /// Bytes, of the file that was begun.
    size: Option<u64>,
}

impl Playback {
    /// Begins at this many seconds, by asking for the address. `size`: of the file in bytes, if known.
    pub fn new(start: f64, size: Option<u64>) -> Self {
        Self {
            condition: Condition::Asking,
            position: if start.is_finite() { start.max(0.0) } else { 0.0 },
            is_broken: false,
            broke_at: 0.0,
            has_begun: false,
            is_released: false,
            is_there: false,
            reloads: 0,
            reloaded_at: 0.0,
            tries: 0,
            refusals: 0,
            last_seen: 0.0,
            came_from: 0.0,
            has_played: false,
            waited: 0,
            is_checked: false,
            looked_at: 0,
            size,
        }
    }

    pub fn condition(&self) -> &Condition {
        &self.condition
    }

    /// Seconds: where the viewer is, whatever the `<video>` says.
    pub fn position(&self) -> f64 {
        self.position
    }

    /// The picture stands or moves at this many seconds.
    pub fn at(&mut self, seconds: f64) {
        let is_elsewhere = match self.condition {
            // On its way there; some engines report the start meanwhile.
            Condition::Loading => seconds + NEAR < self.position,
            // WebKit goes to the start then, and Firefox, at the end of what it has, to that of the film.
            _ => {
                let is_near = (self.position..=self.position + LEAP).contains(&seconds);
                self.is_broken && !is_near
            }
        };
        if !self.is_there || !seconds.is_finite() || is_elsewhere {
            return;
        }
        let before = std::mem::replace(&mut self.position, seconds.max(0.0));
        let step = self.position - before;
        if step <= self.leap() {
            self.came_from = self.position;
            self.has_played |= step > 0.0;
        }
        if (self.position - self.reloaded_at).abs() > PROGRESS && !self.is_broken {
            self.reloads = 0;
            self.tries = 0;
            self.refusals = 0;
        }
        let is_waiting = matches!(self.condition, Condition::Asking | Condition::Waiting { .. });
        if is_waiting && !self.is_broken && self.position > before {
            self.condition = Condition::Fine;
        }
    }

    /// It is on its way to this many seconds, whoever sent it there.
    pub fn seeking(&mut self, seconds: f64) {
        self.at(seconds);
        self.came_from = self.position;
    }

    /// The viewer wants to be there.
    pub fn sought(&mut self, seconds: f64) {
        if seconds.is_finite() {
            self.position = seconds.max(0.0);
            self.came_from = self.position;
            self.go_on_waiting();
        }
    }

    /// The `<video>` knows its length and can be sought: where it is to go, unless it is there.
    pub fn loaded(&mut self) -> Option<f64> {
        let was_there = std::mem::replace(&mut self.is_there, true);
        (!was_there && self.position > 0.0).then_some(self.position)
    }

    /// There is a picture, at this many seconds.
    pub fn shown(&mut self, seconds: f64) {
        if self.condition != Condition::Loading || !self.is_there {
            return;
        }
        self.condition = if self.position - seconds > NEAR {
            // Chromium goes to the start when it cannot have the middle.
            Condition::Stopped(Some(Error::Unexpected(Unexpected::NoRanges)))
        } else {
            Condition::Fine
        };
    }

    /// Something came from the server: slow is not stalled.
    pub fn data_arrived(&mut self) {
        self.go_on_waiting();
    }

    fn go_on_waiting(&mut self) {
        self.waited = 0;
        self.is_checked = false;
    }

    /// The `<video>` says that it has failed.
    pub fn failed(&mut self) -> Option<Step> {
        if self.is_released {
            return None;
        }
        self.is_broken = true;
        self.broke_at = self.position;
        match self.condition {
            Condition::Fine | Condition::Loading => Some(self.ask()),
            _ => None,
        }
    }

    /// The `<video>` says that it is at its end. Without having played there it is not: so Firefox takes
    /// a server that has no such part of the file any more, and Chromium a file without pictures.
    pub fn ended(&mut self) -> Option<Step> {
        if self.position - self.came_from <= self.leap() {
            return None;
        }
        self.position = self.came_from;
        self.failed()
    }

    /// What the server said; `ahead`: seconds still buffered and playing. `chance` is in `0.0..1.0`.
    pub fn answered(
        &mut self,
        answer: Result<Option<&MediaHead>, Error>,
        look: Look,
        chance: f64,
    ) -> Option<Step> {
        if self.condition != Condition::Asking {
            // It has gone on by itself.
            return None;
        }
        match answer {
            Ok(head) => {
                let size = head.and_then(|it| it.size);
                let before = self.size;
                self.size = size.or(before);
                if before.zip(size).is_some_and(|(before, now)| before != now) {
                    // The parts that are there do not belong to it.
                    return self.stop(Some(Error::Unexpected(Unexpected::Changed)));
                }
                let has_ranges = head.is_none_or(|it| it.has_ranges);
                self.load_or_not(has_ranges, look, chance)
            }
            Err(Error::Server { status: 416, .. }) => {
                self.stop(Some(Error::Unexpected(Unexpected::Changed)))
            }
            Err(why) => {
                let is_refusal = matches!(why, Error::Server { .. } | Error::RateLimited { .. });
                self.refusals = if is_refusal { self.refusals + 1 } else { 0 };
                if will_pass(&why, self.refusals) {
                    self.wait(why, look, chance)
                } else {
                    self.stop(Some(why))
                }
            }
        }
    }

    /// To be told about every half second. Notices a silent stall: the video's own word is not
    /// enough, after a cut connection WebKit claims to have data.
    pub fn look(&mut self, look: Look) -> Option<Step> {
        let passed = look.now.saturating_sub(self.looked_at).min(LONGEST_LOOK);
        self.looked_at = look.now;
        let stands = self.position == self.last_seen;
        self.last_seen = self.position;
        match &self.condition {
            Condition::Fine | Condition::Loading => {
                let is_loading = self.condition == Condition::Loading;
                if !stands || !(look.wants_data || is_loading) {
                    self.go_on_waiting();
                    return None;
                }
                self.waited += passed;
                // A browser without a network asks nobody, but may be wrong about it.
                let doubt = if look.is_online { DOUBT } else { OFFLINE_DOUBT };
                let is_doubtful = self.waited >= doubt && !self.is_checked;
                (is_doubtful || self.waited >= self.patience()).then(|| self.ask())
            }
            Condition::Ready => (look.ahead < ALMOST_NOTHING || stands).then(|| self.load()),
            Condition::Waiting { until: Some(until), .. } => {
                (look.now >= *until).then(|| self.ask())
            }
            _ => None,
        }
    }

    /// The network is back, or somebody has signed in: no use in waiting any longer.
    pub fn hope(&mut self) -> Option<Step> {
        match &self.condition {
            // It has said how long to wait.
            Condition::Waiting { why: Error::RateLimited { .. }, .. } => None,
            Condition::Waiting { .. } => Some(self.ask()),
            _ => None,
        }
    }

    /// The viewer asked to try again.
    pub fn retry(&mut self) -> Step {
        self.reloads = 0;
        self.tries = 0;
        self.refusals = 0;
        // Nothing of it was seen, so nothing of another can be mixed with it.
        if !self.has_played {
            self.size = None;
        }
        // Whatever it says of itself.
        self.is_broken = true;
        self.ask()
    }

    /// At its start nothing keeps a video from telling where it is.
    fn leap(&self) -> f64 {
        if self.has_played { LEAP } else { FIRST_LEAP }
    }

    fn patience(&self) -> u64 {
        PATIENCE << self.reloads
    }

    fn ask(&mut self) -> Step {
        self.condition = Condition::Asking;
        Step::Ask
    }

    fn load_or_not(&mut self, has_ranges: bool, look: Look, chance: f64) -> Option<Step> {
        let has_media = self.is_there || self.has_begun && !self.is_released;
        if has_media && !self.is_broken && self.waited < self.patience() {
            // It is slow.
            self.is_checked = true;
            self.condition = if self.is_there { Condition::Fine } else { Condition::Loading };
            return None;
        }
        if !has_ranges && self.position > NEAR {
            return self.stop(Some(Error::Unexpected(Unexpected::NoRanges)));
        }
        if self.reloads < MOST_RELOADS {
            if self.runs_on(look) {
                self.condition = Condition::Ready;
                return None;
            }
            return Some(self.load());
        }
        if self.is_broken {
            return self.stop(None);
        }
        // A server that would send, but does not.
        self.wait(Error::TimedOut, look, chance)
    }

    /// It has failed, but plays what it has (Firefox).
    fn runs_on(&self, look: Look) -> bool {
        self.is_broken && self.position > self.broke_at && look.ahead >= ALMOST_NOTHING
    }

    fn load(&mut self) -> Step {
        self.reloads += u32::from(self.has_begun);
        self.has_begun = true;
        self.reloaded_at = self.position;
        self.is_there = false;
        self.is_broken = false;
        self.is_released = false;
        self.go_on_waiting();
        self.condition = Condition::Loading;
        Step::Load
    }

    fn wait(&mut self, why: Error, look: Look, chance: f64) -> Option<Step> {
        let pause = match why {
            Error::RateLimited { retry_after } => u64::from(wait_for(retry_after, chance)) * 1_000,
            _ => {
                let last = PAUSES.len() - 1;
                let pause = PAUSES[last.min(self.tries as usize)];
                // Not all viewers of a server that comes back at once.
                pause + (pause as f64 / 4.0 * chance) as u64
            }
        };
        let until = (!matches!(why, Error::Offline | Error::SignedOut)).then_some(look.now + pause);
        self.tries += 1;
        if self.reloads >= MOST_RELOADS {
            // It gets one more.
            self.reloads = MOST_RELOADS - 1;
        }
        self.condition = Condition::Waiting { why, until };
        if self.runs_on(look) || self.is_released || !self.has_begun {
            return None;
        }
        self.is_released = true;
        self.is_there = false;
        Some(Step::Release)
    }

    fn stop(&mut self, why: Option<Error>) -> Option<Step> {
        self.condition = Condition::Stopped(why);
        None
    }
}

/// Whether it may be over without anybody's doing. `refusals`: how often the server answered so.
fn will_pass(why: &Error, refusals: u32) -> bool {
    match why {
        Error::Offline | Error::Unreachable | Error::Interrupted | Error::TimedOut => true,
        // Whoever signs in ends it.
        Error::SignedOut => true,
        Error::RateLimited { .. } => refusals <= MOST_REFUSALS,
        Error::Server { status, .. } => *status >= 500 && refusals <= MOST_REFUSALS,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
