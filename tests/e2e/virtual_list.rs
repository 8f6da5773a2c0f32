//! Lists of any length: the page holds a window on the rows, every row can be reached, and what is looked at stays where
//! it is.

use std::time::Duration;

use crate::harness::{Config, Key, Page, Stage, e2e_with, eventually, json, within};

/// What may be in the page at any time, headers included.
const MOST_ROWS: usize = 60;

/// A list of so many in one answer of the server.
fn with_rows(count: usize, test: impl AsyncFnOnce(&mut Stage, Page)) {
    let config = Config { recordings: count - 64, clock_speed: 0.0, ..Config::default() };
    e2e_with(config, async |stage| {
        // What is in progress would change while the test looks at it.
        stage.hooks.advance_clock(Duration::from_secs(3600));
        stage.hooks.set_page_size(Some(count));
        let page = stage.open_library().await;
        page.row_count_is(count).await;
        test(stage, page).await;
    });
}

#[test]
fn few_rows_are_in_the_page_wherever_it_is_scrolled_to() {
    with_rows(1000, async |_, page| {
        for share in [0.0, 0.3, 0.5, 1.0] {
            page.scroll_to(share).await;
            let count = page.row_elements().await;
            assert!((10..=MOST_ROWS).contains(&count), "{count} rows at {share}");
            let (seen, held) = (page.places_in_sight().await, page.places_in_page().await);
            assert!(
                seen.len() > 5 && seen.clone().all(|at| held.contains(&at)),
                "{seen:?} {held:?}"
            );
        }
        assert_eq!(page.places_in_sight().await.end, 1000, "the last row");
        page.scroll_to(0.0).await;
        assert_eq!(page.places_in_sight().await.start, 0, "the first row");
        let all = page.whole_list().await;
        assert_eq!(all.len(), 1000);
    });
}

#[test]
fn keys_go_through_a_long_list() {
    with_rows(1000, async |_, page| {
        page.tab_into_list().await;
        page.focus_is_on_row(0).await;
        page.press(&[Key::PageDown]).await;
        let screen = eventually("a page down", async || {
            page.focused_row().await.filter(|at| *at > 3).ok_or_else(|| "still there".to_owned())
        })
        .await;
        page.press(&[Key::PageDown]).await;
        page.focus_is_on_row(2 * screen).await;
        page.press(&[Key::PageUp]).await;
        page.focus_is_on_row(screen).await;
        page.chord(Key::End).await;
        page.focus_is_on_row(999).await;
        assert_eq!(page.places_in_sight().await.end, 1000);
        page.press(&[Key::Down]).await;
        page.focus_is_on_row(999).await;
        page.press(&[Key::Up]).await;
        page.focus_is_on_row(998).await;
        page.chord(Key::Home).await;
        page.focus_is_on_row(0).await;

        let focused = page.focused().await;
        page.press(&[Key::End]).await;
        assert!(page.focused().await.starts_with("More actions for "), "the last cell");
        page.press(&[Key::Home]).await;
        assert!(page.focused().await.starts_with("Select "), "the first cell");
        page.press(&[Key::Right]).await;
        assert_eq!(page.focused().await, focused);
    });
}

/// The row that has the focus is in the page although it is scrolled away, so that keys go on from there.
#[test]
fn the_focus_survives_scrolling_away() {
    with_rows(1000, async |_, page| {
        page.tab_into_list().await;
        page.press(&[Key::Down, Key::Down]).await;
        page.focus_is_on_row(2).await;
        page.scroll_to(0.7).await;
        assert_eq!(page.focused_row().await, Some(2));
        assert!(page.row_elements().await <= MOST_ROWS);
        page.press(&[Key::Down]).await;
        page.focus_is_on_row(3).await;
        assert!(page.places_in_sight().await.contains(&3));
    });
}

#[test]
fn rows_that_come_above_do_not_move_what_is_looked_at() {
    with_rows(1000, async |stage, page| {
        stage.hooks.set_page_size(Some(2000));
        page.scroll_to(0.5).await;
        let seen = page.places_in_sight().await;
        let row = page.row_at(seen.start + 3).await.shown;
        let top = page.row_top(&row.subtitle).await.unwrap();
        stage.hooks.add_recordings(7);
        page.button("Refresh").click().await;
        page.row_count_is(1007).await;
        page.row("that has moved on", |it| it.subtitle == row.subtitle && it.at == row.at + 7)
            .await;
        let now = page.row_top(&row.subtitle).await.unwrap();
        assert!((now - top).abs() <= 1.0, "{top} px, then {now} px");
    });
}

#[test]
fn rows_that_go_above_do_not_move_what_is_looked_at() {
    with_rows(1000, async |stage, page| {
        let first = page.shown().await;
        page.scroll_to(0.5).await;
        let seen = page.places_in_sight().await;
        let row = page.row_at(seen.start + 3).await.shown;
        let top = page.row_top(&row.subtitle).await.unwrap();
        let ids = stage.hooks.recording_ids();
        let is_first = |id: &String| {
            // The file is named by the room and the last part of the id.
            let last = id.rsplit("--").next().unwrap();
            first[..5].iter().any(|it| it.subtitle.contains(last))
        };
        let gone: Vec<&String> = ids.iter().filter(|id| is_first(id)).collect();
        assert_eq!(gone.len(), 5);
        assert!(gone.into_iter().all(|id| stage.hooks.remove_recording(id)));
        page.button("Refresh").click().await;
        page.row_count_is(995).await;
        page.row("that has moved up", |it| it.subtitle == row.subtitle && it.at == row.at - 5)
            .await;
        let now = page.row_top(&row.subtitle).await.unwrap();
        assert!((now - top).abs() <= 1.0, "{top} px, then {now} px");
    });
}

#[test]
fn the_player_closes_where_the_list_was() {
    with_rows(1000, async |_, page| {
        page.scroll_to(0.6).await;
        let seen = page.places_in_sight().await;
        let row = page
            .row("that plays", |it| {
                seen.contains(&it.at) && it.at > seen.start + 1 && it.length == "1:00"
            })
            .await;
        let top = page.scroll_top().await;
        row.play().await;
        page.video("plays", |it| it.time > 0.1).await;
        page.button("Close player").click().await;
        page.focus_is_on_row(row.shown.at).await;
        assert!(page.places_in_sight().await.contains(&row.shown.at));
        assert!((page.scroll_top().await - top).abs() < 200.0, "it has moved");
    });
}

/// How long loading a million rows may take: the server makes them in big pages, a few a second.
const LONG: Duration = Duration::from_secs(240);

#[test]
fn the_last_of_a_million_is_reached_and_played() {
    const ALL: usize = 1_000_064;
    let config = Config { recordings: 1_000_000, clock_speed: 0.0, ..Config::default() };
    e2e_with(config, async |stage| {
        stage.hooks.advance_clock(Duration::from_secs(3600));
        stage.hooks.set_page_size(Some(40_000));
        let page = stage.open_library().await;
        page.button("Load all").click().await;
        within(LONG, "a million rows", async || match page.row_count().await {
            Some(ALL) => Ok(()),
            count => Err(format!("{count:?}")),
        })
        .await;
        page.tab_into_list().await;
        page.chord(Key::End).await;
        page.focus_is_on_row(ALL - 1).await;
        assert!(page.row_elements().await <= MOST_ROWS);

        // The last that is ready: some of the sample never were.
        let rows = page.shown().await.into_iter().rev();
        let last = rows.take_while(|it| it.length.contains(char::is_alphabetic)).count();
        for _ in 0..last {
            page.press(&[Key::Up]).await;
        }
        page.focus_is_on_row(ALL - 1 - last).await;
        page.press(&[Key::Enter]).await;
        page.video("plays", |it| it.time > 0.1 && it.width > 0).await;
        page.press(&[Key::Escape]).await;
        page.focus_is_on_row(ALL - 1 - last).await;

        // By the scrollbar, on a display with any number of pixels.
        if stage.engine == crate::harness::Engine::Chromium {
            for ratio in [3.0, 1.5] {
                let size = json!({ "width": 1000, "height": 800, "deviceScaleFactor": ratio, "mobile": false });
                page.cdp("Emulation.setDeviceMetricsOverride", size).await;
                page.scroll_to(0.0).await;
                assert_eq!(page.places_in_sight().await.start, 0, "at {ratio}");
                page.scroll_to(1.0).await;
                assert_eq!(page.places_in_sight().await.end, ALL, "at {ratio}");
            }
        }
        page.scroll_to(0.5).await;
        let middle = page.places_in_sight().await.start;
        assert!((ALL * 49 / 100..ALL * 51 / 100).contains(&middle), "{middle}");
    });
}
