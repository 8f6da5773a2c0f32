//! Where somebody left each recording, so that they can go on there. Where the text of it is kept,
//! and whether somebody wants that, is not known here.

/// The oldest go first.
const MOST: usize = 200;
/// Seconds: who has seen no more has not begun.
const BEGINNING: f64 = 10.0;
/// Seconds, or a share of the duration if that is more: who has seen up to here has seen it all.
const CLOSING: f64 = 30.0;
const CLOSING_SHARE: f64 = 0.03;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The newest first, each recording once.
    places: Vec<Place>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    id: String,
    seconds: u64,
}

impl Places {
    /// The recording was left at this many of its seconds. At its beginning or end there is nothing
    /// to go on with, so that its place is forgotten: ask for it before the picture moves. A duration
    /// that is unknown is no number or 0.
    pub fn note(&mut self, id: &str, seconds: f64, duration: f64) {
        if !seconds.is_finite() {
            return;
        }
        // Looking in from the start takes nothing back.
        if seconds < BEGINNING {
            return;
        }
        self.forget(id);
        let is_known = duration.is_finite() && duration > 0.0;
        if is_known && duration - seconds <= CLOSING.max(duration * CLOSING_SHARE) {
            return;
        }
        self.places.insert(0, Place { id: id.to_owned(), seconds: seconds as u64 });
        self.places.truncate(MOST);
    }

    /// Whole seconds.
    pub fn get(&self, id: &str) -> Option<f64> {
        self.places.iter().find(|it| it.id == id).map(|it| it.seconds as f64)
    }

    pub fn forget(&mut self, id: &str) {
        self.places.retain(|it| it.id != id);
    }

    /// A line for each, `2050 5:rec-1`: the id behind its length in bytes, as it may hold any character.
    pub fn write(&self) -> String {
        let mut text = String::new();
        for Place { id, seconds } in &self.places {
            text.extend([&seconds.to_string(), " ", &id.len().to_string(), ":", id, "\n"]);
        }
        text
    }

    /// No places, if this is not what was written.
    pub fn read(text: &str) -> Self {
        Self { places: read(text).unwrap_or_default() }
    }
}

fn read(mut rest: &str) -> Option<Vec<Place>> {
    let mut places = Vec::new();
    while !rest.is_empty() && places.len() < MOST {
        let (seconds, behind) = rest.split_once(' ')?;
        let (length, behind) = behind.split_once(':')?;
        let (id, behind) = behind.split_at_checked(length.parse().ok()?)?;
        places.push(Place { id: id.to_owned(), seconds: seconds.parse().ok()? });
        rest = behind.strip_prefix('\n')?;
    }
    Some(places)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_middle_is_kept_the_beginning_and_the_end_are_not() {
        let mut places = Places::default();
        let mut noted = |seconds, duration| {
            places.note("a", 100.0, 7200.0);
            places.note("a", seconds, duration);
            places.get("a")
        };
        assert_eq!(noted(2050.7, 7200.0), Some(2050.0));
        // Looking in takes nothing back.
        assert_eq!(noted(9.9, 7200.0), Some(100.0));
        assert_eq!(noted(10.0, 7200.0), Some(10.0));
        assert_eq!(noted(6983.0, 7200.0), Some(6983.0));
        assert_eq!(noted(6984.0, 7200.0), None);
        assert_eq!(noted(29.0, 60.0), Some(29.0));
        assert_eq!(noted(30.0, 60.0), None);
        assert_eq!(noted(50.0, f64::NAN), Some(50.0));
        assert_eq!(noted(50.0, 0.0), Some(50.0));
        assert_eq!(noted(f64::NAN, 60.0), Some(100.0));
    }

    #[test]
    fn the_oldest_go() {
        let mut places = Places::default();
        for n in 0..=MOST {
            places.note(&n.to_string(), 60.0, 600.0);
        }
        assert_eq!((places.get("0"), places.get("1")), (None, Some(60.0)));
        places.note("1", 70.0, 600.0);
        places.note("new", 60.0, 600.0);
        assert_eq!((places.get("1"), places.get("2")), (Some(70.0), None));
        places.forget("1");
        assert_eq!(places.get("1"), None);
    }

    #[test]
    fn a_text_that_is_not_ours_is_no_text() {
        let mut places = Places::default();
        places.note("a:1\n", 60.0, 600.0);
        assert_eq!(places.write(), "60 4:a:1\n\n");
        for text in
            ["60", "60 4:a:1\n", "60 9:a\n", "x 1:a\n", "-1 1:a\n", "60 1:\u{e9}\n", "{\"a\":60}"]
        {
            assert_eq!(Places::read(text), Places::default(), "{text}");
        }
        assert_eq!(Places::read(&"60 1:a\n".repeat(10_000)).places.len(), MOST);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_as_it_was(
            notes in prop::collection::vec((any::<String>(), 0.0..9000.0, 0.0..9000.0), 0..20),
        ) {
            let mut places = Places::default();
            for (id, seconds, duration) in notes {
                places.note(&id, seconds, duration);
            }
            prop_assert_eq!(Places::read(&places.write()), places);
        }

        #[test]
        fn any_text_can_be_read(text in any::<String>(), line in "[0-9]{1,25} [0-9]{1,25}:\\PC{0,9}\n") {
            for text in [text.clone(), [line, text].concat()] {
                prop_assert!(Places::read(&text).places.len() <= MOST);
            }
        }
    }
}
