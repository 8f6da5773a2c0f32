//! The texts of the program in the reader's language. A text is named by its English; other languages
//! are tables that the page loads, and where one has nothing the English stands. Every key is written
//! as a literal in `t` or `forms`: `cargo xtask lint` reads them there and holds the tables of
//! `languages/` to them.

use std::borrow::Cow;

use super::direction::turns_text;

/// A text by its English, which may have places to fill: "Link to {title} copied." Before a `|` stands
/// what it is, for a word that others say in two ways: "status|Open".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words(&'static str);

pub const fn t(english: &'static str) -> Words {
    Words(english)
}

/// A text that goes by a number, which is in it as `{n}`. What it is may stand before `other`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forms {
    one: &'static str,
    /// Also the key.
    other: &'static str,
}

pub const fn forms(one: &'static str, other: &'static str) -> Forms {
    Forms { one, other }
}

impl Words {
    pub fn text(self) -> Cow<'static, str> {
        match Language::translation(self.0) {
            Some(text) => Cow::Owned(text),
            None => Cow::Borrowed(without_context(self.0)),
        }
    }

    /// With each `{name}` replaced by its value. What looks like a place in a value stays as it is.
    pub fn with(self, values: &[(&str, &str)]) -> String {
        fill(&self.text(), values)
    }
}

impl From<Words> for String {
    fn from(words: Words) -> Self {
        words.text().into_owned()
    }
}

impl Forms {
    /// For `count`, written as a plain number.
    pub fn of(self, count: usize) -> String {
        self.with(count, &[("n", &count.to_string())])
    }

    /// For `count`, with values that have `n` among them, as the reader writes it.
    pub fn with(self, count: usize, values: &[(&str, &str)]) -> String {
        match Language::form(self.other, count) {
            Some(text) => fill(&text, values),
            None => fill(if count == 1 { self.one } else { without_context(self.other) }, values),
        }
    }
}

fn without_context(english: &'static str) -> &'static str {
    english.split_once('|').map_or(english, |(_, text)| text)
}

/// One pass from left to right, so that no value is looked at for places. Nor does one turn the sentence around.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let known = values
            .iter()
            .find_map(|(name, value)| Some((value, after.strip_prefix(name)?.strip_prefix('}')?)));
        match known {
            Some((value, after)) => {
                text.extend(value.chars().filter(|c| !turns_text(*c)));
                rest = after;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

#[cfg(not(target_arch = "wasm32"))]
struct Language;

/// Only a page has tables.
#[cfg(not(target_arch = "wasm32"))]
impl Language {
    fn translation(_: &str) -> Option<String> {
        None
    }

    fn form(_: &str, _: usize) -> Option<String> {
        None
    }
}

#[cfg(target_arch = "wasm32")]
pub use table::Language;

/// The language in use is ambient, as a locale is. Elements on one page may differ in it: whatever the
/// page calls (listeners, effects, tasks) runs in the language in which it was made.
#[cfg(target_arch = "wasm32")]
mod table {
    use std::{cell::RefCell, rc::Rc};

    use js_sys::{Array, Intl::PluralRules, Object, Reflect};
    use wasm_bindgen::JsValue;

    thread_local! {
        static CURRENT: RefCell<Language> = RefCell::default();
    }

    /// English unless it has a table.
    #[derive(Clone, Default)]
    pub struct Language(Option<Rc<Table>>);

    struct Table {
        tag: String,
        /// English to a text, or to an object of such by plural category; anything else has no texts.
        texts: JsValue,
        plurals: PluralRules,
        /// Which element of the page speaks it.
        element: u32,
    }

    impl Language {
        /// `tag` must be one that `Intl` takes. `element`: a number by which [`Language::element`] tells
        /// whose language it is.
        pub fn new(tag: &str, texts: JsValue, element: u32) -> Self {
            let plurals = PluralRules::new(&Array::of1(&tag.into()), &Object::new());
            Self(Some(Rc::new(Table { tag: tag.to_owned(), texts, plurals, element })))
        }

        /// A BCP 47 tag; empty where nobody has said.
        pub fn tag(&self) -> String {
            self.0.as_ref().map_or_else(String::new, |it| it.tag.clone())
        }

        /// Of the element in whose code this is called; 0 where there is none.
        pub fn element(&self) -> u32 {
            self.0.as_ref().map_or(0, |it| it.element)
        }

        pub fn current() -> Self {
            CURRENT.with_borrow(Clone::clone)
        }

        /// Runs `work` in this language.
        pub fn during<T>(&self, work: impl FnOnce() -> T) -> T {
            let before = CURRENT.replace(self.clone());
            let result = work();
            CURRENT.set(before);
            result
        }

        pub(super) fn translation(english: &str) -> Option<String> {
            CURRENT.with_borrow(|it| it.0.as_ref()?.get(english)?.as_string())
        }

        pub(super) fn form(english: &str, count: usize) -> Option<String> {
            CURRENT.with_borrow(|it| {
                let table = it.0.as_ref()?;
                let forms = table.get(english)?;
                let category = table.plurals.select(count as f64);
                let form = |name: &JsValue| Reflect::get(&forms, name).ok()?.as_string();
                form(&category.into()).or_else(|| form(&"other".into()))
            })
        }
    }

    impl Table {
        fn get(&self, english: &str) -> Option<JsValue> {
            // A page's getter may throw.
            let texts = Some(&self.texts).filter(|it| it.is_object())?;
            Reflect::get(texts, &english.into()).ok().filter(|it| !it.is_undefined())
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::i18n::unturned;

    #[test]
    fn places_are_filled() {
        let text = t("{done} of {all}, {done}").with(&[("done", "3"), ("all", "12")]);
        assert_eq!(text, "3 of 12, 3");
        assert_eq!(forms("{n} link", "{n} links").of(1), "1 link");
        assert_eq!(forms("{n} link", "{n} links").of(0), "0 links");
        assert_eq!(forms("{n} link", "{n} links").with(2_000, &[("n", "2,000")]), "2,000 links");
    }

    #[test]
    fn what_tells_two_words_apart_is_not_shown() {
        assert_eq!(t("status|Open").text(), "Open");
        assert_eq!(forms("{n} left", "rooms|{n} left").of(2), "2 left");
    }

    #[test]
    fn what_is_no_place_stays() {
        assert_eq!(t("a { b } {c} {").with(&[("a", "1")]), "a { b } {c} {");
    }

    #[test]
    fn a_value_turns_nothing_of_the_sentence() {
        let title = "\u{202e}gpj.exe\u{2066} פיזיקה\u{200f} 101";
        assert_eq!(t("<{a}>").with(&[("a", title)]), "<gpj.exe פיזיקה\u{200f} 101>");
    }

    proptest! {
        #[test]
        fn values_are_never_looked_at_for_places(a in ".*", b in ".*") {
            let text = t("<{a}/{b}>").with(&[("a", &a), ("b", &b)]);
            prop_assert_eq!(text, format!("<{}/{}>", unturned(&a), unturned(&b)));
        }
    }
}
