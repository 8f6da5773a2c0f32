//! 3.9: as 3.8, with what roles may do with recordings told apart.

use super::hands::open_rooms;
use super::system::V39;
use super::tests;
use crate::harness::{Key, json};

tests! {
    V39;
    lists_its_rooms,
    offers_what_it_can_do_with_rooms,
    makes_a_room,
    changes_a_room,
    shares_a_room,
    closes_and_opens_a_room,
    deletes_an_empty_room,
    keeps_recordings_and_closes_their_room,
    deletes_recordings_with_their_room,
    leaves_a_room_as_it_is,
    waits_for_a_meeting_or_ends_it,
    settles_a_meeting_and_recordings_at_once,
    deletes_several_with_mixed_outcomes,
}

/// A link that the server lets nobody in by says so; so does the one for users where they may not enter.
#[test]
fn says_which_links_are_turned_off() {
    V39.stage(async |stage| {
        let page = open_rooms(stage).await;
        let off = "Turned off: the server lets nobody in by it.";
        // Its recordings are for administrators only.
        let row = page.find_room("board meeting").await;
        page.choose_of_room(&row.title, "Share…").await;
        for (link, is_off) in [
            ("Moderator link", false),
            ("Speaker link", false),
            ("Link for users", true),
            ("Recordings link", true),
        ] {
            let section = page.role("group").named(link).first().await;
            let text = section.text().await.unwrap();
            assert_eq!(text.contains(off), is_off, "{link}: {text}");
        }
        page.press(&[Key::Escape]).await;
        page.role("dialog").gone().await;

        let row = page.find_room("customer").await;
        page.choose_of_room(&row.title, "Share…").await;
        let section = page.role("group").named("Link for users").first().await;
        assert!(!section.text().await.unwrap().contains(off));
    });
}

/// What a role may do is folded away, and changed one by one.
#[test]
fn changes_what_speakers_may_do() {
    V39.stage(async |stage| {
        let page = open_rooms(stage).await;
        let row = page.find_room("board meeting").await;
        page.choose_of_room(&row.title, "Edit…").await;
        page.role("dialog").named("Edit room").first().await;
        assert_eq!(page.role("checkbox").named("Write in the chat").count().await, 0);
        for summary in ["What moderators may do", "What speakers may do"] {
            let open = "[...document.querySelectorAll('dialog summary')].find((it) => it.textContent.startsWith(arguments[0])).click()";
            page.run(open, vec![json!(summary)]).await;
        }
        let group = page.role("group").named("What speakers may do").first().await;
        let write = page.role("checkbox").named("Write in the chat").inside(&group);
        write.click().await;
        page.role("checkbox").named("All users of the server may enter").click().await;
        page.button("Save").click().await;
        page.role("dialog").gone().await;
        let (_, room) = page.call("GET", &V39.room_path(&row.id), json!(null)).await;
        let may = |role: &str| room["roles"][role]["permissions"]["canWriteChat"].clone();
        assert_eq!((may("moderator"), may("speaker")), (json!(true), json!(false)), "{room}");
        assert_eq!(room["access"]["user"]["enabled"], json!(true), "{room}");
    });
}
