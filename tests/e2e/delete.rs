//! Deleting: never without a question, and every recording that stays is named with its reason. `undo` has what can be
//! taken back.

use crate::harness::{Action, Config, Dialect, Page, Rule, Stage, e2e, e2e_in_chromium, e2e_with};

const RECORDINGS: &str = "/api/v1/recordings";

/// Two complete recordings and one in progress.
async fn three(page: &Page) -> [String; 3] {
    let mut complete = page.ids_with("COMPLETE").await.into_iter();
    let active = page.ids_with("ACTIVE").await.swap_remove(0);
    [complete.next().unwrap(), complete.next().unwrap(), active]
}

/// Selects by id and asks for deletion, up to the question.
async fn ask_to_delete(page: &Page, ids: &[String]) {
    for (count, id) in ids.iter().enumerate() {
        page.search_id(id).await;
        page.first_row().await.select().await;
        page.says(&format!("{} selected", count + 1)).await;
    }
    page.search(" ").await;
    page.role("toolbar").named("Selection").first().await;
    page.button("Delete selected").click().await;
    page.role("alertdialog").named(&format!("Delete {} recordings?", ids.len())).first().await;
}

fn assert_has(stage: &Stage, id: &str, wanted: bool) {
    assert_eq!(stage.hooks.recording_ids().iter().any(|it| it == id), wanted, "{id}");
}

fn statuses(stage: &Stage) -> Vec<u16> {
    stage.requests("DELETE", RECORDINGS).iter().map(|it| it.status).collect()
}

#[test]
fn one_is_deleted_only_after_a_confirmation() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let id = page.ids_with("COMPLETE").await.swap_remove(0);
        page.search_id(&id).await;
        page.choose("Delete").await;
        let question = page.role("alertdialog").named("Delete recording?");
        question.first().await;
        page.button("Cancel").click().await;
        question.gone().await;
        assert_eq!(page.row_count().await, Some(1));
        assert!(statuses(stage).is_empty());

        page.choose("Delete").await;
        question.first().await;
        page.button("Delete").click().await;
        question.gone().await;
        page.row_count_is(0).await;
        assert!(statuses(stage).is_empty(), "not before it can be undone no longer");
        page.let_undo_pass().await;
        page.status_says("1 recording deleted.").await;
        assert_eq!(statuses(stage), [204]);
        assert_has(stage, &id, false);
    });
}

#[test]
fn what_is_in_progress_cannot_be_deleted_from_its_menu() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        let id = page.ids_with("ACTIVE").await.swap_remove(0);
        page.search_id(&id).await;
        page.first_row().await.open_menu().await;
        let item = page.role("menuitem").named("Delete");
        assert_eq!(item.attr("aria-disabled").await.as_deref(), Some("true"));
        item.click().await;
        assert_eq!(page.role("alertdialog").count().await, 0);
    });
}

/// In both generations of the server, whose answers differ.
fn several_with_one_that_fails(dialect: Dialect, status: u16) {
    e2e_with(Config { dialect, clock_speed: 0.0, ..Config::default() }, async |stage| {
        let page = stage.open_library().await;
        let ids = three(&page).await;
        ask_to_delete(&page, &ids).await;
        page.confirm_deletion().await;

        let report = page.role("dialog").named("1 recording not deleted");
        let text = report.text().await;
        assert!(text.contains(&ids[2]), "{text}");
        assert!(text.contains("is not stopped yet"), "{text}");
        assert!(text.contains("2 recordings deleted."), "{text}");
        assert!(!text.contains(&ids[0]) && !text.contains(&ids[1]), "{text}");
        assert_eq!(statuses(stage), [status]);
        page.button("Close").click().await;
        report.gone().await;

        page.row_count_is(62).await;
        page.says("1 selected").await;
        assert_has(stage, &ids[0], false);
        assert_has(stage, &ids[1], false);
        assert_has(stage, &ids[2], true);
    });
}

#[test]
fn several_are_deleted_but_for_one_in_generation_b() {
    several_with_one_that_fails(Dialect::B, 200);
}

#[test]
fn several_are_deleted_but_for_one_in_version_3_4() {
    several_with_one_that_fails(Dialect::V34, 400);
}

#[test]
fn a_refused_deletion_names_each_and_can_be_tried_again() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let ids = page.ids_with("COMPLETE").await;
        ask_to_delete(&page, &ids[..2]).await;
        stage.hooks.add_rule(Rule::once(RECORDINGS, Action::status(503)).on("DELETE"));
        page.confirm_deletion().await;
        let text = page.role("dialog").named("2 recordings not deleted").text().await;
        assert!(text.contains(&ids[0]) && text.contains(&ids[1]), "{text}");
        assert!(text.contains("status 503"), "{text}");
        assert_has(stage, &ids[0], true);

        page.button("Try again").click().await;
        page.role("dialog").gone().await;
        page.row_count_is(62).await;
        assert_has(stage, &ids[0], false);
    });
}

#[test]
fn an_answer_that_breaks_off_counts_as_not_deleted() {
    e2e_with(Config { clock_speed: 0.0, ..Config::default() }, async |stage| {
        let page = stage.open_library().await;
        let ids = three(&page).await;
        ask_to_delete(&page, &ids).await;
        stage.hooks.add_rule(Rule::once(RECORDINGS, Action::Cut { after_bytes: 9 }).on("DELETE"));
        page.confirm_deletion().await;
        let text = page.role("dialog").named("3 recordings not deleted").text().await;
        assert!(text.contains("broke off") || text.contains("cannot be reached"), "{text}");

        // Two of them are gone, although the answer never came: the second answer tells.
        page.button("Try again").click().await;
        let report = page.role("dialog").named("1 recording not deleted");
        assert!(report.text().await.contains(&ids[2]));
        page.button("Close").click().await;
        page.row_count_is(62).await;
    });
}

#[test]
fn without_a_network_nothing_is_deleted_until_it_is_back() {
    e2e_in_chromium("being offline", async |stage| {
        let page = stage.open_library().await;
        let id = page.ids_with("COMPLETE").await.swap_remove(0);
        page.search_id(&id).await;
        page.choose("Delete").await;
        page.set_offline(true).await;
        page.confirm_deletion().await;
        let report = page.role("dialog").named("1 recording not deleted");
        assert!(report.text().await.contains("You are offline."));
        assert_has(stage, &id, true);

        page.set_offline(false).await;
        page.button("Try again").click().await;
        report.gone().await;
        page.row_count_is(0).await;
        assert_has(stage, &id, false);
    });
}
