//! What samples come to, and how that is written: the same in every bench. Knows not what was measured.

/// Nearest rank: of 50 samples the 95th percentile is the third largest. `None` without samples.
pub fn percentile(samples: &[f64], percent: usize) -> Option<f64> {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.checked_sub(1)?).copied()
}

/// A sample: of an even number, the lower of the two in the middle.
pub fn median(samples: &[f64]) -> Option<f64> {
    percentile(samples, 50)
}

pub fn worst(samples: &[f64]) -> Option<f64> {
    samples.iter().copied().reduce(f64::max)
}

pub fn figure(value: Option<f64>) -> String {
    value.map_or("–".to_owned(), |it| format!("{it:.1}"))
}

/// `is_over`: `None` when there is nothing to judge.
pub fn verdict(is_over: Option<bool>) -> &'static str {
    match is_over {
        None => "n/a",
        Some(true) => "OVER",
        Some(false) => "ok",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_samples() {
        let fifty: Vec<f64> = (1..=50).rev().map(f64::from).collect();
        assert_eq!((median(&fifty), percentile(&fifty, 95)), (Some(25.0), Some(48.0)));
        assert_eq!(percentile(&[7.0], 95), Some(7.0));
        assert_eq!(median(&[5.0, 1.0, 3.0]), Some(3.0));
        assert_eq!(median(&[]), None);
    }

    #[test]
    fn the_worst_is_the_largest() {
        assert_eq!(worst(&[1.0, 3.0, 2.0]), Some(3.0));
        assert_eq!(worst(&[]), None);
    }
}
