//! Whereby: rooms with an end, made and deleted, never changed.

use super::hands::open_rooms;
use super::system::WHEREBY;
use super::tests;

tests! {
    WHEREBY;
    lists_its_rooms,
    offers_what_it_can_do_with_rooms,
    makes_a_room,
    shares_a_room,
    deletes_an_empty_room,
}

/// Recordings know a room by its name, not by its id.
#[test]
fn counts_the_recordings_of_a_room_and_lists_them_on_its_page() {
    WHEREBY.stage(async |stage| {
        let page = open_rooms(stage).await;
        page.search_rooms("board meeting").await;
        let row = page
            .room_that("with its recordings counted", |it| {
                it.recordings.parse::<usize>().is_ok_and(|count| count > 0)
            })
            .await;
        page.button(&format!("Open {}", row.title)).click().await;
        page.role("heading").named(&row.title).first().await;
        page.recordings_of_room(row.recordings.parse().unwrap()).await;
    });
}
