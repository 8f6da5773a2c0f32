//! C6 of the contract: what a page hears, and what it can keep from happening. It hears of what people do, and of nothing
//! that it does itself.

use super::host::{
    ELEMENT, LIBRARY, all_is_well, awaited, done, forget, heard, hears, host, is, library,
    signed_in,
};
use crate::harness::{
    Action, LIST, Page, Rule, Stage, Value, e2e, e2e_in_chromium, equal, eventually, json, text,
};

async fn forbid(page: &Page, event: &str) {
    page.run("window.forbidden = arguments[0]", vec![json!(event)]).await;
}

async fn minute(page: &Page) -> String {
    text(&page.recording_of(60.0).await, "recordingId").to_owned()
}

/// Each bubbles out of any shadow root, can be prevented only if it is about what is to happen, and holds still.
async fn are_as_described(page: &Page) {
    let all = page.run("return window.heard", vec![]).await;
    assert!(!all.as_array().unwrap().is_empty());
    for event in all.as_array().unwrap() {
        let is_wish = event["type"].as_str().unwrap().starts_with("meet-before-");
        assert_eq!(event["cancelable"], json!(is_wish), "{event}");
        for always in ["bubbles", "composed", "isFrozen"] {
            assert_eq!(event[always], json!(true), "{always}: {event}");
        }
        assert_eq!(event["target"], json!("meet-recordings"));
    }
}

async fn types(page: &Page) -> Value {
    page.run("return window.heard.map((it) => it.type)", vec![]).await
}

#[test]
fn loading_is_heard_once() {
    e2e(async |stage| {
        let page = library(stage).await;
        hears(&page, "meet-load", json!({ "count": 64, "total": null })).await;
        assert_eq!(heard(&page, "meet-ready").await, [json!({})]);
        assert_eq!(types(&page).await, json!(["meet-ready", "meet-load"]));
        are_as_described(&page).await;
        forget(&page).await;
        page.button("Refresh").click().await;
        hears(&page, "meet-load", json!({ "count": 64, "total": null })).await;
        assert_eq!(types(&page).await, json!(["meet-load"]));
    });
}

#[test]
fn what_the_page_does_it_does_not_hear() {
    e2e(async |stage| {
        let page = library(stage).await;
        let id = minute(&page).await;
        forget(&page).await;
        let script = format!(
            "element.query = 'q=Sprint';
             element.selection = ['{id}'];
             element.select([]);
             element.columns = ['size'];
             element.layout = 'cards';
             element.theme = 'dark';
             element.controls = 'native';
             await new Promise((done) => setTimeout(done, 300));
             element.query = '';
             await new Promise((done) => setTimeout(done, 300))"
        );
        awaited(&page, &script).await;
        page.row_count_is(64).await;
        assert_eq!(types(&page).await, json!([]));
    });
}

#[test]
fn another_view_is_heard_with_its_query() {
    e2e(async |stage| {
        let page = library(stage).await;
        forget(&page).await;
        page.search("Sprint").await;
        hears(&page, "meet-query-change", json!({ "query": "q=Sprint" })).await;
        is(&page, "element.query", json!("q=Sprint")).await;
        page.button("Size").click().await;
        hears(&page, "meet-query-change", json!({ "query": "q=Sprint&sort=-size" })).await;
        are_as_described(&page).await;
    });
}

#[test]
fn a_selection_is_heard_with_its_count() {
    e2e(async |stage| {
        let page = library(stage).await;
        forget(&page).await;
        page.row_at(1).await.select().await;
        hears(&page, "meet-selection-change", json!({ "count": 1 })).await;
        page.row_at(3).await.select().await;
        hears(&page, "meet-selection-change", json!({ "count": 2 })).await;
        is(&page, "element.selection.length", json!(2)).await;
        are_as_described(&page).await;
    });
}

#[test]
fn playing_pausing_and_the_end_are_heard() {
    e2e(async |stage| {
        let page = library(stage).await;
        let id = minute(&page).await;
        page.search_id(&id).await;
        forget(&page).await;
        page.first_row().await.play().await;
        hears(&page, "meet-before-play", json!({ "id": id })).await;
        page.plays().await;
        hears(&page, "meet-play", json!({ "id": id })).await;
        is(&page, "element.matches(':state(playing)')", json!(true)).await;
        awaited(&page, "await element.pause()").await;
        let at = page.video("is paused", |it| it.is_paused).await.time;
        eventually("a pause", async || {
            let pauses = heard(&page, "meet-pause").await;
            let last = pauses.last().ok_or("none")?;
            equal(&last["id"], &json!(id))?;
            let told = last["at"].as_f64().unwrap();
            if (told - at).abs() < 0.3 { Ok(()) } else { Err(format!("{told} s of {at} s")) }
        })
        .await;
        awaited(&page, "await element.seek(59.5); await element.play()").await;
        hears(&page, "meet-ended", json!({ "id": id })).await;
        are_as_described(&page).await;
    });
}

#[test]
fn playing_can_be_prevented() {
    e2e(async |stage| {
        let page = library(stage).await;
        let id = minute(&page).await;
        page.search_id(&id).await;
        forbid(&page, "meet-before-play").await;
        page.first_row().await.click_play().await;
        hears(&page, "meet-before-play", json!({ "id": id })).await;
        assert_eq!(page.role("region").named("Player").count().await, 0);
        assert_eq!(stage.media_requests().len(), 0);
        forbid(&page, "").await;
        page.first_row().await.play().await;
    });
}

#[test]
fn a_deletion_is_heard_and_can_be_prevented() {
    e2e(async |stage| {
        let page = library(stage).await;
        let id = minute(&page).await;
        page.search_id(&id).await;
        forbid(&page, "meet-before-delete").await;
        page.choose("Delete").await;
        if page.role("alertdialog").is_there().await {
            page.button("Delete").click().await;
        }
        hears(&page, "meet-before-delete", json!({ "ids": [id] })).await;
        page.role("alertdialog").gone().await;
        page.row_count_is(1).await;
        assert_eq!(stage.requests("DELETE", "").len(), 0);

        forbid(&page, "").await;
        forget(&page).await;
        page.choose("Delete").await;
        page.confirm_deletion().await;
        hears(&page, "meet-delete", json!({ "ids": [id] })).await;
        assert_eq!(heard(&page, "meet-before-delete").await, [json!({ "ids": [id] })]);
        let frozen = "return window.heard.filter((it) => it.detail.ids).length";
        assert_ne!(page.run(frozen, vec![]).await, json!(0));
        are_as_described(&page).await;
    });
}

#[test]
fn a_download_can_be_prevented() {
    e2e_in_chromium("saved files", async |stage| {
        let page = library(stage).await;
        let recording = page.recording_of(60.0).await;
        let id = text(&recording, "recordingId");
        page.search_id(id).await;
        forbid(&page, "meet-before-download").await;
        page.choose("Download").await;
        hears(&page, "meet-before-download", json!({ "ids": [id] })).await;
        assert_eq!(stage.media_requests().len(), 0);
        forbid(&page, "").await;
        page.choose("Download").await;
        stage.saved_as(text(&recording, "filename")).await;
        are_as_described(&page).await;
    });
}

/// That a link was made, not the link, which opens the recording to whoever has it.
#[test]
fn a_share_is_heard_without_its_link() {
    e2e(async |stage| {
        let page = library(stage).await;
        let id = minute(&page).await;
        page.search_id(&id).await;
        page.choose("Share…").await;
        page.role("dialog").named("Share recording").first().await;
        hears(&page, "meet-share", json!({ "id": id, "access": "anyone" })).await;
        page.role("radio").named("Signed-in users").click().await;
        hears(&page, "meet-share", json!({ "id": id, "access": "signed-in" })).await;
        let all = page.run("return JSON.stringify(window.heard)", vec![]).await;
        assert!(!all.as_str().unwrap().contains("secret"));
        are_as_described(&page).await;
    });
}

#[test]
fn a_missing_sign_in_is_heard_with_its_reason() {
    e2e(async |stage| {
        let page = stage.open("/embed/embed.css").await;
        host(stage, &page, &format!("{ELEMENT}{LIBRARY}")).await;
        hears(&page, "meet-auth-required", json!({ "reason": "signed-out" })).await;
        assert_eq!(heard(&page, "meet-error").await, Vec::<Value>::new());
        page.sign_in().await;
        page.row_count_is(64).await;
        forget(&page).await;
        stage.hooks.expire_sessions();
        page.button("Refresh").click().await;
        hears(&page, "meet-auth-required", json!({ "reason": "expired" })).await;
        assert_eq!(types(&page).await, json!(["meet-auth-required"]));
        are_as_described(&page).await;
    });
}

async fn fails_with(stage: &Stage, page: &Page, action: Action, wanted: Value) {
    forget(page).await;
    stage.hooks.add_rule(Rule::always(LIST, action));
    awaited(page, "await element.refresh()").await;
    eventually("meet-error", async || {
        let errors = heard(page, "meet-error").await;
        let last = errors.last().ok_or("none")?;
        let told = json!([last["code"], last["status"], last["retryable"]]);
        equal(told, wanted.clone())?;
        if last["message"].as_str().is_some_and(|it| it.len() > 10) {
            Ok(())
        } else {
            Err(last.to_string())
        }
    })
    .await;
    stage.hooks.clear_rules();
}

#[test]
fn failures_are_heard_with_a_code() {
    e2e(async |stage| {
        let page = library(stage).await;
        let html = Action::body("text/html", "<p>Sign in");
        for (action, wanted) in [
            (Action::status(403), json!(["forbidden", 403, false])),
            (html, json!(["unexpected-answer", null, true])),
        ] {
            fails_with(stage, &page, action, wanted).await;
        }
        are_as_described(&page).await;
        all_is_well(&page).await;
    });
}

/// What a listener throws is its own affair.
#[test]
fn a_listener_that_throws_breaks_nothing() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        host(stage, &page, ELEMENT).await;
        let script = "const it = document.createElement('meet-recordings');
            const types = ['ready', 'load', 'before-play', 'play', 'selection-change', 'query-change'];
            for (const type of types) it.addEventListener(`meet-${type}`, () => { throw new Error('theirs') });
            Object.assign(it, { serverUrl: '/', loading: 'eager' });
            // The console is to stay clean: that the browser notes them there is known.
            window.addEventListener('error', (event) => event.preventDefault());
            document.body.append(it)";
        done(&page, script).await;
        page.row_count_is(64).await;
        page.search("Sprint").await;
        page.row_count_is(8).await;
        page.row_at(0).await.select().await;
        page.row_of_length("1:00").await.play().await;
        page.video("plays", |it| it.width > 0).await;
    });
}
