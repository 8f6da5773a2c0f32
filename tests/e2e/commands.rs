//! The app's commands (Ctrl+K) and the keys' help (?).

use crate::harness::{Config, Key, Page, e2e_with, equal, eventually};

fn with_sample(test: impl AsyncFnOnce(Page)) {
    let config = Config { clock_speed: 0.0, ..Config::default() };
    e2e_with(config, async |stage| test(stage.open_library().await).await);
}

async fn command(page: &Page, words: &str) {
    page.chord('k').await;
    page.role("dialog").named("Commands").first().await;
    page.focus_is_on("Command").await;
    page.type_text(words).await;
    let list = page.role("listbox").named("Commands").first().await;
    page.role("option").inside(&list).first().await;
    page.press(&[Key::Enter]).await;
    page.role("dialog").named("Commands").gone().await;
}

#[test]
fn commands_are_found_by_words_and_done() {
    with_sample(async |page| {
        command(&page, "sort size").await;
        page.role("columnheader").named("Size").attr_is("aria-sort", "descending").await;
        command(&page, "failed").await;
        page.row_count_is(7).await;
        command(&page, "clear search").await;
        page.row_count_is(64).await;
        command(&page, "room design cri").await;
        page.row_count_is(7).await;
        command(&page, "select all").await;
        page.says("7 selected").await;
        command(&page, "keyboard").await;
        page.role("dialog").named("Keyboard shortcuts").first().await;
    });
}

#[test]
fn what_is_not_there_is_said_and_the_focus_comes_back() {
    with_sample(async |page| {
        page.tab_into_list().await;
        let before = page.focused().await;
        page.chord('k').await;
        page.focus_is_on("Command").await;
        page.type_text("no such command").await;
        let list = page.role("listbox").named("Commands");
        eventually("nothing to choose", async || {
            let options = match list.is_there().await {
                true => page.role("option").inside(&list.first().await).count().await,
                false => 0,
            };
            equal(options, 0)
        })
        .await;
        page.press(&[Key::Enter]).await;
        page.role("dialog").named("Commands").first().await;
        page.press(&[Key::Escape]).await;
        page.role("dialog").gone().await;
        page.focus_is_on(&before).await;
    });
}

/// A host page has its own use for Ctrl+K.
#[test]
fn the_element_has_no_commands() {
    with_sample(async |page| {
        page.go("/embed/minimal.html").await;
        page.row_count_is(64).await;
        page.tab_into_list().await;
        page.chord('k').await;
        assert_eq!(page.role("dialog").count().await, 0);
    });
}

#[test]
fn a_question_mark_shows_the_keys_unless_it_is_typed() {
    with_sample(async |page| {
        page.search("what?").await;
        assert_eq!(page.role("dialog").count().await, 0);
        page.search(" ").await;
        page.tab_into_list().await;
        let before = page.focused().await;
        page.type_text("?").await;
        let help = page.role("dialog").named("Keyboard shortcuts");
        let text = help.text().await;
        for key in ["Enter", "Delete", "Home", "End", "/"] {
            assert!(text.contains(key), "{key}: {text}");
        }
        page.press(&[Key::Escape]).await;
        help.gone().await;
        page.focus_is_on(&before).await;
    });
}
