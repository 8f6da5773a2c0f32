//! Generation B: a deletion waits for the end of a meeting by itself, and recordings stay.

use super::hands::open_rooms;
use super::system::{B, NAME};
use super::tests;

tests! {
    B;
    lists_its_rooms,
    offers_what_it_can_do_with_rooms,
    makes_a_room,
    changes_a_room,
    shares_a_room,
    deletes_an_empty_room,
}

/// What a deletion comes to is the server's choice, so nothing is promised to be asked.
#[test]
fn a_deletion_waits_for_the_end_of_the_meeting() {
    B.stage(async |stage| {
        let page = open_rooms(stage).await;
        let held = stage.hooks.recording_ids().len();
        page.choose_of_room("Quiet room", "Delete").await;
        let question = page.role("alertdialog").named("Delete room?").first().await;
        let text = question.text().await.unwrap();
        assert!(!text.contains("asked"), "nobody is asked: {text}");
        page.button("Delete").click().await;
        page.status_says("1 room will be deleted when its meeting ends.").await;
        page.rooms_are(B.rooms).await;

        let made = page.make_room(NAME).await.title;
        for title in [made.as_str(), "Board meeting Q3", "Sprint review"] {
            page.select_room(title).await;
        }
        page.button("Delete selected").click().await;
        page.role("alertdialog").named("Delete 3 rooms?").first().await;
        page.button("Delete").click().await;
        page.status_says("2 rooms deleted, 1 will be deleted when its meeting ends.").await;
        page.rooms_are(B.rooms - 1).await;
        assert_eq!(stage.hooks.recording_ids().len(), held, "recordings stay");
    });
}
