//! Recordings that come, change and go while the list is looked at, here and in another tab.

use std::time::Duration;

use crate::harness::{Config, Page, Stage, Value, e2e_with, equal, eventually, json, stays};

/// Longer than the list is left alone.
const NEXT_LOOK: Duration = Duration::from_secs(61);

fn with_sample(test: impl AsyncFnOnce(&mut Stage, Page)) {
    e2e_with(Config { clock_speed: 0.0, ..Config::default() }, async |stage| {
        let page = stage.open_library().await;
        test(stage, page).await;
    });
}

/// Changes these fields of a recording behind everybody's back.
fn change(stage: &Stage, id: &str, fields: Value) {
    assert!(stage.hooks.change_recording(id, fields.as_object().unwrap().clone()));
}

#[test]
fn new_ones_are_announced_and_move_nothing() {
    with_sample(async |stage, page| {
        page.scroll_to(0.5).await;
        let seen = page.places_in_sight().await;
        let row = page.row_at(seen.start + 2).await.shown;
        let top = page.row_top(&row.subtitle).await.unwrap();
        stage.hooks.add_recordings(12);
        page.skip(NEXT_LOOK).await;
        let bar = page.button("12 new recordings");
        bar.first().await;
        page.row_count_is(76).await;
        let now = page.row_top(&row.subtitle).await.unwrap();
        assert!((now - top).abs() <= 1.0, "{top} px, then {now} px");
        bar.click().await;
        bar.gone().await;
        eventually("the top", async || equal(page.places_in_sight().await.start, 0)).await;
    });
}

/// Even at the top: what is about to be clicked does not jump away.
#[test]
fn at_the_top_they_move_nothing_either() {
    with_sample(async |stage, page| {
        let row = page.row_at(2).await.shown;
        let top = page.row_top(&row.subtitle).await.unwrap();
        stage.hooks.add_recordings(1);
        page.skip(NEXT_LOOK).await;
        let bar = page.button("1 new recording");
        bar.first().await;
        let moved = eventually("the same row", async || {
            page.row_top(&row.subtitle).await.ok_or_else(|| "gone".to_owned())
        })
        .await;
        // The bar itself takes a line.
        assert!((moved - top).abs() <= 1.0, "{top} px, then {moved} px");
        bar.click().await;
        eventually("the new one", async || equal(page.places_in_sight().await.start, 0)).await;
        assert_ne!(page.focused().await, "body", "the button with the focus is gone");
    });
}

#[test]
fn what_changed_and_what_went_is_seen_after_a_refresh() {
    with_sample(async |stage, page| {
        let ids = page.ids_with("COMPLETE").await;
        change(stage, &ids[0], json!({ "roomName": "Renamed meanwhile" }));
        assert!(stage.hooks.remove_recording(&ids[1]));
        page.button("Refresh").click().await;
        page.row_count_is(63).await;
        page.search("renamed").await;
        page.row_count_is(1).await;
        page.search(&ids[1]).await;
        page.says("No recording matches").await;
    });
}

#[test]
fn a_selected_recording_that_went_is_selected_no_more() {
    with_sample(async |stage, page| {
        let ids = page.ids_with("COMPLETE").await;
        for id in &ids[..2] {
            page.search_id(id).await;
            page.first_row().await.select().await;
        }
        page.search(" ").await;
        page.says("2 selected").await;
        assert!(stage.hooks.remove_recording(&ids[0]));
        page.button("Refresh").click().await;
        page.row_count_is(63).await;
        page.says("1 selected").await;
    });
}

/// In the middle of its row's menu, question or playback.
#[test]
fn a_row_that_goes_takes_no_dialog_of_another_with_it() {
    with_sample(async |stage, page| {
        let ids = page.ids_with("COMPLETE").await;
        page.search_id(&ids[0]).await;
        page.choose("Delete").await;
        let question = page.role("alertdialog").named("Delete recording?");
        question.first().await;
        assert!(stage.hooks.remove_recording(&ids[1]));
        page.skip(NEXT_LOOK).await;
        stays(Duration::from_millis(1500), "still asked", async || {
            equal(question.count().await, 1)
        })
        .await;
        page.button("Cancel").click().await;
        page.row_count_is(1).await;
    });
}

#[test]
fn two_tabs_agree() {
    with_sample(async |stage, page| {
        page.open_tab("/").await;
        page.row_count_is(64).await;
        let id = page.ids_with("COMPLETE").await.swap_remove(0);
        page.search_id(&id).await;
        page.choose("Delete").await;
        page.confirm_deletion().await;
        page.status_says("1 recording deleted.").await;
        stage.hooks.clear_requests();
        page.go_to_tab(0).await;
        page.row_count_is(63).await;
        assert_eq!(stage.requests("GET", "/api/v1/recordings?").len(), 0, "told, not asked for");
    });
}

#[test]
fn signing_out_in_one_tab_empties_the_other() {
    with_sample(async |_, page| {
        page.open_tab("/").await;
        page.row_count_is(64).await;
        page.button("Sign out").click().await;
        page.role("textbox").named("User").first().await;
        page.go_to_tab(0).await;
        page.role("textbox").named("User").first().await;
        assert_eq!(page.row_count().await, Some(0));
    });
}

/// The server's clock is a day ahead, or behind: dates are shown as they are.
#[test]
fn a_clock_that_is_a_day_off_is_shown_as_it_is() {
    with_sample(async |stage, page| {
        const DAY: i64 = 86_400_000;
        let now = page.run("return Date.now()", vec![]).await.as_i64().unwrap();
        let ids = page.ids_with("COMPLETE").await;
        let active = page.ids_with("ACTIVE").await;
        change(stage, &ids[0], json!({ "startDate": now + DAY, "endDate": now + DAY + 60_000 }));
        change(stage, &ids[1], json!({ "startDate": now - DAY, "endDate": now - DAY + 60_000 }));
        change(stage, &active[0], json!({ "startDate": now + DAY }));
        page.button("Refresh").click().await;
        page.button("Refresh").attr_is("aria-busy", "false").await;
        for id in [&ids[0], &active[0]] {
            page.search_id(id).await;
            let text = page.first_row().await.text().await.to_lowercase();
            let is_relative =
                ["in ", "tomorrow", "today", "yesterday", "ago"].iter().any(|it| text.contains(it));
            assert!(!is_relative, "{text}");
        }
        page.search_id(&ids[1]).await;
        let text = page.first_row().await.text().await;
        assert!(text.contains("Yesterday"), "{text}");
        // And the newest come first, whatever the clock.
        page.search(" ").await;
        page.row_count_is(64).await;
        let first: Vec<String> = page.shown().await.into_iter().take(2).map(|it| it.date).collect();
        assert_eq!(first[0], first[1], "both are of tomorrow: {first:?}");
    });
}
