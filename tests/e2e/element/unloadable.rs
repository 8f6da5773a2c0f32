//! When the program does not come, or may not run: the reason is in the element, with what the page has put there for this
//! case, and the next try is a try.

use super::host::{
    ELEMENT, LIBRARY, STRICT, done, heard, host, host_under, is, sign_in, signed_in,
};
use crate::harness::{Action, Page, Rule, Stage, Value, e2e, e2e_in_chromium, json};

const WASM: &str = "/element/meet_recordings_bg.wasm";
const GLUE: &str = "/element/meet_recordings.js";

/// A library with something for when it cannot be shown.
fn with_fallback() -> String {
    format!("{ELEMENT}{}", LIBRARY.replace("></", "><p>Ask your administrator.</p></"))
}

async fn fails(page: &Page, reason: &str) {
    page.alert_says("Recordings cannot be shown").await;
    page.alert_says(reason).await;
    is(page, "element.state", json!("error")).await;
    let shown = "element.firstElementChild.checkVisibility()";
    is(page, shown, json!(true)).await;
    let errors = heard(page, "meet-error").await;
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!(errors[0]["code"], json!("load-failed"));
    let ready = "return element.ready.then(() => 'mounted', () => 'refused')";
    assert_eq!(super::host::awaited(page, ready).await, json!("refused"));
}

/// With this in its way the program does not come, for this reason; without, it does.
async fn fails_and_can_be_tried_again(stage: &mut Stage, rule: Rule, reason: &str) {
    let page = signed_in(stage).await;
    stage.hooks.add_rule(rule);
    host(stage, &page, &with_fallback()).await;
    fails(&page, reason).await;
    // It is still in the way.
    page.button("Try again").click().await;
    is(&page, "window.heard.filter((it) => it.type === 'meet-error').length", json!(2)).await;
    stage.hooks.clear_rules();
    page.button("Try again").click().await;
    page.row_count_is(64).await;
    is(&page, "element.state", json!("ready")).await;
    is(&page, "element.firstElementChild.checkVisibility()", json!(false)).await;
    // With all its parts, which come later.
    page.row_of_length("1:00").await.play().await;
    page.button("Close player").click().await;
    assert_eq!(page.run("return window.thrown", vec![]).await, json!([]));
    says_only(&page, "/element/meet_recordings").await;
}

/// What the browser itself notes on the console of what was in the way is expected here.
async fn says_only(page: &Page, what: &str) {
    let errors = page.console_errors().await;
    assert!(errors.iter().all(|it| it.contains(what)), "{errors:?}");
}

#[test]
fn a_program_that_is_not_there() {
    e2e(async |stage| {
        let rule = Rule::always(WASM, Action::status(404));
        fails_and_can_be_tried_again(stage, rule, "The program could not be loaded").await;
    });
}

#[test]
fn a_program_that_is_a_web_page() {
    e2e(async |stage| {
        let rule = Rule::always(WASM, Action::body("text/html", "<p>Sign in"));
        fails_and_can_be_tried_again(stage, rule, "The program could not be loaded").await;
    });
}

#[test]
fn a_program_that_ends_too_early() {
    e2e(async |stage| {
        let rule = Rule::always(WASM, Action::Truncate { after_bytes: 10_000 });
        fails_and_can_be_tried_again(stage, rule, "The program could not be loaded").await;
    });
}

#[test]
fn a_connection_that_breaks() {
    e2e(async |stage| {
        let rule = Rule::always(WASM, Action::Cut { after_bytes: 10_000 });
        fails_and_can_be_tried_again(stage, rule, "The program could not be loaded").await;
    });
}

#[test]
fn glue_that_is_not_there() {
    e2e(async |stage| {
        let rule = Rule::always(GLUE, Action::status(404));
        fails_and_can_be_tried_again(stage, rule, "The program could not be loaded").await;
    });
}

/// As servers answer that have one page for everything.
#[test]
fn glue_that_is_a_web_page() {
    e2e(async |stage| {
        let rule = Rule::always(GLUE, Action::body("text/html", "<!doctype html><p>Sign in"));
        fails_and_can_be_tried_again(stage, rule, "The program could not be loaded").await;
    });
}

/// And as those do that go by the name.
#[test]
fn glue_that_is_a_web_page_by_the_name_of_a_script() {
    e2e(async |stage| {
        let rule = Rule::always(GLUE, Action::body("text/javascript", "<!doctype html><p>Sign in"));
        fails_and_can_be_tried_again(stage, rule, "The program could not be loaded").await;
    });
}

#[test]
fn glue_with_a_wrong_type() {
    e2e(async |stage| {
        let rule = Rule::always(GLUE, Action::set_header("content-type", "text/plain"));
        fails_and_can_be_tried_again(stage, rule, "The program could not be loaded").await;
    });
}

/// Said of another kind than it is, it runs all the same.
#[test]
fn a_program_with_a_wrong_type() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        stage.hooks.add_rule(Rule::once(
            WASM,
            Action::set_header("content-type", "application/octet-stream"),
        ));
        host(stage, &page, &with_fallback()).await;
        page.row_count_is(64).await;
        says_only(&page, "MIME type").await;
    });
}

#[test]
fn a_policy_against_it_is_named() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        let policy = STRICT.replace(" 'wasm-unsafe-eval'", "");
        host_under(stage, &page, &policy, &with_fallback()).await;
        fails(&page, "it must allow 'wasm-unsafe-eval'").await;
        assert_eq!(page.run("return window.thrown", vec![]).await, json!([]));
        says_only(&page, "Content Security Policy").await;
    });
}

#[test]
fn a_browser_without_webassembly_is_told() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        let inside = with_fallback();
        super::host::serve(
            stage,
            "/old.js",
            "text/javascript",
            "",
            "delete globalThis.WebAssembly",
        );
        host(stage, &page, &format!("<script src=/old.js></script>{inside}")).await;
        fails(&page, "This browser has no WebAssembly.").await;
    });
}

#[test]
fn without_a_network_it_can_be_tried_again() {
    e2e_in_chromium("a network that is taken away", async |stage| {
        let page = stage.open("/embed/embed.css").await;
        sign_in(&page).await;
        let below = "<div style='block-size:5000px'></div>";
        let inside = with_fallback().replace("eager", "lazy");
        host(stage, &page, &format!("{below}{inside}")).await;
        is(&page, "element.state", json!("idle")).await;
        page.set_offline(true).await;
        done(&page, "element.scrollIntoView()").await;
        fails(&page, "The program could not be loaded").await;
        page.set_offline(false).await;
        page.button("Try again").click().await;
        page.row_count_is(64).await;
        let _: Value = done(&page, "return null").await;
    });
}
