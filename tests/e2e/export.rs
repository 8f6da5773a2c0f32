//! The list as a file, of all in view or of those selected; links of several.

use crate::harness::{Config, Page, Stage, Value, e2e_with, equal, eventually, json, text};

/// In Chromium, which alone tells where it saves, and what is on the clipboard.
fn with_sample(test: impl AsyncFnOnce(&mut Stage, Page)) {
    if crate::harness::Engine::from_env() != crate::harness::Engine::Chromium {
        eprintln!("skipped: saved files can be tested in Chromium only");
        return;
    }
    e2e_with(Config { clock_speed: 0.0, ..Config::default() }, async |stage| {
        let ids = stage.hooks.recording_ids();
        // What spreadsheets would run.
        for (id, name) in
            ids.iter().zip(["=HYPERLINK(\"http://evil.example\")", "+1", "-2", "@x", "\t=1"])
        {
            let fields = json!({ "roomName": name });
            assert!(stage.hooks.change_recording(id, fields.as_object().unwrap().clone()));
        }
        let page = stage.open_library().await;
        test(stage, page).await;
    });
}

async fn from_view(page: &Page, name: &str) {
    page.button("View").click().await;
    let dialog = page.role("dialog").named("View").first().await;
    page.role("button").named(name).inside(&dialog).click().await;
}

/// The cells of a line, as RFC 4180 has them.
fn cells(csv: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut is_quoted) =
        (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = csv.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, is_quoted) {
            ('"', true) if letters.peek() == Some(&'"') => cell.extend(letters.next()),
            ('"', _) => is_quoted = !is_quoted,
            (',', false) => row.push(std::mem::take(&mut cell)),
            ('\r', false) => {}
            ('\n', false) => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            (letter, _) => cell.push(letter),
        }
    }
    rows
}

#[test]
fn what_is_in_view_is_saved_as_csv_without_formulas() {
    with_sample(async |stage, page| {
        from_view(&page, "Export CSV").await;
        let file = String::from_utf8(stage.saved_file().await).unwrap();
        assert!(stage.saved()[0].starts_with("recordings-") && stage.saved()[0].ends_with(".csv"));
        let rows = cells(file.strip_prefix('\u{feff}').unwrap());
        assert_eq!(rows.len(), 65);
        assert!(rows.iter().all(|row| row.len() == rows[0].len()));
        let is_formula = |cell: &String| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        assert!(!rows.iter().flatten().any(is_formula), "{file}");
        assert!(file.contains("'=HYPERLINK(\"\"http://evil.example\"\")"), "{file}");
        let ids: Vec<&String> = rows[1..].iter().map(|row| &row[0]).collect();
        let all = stage.hooks.recording_ids();
        assert!(all.iter().all(|id| ids.contains(&id)));
    });
}

#[test]
fn json_has_the_rows_in_their_order() {
    with_sample(async |stage, page| {
        page.search("Sprint").await;
        page.row_count_is(8).await;
        page.button("Duration").click().await;
        let shown: Vec<String> =
            page.whole_list().await.into_iter().map(|it| it.subtitle).collect();
        from_view(&page, "Export JSON").await;
        let file: Vec<Value> = serde_json::from_slice(&stage.saved_file().await).unwrap();
        let names: Vec<&str> = file.iter().map(|it| text(it, "fileName")).collect();
        assert_eq!(names, shown);
        assert!(file.iter().all(|it| it["roomName"] == "Sprint review"));
    });
}

#[test]
fn of_a_selection_only_those_are_saved() {
    with_sample(async |stage, page| {
        for at in 0..2 {
            page.row_at(at).await.select().await;
        }
        let toolbar = page.role("toolbar").named("Selection").first().await;
        page.role("button").named("Export JSON").inside(&toolbar).click().await;
        let file: Vec<Value> = serde_json::from_slice(&stage.saved_file().await).unwrap();
        assert_eq!(file.len(), 2);
    });
}

#[test]
fn links_of_several_are_copied() {
    with_sample(async |stage, page| {
        page.allow_clipboard().await;
        page.search("Design critique status:ready").await;
        let rows = page.ready_rows(3).await;
        for row in &rows {
            row.select().await;
        }
        page.button("Copy links").click().await;
        let start = format!("{}/recording/", stage.url());
        let lines = eventually("three links", async || {
            let lines: Vec<String> = page.clipboard().await.lines().map(str::to_owned).collect();
            equal(lines.len(), 3)?;
            Ok(lines)
        })
        .await;
        for line in lines {
            let (title, link) = line.split_once('\t').unwrap();
            assert_eq!(title, "Design critique");
            assert!(link.starts_with(&start) && link.contains("secret="), "{link}");
        }
    });
}
