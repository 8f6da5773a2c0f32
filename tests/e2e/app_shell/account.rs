//! Who is signed in: nothing of what somebody saw is left for the next one, and passwords are changed.

use crate::harness::{Config, Dialect, Key, Page, Stage, e2e_with, equal, eventually};
use crate::rooms::{B, V39, open_rooms};

/// Fails when something of what was seen is still in the page.
async fn nothing_is_left(page: &Page) {
    page.role("textbox").named("User").first().await;
    let held = "return document.documentElement.textContent";
    eventually("nothing of it is left", async || {
        let all = page.run(held, vec![]).await;
        let all = all.as_str().unwrap_or_default();
        match ["Physics", "Board meeting", "Sprint review"].iter().find(|it| all.contains(**it)) {
            Some(seen) => Err(format!("“{seen}” is still there")),
            None => Ok(()),
        }
    })
    .await;
    assert_eq!(page.role("link").count().await, 0, "no navigation");
    assert_eq!(page.role("dialog").count().await, 0);
}

async fn signs_out_at(stage: &mut Stage, path: &str, heading: &str) {
    let page = stage.open(path).await;
    page.sign_in().await;
    page.role("heading").named(heading).first().await;
    page.says("Board meeting Q3").await;
    page.button("Sign out").click().await;
    nothing_is_left(&page).await;
    page.status_says("Signed out.").await;
    assert_ne!(page.focused().await, "body");
    page.reload().await;
    nothing_is_left(&page).await;
}

#[test]
fn signing_out_leaves_nothing_of_the_rooms() {
    B.stage(async |stage| signs_out_at(stage, "/rooms", "Rooms").await);
}

#[test]
fn signing_out_leaves_nothing_of_a_room() {
    V39.stage(async |stage| {
        let id = {
            let page = open_rooms(stage).await;
            page.find_room("board meeting").await.id
        };
        signs_out_at(stage, &format!("/rooms/{id}"), "Board meeting Q3").await;
    });
}

#[test]
fn signing_out_leaves_nothing_of_the_overview() {
    B.stage(async |stage| signs_out_at(stage, "/overview", "Overview").await);
}

/// On every page that the first one left behind, too.
#[test]
fn the_next_user_sees_nothing_of_what_the_first_one_saw() {
    V39.stage(async |stage| {
        let page = open_rooms(stage).await;
        let row = page.find_room("support").await;
        page.select_room(&row.title).await;
        page.button(&format!("Open {}", row.title)).click().await;
        page.role("heading").named(&row.title).first().await;
        page.role("link").named("Overview").click().await;
        page.role("heading").named("Overview").first().await;
        page.says("Sprint review").await;
        page.button("Sign out").click().await;
        nothing_is_left(&page).await;

        page.sign_in_as("user", "user1").await;
        page.role("textbox").named("User").gone().await;
        page.role("link").named("Recordings").click().await;
        // The user is a member of one room, and may enter another.
        page.has_rows().await;
        let all = page.run("return document.documentElement.textContent", vec![]).await;
        let all = all.as_str().unwrap_or_default().to_owned();
        for seen in ["Support rota", "Board meeting", "Sprint review"] {
            assert!(!all.contains(seen), "{seen} is still there");
        }
        assert_eq!(page.role("toolbar").count().await, 0, "nothing is selected");
    });
}

/// Over the page that is shown, which stays as it is.
#[test]
fn a_session_that_ends_on_the_page_of_the_rooms_is_renewed_in_place() {
    B.stage(async |stage| {
        let page = open_rooms(stage).await;
        page.search_rooms("physics").await;
        page.rooms_are(1).await;
        stage.hooks.expire_sessions();
        page.button("Refresh").click().await;
        page.role("dialog").named("Sign in again").first().await;
        page.press(&[Key::Escape]).await;
        page.role("dialog").gone().await;
        page.rooms_are(1).await;
        page.button("Sign in").click().await;
        page.sign_in().await;
        page.role("dialog").gone().await;
        page.rooms_are(1).await;
        page.path_is("/rooms?q=physics").await;
        page.button("Refresh").attr_is("aria-busy", "false").await;
        page.search_rooms(" ").await;
        page.rooms_are(B.rooms).await;
    });
}

async fn fill(page: &Page, [current, new, repeated]: [&str; 3]) {
    for (name, text) in
        [("Current password", current), ("New password", new), ("Repeat new password", repeated)]
    {
        page.role("textbox").named(name).fill(text).await;
    }
    page.button("Change password").click().await;
}

fn changes_the_password(dialect: Dialect) {
    e2e_with(Config { dialect, clock_speed: 0.0, ..Config::default() }, async |stage| {
        let page = stage.open_library().await;
        page.button("Profile").click().await;
        let profile = page.role("dialog").named("Profile").first().await;
        eventually("who it is", async || {
            let text = profile.text().await.unwrap_or_default();
            if text.contains("admin") { Ok(()) } else { Err(text) }
        })
        .await;

        fill(&page, ["", "", ""]).await;
        page.field_is_wrong("Current password", "Enter your current password.").await;
        page.focus_is_on("Current password").await;
        fill(&page, ["admin", "1234", "1234"]).await;
        page.field_is_wrong("New password", "At least 5 characters.").await;
        fill(&page, ["admin", "zebra-7", "zebra-8"]).await;
        let why = "The two new passwords are not the same.";
        page.field_is_wrong("Repeat new password", why).await;
        page.focus_is_on("Repeat new password").await;
        fill(&page, ["wrong", "zebra-7", "zebra-7"]).await;
        page.field_is_wrong("Current password", "This is not the current password.").await;
        fill(&page, ["admin", "zebra-7", "zebra-7"]).await;
        eventually("it is changed", async || {
            let text = profile.text().await.unwrap_or_default();
            if text.contains("The password is changed.") { Ok(()) } else { Err(text) }
        })
        .await;
        equal(page.wrong_fields().await, vec![]).unwrap();
        page.press(&[Key::Escape]).await;
        page.role("dialog").gone().await;
        page.focus_is_on("Profile").await;

        page.button("Sign out").click().await;
        page.sign_in().await;
        page.alert_says("The user or the password is not right.").await;
        page.sign_in_as("admin", "zebra-7").await;
        page.row_count_is(64).await;
    });
}

#[test]
fn the_password_is_changed_on_generation_b() {
    changes_the_password(Dialect::B);
}

#[test]
fn the_password_is_changed_on_3_9() {
    changes_the_password(Dialect::V39);
}
