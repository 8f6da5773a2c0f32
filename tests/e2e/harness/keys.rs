//! Going about without a pointer: Tab from control to control, arrows within what is one stop of it.

use thirtyfour::Key;

use super::page::Page;
use super::{equal, eventually};

/// What the focus is in or on.
const FOCUS_IS_IN: &str = r"
let active = document.activeElement;
while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
return active?.closest(arguments[0])?.getAttribute(arguments[1]) ?? null;
";

/// Stops of a row, and of the page, are fewer.
const MOST_CELLS: usize = 16;
const MOST_STOPS: usize = 40;

impl Page {
    /// Presses Tab until this has the focus.
    pub async fn tab_to(&self, name: &str) {
        for _ in 0..MOST_STOPS {
            if self.focused().await == name {
                return;
            }
            self.press(&[Key::Tab]).await;
        }
        panic!("Tab does not lead to “{name}”: it is on “{}”", self.focused().await);
    }

    /// Presses Tab until the focus is in the list, where it is on a row.
    pub async fn tab_into_list(&self) {
        for _ in 0..MOST_STOPS {
            if self.focused_row().await.is_some() {
                return;
            }
            self.press(&[Key::Tab]).await;
            // The focus goes on to a row, a moment later.
            tokio::time::sleep(std::time::Duration::from_millis(30)).await;
        }
        panic!("Tab does not lead into the list: it is on “{}”", self.focused().await);
    }

    /// Goes to this cell of the row that has the focus, or of the first; by arrows, for the list is one stop.
    pub async fn go_to_cell(&self, name: &str) {
        self.tab_into_list().await;
        for key in [Key::Right, Key::Left] {
            for _ in 0..MOST_CELLS {
                if self.focused().await == name {
                    return;
                }
                self.press(std::slice::from_ref(&key)).await;
            }
        }
        panic!("arrows do not lead to “{name}”: it is on “{}”", self.focused().await);
    }

    /// The place in the list, counted from 0, of the row that has the focus; `None` in the headers too.
    pub async fn focused_row(&self) -> Option<usize> {
        let arguments = vec!["[role=row]".into(), "aria-rowindex".into()];
        let index = self.run(FOCUS_IS_IN, arguments).await;
        let index: usize = index.as_str()?.parse().ok()?;
        index.checked_sub(2)
    }

    pub async fn focus_is_on_row(&self, at: usize) {
        eventually("focused row", async || equal(self.focused_row().await, Some(at))).await;
    }

    /// The role of what the focus is inside of, such as the toolbar's name.
    pub async fn focus_is_inside(&self, selector: &str, name: &str) -> bool {
        let arguments = vec![selector.into(), "aria-label".into()];
        self.run(FOCUS_IS_IN, arguments).await.as_str() == Some(name)
    }

    /// Presses a key while others are held.
    pub async fn press_with(&self, held: &[Key], key: impl Into<char>) {
        let key = key.into();
        let mut actions = self.browser().action_chain();
        for it in held {
            actions = actions.key_down(it.value());
        }
        actions = actions.key_down(key).key_up(key);
        for it in held.iter().rev() {
            actions = actions.key_up(it.value());
        }
        actions.perform().await.unwrap();
    }

    /// The key that chords are made with: Control, or Command on a Mac.
    pub async fn chord(&self, key: impl Into<char>) {
        self.press_with(&[Key::Control], key).await;
    }
}
