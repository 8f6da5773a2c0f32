//! What several recordings come to, as far as the server says.

use crate::model::Recording;

/// A sum over those that have a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// `None` when none has one.
    pub total: Option<u64>,
    /// Some have none, so that it is more than the total.
    pub is_partial: bool,
}

/// Of the durations, in milliseconds, and of the sizes, in bytes.
pub fn sums<'a>(recordings: impl IntoIterator<Item = &'a Recording>) -> (Sum, Sum) {
    let (mut length, mut size) = (Sum::default(), Sum::default());
    for it in recordings {
        length.add(it.duration);
        size.add(it.size);
    }
    (length, size)
}

impl Sum {
    fn add(&mut self, value: Option<u64>) {
        match value {
            Some(value) => self.total = Some(self.total.unwrap_or(0).saturating_add(value)),
            None => self.is_partial = true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_known_is_no_zero() {
        let bare = Recording::bare("a");
        let known = Recording { size: Some(5), ..Recording::bare("b") };
        let (length, size) = sums([&bare, &known, &known]);
        assert_eq!(length, Sum { total: None, is_partial: true });
        assert_eq!(size, Sum { total: Some(10), is_partial: true });
        assert_eq!(sums([&known]).1, Sum { total: Some(5), is_partial: false });
    }
}
