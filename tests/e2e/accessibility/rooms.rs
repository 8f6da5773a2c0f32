//! The pages of rooms, the overview and the profile, and what opens over them, each under axe: light and dark, from left
//! to right and from right to left.

use super::states::is_sound;
use crate::harness::{Action, Key, Rule, Stage};
use crate::rooms::{V39, open_rooms};

/// The same in each engine, so it is asked in one.
fn in_state(test: impl AsyncFnOnce(&mut Stage)) {
    V39.stage_in_chromium("axe", test);
}

#[test]
fn list_filters_and_selection() {
    in_state(async |stage| {
        let page = open_rooms(stage).await;
        is_sound(&page).await;
        for row in page.rooms().await.iter().take(2) {
            page.select_room(&row.title).await;
        }
        page.role("toolbar").named("Selection").first().await;
        is_sound(&page).await;
        page.button("With recordings").click().await;
        page.search_rooms("physics").await;
        page.rooms_are(1).await;
        is_sound(&page).await;
        page.search_rooms("no such room").await;
        page.says("No room matches").await;
        is_sound(&page).await;
    });
}

#[test]
fn empty_and_failed() {
    in_state(async |stage| {
        let list = format!("{}?", V39.api);
        let nothing = r#"{"rooms":[],"pagination":{"isTruncated":false,"maxItems":100}}"#;
        stage.hooks.add_rule(Rule::always(&list, Action::body("application/json", nothing)));
        let page = stage.open("/rooms").await;
        page.sign_in().await;
        page.says("No rooms yet").await;
        is_sound(&page).await;
        stage.hooks.clear_rules();
        stage.hooks.add_rule(Rule::always(&list, Action::status(500)));
        page.button("Refresh").click().await;
        page.button("Try again").first().await;
        is_sound(&page).await;
    });
}

#[test]
fn menu() {
    in_state(async |stage| {
        let page = open_rooms(stage).await;
        let title = page.rooms().await.swap_remove(0).title;
        page.button(&format!("More actions for {title}")).click().await;
        page.role("menu").first().await;
        is_sound(&page).await;
    });
}

/// With everything unfolded, and with something wrong.
#[test]
fn form() {
    in_state(async |stage| {
        let page = open_rooms(stage).await;
        page.button("New room").click().await;
        page.role("dialog").named("New room").first().await;
        is_sound(&page).await;
        page.role("textbox").named("Name").fill(&"é".repeat(60)).await;
        page.set_date(10).await;
        page.run(
            "document.querySelectorAll('dialog details').forEach((it) => { it.open = true })",
            vec![],
        )
        .await;
        page.button("Create room").click().await;
        page.focus_is_on("Name").await;
        is_sound(&page).await;
        page.press(&[Key::Escape]).await;
        page.role("group").named("Discard changes?").first().await;
        is_sound(&page).await;
    });
}

#[test]
fn share_with_its_codes() {
    in_state(async |stage| {
        let page = open_rooms(stage).await;
        page.find_room("board meeting").await;
        page.choose_of_room("Board meeting Q3", "Share…").await;
        page.button("Show: moderator link").click().await;
        page.button("QR code: moderator link").click().await;
        page.has_picture("QR code of the moderator link").await;
        is_sound(&page).await;
    });
}

#[test]
fn deletion_from_the_question_to_the_report() {
    in_state(async |stage| {
        let page = open_rooms(stage).await;
        page.find_room("sprint").await;
        page.choose_of_room("Sprint review", "Delete").await;
        page.role("alertdialog").named("Delete room?").first().await;
        is_sound(&page).await;
        page.button("Delete").click().await;
        page.role("alertdialog").named("1 room not deleted yet").first().await;
        is_sound(&page).await;
        stage.hooks.add_rule(Rule::always(V39.api, Action::status(500)).on("DELETE"));
        page.button("Go on").click().await;
        page.role("dialog").named("1 room not deleted").first().await;
        is_sound(&page).await;
    });
}

#[test]
fn page_of_a_room() {
    in_state(async |stage| {
        let page = open_rooms(stage).await;
        page.find_room("board meeting").await;
        page.button("Open Board meeting Q3").click().await;
        page.role("button").starting("Play Board meeting Q3").first().await;
        is_sound(&page).await;
        page.go("/rooms/no-such-room").await;
        page.sign_in().await;
        page.says("This room does not exist any more.").await;
        is_sound(&page).await;
    });
}

#[test]
fn overview() {
    in_state(async |stage| {
        let page = stage.open("/overview").await;
        page.sign_in().await;
        page.says("Longest").await;
        page.says("Deleted within a week").await;
        is_sound(&page).await;
    });
}

#[test]
fn profile() {
    in_state(async |stage| {
        let page = stage.open_library().await;
        page.button("Profile").click().await;
        page.role("dialog").named("Profile").first().await;
        is_sound(&page).await;
        page.button("Change password").click().await;
        page.field_is_wrong("Current password", "Enter your current password.").await;
        is_sound(&page).await;
    });
}
