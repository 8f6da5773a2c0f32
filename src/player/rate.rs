//! How fast it plays: the speeds there are, how they are written, and when it will end.

/// Within what every browser plays with sound and with its pitch kept.
pub const RATES: [f64; 11] = [0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0];

/// No recording is longer: about 30 000 years, the last moment that a browser's dates know.
const LONGEST_MS: f64 = 1e15;

/// The next of [`RATES`] down, from any rate; at its end the slowest.
pub fn slower(rate: f64) -> f64 {
    RATES.into_iter().rev().find(|it| *it < rate).unwrap_or(RATES[0])
}

/// The next of [`RATES`] up, from any rate; at its end the fastest.
pub fn faster(rate: f64) -> f64 {
    RATES.into_iter().find(|it| *it > rate).unwrap_or(RATES[RATES.len() - 1])
}

/// `1.5×`, to the hundredth.
pub fn rate_label(rate: f64) -> String {
    let hundredths = (rate * 100.0 + 0.5) as u32;
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match (rest / 10, rest % 10) {
        (0, 0) => format!("{whole}×"),
        (tenths, 0) => format!("{whole}.{tenths}×"),
        _ => format!("{whole}.{rest:02}×"),
    }
}

/// Milliseconds from now to the end, when it plays on. `position` and `duration` are seconds; a
/// `<video>` that has not loaded has no duration.
pub fn remaining_ms(position: f64, duration: f64, rate: f64) -> Option<u64> {
    let remaining = (duration - position) / rate * 1000.0;
    let is_known = duration > 0.0 && rate > 0.0 && remaining < LONGEST_MS;
    // Below 0 it is 0: some files play on after what they call their end.
    is_known.then_some(remaining as u64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn goes_up_and_down_in_steps() {
        assert_eq!((slower(1.0), faster(1.0)), (0.75, 1.25));
        assert_eq!((slower(1.1), faster(1.1)), (1.0, 1.25));
        assert_eq!((slower(0.25), faster(4.0)), (0.25, 4.0));
        assert_eq!((slower(16.0), faster(0.1)), (4.0, 0.25));
    }

    #[test]
    fn labels_are_short() {
        let labels = RATES.map(rate_label);
        let wanted =
            ["0.25×", "0.5×", "0.75×", "1×", "1.25×", "1.5×", "1.75×", "2×", "2.5×", "3×", "4×"];
        assert_eq!(labels, wanted);
        assert_eq!(rate_label(1.05), "1.05×");
    }

    #[test]
    fn speed_shortens_what_remains() {
        assert_eq!(remaining_ms(600.0, 4200.0, 1.5), Some(2_400_000));
        assert_eq!(remaining_ms(61.0, 60.0, 1.0), Some(0));
        assert_eq!(remaining_ms(0.0, f64::NAN, 1.0), None);
        assert_eq!(remaining_ms(0.0, f64::INFINITY, 1.0), None);
        assert_eq!(remaining_ms(0.0, 60.0, 0.0), None);
        assert_eq!(remaining_ms(f64::NAN, 60.0, 1.0), None);
    }

    proptest! {
        #[test]
        fn what_remains_can_be_added_to_a_clock(position in any::<f64>(), duration in any::<f64>(), rate in any::<f64>()) {
            prop_assert!(remaining_ms(position, duration, rate).is_none_or(|ms| ms < LONGEST_MS as u64));
        }
    }
}
