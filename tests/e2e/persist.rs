//! The list kept by the browser for the next visit, where the host page allows it: there at once, brought up to date, and
//! gone with the user.

use std::time::Duration;

use crate::harness::{
    Action, Config, LIST, Page, Rule, Stage, e2e_with, equal, eventually, json, stays,
};

const EMBED: &str = "/embed/minimal.html";

fn with_sample(test: impl AsyncFnOnce(&mut Stage, Page)) {
    e2e_with(Config { clock_speed: 0.0, ..Config::default() }, async |stage| {
        let page = stage.open_library().await;
        test(stage, page).await;
    });
}

/// Puts an element that may keep its list in place of the one that is there.
async fn keeping(page: &Page) {
    page.go(EMBED).await;
    // It is kept when nothing has changed for some seconds.
    page.hurry(5).await;
    let script = "const element = document.createElement('meet-recordings');
        element.setAttribute('server-url', '/');
        element.setAttribute('persist', '');
        element.setAttribute('loading', 'eager');
        document.querySelector('meet-recordings').replaceWith(element)";
    page.run(script, vec![]).await;
}

/// How many bytes of ours the browser holds. Only Chromium tells the names of all databases in time.
async fn is_kept(page: &Page) -> bool {
    let script = "const done = arguments[0];
        indexedDB.databases().then((all) => {
            const own = all.find((it) => it.name === 'meet-recordings');
            if (!own) return done(0);
            const open = indexedDB.open(own.name);
            open.onerror = () => done(0);
            open.onsuccess = async () => {
                const db = open.result;
                let count = 0;
                for (const name of db.objectStoreNames) {
                    await new Promise((next) => {
                        const ask = db.transaction(name).objectStore(name).count();
                        ask.onsuccess = () => { count += ask.result; next(); };
                        ask.onerror = next;
                    });
                }
                db.close();
                done(count);
            };
        }, () => done(0))";
    page.run_async(script, vec![]).await != json!(0)
}

async fn wait_until_kept(page: &Page) {
    eventually("kept", async || equal(is_kept(page).await, true)).await;
}

#[test]
fn the_next_visit_begins_with_what_was_known() {
    with_sample(async |stage, page| {
        keeping(&page).await;
        page.row_count_is(64).await;
        wait_until_kept(&page).await;
        stage.hooks.add_rule(Rule::once(LIST, Action::Delay { ms: 2500 }));
        let gone = page.ids_with("COMPLETE").await.swap_remove(0);
        assert!(stage.hooks.remove_recording(&gone));
        let added = stage.hooks.add_recordings(2);
        keeping(&page).await;
        page.row("known from before", |it| it.title == "Physics 101").await;
        // Then what has changed since.
        page.row_count_is(65).await;
        page.search_id(&added[1]).await;
        page.search(&gone).await;
        page.says("No recording matches").await;
    });
}

#[test]
fn nothing_is_kept_unless_it_is_allowed() {
    with_sample(async |_, page| {
        page.go(EMBED).await;
        page.row_count_is(64).await;
        stays(Duration::from_millis(1500), "nothing", async || equal(is_kept(&page).await, false))
            .await;
    });
}

#[test]
fn signing_out_wipes_it() {
    with_sample(async |_, page| {
        keeping(&page).await;
        page.row_count_is(64).await;
        wait_until_kept(&page).await;
        page.go("/").await;
        page.has_rows().await;
        page.button("Sign out").click().await;
        page.role("textbox").named("User").first().await;
        eventually("wiped", async || equal(is_kept(&page).await, false)).await;
    });
}

/// What one user saw is not shown to the next, not even for a moment.
#[test]
fn another_user_sees_nothing_of_it() {
    with_sample(async |stage, page| {
        keeping(&page).await;
        page.row_count_is(64).await;
        wait_until_kept(&page).await;
        stage.hooks.expire_sessions();
        keeping(&page).await;
        page.role("textbox").named("User").first().await;
        assert_eq!(page.row_count().await, Some(0));
        stage.hooks.add_rule(Rule::once(LIST, Action::Delay { ms: 1200 }));
        page.sign_in_as("user", "user1").await;
        stays(Duration::from_millis(800), "no rows of another", async || {
            equal(page.row_count().await, Some(0))
        })
        .await;
    });
}

/// What lies there is not ours to trust.
#[test]
fn what_is_broken_is_as_if_it_was_not_there() {
    with_sample(async |_, page| {
        keeping(&page).await;
        page.row_count_is(64).await;
        wait_until_kept(&page).await;
        let spoil = "const done = arguments[0];
            const open = indexedDB.open('meet-recordings');
            open.onsuccess = () => {
                const db = open.result;
                const change = db.transaction([...db.objectStoreNames], 'readwrite');
                for (const name of db.objectStoreNames) {
                    const walk = change.objectStore(name).openCursor();
                    walk.onsuccess = () => {
                        const at = walk.result;
                        if (!at) return;
                        const it = at.value;
                        if (it instanceof Uint8Array) at.update(it.map((byte, place) => byte ^ (place * 7)));
                        else if (it instanceof ArrayBuffer) at.update(new Uint8Array(it).map((byte) => byte ^ 85).buffer);
                        at.continue();
                    };
                }
                change.oncomplete = () => { db.close(); done(true); };
            }";
        page.go("/embed/").await;
        page.run_async(spoil, vec![]).await;
        keeping(&page).await;
        page.row_count_is(64).await;
        assert_eq!(page.whole_list().await.len(), 64);
    });
}
