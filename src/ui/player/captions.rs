//! Captions over the picture: those of the recording, and files that somebody drops. Fetched and read
//! by ourselves and given to the browser's own renderer as cues: a `<track>` would need the file's server
//! to allow us, and a policy to allow `blob:`.

mod renderer;

use std::rc::Rc;

use futures_util::future::AbortHandle;
use js_sys::Uint8Array;
use leptos::ev;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::screen::Screen;
use crate::{
    i18n::{Words, messages, t},
    media::{Cue, read_captions},
    model::{Error, Recording, Subtitle, Unexpected},
    player::{Action, Transcript},
    ui::{
        browser,
        dom::{Child, button},
        icon,
        icon::icon,
        reactive::*,
    },
};
use renderer::Renderer;

/// Bytes of a file that somebody drops.
const LARGEST: f64 = 5_000_000.0;

/// One language, or one file.
struct Track {
    label: String,
    language: String,
    /// Missing for a file that somebody dropped.
    url: Option<String>,
    /// Once they are there.
    cues: Option<Rc<Vec<Cue>>>,
}

struct Loading {
    at: usize,
    /// To be shown when they are there; else only the transcript needs them.
    shows: bool,
    request: AbortHandle,
}

impl Drop for Loading {
    fn drop(&mut self) {
        self.request.abort();
    }
}

/// A handle, free to copy. Tracks are told apart by their places.
#[derive(Clone, Copy)]
pub struct Captions {
    screen: Screen,
    renderer: Renderer,
    tracks: StoredValue<Vec<Track>>,
    labels: RwSignal<Vec<String>>,
    chosen: RwSignal<Option<usize>>,
    /// Chosen the last time, or what the viewer's browser prefers.
    favourite: StoredValue<usize>,
    loading: StoredValue<Option<Loading>>,
    pub is_loading: RwSignal<bool>,
    /// Why there is nothing to read.
    pub problem: RwSignal<Option<String>>,
    pub transcript: RwSignal<Rc<Transcript>>,
    /// What the transcript is written in, as the server has it; empty when nobody knows.
    pub language: RwSignal<String>,
    transcript_of: StoredValue<Option<usize>>,
}

impl Captions {
    pub fn new(screen: Screen) -> Self {
        Self {
            screen,
            renderer: Renderer::new(screen),
            tracks: StoredValue::new(Vec::new()),
            labels: RwSignal::new(Vec::new()),
            chosen: RwSignal::new(None),
            favourite: StoredValue::new(0),
            loading: StoredValue::new(None),
            is_loading: RwSignal::new(false),
            problem: RwSignal::new(None),
            transcript: RwSignal::new(Rc::default()),
            language: RwSignal::new(String::new()),
            transcript_of: StoredValue::new(None),
        }
    }

    /// Begins with those of a recording, in place of what was there.
    pub fn open(self, recording: &Recording) {
        self.stop_loading();
        self.renderer.clear();
        self.chosen.set(None);
        self.problem.set(None);
        self.transcript_of.set_value(None);
        self.transcript.set(Rc::default());
        let tracks: Vec<_> = recording.subtitles.iter().map(Track::new).collect();
        self.favourite.set_value(preferred(&tracks));
        self.tracks.set_value(tracks);
        self.tell_labels();
        if self.screen.state.has_native_controls.get_value() {
            self.offer();
        }
        if self.screen.state.player.with_untracked(|likes| likes.has_captions) {
            self.load(self.favourite.get_value(), true);
        } else {
            self.need_transcript();
        }
    }

    pub fn has_any(self) -> bool {
        self.labels.with(|it| !it.is_empty())
    }

    /// Languages of the recording, then files by their names.
    pub fn labels(self) -> Vec<String> {
        self.labels.get()
    }

    /// The place of what is shown.
    pub fn chosen(self) -> Option<usize> {
        self.chosen.get()
    }

    /// Shows those at a place as soon as they are there, or none; for the next recording too.
    pub fn choose(self, at: Option<usize>) {
        self.screen.like(|it| it.has_captions = at.is_some());
        match at {
            Some(at) => {
                self.favourite.set_value(at);
                self.show(at);
            }
            None => {
                self.loading.update_value(|it| it.iter_mut().for_each(|it| it.shows = false));
                self.chosen.set(None);
                self.renderer.hide();
            }
        }
    }

    pub fn toggle(self) {
        let is_shown = self.chosen.with_untracked(Option::is_some);
        if is_shown || self.has_track() {
            self.choose((!is_shown).then(|| self.favourite.get_value()));
        }
    }

    /// Has the transcript of what is shown, or would be, if the viewer wants to read one.
    pub fn need_transcript(self) {
        let is_wanted = self.screen.state.player.with_untracked(|likes| likes.has_transcript);
        let at = self.favourite.get_value();
        if !is_wanted || self.transcript_of.get_value() == Some(at) {
            return;
        }
        let found = self.tracks.with_value(|it| {
            let track = it.get(at)?;
            Some((track.cues.clone()?, track.language.clone()))
        });
        let Some((cues, language)) = found else { return self.load(at, false) };
        self.transcript_of.set_value(Some(at));
        self.problem.set(None);
        self.language.set(language);
        self.transcript.set(Rc::new(Transcript::new(&cues)));
    }

    /// Shows what somebody has on disk. What is refused changes nothing.
    pub fn take_file(self, file: File) {
        self.screen.state.spawn(async move {
            let taken = read_file(&file).await;
            // The player may be gone by now.
            if self.chosen.try_get_untracked().is_some() {
                match taken {
                    Ok(cues) => self.add(file.name(), cues),
                    Err(why) => self.screen.state.warn(why.with(&[("file", &file.name())])),
                }
            }
        });
    }

    /// In place of an earlier file of the same name.
    fn add(self, label: String, cues: Vec<Cue>) {
        let track = Track { label, language: String::new(), url: None, cues: Some(Rc::new(cues)) };
        let is_same = |it: &Track| it.url.is_none() && it.label == track.label;
        let at = self.tracks.with_value(|it| it.iter().position(is_same).unwrap_or(it.len()));
        self.tracks.update_value(|it| match it.get_mut(at) {
            Some(earlier) => *earlier = track,
            None => it.push(track),
        });
        self.tell_labels();
        self.transcript_of.set_value(None);
        self.choose(Some(at));
    }

    fn show(self, at: usize) {
        let is_there = self.tracks.with_value(|tracks| {
            let Some(track) = tracks.get(at) else { return false };
            let Some(cues) = &track.cues else { return false };
            self.renderer.show(&track.label, &track.language, cues);
            true
        });
        if is_there {
            self.stop_loading();
            self.chosen.set(Some(at));
            self.need_transcript();
        } else {
            self.load(at, true);
        }
    }

    fn load(self, at: usize, shows: bool) {
        let on_its_way = self.loading.try_update_value(|it| {
            let same = it.as_mut().filter(|it| it.at == at);
            same.map(|it| it.shows |= shows).is_some()
        });
        let url = self.tracks.with_value(|it| it.get(at)?.url.clone());
        let Some(url) = url.filter(|_| on_its_way == Some(false)) else { return };
        self.stop_loading();
        self.is_loading.set(true);
        self.problem.set(None);
        let state = self.screen.state;
        let request = state.spawn(async move {
            let answer = state.client().text(&url).await.and_then(|text| {
                read_captions(&text).ok_or(Error::Unexpected(Unexpected::NotCaptions))
            });
            self.loaded(at, answer);
        });
        self.loading.set_value(Some(Loading { at, shows, request }));
    }

    fn loaded(self, at: usize, answer: Result<Vec<Cue>, Error>) {
        let loading = self.loading.try_update_value(Option::take).flatten();
        let shows = loading.is_some_and(|it| it.shows);
        self.is_loading.set(false);
        match answer {
            Ok(cues) => {
                self.tracks.update_value(|it| {
                    if let Some(track) = it.get_mut(at) {
                        track.cues = Some(Rc::new(cues));
                    }
                });
                if shows {
                    self.show(at);
                } else {
                    self.need_transcript();
                }
            }
            Err(error) => {
                let text = [&*t("No captions.").text(), " ", &messages::error(&error)].concat();
                self.failed(&text, shows);
            }
        }
    }

    /// What is shown stays; lists to choose from go back to it.
    fn failed(self, why: &str, shows: bool) {
        let state = self.screen.state;
        self.chosen.update(|_| {});
        self.renderer.settle();
        match self.chosen.get_untracked() {
            Some(at) => self.favourite.set_value(at),
            None => self.problem.set(Some(why.to_owned())),
        }
        if shows {
            state.warn(why);
        } else {
            state.alarm(why);
        }
    }

    fn stop_loading(self) {
        self.loading.set_value(None);
        self.is_loading.set(false);
    }

    /// Has the browser's menu list the tracks, and follows what is chosen there.
    fn offer(self) {
        self.tracks.with_value(|tracks| {
            for track in tracks {
                self.renderer.track(&track.label, &track.language);
            }
        });
        self.renderer.follow_menu(move || {
            let seen = self.renderer.seen();
            let at = self.tracks.with_value(|tracks| {
                let (label, language) = seen?;
                tracks.iter().position(|it| it.label == label && it.language == language)
            });
            let coming =
                self.loading.with_value(|it| it.as_ref().filter(|it| it.shows).map(|it| it.at));
            if at != coming.or(self.chosen.get_untracked()) {
                self.choose(at);
            }
        });
    }

    fn tell_labels(self) {
        let labels = self.tracks.with_value(|it| it.iter().map(|it| it.label.clone()).collect());
        self.labels.set(labels);
    }

    fn has_track(self) -> bool {
        self.tracks.with_value(|it| !it.is_empty())
    }
}

impl Track {
    fn new(subtitle: &Subtitle) -> Self {
        Self {
            label: subtitle.label.clone(),
            language: subtitle.language.clone(),
            url: Some(subtitle.url.clone()),
            cues: None,
        }
    }
}

/// Of several languages the first that the viewer's browser prefers.
fn preferred(tracks: &[Track]) -> usize {
    let own = browser::language();
    let base = |language: &str| language.split('-').next().map(str::to_ascii_lowercase);
    tracks.iter().position(|it| base(&it.language) == base(&own)).unwrap_or(0)
}

/// The cues, or what is wrong with the `{file}`.
async fn read_file(file: &File) -> Result<Vec<Cue>, Words> {
    if file.size() > LARGEST {
        return Err(t("“{file}” is larger than 5 MB, which captions are not."));
    }
    let bytes = JsFuture::from(file.array_buffer()).await;
    let bytes = bytes.map_err(|_| t("“{file}” could not be read."))?;
    let text = String::from_utf8(Uint8Array::new(&bytes).to_vec())
        .map_err(|_| t("“{file}” is not text in UTF-8. If it has captions, save it as UTF-8."))?;
    let cues = read_captions(&text).filter(|it| !it.is_empty());
    cues.ok_or(t("“{file}” has no captions. Files of the kinds .vtt and .srt have."))
}

/// Shows and hides them, where there are any.
pub fn captions_button(captions: Captions) -> impl Child {
    let has_any = Memo::new(move |_| captions.has_any());
    let likes = captions.screen.state.player;
    move || {
        has_any.get().then(|| {
            button()
                .class("icon-button")
                .attr("type", "button")
                .attr("aria-label", t("Captions"))
                .attr("aria-keyshortcuts", move || likes.with(|it| it.keys.aria(Action::Captions)))
                .attr("aria-pressed", move || captions.chosen.get().is_some().to_string())
                .attr("aria-busy", move || captions.is_loading.get().to_string())
                .on(ev::click, move |_| captions.toggle())
                .child(icon(icon::CAPTIONS))
        })
    }
}
