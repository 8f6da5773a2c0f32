//! C9 of the contract: a failure of the program, which ends it, costs one element its view until its reader says otherwise,
//! and the page and its other elements nothing.

use super::host::{ELEMENT, LIBRARY, awaited, done, heard, hears, host, is, signed_in};
use crate::harness::{Page, Stage, e2e, equal, eventually, json};

/// Two libraries, of which the second is the first one's neighbour.
async fn neighbours(stage: &mut Stage) -> Page {
    let page = signed_in(stage).await;
    host(stage, &page, &format!("{ELEMENT}{LIBRARY}{LIBRARY}")).await;
    let script = "[window.first, window.second] = document.querySelectorAll('meet-recordings');
        window.addEventListener('error', (event) => event.preventDefault())";
    done(&page, script).await;
    shows(&page, "first").await;
    shows(&page, "second").await;
    page.run("window.heard.length = 0", vec![]).await;
    page
}

async fn shows(page: &Page, which: &str) {
    let rows = format!(
        "window.{which}.shadowRoot?.querySelector('[role=grid]')?.getAttribute('aria-rowcount')"
    );
    is(page, &rows, json!("65")).await;
}

/// Lets the program fail in the code of the element with this number, in the order in which they came about.
async fn fail(page: &Page, number: u32) {
    let script = format!(
        "const program = await load('meet_recordings.js');
         const root = document.createElement('div').attachShadow({{ mode: 'open' }});
         const handle = program.mount(root, {{ serverUrl: '/', language: 'en', element: {number} }});
         try {{ program.fail(handle) }} catch (error) {{ return error.name }}"
    );
    // By its name: scripts of a driver have a WebAssembly of their own in Firefox.
    assert_eq!(awaited(page, &script).await, json!("RuntimeError"));
}

#[test]
fn one_that_fails_says_so_and_the_other_goes_on() {
    e2e(async |stage| {
        let page = neighbours(stage).await;
        fail(&page, 1).await;
        page.alert_says("This is a bug in the element").await;
        is(&page, "[window.first.state, window.second.state]", json!(["error", "ready"])).await;
        shows(&page, "second").await;
        let errors = heard(&page, "meet-error").await;
        assert_eq!(errors.len(), 1, "{errors:?}");
        let told = json!([errors[0]["code"], errors[0]["status"], errors[0]["retryable"]]);
        assert_eq!(told, json!(["stopped", null, true]));

        // What was looked at is looked at again.
        done(&page, "window.first.query = 'q=Sprint'").await;
        page.button("Reload").click().await;
        is(&page, "window.first.state", json!("ready")).await;
        page.row_count_is(8).await;
        shows(&page, "second").await;
        let wasm = stage.requests("GET", "/element/meet_recordings_bg.wasm");
        assert_eq!(wasm.len(), 1, "begun anew without another download");
    });
}

/// What is called on one that has failed says why, and nothing of the dead program runs.
#[test]
fn one_that_has_failed_can_be_asked_for_anything() {
    e2e(async |stage| {
        let page = neighbours(stage).await;
        fail(&page, 2).await;
        is(&page, "[window.first.state, window.second.state]", json!(["ready", "error"])).await;
        let script = "const it = window.second;
            it.query = 'q=Sprint';
            it.selection = ['x'];
            it.columns = ['size'];
            it.layout = 'cards';
            it.controls = 'native';
            it.focus();
            const calls = [it.refresh(), it.play('x'), it.pause(), it.seek(3), it.ready];
            const reasons = await Promise.allSettled(calls);
            return reasons.map((it) => it.status)";
        assert_eq!(awaited(&page, script).await, json!(vec!["rejected"; 5]));
        shows(&page, "first").await;
        done(&page, "window.second.remove()").await;
        shows(&page, "first").await;
    });
}

/// Where nobody knows in whose code it was: each has to be told, and one press brings each back.
#[test]
fn a_failure_of_nobodys_is_everybodys() {
    e2e(async |stage| {
        let page = neighbours(stage).await;
        fail(&page, 0).await;
        is(&page, "[window.first.state, window.second.state]", json!(["error", "error"])).await;
        for which in ["first", "second"] {
            page.button("Reload").click().await;
            is(&page, &format!("window.{which}.state"), json!("ready")).await;
        }
        shows(&page, "first").await;
        shows(&page, "second").await;
    });
}

/// A trap that is no panic, such as the end of the stack, is told by the browser alone.
#[test]
fn a_trap_that_is_no_panic_is_noticed() {
    e2e(async |stage| {
        let page = neighbours(stage).await;
        let script = "trap('RuntimeError: unreachable at meet_recordings.wasm');
            await new Promise((done) => setTimeout(done));
            return [window.first.state, window.second.state]";
        assert_eq!(awaited(&page, script).await, json!(["error", "error"]));
        hears(&page, "meet-error", heard(&page, "meet-error").await.last().unwrap().clone()).await;
        page.alert_says("This is a bug in the element (unreachable)").await;
        page.button("Reload").click().await;
        is(&page, "window.first.state", json!("ready")).await;
        shows(&page, "first").await;
    });
}

/// Somebody else's program may fail as it likes.
#[test]
fn a_trap_of_somebody_elses_is_not_ours() {
    e2e(async |stage| {
        let page = neighbours(stage).await;
        let script = "trap('RuntimeError: unreachable at their.wasm');
            await new Promise((done) => setTimeout(done, 50));
            return [window.first.state, window.second.state]";
        assert_eq!(awaited(&page, script).await, json!(["ready", "ready"]));
    });
}

#[test]
fn it_fails_and_comes_back_again_and_again() {
    e2e(async |stage| {
        let page = neighbours(stage).await;
        for _ in 0..5 {
            fail(&page, 1).await;
            is(&page, "window.first.state", json!("error")).await;
            page.button("Reload").click().await;
            is(&page, "window.first.state", json!("ready")).await;
            is(&page, "window.second.state", json!("ready")).await;
        }
        let script =
            "return (await (await load('meet_recordings.js')).default()).memory.buffer.byteLength";
        let bytes = awaited(&page, script).await.as_u64().unwrap();
        assert!(bytes < 64 << 20, "{bytes} bytes");
        page.row_count_is(64).await;
        eventually("no error since", async || equal(heard(&page, "meet-error").await.len(), 5))
            .await;
    });
}
