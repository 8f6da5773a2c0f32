//! Views that people gave a name, as a text that the browser can keep.

/// More would be no list to choose from.
const MOST: usize = 50;
/// Characters.
const LONGEST_NAME: usize = 80;
/// Between a name and its view. Names hold no control characters.
const TAB: char = '\t';

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// On one line, never empty.
    pub name: String,
    /// `View::to_params` as the query of a link.
    pub params: String,
}

/// In the order in which they were named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    views: Vec<SavedView>,
}

impl Saved {
    pub fn views(&self) -> &[SavedView] {
        &self.views
    }

    /// Of the same name only the latest is kept, in the place of the first. False, and nothing is kept,
    /// when there is no name, when there are too many, or for what no link holds.
    pub fn add(&mut self, name: &str, params: &str) -> bool {
        let name = tidy(name);
        if name.is_empty() || params.contains(char::is_control) {
            return false;
        }
        let params = params.to_owned();
        if let Some(view) = self.views.iter_mut().find(|view| view.name == name) {
            view.params = params;
            return true;
        }
        let has_place = self.views.len() < MOST;
        if has_place {
            self.views.push(SavedView { name, params });
        }
        has_place
    }

    pub fn remove(&mut self, name: &str) {
        self.views.retain(|view| view.name != name);
    }

    /// One line each.
    pub fn to_text(&self) -> String {
        let lines = self.views.iter().map(|view| [&view.name, "\t", &view.params, "\n"].concat());
        lines.collect()
    }

    /// Lines that are no views are left out.
    pub fn from_text(text: &str) -> Self {
        let mut saved = Self::default();
        for (name, params) in text.lines().filter_map(|line| line.split_once(TAB)) {
            saved.add(name, params);
        }
        saved
    }
}

/// On one line, without space around, and not too long.
fn tidy(name: &str) -> String {
    let line: String =
        name.trim().chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    line.trim().chars().take(LONGEST_NAME).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_same_name_replaces() {
        let mut saved = Saved::default();
        assert!(saved.add(" Long ones ", "duration=1h.."));
        assert!(saved.add("Physics", "room=physics"));
        assert!(saved.add("Long\tones", "duration=2h.."));
        assert_eq!(saved.to_text(), "Long ones\tduration=2h..\nPhysics\troom=physics\n");
        saved.remove("Long ones");
        assert_eq!(saved.views().len(), 1);
    }

    #[test]
    fn what_cannot_be_kept_is_refused() {
        let mut saved = Saved::default();
        assert!(!saved.add(" \n ", "q=x"));
        assert!(!saved.add("x", "q=x\ty"));
        assert!(saved.add(&"é".repeat(99), ""));
        assert_eq!(saved.views()[0].name.chars().count(), 80);
        for n in 1..MOST {
            assert!(saved.add(&n.to_string(), "q=x"));
        }
        assert!(!saved.add("one more", "q=x"));
        assert!(saved.add("7", "q=y"));
        assert_eq!(saved.views().len(), MOST);
    }

    proptest! {
        #[test]
        fn what_is_kept_comes_back(
            views in prop::collection::vec(("(\\PC|[ \t\r]){0,9}", "[q=\t\r\n]{0,3}"), 0..60),
        ) {
            let mut saved = Saved::default();
            for (name, params) in &views {
                saved.add(name, params);
            }
            prop_assert_eq!(Saved::from_text(&saved.to_text()), saved);
        }

        #[test]
        fn any_text_is_read(text in "([a-c\t\n]|\\PC){0,60}") {
            let saved = Saved::from_text(&text);
            prop_assert_eq!(Saved::from_text(&saved.to_text()), saved);
        }
    }
}
