//! A key that is pressed, whichever layout, script and system it is pressed on, and which of them are the
//! player's to take.

/// In a written keymap, where a `;` stands between the actions.
pub(super) const SEMICOLON: &str = "Semicolon";

/// A key that goes down, as a `KeyboardEvent` tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stroke {
    pub key: String,
    /// Where the key is, `KeyK`; may be empty. Counts when the layout writes another script.
    pub code: String,
    /// Or Meta, which is ⌘.
    pub ctrl: bool,
    pub alt: bool,
    pub shift: bool,
}

impl Stroke {
    /// The key's number, for [`super::Action::Tenth`].
    pub fn digit(&self) -> Option<u8> {
        match self.name()?.as_bytes() {
            [digit @ b'0'..=b'9'] => Some(digit - b'0'),
            _ => None,
        }
    }

    /// The one name of this stroke, as `aria-keyshortcuts` wants it: `K`, `Shift+N`, `Space`. None of one that
    /// cannot be ours: dialogs and forms need Escape, Tab and Enter, the browser function keys and what is
    /// pressed with Alt, Ctrl or ⌘.
    pub(super) fn name(&self) -> Option<String> {
        let symbol = self.symbol();
        let is_arrow = self.key.starts_with("Arrow");
        // On a Mac, Option writes what other keyboards have keys for: `[` is Option+5 on a German one.
        let is_written_by_alt = symbol.is_some_and(|it| it.is_ascii_punctuation())
            && symbol != at_place(&self.code, self.shift);
        if self.ctrl && !is_arrow || self.alt && !is_written_by_alt {
            return None;
        }
        let (key, is_shift_told) = match symbol {
            Some(' ') => ("Space".into(), true),
            Some('+') => ("Plus".into(), false),
            // Caps Lock writes capitals too.
            Some(letter) => (letter.to_ascii_uppercase().into(), letter.is_ascii_alphabetic()),
            None if is_ours(&self.key) => (self.key.clone(), true),
            None => return None,
        };
        let ctrl = if self.ctrl { "Control+" } else { "" };
        let shift = if self.shift && is_shift_told { "Shift+" } else { "" };
        Some([ctrl, shift, &key].concat())
    }

    /// What it writes; in a script that is not Latin, what it would write on a keyboard of the USA.
    fn symbol(&self) -> Option<char> {
        let mut letters = self.key.chars();
        let letter = letters.next().filter(|_| letters.as_str().is_empty())?;
        let at_place = if is_latin(letter) { None } else { at_place(&self.code, self.shift) };
        let letter = at_place.unwrap_or(letter);
        let is_blank = letter.is_control() || letter.is_whitespace();
        (letter == ' ' || !is_blank).then_some(letter)
    }

    /// Of its name, or what somebody took for one.
    pub(super) fn read(name: &str) -> Self {
        let (ctrl, name) = take(name, "Control+");
        let (shift, name) = take(name, "Shift+");
        let key = match name {
            "Space" => " ",
            "Plus" => "+",
            SEMICOLON => ";",
            key => key,
        };
        Self { key: key.to_owned(), ctrl, shift, ..Self::default() }
    }
}

/// Or a sign of all scripts, such as `€` and `№`.
fn is_latin(letter: char) -> bool {
    letter <= '\u{24f}' || ('\u{2000}'..='\u{2bff}').contains(&letter)
}

fn take<'a>(text: &'a str, prefix: &str) -> (bool, &'a str) {
    text.strip_prefix(prefix).map_or((false, text), |rest| (true, rest))
}

/// Of the keys that write nothing, those that scroll or edit, which is no use in a player.
fn is_ours(key: &str) -> bool {
    const OURS: [&str; 11] = [
        "ArrowLeft",
        "ArrowRight",
        "ArrowUp",
        "ArrowDown",
        "Home",
        "End",
        "PageUp",
        "PageDown",
        "Insert",
        "Delete",
        "Backspace",
    ];
    OURS.contains(&key)
}

/// What the key at a place (`KeyboardEvent.code`) writes on a keyboard of the USA.
fn at_place(code: &str, is_shift: bool) -> Option<char> {
    let (plain, shifted) = match code {
        "Comma" => (',', '<'),
        "Period" => ('.', '>'),
        "Slash" => ('/', '?'),
        "BracketLeft" => ('[', '{'),
        "BracketRight" => (']', '}'),
        "Backslash" => ('\\', '|'),
        _ => {
            let digit = code.strip_prefix("Digit").or(code.strip_prefix("Numpad"));
            let mut letters = code.strip_prefix("Key").or(digit)?.chars();
            let letter = letters.next().filter(|_| letters.as_str().is_empty())?;
            (letter, letter)
        }
    };
    Some(if is_shift { shifted } else { plain })
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Action, Keymap},
        *,
    };

    fn stroke(key: &str) -> Stroke {
        Stroke { key: key.into(), ..Stroke::default() }
    }

    fn shift(key: &str) -> Stroke {
        Stroke { shift: true, ..stroke(key) }
    }

    fn ctrl(key: &str) -> Stroke {
        Stroke { ctrl: true, ..stroke(key) }
    }

    fn at(code: &str, stroke: Stroke) -> Stroke {
        Stroke { code: code.into(), ..stroke }
    }

    fn action(stroke: Stroke) -> Option<Action> {
        Keymap::default().action(&stroke)
    }

    #[test]
    fn shift_counts_for_letters_and_named_keys() {
        assert_eq!(action(stroke("k")), Some(Action::Play));
        assert_eq!(action(stroke("K")), Some(Action::Play), "Caps Lock");
        assert_eq!(action(shift("K")), None);
        assert_eq!(action(stroke("n")), None);
        assert_eq!(action(shift("N")), Some(Action::Next));
        assert_eq!(action(shift("ArrowLeft")), Some(Action::Back30));
        assert_eq!(action(shift("?")), Some(Action::Help));
        // On a French keyboard digits are written with Shift, on a German one `/`.
        assert_eq!(action(shift("7")), Some(Action::Tenth));
        assert_eq!(action(shift("/")), Some(Action::Search));
    }

    #[test]
    fn what_is_pressed_with_ctrl_or_alt_is_the_browsers() {
        assert_eq!(action(ctrl("ArrowRight")), Some(Action::NextChapter));
        for key in ["k", "c", "f", "t", "0", "Home", " ", "["] {
            assert_eq!(action(ctrl(key)), None, "{key}");
        }
        let alt = |code, key| action(Stroke { alt: true, ..at(code, stroke(key)) });
        assert_eq!(alt("ArrowLeft", "ArrowLeft"), None);
        assert_eq!(alt("Digit5", "5"), None);
        assert_eq!(alt("Comma", ","), None);
        assert_eq!(alt("Digit5", "["), Some(Action::LoopFrom), "Option on a German Mac");
    }

    #[test]
    fn other_scripts_go_by_the_place_of_the_key() {
        assert_eq!(action(at("KeyK", stroke("\u{43b}"))), Some(Action::Play));
        assert_eq!(action(at("KeyN", shift("\u{422}"))), Some(Action::Next));
        assert_eq!(action(at("Comma", stroke("\u{431}"))), Some(Action::FrameBack));
        assert_eq!(action(at("Comma", shift("\u{411}"))), Some(Action::Slower));
        assert_eq!(at("Digit3", stroke("\u{663}")).digit(), Some(3));
        // Latin letters are themselves, wherever they are.
        assert_eq!(action(at("Digit2", stroke("\u{e9}"))), None);
        assert_eq!(action(at("KeyK", stroke("t"))), Some(Action::Theatre));
        // With AltGr.
        assert_eq!(action(at("KeyI", stroke("→"))), None);
    }

    #[test]
    fn digits_tell_which() {
        assert_eq!(stroke("7").digit(), Some(7));
        assert_eq!(
            (stroke("k").digit(), stroke("F7").digit(), ctrl("7").digit()),
            (None, None, None)
        );
    }
}
