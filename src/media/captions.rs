//! Captions: reading WebVTT and SubRip (SRT) into cues. What cannot be read is left out, so that one
//! bad cue costs one line of talk.

/// Text on the screen for a while. `text` may have WebVTT's own markup, which only a caption renderer
/// understands; it is never HTML.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// Seconds.
    pub start: f64,
    pub end: f64,
    pub text: String,
}

/// `None` for what is neither format: a page with an error message, most likely.
pub fn read_captions(text: &str) -> Option<Vec<Cue>> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let is_vtt = text.starts_with("WEBVTT");
    let cues: Vec<Cue> = text.split("\n\n").filter_map(cue).collect();
    (is_vtt || !cues.is_empty()).then_some(cues)
}

/// A block of lines: perhaps a name or number, the times, the text.
fn cue(block: &str) -> Option<Cue> {
    let mut lines = block.lines().skip_while(|line| !line.contains("-->"));
    let (start, rest) = lines.next()?.split_once("-->")?;
    // After the end there may be settings of place and alignment.
    let (start, end) = (seconds(start.trim())?, seconds(rest.split_whitespace().next()?)?);
    let text = lines.collect::<Vec<_>>().join("\n");
    (end > start && !text.trim().is_empty()).then_some(Cue { start, end, text })
}

/// `[hours:]minutes:seconds.milliseconds`; SubRip writes a comma.
fn seconds(time: &str) -> Option<f64> {
    let (whole, millis) = time.split_once(['.', ',']).unwrap_or((time, "0"));
    let mut total = 0;
    let mut parts = 0;
    for part in whole.split(':') {
        total = total * 60 + digits(part)?;
        parts += 1;
    }
    let millis = digits(&format!("{millis:0<3}")).filter(|it| *it < 1000)?;
    (2..=3).contains(&parts).then_some(total as f64 + millis as f64 / 1000.0)
}

/// Few enough that no sum of them overflows.
fn digits(text: &str) -> Option<u64> {
    let is_number = (1..=6).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cue(start: f64, end: f64, text: &str) -> Cue {
        Cue { start, end, text: text.into() }
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
    fn other_texts_are_not_captions() {
        assert_eq!(read_captions("<!doctype html><title>404</title>"), None);
        assert_eq!(read_captions(""), None);
        assert_eq!(read_captions("WEBVTT"), Some(Vec::new()));
    }

    proptest! {
        #[test]
        fn any_text_gives_only_cues_that_can_be_shown(text in any::<String>(), cue in "[0-9:.,]{0,12} --> [0-9:.,]{0,12}\n\\PC{0,9}") {
            for text in [text.clone(), format!("WEBVTT\n\n{cue}\n\n{text}")] {
                for it in read_captions(&text).unwrap_or_default() {
                    prop_assert!(it.start >= 0.0 && it.end > it.start && it.end.is_finite());
                }
            }
        }
    }
}
