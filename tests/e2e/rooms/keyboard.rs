//! Everything about rooms without a pointer, as somebody would who sees the app for the first time.

use crate::harness::{Engine, Key, Page, equal, eventually, json};

use super::hands::open_rooms;
use super::system::{NAME, V39};

/// Says yes to the question that is open.
async fn confirm(page: &Page) {
    page.focus_is_on("Cancel").await;
    page.press(&[Key::Tab]).await;
    page.focus_is_on("Delete").await;
    page.press(&[Key::Enter]).await;
}

#[test]
fn from_an_empty_server_to_a_shared_room_and_back() {
    V39.stage_in_chromium("the clipboard", async |stage| {
        let page = stage.open("/").await;
        page.allow_clipboard().await;
        page.role("textbox").named("User").first().await;
        page.tab_to("User").await;
        page.type_text("admin").await;
        page.tab_to("Password").await;
        page.type_text("admin").await;
        page.press(&[Key::Enter]).await;
        page.has_rows().await;
        page.role("link").named("Rooms").first().await;

        // The sample has rooms: all of them go, with their meetings and recordings.
        page.tab_to("Rooms").await;
        page.press(&[Key::Enter]).await;
        page.rooms_are(V39.rooms).await;
        page.focus_is_on("Rooms").await;
        page.tab_into_list().await;
        page.chord('a').await;
        page.says("20 selected").await;
        page.press(&[Key::Delete]).await;
        page.role("alertdialog").named("Delete 20 rooms?").first().await;
        confirm(&page).await;
        page.role("alertdialog").named("20 rooms not deleted yet").first().await;
        page.tab_to("Wait until the meeting ends").await;
        page.press(&[Key::Down]).await;
        page.focus_is_on("End the meeting now").await;
        page.tab_to("Close the room and keep the recordings").await;
        page.press(&[Key::Down]).await;
        page.focus_is_on("Delete the recordings too").await;
        page.tab_to("Go on").await;
        page.press(&[Key::Enter]).await;
        page.says("No rooms yet").await;
        eventually("no recordings", async || equal(stage.hooks.recording_ids().len(), 0)).await;

        // A room.
        page.tab_to("Create a room").await;
        page.press(&[Key::Enter]).await;
        page.focus_is_on("Name").await;
        page.type_text(NAME).await;
        page.press(&[Key::Enter]).await;
        page.role("dialog").gone().await;
        page.rooms_are(1).await;
        page.focus_is_on_row(0).await;
        page.press(&[Key::Enter]).await;

        // Its page, and its link.
        page.role("heading").named(NAME).first().await;
        page.focus_is_on(NAME).await;
        page.tab_to("Share…").await;
        page.press(&[Key::Enter]).await;
        page.role("dialog").named("Share room").first().await;
        page.role("textbox").named("Speaker link").first().await;
        page.tab_to("Copy speaker link").await;
        page.press(&[Key::Enter]).await;
        let (_, list) =
            page.call("GET", "/meet/api/v1/rooms?extraFields=config,roles", json!(null)).await;
        let link = list["rooms"][0].pointer("/access/anonymous/speaker/url").cloned();
        let link = link.unwrap_or_else(|| panic!("{list}"));
        eventually("clipboard", async || equal(json!(page.clipboard().await), link.clone())).await;
        page.press(&[Key::Escape]).await;
        page.role("dialog").gone().await;
        page.focus_is_on("Share…").await;

        // A setting.
        page.tab_to("Edit…").await;
        page.press(&[Key::Enter]).await;
        page.role("dialog").named("Edit room").first().await;
        page.tab_to("Chat").await;
        page.type_text(" ").await;
        page.press(&[Key::Enter]).await;
        page.role("dialog").gone().await;
        page.status_says(&format!("Room “{NAME}” saved.")).await;
        page.focus_is_on("Edit…").await;

        // And away with it.
        page.tab_to("Delete").await;
        page.press(&[Key::Enter]).await;
        page.role("alertdialog").named("Delete room?").first().await;
        confirm(&page).await;
        page.status_says("1 room deleted.").await;
        assert_ne!(page.focused().await, "body");
        page.tab_back_to("Rooms").await;
        page.press(&[Key::Enter]).await;
        page.says("No rooms yet").await;
        assert_ne!(page.focused().await, "body");
    });
}

impl Page {
    /// Presses Shift+Tab until this has the focus.
    async fn tab_back_to(&self, name: &str) {
        for _ in 0..40 {
            if self.focused().await == name {
                return;
            }
            self.press_with(&[Key::Shift], Key::Tab).await;
        }
        panic!("Shift+Tab does not lead to “{name}”: it is on “{}”", self.focused().await);
    }
}

#[test]
fn goes_through_the_list() {
    V39.stage(async |stage| {
        let page = open_rooms(stage).await;
        page.tab_into_list().await;
        page.focus_is_on_row(0).await;
        page.press(&[Key::Down, Key::Down]).await;
        page.focus_is_on_row(2).await;
        page.type_text(" ").await;
        page.press_with(&[Key::Shift], Key::Down).await;
        page.says("2 selected").await;
        page.press(&[Key::Escape]).await;
        page.role("toolbar").gone().await;
        page.focus_is_on_row(3).await;
        page.chord(Key::End).await;
        page.focus_is_on_row(V39.rooms - 1).await;
        page.chord(Key::Home).await;
        page.focus_is_on_row(0).await;
        let title = page.rooms().await[0].title.clone();
        page.go_to_cell(&format!("More actions for {title}")).await;
        page.press(&[Key::Enter]).await;
        page.focus_is_on("Open").await;
        page.press(&[Key::Escape]).await;
        page.role("menu").gone().await;
        page.focus_is_on(&format!("More actions for {title}")).await;
        page.type_text("/").await;
        page.focus_is_on("Search rooms").await;
    });
}

/// The heads sort, and say how.
#[test]
fn sorts_by_its_heads() {
    V39.stage(async |stage| {
        let page = open_rooms(stage).await;
        let grid = page.role("grid").named("Rooms").first().await;
        let head = page.role("columnheader").named("Room").inside(&grid);
        page.role("button").named("Room").inside(&grid).click().await;
        head.attr_is("aria-sort", "ascending").await;
        let first = page.rooms().await[0].title.clone();
        page.role("button").named("Room").inside(&grid).click().await;
        head.attr_is("aria-sort", "descending").await;
        eventually("the last is first", async || {
            let now = page.rooms().await[0].title.clone();
            if now == first { Err(now) } else { Ok(()) }
        })
        .await;
        if stage.engine == Engine::Chromium {
            page.role("button").named("Recordings").inside(&grid).click().await;
            eventually("most recordings first", async || {
                let rows = page.rooms().await;
                let counts: Vec<usize> =
                    rows.iter().filter_map(|it| it.recordings.parse().ok()).collect();
                if counts.len() == rows.len() && counts.is_sorted_by(|a, b| a >= b) {
                    Ok(())
                } else {
                    Err(format!("{counts:?}"))
                }
            })
            .await;
        }
    });
}
