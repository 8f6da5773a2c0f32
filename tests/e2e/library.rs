//! The list: what it shows, and how it is searched, sorted, filtered and continued.

use std::collections::HashSet;
use std::time::Duration;

use crate::harness::{Config, e2e, e2e_with, equal, eventually};

#[test]
fn has_the_promised_roles_and_names() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        page.role("region").named("Recordings").first().await;
        page.role("searchbox").named("Search recordings").first().await;
        page.button("Filters").first().await;
        page.button("Refresh").first().await;
        page.button("Sign out").first().await;
        page.role("link").named("Recordings").first().await;
        let grid = page.role("grid").named("Recordings");
        assert_eq!(grid.attr("aria-rowcount").await.as_deref(), Some("65"));
        for name in ["Room", "Date", "Duration", "Size"] {
            page.role("columnheader").named(name).first().await;
        }
        page.role("checkbox").named("Select Physics 101").first().await;
        page.button("Play Physics 101").first().await;
        page.button("More actions for Physics 101").first().await;
        assert!(page.role("status").is_there().await, "a polite region from the start");
    });
}

#[test]
fn a_row_menu_has_the_promised_items() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        page.first_row().await.open_menu().await;
        page.role("menu").first().await;
        for name in ["Download", "Copy link", "Share…", "Details", "Delete"] {
            page.role("menuitem").named(name).first().await;
        }
    });
}

#[test]
fn what_is_not_ready_shows_its_status() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        for (status, text) in [
            ("STARTING", "Starting"),
            ("ACTIVE", "Recording"),
            ("ENDING", "Processing"),
            ("FAILED", "Failed"),
            ("ABORTED", "Aborted"),
            ("LIMIT_REACHED", "Limit reached"),
        ] {
            let ids = page.ids_with(status).await;
            page.search_id(&ids[0]).await;
            let row = page.first_row().await.text().await;
            assert!(row.contains(text), "{status}: {row}");
        }
        let ready = page.ids_with("COMPLETE").await;
        page.search_id(&ready[0]).await;
        let row = page.first_row().await.text().await;
        assert!(!row.to_lowercase().contains("complete") && !row.contains("Ready"), "{row}");
    });
}

#[test]
fn a_recording_in_progress_becomes_ready_while_you_watch() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        let ending = page.ids_with("ENDING").await;
        page.search_id(&ending[0]).await;
        let row = page.first_row().await;
        assert!(row.text().await.contains("Processing"));
        stage.hooks.advance_clock(Duration::from_secs(60));
        eventually("row shows a length", async || {
            let text = row.text().await;
            if text.contains("1:00") { Ok(()) } else { Err(text) }
        })
        .await;
        assert!(!row.text().await.contains("Processing"));
    });
}

#[test]
fn a_range_over_a_selected_row_leaves_its_box_checked() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        page.row_at(0).await.select().await;
        page.row_at(2).await.select().await;
        let first = page.row_at(0).await.checkbox().await.first().await;
        let click = "arguments[0].dispatchEvent(
            new MouseEvent('click', { shiftKey: true, bubbles: true, cancelable: true }))";
        page.run(click, vec![first.to_json().unwrap()]).await;
        page.says("3 selected").await;
        assert_eq!(first.prop("checked").await.unwrap().as_deref(), Some("true"));
    });
}

#[test]
fn load_more_shows_every_recording_once() {
    e2e_with(Config { recordings: 186, ..Config::default() }, async |stage| {
        let page = stage.open_library().await;
        page.loaded_is(100).await;
        page.button("Load more").click().await;
        page.loaded_is(200).await;
        page.button("Load more").click().await;
        page.row_count_is(250).await;
        page.button("Load more").gone().await;
        let rows = page.whole_list().await;
        let names: HashSet<&String> = rows.iter().map(|it| &it.subtitle).collect();
        assert_eq!((rows.len(), names.len()), (250, 250), "some twice");
        page.says("250 recordings").await;
    });
}

#[test]
fn search_narrows_and_clears() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        page.search("sprint REVIEW").await;
        eventually("only matching rows", async || {
            let titles = page.titles().await;
            equal(titles.iter().all(|it| it == "Sprint review") && !titles.is_empty(), true)
        })
        .await;
        page.search("creation redaction").await;
        page.button("Play Création & rédaction — équipe Genève").first().await;

        page.search("no such thing").await;
        page.says("No recording matches").await;
        page.button("Clear search and filters").click().await;
        page.row_count_is(64).await;
    });
}

#[test]
fn headers_sort_and_say_so() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let room = page.role("columnheader").named("Room");
        let date = page.role("columnheader").named("Date");
        assert_eq!(date.attr("aria-sort").await.as_deref(), Some("descending"), "newest first");
        assert_eq!(room.attr("aria-sort").await.as_deref(), Some("none"));

        page.button("Room").click().await;
        room.attr_is("aria-sort", "ascending").await;
        date.attr_is("aria-sort", "none").await;
        let titles = async || -> Vec<String> {
            page.whole_list().await.into_iter().map(|it| it.title).collect()
        };
        let ascending = titles().await;
        let board = ascending.iter().position(|it| it == "Board meeting Q3");
        let sprint = ascending.iter().position(|it| it == "Sprint review");
        assert!(board < sprint, "{ascending:?}");

        page.button("Room").click().await;
        room.attr_is("aria-sort", "descending").await;
        let descending = titles().await;
        let board = descending.iter().position(|it| it == "Board meeting Q3");
        let sprint = descending.iter().position(|it| it == "Sprint review");
        assert!(board > sprint, "{descending:?}");

        page.button("Duration").click().await;
        page.role("columnheader").named("Duration").attr_is("aria-sort", "descending").await;
        assert!(page.first_row().await.text().await.contains("20:00"), "the longest is first");
    });
}

#[test]
fn the_room_filter_shows_one_room_and_can_be_taken_back() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        page.filter("Room", "Design critique").await;
        page.row_count_is(7).await;
        assert_eq!(page.titles().await, ["Design critique"; 7]);
        page.button("Clear filter Room: Design critique").click().await;
        page.row_count_is(64).await;
    });
}

#[test]
fn the_status_filter_shows_one_kind() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        page.filter("Status", "In progress").await;
        page.row_count_is(4).await;
        page.says("4 of 64").await;
    });
}

#[test]
fn refresh_shows_what_has_changed() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        page.row_count_is(64).await;
        let ids = stage.hooks.recording_ids();
        assert!(stage.hooks.remove_recording(&ids[3]));
        page.button("Refresh").click().await;
        page.row_count_is(63).await;
    });
}
