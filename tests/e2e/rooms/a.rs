//! Generation A: rooms go by the name that the server makes, always have an end, and are deleted at once.

use super::hands::open_rooms;
use super::system::{A, NAME};
use super::tests;

tests! {
    A;
    lists_its_rooms,
    offers_what_it_can_do_with_rooms,
    makes_a_room,
    changes_a_room,
    shares_a_room,
    deletes_an_empty_room,
}

/// The server does not ask: meetings and recordings are not looked at, and recordings stay.
#[test]
fn deletes_several_whatever_is_in_them() {
    A.stage(async |stage| {
        let page = open_rooms(stage).await;
        let made = page.make_room(NAME).await.title;
        let held = stage.hooks.recording_ids().len();
        let mut titles = vec![made];
        for begins in ["quiet", "board"] {
            titles.push(page.room(begins).await.title);
        }
        for title in &titles {
            page.select_room(title).await;
        }
        page.button("Delete selected").click().await;
        page.role("alertdialog").named("Delete 3 rooms?").first().await;
        page.button("Delete").click().await;
        page.status_says("3 rooms deleted.").await;
        page.rooms_are(A.rooms - 2).await;
        assert_eq!(stage.hooks.recording_ids().len(), held);
    });
}
