//! The least embed: what people do in it, and what it says of a server that is none.

use super::EMBED;
use crate::harness::{Page, Stage, e2e, json};

/// The example page, after signing in to the app, whose cookies the element shares.
async fn embedded(stage: &mut Stage) -> Page {
    let page = stage.open_library().await;
    page.go(EMBED).await;
    page.has_rows().await;
    page
}

/// Puts an element with this server in place of the one that is there.
async fn replace(page: &Page, server: &str) {
    let script = "const element = document.createElement('meet-recordings');
        element.setAttribute('server-url', arguments[0]);
        element.setAttribute('loading', 'eager');
        window.errors = [];
        element.addEventListener('meet-error', (event) => window.errors.push(event.detail.code));
        document.querySelector('meet-recordings').replaceWith(element)";
    page.run(script, vec![json!(server)]).await;
}

#[test]
fn shows_the_library_inside_its_shadow_root() {
    e2e(async |stage| {
        let page = embedded(stage).await;
        page.row_count_is(64).await;
        page.role("grid").named("Recordings").first().await;
        page.search("Sprint").await;
        page.row_count_is(8).await;
        let outside =
            page.run("return document.querySelectorAll('[role=row]').length", vec![]).await;
        assert_eq!(outside, json!(0), "nothing is outside");
        let adopted = page.run("return document.adoptedStyleSheets.length", vec![]).await;
        assert_eq!(adopted, json!(0), "no style for the host page");
    });
}

#[test]
fn asks_to_sign_in_and_then_shows_the_library() {
    e2e(async |stage| {
        let page = stage.open(EMBED).await;
        page.sign_in().await;
        page.row_count_is(64).await;
    });
}

#[test]
fn plays_and_deletes_like_the_app() {
    e2e(async |stage| {
        let page = embedded(stage).await;
        let id = page.ids_with("COMPLETE").await.swap_remove(0);
        page.search_id(&id).await;
        page.first_row().await.click_play().await;
        page.video("plays", |it| it.time > 0.1 && it.width > 0).await;
        page.button("Close player").click().await;
        page.choose("Delete").await;
        page.role("alertdialog").named("Delete recording?").first().await;
        page.confirm_deletion().await;
        page.row_count_is(0).await;
        page.status_says("1 recording deleted.").await;
        assert!(!stage.hooks.recording_ids().contains(&id));
    });
}

#[test]
fn a_server_url_that_is_none_is_said_so() {
    e2e(async |stage| {
        let page = embedded(stage).await;
        for (server, reason) in [
            ("javascript:window.__x=1", "must begin with http:// or https://"),
            ("ftp://localhost/", "must begin with http:// or https://"),
            ("http://user:password@localhost/", "must not contain a user or a password"),
            ("http://[", "not a web address"),
        ] {
            replace(&page, server).await;
            page.alert_says("Recordings cannot be shown").await;
            page.alert_says(reason).await;
            assert_eq!(page.run("return window.errors.length", vec![]).await, json!(1), "{server}");
        }
        assert_eq!(page.run("return typeof window.__x", vec![]).await, json!("undefined"));
    });
}

#[test]
fn a_server_that_is_not_one_is_said_so() {
    e2e(async |stage| {
        let page = embedded(stage).await;
        replace(&page, "/nowhere").await;
        page.alert_says("a web page in place of data").await;
        page.button("Try again").first().await;
    });
}

#[test]
fn another_server_url_takes_effect_while_shown() {
    e2e(async |stage| {
        let page = embedded(stage).await;
        let set =
            "document.querySelector('meet-recordings').setAttribute('server-url', arguments[0])";
        page.run(set, vec![json!("/nowhere")]).await;
        page.alert_says("a web page in place of data").await;
        page.run(set, vec![json!("/")]).await;
        page.row_count_is(64).await;
        page.run(set, vec![json!("javascript:1")]).await;
        page.alert_says("must begin with http:// or https://").await;
        page.run(set, vec![json!("/")]).await;
        page.row_count_is(64).await;
    });
}
