//! What the term at the caret could become: operators for what is begun, and values after an operator.

use super::{
    key::Key,
    print::{keyed, room_text},
    token::{self, Shape, Token},
};
use crate::i18n::{Words, t};

/// One of the things that the term at the caret could become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The whole new input.
    pub text: String,
    /// Where to go on typing, in bytes of `text`.
    pub caret: usize,
    /// The completed term.
    pub label: String,
    /// What it means.
    pub hint: Words,
}

const MOST: usize = 8;
/// Letters of a word from which on rooms are offered for it.
const SHORTEST_ROOM: usize = 2;
const ROOM: Words = t("room");

const STATUSES: [(&str, Words); 3] = [
    ("ready", t("can be watched")),
    ("progress", t("not finished yet")),
    ("failed", t("came to nothing")),
];
const DAYS: [(&str, Words); 5] = [
    ("today", t("this day")),
    ("yesterday", t("the day before today")),
    ("7d", t("7 days ago")),
    ("30d", t("30 days ago")),
    ("1y", t("a year ago")),
];
const DURATIONS: [(&str, Words); 5] = [
    ("5m", t("5 minutes")),
    ("15m", t("15 minutes")),
    ("30m", t("30 minutes")),
    ("1h", t("1 hour")),
    ("2h", t("2 hours")),
];
const SIZES: [(&str, Words); 5] = [
    ("10mb", t("10 megabytes")),
    ("100mb", t("100 megabytes")),
    ("500mb", t("500 megabytes")),
    ("1gb", t("1 gigabyte")),
    ("5gb", t("5 gigabytes")),
];

/// At most eight. `caret` in bytes of the text; `rooms` are the names that people know.
pub fn complete(
    text: &str,
    caret: usize,
    rooms: &mut dyn Iterator<Item = &str>,
) -> Vec<Completion> {
    // Only what is before the caret was begun: behind it, a quote may close what it was not meant to.
    let Some(token) = text.get(..caret).and_then(last_token).filter(|it| it.end == caret) else {
        return Vec::new();
    };
    let mut offers = Offers::at(text, &token);
    match token.shape {
        Shape::Phrase(_) => {}
        Shape::Word => {
            for key in Key::ALL.into_iter().filter(|key| begins(key.name(), token.text)) {
                offers.add(keyed(key, ""), meaning(key), false);
            }
            if token.text.chars().count() >= SHORTEST_ROOM {
                offers.add_rooms(token.text, rooms);
            }
        }
        Shape::Keyed(Key::Room, begun) => offers.add_rooms(begun, rooms),
        Shape::Keyed(key, begun) => {
            for (value, hint) in values(key).iter().filter(|(value, _)| begins(value, begun)) {
                offers.add(keyed(key, value), *hint, true);
            }
        }
    }
    offers.list
}

fn last_token(text: &str) -> Option<Token<'_>> {
    let mut last = None;
    while let Some(token) = token::next(text, last.as_ref().map_or(0, |it: &Token| it.end)) {
        last = Some(token);
    }
    last
}

/// The completions of one term.
struct Offers<'a> {
    /// What stays before the term, its minus included, and behind it.
    before: &'a str,
    after: &'a str,
    /// The term as it is, up to the caret.
    begun: &'a str,
    list: Vec<Completion>,
}

impl<'a> Offers<'a> {
    /// A term is replaced to its end, also behind the caret.
    fn at(text: &'a str, token: &Token<'a>) -> Self {
        let after = |at: usize| text.get(at..).unwrap_or_default();
        // A closing quote has nothing right behind it: otherwise it opens the next phrase.
        let end = token::next(text, token.start)
            .filter(|whole| !whole.is_unclosed && whole.end >= token.end)
            .filter(|whole| !after(whole.end).starts_with(|it: char| !it.is_whitespace()))
            .map_or(token.end, |whole| whole.end);
        let before = text.get(..token.end - token.text.len()).unwrap_or_default();
        Self { before, after: after(end), begun: token.text, list: Vec::new() }
    }

    /// What is whole gets a space behind it, for the next term.
    fn add(&mut self, label: String, hint: Words, is_whole: bool) {
        let is_known = self.list.iter().any(|it| it.label == label);
        if is_known || self.list.len() == MOST || self.begun.eq_ignore_ascii_case(&label) {
            return;
        }
        let space = self.after.chars().next().filter(|it| it.is_whitespace());
        let gap = if is_whole && space.is_none() { " " } else { "" };
        let caret = self.before.len() + label.len();
        let skipped = if is_whole { space.map_or(gap.len(), char::len_utf8) } else { 0 };
        let text = [self.before, &label, gap, self.after].concat();
        self.list.push(Completion { text, caret: caret + skipped, label, hint });
    }

    /// Those whose name begins with what is typed come before those that have it further on.
    fn add_rooms(&mut self, begun: &str, rooms: &mut dyn Iterator<Item = &str>) {
        let begun = begun.to_ascii_lowercase();
        let mut further = Vec::new();
        for name in rooms {
            if self.list.len() == MOST {
                return;
            }
            let (name, lower) = (name.trim(), name.trim().to_ascii_lowercase());
            if name.is_empty() {
                continue;
            }
            if lower.starts_with(&begun) {
                self.add_room(name);
            } else if further.len() < MOST && lower.contains(&begun) {
                further.push(name.to_owned());
            }
        }
        further.iter().for_each(|name| self.add_room(name));
    }

    fn add_room(&mut self, name: &str) {
        let name = quotable(name);
        if !name.is_empty() {
            self.add(room_text(name), ROOM, true);
        }
    }
}

/// A name that needs quotes cannot have any in it: its longest part without them finds it too.
fn quotable(name: &str) -> &str {
    let needs_quotes = name.contains(char::is_whitespace) || name.starts_with(token::is_quote);
    if needs_quotes && name.contains(token::is_quote) {
        name.split(token::is_quote).map(str::trim).max_by_key(|it| it.len()).unwrap_or_default()
    } else {
        name
    }
}

fn begins(text: &str, begun: &str) -> bool {
    text.get(..begun.len()).is_some_and(|it| it.eq_ignore_ascii_case(begun))
}

fn values(key: Key) -> &'static [(&'static str, Words)] {
    match key {
        Key::Room => &[],
        Key::Status => &STATUSES,
        Key::After | Key::Before => &DAYS,
        Key::Longer | Key::Shorter => &DURATIONS,
        Key::Larger | Key::Smaller => &SIZES,
    }
}

fn meaning(key: Key) -> Words {
    match key {
        Key::Room => t("room’s name"),
        Key::Status => t("ready, progress or failed"),
        Key::After => t("on this day or later"),
        Key::Before => t("before this day"),
        Key::Longer => t("at least this long"),
        Key::Shorter => t("shorter than this"),
        Key::Larger => t("at least this large"),
        Key::Smaller => t("smaller than this"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ROOMS: [&str; 6] =
        ["Physics 101", "Astrophysics", "physics-lab", "Physics 101", " ", "5\" pipe fitting"];

    /// `|` is the caret, in and out.
    fn completed(marked: &str) -> Vec<String> {
        let caret = marked.find('|').unwrap();
        let text = marked.replace('|', "");
        complete(&text, caret, &mut ROOMS.into_iter())
            .into_iter()
            .map(|mut it| {
                it.text.insert(it.caret, '|');
                it.text
            })
            .collect()
    }

    #[test]
    fn operators_for_what_is_begun() {
        assert_eq!(completed("roo|"), ["room:|"]);
        assert_eq!(completed("ro|"), ["room:|", "room:Astrophysics |"]);
        assert_eq!(completed("S|"), ["status:|", "shorter:|", "smaller:|"]);
        assert_eq!(completed("heat -af| x"), ["heat -after:| x"]);
        assert_eq!(completed("l|ong x"), ["longer:| x", "larger:| x"]);
        assert_eq!(completed("status|"), ["status:|"]);
        assert_eq!(complete("ro", 2, &mut [].into_iter())[0].hint.text(), "room’s name");
        for nothing in ["|", "ro |", "| ro", "-|", "x|", "\"ro|", "\"a ro|\" b", "\"ro\"|"] {
            assert_eq!(completed(nothing), [""; 0], "{nothing}");
        }
    }

    #[test]
    fn values_after_an_operator() {
        assert_eq!(
            completed("status:|"),
            ["status:ready |", "status:progress |", "status:failed |"]
        );
        assert_eq!(completed("-STATUS:R| x"), ["-status:ready |x"]);
        assert_eq!(completed("after:y|"), ["after:yesterday |"]);
        assert_eq!(
            completed("larger:1|0 x"),
            ["larger:10mb |x", "larger:100mb |x", "larger:1gb |x"]
        );
        assert_eq!(completed("status:ready|"), [""; 0]);
        assert_eq!(completed("status:x|"), [""; 0]);
    }

    #[test]
    fn rooms_that_have_what_is_typed() {
        let physics = ["room:\"Physics 101\" |", "room:physics-lab |", "room:Astrophysics |"];
        assert_eq!(completed("room:phy|"), physics);
        assert_eq!(completed("room:\"phy|"), physics);
        assert_eq!(completed("ph|"), physics);
        assert_eq!(completed("room:\"phy|sics 99\""), physics);
        assert_eq!(completed("room:\"Physics 101\"|"), [""; 0]);
        assert_eq!(completed("room:\"Physics 101|"), ["room:\"Physics 101\" |"]);
        assert_eq!(completed("room:pip|"), ["room:\"pipe fitting\" |"]);
        assert_eq!(completed("p|"), [""; 0]);
    }

    #[test]
    fn a_phrase_behind_the_caret_stays() {
        assert_eq!(completed("room:\"astro| \"first law\""), ["room:Astrophysics |\"first law\""]);
    }

    proptest! {
        #[test]
        fn a_completion_is_what_it_says(
            text in "([-:\" ]|room:|status:|after:|larger:|ph|ro|\\PC){0,8}",
            caret in 0_usize..40,
        ) {
            for it in complete(&text, caret, &mut ROOMS.into_iter()) {
                prop_assert!(it.text.is_char_boundary(it.caret));
                prop_assert!(it.text[..it.caret].trim_end().ends_with(&it.label));
                let kept = text.get(..caret).unwrap();
                let start = it.text[..it.caret].trim_end().len() - it.label.len();
                prop_assert!(kept.starts_with(&it.text[..start]));
            }
        }
    }
}
