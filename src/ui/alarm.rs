//! A problem that stands on the page where it belongs, said besides to those who do not see it, and taken
//! back when it is over. Each part of the page takes back only what it has said itself.

use super::{reactive::*, state::Notice};

#[derive(Clone, Copy)]
pub struct Alarm {
    /// What the assertive live region says.
    alert: RwSignal<Notice>,
    said: StoredValue<String>,
}

impl Alarm {
    pub fn new(alert: RwSignal<Notice>) -> Self {
        Self { alert, said: StoredValue::new(String::new()) }
    }

    pub fn raise(self, text: String) {
        self.said.set_value(text.clone());
        self.alert.set(Notice { text, is_news: false });
    }

    pub fn calm(self) {
        let said = self.said.try_update_value(std::mem::take).unwrap_or_default();
        let is_own = |it: &Notice| !it.is_news && !it.text.is_empty() && it.text == said;
        if self.alert.with_untracked(is_own) {
            self.alert.set(Notice::default());
        }
    }
}
