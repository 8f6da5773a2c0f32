//! Where in a text the search hits, so that people see why a row is shown.

use std::ops::Range;

use super::{
    Criteria, Fold, What,
    index::{Mistyped, find},
};

/// Characters looked at: more are not shown, and a hostile title may have a million.
const LONGEST: usize = 300;

/// The byte ranges that words, phrases and rooms searched for are at: in order, apart, at characters' borders.
/// Of a word that is nowhere in the text, the words that it may be a slip of.
pub fn highlight(text: &str, criteria: &Criteria, fold: Fold) -> Vec<Range<usize>> {
    let wanted = criteria.terms.iter().filter(|term| !term.is_not);
    let mut terms = wanted
        .filter_map(|term| match &term.what {
            What::Word(text) => Some((text, true)),
            What::Phrase(text) | What::Room(text) => Some((text, false)),
            _ => None,
        })
        .filter(|(wanted, _)| !wanted.is_empty())
        .peekable();
    if terms.peek().is_none() {
        return Vec::new();
    }
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let folded = Folded::new(text.get(..end).unwrap_or_default(), fold);
    let mut ranges = Vec::new();
    for (wanted, may_be_mistyped) in terms {
        let before = ranges.len();
        let mut at = 0;
        while let Some(start) = find(folded.text.as_bytes(), wanted.as_bytes(), at) {
            at = start + wanted.len();
            ranges.push(folded.original(start..at));
        }
        if may_be_mistyped && ranges.len() == before {
            let word = Mistyped::new(wanted);
            let near = word.iter().flat_map(|word| word.find(&folded.text));
            ranges.extend(near.map(|word| folded.original(word)));
        }
    }
    join(ranges)
}

/// A folded text, and where each of its bytes comes from.
struct Folded {
    text: String,
    /// Where the character begins that a byte is of; then the text's end.
    origins: Vec<usize>,
}

impl Folded {
    /// Character by character: one may become several, or none.
    fn new(text: &str, fold: Fold) -> Self {
        let mut folded = String::with_capacity(text.len());
        let mut origins = Vec::with_capacity(text.len() + 1);
        let mut buffer = [0; 4];
        for (at, letter) in text.char_indices() {
            if letter.is_ascii() {
                folded.push(letter.to_ascii_lowercase());
            } else {
                folded.push_str(&fold(letter.encode_utf8(&mut buffer)));
            }
            origins.resize(folded.len(), at);
        }
        origins.push(text.len());
        Self { text: folded, origins }
    }

    /// With what belongs to its last character: marks, and what else that became.
    fn original(&self, range: Range<usize>) -> Range<usize> {
        let origin = |at: usize| self.origins.get(at).copied().unwrap_or_default();
        let last = origin(range.end.saturating_sub(1));
        let rest = self.origins.get(range.end..).unwrap_or_default();
        let end = rest.iter().copied().find(|origin| *origin > last).unwrap_or(last);
        origin(range.start)..end
    }
}

/// In order, those that touch as one.
fn join(found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    // They are a few, for which no library's sort is worth its size.
    let mut ranges: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found {
        let at = ranges.partition_point(|other| other.start <= range.start);
        ranges.insert(at, range);
    }
    ranges.dedup_by(|next, range| {
        let touches = next.start <= range.end;
        if touches {
            range.end = range.end.max(next.end);
        }
        touches
    });
    ranges
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::library::Wanted;

    /// As the browser's, for the letters used here.
    fn fold(text: &str) -> String {
        text.to_lowercase().replace('\u{301}', "").replace('\u{e9}', "e").replace('\u{fb01}', "fi")
    }

    fn criteria(whats: impl IntoIterator<Item = What>) -> Criteria {
        let terms = whats.into_iter().map(|what| Wanted { is_not: false, what }).collect();
        Criteria { terms, ..Criteria::default() }
    }

    fn hits<'a>(text: &'a str, words: &[&str]) -> Vec<&'a str> {
        let words = criteria(words.iter().map(|word| What::Word((*word).into())));
        highlight(text, &words, fold).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn hits_are_in_the_text_as_it_is_written() {
        assert_eq!(hits("Physics 101, physics", &["phys", "01"]), ["Phys", "01", "phys"]);
        assert_eq!(hits("Caf\u{e9} Cafe\u{301}s", &["cafe"]), ["Caf\u{e9}", "Cafe\u{301}"]);
        assert_eq!(hits("\u{fb01}nal", &["f"]), ["\u{fb01}"]);
        assert_eq!(hits("abab", &["ab", "ba"]), ["abab"]);
    }

    #[test]
    fn a_mistyped_word_hits_the_word_that_was_meant() {
        assert_eq!(hits("The Physics lab", &["phisics"]), ["Physics"]);
        assert_eq!(hits("Physics, Phisics", &["phisics"]), ["Phisics"]);
    }

    #[test]
    fn what_must_not_be_there_is_not_shown() {
        let mut wanted = criteria([What::Word("a".into())]);
        wanted.terms[0].is_not = true;
        assert_eq!(highlight("a", &wanted, fold), []);
    }

    #[test]
    fn a_megabyte_costs_no_more_than_a_line() {
        let text = "\u{e9}a".repeat(500_000);
        let ranges = highlight(&text, &criteria([What::Word("a".into())]), fold);
        assert_eq!(ranges.len(), LONGEST / 2);
    }

    proptest! {
        #[test]
        fn ranges_are_in_order_apart_and_at_borders(
            text in "\\PC{0,40}",
            words in prop::collection::vec("[a-e\u{e9}\u{301}]{0,6}", 0..4),
        ) {
            let wanted = criteria(words.into_iter().map(|word| What::Word(fold(&word))));
            let mut last = None;
            for range in highlight(&text, &wanted, fold) {
                prop_assert!(!range.is_empty() && last.is_none_or(|end| end < range.start));
                prop_assert!(text.get(range.clone()).is_some());
                last = Some(range.end);
            }
        }
    }
}
