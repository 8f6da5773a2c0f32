//! Deleting rooms with something in the way, from 3.4 on: every way in which it can go, and what is told of it.

use crate::harness::{Page, equal, eventually, json};

use super::hands::open_rooms;
use super::system::{NAME, System};

const END: &str = "End the meeting now";
const WAIT: &str = "Wait until the meeting ends";
const KEEP: &str = "Close the room and keep the recordings";
const DELETE_TOO: &str = "Delete the recordings too";
const LEAVE: &str = "Leave these rooms";

/// Deletes a room, and chooses so when something is in the way of it.
async fn delete(page: &Page, title: &str, what: &str, choices: &[&'static str]) {
    page.choose_of_room(title, "Delete").await;
    page.role("alertdialog").named("Delete room?").first().await;
    page.button("Delete").click().await;
    let obstacles = page.role("alertdialog").named("1 room not deleted yet").first().await;
    let text = obstacles.text().await.unwrap();
    assert!(text.contains(title) && text.contains(what), "{text}");
    for choice in choices {
        page.role("radio").named(choice).click().await;
    }
    page.button("Go on").click().await;
    page.role("alertdialog").gone().await;
}

/// What the server has of a room, `None` when it is gone.
async fn on_server(it: &System, page: &Page, id: &str, field: &str) -> Option<String> {
    let (status, room) = page.call("GET", &it.room_path(id), json!(null)).await;
    (status == 200).then(|| room[field].as_str().unwrap_or_default().to_owned())
}

pub fn keeps_recordings_and_closes_their_room(it: &System) {
    it.stage(async |stage| {
        let page = open_rooms(stage).await;
        let row = page.find_room("board meeting").await;
        let before = stage.hooks.recording_ids().len();
        delete(&page, &row.title, "there are recordings", &[KEEP]).await;
        page.status_says("1 room closed because it has recordings.").await;
        page.room_is(&row.title, "Closed").await;
        assert_eq!(stage.hooks.recording_ids().len(), before);
        assert_eq!(on_server(it, &page, &row.id, "status").await.as_deref(), Some("closed"));
    });
}

pub fn deletes_recordings_with_their_room(it: &System) {
    it.stage(async |stage| {
        let page = open_rooms(stage).await;
        let row = page.find_room("board meeting").await;
        let before = stage.hooks.recording_ids().len();
        eventually("how many recordings it has", async || {
            equal(page.room(&row.title).await.recordings.as_str(), "4")
        })
        .await;
        delete(&page, &row.title, "there are recordings", &[DELETE_TOO]).await;
        page.status_says("1 room deleted with its recordings.").await;
        page.rooms_are(0).await;
        assert_eq!(stage.hooks.recording_ids().len(), before - 4);
        assert_eq!(on_server(it, &page, &row.id, "status").await, None);
        // They are gone from the other page too.
        page.role("link").named("Recordings").click().await;
        page.row_count_is(before - 4).await;
    });
}

pub fn leaves_a_room_as_it_is(it: &System) {
    it.stage(async |stage| {
        let page = open_rooms(stage).await;
        let row = page.find_room("board meeting").await;
        page.choose_of_room(&row.title, "Delete").await;
        page.button("Delete").click().await;
        page.role("alertdialog").named("1 room not deleted yet").first().await;
        page.button("Leave this room").click().await;
        page.role("alertdialog").gone().await;
        page.status_says("1 room left as it was.").await;
        page.room_is(&row.title, "Open").await;
        assert_eq!(on_server(it, &page, &row.id, "status").await.as_deref(), Some("open"));
        assert_ne!(page.focused().await, "body");
    });
}

pub fn waits_for_a_meeting_or_ends_it(it: &System) {
    it.stage(async |stage| {
        let page = open_rooms(stage).await;
        let row = page.find_room("quiet").await;
        delete(&page, &row.title, "a meeting is going on", &[WAIT]).await;
        page.status_says("1 room will be deleted when its meeting ends.").await;
        page.room_is(&row.title, "Active meeting").await;
        let action = on_server(it, &page, &row.id, "meetingEndAction").await;
        assert_eq!(action.as_deref(), Some("delete"));

        delete(&page, &row.title, "a meeting is going on", &[END]).await;
        page.status_says("1 room deleted.").await;
        page.rooms_are(0).await;
        assert_eq!(on_server(it, &page, &row.id, "status").await, None);
    });
}

/// All four answers to both questions.
pub fn settles_a_meeting_and_recordings_at_once(it: &System) {
    it.stage(async |stage| {
        let page = open_rooms(stage).await;
        let what = "a meeting is going on, and there are recordings";
        for (room, choices, says, after) in [
            (
                "sprint",
                [WAIT, KEEP],
                "1 room will be closed when its meeting ends.",
                Some("active_meeting"),
            ),
            (
                "design",
                [WAIT, DELETE_TOO],
                "1 room will be deleted when its meeting ends.",
                Some("active_meeting"),
            ),
            ("physics", [END, KEEP], "1 room closed because it has recordings.", Some("closed")),
            ("customer", [END, DELETE_TOO], "1 room deleted with its recordings.", None),
        ] {
            let row = page.find_room(room).await;
            delete(&page, &row.title, what, &choices).await;
            page.status_says(says).await;
            assert_eq!(on_server(it, &page, &row.id, "status").await.as_deref(), after, "{room}");
        }
    });
}

/// One question about all of them; each goes as far as what is in its way.
pub fn deletes_several_with_mixed_outcomes(it: &System) {
    it.stage(async |stage| {
        let page = open_rooms(stage).await;
        // All of them in sight.
        page.resize(1200, 2400).await;
        let made = page.make_room(NAME).await.title;
        for title in [made.as_str(), "Board meeting Q3", "Quiet room", "Sprint review"] {
            page.select_room(title).await;
        }
        page.says("4 selected").await;
        page.button("Delete selected").click().await;
        page.role("alertdialog").named("Delete 4 rooms?").first().await;
        page.button("Delete").click().await;
        page.role("alertdialog").named("3 rooms not deleted yet").first().await;
        // The mildest is chosen already.
        page.button("Go on").click().await;
        page.status_says(
            "1 room deleted, 1 closed because it has recordings, 1 will be deleted when its meeting ends, 1 will be closed when its meeting ends.",
        )
        .await;
        page.rooms_are(it.rooms).await;
        page.room_is("Board meeting Q3", "Closed").await;

        // Rooms can be left for one thing alone.
        page.role("button").named("Clear selection").click().await;
        for title in ["Support rota", "Quiet room"] {
            page.select_room(title).await;
        }
        page.button("Delete selected").click().await;
        page.button("Delete").click().await;
        page.role("alertdialog").named("2 rooms not deleted yet").first().await;
        page.role("radio").named(END).click().await;
        page.role("radio").named(LEAVE).nth(1).click().await;
        page.button("Go on").click().await;
        page.status_says("1 room deleted, 1 left as it was.").await;
        page.rooms_are(it.rooms - 1).await;
    });
}
