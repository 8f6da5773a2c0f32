//! What the search language promises, by examples and by properties of any text.

use proptest::{collection::vec, prelude::*};

use super::{token::is_quote, *};
use crate::library::day::tests::any_day;

pub const TODAY: Day = Day { year: 2026, month: 3, day: 5 };

/// The terms, each as it would be written alone; `?` marks text that is searched for.
fn read(text: &str) -> Vec<String> {
    let shown = |term: Term| {
        let is_text = matches!(term.what, Asked::Word(_));
        let text = print(&Search { terms: vec![term] });
        if is_text { text + "?" } else { text }
    };
    parse(text, TODAY).terms.into_iter().map(shown).collect()
}

#[test]
fn words_phrases_and_what_must_not_be() {
    assert_eq!(read("  Physics   101 "), ["Physics?", "101?"]);
    assert_eq!(read("\"first law\" -\"old stuff\" -x"), ["\"first law\"", "-\"old stuff\"", "-x?"]);
    assert_eq!(read("“first law”x"), ["\"first law\"", "x?"]);
    assert_eq!(read("u81-b.mp4 5\" http://x"), ["u81-b.mp4?", "5\"?", "http://x?"]);
}

#[test]
fn operators() {
    assert_eq!(
        read("room:physics ROOM:\"Physics 101\" -room:“x y”"),
        ["room:physics", "room:\"Physics 101\"", "-room:\"x y\""]
    );
    assert_eq!(
        read("status:Ready status:in-progress status:recording status:processing status:aborted"),
        ["status:ready", "status:progress", "status:progress", "status:progress", "status:failed"]
    );
    assert_eq!(read("-after:2026-03-01 before:2026-1-31"), ["-after:2026-03", "before:2026-01-31"]);
}

#[test]
fn days() {
    for (typed, day) in [
        ("2026-03-17", "2026-03-17"),
        ("2026-03", "2026-03-01"),
        ("2026", "2026-01-01"),
        ("today", "2026-03-05"),
        ("Yesterday", "2026-03-04"),
        ("7d", "2026-02-26"),
        ("0d", "2026-03-05"),
        ("2W", "2026-02-19"),
        ("3m", "2025-12-05"),
        ("1y", "2025-03-05"),
    ] {
        let after = parse(&["after:", typed].concat(), TODAY);
        let what = Asked::After(Day::read(day).unwrap());
        assert_eq!(after.terms, [Term { is_not: false, what }], "{typed}");
    }
}

#[test]
fn durations() {
    for (typed, seconds, printed) in [
        ("30m", 1800, "30m"),
        ("1h30m", 5400, "1h30m"),
        ("90", 5400, "1h30m"),
        ("1:30:00", 5400, "1h30m"),
        ("1:30", 90, "1m30s"),
        ("1.5H", 5400, "1h30m"),
        ("120s", 120, "2m"),
        ("100:00:00", 360_000, "100h"),
        ("0", 0, "0s"),
    ] {
        assert_eq!(duration(typed), Some(seconds * 1000), "{typed}");
        assert_eq!(duration_text(seconds * 1000), printed);
    }
    assert_eq!(duration_text(1500), "1.5s");
    for wrong in [
        "",
        "m",
        "1m1h",
        "1h1h",
        "1h30",
        "30ms",
        "1:60",
        "1:2:3:4",
        ":30",
        "1:",
        "-5",
        "1e3",
        "1d",
        "1..2h",
        "1.h",
        "18446744073709551615h",
        "999999999999999999999",
    ] {
        assert_eq!(duration(wrong), None, "{wrong}");
    }
}

#[test]
fn sizes() {
    for (typed, bytes, printed) in [
        ("500mb", 500_000_000, "500mb"),
        ("500", 500_000_000, "500mb"),
        ("1.5GB", 1_500_000_000, "1.5gb"),
        ("2tb", 2_000_000_000_000, "2tb"),
        ("1000kb", 1_000_000, "1mb"),
        ("0.001kb", 1, "1b"),
        ("999b", 999, "999b"),
        ("0", 0, "0b"),
        ("1234.567kb", 1_234_567, "1234.567kb"),
    ] {
        assert_eq!(size(typed), Some(bytes), "{typed}");
        assert_eq!(size_text(bytes), printed);
    }
    for wrong in ["", "mb", "b", "1.5b", "1.2345gb", "1 gb", "5g", "-1mb", "20000000000tb"] {
        assert_eq!(size(wrong), None, "{wrong}");
    }
}

#[test]
fn what_is_typed_wrongly_is_text_to_search_for() {
    for text in [
        "status:foo",
        "after:2026-13-77",
        "after:2026-02-30",
        "after:soon",
        "after:99999y",
        "room:",
        "room:\"",
        "room:\"\"",
        "longer:ever",
        "larger:-5",
        "status:\"ready\"",
        "-",
        "--",
        "-status:",
        "rooms:x",
        ":",
        "x:\"y\"",
    ] {
        assert_eq!(read(text), [[text, "?"].concat()], "{text}");
    }
    assert_eq!(read("a - b"), ["a?", "-?", "b?"]);
}

#[test]
fn a_quote_without_an_end_goes_to_the_end() {
    assert_eq!(read("x \"first law -y"), ["x?", "\"first law -y\""]);
    assert_eq!(read("room:\"first law "), ["room:\"first law \""]);
    assert_eq!(read("-\""), ["-\"\""]);
}

fn any_asked() -> impl Strategy<Value = Asked> {
    let is_not_keyed = |word: &str| read(word) == [[word, "?"].concat()];
    prop_oneof![
        "[^\\s\"“”„-][^\\s]{0,9}"
            .prop_filter("a word", move |word| is_not_keyed(word))
            .prop_map(Asked::Word),
        "[^\"“”„]{0,9}".prop_map(Asked::Phrase),
        "[^\"“”„]{1,9}|[^\\s\"“”„][^\\s]{0,9}".prop_map(Asked::Room),
        prop::sample::select(&StatusGroup::ALL).prop_map(Asked::Status),
        any_day().prop_map(Asked::After),
        any_day().prop_map(Asked::Before),
        any_amount().prop_map(Asked::Longer),
        any_amount().prop_map(Asked::Shorter),
        any_amount().prop_map(Asked::Larger),
        any_amount().prop_map(Asked::Smaller),
    ]
}

/// Milliseconds or bytes: any, and those that people mean.
pub fn any_amount() -> impl Strategy<Value = u64> {
    prop_oneof![
        (0_u64..1000, prop::sample::select(vec![1_u64, 1000, 60_000, 500_000_000]))
            .prop_map(|(a, b)| a * b),
        any::<u64>(),
    ]
}

/// Texts that are nearly right.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "(room|status|after|before|longer|shorter|larger|smaller|Room|x):",
        "[-:\"“” \t\u{a0}.0-9]",
        "ready|progress|today|2026|-03|7d|30m|1h|500|mb|gb|b|x|é|\u{0}",
        any::<char>().prop_map(String::from),
    ];
    vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_read_and_means_the_same_when_printed(text in prop_oneof![any_text(), "\\PC*"]) {
        let search = parse(&text, TODAY);
        let printed = print(&search);
        prop_assert_eq!(&parse(&printed, TODAY), &search, "{}", printed);
        prop_assert_eq!(print(&parse(&printed, TODAY)), printed);
    }

    #[test]
    fn any_search_is_read_as_it_was_printed(
        terms in vec((any::<bool>(), any_asked()), 0..6),
    ) {
        let terms = terms.into_iter().map(|(is_not, what)| Term { is_not, what }).collect();
        let search = Search { terms };
        prop_assert_eq!(parse(&print(&search), TODAY), search);
    }

    #[test]
    fn nothing_typed_is_lost(text in any_text()) {
        // Every term takes its piece of the text, and between the pieces there is only white space.
        let (mut from, mut terms) = (0, 0);
        while let Some(token) = token::next(&text, from) {
            prop_assert!(text[from..token.start].trim().is_empty() && token.end > token.start);
            prop_assert!(token.text.starts_with(is_quote) || !token.text.is_empty());
            (from, terms) = (token.end, terms + 1);
        }
        prop_assert!(text[from..].trim().is_empty());
        prop_assert_eq!(parse(&text, TODAY).terms.len(), terms);
    }

    #[test]
    fn amounts_are_read_as_they_were_printed(amount in any_amount()) {
        prop_assert_eq!(duration(&duration_text(amount)), Some(amount));
        prop_assert_eq!(size(&size_text(amount)), Some(amount));
    }

    #[test]
    fn no_text_upsets_the_amounts(text in "[0-9.:hmskgtb]{0,24}|\\PC*") {
        let _ = (duration(&text), size(&text), value::day(&text, TODAY));
    }
}

#[test]
fn an_odd_today_upsets_nothing() {
    let odd = Day { year: i32::MAX, month: 0, day: 255 };
    assert_eq!(parse("after:7d", odd).terms.len(), 1);
}
