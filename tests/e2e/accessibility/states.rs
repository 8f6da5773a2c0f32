//! Every state of the library under axe: light and dark, from left to right and from right to left.

use std::time::Duration;

use super::set_scheme;
use crate::harness::{Action, Config, Engine, Key, LIST, Page, Rule, Stage, e2e_with, json};

/// Fails for anything that axe finds, in any of the four ways to draw the page.
pub(super) async fn is_sound(page: &Page) {
    let mut wrong = Vec::new();
    for scheme in ["light", "dark"] {
        set_scheme(page, scheme).await;
        for direction in ["ltr", "rtl"] {
            let turn = "document.documentElement.dir = arguments[0]";
            page.run(turn, vec![json!(direction)]).await;
            // Colours may take a moment to change.
            tokio::time::sleep(Duration::from_millis(250)).await;
            let found = page.violations().await;
            wrong.extend(found.into_iter().map(|it| format!("{scheme}, {direction}: {it}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The same in each engine, so it is asked in one.
pub(super) fn in_state(recordings: usize, test: impl AsyncFnOnce(&mut Stage)) {
    if Engine::from_env() == Engine::Chromium {
        e2e_with(Config { recordings, clock_speed: 0.0, ..Config::default() }, test);
    } else {
        eprintln!("skipped: the same in each engine");
    }
}

#[test]
fn loading() {
    in_state(0, async |stage| {
        let page = stage.open_library().await;
        stage.hooks.add_rule(Rule::always(LIST, Action::Delay { ms: 30_000 }));
        page.reload().await;
        page.button("Refresh").attr_is("aria-busy", "true").await;
        is_sound(&page).await;
    });
}

#[test]
fn empty() {
    in_state(0, async |stage| {
        let page = stage.open_library().await;
        let nothing = r#"{"recordings":[],"pagination":{"isTruncated":false,"maxItems":100}}"#;
        stage.hooks.add_rule(Rule::always(LIST, Action::body("application/json", nothing)));
        page.reload().await;
        page.says("No recordings yet").await;
        is_sound(&page).await;
    });
}

#[test]
fn one_row_and_none_that_matches() {
    in_state(0, async |stage| {
        let page = stage.open_library().await;
        let id = stage.hooks.recording_ids().swap_remove(0);
        page.search_id(&id).await;
        is_sound(&page).await;
        page.search("no such thing").await;
        page.says("No recording matches").await;
        is_sound(&page).await;
    });
}

#[test]
fn many_rows_in_each_layout() {
    in_state(936, async |stage| {
        stage.hooks.set_page_size(Some(1000));
        let page = stage.open_library().await;
        page.row_count_is(1000).await;
        page.scroll_to(0.4).await;
        is_sound(&page).await;
        for layout in ["Cards", "Grid"] {
            page.button("View").click().await;
            page.role("radio").named(layout).click().await;
            page.press(&[Key::Escape]).await;
            page.role("dialog").gone().await;
            is_sound(&page).await;
        }
    });
}

#[test]
fn grouped_and_partly_loaded() {
    in_state(100, async |stage| {
        let page = stage.open("/?group=room").await;
        stage.hooks.add_rule(Rule::always(
            &format!("{LIST}maxItems=100&nextPageToken"),
            Action::Delay { ms: 60_000 },
        ));
        page.sign_in().await;
        page.has_rows().await;
        is_sound(&page).await;
    });
}

#[test]
fn failed() {
    in_state(0, async |stage| {
        let page = stage.open_library().await;
        stage.hooks.add_rule(Rule::always(LIST, Action::status(500)));
        page.button("Refresh").click().await;
        page.alert_says("status 500").await;
        is_sound(&page).await;
        page.reload().await;
        page.alert_says("status 500").await;
        is_sound(&page).await;
    });
}

#[test]
fn signed_out() {
    in_state(0, async |stage| {
        let page = stage.open("/").await;
        page.role("textbox").named("User").first().await;
        is_sound(&page).await;
        page.sign_in().await;
        page.has_rows().await;
        stage.hooks.expire_sessions();
        page.button("Refresh").click().await;
        page.role("dialog").named("Sign in again").first().await;
        is_sound(&page).await;
    });
}

#[test]
fn some_not_deleted() {
    in_state(0, async |stage| {
        let page = stage.open_library().await;
        page.row_at(0).await.select().await;
        page.row_at(1).await.select().await;
        page.button("Delete selected").click().await;
        page.role("alertdialog").first().await;
        is_sound(&page).await;
        stage.hooks.add_rule(Rule::always("/api/v1/recordings", Action::status(503)).on("DELETE"));
        page.confirm_deletion().await;
        page.role("dialog").named("2 recordings not deleted").first().await;
        is_sound(&page).await;
    });
}

#[test]
fn menu_and_share_dialog_open() {
    in_state(0, async |stage| {
        let page = stage.open_library().await;
        let rows = page.ready_rows(1).await;
        rows[0].open_menu().await;
        is_sound(&page).await;
        page.role("menuitem").named("Share…").click().await;
        page.role("textbox").named("Link").first().await;
        is_sound(&page).await;
    });
}

#[test]
fn filters_and_suggestions_open() {
    in_state(0, async |stage| {
        let page = stage.open_library().await;
        page.filter("Status", "Ready").await;
        page.filter("Date", "Custom…").await;
        page.role("button").starting("Clear filter Status").first().await;
        is_sound(&page).await;
        page.searchbox().fill("st").await;
        page.role("listbox").named("Suggestions").first().await;
        page.press(&[Key::Down]).await;
        is_sound(&page).await;
    });
}

#[test]
fn view_open() {
    in_state(0, async |stage| {
        let page = stage.open_library().await;
        page.button("View").click().await;
        page.role("textbox").named("Name").fill("Mine").await;
        page.button("Save view").click().await;
        page.button("Remove view Mine").first().await;
        is_sound(&page).await;
    });
}

#[test]
fn rows_selected() {
    in_state(0, async |stage| {
        let page = stage.open_library().await;
        page.row_at(0).await.select().await;
        page.row_at(2).await.select().await;
        page.role("toolbar").named("Selection").first().await;
        is_sound(&page).await;
    });
}

#[test]
fn undo_offered_and_news() {
    in_state(0, async |stage| {
        let page = stage.open_library().await;
        stage.hooks.add_recordings(2);
        page.skip(Duration::from_secs(61)).await;
        page.button("2 new recordings").first().await;
        page.ready_rows(1).await[0].choose("Delete").await;
        page.button("Delete").click().await;
        page.button("Undo").first().await;
        // It stays as long as the clock does.
        page.run("const at = performance.now(); performance.now = () => at", vec![]).await;
        is_sound(&page).await;
        page.button("Undo").first().await;
    });
}

#[test]
fn help_and_commands_open() {
    in_state(0, async |stage| {
        let page = stage.open_library().await;
        page.tab_into_list().await;
        page.type_text("?").await;
        page.role("dialog").named("Keyboard shortcuts").first().await;
        is_sound(&page).await;
        page.press(&[Key::Escape]).await;
        page.role("dialog").gone().await;
        page.chord('k').await;
        page.role("dialog").named("Commands").first().await;
        page.type_text("so").await;
        is_sound(&page).await;
    });
}
