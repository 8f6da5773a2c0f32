//! Does what `player::Playback` decides: asks the server what is the matter with a `<video>`, loads it
//! again where it was, waits, or says why not.

use futures_util::future::AbortHandle;
use gloo_timers::future::TimeoutFuture;
use js_sys::Math;
use web_sys::HtmlVideoElement;

use super::{
    screen::{Screen, buffered_to, set},
    still::Still,
};
use crate::{
    client::MediaLink,
    i18n::{messages, t},
    model::{Error, Intent, Unexpected},
    player::{Condition, Look, Playback, Step},
    ui::{browser, reactive::*, state::Playing},
};

/// Milliseconds between two looks at the video.
const LOOK: u32 = 500;

/// What the healing of one player remembers.
#[derive(Clone, Copy)]
pub struct Healing {
    screen: Screen,
    still: Still,
    link: StoredValue<Option<MediaLink>>,
    was_shown: StoredValue<bool>,
    /// The question to the server, which ends with the recording that it is for.
    asking: StoredValue<Option<AbortHandle>>,
    last_position: StoredValue<f64>,
    /// When the viewer wanted another try after it had stopped.
    renewed_at: StoredValue<Option<u64>>,
}

impl Healing {
    pub fn new(screen: Screen, still: Still) -> Self {
        let it = Self {
            screen,
            still,
            link: StoredValue::new(None),
            was_shown: StoredValue::new(false),
            asking: StoredValue::new(None),
            last_position: StoredValue::new(0.0),
            renewed_at: StoredValue::new(None),
        };
        it.watch();
        // Who presses Play where it has stopped wants another try.
        Effect::new(move |before: Option<u32>| {
            let asked = screen.asked_again.get();
            if before.is_some_and(|before| before != asked) {
                untrack(|| it.retry());
            }
            asked
        });
        it
    }

    /// Begins with this recording, in place of what was there.
    pub fn open(self, playing: &Playing) {
        self.stop();
        let video = self.screen.video.get_untracked();
        if let Some(video) = video.filter(|video| !video.src().is_empty()) {
            release(&video);
        }
        self.still.hide();
        self.screen.state.calm();
        let recording = &playing.recording;
        let size = recording.size.filter(|_| !recording.is_size_rounded);
        self.screen.playback.set_value(Playback::new(playing.at.unwrap_or(0.0), size));
        self.link.set_value(None);
        self.was_shown.set_value(false);
        self.renewed_at.set_value(None);
        self.screen.is_wanted.set_value(true);
        set(self.screen.duration, recording.duration.map_or(0.0, |ms| ms as f64 / 1000.0));
        self.tell(|_| Some(Step::Ask));
        self.screen.read();
    }

    /// There was a picture.
    pub fn has_begun(self) -> bool {
        self.was_shown.get_value()
    }

    /// Asks no more.
    pub fn stop(self) {
        if let Some(asking) = self.asking.try_update_value(Option::take).flatten() {
            asking.abort();
        }
    }

    /// The video says that it failed.
    pub fn failed(self) {
        self.tell(Playback::failed);
    }

    /// The video says that it is at its end: whether it is.
    pub fn has_ended(self) -> bool {
        self.tell(Playback::ended);
        self.screen.condition.with_untracked(|it| *it == Condition::Fine)
    }

    /// The viewer asked for another try.
    pub fn retry(self) {
        if self.screen.condition.with_untracked(|it| matches!(it, Condition::Stopped(_))) {
            self.renewed_at.set_value(Some(browser::clock()));
        }
        self.screen.is_wanted.set_value(true);
        self.tell(|it| Some(it.retry()));
    }

    /// The network is back, or somebody has signed in.
    pub fn hope(self) {
        self.tell(Playback::hope);
    }

    /// The picture moved.
    pub fn moved(self) {
        let Some(video) = self.screen.video.get_untracked() else { return };
        let seconds = video.current_time();
        self.tell(|it| {
            it.at(seconds);
            None
        });
        self.screen.read();
    }

    pub fn seeking(self) {
        if let Some(video) = self.screen.video.get_untracked() {
            let seconds = video.current_time();
            self.screen.playback.update_value(|it| it.seeking(seconds));
        }
        self.moved();
    }

    pub fn data_arrived(self) {
        self.screen.playback.update_value(Playback::data_arrived);
        self.screen.read();
    }

    /// The video can be sought.
    pub fn loaded(self) {
        let Some(video) = self.screen.video.get_untracked() else { return };
        if let Some(at) = self.screen.playback.try_update_value(Playback::loaded).flatten() {
            video.set_current_time(at);
        }
        self.screen.read();
    }

    /// There is a picture.
    pub fn shown(self) {
        let Some(video) = self.screen.video.get_untracked() else { return };
        const HAVE_CURRENT_DATA: u16 = 2;
        if video.ready_state() >= HAVE_CURRENT_DATA && !video.seeking() {
            let seconds = video.current_time();
            self.tell(|it| {
                it.shown(seconds);
                None
            });
        }
        self.screen.read();
    }

    /// Lets the policy take note of something, shows how it stands then, and does what it wants.
    fn tell(self, change: impl FnOnce(&mut Playback) -> Option<Step>) {
        // `None` once the player is gone.
        let step = self.screen.playback.try_update_value(change);
        self.follow(step.flatten());
    }

    fn follow(self, step: Option<Step>) {
        let Some(condition) = self.screen.playback.try_with_value(|it| it.condition().clone())
        else {
            return;
        };
        if self.screen.condition.with_untracked(|it| *it != condition) {
            self.say(&condition);
            self.screen.condition.set(condition);
        }
        match step {
            Some(Step::Ask) => self.ask(),
            Some(Step::Load) => self.load(),
            Some(Step::Release) => self.release(),
            None => {}
        }
    }

    fn say(self, condition: &Condition) {
        let state = self.screen.state;
        match condition {
            Condition::Fine => {
                self.was_shown.set_value(true);
                self.still.hide();
                state.calm();
            }
            Condition::Waiting { why, .. } => state.alarm(messages::waiting(why, None)),
            Condition::Stopped(why) => state.alarm(stopped(why.as_ref())),
            Condition::Asking if self.has_begun() => {
                state.announce(t("Reconnecting… your place is kept"));
            }
            Condition::Asking | Condition::Ready | Condition::Loading => {}
        }
    }

    fn ask(self) {
        let Some(playing) = self.screen.state.playing.get_untracked() else { return };
        self.stop();
        let is_first = self.link.with_value(Option::is_none);
        let asking = self.screen.state.spawn(async move {
            let client = self.screen.state.client();
            let (it, secret) = ((&playing.recording).into(), playing.secret.as_ref());
            let answer = if is_first {
                // Before the first picture no question more than the browser's own.
                client.media(&it, Intent::Play, secret).await
            } else {
                client.checked_media(&it, Intent::Play, secret).await
            };
            self.answered(answer);
        });
        self.asking.set_value(Some(asking));
    }

    fn answered(self, answer: Result<MediaLink, Error>) {
        if let Err(error) = &answer {
            self.screen.state.notice(error);
        }
        self.moved();
        let look = self.glance();
        if let Ok(link) = &answer {
            self.link.set_value(Some(link.clone()));
        }
        self.tell(|it| {
            let head = answer.as_ref().map(|link| link.head.as_ref()).map_err(Clone::clone);
            it.answered(head, look, Math::random())
        });
    }

    fn load(self) {
        let Some(video) = self.screen.video.get_untracked() else { return };
        let Some(mut link) = self.link.get_value() else { return };
        if let Some(at) = self.renewed_at.get_value().filter(|_| link.head.is_some()) {
            // Else Chromium plays what it keeps of another file, or takes a 410 for lasting.
            let mark = if link.url.contains('?') { "&t=" } else { "?t=" };
            link.url = format!("{}{mark}{at}", link.url);
        }
        self.still.show(&video);
        let is_elsewhere = link.needs_cookie && !browser::is_own(&link.url);
        video.set_cross_origin(is_elsewhere.then_some("use-credentials"));
        if video.src() == link.url {
            video.load();
        } else {
            video.set_src(&link.url);
        }
        if self.screen.is_wanted.get_value() {
            self.screen.play();
        }
    }

    fn release(self) {
        if let Some(video) = self.screen.video.get_untracked() {
            self.still.show(&video);
            release(&video);
            self.screen.read();
        }
    }

    fn glance(self) -> Look {
        let now = browser::clock();
        let Some(video) = self.screen.video.get_untracked() else {
            return Look { now, ..Look::default() };
        };
        let is_playing = !video.paused() && !video.ended();
        let position = video.current_time();
        Look {
            now,
            wants_data: is_playing || video.seeking(),
            ahead: if is_playing { buffered_to(&video, position) - position } else { 0.0 },
            is_online: browser::is_online(),
        }
    }

    fn watch(self) {
        self.screen.state.spawn(async move {
            loop {
                TimeoutFuture::new(LOOK).await;
                let Some(step) = self.look() else { return };
                self.follow(step);
            }
        });
    }

    /// `None` once the player is gone.
    fn look(self) -> Option<Option<Step>> {
        let look = self.glance();
        let step = self.screen.playback.try_update_value(|it| it.look(look))?;
        let position = self.screen.playback.with_value(Playback::position);
        let before = self.last_position.get_value();
        self.last_position.set_value(position);
        set(self.screen.is_still, before == position);
        if let Condition::Waiting { until: Some(until), .. } =
            &*self.screen.condition.read_untracked()
        {
            let left = until.saturating_sub(look.now).div_ceil(1_000) as u32;
            set(self.screen.seconds_left, left);
        }
        self.screen.tick(look.now);
        Some(step)
    }
}

/// Ends the download: without this the browser keeps the connection of a video that is gone.
pub fn release(video: &HtmlVideoElement) {
    // Neither fails on a video.
    let _ = video.pause();
    let _ = video.remove_attribute("src");
    video.load();
}

/// The file is not the one that was begun.
pub fn is_changed(condition: &Condition) -> bool {
    *condition == Condition::Stopped(Some(Error::Unexpected(Unexpected::Changed)))
}

/// Why there is no picture and will be none.
pub fn stopped(why: Option<&Error>) -> String {
    why.map_or_else(|| messages::UNPLAYABLE.into(), messages::error)
}
