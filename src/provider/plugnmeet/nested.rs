//! JSON within a text of JSON, which no JSON reader has opened yet: the payload of a token, and
//! `result` as WordPress passes it on. Small rather than strict: what is not quite JSON may pass.

use std::str::Chars;

use crate::{model::Json, provider::read::decimal};

/// `None` when it is not JSON or nested too deeply.
pub fn parse(text: &str) -> Option<Json> {
    if Json::is_too_deep(text) {
        return None;
    }
    let mut rest = Rest(text);
    let json = rest.value()?;
    rest.skip_space();
    rest.0.is_empty().then_some(json)
}

/// What has not been read yet.
struct Rest<'a>(&'a str);

impl Rest<'_> {
    fn skip_space(&mut self) {
        self.0 = self.0.trim_start_matches([' ', '\t', '\r', '\n']);
    }

    /// Whether this comes next; if so it is passed.
    fn takes(&mut self, text: &str) -> bool {
        self.skip_space();
        let rest = self.0.strip_prefix(text);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn value(&mut self) -> Option<Json> {
        if self.takes("{") {
            return self.items("}", Self::entry).map(Json::Object);
        }
        if self.takes("[") {
            return self.items("]", Self::value).map(Json::List);
        }
        if self.takes("\"") {
            return self.text().map(Json::Text);
        }
        let words =
            [("null", Json::Null), ("true", Json::Bool(true)), ("false", Json::Bool(false))];
        for (word, json) in words {
            if self.takes(word) {
                return Some(json);
            }
        }
        let is_in_number = |c: char| c.is_ascii_digit() || "+-.eE".contains(c);
        let end = self.0.find(|c| !is_in_number(c)).unwrap_or(self.0.len());
        let (number, rest) = self.0.split_at(end);
        self.0 = rest;
        decimal(number).map(Json::Number)
    }

    /// What is between brackets and commas.
    fn items<T>(&mut self, end: &str, read: fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut items = Vec::new();
        if self.takes(end) {
            return Some(items);
        }
        loop {
            items.push(read(self)?);
            if self.takes(end) {
                return Some(items);
            }
            if !self.takes(",") {
                return None;
            }
        }
    }

    fn entry(&mut self) -> Option<(String, Json)> {
        let key = if self.takes("\"") { self.text()? } else { return None };
        if self.takes(":") { Some((key, self.value()?)) } else { None }
    }

    /// Up to the closing quotation mark.
    fn text(&mut self) -> Option<String> {
        let mut text = String::new();
        let mut chars = self.0.chars();
        loop {
            match chars.next()? {
                '"' => break,
                '\\' => text.push(escaped(&mut chars)?),
                c => text.push(c),
            }
        }
        self.0 = chars.as_str();
        Some(text)
    }
}

/// What follows a backslash.
fn escaped(chars: &mut Chars) -> Option<char> {
    Some(match chars.next()? {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => {
            let unit = utf16_unit(chars)?;
            let mut ahead = chars.clone();
            // Beyond 16 bits a character is written as two.
            if (0xd800..0xdc00).contains(&unit)
                && (ahead.next(), ahead.next()) == (Some('\\'), Some('u'))
                && let Some(second) = utf16_unit(&mut ahead)
                && let Some(Ok(c)) = char::decode_utf16([unit, second]).next()
            {
                *chars = ahead;
                return Some(c);
            }
            char::from_u32(unit.into()).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        c => c,
    })
}

fn utf16_unit(chars: &mut Chars) -> Option<u16> {
    (0..4).try_fold(0, |unit, _| {
        let digit = chars.next()?.to_digit(16)?;
        Some(unit << 4 | u16::try_from(digit).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::provider::testing::any_json;

    proptest! {
        #[test]
        fn reads_what_any_json_reader_reads(value in any_json()) {
            let text = value.to_string();
            let same: Json = serde_json::from_str(&text).unwrap();
            prop_assert!(parse(&text).is_some_and(|it| is_as(&it, &same)), "{}", text);
        }

        #[test]
        fn no_text_upsets_it(text in any::<String>()) {
            let _ = parse(&text);
        }
    }

    /// The same but for the last digit of a number.
    fn is_as(a: &Json, b: &Json) -> bool {
        match (a, b) {
            (Json::Number(a), Json::Number(b)) => (a - b).abs() <= b.abs() * 1e-13,
            (Json::List(a), Json::List(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_as(a, b))
            }
            (Json::Object(a), Json::Object(b)) => {
                let mut pairs = a.iter().zip(b);
                a.len() == b.len() && pairs.all(|(a, b)| a.0 == b.0 && is_as(&a.1, &b.1))
            }
            (a, b) => a == b,
        }
    }

    #[test]
    fn escapes_are_undone() {
        let text = r#" "\u00e9\ud83d\ude00\ud83d\n\/\"\\ é" "#;
        assert_eq!(parse(text), Some(Json::Text("é😀\u{fffd}\n/\"\\ é".into())));
    }

    #[test]
    fn what_is_cut_short_or_too_deep_is_nothing() {
        for bad in ["", "{", "{\"a\"", "{\"a\":", "[1,", "\"a", "\"\\u12", "1 2", "nul", "[1 2]"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
        assert_eq!(parse(&"[".repeat(100_000)), None);
    }
}
