//! What several recordings come to, as far as the server says.

/// A sum over those that have a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// `None` when none has one.
    pub total: Option<u64>,
    /// Some have none, so that it is more than the total.
    pub is_partial: bool,
}

/// Of pairs of a duration (ms) and a size (bytes), in that order.
pub fn sums(values: impl Iterator<Item = (Option<u64>, Option<u64>)>) -> (Sum, Sum) {
    let (mut duration, mut size) = (Sum::default(), Sum::default());
    for (ms, bytes) in values {
        duration.add(ms);
        size.add(bytes);
    }
    (duration, size)
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
        let (duration, size) = sums([(None, None), (None, Some(5)), (None, Some(5))].into_iter());
        assert_eq!(duration, Sum { total: None, is_partial: true });
        assert_eq!(size, Sum { total: Some(10), is_partial: true });
        let (duration, _) = sums([(Some(0), Some(1))].into_iter());
        assert_eq!(duration, Sum { total: Some(0), is_partial: false });
        assert_eq!(sums([].into_iter()).0, Sum::default());
    }

    #[test]
    fn absurd_sizes_do_not_wrap() {
        let (_, size) = sums([(None, Some(u64::MAX)), (None, Some(u64::MAX))].into_iter());
        assert_eq!(size.total, Some(u64::MAX));
    }
}
