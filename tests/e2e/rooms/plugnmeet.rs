//! plugNmeet: sessions that go on and can be ended, and those that are over.

use super::hands::open_rooms;
use super::system::{NAME, PLUGNMEET};
use super::tests;
use crate::harness::{equal, eventually};

tests! {
    PLUGNMEET;
    lists_its_rooms,
    offers_what_it_can_do_with_rooms,
    makes_a_room,
}

#[test]
fn ends_a_meeting_which_stays_as_one_of_the_past() {
    PLUGNMEET.stage(async |stage| {
        let page = open_rooms(stage).await;
        let row = page.find_room("quiet").await;
        page.room_is("Quiet room", "Active meeting").await;
        page.choose_of_room(&row.title, "End meeting").await;
        page.role("alertdialog").named("End meeting?").first().await;
        page.button("End").click().await;
        page.status_says("1 meeting ended.").await;
        page.room_is("Quiet room", "Ended").await;
        page.rooms_are(1).await;
        // Nothing can be done with it any more but to look at it.
        page.button("More actions for Quiet room").click().await;
        assert_eq!(page.role("menuitem").names().await, ["Open"]);
    });
}

/// The id follows the name until somebody types one, and is refused where the server would.
#[test]
fn the_id_of_a_room_is_made_of_its_name() {
    PLUGNMEET.stage(async |stage| {
        let page = open_rooms(stage).await;
        page.button("New room").click().await;
        page.button("Create room").click().await;
        let empty = ["Name", "ID"].map(|it| (it.to_owned(), format!("{it} must not be empty.")));
        eventually("both are missing", async || equal(page.wrong_fields().await, empty.to_vec()))
            .await;
        page.focus_is_on("Name").await;
        page.role("textbox").named("Name").fill(NAME).await;
        assert_eq!(page.typed("ID").await, "zebra-crossing");
        page.role("textbox").named("ID").fill("zebra crossing!").await;
        page.button("Create room").click().await;
        page.field_is_wrong("ID", "Only letters a–z, digits, - and _.").await;
        page.role("textbox").named("ID").fill("zebra_7").await;
        page.button("Create room").click().await;
        page.role("dialog").gone().await;
        assert_eq!(page.find_room("zebra").await.id, "zebra_7");
    });
}

/// What is over cannot be ended again, and does not keep the others from it.
#[test]
fn of_several_those_that_go_on_are_ended() {
    PLUGNMEET.stage(async |stage| {
        let page = open_rooms(stage).await;
        page.search_rooms("sprint").await;
        let rows = page.rooms().await;
        let has = |status: &str| rows.iter().any(|it| it.status == status);
        assert!(has("Ended") && has("Active meeting"), "{rows:?}");
        page.tab_into_list().await;
        page.chord('a').await;
        page.button("End selected").click().await;
        page.button("End").click().await;
        page.status_says("1 meeting ended").await;
        page.role("dialog").gone().await;
        page.room_that("that has just ended", |it| it.status == "Ended").await;
        assert!(!page.rooms().await.iter().any(|it| it.status == "Active meeting"));
    });
}
