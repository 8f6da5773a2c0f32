//! Chapters out of a description: lines with a time stamp and a title, as people write them under a
//! video. A list that may mean something else, such as an agenda by the clock, is not taken for one.

use super::time::{digits, read_time};

/// Fewer are no list.
const FEWEST: usize = 2;
/// More would be no help on a seek bar; a hostile description may have a million.
const MOST: usize = 500;
/// Characters.
const LONGEST_TITLE: usize = 200;
/// Seconds: a list that begins later is an agenda of times of the day.
const LATEST_FIRST: u64 = 5 * 60;
/// Seconds after a chapter's beginning within which "previous" means the one before.
const GRACE: f64 = 3.0;
/// Seconds: a `<video>` may land a fraction of a frame before where it was sent.
const SLIP: f64 = 0.1;

/// What a line begins with before its time.
const BULLETS: &[char] =
    &[' ', '\t', '\u{a0}', '-', '–', '—', '*', '•', '·', '▶', '►', '>', '#', '(', '['];
/// What stands between a title and the time behind it.
const BEFORE: &[char] = &[' ', '\t', '\u{a0}', '-', '–', '—', '|', ':', '.', ',', '·', '(', '['];
/// What stands between a time and the title behind it, or the line's end.
const BEHIND: &[char] = &[' ', '\t', '\u{a0}', '-', '–', '—', '|', ':', '.', ',', '·', ')', ']'];

#[derive(Clone, Debug, PartialEq)]
pub struct Chapter {
    /// Seconds.
    pub start: f64,
    /// Never empty.
    pub title: String,
}

/// The chapters that a description tells of, ascending; none or at least two. All times are at the lines'
/// beginnings or all at their ends. `duration` is the recording's, in seconds.
pub fn chapters(text: &str, duration: Option<f64>) -> Vec<Chapter> {
    let chapters = list(text, duration, leading);
    if chapters.is_empty() { list(text, duration, trailing) } else { chapters }
}

/// The chapter that a position (seconds) is in; none before the first.
pub fn chapter_at(chapters: &[Chapter], position: f64) -> Option<usize> {
    chapters.partition_point(|it| it.start <= position + SLIP).checked_sub(1)
}

/// Seconds: where the next chapter begins.
pub fn next_chapter(chapters: &[Chapter], position: f64) -> Option<f64> {
    let next = chapter_at(chapters, position).map_or(0, |at| at + 1);
    chapters.get(next).map(|it| it.start)
}

/// Seconds: where the chapter begins that a position is in, or shortly after that, the one before.
pub fn previous_chapter(chapters: &[Chapter], position: f64) -> Option<f64> {
    let at = chapter_at(chapters, position)?;
    let start = chapters.get(at)?.start;
    let before = at.checked_sub(1).and_then(|before| chapters.get(before));
    Some(before.filter(|_| position - start < GRACE).map_or(start, |it| it.start))
}

/// A time in seconds and a title.
type Stamped<'a> = (u64, &'a str);

/// The longest run of lines whose times ascend. Other lines may stand between.
fn list(text: &str, duration: Option<f64>, read: fn(&str) -> Option<Stamped<'_>>) -> Vec<Chapter> {
    let (mut longest, mut run) = (Vec::new(), Vec::new());
    for (start, title) in text.lines().filter_map(read) {
        if duration.is_some_and(|it| start as f64 >= it) {
            continue;
        }
        if run.last().is_some_and(|(last, _)| start <= *last) {
            keep_longer(&mut longest, &mut run);
        }
        let is_first_too_late = run.is_empty() && start > LATEST_FIRST;
        if run.len() < MOST && !is_first_too_late {
            run.push((start, title));
        }
    }
    keep_longer(&mut longest, &mut run);
    if longest.len() < FEWEST {
        return Vec::new();
    }
    let chapter = |(start, title)| Chapter { start: start as f64, title: shorten(title) };
    longest.into_iter().map(chapter).collect()
}

fn keep_longer<'a>(longest: &mut Vec<Stamped<'a>>, run: &mut Vec<Stamped<'a>>) {
    if run.len() > longest.len() {
        std::mem::swap(longest, run);
    }
    run.clear();
}

fn shorten(title: &str) -> String {
    title.chars().take(LONGEST_TITLE).collect()
}

/// `0:00 Welcome`, `- [12:30] – Questions`, `3. 1:02:03 End`, `0:00–5:30 Welcome`.
fn leading(line: &str) -> Option<Stamped<'_>> {
    let line = without_number(line.trim_start_matches(BULLETS)).trim_start_matches(BULLETS);
    let (start, rest) = leading_time(line)?;
    let rest = rest.trim_start_matches(BEHIND);
    let title = leading_time(rest).map_or(rest, |(_, rest)| rest.trim_start_matches(BEHIND));
    let title = title.trim_end();
    (!title.is_empty()).then_some((start, title))
}

/// `Welcome 0:00`, `• Questions (12:30)`, `Welcome 0:00–5:30`.
fn trailing(line: &str) -> Option<Stamped<'_>> {
    let line = line.trim_end_matches(BEHIND);
    let (end, rest) = trailing_time(line)?;
    let rest = rest.trim_end_matches(BEFORE);
    let (start, title) = match trailing_time(rest) {
        Some((start, rest)) => (start, rest.trim_end_matches(BEFORE)),
        None => (end, rest),
    };
    let title = without_number(title.trim_start_matches(BULLETS)).trim_start();
    (!title.is_empty()).then_some((start, title))
}

/// Without `3.` or `3)` before it.
fn without_number(line: &str) -> &str {
    let rest = line.trim_start_matches(is_digit);
    let rest = if rest.len() < line.len() { rest.strip_prefix(['.', ')']) } else { None };
    rest.filter(|it| it.starts_with(' ')).unwrap_or(line)
}

fn leading_time(text: &str) -> Option<Stamped<'_>> {
    let (time, rest) = text.split_at(text.find(is_no_time).unwrap_or(text.len()));
    // `12:30pm` is a time of the day.
    let is_apart = !rest.starts_with(|it: char| it.is_ascii_alphanumeric());
    Some((stamp(time.trim_end_matches(':')).filter(|_| is_apart)?, rest))
}

fn trailing_time(text: &str) -> Option<Stamped<'_>> {
    let rest = text.trim_end_matches(|it| !is_no_time(it));
    let time = text.strip_prefix(rest)?;
    let is_apart = rest.ends_with(BEFORE);
    Some((stamp(time).filter(|_| is_apart)?, rest))
}

/// Whole seconds, always of two digits: `16:9` is none.
fn stamp(text: &str) -> Option<u64> {
    let (_, seconds) = text.rsplit_once(':')?;
    digits(seconds).filter(|_| seconds.len() == 2)?;
    read_time(text).map(|seconds| seconds as u64)
}

fn is_no_time(letter: char) -> bool {
    !is_digit(letter) && letter != ':'
}

fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Vec<(f64, String)> {
        chapters(text, Some(7200.0)).into_iter().map(|it| (it.start, it.title)).collect()
    }

    fn list(chapters: &[(f64, &str)]) -> Vec<(f64, String)> {
        chapters.iter().map(|(start, title)| (*start, (*title).to_owned())).collect()
    }

    #[test]
    fn reads_the_ways_people_write_lists() {
        let wanted = list(&[(0.0, "Welcome"), (750.0, "Questions & answers"), (3723.0, "End")]);
        for text in [
            "Weekly talk.\n\n0:00 Welcome\r\n12:30 Questions & answers\r\n1:02:03 End\n\nThanks!",
            "- 0:00 – Welcome\n- 12:30 – Questions & answers\n- 1:02:03 – End",
            "(00:00) Welcome\n(12:30) Questions & answers\n(01:02:03) End",
            "1. [0:00] Welcome\n2. [12:30] Questions & answers\n3. [1:02:03] End",
            "0:00-12:30 Welcome\n12:30 - 1:02:03 | Questions & answers\n1:02:03 – 1:10:00: End",
            "Welcome 0:00\nQuestions & answers 12:30\nEnd 1:02:03",
            "• Welcome (0:00)\n• Questions & answers (12:30)\n• End (1:02:03)",
            "Welcome: 0:00–12:30\nQuestions & answers: 12:30–1:02:03\nEnd: 1:02:03.",
        ] {
            assert_eq!(read(text), wanted, "{text}");
        }
    }

    #[test]
    fn brackets_of_a_title_stay() {
        let wanted = list(&[(0.0, "(Re)start [1]"), (60.0, "#2 (last)")]);
        assert_eq!(read("[0:00] (Re)start [1]\n1:00 #2 (last)"), wanted);
        assert_eq!(read("1. (Re)start [1] (0:00)\n2. #2 (last): 1:00"), wanted);
    }

    #[test]
    fn other_lines_do_not_disturb() {
        let text = "9:00 every Monday\n0:00 One\nsee 3:00\nwith slides\n2:00 Two\n3:00:00 too late\n1:30 again";
        assert_eq!(read(text), list(&[(0.0, "One"), (120.0, "Two")]));
    }

    #[test]
    fn what_is_no_list_gives_no_chapters() {
        for text in [
            "",
            "0:00 One alone",
            "0:00\n1:00",
            "The ratio is\n16:9 wide\n21:9 wider",
            "10:00 Welcome\n10:15 Budget\n11:00 End",
            "1:30pm Lunch\n2:30pm Talk",
            "Start: 9:00\nEnd: 10:30",
            "1:00 One\n1:00 One again",
            "v1:00\nv2:00",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }

    #[test]
    fn titles_and_numbers_are_bounded() {
        let text: String = (0..10_000).map(|n| format!("{n}:00 {}\n", "é".repeat(300))).collect();
        let chapters = chapters(&text, None);
        assert_eq!((chapters.len(), chapters[9].title.chars().count()), (MOST, LONGEST_TITLE));
    }

    #[test]
    fn goes_from_chapter_to_chapter() {
        let chapters = chapters("0:30 A\n1:00 B\n2:00 C", None);
        let at = |position| chapter_at(&chapters, position);
        assert_eq!(
            [at(0.0), at(30.0), at(59.0), at(59.95), at(500.0)],
            [None, Some(0), Some(0), Some(1), Some(2)]
        );
        let next = |position| next_chapter(&chapters, position);
        assert_eq!(
            [next(0.0), next(30.0), next(119.95), next(120.0)],
            [Some(30.0), Some(60.0), None, None]
        );
        let previous = |position| previous_chapter(&chapters, position);
        assert_eq!(
            [previous(9.0), previous(31.0), previous(61.0), previous(64.0)],
            [None, Some(30.0), Some(30.0), Some(60.0)]
        );
    }

    proptest! {
        #[test]
        fn chapters_ascend_within_the_duration(
            text in "([-*(\\[]? ?[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?[)\\]]? ?[-–]? ?\\PC{0,9}( [0-9]:[0-9]{2})?\n){0,9}",
            duration in prop::option::of(0.0..9000.0),
        ) {
            let chapters = chapters(&text, duration);
            prop_assert_ne!(chapters.len(), 1);
            prop_assert!(chapters.is_sorted_by(|a, b| a.start < b.start));
            for it in chapters {
                prop_assert!(!it.title.is_empty() && duration.is_none_or(|duration| it.start < duration));
            }
        }

        #[test]
        fn any_text_can_be_read(text in any::<String>()) {
            chapters(&text, None);
        }

        #[test]
        fn next_and_previous_go_there(position in 0.0..300.0) {
            let chapters = chapters("0:00 A\n1:00 B\n1:02 C\n4:00 D", None);
            prop_assert!(next_chapter(&chapters, position).is_none_or(|it| it > position));
            prop_assert!(previous_chapter(&chapters, position).is_some_and(|it| it <= position + SLIP));
        }
    }
}
