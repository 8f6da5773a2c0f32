//! Everything without a pointer, and the focus is always somewhere.

use std::time::Duration;

use crate::harness::{Config, Key, LIST, Page, e2e, e2e_with, equal, eventually, stays, text};

/// Narrows the list to one complete recording; returns its title.
async fn one_row(page: &Page) -> String {
    let recording = page.recording_of(60.0).await;
    page.search_id(text(&recording, "recordingId")).await;
    text(&recording, "roomName").to_owned()
}

/// Opens the menu of the only row by keyboard.
async fn open_menu(page: &Page, title: &str) {
    page.go_to_cell(&format!("More actions for {title}")).await;
    page.press(&[Key::Enter]).await;
    page.focus_is_on("Download").await;
}

#[test]
fn signs_in() {
    e2e(async |stage| {
        let page = stage.open("/").await;
        page.role("textbox").named("User").first().await;
        page.tab_to("User").await;
        page.type_text("admin").await;
        page.tab_to("Password").await;
        page.type_text("admin").await;
        page.press(&[Key::Enter]).await;
        page.row_count_is(64).await;
    });
}

#[test]
fn plays_and_comes_back_to_the_row() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let title = one_row(&page).await;
        page.go_to_cell(&format!("Play {title}")).await;
        page.press(&[Key::Enter]).await;
        page.video("plays", |it| it.time > 0.1 && !it.is_paused).await;
        page.focus_is_on("Pause").await;
        page.type_text(" ").await;
        page.video("pauses", |it| it.is_paused).await;

        page.tab_to("Seek").await;
        let before = page.video("is there", |_| true).await;
        page.press(&[Key::Right, Key::Right]).await;
        page.video("goes ten seconds on", |it| (it.time - before.time - 10.0).abs() < 1.0).await;

        page.tab_to("Close player").await;
        page.press(&[Key::Enter]).await;
        page.role("region").named("Player").gone().await;
        page.focus_is_on(&format!("Play {title}")).await;

        page.press(&[Key::Enter]).await;
        page.role("region").named("Player").first().await;
        page.focus_is_on("Pause").await;
        page.press(&[Key::Escape]).await;
        page.role("region").named("Player").gone().await;
        page.focus_is_on(&format!("Play {title}")).await;
    });
}

#[test]
fn goes_through_a_row_menu() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let title = one_row(&page).await;
        open_menu(&page, &title).await;
        page.press(&[Key::Down]).await;
        page.focus_is_on("Copy link").await;
        page.press(&[Key::End]).await;
        page.focus_is_on("Delete").await;
        page.press(&[Key::Down]).await;
        page.focus_is_on("Download").await;
        page.press(&[Key::Up]).await;
        page.focus_is_on("Delete").await;
        page.press(&[Key::Escape]).await;
        page.role("menu").gone().await;
        page.focus_is_on(&format!("More actions for {title}")).await;
    });
}

#[test]
fn a_dialog_gives_the_focus_back() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let title = one_row(&page).await;
        open_menu(&page, &title).await;
        page.press(&[Key::Down, Key::Down, Key::Enter]).await;
        page.role("dialog").named("Share recording").first().await;
        assert_ne!(page.focused().await, "body");
        page.press(&[Key::Escape]).await;
        page.role("dialog").gone().await;
        page.focus_is_on(&format!("More actions for {title}")).await;
    });
}

#[test]
fn a_dialog_closed_by_its_button_gives_the_focus_back() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let title = one_row(&page).await;
        open_menu(&page, &title).await;
        page.press(&[Key::End, Key::Enter]).await;
        page.role("alertdialog").named("Delete recording?").first().await;
        page.focus_is_on("Cancel").await;
        page.press(&[Key::Enter]).await;
        page.role("alertdialog").gone().await;
        page.focus_is_on(&format!("More actions for {title}")).await;
    });
}

#[test]
fn load_more_keeps_the_focus_until_there_is_no_more() {
    e2e_with(Config { recordings: 186, ..Config::default() }, async |stage| {
        let page = stage.open_library().await;
        page.button("Load more").click().await;
        page.loaded_is(200).await;
        page.focus_is_on("Load more").await;
        page.press(&[Key::Enter]).await;
        page.row_count_is(250).await;
        eventually("the focus is not lost", async || {
            let focused = page.focused().await;
            if focused == "body" { Err(focused) } else { Ok(()) }
        })
        .await;
    });
}

#[test]
fn deletes_after_a_question_and_stays_in_the_list() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        page.search("Summer school").await;
        page.row_count_is(4).await;
        let name = "More actions for Summer school 2025";
        page.go_to_cell(name).await;
        let row = page.focused_row().await.unwrap();
        page.press(&[Key::Enter]).await;
        page.focus_is_on("Download").await;
        page.press(&[Key::End, Key::Enter]).await;
        page.role("alertdialog").named("Delete recording?").first().await;
        page.focus_is_on("Cancel").await;
        page.press(&[Key::Escape]).await;
        page.role("alertdialog").gone().await;
        page.focus_is_on(name).await;

        page.press(&[Key::Enter]).await;
        page.focus_is_on("Download").await;
        page.press(&[Key::End, Key::Enter]).await;
        page.focus_is_on("Cancel").await;
        page.press(&[Key::Tab]).await;
        page.focus_is_on("Delete").await;
        page.press(&[Key::Enter]).await;
        page.row_count_is(3).await;
        page.role("alertdialog").gone().await;
        // On the row that took the place of the one that is gone.
        page.focus_is_on_row(row).await;
    });
}

#[test]
fn arrows_go_up_and_down_in_the_grid() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        page.search("Physics").await;
        page.row_count_is(10).await;
        page.go_to_cell("Select Physics 101").await;
        assert_eq!(page.focused_row().await, Some(0));
        page.press(&[Key::Down, Key::Down]).await;
        page.focus_is_on_row(2).await;
        page.focus_is_on("Select Physics 101").await;
        page.press(&[Key::Up]).await;
        page.focus_is_on_row(1).await;
        page.type_text(" ").await;
        page.says("1 selected").await;
    });
}

#[test]
fn a_slash_goes_to_the_search() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        one_row(&page).await;
        page.tab_into_list().await;
        page.type_text("/").await;
        page.focus_is_on("Search recordings").await;
        page.role("searchbox").named("Search recordings").fill("Sprint/").await;
        let search = page.role("searchbox").named("Search recordings").first().await;
        assert_eq!(search.prop("value").await.unwrap().as_deref(), Some("Sprint/"));
    });
}

#[test]
fn the_page_behind_the_player_cannot_be_reached() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let title = one_row(&page).await;
        page.go_to_cell(&format!("Play {title}")).await;
        page.press(&[Key::Enter]).await;
        page.focus_is_on("Pause").await;
        for _ in 0..20 {
            page.press(&[Key::Tab]).await;
            let focused = page.focused().await;
            assert!(!focused.ends_with(&title), "“{focused}” is behind the player");
            assert_ne!(focused, "Search recordings");
        }
    });
}

#[test]
fn the_focus_stays_while_a_recording_changes() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        page.search("Sprint review").await;
        page.row_count_is(8).await;
        page.go_to_cell("Play Sprint review").await;
        stage.hooks.advance_clock(Duration::from_secs(30 * 60));
        page.status_says("Sprint review is ready to play.").await;
        stays(Duration::from_secs(1), "focus", async || {
            equal(page.focused().await.as_str(), "Play Sprint review")
        })
        .await;
    });
}

#[test]
fn the_focus_stays_after_a_refresh() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let title = one_row(&page).await;
        page.go_to_cell(&format!("Select {title}")).await;
        // By script, so that the focus stays where it is.
        let refresh = page.button("Refresh").first().await.to_json().unwrap();
        stage.hooks.clear_requests();
        page.run("arguments[0].click()", vec![refresh]).await;
        eventually("list is asked for", async || equal(stage.requests("GET", LIST).len(), 1)).await;
        page.button("Refresh").attr_is("aria-busy", "false").await;
        page.focus_is_on(&format!("Select {title}")).await;
    });
}

/// Everything that the library is for, in one go.
#[test]
fn finds_plays_selects_deletes_and_takes_it_back() {
    e2e_with(Config { clock_speed: 0.0, recordings: 200, ..Config::default() }, async |stage| {
        let page = stage.open_library().await;
        let year_ago =
            page.run("return new Date(Date.now() - 365 * 864e5).getFullYear()", vec![]).await;
        page.tab_into_list().await;

        // By two words and a date.
        page.type_text("/").await;
        page.focus_is_on("Search recordings").await;
        page.type_text(&format!("review sprint status:ready after:{year_ago}-01-01")).await;
        let titles = eventually("only those", async || {
            let titles = page.titles().await;
            let is_found = !titles.is_empty() && titles.iter().all(|it| it == "Sprint review");
            if is_found && page.row_count().await.is_some() {
                Ok(titles)
            } else {
                Err(format!("{titles:?}"))
            }
        })
        .await;
        assert!(titles.len() > 1);
        page.tab_into_list().await;
        page.focus_is_on_row(0).await;
        page.press(&[Key::Enter]).await;
        page.video("plays", |it| it.time > 0.1 && !it.is_paused).await;
        page.press(&[Key::Escape]).await;
        page.role("region").named("Player").gone().await;
        page.focus_is_on_row(0).await;
        page.focus_is_on("Play Sprint review").await;

        // Twelve others.
        page.type_text("/").await;
        page.focus_is_on("Search recordings").await;
        page.press(&[Key::Escape, Key::Escape]).await;
        page.type_text("status:ready -review").await;
        page.press(&[Key::Escape]).await;
        let count = eventually("others", async || match page.row_count().await {
            Some(count) if count > 100 => Ok(count),
            count => Err(format!("{count:?}")),
        })
        .await;
        page.tab_into_list().await;
        page.press(&[Key::Down]).await;
        page.focus_is_on_row(1).await;
        page.type_text(" ").await;
        for _ in 0..11 {
            page.press_with(&[Key::Shift], Key::Down).await;
        }
        page.says("12 selected").await;
        let held = stage.hooks.recording_ids().len();
        page.press(&[Key::Delete]).await;
        page.role("alertdialog").named("Delete 12 recordings?").first().await;
        page.focus_is_on("Cancel").await;
        page.press(&[Key::Tab]).await;
        page.focus_is_on("Delete").await;
        page.press(&[Key::Enter]).await;
        page.row_count_is(count - 12).await;
        page.status_says("12 recordings deleted.").await;
        page.focus_is_on_row(1).await;

        page.tab_to("Undo").await;
        page.press(&[Key::Enter]).await;
        page.row_count_is(count).await;
        page.status_says("12 recordings restored.").await;
        assert_ne!(page.focused().await, "body");
        page.skip(Duration::from_secs(30)).await;
        stays(Duration::from_millis(500), "all are there", async || {
            equal(stage.hooks.recording_ids().len(), held)
        })
        .await;
    });
}

#[test]
fn the_list_is_one_stop_of_the_tab_key() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        page.tab_into_list().await;
        page.focus_is_on_row(0).await;
        page.press(&[Key::Down, Key::Down, Key::Down]).await;
        page.focus_is_on_row(3).await;
        page.press_with(&[Key::Shift], Key::Tab).await;
        eventually("before the list", async || equal(page.focused_row().await, None)).await;
        page.press(&[Key::Tab]).await;
        // Where it was left.
        page.focus_is_on_row(3).await;
        // And never a trap.
        let mut stops = std::collections::BTreeSet::new();
        for _ in 0..40 {
            stops.insert(page.focused().await);
            page.press(&[Key::Tab]).await;
        }
        assert!(stops.len() > 5, "{stops:?}");
    });
}

#[test]
fn headers_are_reached_from_the_rows() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        page.tab_into_list().await;
        page.press(&[Key::Up]).await;
        eventually("headers", async || equal(page.focused_row().await, None)).await;
        for _ in 0..8 {
            if page.focused().await == "Duration" {
                break;
            }
            page.press(&[Key::Right]).await;
        }
        page.focus_is_on("Duration").await;
        page.press(&[Key::Enter]).await;
        page.role("columnheader").named("Duration").attr_is("aria-sort", "descending").await;
        page.focus_is_on("Duration").await;
        page.press(&[Key::Down]).await;
        page.focus_is_on_row(0).await;
    });
}

#[test]
fn the_key_that_deletes_asks_about_the_row_and_the_focus_goes_to_its_neighbour() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        page.search("status:ready").await;
        page.row_count_is(53).await;
        page.tab_into_list().await;
        page.chord(Key::End).await;
        page.focus_is_on_row(52).await;
        page.press(&[Key::Delete]).await;
        page.role("alertdialog").named("Delete recording?").first().await;
        page.press(&[Key::Tab, Key::Enter]).await;
        page.row_count_is(52).await;
        // There is none behind it.
        page.focus_is_on_row(51).await;
    });
}
