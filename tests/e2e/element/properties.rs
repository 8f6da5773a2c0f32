//! C1 and C4 of the contract: what cannot be an attribute, set before and after there is anything to take it.

use super::host::{
    ELEMENT, LIBRARY, all_is_well, awaited, done, forget, host, is, library, signed_in,
};
use crate::harness::{Config, Dialect, LIST, Page, e2e, e2e_with, json, text};

/// Ids of recordings of rooms with this in their name.
async fn ids_of(page: &Page, name: &str) -> Vec<String> {
    let all = page.recordings().await;
    let of = all.iter().filter(|it| text(it, "roomName").contains(name));
    of.map(|it| text(it, "recordingId").to_owned()).collect()
}

#[test]
fn what_is_set_before_the_definition_is_taken_over() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        let ids = ids_of(&page, "Sprint").await;
        host(stage, &page, "<meet-recordings></meet-recordings>").await;
        let script = format!(
            "Object.assign(element, {{
                 serverUrl: '/', loading: 'eager', noDelete: true, pageSize: 50, layout: 'table', query: 'q=Sprint',
                 columns: ['size'], selection: ['{}'], messages: {{ Refresh: 'Once more' }},
             }});
             element.fetchToken = () => 'token';
             await load('meet-recordings.js');
             const read = [Object.keys(element), element.getAttribute('server-url'), element.noDelete, element.pageSize, element.query,
                 element.columns, typeof element.fetchToken];
             await element.ready;
             return read",
            ids[0]
        );
        let read = awaited(&page, &script).await;
        assert_eq!(read, json!([[], "/", true, 50, "q=Sprint", ["size"], "function"]));
        page.row_count_is(8).await;
        is(&page, "element.selection", json!([ids[0]])).await;
        page.button("Once more").first().await;
        all_is_well(&page).await;
    });
}

#[test]
fn a_query_is_kept_from_before_until_after() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        let below = "<div style='block-size:5000px'></div>";
        host(stage, &page, &format!("{ELEMENT}{below}{}", LIBRARY.replace("eager", "lazy"))).await;
        is(&page, "element.state", json!("idle")).await;
        let script = "element.query = 'q=Sprint';
            const before = element.query;
            element.scrollIntoView();
            return [before, await element.ready === element, element.query]";
        assert_eq!(awaited(&page, script).await, json!(["q=Sprint", true, "q=Sprint"]));
        page.row_count_is(8).await;

        // What it does not know it leaves out, at once.
        let script = "element.query = 'q=Design&sort=nonsense&x=1'; return element.query";
        assert_eq!(done(&page, script).await, json!("q=Design"));
        page.row_count_is(7).await;

        // Away and back.
        let script = "element.remove();
            await new Promise((done) => setTimeout(done, 50));
            const away = element.query;
            element.loading = 'eager';
            document.body.append(element);
            await element.ready;
            return [away, element.query]";
        assert_eq!(awaited(&page, script).await, json!(["q=Design", "q=Design"]));
        page.row_count_is(7).await;
        done(&page, "element.query = null").await;
        page.row_count_is(64).await;
    });
}

#[test]
fn a_selection_waits_for_the_rows() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        let ids = ids_of(&page, "Sprint").await;
        host(stage, &page, ELEMENT).await;
        let script = format!(
            "const element = document.createElement('meet-recordings');
             Object.assign(element, {{ serverUrl: '/', loading: 'eager', selection: ['{}', 'nobody', '{}'] }});
             const before = element.selection;
             document.body.append(element);
             return before",
            ids[1], ids[2]
        );
        // As it was set, as long as nobody can know better.
        assert_eq!(awaited(&page, &script).await, json!([ids[1], "nobody", ids[2]]));
        is(&page, "element.selection.sort()", json!(sorted(&ids[1..3]))).await;
        page.says("2 selected").await;
        // A copy: what is done to it changes nothing.
        let script = "element.selection.length = 0; return element.selection.length";
        assert_eq!(done(&page, script).await, json!(2));
        for nothing in ["[]", "null", "undefined", "'text'"] {
            done(&page, &format!("element.selection = ['{}']", ids[0])).await;
            is(&page, "element.selection.length", json!(1)).await;
            done(&page, &format!("element.selection = {nothing}")).await;
            is(&page, "element.selection", json!([])).await;
        }
    });
}

fn sorted(ids: &[String]) -> Vec<String> {
    let mut ids = ids.to_vec();
    ids.sort();
    ids
}

#[test]
fn columns_change_what_is_shown_at_once() {
    e2e(async |stage| {
        let page = library(stage).await;
        page.role("columnheader").named("Date").first().await;
        stage.hooks.clear_requests();
        forget(&page).await;
        done(&page, "element.columns = ['size', 'room']").await;
        page.role("columnheader").named("Date").gone().await;
        page.role("columnheader").named("Size").first().await;
        assert_eq!(done(&page, "return element.columns").await, json!(["size", "room"]));
        for nothing in ["undefined", "null", "['size', 'nonsense']", "'size'", "[{}]"] {
            done(&page, "element.columns = ['size']").await;
            page.role("columnheader").named("Date").gone().await;
            done(&page, &format!("element.columns = {nothing}")).await;
            page.role("columnheader").named("Date").first().await;
        }
        assert_eq!(stage.requests("GET", LIST).len(), 0, "nothing of it is the server's");
        assert_eq!(page.run("return window.heard", vec![]).await, json!([]));
    });
}

/// As frameworks do at every turn.
#[test]
fn setting_the_same_again_does_nothing() {
    e2e(async |stage| {
        let page = library(stage).await;
        let script = "window.set = () => Object.assign(element, {
                serverUrl: '/', loading: 'eager', messages: { Refresh: 'Once more' }, columns: ['size'], selection: [], query: '',
                fetchToken: () => 'token', noDelete: false, pageSize: 100, recordingSecret: '',
            });
            window.set()";
        done(&page, script).await;
        page.button("Once more").first().await;
        page.row_count_is(64).await;
        stage.hooks.clear_requests();
        forget(&page).await;
        let script = "const before = element.shadowRoot?.querySelector('[role=row]');
            for (let turn = 0; turn < 10; turn += 1) {
                window.set();
                await new Promise((done) => setTimeout(done, 20));
            }
            return before === element.shadowRoot?.querySelector('[role=row]')";
        assert_eq!(awaited(&page, script).await, json!(true));
        assert_eq!(stage.requests("GET", LIST).len(), 0);
        assert_eq!(page.run("return window.heard", vec![]).await, json!([]));
    });
}

#[test]
fn a_state_says_what_is_shown() {
    let config = Config { dialect: Dialect::B, ..Config::default() };
    e2e_with(config, async |stage| {
        let page = stage.open("/embed/embed.css").await;
        host(stage, &page, &format!("{ELEMENT}{LIBRARY}")).await;
        is(&page, "element.state", json!("signed-out")).await;
        page.sign_in().await;
        is(&page, "element.state", json!("ready")).await;
        let id = page.ids_with("COMPLETE").await.swap_remove(0);
        done(&page, &format!("element.recordingId = '{id}'")).await;
        is(&page, "element.state", json!("ready")).await;
        page.role("region").named("Player").first().await;
        done(&page, "element.recordingId = null; element.serverUrl = 'javascript:1'").await;
        is(&page, "element.state", json!("error")).await;
        // Read only.
        let script = "element.state = 'ready'; return element.state";
        assert_eq!(done(&page, script).await, json!("error"));
    });
}
