//! C12 of the contract: what the page around has of it, and keeps of it, is the element. And the strictest policy finds
//! nothing to forbid.

use std::collections::BTreeSet;

use super::host::{
    ELEMENT, LIBRARY, STRICT, all_is_well, awaited, done, host, host_under, is, signed_in,
};
use crate::harness::{Page, Stage, e2e, e2e_in_chromium, json, text};

/// The whole of what the README tells to write.
const THREE_LINES: &str = "<!doctype html>
<script type=module src=/element/meet-recordings.js></script>
<meet-recordings server-url='/'></meet-recordings>";

/// Lists, searches, plays, shares, deletes.
async fn use_it(stage: &Stage, page: &Page) {
    page.row_count_is(64).await;
    let recording = page.recording_of(60.0).await;
    let id = text(&recording, "recordingId");
    page.search_id(id).await;
    page.first_row().await.play().await;
    page.plays().await;
    page.button("Close player").click().await;
    page.choose("Share…").await;
    page.role("dialog").named("Share recording").first().await;
    page.button("Close").click().await;
    page.choose("Delete").await;
    page.confirm_deletion().await;
    page.row_count_is(0).await;
    assert!(!stage.hooks.recording_ids().iter().any(|it| it == id));
}

#[test]
fn the_strictest_policy_finds_nothing_to_forbid() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        host_under(stage, &page, STRICT, &format!("{ELEMENT}{LIBRARY}")).await;
        use_it(stage, &page).await;
        all_is_well(&page).await;
    });
}

#[test]
fn the_three_lines_are_enough() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        super::host::serve(stage, "/three.html", "text/html; charset=utf-8", STRICT, THREE_LINES);
        page.go("/three.html").await;
        page.row_count_is(64).await;
    });
}

/// In the page as it was before, and as it is after all was used.
const SURROUNDINGS: &str = "return [Object.keys(window), document.head.outerHTML, document.documentElement.getAttributeNames(), document.body.getAttributeNames(),
    document.adoptedStyleSheets.length, document.styleSheets.length, document.cookie, Object.keys(localStorage), Object.keys(sessionStorage),
    Object.keys(history.state ?? {}), location.href, document.title]";

#[test]
fn the_page_around_stays_as_it_was() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        host(stage, &page, "<meet-recordings server-url='/'></meet-recordings>").await;
        let before = done(&page, SURROUNDINGS).await;
        let marked = "element.setAttribute('id', 'theirs'); element.className = 'theirs';
            await load('meet-recordings.js'); await element.ready";
        awaited(&page, marked).await;
        use_it(stage, &page).await;
        let after = done(&page, SURROUNDINGS).await;
        let keys = |it: &crate::harness::Value| -> BTreeSet<String> {
            it[0].as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()).collect()
        };
        let news: Vec<String> = keys(&after).difference(&keys(&before)).cloned().collect();
        // What the harness lays down for the time that a deletion can be undone, and a driver for itself.
        let is_ours = |it: &&String| !["skipped", "ret_nodes"].contains(&it.as_str());
        assert_eq!(news.iter().filter(is_ours).count(), 0, "{news:?}");
        assert_eq!(after.as_array().unwrap()[1..], before.as_array().unwrap()[1..]);
        let own = "return [element.getAttributeNames().sort(), element.children.length, document.body.lastElementChild === element]";
        assert_eq!(done(&page, own).await, json!([["class", "id", "server-url"], 0, true]));
        let kept = awaited(&page, "return [(await indexedDB.databases?.() ?? []).length, (await globalThis.caches?.keys() ?? []).length]").await;
        assert_eq!(kept, json!([0, 0]));
        all_is_well(&page).await;
    });
}

/// The console of a page is its own: not even a word of information.
#[test]
fn it_writes_nothing_on_the_console() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        let note = "window.said = [];
            for (const name of ['log', 'info', 'debug', 'warn', 'error', 'trace', 'dir', 'table', 'group']) {
                console[name] = (...it) => window.said.push([name, ...it.map(String)]);
            }";
        super::host::serve(stage, "/note.js", "text/javascript", "", note);
        host(stage, &page, &format!("<script src=/note.js></script>{ELEMENT}{LIBRARY}")).await;
        use_it(stage, &page).await;
        done(&page, "element.serverUrl = 'javascript:1'").await;
        page.alert_says("must begin with http").await;
        done(&page, "element.remove()").await;
        assert_eq!(page.run("return window.said", vec![]).await, json!([]));
    });
}

/// Only where it is told that it may.
#[test]
fn it_keeps_something_in_the_browser_only_when_it_may() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        host(stage, &page, &format!("{ELEMENT}{LIBRARY}")).await;
        page.row_count_is(64).await;
        page.button("View").click().await;
        page.role("radio").named("Compact").click().await;
        let kept = "[Object.keys(localStorage).length, Object.keys(sessionStorage).length]";
        is(&page, kept, json!([0, 0])).await;
        host(stage, &page, &format!("{ELEMENT}{}", LIBRARY.replace(" load", " persist load")))
            .await;
        page.row_count_is(64).await;
        page.button("View").click().await;
        page.role("radio").named("Compact").click().await;
        is(&page, "Object.keys(localStorage).length > 0", json!(true)).await;
    });
}

/// Styles and scripts of the page around stay outside, and ours inside.
#[test]
fn styles_of_the_page_and_of_the_element_do_not_meet() {
    e2e_in_chromium("what is computed for one is for all", async |stage| {
        let page = signed_in(stage).await;
        let style = "<style>* { letter-spacing: 3px } button, [role=row], .row { display: none !important } .library { visibility: hidden }</style>
            <p class='row bar library'>Theirs</p>";
        host(stage, &page, &format!("{style}{ELEMENT}{LIBRARY}")).await;
        page.row_count_is(64).await;
        page.button("Refresh").first().await;
        let script = "const style = getComputedStyle(document.querySelector('p'));
            return [style.display, style.visibility, style.padding]";
        assert_eq!(done(&page, script).await, json!(["none", "hidden", "0px"]));
    });
}
