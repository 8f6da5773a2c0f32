//! Everything without a pointer, and the focus is always somewhere.

use std::time::Duration;

use crate::harness::{Config, Key, LIST, Page, e2e, e2e_with, equal, eventually, stays, text};

/// Presses Tab until this has the focus.
async fn tab_to(page: &Page, name: &str) {
    for _ in 0..60 {
        if page.focused().await == name {
            return;
        }
        page.press(&[Key::Tab]).await;
    }
    panic!("Tab does not lead to “{name}”: it is on “{}”", page.focused().await);
}

/// The row that has the focus, by its number in the grid.
async fn focused_row(page: &Page) -> String {
    let script = "return document.activeElement.closest('[role=row]')?.getAttribute('aria-rowindex') ?? 'none'";
    page.run(script, vec![]).await.as_str().unwrap().to_owned()
}

async fn row_is(page: &Page, row: &str) {
    eventually("focused row", async || equal(focused_row(page).await.as_str(), row)).await;
}

/// Narrows the list to one complete recording; returns its title.
async fn one_row(page: &Page) -> String {
    let recording = page.recording_of(60.0).await;
    page.search_id(text(&recording, "recordingId")).await;
    text(&recording, "roomName").to_owned()
}

/// Opens the menu of the only row by keyboard.
async fn open_menu(page: &Page, title: &str) {
    tab_to(page, &format!("More actions for {title}")).await;
    page.press(&[Key::Enter]).await;
    page.focus_is_on("Download").await;
}

#[test]
fn signs_in() {
    e2e(async |stage| {
        let page = stage.open("/").await;
        page.role("textbox").named("User").first().await;
        tab_to(&page, "User").await;
        page.type_text("admin").await;
        tab_to(&page, "Password").await;
        page.type_text("admin").await;
        page.press(&[Key::Enter]).await;
        page.rows().count_is(64).await;
    });
}

#[test]
fn plays_and_comes_back_to_the_row() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let title = one_row(&page).await;
        tab_to(&page, &format!("Play {title}")).await;
        page.press(&[Key::Enter]).await;
        page.video("plays", |it| it.time > 0.1 && !it.is_paused).await;
        page.focus_is_on("Pause").await;
        page.type_text(" ").await;
        page.video("pauses", |it| it.is_paused).await;

        tab_to(&page, "Seek").await;
        let before = page.video("is there", |_| true).await;
        page.press(&[Key::Right, Key::Right]).await;
        page.video("goes ten seconds on", |it| (it.time - before.time - 10.0).abs() < 1.0).await;

        tab_to(&page, "Close player").await;
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
        page.rows().count_is(200).await;
        page.focus_is_on("Load more").await;
        page.press(&[Key::Enter]).await;
        page.rows().count_is(250).await;
        eventually("a row has the focus", async || {
            let focused = page.focused().await;
            if focused.starts_with("Play ") { Ok(()) } else { Err(focused) }
        })
        .await;
    });
}

#[test]
fn deletes_after_a_question_and_stays_in_the_list() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        page.search("Summer school").await;
        page.rows().count_is(4).await;
        let name = "More actions for Summer school 2025";
        tab_to(&page, name).await;
        let row = focused_row(&page).await;
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
        page.rows().count_is(3).await;
        page.role("alertdialog").gone().await;
        // On the row that took the place of the one that is gone.
        row_is(&page, &row).await;
    });
}

#[test]
fn arrows_go_up_and_down_in_the_grid() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        page.search("Physics").await;
        page.rows().count_is(10).await;
        tab_to(&page, "Select Physics 101").await;
        assert_eq!(focused_row(&page).await, "2");
        page.press(&[Key::Down, Key::Down]).await;
        row_is(&page, "4").await;
        page.focus_is_on("Select Physics 101").await;
        page.press(&[Key::Up]).await;
        row_is(&page, "3").await;
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
        page.press(&[Key::Tab, Key::Tab, Key::Tab]).await;
        page.focus_is_on("Select all").await;
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
        tab_to(&page, &format!("Play {title}")).await;
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
        page.rows().count_is(8).await;
        page.press(&[Key::Tab, Key::Tab, Key::Tab]).await;
        page.focus_is_on("Select all").await;
        stage.hooks.advance_clock(Duration::from_secs(30 * 60));
        page.status_says("Sprint review is ready to play.").await;
        stays(Duration::from_secs(1), "focus", async || {
            equal(page.focused().await.as_str(), "Select all")
        })
        .await;
    });
}

#[test]
fn the_focus_stays_after_a_refresh() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let title = one_row(&page).await;
        tab_to(&page, &format!("Select {title}")).await;
        // By script, so that the focus stays where it is.
        let refresh = page.button("Refresh").first().await.to_json().unwrap();
        stage.hooks.clear_requests();
        page.run("arguments[0].click()", vec![refresh]).await;
        eventually("list is asked for", async || equal(stage.requests("GET", LIST).len(), 1)).await;
        page.button("Refresh").attr_is("aria-busy", "false").await;
        page.focus_is_on(&format!("Select {title}")).await;
    });
}
