//! What can go wrong with rooms: what is typed, what the server says of it, and what others do meanwhile. Nothing that was
//! typed is lost.

use std::collections::BTreeMap;

use super::hands::open_rooms;
use super::system::{B, NAME, V39};
use crate::harness::{Action, Key, Page, Rule, equal, eventually, json};

const DELETED: &str = "This room was deleted meanwhile, so it cannot be saved.";
const MEETING: &str = "A meeting is going on in the room. Try again when it has ended.";

/// The server's refusal of certain fields.
fn refused(details: &[(&str, &str)]) -> Action {
    let details: Vec<_> = details
        .iter()
        .map(|(field, message)| json!({ "field": field, "message": message }))
        .collect();
    let body = json!({ "error": "Unprocessable Entity", "message": "Invalid request", "details": details });
    Action::Respond {
        status: 422,
        body: body.to_string(),
        content_type: "application/json".to_owned(),
        headers: BTreeMap::new(),
    }
}

/// Opens the form of the only room that a search finds; returns its id.
async fn edit(page: &Page, search: &str) -> String {
    let row = page.find_room(search).await;
    page.choose_of_room(&row.title, "Edit…").await;
    page.role("dialog").named("Edit room").first().await;
    row.id
}

async fn says_in_form(page: &Page, text: &str) {
    eventually(text, async || {
        let dialog = page.role("dialog").first().await.text().await.unwrap_or_default();
        if dialog.contains(text) { Ok(()) } else { Err(dialog) }
    })
    .await;
}

#[test]
fn what_the_server_makes_of_a_name_is_said_while_it_is_typed() {
    V39.stage(async |stage| {
        let page = open_rooms(stage).await;
        page.button("New room").click().await;
        page.focus_is_on("Name").await;
        page.type_text("Bio").await;
        assert!(!page.text().await.contains("Will be saved as"));
        page.type_text(" & chem — Ω 2").await;
        says_in_form(&page, "Will be saved as “Bio chem 2”.").await;
        page.press(&[Key::Enter]).await;
        page.role("dialog").gone().await;
        page.room("Bio chem 2").await;
    });
}

#[test]
fn a_name_that_is_too_long_is_told_at_its_field() {
    B.stage(async |stage| {
        let page = open_rooms(stage).await;
        page.button("New room").click().await;
        page.role("textbox").named("Name").fill(&"x".repeat(51)).await;
        // Not while it is typed.
        assert_eq!(page.wrong_fields().await, []);
        page.button("Create room").click().await;
        page.field_is_wrong("Name", "At most 50 characters.").await;
        page.focus_is_on("Name").await;
        assert_eq!(stage.requests("POST", B.api).len(), 0);
    });
}

#[test]
fn a_date_that_is_too_soon_is_refused_at_its_field() {
    B.stage(async |stage| {
        let page = open_rooms(stage).await;
        page.button("New room").click().await;
        page.role("textbox").named("Name").fill(NAME).await;
        page.set_date(10).await;
        let why = "Choose a time at least 1 hour from now.";
        page.field_is_wrong("Delete automatically", why).await;
        page.button("Create room").click().await;
        page.focus_is_on("Delete automatically").await;
        assert_eq!(stage.requests("POST", B.api).len(), 0);
        page.button("In 2 hours").click().await;
        eventually("nothing is wrong", async || equal(page.wrong_fields().await, vec![])).await;
        page.button("Create room").click().await;
        page.role("dialog").gone().await;
        page.room(NAME).await;
    });
}

/// Policies of the deletion are asked for only where there is one.
#[test]
fn what_a_deletion_does_is_asked_once_there_is_a_date() {
    V39.stage(async |stage| {
        let page = open_rooms(stage).await;
        page.button("New room").click().await;
        page.role("textbox").named("Name").fill(NAME).await;
        let both = ["If a meeting is going on then", "If it has recordings then"];
        for name in both {
            assert_eq!(page.role("combobox").named(name).count().await, 0);
        }
        page.set_date(120).await;
        for (name, option) in [(both[0], "End it"), (both[1], "Delete them too")] {
            let choice = page.role("combobox").named(name).first().await;
            page.role("option").named(option).inside(&choice).click().await;
        }
        page.button("Create room").click().await;
        page.role("dialog").gone().await;
        let row = page.find_room("zebra").await;
        let (_, room) = page.call("GET", &V39.room_path(&row.id), json!(null)).await;
        let wanted = json!({ "withMeeting": "force", "withRecordings": "force" });
        assert_eq!(room["autoDeletionPolicy"], wanted, "{room}");
        page.role("button").named("Expiring soon").click().await;
        page.rooms_are(1).await;
    });
}

#[test]
fn what_the_server_refuses_is_told_at_its_field() {
    B.stage(async |stage| {
        let page = open_rooms(stage).await;
        page.button("New room").click().await;
        page.role("textbox").named("Name").fill(NAME).await;
        let details =
            [("roomName", "This name is reserved."), ("somethingElse", "It is full moon.")];
        stage.hooks.add_rule(Rule::once(B.api, refused(&details)).on("POST"));
        page.button("Create room").click().await;
        page.field_is_wrong("Name", "This name is reserved.").await;
        says_in_form(&page, "It is full moon.").await;
        page.focus_is_on("Name").await;
        assert_eq!(page.typed("Name").await, NAME);
        // What was said is over as soon as something else is there.
        page.type_text("s").await;
        eventually("nothing is wrong", async || equal(page.wrong_fields().await, vec![])).await;
        page.button("Create room").click().await;
        page.role("dialog").gone().await;
        page.room(NAME).await;
    });
}

#[test]
fn a_room_that_may_have_been_made_is_said_so() {
    B.stage(async |stage| {
        let page = open_rooms(stage).await;
        page.button("New room").click().await;
        page.role("textbox").named("Name").fill(NAME).await;
        stage.hooks.add_rule(Rule::once(B.api, Action::Cut { after_bytes: 0 }).on("POST"));
        page.button("Create room").click().await;
        says_in_form(&page, "The room may be there all the same: look at the list first.").await;
        assert_eq!(page.typed("Name").await, NAME);
        assert_eq!(stage.requests("POST", B.api).len(), 1, "not sent twice by itself");
    });
}

#[test]
fn a_room_with_a_meeting_is_not_changed_and_that_is_explained() {
    V39.stage(async |stage| {
        let page = open_rooms(stage).await;
        edit(&page, "quiet").await;
        page.role("checkbox").named("Chat").click().await;
        page.button("Save").click().await;
        says_in_form(&page, MEETING).await;
        assert!(!page.is_checked("Chat").await, "what was chosen is still there");
    });
}

#[test]
fn a_room_that_was_deleted_meanwhile_is_said_so_and_what_was_entered_stays() {
    V39.stage(async |stage| {
        let page = open_rooms(stage).await;
        let id = edit(&page, "board meeting").await;
        page.role("checkbox").named("Chat").click().await;
        let path = format!("{}/{id}?withRecordings=force", V39.api);
        assert_eq!(page.call("DELETE", &path, json!(null)).await.0, 200);
        page.button("Save").click().await;
        says_in_form(&page, DELETED).await;
        assert!(!page.is_checked("Chat").await);
        page.press(&[Key::Escape]).await;
        page.button("Discard").click().await;
        page.role("dialog").gone().await;
        page.says("No room matches").await;
        eventually("the focus is on something", async || {
            if page.focused().await == "body" { Err("on the body".to_owned()) } else { Ok(()) }
        })
        .await;
    });
}

/// Somebody else has turned captions off while the form is open.
async fn changed_by_another(page: &Page) -> String {
    let id = edit(page, "board meeting").await;
    page.role("checkbox").named("Chat").click().await;
    let body = json!({ "config": { "captions": { "enabled": false } } });
    let path = format!("{}/{id}/config", V39.api);
    assert_eq!(page.call("PUT", &path, body).await.0, 200);
    page.button("Save").click().await;
    let question = page.role("group").named("Changed by somebody else").first().await;
    assert!(question.text().await.unwrap().contains("Live captions"));
    page.focus_is_on("Load theirs").await;
    id
}

#[test]
fn what_somebody_else_changed_can_be_loaded() {
    V39.stage(async |stage| {
        let page = open_rooms(stage).await;
        let id = changed_by_another(&page).await;
        page.press(&[Key::Enter]).await;
        page.button("Save").first().await;
        assert!(page.is_checked("Chat").await && !page.is_checked("Live captions").await);
        page.role("checkbox").named("Chat").click().await;
        page.button("Save").click().await;
        page.role("dialog").gone().await;
        let (_, room) = page.call("GET", &V39.room_path(&id), json!(null)).await;
        let is_on = |name: &str| room["config"][name]["enabled"].clone();
        assert_eq!((is_on("chat"), is_on("captions")), (json!(false), json!(false)), "{room}");
    });
}

#[test]
fn what_somebody_else_changed_can_be_overruled() {
    V39.stage(async |stage| {
        let page = open_rooms(stage).await;
        let id = changed_by_another(&page).await;
        page.button("Save mine anyway").click().await;
        page.role("dialog").gone().await;
        let (_, room) = page.call("GET", &V39.room_path(&id), json!(null)).await;
        let is_on = |name: &str| room["config"][name]["enabled"].clone();
        assert_eq!((is_on("chat"), is_on("captions")), (json!(false), json!(true)), "{room}");
    });
}

#[test]
fn closing_asks_only_when_something_would_be_lost() {
    B.stage(async |stage| {
        let page = open_rooms(stage).await;
        page.button("New room").click().await;
        page.focus_is_on("Name").await;
        page.press(&[Key::Escape]).await;
        page.role("dialog").gone().await;
        page.focus_is_on("New room").await;

        page.press(&[Key::Enter]).await;
        page.focus_is_on("Name").await;
        page.type_text(NAME).await;
        page.press(&[Key::Escape]).await;
        page.role("group").named("Discard changes?").first().await;
        page.focus_is_on("Keep editing").await;
        page.press(&[Key::Enter]).await;
        page.focus_is_on("Name").await;
        assert_eq!(page.typed("Name").await, NAME);
        // Twice, which a browser would not let be stopped.
        page.press(&[Key::Escape, Key::Escape]).await;
        page.focus_is_on("Name").await;
        assert_eq!(page.typed("Name").await, NAME);
        page.button("Cancel").click().await;
        page.button("Discard").click().await;
        page.role("dialog").gone().await;
        page.focus_is_on("New room").await;
        page.rooms_are(B.rooms).await;
    });
}

#[test]
fn a_list_that_fails_can_be_tried_again() {
    B.stage(async |stage| {
        let list = format!("{}?", B.api);
        stage.hooks.add_rule(Rule::always(&list, Action::status(500)));
        let page = stage.open("/rooms").await;
        page.sign_in().await;
        page.says("The rooms could not be loaded").await;
        page.says("status 500").await;
        stage.hooks.clear_rules();
        page.button("Try again").click().await;
        page.rooms_are(B.rooms).await;
        assert_ne!(page.focused().await, "body");

        // What is shown stands.
        stage.hooks.add_rule(Rule::always(&list, Action::status(500)));
        page.button("Refresh").click().await;
        page.button("Try again").first().await;
        page.alert_says("status 500").await;
        page.rooms_are(B.rooms).await;
        stage.hooks.clear_rules();
        page.button("Try again").click().await;
        page.button("Try again").gone().await;
        page.rooms_are(B.rooms).await;
    });
}

#[test]
fn rows_that_are_no_rooms_are_counted_and_the_rest_shown() {
    B.stage(async |stage| {
        let rooms = json!([null, 42, { "roomId": "physics-1", "roomName": "Physics" }]);
        let body = json!({ "rooms": rooms, "pagination": { "isTruncated": false } }).to_string();
        let list = Action::body("application/json", &body);
        stage.hooks.add_rule(Rule::always(&format!("{}?", B.api), list));
        let page = stage.open("/rooms").await;
        page.sign_in().await;
        page.rooms_are(1).await;
        page.says("2 rooms could not be read and are not shown.").await;
    });
}

#[test]
fn a_deletion_that_fails_names_the_room_and_can_be_tried_again() {
    V39.stage(async |stage| {
        let page = open_rooms(stage).await;
        let row = page.make_room(NAME).await;
        stage.hooks.add_rule(Rule::always(V39.api, Action::status(500)).on("DELETE"));
        page.choose_of_room(&row.title, "Delete").await;
        page.button("Delete").click().await;
        let report = page.role("dialog").named("1 room not deleted").first().await;
        assert!(report.text().await.unwrap().contains(&row.id));
        page.rooms_are(V39.rooms + 1).await;
        assert_eq!(stage.requests("DELETE", V39.api).len(), 1, "not sent twice by itself");
        stage.hooks.clear_rules();
        page.button("Try again").click().await;
        page.role("dialog").gone().await;
        page.status_says("1 room deleted.").await;
        page.rooms_are(V39.rooms).await;
    });
}

/// Several, of which somebody else has deleted one already: what was wanted is so.
#[test]
fn what_others_deleted_meanwhile_is_no_failure() {
    V39.stage(async |stage| {
        let page = open_rooms(stage).await;
        let (first, second) = (page.make_room("Zebra one").await, page.make_room("Yak two").await);
        let path = format!("{}/{}", V39.api, first.id);
        assert_eq!(page.call("DELETE", &path, json!(null)).await.0, 200);
        page.select_room(&first.title).await;
        page.select_room(&second.title).await;
        page.button("Delete selected").click().await;
        page.button("Delete").click().await;
        page.status_says("1 room deleted, 1 was gone already.").await;
        page.rooms_are(V39.rooms).await;
    });
}

#[test]
fn a_session_that_ends_while_the_form_is_open_costs_nothing_that_was_typed() {
    V39.stage(async |stage| {
        let page = open_rooms(stage).await;
        page.button("New room").click().await;
        page.role("textbox").named("Name").fill(NAME).await;
        page.role("checkbox").named("Chat").click().await;
        stage.hooks.expire_sessions();
        page.button("Create room").click().await;
        page.role("dialog").named("Sign in again").first().await;
        page.sign_in().await;
        page.role("dialog").named("Sign in again").gone().await;
        page.role("dialog").named("New room").first().await;
        assert_eq!(page.typed("Name").await, NAME);
        assert!(!page.is_checked("Chat").await);
        page.button("Create room").click().await;
        page.role("dialog").gone().await;
        page.room(NAME).await;
        page.rooms_are(V39.rooms + 1).await;
    });
}

#[test]
fn names_are_text_whatever_is_in_them() {
    V39.stage(async |stage| {
        let page = open_rooms(stage).await;
        for name in [
            "<img src=x onerror=alert(document.domain)>",
            "\"><svg/onload=alert(1)>",
            "../../etc/passwd",
            "اجتماع فريق التصميم",
            "🎉 Launch party 🚀",
        ] {
            // Drivers do not type what has more than 16 bits.
            let typed: String = name.chars().filter(|it| u32::from(*it) < 0x1_0000).collect();
            page.search_rooms(typed.trim()).await;
            let row = page.room(name).await;
            page.button(&format!("More actions for {}", row.title)).click().await;
            page.role("menuitem").named("Delete").click().await;
            let question = page.role("alertdialog").named("Delete room?").first().await;
            assert!(question.text().await.unwrap().contains(name));
            page.press(&[Key::Escape]).await;
            page.role("alertdialog").gone().await;
            page.button(&format!("Open {}", row.title)).click().await;
            page.role("heading").named(name).first().await;
            page.title_is(name).await;
            page.button("All rooms").click().await;
            page.has_rooms().await;
        }
        let inside =
            "return document.querySelectorAll('[role=grid] :is(img, script, a, iframe)').length";
        assert_eq!(page.run(inside, vec![]).await, json!(0));
    });
}
