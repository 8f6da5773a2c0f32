//! Does what `crate::player` decides: asks the server why a `<video>` failed, loads it again where it
//! was, or gives up and says why.

use gloo_timers::future::TimeoutFuture;
use web_sys::HtmlVideoElement;

use super::{
    dom::NodeRef,
    player_controls::Controls,
    reactive::*,
    state::{Playing, State},
};
use crate::{
    i18n::messages,
    model::{Intent, RecordingRef, Secret},
    player::{Failure, Playback, Step},
};

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    None,
    /// Asking the server what is the matter.
    Asking,
    /// Loading again.
    Reloading,
    Stopped(String),
}

#[derive(Clone, Copy)]
pub struct Driver {
    state: State,
    video: NodeRef<HtmlVideoElement>,
    controls: Controls,
    pub trouble: RwSignal<Trouble>,
    policy: StoredValue<Playback>,
    /// Whether the viewer wants it to play, as last seen while all was well: a failed video says it
    /// is paused.
    is_wanted: StoredValue<bool>,
    media: StoredValue<(RecordingRef, Option<Secret>)>,
    /// The address to load when it is loaded again: links, and tokens in them, end.
    next_address: StoredValue<Option<String>>,
}

impl Driver {
    pub fn new(
        state: State,
        video: NodeRef<HtmlVideoElement>,
        controls: Controls,
        playing: &Playing,
    ) -> Self {
        let driver = Self {
            state,
            video,
            controls,
            trouble: RwSignal::new(Trouble::None),
            policy: StoredValue::new(Playback::default()),
            is_wanted: StoredValue::new(true),
            media: StoredValue::new(((&playing.recording).into(), playing.secret.clone())),
            next_address: StoredValue::new(None),
        };
        driver.watch();
        driver
    }

    /// Gets the address of the media and plays it.
    pub fn start(self) {
        let (it, secret) = self.media.get_value();
        self.state.spawn(async move {
            let link = self.state.client().media(&it, Intent::Play, secret.as_ref()).await;
            match (link, self.video.get_untracked()) {
                (Ok(link), Some(video)) => {
                    video.set_src(&link.url);
                    self.controls.play(&video);
                }
                (Err(error), Some(_)) => {
                    self.state.notice(&error);
                    self.follow(Step::Explain(Some(error)));
                }
                // Closed meanwhile.
                (_, None) => {}
            }
        });
    }

    pub fn failed(self, why: Failure) {
        if self.trouble.get_untracked() == Trouble::Asking {
            return;
        }
        self.trouble.set(Trouble::Asking);
        self.state.announce("Reconnecting. Your place is kept.");
        let (it, secret) = self.media.get_value();
        self.state.spawn(async move {
            let client = self.state.client();
            let answer = client.checked_media(&it, Intent::Play, secret.as_ref()).await;
            if let Err(error) = &answer {
                self.state.notice(error);
            }
            let answer = answer.map(|link| {
                self.next_address.try_update_value(|it| *it = Some(link.url));
            });
            // `None` once the player is gone.
            if let Some(step) = self.policy.try_update_value(|it| it.failed(why, answer)) {
                self.follow(step);
            }
        });
    }

    /// The viewer asked for another try.
    pub fn retry(self) {
        match self.video.get_untracked().map(|video| video.src()) {
            // There never was an address.
            Some(src) if src.is_empty() => {
                self.trouble.set(Trouble::None);
                self.start();
            }
            _ => {
                if let Some(step) = self.policy.try_update_value(Playback::retry) {
                    self.follow(step);
                }
            }
        }
    }

    /// The picture moved, or the viewer sought.
    pub fn moved(self) {
        // A failed video reports position 0 in WebKit; the last good one is what counts.
        if let Some(video) = self.video.get_untracked().filter(|video| video.error().is_none()) {
            self.policy.update_value(|it| it.at(video.current_time()));
            if self.trouble.get_untracked() == Trouble::None {
                self.is_wanted.set_value(!video.paused());
            }
            self.controls.read(&video);
        }
    }

    /// Something came from the server.
    pub fn data_arrived(self) {
        self.policy.update_value(Playback::data_arrived);
    }

    /// The video can be sought.
    pub fn loaded(self) {
        let Some(video) = self.video.get_untracked() else { return };
        if let Some(at) = self.policy.try_update_value(Playback::loaded).flatten() {
            video.set_current_time(at);
        }
        if self.trouble.get_untracked() != Trouble::None {
            self.trouble.set(Trouble::None);
            self.state.calm();
        }
        self.controls.read(&video);
    }

    fn follow(self, step: Step) {
        let Some(video) = self.video.get_untracked() else { return };
        match step {
            Step::Reload { .. } => {
                // Who had paused stays paused; who asked for another try wants to see.
                let had_stopped = matches!(self.trouble.get_untracked(), Trouble::Stopped(_));
                self.trouble.set(Trouble::Reloading);
                match self.next_address.try_update_value(Option::take).flatten() {
                    // Which loads it.
                    Some(address) if address != video.src() => video.set_src(&address),
                    _ => video.load(),
                }
                if had_stopped || self.is_wanted.get_value() {
                    self.controls.play(&video);
                }
            }
            Step::Explain(error) => {
                let text = error.as_ref().map_or(messages::UNPLAYABLE.to_owned(), messages::error);
                self.state.alarm(text.clone());
                self.trouble.set(Trouble::Stopped(text));
            }
        }
    }

    /// Notices when nothing goes on although the video does not complain.
    fn watch(self) {
        self.state.spawn(async move {
            loop {
                TimeoutFuture::new(1000).await;
                let is_playing = match self.trouble.try_get_untracked() {
                    Some(Trouble::None | Trouble::Reloading) => self
                        .video
                        .get_untracked()
                        .is_some_and(|video| !video.paused() && !video.ended()),
                    _ => false,
                };
                match self.policy.try_update_value(|it| it.has_stalled(is_playing)) {
                    Some(true) => self.failed(Failure::Stall),
                    Some(false) => {}
                    None => return,
                }
            }
        });
    }
}
