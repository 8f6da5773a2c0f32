//! The list as a file: CSV for spreadsheets, JSON for programs. Names, texts and times are as the
//! server gave them; what it does not say is an empty cell or `null`. Written line by line, so that
//! whoever writes many can pause.

use std::iter;

use crate::model::{FailureKind, Recording, Status};

/// The columns, as CSV and as JSON call them.
const COLUMNS: [(&str, &str); 11] = [
    ("ID", "id"),
    ("Title", "title"),
    ("Room ID", "roomId"),
    ("Room", "roomName"),
    ("Status", "status"),
    ("Started (UTC)", "startedAt"),
    ("Ended (UTC)", "endedAt"),
    ("Duration (s)", "duration"),
    ("Size (bytes)", "size"),
    ("File name", "fileName"),
    ("Description", "description"),
];

enum Cell<'a> {
    Unknown,
    Text(&'a str),
    /// Ms since 1970.
    Time(i64),
    /// Ms, written in seconds.
    Duration(u64),
    Bytes(u64),
}

/// RFC 4180 in UTF-8, marked as such because Excel would take it for something else. Cells that a
/// spreadsheet would run as a formula begin with an apostrophe.
pub fn csv(rows: impl Iterator<Item = Recording>) -> impl Iterator<Item = String> {
    let mut head = String::from('\u{feff}');
    for (at, (name, _)) in COLUMNS.iter().enumerate() {
        head.push_str(if at > 0 { "," } else { "" });
        head.push_str(name);
    }
    head.push_str("\r\n");
    iter::once(head).chain(rows.map(|row| csv_line(&row)))
}

fn csv_line(row: &Recording) -> String {
    let mut out = String::new();
    for (at, cell) in cells(row).iter().enumerate() {
        out.push_str(if at > 0 { "," } else { "" });
        match cell {
            Cell::Unknown => {}
            Cell::Text(text) => csv_text(&mut out, text),
            Cell::Time(ms) => csv_text(&mut out, &iso(*ms)),
            Cell::Duration(ms) => out.push_str(&seconds(*ms)),
            Cell::Bytes(bytes) => out.push_str(&bytes.to_string()),
        }
    }
    out.push_str("\r\n");
    out
}

/// An array of objects, one a line.
pub fn json(rows: impl Iterator<Item = Recording>) -> impl Iterator<Item = String> {
    let lines =
        rows.enumerate().map(|(n, row)| json_line(if n > 0 { ",\n{" } else { "\n{" }, &row));
    iter::once("[".to_owned()).chain(lines).chain(iter::once("\n]\n".to_owned()))
}

fn json_line(start: &str, row: &Recording) -> String {
    let mut out = start.to_owned();
    for (at, (cell, (_, name))) in cells(row).iter().zip(COLUMNS).enumerate() {
        out.push_str(if at > 0 { "," } else { "" });
        json_text(&mut out, name);
        out.push(':');
        match cell {
            Cell::Unknown => out.push_str("null"),
            Cell::Text(text) => json_text(&mut out, text),
            Cell::Time(ms) => json_text(&mut out, &iso(*ms)),
            Cell::Duration(ms) => out.push_str(&seconds(*ms)),
            Cell::Bytes(bytes) => out.push_str(&bytes.to_string()),
        }
    }
    out.push('}');
    out
}

/// In the order of [`COLUMNS`].
fn cells(row: &Recording) -> [Cell<'_>; COLUMNS.len()] {
    fn text(text: &Option<String>) -> Cell<'_> {
        text.as_deref().map_or(Cell::Unknown, Cell::Text)
    }
    let time = |ms: Option<i64>| ms.map_or(Cell::Unknown, Cell::Time);
    [
        Cell::Text(row.id.as_str()),
        Cell::Text(row.title()),
        text(&row.room_id),
        text(&row.room_name),
        Cell::Text(status(&row.status)),
        time(row.started_at),
        time(row.ended_at),
        row.duration.map_or(Cell::Unknown, Cell::Duration),
        row.size.map_or(Cell::Unknown, Cell::Bytes),
        text(&row.file_name),
        text(&row.description),
    ]
}

fn status(status: &Status) -> &str {
    match status {
        Status::Starting => "starting",
        Status::Recording => "recording",
        Status::Processing => "processing",
        Status::Ready => "ready",
        Status::Failed(FailureKind::Error) => "failed",
        Status::Failed(FailureKind::Aborted) => "aborted",
        Status::Failed(FailureKind::LimitReached) => "limit reached",
        Status::Unknown(text) => text,
    }
}

fn csv_text(out: &mut String, text: &str) {
    let is_quoted = text.contains([',', '"', '\r', '\n']);
    if is_quoted {
        out.push('"');
    }
    if is_formula(text) {
        out.push('\'');
    }
    for (n, part) in text.split('"').enumerate() {
        out.push_str(if n > 0 { "\"\"" } else { "" });
        out.push_str(part);
    }
    if is_quoted {
        out.push('"');
    }
}

/// Whether a spreadsheet may take the text for a formula (OWASP "CSV Injection"). Some cut spaces
/// off first, some take the full-width signs for the others.
fn is_formula(text: &str) -> bool {
    let is_space = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
    let is_sign = |c| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '−');
    text.starts_with(['\t', '\r', '\n']) || text.trim_start_matches(is_space).starts_with(is_sign)
}

fn json_text(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    // All that is to be escaped is ASCII, so that the text may be cut there.
    while let Some(at) = rest.bytes().position(|b| b < b' ' || b == b'"' || b == b'\\') {
        out.push_str(&rest[..at]);
        match rest.as_bytes()[at] {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            control => out.push_str(&format!("\\u{control:04x}")),
        }
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out.push('"');
}

/// Ms as seconds, exactly. Not by way of a float, whose printing everybody would download.
fn seconds(ms: u64) -> String {
    let (whole, rest) = (ms / 1000, ms % 1000);
    if rest == 0 {
        return whole.to_string();
    }
    format!("{whole}.{rest:03}").trim_end_matches('0').to_owned()
}

/// As `Date.toISOString` writes it: years beyond four digits have a sign and six.
fn iso(ms: i64) -> String {
    let (days, ms) = (ms.div_euclid(86_400_000), ms.rem_euclid(86_400_000));
    let (year, month, day) = date(days);
    let mut out = String::with_capacity(28);
    out.push_str(match year {
        0..=9999 => "",
        10_000.. => "+",
        _ => "-",
    });
    let digits = if out.is_empty() { 4 } else { 6 };
    for (number, digits, end) in [
        (year.abs(), digits, '-'),
        (month, 2, '-'),
        (day, 2, 'T'),
        (ms / 3_600_000, 2, ':'),
        (ms / 60_000 % 60, 2, ':'),
        (ms / 1000 % 60, 2, '.'),
        (ms % 1000, 3, 'Z'),
    ] {
        for place in (0..digits).rev() {
            out.push(char::from(b'0' + (number / 10_i64.pow(place) % 10) as u8));
        }
        out.push(end);
    }
    out
}

/// The Gregorian date of a day counted from 1970-01-01. Years begin in March here, so that the leap
/// day is their last, and 400 of them are an era, which all have the same days.
fn date(days: i64) -> (i64, i64, i64) {
    const ERA: i64 = 146_097;
    // From 0000-03-01.
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(ERA), days.rem_euclid(ERA));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    // Months from March: five have 153 days, over and over.
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let is_next_year = month >= 10;
    let month = if is_next_year { month - 9 } else { month + 3 };
    (era * 400 + year + i64::from(is_next_year), month, day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::RecordingId;

    /// Cells of RFC 4180.
    fn parse(text: &str) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
        let mut chars = text.strip_prefix('\u{feff}').unwrap().chars().peekable();
        let mut is_quoted = false;
        while let Some(c) = chars.next() {
            match c {
                '"' if is_quoted && chars.next_if_eq(&'"').is_some() => cell.push('"'),
                '"' => is_quoted = !is_quoted,
                _ if is_quoted => cell.push(c),
                ',' => row.push(std::mem::take(&mut cell)),
                '\r' => {
                    assert_eq!(chars.next(), Some('\n'));
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                _ => cell.push(c),
            }
        }
        assert!(!is_quoted && row.is_empty() && cell.is_empty(), "ends with a line");
        rows
    }

    fn lecture() -> Recording {
        Recording {
            name: Some("Heat, \"first\" law".into()),
            description: Some("two\r\nlines".into()),
            room_id: Some("physics-4k7".into()),
            started_at: Some(1_709_210_096_007),
            duration: Some(4_328_250),
            size: Some(u64::MAX),
            ..Recording::bare("r--1")
        }
    }

    #[test]
    fn a_line_of_csv() {
        let text = csv([lecture()].into_iter()).collect::<String>();
        let line = "r--1,\"Heat, \"\"first\"\" law\",physics-4k7,,ready,2024-02-29T12:34:56.007Z,,\
                    4328.25,18446744073709551615,,\"two\r\nlines\"\r\n";
        let (header, rows) = text.split_once("\r\n").unwrap();
        assert_eq!(
            header,
            "\u{feff}ID,Title,Room ID,Room,Status,Started (UTC),Ended (UTC),Duration (s),Size (bytes),\
             File name,Description"
        );
        assert_eq!(rows, line);
    }

    #[test]
    fn numbers_in_json_are_exact_and_the_unknown_is_null() {
        let text = json([lecture()].into_iter()).collect::<String>();
        assert!(
            text.contains("\"duration\":4328.25,\"size\":18446744073709551615,\"fileName\":null")
        );
        assert_eq!(json([].into_iter()).collect::<String>(), "[\n]\n");
    }

    #[test]
    fn formulas_are_not_run() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\rx",
            "  =1",
            "\u{3000}＝1",
            "＋1",
            "－1",
            "＠x",
            "\u{feff}=1",
            "\u{a0}-x",
            "\n=1",
        ] {
            let mut out = String::new();
            csv_text(&mut out, text);
            assert!(out.trim_start_matches('"').starts_with('\''), "{text:?}: {out:?}");
        }
        for text in ["a=1", "1-2", "", "'quoted'", "Physics"] {
            let mut out = String::new();
            csv_text(&mut out, text);
            assert_eq!(out, text);
        }
    }

    #[test]
    fn times_far_from_now_are_what_the_browser_would_write() {
        assert_eq!(iso(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(iso(-1), "1969-12-31T23:59:59.999Z");
        assert_eq!(iso(951_782_400_000), "2000-02-29T00:00:00.000Z");
        assert_eq!(iso(4_107_542_400_000), "2100-03-01T00:00:00.000Z");
        assert_eq!(iso(253_402_300_800_000), "+010000-01-01T00:00:00.000Z");
        assert_eq!(iso(-62_167_219_200_000), "0000-01-01T00:00:00.000Z");
        assert_eq!(iso(-62_167_219_200_001), "-000001-12-31T23:59:59.999Z");
        assert_eq!(iso(8_640_000_000_000_000), "+275760-09-13T00:00:00.000Z");
        assert_eq!(iso(-8_640_000_000_000_000), "-271821-04-20T00:00:00.000Z");
    }

    #[test]
    fn every_day_of_a_thousand_years_follows_the_one_before() {
        let mut before = date(-200_000);
        for days in -199_999..200_000 {
            let (year, month, day) = date(days);
            let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let last = match before.1 {
                4 | 6 | 9 | 11 => 30,
                2 if is_leap => 29,
                2 => 28,
                _ => 31,
            };
            let next = match before {
                (y, 12, 31) => (y + 1, 1, 1),
                (y, m, d) if d == last => (y, m + 1, 1),
                (y, m, d) => (y, m, d + 1),
            };
            assert_eq!((year, month, day), next, "{days}");
            before = (year, month, day);
        }
    }

    fn texts() -> impl Strategy<Value = Option<String>> {
        let odd = "[=+@\\-\\t\\r\\n\",; ＝'a\u{2028}\u{0}-\u{1f}\\\\]{0,12}";
        prop::option::of(prop_oneof![odd.prop_map(String::from), any::<String>()])
    }

    fn recordings() -> impl Strategy<Value = Vec<Recording>> {
        let numbers = (
            prop::option::of(-8_640_000_000_000_000..=8_640_000_000_000_000_i64),
            prop::option::of(0..10_000_000_000_u64),
            prop::option::of(any::<u64>()),
        );
        let one = (any::<String>(), texts(), texts(), texts(), numbers);
        let one = one.prop_filter_map("an id", |(id, name, description, file_name, numbers)| {
            Some(Recording {
                name,
                description,
                file_name,
                started_at: numbers.0,
                duration: numbers.1,
                size: numbers.2,
                ..Recording::new(RecordingId::new(id)?)
            })
        });
        prop::collection::vec(one, 0..8)
    }

    /// What a cell of text is read back as.
    fn shown(text: &str) -> String {
        format!("{}{text}", if is_formula(text) { "'" } else { "" })
    }

    proptest! {
        #[test]
        fn csv_is_read_back_as_it_was(recordings in recordings()) {
            let rows = parse(&csv(recordings.iter().cloned()).collect::<String>());
            prop_assert_eq!(rows.len(), recordings.len() + 1);
            for (row, it) in rows.iter().skip(1).zip(&recordings) {
                prop_assert_eq!(row.len(), COLUMNS.len());
                prop_assert_eq!(&row[0], &shown(it.id.as_str()));
                prop_assert_eq!(&row[1], &shown(it.title()));
                prop_assert_eq!(&row[8], &it.size.map(|size| size.to_string()).unwrap_or_default());
                prop_assert_eq!(&row[9], &shown(it.file_name.as_deref().unwrap_or_default()));
                prop_assert_eq!(&row[10], &shown(it.description.as_deref().unwrap_or_default()));
                for cell in row {
                    let start = cell.trim_start().chars().next();
                    prop_assert!(!matches!(start, Some('=' | '+' | '-' | '@')), "{cell:?}");
                }
            }
        }

        #[test]
        fn json_is_read_back_as_it_was(recordings in recordings()) {
            let rows: Vec<serde_json::Value> =
                serde_json::from_str(&json(recordings.iter().cloned()).collect::<String>()).unwrap();
            prop_assert_eq!(rows.len(), recordings.len());
            for (row, it) in rows.iter().zip(&recordings) {
                prop_assert_eq!(row["id"].as_str(), Some(it.id.as_str()));
                prop_assert_eq!(row["title"].as_str(), Some(it.title()));
                prop_assert_eq!(row["fileName"].as_str(), it.file_name.as_deref());
                prop_assert_eq!(row["description"].as_str(), it.description.as_deref());
                prop_assert_eq!(row["size"].as_u64(), it.size);
                let ms = row["duration"].as_f64().map(|seconds| (seconds * 1000.0).round() as u64);
                prop_assert_eq!(ms, it.duration);
            }
        }
    }
}
