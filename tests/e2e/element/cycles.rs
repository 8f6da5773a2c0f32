//! C8 of the contract: what comes and goes hundreds of times leaves nothing behind.

use super::host::{ELEMENT, LIBRARY, all_is_well, awaited, host, library, signed_in};
use crate::harness::{Page, e2e, e2e_in_chromium, json};

/// Comes, is shown, and goes, so often. Waits for neither rows nor answers: most pages that do this do not either.
async fn cycle(page: &Page, times: usize) {
    let script = format!(
        "const next = () => new Promise((done) => setTimeout(done));
         for (let turn = 0; turn < {times}; turn += 1) {{
             const it = document.createElement('meet-recordings');
             it.serverUrl = '/';
             it.loading = 'eager';
             document.body.append(it);
             await it.ready;
             it.remove();
             await next();
         }}"
    );
    assert_eq!(awaited(page, &script).await, json!(null));
}

async fn wasm_bytes(page: &Page) -> u64 {
    let script =
        "return (await (await load('meet_recordings.js')).default()).memory.buffer.byteLength";
    awaited(page, script).await.as_u64().unwrap()
}

/// Bytes of the page's own objects, after all that can go is gone.
async fn heap_bytes(page: &Page) -> f64 {
    for _ in 0..3 {
        page.cdp("HeapProfiler.collectGarbage", json!({})).await;
    }
    page.cdp("Runtime.getHeapUsage", json!({})).await["usedSize"].as_f64().unwrap()
}

#[test]
fn five_hundred_leave_less_than_a_megabyte() {
    e2e_in_chromium("the size of the heap", async |stage| {
        let page = library(stage).await;
        // What is made once and kept is not counted.
        cycle(&page, 20).await;
        let before = heap_bytes(&page).await;
        let wasm = wasm_bytes(&page).await;
        cycle(&page, 500).await;
        let grown = heap_bytes(&page).await - before;
        eprintln!("heap: {grown} bytes more of {before}");
        assert!(grown < 1_000_000.0, "{grown} bytes more");
        assert_eq!(wasm_bytes(&page).await, wasm, "no page of the program's memory more");
        page.row_count_is(64).await;
        all_is_well(&page).await;
    });
}

/// Counted where no heap can be looked at: what listens to the page around, and what is asked of the server afterwards.
#[test]
fn nothing_of_those_that_went_listens_or_asks() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        let count = "window.count = undefined;
            for (const target of [window, document]) {
                const { addEventListener, removeEventListener } = target;
                const mine = new Set();
                target.addEventListener = function (type, listener, options) {
                    mine.add(listener);
                    options?.signal?.addEventListener('abort', () => mine.delete(listener));
                    return addEventListener.call(target, type, listener, options);
                };
                target.removeEventListener = function (type, listener, options) {
                    mine.delete(listener);
                    return removeEventListener.call(target, type, listener, options);
                };
                window.count = ((before) => () => mine.size + (before?.() ?? 0))(window.count);
            }";
        super::host::serve(stage, "/count.js", "text/javascript", "", count);
        host(stage, &page, &format!("<script src=/count.js></script>{ELEMENT}{LIBRARY}")).await;
        page.row_count_is(64).await;
        cycle(&page, 5).await;
        let script = "return [window.count(), document.querySelectorAll('*').length]";
        let before = page.run(script, vec![]).await;
        let wasm = wasm_bytes(&page).await;
        cycle(&page, 50).await;
        assert_eq!(page.run(script, vec![]).await, before);
        assert_eq!(wasm_bytes(&page).await, wasm);
        page.ask_for_no_news().await;
        stage.hooks.clear_requests();
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        // The one that stays may fetch a part that it will need.
        let later = stage.requests("", "/api/");
        assert!(later.is_empty(), "{later:?}");
        all_is_well(&page).await;
    });
}
