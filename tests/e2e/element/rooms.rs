//! The rooms in pages of somebody else's: their list, one of them, and what the page allows, does and hears.

use super::host::{
    ELEMENT, LIBRARY, all_is_well, awaited, done, forget, heard, hears, host, is, signed_in,
};
use crate::harness::{Key, Page, Stage, e2e, equal, eventually, json, text};

/// Of the sample.
const ROOMS: usize = 8;

/// An element with the rooms, and these attributes, where somebody has signed in.
async fn rooms_with(stage: &mut Stage, attributes: &str) -> Page {
    let page = signed_in(stage).await;
    let with = format!(" view=rooms {attributes} load");
    host(stage, &page, &format!("{ELEMENT}{}", LIBRARY.replace(" load", &with))).await;
    page.has_rooms().await;
    page
}

async fn rooms(stage: &mut Stage) -> Page {
    rooms_with(stage, "").await
}

#[test]
fn a_room_is_opened_and_left_by_keyboard() {
    e2e(async |stage| {
        let page = rooms(stage).await;
        page.rooms_are(ROOMS).await;
        hears(&page, "meet-load", json!({ "count": 64, "total": null })).await;
        is(&page, "element.state", json!("ready")).await;
        assert_eq!(page.row_count().await, Some(0), "not the list of recordings");
        done(&page, "element.focus()").await;
        page.focus_is_on("Search rooms").await;
        page.tab_into_list().await;
        page.press(&[Key::Down, Key::Down]).await;
        page.focus_is_on_row(2).await;
        let room = page.rooms().await.swap_remove(2);
        page.press(&[Key::Enter]).await;
        page.role("heading").named(&room.title).first().await;
        page.focus_is_on(&room.title).await;
        page.recordings_of_room(room.recordings.parse().unwrap()).await;
        page.press_with(&[Key::Shift], Key::Tab).await;
        page.focus_is_on("All rooms").await;
        page.press(&[Key::Enter]).await;
        page.rooms_are(ROOMS).await;
        page.focus_is_on_row(2).await;
        assert_eq!(heard(&page, "meet-ready").await.len(), 1);
        all_is_well(&page).await;
    });
}

#[test]
fn a_room_is_made_and_deleted_by_keyboard() {
    e2e(async |stage| {
        let page = rooms(stage).await;
        page.rooms_are(ROOMS).await;
        done(&page, "element.focus()").await;
        page.tab_to("New room").await;
        page.press(&[Key::Enter]).await;
        page.focus_is_on("Name").await;
        page.type_text("Zebra crossing").await;
        page.tab_to("In 1 week").await;
        page.press(&[Key::Enter]).await;
        page.tab_to("Create room").await;
        page.press(&[Key::Enter]).await;
        page.role("dialog").gone().await;
        page.status_says("created.").await;
        page.rooms_are(ROOMS + 1).await;
        let row = page.room("Zebra").await;
        page.focus_is_on_row(row.at).await;
        page.press(&[Key::Enter]).await;
        page.focus_is_on(&row.title).await;
        page.tab_to("Delete").await;
        page.press(&[Key::Enter]).await;
        page.role("alertdialog").named("Delete room?").first().await;
        page.focus_is_on("Cancel").await;
        page.tab_to("Delete").await;
        page.press(&[Key::Enter]).await;
        page.status_says("1 room deleted.").await;
        // What was shown is gone: the list is there.
        page.rooms_are(ROOMS).await;
        assert_ne!(page.focused().await, "body");
        all_is_well(&page).await;
    });
}

#[test]
fn a_recording_of_a_room_is_played_and_heard_of() {
    e2e(async |stage| {
        let page = rooms(stage).await;
        let recording = page.recording_of(60.0).await;
        let room = text(&recording, "roomName");
        page.button(&format!("Open {room}")).click().await;
        page.has_rows().await;
        done(&page, "window.forbidden = 'meet-before-play'").await;
        page.play_of_room().await;
        eventually("asked for", async || equal(heard(&page, "meet-before-play").await.len(), 1))
            .await;
        let asked = heard(&page, "meet-before-play").await.swap_remove(0);
        assert_eq!(page.role("region").named("Player").count().await, 0);
        done(&page, "window.forbidden = ''").await;
        forget(&page).await;
        page.play_of_room().await;
        page.plays().await;
        hears(&page, "meet-play", asked).await;
        page.button("Close player").click().await;
        page.has_rows().await;
        all_is_well(&page).await;
    });
}

#[test]
fn what_the_page_plays_is_over_the_rooms() {
    e2e(async |stage| {
        let page = rooms(stage).await;
        let id = text(&page.recording_of(60.0).await, "recordingId").to_owned();
        awaited(&page, &format!("await element.play('{id}', 20)")).await;
        page.role("region").named("Player").first().await;
        assert!(page.plays().await.time >= 20.0);
        page.button("Close player").click().await;
        page.role("region").named("Player").gone().await;
        page.rooms_are(ROOMS).await;
        all_is_well(&page).await;
    });
}

#[test]
fn what_is_not_offered_is_not_there() {
    e2e(async |stage| {
        let page = rooms(stage).await;
        let title = page.rooms().await[0].title.clone();
        page.button(&format!("More actions for {title}")).click().await;
        let offered = page.role("menuitem").names().await;
        assert_eq!(offered, ["Open", "Share…", "Edit…", "Delete"]);
        page.press(&[Key::Escape]).await;
        page.role("searchbox").named("Search rooms").first().await;
        done(&page, "Object.assign(element, { noDelete: true, noShare: true, noSearch: true })")
            .await;
        eventually("no search", async || {
            equal(page.role("searchbox").named("Search rooms").count().await, 0)
        })
        .await;
        page.has_rooms().await;
        page.button(&format!("More actions for {title}")).click().await;
        assert_eq!(page.role("menuitem").names().await, ["Open", "Edit…"]);
        page.role("menuitem").named("Open").click().await;
        page.role("heading").named(&title).first().await;
        page.has_rows().await;
        for not in ["Delete", "Share…"] {
            assert_eq!(page.button(not).count().await, 0, "{not}");
        }
        let grid = page.role("grid").named("Recordings").first().await;
        page.role("button").starting("More actions for").inside(&grid).click().await;
        let offered = page.role("menuitem").names().await.join(", ");
        assert!(!offered.contains("Delete") && !offered.contains("Share"), "{offered}");
    });
}

#[test]
fn there_and_back_the_library_keeps_its_place() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        host(stage, &page, &format!("{ELEMENT}{LIBRARY}")).await;
        page.row_count_is(64).await;
        page.search("Sprint").await;
        page.row_count_is(8).await;
        page.row_at(1).await.select().await;
        is(&page, "element.selection.length", json!(1)).await;
        let before = done(&page, "return [element.query, element.selection]").await;
        done(&page, "element.view = 'rooms'").await;
        page.rooms_are(ROOMS).await;
        done(&page, "element.view = 'library'").await;
        page.row_count_is(8).await;
        eventually("query and selection", async || {
            equal(done(&page, "return [element.query, element.selection]").await, before.clone())
        })
        .await;
        assert_eq!(
            page.searchbox().first().await.prop("value").await.unwrap().as_deref(),
            Some("Sprint")
        );
        all_is_well(&page).await;
    });
}

#[test]
fn the_rooms_stay_inside_the_element() {
    e2e(async |stage| {
        let page = rooms(stage).await;
        let room = page.room_that("with recordings", |it| it.recordings != "0").await;
        let inside = "const outer = element.getBoundingClientRect();
            const all = [...element.shadowRoot.querySelectorAll('*')].filter((it) => it.checkVisibility());
            // What scrolls shows of its content what is in it.
            const isShown = (it) => {
                for (let box = it.parentElement; box; box = box.parentElement) if (getComputedStyle(box).overflowY !== 'visible') return false;
                return true;
            };
            const below = all.filter((it) => isShown(it) && it.getBoundingClientRect().bottom > outer.bottom + 1);
            return below.map((it) => it.className)";
        for (width, height) in [(900, 400), (320, 300)] {
            let script = format!(
                "Object.assign(element.style, {{ inlineSize: '{width}px', blockSize: '{height}px' }})"
            );
            done(&page, &script).await;
            page.has_rooms().await;
            assert_eq!(done(&page, inside).await, json!([]), "{width} × {height}");
            page.button(&format!("Open {}", room.title)).click().await;
            page.recordings_of_room(room.recordings.parse().unwrap()).await;
            assert_eq!(done(&page, inside).await, json!([]), "a room, {width} × {height}");
            page.button("All rooms").click().await;
        }
    });
}
