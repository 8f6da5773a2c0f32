//! How somebody likes the player: kept from one recording to the next, and between visits where the
//! browser may keep anything.

use super::{Keymap, RATES};

#[derive(Clone, Debug, PartialEq)]
pub struct Preferences {
    /// 0 to 100.
    pub volume: u8,
    pub is_muted: bool,
    /// One of [`RATES`].
    pub rate: f64,
    pub has_captions: bool,
    pub has_transcript: bool,
    pub is_theatre: bool,
    /// At the end of a recording the next one of the list begins.
    pub plays_next: bool,
    pub keys: Keymap,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            volume: 100,
            is_muted: false,
            rate: 1.0,
            has_captions: false,
            has_transcript: false,
            is_theatre: false,
            plays_next: false,
            keys: Keymap::default(),
        }
    }
}

impl Preferences {
    /// A line of words; the keys stand behind a tab.
    pub fn write(&self) -> String {
        let mut words = vec![format!("volume={}", self.volume)];
        words.push(format!("rate={}", hundredths(self.rate)));
        for (name, is_so) in self.flags() {
            if is_so {
                words.push(name.to_owned());
            }
        }
        [words.join(" "), self.keys.write()].join("\t")
    }

    /// What makes no sense is as by default.
    pub fn read(text: &str) -> Self {
        let (words, keys) = text.split_once('\t').unwrap_or((text, ""));
        let mut it = Self { keys: Keymap::read(keys), ..Self::default() };
        for word in words.split(' ') {
            let (name, value) = word.split_once('=').unwrap_or((word, ""));
            let number = value.parse::<u32>().ok();
            match name {
                "volume" => it.volume = number.map_or(it.volume, |it| it.min(100) as u8),
                "rate" => {
                    let known = RATES.into_iter().find(|rate| Some(hundredths(*rate)) == number);
                    it.rate = known.unwrap_or(it.rate);
                }
                "muted" => it.is_muted = true,
                "captions" => it.has_captions = true,
                "transcript" => it.has_transcript = true,
                "theatre" => it.is_theatre = true,
                "next" => it.plays_next = true,
                _ => {}
            }
        }
        it
    }

    fn flags(&self) -> [(&'static str, bool); 5] {
        [
            ("muted", self.is_muted),
            ("captions", self.has_captions),
            ("transcript", self.has_transcript),
            ("theatre", self.is_theatre),
            ("next", self.plays_next),
        ]
    }
}

fn hundredths(rate: f64) -> u32 {
    (rate * 100.0).round() as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(
            volume in 0_u8..=100,
            rate in 0..RATES.len(),
            flags in any::<[bool; 5]>(),
        ) {
            let [is_muted, has_captions, has_transcript, is_theatre, plays_next] = flags;
            let it = Preferences {
                volume,
                rate: RATES[rate],
                is_muted,
                has_captions,
                has_transcript,
                is_theatre,
                plays_next,
                keys: Keymap::default(),
            };
            prop_assert_eq!(Preferences::read(&it.write()), it);
        }

        #[test]
        fn any_text_gives_something_that_plays(text in any::<String>(), number in any::<u64>()) {
            for text in [text, format!("volume={number} rate={number}")] {
                let it = Preferences::read(&text);
                prop_assert!(it.volume <= 100 && RATES.contains(&it.rate));
            }
        }
    }
}
