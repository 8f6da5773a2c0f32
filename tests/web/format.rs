//! Dates and sizes by the browser's `Intl`, and folding for search.

use js_sys::Date;
use meet_recordings::{i18n::Format, ui::browser};
use wasm_bindgen_test::wasm_bindgen_test;

/// Noon of a day in the reader's own time zone, in ms since 1970.
fn noon(year: u32, month: i32, day: i32) -> f64 {
    Date::new_with_year_month_day_hr_min_sec(year, month - 1, day, 12, 0, 0).get_time()
}

#[wasm_bindgen_test]
fn the_nearer_a_day_the_shorter_its_name() {
    let format = Format::new("en-GB");
    let now = noon(2026, 11, 20);
    let day = |at: f64| format.day(at as i64, now);
    assert_eq!(day(now), "Today");
    // Yesterday by the calendar, although less than a day ago.
    assert_eq!(day(now - 13.0 * 3_600_000.0), "Yesterday");
    assert_eq!(day(noon(2026, 11, 18)), "Wed");
    assert_eq!(day(noon(2026, 11, 12)), "12 Nov");
    assert_eq!(day(noon(2024, 11, 12)), "12 Nov 2024");
}

#[wasm_bindgen_test]
fn a_date_in_the_future_is_written_out() {
    let format = Format::new("en-GB");
    let now = noon(2026, 11, 20);
    assert_eq!(format.day(noon(2026, 11, 21) as i64, now), "21 Nov");
}

#[wasm_bindgen_test]
fn any_date_that_a_server_may_name_can_be_shown() {
    let format = Format::new("en");
    for ms in [1, 8_640_000_000_000_000] {
        assert!(!format.day(ms, 0.0).is_empty());
        assert!(!format.full(ms).is_empty());
    }
}

#[wasm_bindgen_test]
fn sizes_have_three_digits_and_the_right_unit() {
    let format = Format::new("en");
    let sizes = [(0, "0 kB"), (475_140, "475 kB"), (999_600, "1 MB"), (812_345_678, "812 MB")];
    for (bytes, text) in sizes {
        assert_eq!(format.size(bytes), text);
    }
    assert_eq!(format.size(1_400_000_000), "1.4 GB");
    assert_eq!(format.size(9_007_199_254_740_991), "9,010 TB");
}

#[wasm_bindgen_test]
fn a_malformed_language_falls_back_to_the_readers() {
    assert!(!Format::new("en_US").time(0).is_empty());
    assert!(!Format::new("").number(1000).is_empty());
}

#[wasm_bindgen_test]
fn folding_forgets_case_and_accents() {
    assert_eq!(browser::fold("João & ÅSA"), "joao & asa");
    assert_eq!(browser::fold("ﬁle"), "file");
}
