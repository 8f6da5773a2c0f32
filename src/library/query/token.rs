//! Where the terms of a search text begin and end, before anybody asks what they mean.

use super::key::Key;

/// Keyboards of telephones write the curved ones by themselves.
const QUOTES: [char; 4] = ['"', '“', '”', '„'];

#[derive(Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// Byte offsets in the text; the minus is included.
    pub start: usize,
    pub end: usize,
    pub is_not: bool,
    /// All of it but the minus.
    pub text: &'a str,
    pub shape: Shape<'a>,
    /// Its quote has no end: it may take in more than was meant.
    pub is_unclosed: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Shape<'a> {
    Word,
    /// What is between the quotes.
    Phrase(&'a str),
    /// An operator and its value, which may make no sense, or be empty.
    Keyed(Key, &'a str),
}

/// The first term that begins at the byte `from` or later.
pub fn next(text: &str, from: usize) -> Option<Token<'_>> {
    let rest = text.get(from..)?;
    let start = from + rest.find(|it: char| !it.is_whitespace())?;
    let rest = text.get(start..)?;
    let negated = rest.strip_prefix('-').filter(|it| !word(it).is_empty());
    let body = negated.unwrap_or(rest);
    let (shape, length, is_unclosed) = shape(body);
    Some(Token {
        start,
        end: start + rest.len() - body.len() + length,
        is_not: negated.is_some(),
        text: body.get(..length)?,
        shape,
        is_unclosed,
    })
}

/// What a term is, how many bytes it takes, and whether its quote has no end.
fn shape(body: &str) -> (Shape<'_>, usize, bool) {
    if let Some((inner, length, is_unclosed)) = quoted(body) {
        return (Shape::Phrase(inner), length, is_unclosed);
    }
    let word = word(body);
    let keyed = word.split_once(':').and_then(|(name, value)| Some((Key::of(name)?, value)));
    let Some((key, value)) = keyed else {
        return (Shape::Word, word.len(), false);
    };
    let value_at = word.len() - value.len();
    // Only rooms have names with spaces: all other values are single words.
    match body.get(value_at..).filter(|_| key == Key::Room).and_then(quoted) {
        None => (Shape::Keyed(key, value), word.len(), false),
        Some(("", ..)) => (Shape::Keyed(key, ""), word.len(), false),
        Some((inner, length, is_unclosed)) => {
            (Shape::Keyed(key, inner), value_at + length, is_unclosed)
        }
    }
}

/// What is in the quotes that the text begins with, how many bytes that takes with them, and whether
/// the second is missing.
fn quoted(text: &str) -> Option<(&str, usize, bool)> {
    let rest = text.strip_prefix(QUOTES)?;
    let opening = text.len() - rest.len();
    match rest.split_once(QUOTES) {
        Some((inner, after)) => Some((inner, text.len() - after.len(), false)),
        None => Some((rest, opening + rest.len(), true)),
    }
}

pub fn is_quote(it: char) -> bool {
    QUOTES.contains(&it)
}

/// Up to white space.
fn word(text: &str) -> &str {
    text.split(char::is_whitespace).next().unwrap_or_default()
}
