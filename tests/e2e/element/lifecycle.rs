//! C8 of the contract: leaving the page, coming back, and moving within it and out of it.

use std::time::Duration;

use super::host::{
    ELEMENT, LIBRARY, all_is_well, awaited, done, heard, host, is, library, signed_in,
};
use crate::harness::{
    Action, LIST, MEDIA, Page, Rule, Stage, e2e, equal, json, stays, text, within,
};

/// A library that plays a long recording, slowly sent.
async fn playing(stage: &mut Stage) -> Page {
    stage.hooks.set_clock_speed(0.0);
    stage.hooks.add_rule(Rule::always(MEDIA, Action::Throttle { bytes_per_second: 400_000 }));
    let page = library(stage).await;
    let recording = page.recording_of(1200.0).await;
    let id = text(&recording, "recordingId");
    awaited(&page, &format!("await element.play('{id}')")).await;
    page.plays().await;
    page
}

#[test]
fn removing_it_releases_everything() {
    e2e(async |stage| {
        let page = playing(stage).await;
        assert!(stage.hooks.open_media() > 0);
        done(&page, "element.remove()").await;
        within(Duration::from_secs(2), "connections are free", async || {
            equal(stage.hooks.open_media(), 0)
        })
        .await;
        stage.hooks.clear_requests();
        // Longer than the pause between two turns of asking after recordings in progress.
        stays(Duration::from_secs(5), "no requests", async || {
            equal(stage.hooks.requests().len(), 0)
        })
        .await;
    });
}

#[test]
fn it_comes_back_as_it_was_looked_at() {
    e2e(async |stage| {
        let page = library(stage).await;
        page.search("Sprint").await;
        page.row_count_is(8).await;
        page.row_at(1).await.select().await;
        is(&page, "element.selection.length", json!(1)).await;
        let script = "const [id] = element.selection;
            element.remove();
            await new Promise((done) => setTimeout(done, 50));
            const away = [element.state, element.shadowRoot?.querySelectorAll('[role=row]').length, element.selection[0] === id];
            document.body.append(element);
            await element.ready;
            return away";
        assert_eq!(awaited(&page, script).await, json!(["idle", 0, true]));
        page.row_count_is(8).await;
        is(&page, "element.selection.length", json!(1)).await;
        page.search("Design").await;
        page.row_count_is(7).await;
        all_is_well(&page).await;
    });
}

#[test]
fn a_move_keeps_everything_as_it_is() {
    e2e(async |stage| {
        let page = playing(stage).await;
        page.run("window.heard.length = 0", vec![]).await;
        stage.hooks.clear_requests();
        let before = page.frame().await.unwrap().time;
        let script = "const box = document.createElement('div');
            document.body.append(box);
            const video = element.shadowRoot?.querySelector('video');
            box.append(element);
            await new Promise((done) => setTimeout(done, 100));
            return video === element.shadowRoot?.querySelector('video')";
        assert_eq!(awaited(&page, script).await, json!(true));
        assert!(page.frame().await.unwrap().time >= before, "it stays at its place");
        assert_eq!(heard(&page, "meet-ready").await.len(), 0);
        assert_eq!(stage.requests("GET", LIST).len(), 0);
        all_is_well(&page).await;
    });
}

/// A browser that can move without taking out does not even pause.
#[test]
fn a_move_in_one_piece_goes_on_playing() {
    e2e(async |stage| {
        let page = playing(stage).await;
        let script = "if (!document.body.moveBefore) return 'unknown';
            const box = document.createElement('div');
            document.body.append(box);
            box.moveBefore(element, null);
            await new Promise((done) => setTimeout(done, 100));
            return element.shadowRoot?.querySelector('video').paused";
        let is_paused = awaited(&page, script).await;
        assert!([json!(false), json!("unknown")].contains(&is_paused), "{is_paused}");
        all_is_well(&page).await;
    });
}

#[test]
fn attributes_that_change_while_it_is_away_count_when_it_is_back() {
    e2e(async |stage| {
        let page = library(stage).await;
        let script = "element.remove();
            await new Promise((done) => setTimeout(done, 50));
            element.noSearch = true;
            element.lang = 'en';
            element.query = 'q=Sprint';
            document.body.append(element);
            await element.ready";
        awaited(&page, script).await;
        page.row_count_is(8).await;
        assert_eq!(page.role("searchbox").count().await, 0);
    });
}

#[test]
fn leaving_while_it_loads_shows_nothing_afterwards() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        stage.hooks.add_rule(Rule::always(LIST, Action::Delay { ms: 300 }));
        stage.hooks.add_rule(Rule::once("/element/*.wasm", Action::Delay { ms: 300 }));
        host(stage, &page, &format!("{ELEMENT}{LIBRARY}")).await;
        is(&page, "element.state", json!("loading")).await;
        let script = "window.away = element;
            element.remove();
            await new Promise((done) => setTimeout(done, 800));
            return window.heard";
        assert_eq!(awaited(&page, script).await, json!([]));
        awaited(&page, "document.body.append(window.away); await window.away.ready").await;
        page.row_count_is(64).await;
        assert_eq!(heard(&page, "meet-ready").await.len(), 1);
        all_is_well(&page).await;
    });
}

#[test]
fn in_and_out_a_thousand_times_in_a_tick_is_once() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        host(stage, &page, ELEMENT).await;
        is(&page, "Boolean(customElements.get('meet-recordings'))", json!(true)).await;
        stage.hooks.clear_requests();
        let script = "const element = document.createElement('meet-recordings');
            Object.assign(element, { serverUrl: '/', loading: 'eager' });
            // In a task of the page's: in WebKit those of a driver's script end before its next line.
            await new Promise((done) => setTimeout(() => {
                for (let turn = 0; turn < 1000; turn += 1) {
                    document.body.append(element);
                    element.remove();
                }
                document.body.append(element);
                done();
            }));
            return document.querySelectorAll('meet-recordings').length";
        assert_eq!(awaited(&page, script).await, json!(1));
        page.row_count_is(64).await;
        assert_eq!(heard(&page, "meet-ready").await.len(), 1);
        let lists = stage.requests("GET", LIST).len();
        assert_eq!(lists, 1);
        all_is_well(&page).await;
    });
}

/// Its program belongs to the page that has loaded it.
#[test]
fn in_another_document_it_says_so_and_works_again_when_back() {
    e2e(async |stage| {
        let page = library(stage).await;
        let script = "const frame = document.createElement('iframe');
            document.body.append(frame);
            const inside = frame.contentDocument;
            window.moved = element;
            const error = new Promise((done) => element.addEventListener('meet-error', (it) => done(it.detail), { once: true }));
            inside.body.append(element);
            const { code, message } = await error;
            return [code, element.state, element.ownerDocument === inside, element.shadowRoot.textContent.includes(message)]";
        assert_eq!(awaited(&page, script).await, json!(["refused", "error", true, true]));
        let script = "document.body.append(window.moved); await window.moved.ready; return 1";
        assert_eq!(awaited(&page, script).await, json!(1));
        page.row_count_is(64).await;
        let sheets = done(&page, "return element.shadowRoot.adoptedStyleSheets.length > 0").await;
        assert_eq!(sheets, json!(true));
        all_is_well(&page).await;
    });
}

#[test]
fn a_copy_is_an_element_of_its_own() {
    e2e(async |stage| {
        let page = library(stage).await;
        page.search("Sprint").await;
        page.row_count_is(8).await;
        let script = "const copy = element.cloneNode(true);
            element.replaceWith(copy);
            await copy.ready;
            return [copy.query, copy.shadowRoot !== element.shadowRoot]";
        assert_eq!(awaited(&page, script).await, json!(["", true]));
        page.row_count_is(64).await;

        let script = "const template = document.createElement('template');
            template.content.append(element.cloneNode(true));
            const copy = document.importNode(template.content, true).firstElementChild;
            element.replaceWith(copy);
            await copy.ready";
        awaited(&page, script).await;
        page.row_count_is(64).await;
        all_is_well(&page).await;
    });
}
