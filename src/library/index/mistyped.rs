//! Words that were typed wrongly: up to two slips away from a word of a text, or from how it begins.
//! A slip is a letter too many, one too few, another one, or two in the wrong order.

use std::ops::Range;

/// Letters looked at; longer words are not typed.
const LONGEST: usize = 40;

pub struct Mistyped {
    word: Vec<char>,
    slips: usize,
    letters: u64,
}

impl Mistyped {
    /// `None` for a word too short for slips to be told from another word.
    pub fn new(folded: &str) -> Option<Self> {
        let word: Vec<char> = folded.chars().collect();
        let slips = match word.len() {
            5..9 => 1,
            9..=LONGEST => 2,
            _ => return None,
        };
        let letters = letters(&word);
        Some(Self { word, slips, letters })
    }

    /// Whether a word of the text is near. The text is folded, or ASCII.
    pub fn is_in(&self, text: &str) -> bool {
        words(text).any(|word| self.is_near(text.get(word).unwrap_or_default()))
    }

    /// Where the words are that are near.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        words(text).filter(|word| self.is_near(text.get(word.clone()).unwrap_or_default()))
    }

    fn is_near(&self, text: &str) -> bool {
        let most = self.word.len() + self.slips;
        let other: Vec<char> =
            text.chars().take(most).map(|letter| letter.to_ascii_lowercase()).collect();
        let missing = self.letters & !letters(&other);
        other.len() + self.slips >= self.word.len()
            && missing.count_ones() as usize <= self.slips
            && self.is_start_near(&other)
    }

    /// Optimal string alignment, against every beginning of `other` at once.
    fn is_start_near(&self, other: &[char]) -> bool {
        let mut before: Vec<usize> = Vec::new();
        let mut last: Vec<usize> = (0..=self.word.len()).collect();
        for (at, letter) in other.iter().enumerate() {
            let mut row = vec![at + 1];
            for (n, wanted) in self.word.iter().enumerate() {
                let cell =
                    |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
                let mut slips = (cell(&last, n) + usize::from(letter != wanted))
                    .min(cell(&last, n + 1) + 1)
                    .min(cell(&row, n) + 1);
                let is_swapped = n > 0
                    && at > 0
                    && self.word.get(n - 1) == Some(letter)
                    && other.get(at - 1) == Some(wanted);
                if is_swapped {
                    slips = slips.min(cell(&before, n - 1) + 1);
                }
                row.push(slips);
            }
            if row.last().is_some_and(|slips| *slips <= self.slips) {
                return true;
            }
            before = std::mem::replace(&mut last, row);
        }
        false
    }
}

/// A bit for each letter; some share one.
fn letters(word: &[char]) -> u64 {
    word.iter().fold(0, |letters, letter| letters | 1 << (*letter as u32 % u64::BITS))
}

/// The words of a text, parted by what is no letter in ASCII: the wasm has no tables of the others.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let is_in_word = |byte: &u8| !byte.is_ascii() || byte.is_ascii_alphanumeric();
        let rest = text.as_bytes().get(at..)?;
        let start = at + rest.iter().position(is_in_word)?;
        let word = text.as_bytes().get(start..)?;
        at = start + word.iter().position(|byte| !is_in_word(byte)).unwrap_or(word.len());
        Some(start..at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_in(word: &str, text: &str) -> bool {
        Mistyped::new(word).is_some_and(|it| it.is_in(text))
    }

    #[test]
    fn one_slip_in_five_letters_two_in_nine() {
        for word in ["phisics", "physcs", "phyysics", "pyhsics", "physi", "phsyi"] {
            assert!(is_in(word, "Heat, Physics 101"), "{word}");
        }
        for word in ["phys", "pysc", "fisics", "phiscs", "physics101"] {
            assert!(!is_in(word, "Physics 101"), "{word}");
        }
        assert!(is_in("thermodinamycs", "Thermodynamics"));
        assert!(!is_in("termodinamycs", "Thermodynamics"));
    }

    #[test]
    fn a_word_that_is_begun_is_near() {
        assert!(is_in("thermpd", "thermodynamics"));
        assert!(!is_in("dynamisc", "thermodynamics"));
    }

    #[test]
    fn words_are_parted_by_signs() {
        let text = "a-bc_d \u{e9}t\u{e9}, x";
        let found: Vec<&str> = words(text).map(|word| &text[word]).collect();
        assert_eq!(found, ["a", "bc", "d", "\u{e9}t\u{e9}", "x"]);
    }
}
