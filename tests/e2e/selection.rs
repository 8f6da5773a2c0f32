//! Choosing rows, by pointer and by keyboard; what is chosen stays so while the list looks another way.

use crate::harness::{Config, Key, Page, e2e_with, equal, eventually};

fn with_sample(test: impl AsyncFnOnce(Page)) {
    let config = Config { clock_speed: 0.0, ..Config::default() };
    e2e_with(config, async |stage| test(stage.open_library().await).await);
}

/// The places of the rows in the page that are selected.
async fn are_selected(page: &Page, places: &[usize]) {
    eventually("selected rows", async || {
        let mut selected = Vec::new();
        for row in page.shown().await.iter().take(12) {
            if page.row_at(row.at).await.is_selected().await {
                selected.push(row.at);
            }
        }
        equal(selected.as_slice(), places)
    })
    .await;
    let count = page.role("toolbar").named("Selection").count().await;
    assert_eq!(count, usize::from(!places.is_empty()));
}

#[test]
fn clicks_select_one_more_or_a_range() {
    with_sample(async |page| {
        page.row_at(1).await.select().await;
        page.row_at(4).await.click_with(Key::Control).await;
        are_selected(&page, &[1, 4]).await;
        page.row_at(6).await.click_with(Key::Shift).await;
        are_selected(&page, &[1, 4, 5, 6]).await;
        // The second range from the same row takes the place of the first.
        page.row_at(2).await.click_with(Key::Shift).await;
        are_selected(&page, &[1, 2, 3, 4]).await;
        page.row_at(3).await.click_with(Key::Control).await;
        are_selected(&page, &[1, 2, 4]).await;
        page.button("Clear selection").click().await;
        are_selected(&page, &[]).await;
        assert_ne!(page.focused().await, "body");
    });
}

#[test]
fn keys_select_too() {
    with_sample(async |page| {
        page.tab_into_list().await;
        page.press(&[Key::Down]).await;
        page.focus_is_on_row(1).await;
        page.type_text(" ").await;
        are_selected(&page, &[1]).await;
        for _ in 0..3 {
            page.press_with(&[Key::Shift], Key::Down).await;
        }
        are_selected(&page, &[1, 2, 3, 4]).await;
        page.press_with(&[Key::Shift], Key::Up).await;
        are_selected(&page, &[1, 2, 3]).await;
        page.press(&[Key::Escape]).await;
        are_selected(&page, &[]).await;
        page.focus_is_on_row(3).await;
        page.chord('a').await;
        page.says("64 selected").await;
        page.press(&[Key::Escape]).await;
        are_selected(&page, &[]).await;
    });
}

#[test]
fn the_rest_that_matches_is_one_click_away() {
    with_sample(async |page| {
        page.search("Physics").await;
        page.row_count_is(10).await;
        page.first_row().await.select().await;
        page.button("Select all 10").click().await;
        page.says("10 selected").await;
        page.button("Select all 10").gone().await;
        assert!(
            page.focus_is_inside("[role=toolbar]", "Selection").await,
            "{}",
            page.focused().await
        );

        // Others than those in view stay selected as well.
        page.search("Sprint").await;
        page.row_count_is(8).await;
        page.says("10 selected").await;
        page.button("Select all 8").click().await;
        page.says("18 selected").await;
    });
}

#[test]
fn it_survives_searching_sorting_and_refreshing() {
    with_sample(async |page| {
        let rows = [page.row_at(1).await.shown, page.row_at(3).await.shown];
        page.row_at(1).await.select().await;
        page.row_at(3).await.select().await;
        page.search("no such thing").await;
        page.says("2 selected").await;
        page.search(" ").await;
        page.button("Room").click().await;
        page.button("Refresh").click().await;
        page.button("Refresh").attr_is("aria-busy", "false").await;
        page.says("2 selected").await;
        page.button("Date").click().await;
        page.role("columnheader").named("Date").attr_is("aria-sort", "descending").await;
        for row in rows {
            let row = page.row("selected before", |it| it.subtitle == row.subtitle).await;
            assert!(row.is_selected().await, "{:?}", row.shown);
        }
    });
}

#[test]
fn it_says_how_many_how_long_and_how_large() {
    with_sample(async |page| {
        page.search("shorter:2m longer:40s").await;
        let all = page.row_count().await.unwrap();
        assert!(all > 2);
        let size = page.first_row().await.shown.size;
        for at in 0..2 {
            page.row_at(at).await.select().await;
        }
        let toolbar = page.role("toolbar").named("Selection");
        let text = eventually("sums", async || {
            let text = toolbar.text().await;
            if text.contains("2 selected") { Ok(text) } else { Err(text) }
        })
        .await;
        assert!(text.contains("2:00"), "two of a minute: {text}");
        // Of two films of one size.
        let (number, unit) = size.split_once('\u{a0}').or_else(|| size.split_once(' ')).unwrap();
        assert!(text.contains(unit) || text.contains("MB"), "{number} {unit}: {text}");
    });
}

#[test]
fn the_toolbar_is_one_stop_with_arrows() {
    with_sample(async |page| {
        page.search("status:ready").await;
        page.row_at(0).await.select().await;
        let toolbar = page.role("toolbar").named("Selection").first().await;
        let names = page.role("button").inside(&toolbar).names().await;
        assert!(names.len() > 4, "{names:?}");
        page.searchbox().click().await;
        let is_inside = async || page.focus_is_inside("[role=toolbar]", "Selection").await;
        let mut stops = 0;
        for _ in 0..30 {
            page.press(&[Key::Tab]).await;
            stops += usize::from(is_inside().await);
            if stops > 0 && !is_inside().await {
                break;
            }
        }
        assert_eq!(stops, 1);
        page.press_with(&[Key::Shift], Key::Tab).await;
        assert!(is_inside().await);
        page.press(&[Key::Home]).await;
        page.focus_is_on(&names[0]).await;
        page.press(&[Key::Right]).await;
        page.focus_is_on(&names[1]).await;
        page.press(&[Key::End]).await;
        page.focus_is_on(&names[names.len() - 1]).await;
        page.press(&[Key::Left]).await;
        page.focus_is_on(&names[names.len() - 2]).await;
    });
}
