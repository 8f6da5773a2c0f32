//! Captions: reading WebVTT and SubRip (SRT) into cues. What cannot be read is left out, so that one
//! bad cue costs one line of talk; what nobody could watch is not read, so that no file can choke a page.

/// More than anybody says in a day.
const MOST: usize = 50_000;
/// Characters of one cue: some ten lines on the screen.
const LONGEST: usize = 1_000;
/// Cues on the screen at about the same time, of which a person reads two or three.
const MOST_AT_ONCE: usize = 300;

/// Text on the screen for a while. `text` may have WebVTT's own markup, which only a caption renderer
/// understands; it is never HTML.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// Seconds.
    pub start: f64,
    pub end: f64,
    pub text: String,
}

/// In the file's order. `None` for what is neither format: a page with an error message, most likely.
pub fn read_captions(text: &str) -> Option<Vec<Cue>> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let header = text.strip_prefix("WEBVTT");
    let is_vtt = header.is_some_and(|it| it.is_empty() || it.starts_with([' ', '\t', '\n']));
    let mut cues = Vec::new();
    // Of what stands before the first times, and in blocks of notes and styles, nothing is a cue's.
    let mut open = None::<Block>;
    for line in text.lines() {
        if line.contains("-->") {
            cues.extend(open.take().and_then(|it| it.cue(is_vtt)));
            if cues.len() == MOST {
                break;
            }
            open = times(line).map(Block::new);
        } else if !line.trim().is_empty() {
            open.iter_mut().for_each(|it| it.add(line));
        } else if is_vtt {
            cues.extend(open.take().and_then(|it| it.cue(is_vtt)));
        } else {
            // SubRip has no rule against blank lines within a cue.
            open.iter_mut().for_each(|it| it.has_gap = true);
        }
    }
    cues.extend(open.and_then(|it| it.cue(is_vtt)));
    cues.truncate(MOST);
    (is_vtt || !cues.is_empty()).then_some(cues)
}

impl Cue {
    /// The places of those that are on the screen at some time between two (seconds); no more than can
    /// be looked at.
    pub fn between(cues: &[Self], from: f64, to: f64) -> Vec<usize> {
        let is_between = |it: &Self| it.start < to && it.end > from;
        let found = cues.iter().enumerate().filter(|(_, cue)| is_between(cue));
        found.map(|(at, _)| at).take(MOST_AT_ONCE).collect()
    }
}

/// The lines from one line with times to the next.
struct Block {
    cue: Cue,
    /// Characters that the cue may still have.
    room: usize,
    /// A blank line stands before what is added next.
    has_gap: bool,
    /// Where the last line begins, if after a blank one: the next cue's number, perhaps.
    apart: Option<usize>,
}

impl Block {
    fn new((start, end): (f64, f64)) -> Self {
        let cue = Cue { start, end, text: String::new() };
        Self { cue, room: LONGEST, has_gap: false, apart: None }
    }

    fn add(&mut self, line: &str) {
        let text = &mut self.cue.text;
        self.apart = self.has_gap.then_some(text.len());
        self.has_gap = false;
        if !text.is_empty() && self.room > 0 {
            text.push('\n');
        }
        text.extend(line.chars().take(self.room));
        self.room = self.room.saturating_sub(line.chars().count());
    }

    fn cue(self, is_vtt: bool) -> Option<Cue> {
        let mut cue = self.cue;
        if let Some(at) = self.apart
            && cue.text.get(at..).is_some_and(|line| number(line.trim()).is_some())
        {
            cue.text.truncate(at);
        }
        if !is_vtt {
            cue.text = as_vtt(&cue.text);
        }
        (!cue.text.trim().is_empty()).then_some(cue)
    }
}

/// A start and a later end, behind which there may be settings of place and alignment.
fn times(line: &str) -> Option<(f64, f64)> {
    let (start, rest) = line.split_once("-->")?;
    let (start, end) = (seconds(start.trim())?, seconds(rest.split_whitespace().next()?)?);
    (end > start).then_some((start, end))
}

/// `[hours:]minutes:seconds[.milliseconds]`; SubRip writes a comma.
fn seconds(time: &str) -> Option<f64> {
    let (whole, fraction) = time.split_once(['.', ',']).unwrap_or((time, "0"));
    let (mut total, mut parts) = (0, 0);
    for part in whole.split(':') {
        total = total * 60 + number(part)?;
        parts += 1;
    }
    let fraction = number(fraction)? as f64 / 10_f64.powi(fraction.len() as i32);
    (2..=3).contains(&parts).then_some(total as f64 + fraction)
}

/// Of so few digits that no sum of them overflows.
fn number(text: &str) -> Option<u64> {
    let is_number = (1..=6).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    is_number.then(|| text.bytes().fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0')))
}

/// SubRip's text with the markup that WebVTT has too, without the other, and with `<` as the letter
/// where it is none.
fn as_vtt(mut text: &str) -> String {
    let mut vtt = String::with_capacity(text.len());
    while let Some(at) = text.find(['<', '{']) {
        let (plain, marked) = text.split_at(at);
        vtt.push_str(plain);
        let (bracket, inner) = marked.split_at(1);
        let (kept, behind) = if bracket == "<" {
            inner.split_once('>').and_then(tag).unwrap_or(("&lt;", inner))
        } else {
            // `{\an8}` is a place, in the way of another format.
            let style = inner.split_once('}').filter(|(style, _)| style.starts_with('\\'));
            style.map_or(("{", inner), |(_, behind)| ("", behind))
        };
        vtt.push_str(kept);
        text = behind;
    }
    vtt.push_str(text);
    vtt
}

/// What becomes of a tag, and the text behind it.
fn tag<'a>((tag, behind): (&str, &'a str)) -> Option<(&'static str, &'a str)> {
    const TAGS: [&str; 6] = ["<b>", "</b>", "<i>", "</i>", "<u>", "</u>"];
    let is = |it: &&str| it.trim_matches(['<', '>']).eq_ignore_ascii_case(tag);
    let name = tag.trim_start_matches('/').get(..4).unwrap_or_default();
    let other = name.eq_ignore_ascii_case("font").then_some("");
    TAGS.into_iter().find(is).or(other).map(|kept| (kept, behind))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cue(start: f64, end: f64, text: &str) -> Cue {
        Cue { start, end, text: text.into() }
    }

    fn texts(file: &str) -> Vec<String> {
        read_captions(file).unwrap().into_iter().map(|it| it.text).collect()
    }

    #[test]
    fn reads_webvtt() {
        let text = "\u{feff}WEBVTT - talk\r\n\r\nNOTE --> is not\r\n\r\nintro\r\n00:01.000 --> 00:04.500 align:start\r\nHello\r\n<v Ana>there\r\n\r\n01:00:00.000 --> 01:00:01.000\r\nLater\r\n";
        let cues = read_captions(text).unwrap();
        assert_eq!(cues, [cue(1.0, 4.5, "Hello\n<v Ana>there"), cue(3600.0, 3601.0, "Later")]);
    }

    #[test]
    fn reads_subrip() {
        let text =
            "1\n00:00:01,000 --> 00:00:02,250\nOne\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo\n";
        assert_eq!(read_captions(text).unwrap(), [cue(1.0, 2.25, "One"), cue(3.0, 4.0, "Two")]);
    }

    #[test]
    fn a_bad_cue_costs_only_itself() {
        let text = "WEBVTT\n\n00:02.000 --> 00:01.000\nBackwards\n\nx --> y\nNo time\n\n00:05.000 --> 00:06.000\nGood\n";
        assert_eq!(read_captions(text).unwrap(), [cue(5.0, 6.0, "Good")]);
    }

    #[test]
    fn blocks_that_are_no_cues_are_not_read() {
        let text = "WEBVTT\nKind: captions\n\nSTYLE\n::cue { color: lime }\n\nREGION\nid:fred\n\n00:01.000 --> 00:02.000\nOne\n\nNOTE\nmany\nlines\n\n00:03.000 --> 00:04.000\n\nbehind a blank line\n\nid\n00:05.000 --> 00:06.000\nTwo\n00:07.000 --> 00:08.000\nThree";
        assert_eq!(texts(text), ["One", "Two", "Three"]);
    }

    #[test]
    fn blank_lines_do_not_end_a_cue_of_subrip() {
        let text = "7\n00:00:01,0 --> 00:00:02,0\nOne\n\nand a half\n\n\n8\n00:00:03,0 --> 00:00:04,0\n\n9\n00:00:05,0 --> 00:00:06,0\nIn\n1984\n";
        assert_eq!(texts(text), ["One\nand a half", "In\n1984"]);
    }

    #[test]
    fn markup_of_subrip_becomes_that_of_webvtt() {
        let cases = [
            ("{\\an8}<font color=\"#fff\">Hi</font> <B>you</B>", "Hi <b>you</b>"),
            ("a < b > c, <3 R&D {sic}", "a &lt; b > c, &lt;3 R&D {sic}"),
            ("{\\an8 <i", "{\\an8 &lt;i"),
            ("<i>\u{e9}</i><\u{e9}>", "<i>\u{e9}</i>&lt;\u{e9}>"),
        ];
        for (text, wanted) in cases {
            assert_eq!(texts(&format!("00:01 --> 00:02\n{text}")), [wanted]);
            assert_eq!(texts(&format!("WEBVTT\n\n00:01 --> 00:02\n{text}")), [text]);
        }
    }

    #[test]
    fn times_may_be_long_or_short() {
        let of = |time: &str| seconds(time);
        assert_eq!(of("100:00:01.5"), Some(360_001.5));
        assert_eq!(of("00:01"), Some(1.0));
        assert_eq!(of("00:01.123456"), Some(1.123456));
        assert_eq!(["1", "1:2:3:4", "-1:00", "1:00.", ":", "0000001:00"].map(of), [None; 6]);
    }

    #[test]
    fn other_texts_are_not_captions() {
        assert_eq!(read_captions("<!doctype html><title>404</title><!-- x --> y"), None);
        assert_eq!(read_captions("WEBVTTX"), None);
        assert_eq!(read_captions(""), None);
        assert_eq!(read_captions("WEBVTT"), Some(Vec::new()));
    }

    #[test]
    fn no_file_is_too_much() {
        let many = "00:01 --> 00:02\nx\n".repeat(MOST + 9);
        assert_eq!(read_captions(&many).unwrap().len(), MOST);
        let long = format!("00:01 --> 00:02\n{}", "\u{e9}\u{e9}\n".repeat(100_000));
        let text = texts(&long).remove(0);
        assert_eq!(text.matches('\u{e9}').count(), LONGEST);
    }

    #[test]
    fn cues_between_two_times_are_those_on_the_screen_then() {
        let cues = [cue(0.0, 99.0, "all"), cue(5.0, 6.0, "a"), cue(2.0, 3.0, "b")];
        assert_eq!(Cue::between(&cues, 2.5, 5.0), [0, 2]);
        assert_eq!(Cue::between(&cues, 6.0, 9.0), [0]);
        let crowd = vec![cue(0.0, 9.0, "x"); MOST];
        assert_eq!(Cue::between(&crowd, 0.0, 1.0).len(), MOST_AT_ONCE);
    }

    proptest! {
        #[test]
        fn any_text_gives_only_cues_that_can_be_shown(text in any::<String>(), cue in "[0-9:.,]{0,12} --> [0-9:.,]{0,12}\n\\PC{0,9}") {
            for text in [text.clone(), format!("WEBVTT\n\n{cue}\n\n{text}"), cue.clone()] {
                for it in read_captions(&text).unwrap_or_default() {
                    prop_assert!(it.start >= 0.0 && it.end > it.start && it.end.is_finite());
                    prop_assert!(!it.text.trim().is_empty());
                }
            }
        }

        #[test]
        fn subrip_never_has_other_tags(text in "([a/]|<|>|<i>|</b>|<font|[{}\\\\]|\n){0,16}") {
            let vtt = as_vtt(&text);
            let bare = vtt.replace("<i>", "").replace("</b>", "");
            prop_assert!(!bare.contains('<'), "{vtt}");
            prop_assert_eq!(as_vtt(&vtt), vtt);
        }
    }
}
