//! What rooms are tested for on every kind of server that has them.

use crate::harness::{Dialect, Engine, Key, Page, Value, equal, eventually, json};

use super::hands::open_rooms;
pub use super::policies::*;
use super::system::{NAME, System};

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|it| (*it).to_owned()).collect()
}

/// All of them, each once, with what the server tells of them.
pub fn lists_its_rooms(it: &System) {
    it.stage(async |stage| {
        let page = stage.open_library().await;
        page.role("link").named("Rooms").click().await;
        page.rooms_are(it.rooms).await;
        page.role("grid").named("Rooms").first().await;
        let grid = page.role("grid").named("Rooms").first().await;
        let headers = page.role("columnheader").inside(&grid);
        eventually("headers", async || {
            let mut names = headers.names().await;
            names.retain(|name| !["Select all", "Actions", ""].contains(&name.as_str()));
            equal(names, owned(it.columns))
        })
        .await;
        page.says(&format!("{} rooms", it.rooms)).await;

        let row = page.rooms().await.swap_remove(0);
        page.find_room(&row.id).await;
        page.says(&format!("1 of {}", it.rooms)).await;
        page.search_rooms("no such room").await;
        page.button("Clear search and filters").click().await;
        page.rooms_are(it.rooms).await;
    });
}

/// What the server cannot do is not there to be tried.
pub fn offers_what_it_can_do_with_rooms(it: &System) {
    it.stage(async |stage| {
        let page = open_rooms(stage).await;
        let row = page.find_room("quiet").await;
        page.button(&format!("More actions for {}", row.title)).click().await;
        page.role("menu").first().await;
        assert_eq!(page.role("menuitem").names().await, it.menu);
        page.press(&[Key::Escape]).await;
        page.role("menu").gone().await;
        page.focus_is_on(&format!("More actions for {}", row.title)).await;
    });
}

/// A room is made with what the server wants to know of it, stands in the list with the focus on it, and is found.
pub fn makes_a_room(it: &System) {
    it.stage(async |stage| {
        let page = open_rooms(stage).await;
        page.button("New room").click().await;
        page.role("dialog").named("New room").first().await;
        page.focus_is_on("Name").await;
        assert_eq!(page.form_fields().await, it.create);
        page.type_text(NAME).await;
        if it.create.contains(&"Delete automatically") || it.create.contains(&"Open until") {
            page.button("In 1 week").click().await;
        }
        page.button("Create room").click().await;
        page.role("dialog").gone().await;
        page.status_says("created.").await;
        page.rooms_are(it.rooms + 1).await;
        let row = page.room(it.made).await;
        page.focus_is_on_row(row.at).await;

        page.reload_rooms().await;
        page.rooms_are(it.rooms + 1).await;
        assert_eq!(page.find_room("zebra").await.id, row.id);
    });
}

/// What is changed is changed on the server.
pub fn changes_a_room(it: &System) {
    it.stage(async |stage| {
        let page = open_rooms(stage).await;
        let row = page.find_room("board meeting").await;
        page.choose_of_room(&row.title, "Edit…").await;
        page.role("dialog").named("Edit room").first().await;
        assert_eq!(page.form_fields().await, it.edit);
        assert!(page.is_checked("Chat").await);
        page.role("checkbox").named("Chat").click().await;
        page.role("checkbox").named("Virtual backgrounds").click().await;
        page.button("Save").click().await;
        page.role("dialog").gone().await;
        page.status_says(&format!("Room “{}” saved.", row.title)).await;
        page.focus_is_on(&format!("More actions for {}", row.title)).await;

        let (status, room) = page.call("GET", &it.room_path(&row.id), json!(null)).await;
        assert_eq!(status, 200);
        assert_eq!(room.pointer(it.chat), Some(&json!(false)), "{room}");
        page.choose_of_room(&row.title, "Edit…").await;
        page.role("dialog").named("Edit room").first().await;
        assert!(!page.is_checked("Chat").await && !page.is_checked("Virtual backgrounds").await);
        assert!(page.is_checked("Meetings can be recorded").await);
    });
}

/// Each link is the server's for that role; those that are keys are shown only when asked for.
pub fn shares_a_room(it: &System) {
    it.stage(async |stage| {
        let page = open_rooms(stage).await;
        let row = page.find_room("board meeting").await;
        let (status, room) =
            page.call("GET", &room_path_of(it, &page, &row.id).await, json!(null)).await;
        assert_eq!(status, 200);
        if stage.engine == Engine::Chromium {
            page.allow_clipboard().await;
        }
        page.choose_of_room(&row.title, "Share…").await;
        page.role("dialog").named("Share room").first().await;
        let names: Vec<_> = it.links.iter().map(|link| link.name).collect();
        eventually("links", async || equal(page.role("textbox").names().await, owned(&names)))
            .await;
        for link in it.links {
            let wanted = room.pointer(link.at).and_then(|it| it.as_str()).unwrap().to_owned();
            let lower = link.name.to_lowercase();
            if link.is_key {
                assert!(!page.typed(link.name).await.contains("://"), "{lower} is shown unasked");
                page.button(&format!("Show: {lower}")).click().await;
            }
            eventually(&lower, async || equal(page.typed(link.name).await, wanted.clone())).await;
            if stage.engine == Engine::Chromium {
                page.button(&format!("Copy {lower}")).click().await;
                eventually("clipboard", async || equal(page.clipboard().await, wanted.clone()))
                    .await;
            }
            if link.is_key {
                page.button(&format!("Hide: {lower}")).click().await;
                assert!(!page.typed(link.name).await.contains("://"), "{lower} is hidden again");
            }
        }
        let code = it.links[0].name.to_lowercase();
        page.button(&format!("QR code: {code}")).click().await;
        page.has_picture(&format!("QR code of the {code}")).await;
        page.press(&[Key::Escape]).await;
        page.role("dialog").gone().await;
        page.focus_is_on(&format!("More actions for {}", row.title)).await;
    });
}

/// Whereby's rooms are known to its API by another id than the one that a row shows.
async fn room_path_of(it: &System, page: &Page, id: &str) -> String {
    if it.dialect != Dialect::Whereby {
        return it.room_path(id);
    }
    let (_, list) = page.call("GET", it.api, json!(null)).await;
    let meetings = list["results"].as_array().unwrap();
    let name = |it: &Value| it["roomName"].as_str().unwrap_or_default().to_owned();
    let meeting =
        meetings.iter().find(|it| it["meetingId"] == *id || name(it).contains("board_meeting"));
    it.room_path(meeting.unwrap()["meetingId"].as_str().unwrap())
}

/// Nobody enters a closed room; with a meeting in it that waits.
pub fn closes_and_opens_a_room(it: &System) {
    it.stage(async |stage| {
        let page = open_rooms(stage).await;
        let row = page.find_room("board meeting").await;
        page.room_is(&row.title, "Open").await;
        page.choose_of_room(&row.title, "Close room").await;
        page.status_says("Room “Board meeting Q3” closed. Nobody can enter it.").await;
        page.room_is(&row.title, "Closed").await;
        page.choose_of_room(&row.title, "Reopen").await;
        page.status_says("Room “Board meeting Q3” is open again.").await;
        page.room_is(&row.title, "Open").await;

        let row = page.find_room("quiet").await;
        page.room_is(&row.title, "Active meeting").await;
        page.choose_of_room(&row.title, "Close room").await;
        page.status_says("Room “Quiet room” is closed when its meeting ends.").await;
        page.room_is(&row.title, "Active meeting").await;
        let (_, room) = page.call("GET", &it.room_path(&row.id), json!(null)).await;
        assert_eq!(room["meetingEndAction"], "close", "{room}");
    });
}

/// Nothing is in the way of a room without a meeting and without recordings.
pub fn deletes_an_empty_room(it: &System) {
    it.stage(async |stage| {
        let page = open_rooms(stage).await;
        let row = page.make_room(NAME).await;
        page.rooms_are(it.rooms + 1).await;
        page.choose_of_room(&row.title, "Delete").await;
        page.role("alertdialog").named("Delete room?").first().await;
        page.focus_is_on("Cancel").await;
        page.press(&[Key::Escape]).await;
        page.role("alertdialog").gone().await;
        page.rooms_are(it.rooms + 1).await;

        page.choose_of_room(&row.title, "Delete").await;
        page.button("Delete").click().await;
        page.status_says("1 room deleted.").await;
        page.rooms_are(it.rooms).await;
        assert_ne!(page.focused().await, "body");
        page.reload_rooms().await;
        page.rooms_are(it.rooms).await;
        page.room_is_gone(it.made).await;
    });
}
