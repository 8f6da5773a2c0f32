//! What each key does, while the focus is in the player and nobody is typing.

use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{Player, keys_sheet::stroke, system};
use crate::{
    i18n::t,
    player::{Action, Stroke, faster, next_chapter, previous_chapter, slower},
    ui::{browser, reactive::*, shortcuts::TYPING},
};

/// By what a key changes the volume.
const VOLUME: f64 = 0.05;

pub fn keys(it: Player, event: &ev::KeyboardEvent) {
    it.screen.wake();
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let is_in =
        |selector| target.as_ref().is_some_and(|it| matches!(it.closest(selector), Ok(Some(_))));
    // What is pressed with ⌘ is the browser's.
    if event.default_prevented() || event.is_composing() || event.meta_key() || is_in("dialog") {
        return;
    }
    if event.key() == "Escape" {
        if it.escape() {
            event.prevent_default();
        }
        return;
    }
    let is_mirrored = is_in(":dir(rtl)");
    let key = event.key();
    let presses = matches!(key.as_str(), " " | "Enter") && is_in("button, input:not([type=range])");
    let slides = is_in(".volume") && (key.starts_with("Arrow") || key == "Home" || key == "End");
    if it.state.has_native_controls.get_value() || is_in(TYPING) || presses || slides {
        return;
    }
    let stroke = stroke(event, is_mirrored);
    let action = it.state.player.with_untracked(|likes| likes.keys.action(&stroke));
    if let Some(action) = action {
        event.prevent_default();
        it.act(action, &stroke);
    }
}

impl Player {
    fn act(self, action: Action, stroke: &Stroke) {
        let screen = self.screen;
        match action {
            Action::Play => screen.toggle(),
            Action::Back5 => screen.seek_by(-5.0),
            Action::Forward5 => screen.seek_by(5.0),
            Action::Back10 => screen.seek_by(-10.0),
            Action::Forward10 => screen.seek_by(10.0),
            Action::Back30 => screen.seek_by(-30.0),
            Action::Forward30 => screen.seek_by(30.0),
            Action::Louder => self.change_volume(VOLUME),
            Action::Quieter => self.change_volume(-VOLUME),
            Action::Mute => {
                screen.toggle_mute();
                let is_muted = screen.state.player.with_untracked(|likes| likes.is_muted);
                screen.show_hint(if is_muted { t("Muted") } else { t("Sound on") }.into());
            }
            Action::FrameBack => self.stepping.step(-1),
            Action::FrameForward => self.stepping.step(1),
            Action::Slower => screen.set_rate(slower(screen.rate.get_untracked())),
            Action::Faster => screen.set_rate(faster(screen.rate.get_untracked())),
            Action::Tenth => {
                let tenths = f64::from(stroke.digit().unwrap_or_default());
                screen.seek(screen.duration.get_untracked() * tenths / 10.0);
                screen.seek_by(0.0);
            }
            Action::Start => screen.seek(0.0),
            Action::End => screen.seek(screen.duration.get_untracked()),
            Action::Captions => self.toggle_captions(),
            Action::FullScreen => system::toggle_full_screen(screen),
            Action::Theatre => self.toggle_theatre(),
            Action::PictureInPicture => system::toggle_picture_in_picture(screen),
            Action::Next => self.play_neighbour(1),
            Action::Previous => self.play_neighbour(-1),
            Action::NextChapter => self.go_to_chapter(true),
            Action::PreviousChapter => self.go_to_chapter(false),
            Action::LoopFrom => self.loop_from(),
            Action::LoopTo => self.loop_to(),
            Action::LoopStop => self.loop_stop(),
            Action::Search => self.search_transcript(),
            Action::Help => self.has_keys.set(true),
        }
    }

    /// Closes what is open: whether there was something.
    fn escape(self) -> bool {
        if self.has_settings.get_untracked() {
            self.close_settings();
            return true;
        }
        // The browser's own key for leaving it.
        if self.screen.is_full_screen.get_untracked() {
            return false;
        }
        self.leave()
    }

    fn change_volume(self, by: f64) {
        let screen = self.screen;
        screen.set_volume(screen.volume.get_untracked() + by);
        let percent = screen.state.player.with_untracked(|likes| likes.volume);
        screen.show_hint(t("Volume {n} %").with(&[("n", &percent.to_string())]));
    }

    fn toggle_captions(self) {
        self.captions.toggle();
        let has_captions = self.state.player.with_untracked(|likes| likes.has_captions);
        let said = match untrack(|| self.captions.has_any()) {
            false => t("No captions"),
            true if has_captions => t("Captions on"),
            true => t("Captions off"),
        };
        self.screen.show_hint(said.into());
    }

    pub fn toggle_theatre(self) {
        self.screen.like(|it| it.is_theatre = !it.is_theatre);
    }

    fn go_to_chapter(self, is_next: bool) {
        let screen = self.screen;
        let position = screen.position.get_untracked();
        let found = screen.chapters.with_untracked(|it| {
            let start =
                if is_next { next_chapter(it, position) } else { previous_chapter(it, position) }?;
            let title = it.iter().find(|it| it.start == start)?.title.clone();
            Some((start, title))
        });
        if let Some((start, title)) = found {
            screen.seek(start);
            screen.show_hint(title);
        }
    }

    pub fn loop_from(self) {
        let position = self.screen.position.get_untracked();
        self.screen.repeat.update(|it| it.set_from(position));
        self.screen.show_hint(t("Loop from here").into());
    }

    pub fn loop_to(self) {
        let position = self.screen.position.get_untracked();
        self.screen.repeat.update(|it| it.set_to(position));
        self.screen.show_hint(t("Loop to here").into());
    }

    pub fn loop_stop(self) {
        self.screen.repeat.update(crate::player::Repeat::clear);
        self.screen.show_hint(t("Loop off").into());
    }

    fn search_transcript(self) {
        if !untrack(|| self.captions.has_any()) {
            return;
        }
        self.screen.like(|it| it.has_transcript = true);
        self.captions.need_transcript();
        // In the page a moment later.
        self.state.spawn(async move {
            gloo_timers::future::TimeoutFuture::new(0).await;
            browser::focus(self.search.get_untracked().map(HtmlElement::from));
        });
    }
}
