//! The browser's own renderer of captions. It is given only what is said at about the time: a file with
//! thousands of lines, or a hostile one, costs no more than a short one. Where they come from and which
//! are wanted it need not know.

use std::rc::Rc;

use js_sys::Reflect;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{EventTarget, TextTrack, TextTrackKind, TextTrackMode, VttCue};

use crate::{
    i18n::Language,
    media::Cue,
    ui::{browser, player::screen::Screen, reactive::*},
};

/// Seconds of the recording after which the browser is given other cues, and how far ahead they reach.
const SPAN: f64 = 20.0;
const AHEAD: f64 = 40.0;
/// CSS px above our controls that are no more than their shadow.
const SHADOW: f64 = 32.0;
/// CSS px that are left free without them.
const MARGIN: f64 = 20.0;
/// Characters, after which a line is probably broken.
const LINE: usize = 48;

/// A handle, free to copy.
#[derive(Clone, Copy)]
pub struct Renderer {
    screen: Screen,
    drawn: StoredValue<Option<Drawn>>,
    is_shown: RwSignal<bool>,
    /// All that the video has ever got. They stay with it, and are used again.
    tracks: StoredValue<Vec<TextTrack>>,
    menu: StoredValue<Option<Menu>>,
}

struct Drawn {
    track: TextTrack,
    source: Rc<Vec<Cue>>,
    /// With their places in the source, in order.
    cues: Vec<(usize, VttCue)>,
}

impl Renderer {
    pub fn new(screen: Screen) -> Self {
        let it = Self {
            screen,
            drawn: StoredValue::new(None),
            is_shown: RwSignal::new(false),
            tracks: StoredValue::new(Vec::new()),
            menu: StoredValue::new(None),
        };
        let span = Memo::new(move |_| (screen.position.get() / SPAN) as u32);
        Effect::new(move |_| {
            let from = f64::from(span.get()) * SPAN;
            // Where there is room for them changes.
            let has_controls = !screen.is_idle.get();
            screen.is_full_screen.track();
            if it.is_shown.get() {
                it.draw(from, has_controls);
            }
        });
        it
    }

    pub fn show(self, label: &str, language: &str, source: &Rc<Vec<Cue>>) {
        let is_same = |it: &Drawn| Rc::ptr_eq(&it.source, source);
        if !self.drawn.with_value(|it| it.as_ref().is_some_and(is_same)) {
            self.clear();
            let track = self.track(label, language);
            let drawn = |track| Drawn { track, source: source.clone(), cues: Vec::new() };
            self.drawn.set_value(track.map(drawn));
        }
        self.is_shown.set(true);
        self.settle();
    }

    pub fn hide(self) {
        self.is_shown.set(false);
        self.settle();
    }

    /// Forgets what was there: another recording begins.
    pub fn clear(self) {
        self.drawn.update_value(|it| {
            if let Some(mut drawn) = it.take() {
                drawn.keep(&[]);
            }
        });
        self.hide();
    }

    /// Tells the browser again which of the tracks is to be seen.
    pub fn settle(self) {
        let is_shown = self.is_shown.get_untracked();
        let seen = self.drawn.with_value(|it| it.as_ref().map(|it| it.track.clone()));
        let seen = seen.filter(|_| is_shown);
        self.tracks.with_value(|tracks| {
            for track in tracks {
                let is_seen = seen.as_ref() == Some(track);
                track.set_mode(if is_seen {
                    TextTrackMode::Showing
                } else {
                    TextTrackMode::Hidden
                });
            }
        });
    }

    /// Under the browser's own controls its menu lists the tracks, before there are cues: `choose` is
    /// told what it turns on and off.
    pub fn follow_menu(self, choose: impl Fn() + 'static) {
        let Some(video) = self.screen.video.get_untracked() else { return };
        let list = Reflect::get(&video, &"textTracks".into()).unwrap_or_default();
        let language = Language::current();
        let choose = Closure::new(move || language.during(&choose));
        self.menu.set_value(Some(Menu::new(list.unchecked_into(), choose)));
    }

    /// Label and language of the one that the browser shows.
    pub fn seen(self) -> Option<(String, String)> {
        self.tracks.with_value(|tracks| {
            let seen = tracks.iter().find(|it| it.mode() == TextTrackMode::Showing)?;
            Some((seen.label(), seen.language()))
        })
    }

    /// The video's track of that name, made when there is none.
    pub fn track(self, label: &str, language: &str) -> Option<TextTrack> {
        let is_it = |it: &&TextTrack| it.label() == label && it.language() == language;
        if let Some(track) = self.tracks.with_value(|it| it.iter().find(is_it).cloned()) {
            return Some(track);
        }
        let video = self.screen.video.get_untracked()?;
        let kind = TextTrackKind::Captions;
        let track = video.add_text_track_with_label_and_language(kind, label, language);
        self.tracks.update_value(|it| it.push(track.clone()));
        Some(track)
    }

    /// How high they are, in CSS px: on a narrow screen they have two rows.
    fn controls(self) -> f64 {
        let found = self.screen.frame.get_untracked().map(|it| browser::all(&it, ".controls"));
        let bar = found.and_then(|it| it.into_iter().next());
        bar.map_or(MARGIN + SHADOW, |it| f64::from(it.client_height()))
    }

    fn draw(self, from: f64, has_controls: bool) {
        let Some(video) = self.screen.video.get_untracked() else { return };
        let below = if has_controls { self.controls() - SHADOW } else { MARGIN };
        // For its own controls the browser makes room by itself.
        let has_native = self.screen.state.has_native_controls.get_value();
        let height = f64::from(video.client_height()).max(1.0);
        let top = |text: &str| (!has_native).then(|| top_of(text, height, below));
        self.drawn.update_value(|it| {
            if let Some(drawn) = it {
                let wanted = Cue::between(&drawn.source, from, from + SPAN + AHEAD);
                drawn.keep(&wanted);
                drawn.place(&top);
                drawn.add(&wanted, &top);
            }
        });
    }
}

impl Drawn {
    /// Takes all others away.
    fn keep(&mut self, wanted: &[usize]) {
        self.cues.retain(|(at, cue)| {
            let is_wanted = wanted.binary_search(at).is_ok();
            if !is_wanted {
                // Fails only for a cue that is not there.
                let _ = self.track.remove_cue(cue);
            }
            is_wanted
        });
    }

    fn add(&mut self, wanted: &[usize], top: &dyn Fn(&str) -> Option<f64>) {
        for at in wanted {
            let Err(place) = self.cues.binary_search_by_key(at, |(at, _)| *at) else { continue };
            let Some(cue) = self.source.get(*at) else { continue };
            if let Ok(made) = VttCue::new(cue.start, cue.end, &cue.text) {
                put(&made, top(&cue.text));
                self.track.add_cue(&made);
                self.cues.insert(place, (*at, made));
            }
        }
    }

    fn place(&self, top: &dyn Fn(&str) -> Option<f64>) {
        for (at, cue) in &self.cues {
            if let Some(source) = self.source.get(*at) {
                put(cue, top(&source.text));
            }
        }
    }
}

/// Has a cue begin at so many percent of the height. Setting it draws a cue anew.
fn put(cue: &VttCue, top: Option<f64>) {
    if let Some(top) = top
        && cue.line().as_f64() != Some(top)
    {
        cue.set_snap_to_lines(false);
        cue.set_line_f64(top);
    }
}

/// Where a caption begins, in percent of the picture's height, so that it ends so many px above its
/// lower edge. Not all engines can be told where it ends.
fn top_of(text: &str, height: f64, below: f64) -> f64 {
    let line_height = 1.3 * (height * 0.05).max(15.0);
    let lines: usize = text.lines().map(|line| 1 + line.chars().count() / LINE).sum();
    let top = height - below - line_height * lines as f64;
    (100.0 * top / height).clamp(0.0, 90.0).round()
}

/// Listens to the browser's menu of tracks until it is dropped.
struct Menu {
    tracks: EventTarget,
    choose: Closure<dyn Fn()>,
}

impl Menu {
    fn new(tracks: EventTarget, choose: Closure<dyn Fn()>) -> Self {
        // Neither this nor the removal fails on a list of tracks.
        let listener = choose.as_ref().unchecked_ref();
        let _ = tracks.add_event_listener_with_callback("change", listener);
        Self { tracks, choose }
    }
}

impl Drop for Menu {
    fn drop(&mut self) {
        let listener = self.choose.as_ref().unchecked_ref();
        let _ = self.tracks.remove_event_listener_with_callback("change", listener);
    }
}
