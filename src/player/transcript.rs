//! Captions as a text to read and to search: what was said, by whom and when, without the markup and
//! the repetitions that serve the screen.

use std::{cmp::Reverse, collections::BinaryHeap};

use crate::{library::Fold, media::Cue};

/// Seconds between two cues that still follow on one another.
const PAUSE: f64 = 0.5;
/// Captions made while people talk roll up by a line, and show no more than this many.
const MOST_ROLLED: usize = 4;
/// Bytes of a character's name between `&` and `;`.
const LONGEST_NAME: usize = 8;

#[derive(Clone, Debug, PartialEq)]
pub struct TranscriptLine {
    /// Seconds.
    pub start: f64,
    pub end: f64,
    /// Who says it, where the captions tell.
    pub speaker: Option<String>,
    /// Plain text in one line, never empty.
    pub text: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transcript {
    /// By start.
    lines: Vec<TranscriptLine>,
}

/// One line of a cue on the screen.
#[derive(Debug, PartialEq)]
struct Shown {
    speaker: Option<String>,
    text: String,
}

impl Transcript {
    /// Of cues whose times are not negative, in any order.
    pub fn new(cues: &[Cue]) -> Self {
        // What begins together stays in the file's order. A heap: a sort is several times the code, and
        // nearly all files are in order.
        let keys = cues.iter().enumerate().map(|(at, cue)| Reverse((cue.start.to_bits(), at)));
        let mut order: BinaryHeap<_> = keys.collect();
        let mut transcript = Self::default();
        let (mut before, mut before_end) = (Vec::new(), f64::MIN);
        while let Some(cue) = order.pop().and_then(|Reverse((_, at))| cues.get(at)) {
            let now = shown(&cue.text);
            let follows = cue.start <= before_end + PAUSE;
            let repeated = if follows { overlap(&before, &now) } else { 0 };
            transcript.add(cue, &before, &now, repeated);
            (before, before_end) = (now, cue.end);
        }
        transcript
    }

    /// What a cue shows now beyond the lines that it repeats of the one before.
    fn add(&mut self, cue: &Cue, before: &[Shown], now: &[Shown], repeated: usize) {
        let (old, new) = now.split_at(repeated);
        if let (Some(last), Some(is), Some(was)) =
            (self.lines.last_mut(), old.last(), before.last())
        {
            last.end = last.end.max(cue.end);
            last.text.push_str(is.text.strip_prefix(&was.text).unwrap_or_default());
        }
        for said in new.chunk_by(|one, next| one.speaker == next.speaker) {
            self.lines.push(TranscriptLine {
                start: cue.start,
                end: cue.end,
                speaker: said.first().and_then(|it| it.speaker.clone()),
                text: said.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(" "),
            });
        }
    }

    pub fn lines(&self) -> &[TranscriptLine] {
        &self.lines
    }

    /// The last line that has begun at this many seconds.
    pub fn at(&self, seconds: f64) -> Option<usize> {
        self.lines.partition_point(|it| it.start <= seconds).checked_sub(1)
    }

    /// The lines that have all words of the query in the text or the speaker's name; all lines, when
    /// there is no word.
    pub fn find(&self, query: &str, fold: Fold) -> Vec<usize> {
        let query = folded(query, fold);
        let has_all = |line: &TranscriptLine| {
            let text = folded(&line.text, fold);
            let speaker = line.speaker.as_ref().map(|it| folded(it, fold)).unwrap_or_default();
            query.split_whitespace().all(|it| text.contains(it) || speaker.contains(it))
        };
        (0..self.lines.len()).filter(|at| self.lines.get(*at).is_some_and(has_all)).collect()
    }
}

/// Thousands of lines at each key: the browser is asked only about those that need it.
fn folded(text: &str, fold: Fold) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { fold(text) }
}

/// How many lines of `now` are the last ones of `before`, of which the very last may have grown by words.
fn overlap(before: &[Shown], now: &[Shown]) -> usize {
    let most = before.len().min(now.len()).min(MOST_ROLLED);
    let is_repeated = |count: &usize| {
        let old = before.iter().rev().take(*count).rev();
        old.zip(now).enumerate().all(|(at, (was, is))| {
            let more = is.text.strip_prefix(&was.text);
            let may_grow = at + 1 == *count;
            is.speaker == was.speaker
                && more.is_some_and(|it| it.is_empty() || may_grow && it.starts_with(' '))
        })
    };
    (1..=most).rev().find(is_repeated).unwrap_or_default()
}

/// What a cue's markup is: of WebVTT, and `{\an8}`, which some SubRip files have.
enum Mark {
    Break,
    /// Somebody begins to talk, or, `None`, ends.
    Voice(Option<String>),
    Letter(char),
    /// Looks only.
    Style,
}

/// The lines that a cue shows, without those that are empty.
fn shown(mut rest: &str) -> Vec<Shown> {
    let (mut lines, mut line, mut speaker) = (Vec::new(), String::new(), None);
    while let Some(at) = rest.find(['\n', '<', '&', '{']) {
        let (plain, marked) = rest.split_at(at);
        line.push_str(plain);
        let (mark, behind) = mark(marked);
        rest = behind;
        match mark {
            Mark::Break => end_line(&mut lines, &mut line, &speaker),
            Mark::Voice(next) => {
                end_line(&mut lines, &mut line, &speaker);
                speaker = next;
            }
            Mark::Letter(letter) => line.push(letter),
            Mark::Style => {}
        }
    }
    line.push_str(rest);
    end_line(&mut lines, &mut line, &speaker);
    lines
}

fn end_line(lines: &mut Vec<Shown>, line: &mut String, speaker: &Option<String>) {
    let text = std::mem::take(line).split_whitespace().collect::<Vec<_>>().join(" ");
    if !text.is_empty() {
        lines.push(Shown { speaker: speaker.clone(), text });
    }
}

/// What a text begins with, and the text behind it. What only looks like markup (`a < b`, `R&D`) is
/// the letter that it is.
fn mark(text: &str) -> (Mark, &str) {
    let (first, behind) = text.split_at(1);
    let (mark, behind) = match first {
        "\n" => return (Mark::Break, behind),
        "<" => (enclosed(behind, ['<', '>'])).map(|(tag, behind)| (tag_mark(tag), behind)),
        "{" => enclosed(behind, ['{', '}'])
            .filter(|(style, _)| style.starts_with('\\'))
            .map(|(_, behind)| (Mark::Style, behind)),
        _ => character(behind).map(|(letter, behind)| (Mark::Letter(letter), behind)),
    }
    .unwrap_or_else(|| (Mark::Letter(first.chars().next().unwrap_or_default()), behind));
    (mark, behind)
}

/// Up to the closing one of the brackets, when there is no other opening one before it.
fn enclosed(text: &str, brackets: [char; 2]) -> Option<(&str, &str)> {
    let (inner, behind) = text.split_at(text.find(brackets)?);
    Some((inner, behind.strip_prefix(brackets[1])?))
}

/// `v Ana`, `v.loud Ana`, `/v`; others are looks.
fn tag_mark(tag: &str) -> Mark {
    let (name, of) = tag.split_once([' ', '\t']).unwrap_or((tag, ""));
    match name.split('.').next() {
        Some("v") => Mark::Voice(shown(of).into_iter().next().map(|it| it.text)),
        Some("/v") => Mark::Voice(None),
        _ => Mark::Style,
    }
}

/// `amp;`, `#39;`, `#x27;`: the characters that captions have by name, and any by number.
fn character(text: &str) -> Option<(char, &str)> {
    let end = text.bytes().take(LONGEST_NAME + 1).position(|it| it == b';')?;
    let (name, behind) = text.split_at(end);
    let letter = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "lrm" => '\u{200e}',
        "rlm" => '\u{200f}',
        _ => {
            let number = name.strip_prefix('#')?;
            let hex = number.strip_prefix(['x', 'X']);
            let radix = if hex.is_some() { 16 } else { 10 };
            let mut digits = hex.unwrap_or(number).chars();
            // As few as there are do not overflow.
            let code = digits.try_fold(0, |sum, digit| Some(sum * radix + digit.to_digit(radix)?));
            char::from_u32(code?)?
        }
    };
    Some((letter, behind.strip_prefix(';')?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cue(start: f64, end: f64, text: &str) -> Cue {
        Cue { start, end, text: text.into() }
    }

    /// Of cues of two seconds, one after the other.
    fn transcript(texts: &[&str]) -> Transcript {
        let cues = texts.iter().enumerate();
        let start = |at: usize| at as f64 * 2.0;
        let cues = cues.map(|(at, text)| cue(start(at), start(at + 1), text));
        Transcript::new(&cues.collect::<Vec<_>>())
    }

    fn lines(texts: &[&str]) -> Vec<(Option<String>, String)> {
        transcript(texts).lines.into_iter().map(|it| (it.speaker, it.text)).collect()
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        lines(texts).into_iter().map(|it| it.1).collect()
    }

    fn fold(text: &str) -> String {
        text.to_lowercase().replace('\u{e9}', "e")
    }

    #[test]
    fn markup_goes_and_text_stays() {
        let cases = [
            ("<i>Hello</i>\n <c.red>there</c>\t<00:01.500>you", "Hello there you"),
            ("Tom &amp; Jerry&nbsp;&lt;3 &#39;x&#x27;", "Tom & Jerry <3 'x'"),
            ("{\\an8}On top {sic}", "On top {sic}"),
            ("a < b, R&D; <3 <b>you</b>", "a < b, R&D; <3 you"),
            ("&unknown; &#xd800; &#99999999; &", "&unknown; &#xd800; &#99999999; &"),
            ("{\\x <", "{\\x <"),
        ];
        for (text, wanted) in cases {
            assert_eq!(texts(&[text]), [wanted], "{text}");
        }
        assert_eq!(texts(&["<i></i>", "\n \n"]), [""; 0]);
    }

    #[test]
    fn speakers_are_told_apart() {
        let said = |speaker: &str, text: &str| (Some(speaker.to_owned()), text.to_owned());
        assert_eq!(
            lines(&["<v Ana>Hello\n<v Ana>you\n<v.loud Bo &amp; Co>Hi</v> (laughs)"]),
            [said("Ana", "Hello you"), said("Bo & Co", "Hi"), (None, "(laughs)".to_owned()),]
        );
    }

    #[test]
    fn what_rolls_up_is_told_once() {
        let rolling =
            ["one", "one\ntwo", "two", "two\nthree", "two\nthree four", "three four\nfive"];
        assert_eq!(texts(&rolling), ["one", "two", "three four", "five"]);
        assert_eq!(
            transcript(&rolling).lines[1],
            TranscriptLine { start: 2.0, end: 8.0, speaker: None, text: "two".into() }
        );
    }

    #[test]
    fn what_is_only_alike_is_told_again() {
        assert_eq!(texts(&["I know", "know what", "what whatever"]).len(), 3);
        assert_eq!(texts(&["<v Ana>Yes", "<v Bo>Yes"]).len(), 2);
        let apart = vec![cue(0.0, 1.0, "Yes"), cue(9.0, 10.0, "Yes")];
        assert_eq!(Transcript::new(&apart).lines.len(), 2);
    }

    #[test]
    fn what_begins_together_stays_in_order() {
        let cues = vec![cue(5.0, 6.0, "b"), cue(5.0, 9.0, "a"), cue(1.0, 2.0, "first")];
        let transcript = Transcript::new(&cues);
        assert_eq!(
            transcript.lines.iter().map(|it| &*it.text).collect::<Vec<_>>(),
            ["first", "b", "a"]
        );
        assert_eq!(
            [0.9, 1.0, 4.9, 5.0, 99.0].map(|it| transcript.at(it)),
            [None, Some(0), Some(0), Some(2), Some(2)]
        );
    }

    #[test]
    fn finds_lines_with_all_words() {
        let transcript = transcript(&["<v Ana>The Caf\u{e9} opens", "It opens late", "<v Bo>Fine"]);
        assert_eq!(transcript.find("OPEN", fold), [0, 1]);
        assert_eq!(transcript.find("cafe open", fold), [0]);
        assert_eq!(transcript.find("ana opens", fold), [0]);
        assert_eq!(transcript.find("late fine", fold), [0; 0]);
        assert_eq!(transcript.find(" ", fold), [0, 1, 2]);
    }

    proptest! {
        #[test]
        fn lines_are_in_order_and_have_text(
            cues in prop::collection::vec((0.0..20.0, 0.0..5.0, "([ab]|<v A>|</v>|&amp;|[<&{};]|\n| |\\PC){0,12}"), 0..12),
        ) {
            let cues: Vec<Cue> = cues.into_iter().map(|(start, length, text)| cue(start, start + length, &text)).collect();
            let transcript = Transcript::new(&cues);
            prop_assert!(transcript.lines.is_sorted_by_key(|it| it.start));
            for (at, line) in transcript.lines.iter().enumerate() {
                prop_assert!(!line.text.is_empty() && line.text.trim() == line.text && line.end >= line.start);
                prop_assert!(transcript.at(line.start).is_some_and(|found| found >= at));
            }
        }

        #[test]
        fn plain_words_are_kept(words in prop::collection::vec("[a-z]{1,6}", 1..9)) {
            // No two alike, so that none is a repetition.
            let words: Vec<_> = words.iter().enumerate().map(|(at, word)| format!("{at}{word}")).collect();
            let cues: Vec<&str> = words.iter().map(String::as_str).collect();
            prop_assert_eq!(texts(&cues), words);
        }
    }
}
