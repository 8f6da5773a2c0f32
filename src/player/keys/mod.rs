//! Which key does what in the player: what most players of the field have in common, and what the
//! viewer has changed of it. When keys are listened to is not known here.

mod stroke;

use std::cell::OnceCell;

pub use stroke::Stroke;

use crate::i18n::{Words, t};
use stroke::SEMICOLON;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Play,
    Back5,
    Forward5,
    Back10,
    Forward10,
    Back30,
    Forward30,
    Louder,
    Quieter,
    Mute,
    FrameBack,
    FrameForward,
    Slower,
    Faster,
    /// Which tenth is in the key: [`Stroke::digit`].
    Tenth,
    Start,
    End,
    Captions,
    FullScreen,
    Theatre,
    PictureInPicture,
    Next,
    Previous,
    NextChapter,
    PreviousChapter,
    LoopFrom,
    LoopTo,
    LoopStop,
    Search,
    Help,
}

impl Action {
    /// In the order of a list to read.
    pub const ALL: [Self; 30] = [
        Self::Play,
        Self::Back5,
        Self::Forward5,
        Self::Back10,
        Self::Forward10,
        Self::Back30,
        Self::Forward30,
        Self::Louder,
        Self::Quieter,
        Self::Mute,
        Self::FrameBack,
        Self::FrameForward,
        Self::Slower,
        Self::Faster,
        Self::Tenth,
        Self::Start,
        Self::End,
        Self::Captions,
        Self::FullScreen,
        Self::Theatre,
        Self::PictureInPicture,
        Self::Next,
        Self::Previous,
        Self::NextChapter,
        Self::PreviousChapter,
        Self::LoopFrom,
        Self::LoopTo,
        Self::LoopStop,
        Self::Search,
        Self::Help,
    ];

    /// For people: "Play or pause".
    pub fn what(self) -> Words {
        self.facts().1
    }

    /// For what is written, such as a host's list of keys: `full-screen`.
    pub fn name(self) -> &'static str {
        self.facts().0
    }

    /// Name, phrase, keys.
    fn facts(self) -> (&'static str, Words, &'static str) {
        match self {
            Self::Play => ("play", t("Play or pause"), "Space K"),
            Self::Back5 => ("back-5", t("5 seconds back"), "ArrowLeft"),
            Self::Forward5 => ("forward-5", t("5 seconds on"), "ArrowRight"),
            Self::Back10 => ("back-10", t("10 seconds back"), "J"),
            Self::Forward10 => ("forward-10", t("10 seconds on"), "L"),
            Self::Back30 => ("back-30", t("30 seconds back"), "Shift+ArrowLeft"),
            Self::Forward30 => ("forward-30", t("30 seconds on"), "Shift+ArrowRight"),
            Self::Louder => ("louder", t("Louder"), "ArrowUp"),
            Self::Quieter => ("quieter", t("Quieter"), "ArrowDown"),
            Self::Mute => ("mute", t("Mute or unmute"), "M"),
            Self::FrameBack => ("frame-back", t("While paused: one frame back"), ","),
            Self::FrameForward => ("frame-forward", t("While paused: one frame on"), "."),
            Self::Slower => ("slower", t("Slower"), "<"),
            Self::Faster => ("faster", t("Faster"), ">"),
            Self::Tenth => ("tenth", t("To that tenth of the recording"), "0 1 2 3 4 5 6 7 8 9"),
            Self::Start => ("start", t("To the start"), "Home"),
            Self::End => ("end", t("To the end"), "End"),
            Self::Captions => ("captions", t("Captions on or off"), "C"),
            Self::FullScreen => ("full-screen", t("Full screen on or off"), "F"),
            Self::Theatre => ("theatre", t("Theatre mode on or off"), "T"),
            Self::PictureInPicture => {
                ("picture-in-picture", t("Picture in picture on or off"), "I P")
            }
            Self::Next => ("next", t("Next recording"), "Shift+N"),
            Self::Previous => ("previous", t("Previous recording"), "Shift+P"),
            Self::NextChapter => ("next-chapter", t("Next chapter"), "Control+ArrowRight"),
            Self::PreviousChapter => {
                ("previous-chapter", t("Previous chapter"), "Control+ArrowLeft")
            }
            Self::LoopFrom => ("loop-from", t("Loop from here"), "["),
            Self::LoopTo => ("loop-to", t("Loop to here"), "]"),
            Self::LoopStop => ("loop-stop", t("Stop the loop"), "\\"),
            Self::Search => ("search", t("Search the transcript"), "/"),
            Self::Help => ("help", t("These keys"), "?"),
        }
    }
}

/// Which key does what. Read only when somebody asks: the list is there without the player.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    /// As [`Self::write`] writes it, or by hand.
    written: String,
    /// For each of [`Action::ALL`], in their order, its strokes' names.
    keys: OnceCell<Vec<Vec<String>>>,
}

impl PartialEq for Keymap {
    fn eq(&self, other: &Self) -> bool {
        self.all() == other.all()
    }
}

impl Eq for Keymap {}

fn default_keys(action: Action) -> Vec<String> {
    action.facts().2.split(' ').map(str::to_owned).collect()
}

impl Keymap {
    pub fn action(&self, stroke: &Stroke) -> Option<Action> {
        let name = stroke.name()?;
        Action::ALL.into_iter().find(|it| self.names(*it).contains(&name))
    }

    /// To read, one for each key: `Space`, `Shift+N`, `Ctrl+→`. The ten digits are one, `0–9`.
    pub fn keys(&self, action: Action) -> Vec<String> {
        let names = self.names(action);
        if names.len() == 10 && action == Action::Tenth {
            return vec!["0–9".into()];
        }
        names.iter().map(|it| readable(it)).collect()
    }

    /// The value of `aria-keyshortcuts`: `Space K`. Empty when the action has no key.
    pub fn aria(&self, action: Action) -> String {
        self.names(action).join(" ")
    }

    /// Makes the stroke the action's only key, and takes it from the action that had it. False, and nothing
    /// changes, for a key that dialogs, forms or the browser need, and for [`Action::Tenth`].
    pub fn remap(&mut self, action: Action, stroke: &Stroke) -> bool {
        let name = stroke.name().filter(|_| action != Action::Tenth);
        let is_possible = name.is_some();
        if let Some(name) = name {
            self.set(action, vec![name]);
        }
        is_possible
    }

    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// What differs from the default: `play=X;forward-10=L Shift+ArrowRight;mute=`.
    pub fn write(&self) -> String {
        let mut text = String::new();
        for action in Action::ALL {
            let names = self.names(action);
            if names == default_keys(action) {
                continue;
            }
            let between = if text.is_empty() { "" } else { ";" };
            let names = names.join(" ").replace(';', SEMICOLON);
            text.extend([between, action.name(), "=", &names]);
        }
        text
    }

    /// The default with what is written, by [`Self::write`] or by hand, of which is left out what makes no
    /// sense. A key that is given twice is the later action's.
    pub fn read(text: &str) -> Self {
        Self { written: text.to_owned(), keys: OnceCell::new() }
    }

    fn all(&self) -> &[Vec<String>] {
        self.keys.get_or_init(|| read_keys(&self.written))
    }

    fn names(&self, action: Action) -> &[String] {
        self.all().get(action as usize).map(Vec::as_slice).unwrap_or_default()
    }

    fn set(&mut self, action: Action, names: Vec<String>) {
        self.all();
        if let Some(keys) = self.keys.get_mut() {
            set_keys(keys, action, names);
        }
    }
}

fn read_keys(text: &str) -> Vec<Vec<String>> {
    let mut all: Vec<_> = Action::ALL.into_iter().map(default_keys).collect();
    for part in text.split(';') {
        let Some((name, keys)) = part.split_once('=') else { continue };
        let action = Action::ALL.into_iter().find(|it| it.name() == name.trim());
        let Some(action) = action else { continue };
        let mut names = Vec::new();
        for stroke in keys.split_whitespace().map(Stroke::read) {
            let is_fit = action != Action::Tenth || stroke.digit().is_some();
            let name = stroke.name().filter(|it| is_fit && !names.contains(it));
            names.extend(name);
        }
        if !names.is_empty() || keys.trim().is_empty() {
            set_keys(&mut all, action, names);
        }
    }
    all
}

fn set_keys(all: &mut [Vec<String>], action: Action, names: Vec<String>) {
    for keys in all.iter_mut() {
        keys.retain(|it| !names.contains(it));
    }
    if let Some(keys) = all.get_mut(action as usize) {
        *keys = names;
    }
}

/// What stands on a key, of those that are called otherwise on keyboards of other languages.
pub fn key_label(name: &str) -> Option<Words> {
    Some(match name {
        "Ctrl" => t("Ctrl"),
        "Shift" => t("Shift"),
        "Esc" => t("Esc"),
        "Enter" => t("key|Enter"),
        "Space" => t("key|Space"),
        "Home" => t("key|Home"),
        "End" => t("key|End"),
        "PageUp" => t("Page up"),
        "PageDown" => t("Page down"),
        "Insert" => t("key|Insert"),
        "Delete" => t("key|Delete"),
        "Backspace" => t("Backspace"),
        "Plus" => t("key|Plus"),
        _ => return None,
    })
}

fn readable(name: &str) -> String {
    const SIGNS: [(&str, &str); 5] = [
        ("Control", "Ctrl"),
        ("ArrowLeft", "←"),
        ("ArrowRight", "→"),
        ("ArrowUp", "↑"),
        ("ArrowDown", "↓"),
    ];
    SIGNS.iter().fold(name.to_owned(), |name, (word, sign)| name.replace(word, sign))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stroke(key: &str) -> Stroke {
        Stroke { key: key.into(), ..Stroke::default() }
    }

    fn ctrl(key: &str) -> Stroke {
        Stroke { ctrl: true, ..stroke(key) }
    }

    #[test]
    fn all_actions_are_in_place_and_their_names_apart() {
        for (at, action) in Action::ALL.into_iter().enumerate() {
            assert_eq!(action as usize, at);
            assert_eq!(Action::ALL.into_iter().filter(|it| it.name() == action.name()).count(), 1);
        }
    }

    #[test]
    fn every_key_of_the_default_is_one_that_can_be_pressed_and_does_one_thing() {
        for action in Action::ALL {
            for name in default_keys(action) {
                assert_eq!(Stroke::read(&name).name().as_deref(), Some(&*name));
                assert_eq!(Keymap::default().action(&Stroke::read(&name)), Some(action));
            }
        }
    }

    #[test]
    fn keys_are_written_for_eyes_and_for_screen_readers() {
        let keymap = Keymap::default();
        assert_eq!(keymap.keys(Action::Play), ["Space", "K"]);
        assert_eq!(keymap.keys(Action::NextChapter), ["Ctrl+→"]);
        assert_eq!(keymap.keys(Action::Tenth), ["0–9"]);
        assert_eq!(keymap.aria(Action::Play), "Space K");
        assert_eq!(keymap.aria(Action::PreviousChapter), "Control+ArrowLeft");
    }

    #[test]
    fn a_key_that_is_given_away_is_taken_from_the_other() {
        let mut keymap = Keymap::default();
        assert!(keymap.remap(Action::Mute, &stroke("k")));
        assert!(keymap.remap(Action::Faster, &stroke(";")));
        assert_eq!(keymap.action(&stroke("k")), Some(Action::Mute));
        assert_eq!(keymap.action(&stroke("m")), None);
        assert_eq!(keymap.keys(Action::Play), ["Space"]);
        assert_eq!(keymap.write(), "play=Space;mute=K;faster=Semicolon");
        keymap.reset();
        assert_eq!(keymap, Keymap::default());
    }

    #[test]
    fn keys_that_others_need_are_refused() {
        let mut keymap = Keymap::default();
        for key in
            ["Escape", "Tab", "Enter", "F5", "Shift", "Dead", "Unidentified", "", "\u{a0}", "\t"]
        {
            assert!(!keymap.remap(Action::Mute, &stroke(key)), "{key}");
        }
        assert!(!keymap.remap(Action::Mute, &ctrl("w")));
        assert!(!keymap.remap(Action::Tenth, &stroke("x")));
        assert_eq!(keymap, Keymap::default());
    }

    #[test]
    fn what_makes_no_sense_is_left_out() {
        let text = " play = x ;forward-10=L Shift+ArrowRight L Escape;nonsense=q;mute=Tab;help;captions=;tenth=1 x";
        let written = "play=X;forward-10=L Shift+ArrowRight;forward-30=;tenth=1;captions=";
        assert_eq!(Keymap::read(text).write(), written);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_as_it_was(
            remaps in prop::collection::vec((0..30_usize, "[ -~é]|ArrowUp|Home", any::<[bool; 2]>()), 0..20),
        ) {
            let mut keymap = Keymap::default();
            for (action, key, [ctrl, shift]) in remaps {
                keymap.remap(Action::ALL[action], &Stroke { ctrl, shift, ..stroke(&key) });
            }
            prop_assert_eq!(Keymap::read(&keymap.write()), keymap);
        }

        #[test]
        fn no_key_does_two_things(text in "((play|mute|tenth|help|x)=([kmx0-3?;=+ ]|Shift\\+|Control\\+|Plus|Space|\\PC){0,9};){0,6}") {
            let keymap = Keymap::read(&text);
            let mut names = keymap.all().concat();
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            prop_assert_eq!(names.len(), count);
            prop_assert_eq!(Keymap::read(&keymap.write()), keymap);
        }
    }
}
