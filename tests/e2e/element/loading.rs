//! C1 of the contract: an element at once, its program when somebody comes near it, and the first rows as soon as can be.

use std::time::Duration;

use super::host::{
    ELEMENT, LIBRARY, all_is_well, awaited, done, hears, host, host_at, is, library, sign_in,
    signed_in,
};
use crate::harness::{Action, LIST, Rule, e2e, e2e_in_chromium, equal, eventually, json, stays};

const WASM: &str = "/element/meet_recordings_bg.wasm";

#[test]
fn it_is_an_element_before_its_program_is_there() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        stage.hooks.add_rule(Rule::once(WASM, Action::Delay { ms: 1000 }));
        host(stage, &page, &format!("{ELEMENT}{LIBRARY}")).await;
        let script = "const { MeetRecordings } = await load('meet-recordings.js');
            await customElements.whenDefined('meet-recordings');
            const skeleton = element.shadowRoot?.querySelector('slot[name=loading]');
            return [element instanceof MeetRecordings, element.state, element.matches(':state(loading)'), skeleton?.checkVisibility({}) ?? false,
                element.getBoundingClientRect().height > 150]";
        let said = awaited(&page, script).await;
        assert_eq!(said, json!([true, "loading", true, said[3], true]));
        assert_eq!(awaited(&page, "return await element.ready === element").await, json!(true));
        page.row_count_is(64).await;
        all_is_well(&page).await;
    });
}

#[test]
fn it_waits_until_somebody_comes_near() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        let below = "<div style='block-size:5000px'></div>";
        host(stage, &page, &format!("{below}{ELEMENT}{}", LIBRARY.replace("eager", "lazy"))).await;
        is(&page, "element.state", json!("idle")).await;
        stays(Duration::from_millis(500), "nothing is loaded", async || {
            equal(stage.requests("GET", LIST).len() + stage.requests("GET", WASM).len(), 0)
        })
        .await;
        // Near is enough: it need not be in sight.
        let script = "window.scrollTo(0, element.offsetTop - innerHeight - 200)";
        done(&page, script).await;
        page.row_count_is(64).await;
        all_is_well(&page).await;
    });
}

#[test]
fn told_not_to_wait_it_does_not() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        let below = "<div style='block-size:5000px'></div>";
        host(stage, &page, &format!("{below}{ELEMENT}{}", LIBRARY.replace("eager", "lazy"))).await;
        is(&page, "element.state", json!("idle")).await;
        done(&page, "element.loading = 'eager'").await;
        page.row_count_is(64).await;
    });
}

/// The list is on its way while the program still is, and is asked for once.
#[test]
fn the_first_list_is_asked_for_before_the_program_is_there() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        stage.hooks.add_rule(Rule::once(WASM, Action::Delay { ms: 1500 }));
        stage.hooks.clear_requests();
        host(stage, &page, &format!("{ELEMENT}{LIBRARY}")).await;
        eventually("a list", async || equal(stage.requests("GET", LIST).len(), 1)).await;
        assert_eq!(done(&page, "return element.state").await, json!("loading"));
        page.row_count_is(64).await;
        assert_eq!(stage.requests("GET", LIST).len(), 1);
        let at = |prefix: &str| stage.requests("GET", prefix)[0].at;
        assert!(at(LIST) < at(WASM), "{} and {}", at(LIST), at(WASM));
        // The next is the program's own.
        stage.hooks.clear_requests();
        awaited(&page, "await element.refresh()").await;
        assert_eq!(stage.requests("GET", LIST).len(), 1);
    });
}

/// Not signed in, the answer says so: no second request is made to learn it again.
#[test]
fn the_first_list_is_asked_for_once_also_when_it_is_refused() {
    e2e(async |stage| {
        let page = stage.open("/embed/embed.css").await;
        stage.hooks.clear_requests();
        host(stage, &page, &format!("{ELEMENT}{LIBRARY}")).await;
        is(&page, "element.state", json!("signed-out")).await;
        let lists = stage.requests("GET", LIST);
        assert!(lists.len() <= 2, "{lists:?}");
        sign_in(&page).await;
        host(stage, &page, &format!("{ELEMENT}{}", LIBRARY.replace(" load", " page-size=10 load")))
            .await;
        page.has_rows().await;
    });
}

#[test]
fn the_first_list_is_of_the_size_that_was_asked_for() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        stage.hooks.clear_requests();
        host(stage, &page, &format!("{ELEMENT}{}", LIBRARY.replace(" load", " page-size=10 load")))
            .await;
        page.has_rows().await;
        let lists = stage.requests("GET", LIST);
        assert!(
            lists[0].path.contains("maxItems=10&") || lists[0].path.ends_with("maxItems=10"),
            "{lists:?}"
        );
    });
}

/// The shell, its program and glue, the list, and one more of the server's: no more until there are rows.
#[test]
fn no_more_than_six_requests_are_made_until_there_are_rows() {
    e2e_in_chromium("the requests of a page", async |stage| {
        let page = signed_in(stage).await;
        // Noted by the page itself at that moment: on a busy machine others follow before a frame does.
        let note = "window.rowsAt = customElements.whenDefined('meet-recordings').then(() => new Promise((resolve) => {
            const root = document.querySelector('meet-recordings').shadowRoot;
            new MutationObserver(() => root.querySelector('[role=gridcell]') && resolve(performance.now()))
                .observe(root, { childList: true, subtree: true });
        }))";
        super::host::serve(stage, "/note.js", "text/javascript", "", note);
        host(stage, &page, &format!("<script src=/note.js></script>{ELEMENT}{LIBRARY}")).await;
        page.row_count_is(64).await;
        // Of those on their way at that moment, the browser knows when they have ended.
        let ended = "return document.querySelector('meet-recordings').ready.then(() => new Promise((done) => setTimeout(done, 1000)))";
        awaited(&page, ended).await;
        let script = "const at = await window.rowsAt;
            const before = performance.getEntriesByType('resource').filter((it) => it.startTime < at);
            return before.map((it) => new URL(it.name).pathname).filter((it) => !['/host.js', '/note.js'].includes(it))";
        let requests = awaited(&page, script).await;
        let count = requests.as_array().unwrap().len();
        assert!((4..=6).contains(&count), "{requests}");
    });
}

/// Drawn at once in the size that it has for good, so that nothing below it moves.
#[test]
fn nothing_in_the_page_moves_when_it_loads() {
    e2e_in_chromium("layout shifts", async |stage| {
        let page = signed_in(stage).await;
        stage.hooks.add_rule(Rule::once(WASM, Action::Delay { ms: 300 }));
        let observe = "window.shifts = [];
            new PerformanceObserver((list) => window.shifts.push(...list.getEntries()
                .map((it) => [it.value, it.hadRecentInput, it.sources.map((source) => source.node?.nodeName)])))
                .observe({ type: 'layout-shift', buffered: true })";
        super::host::serve(stage, "/shifts.js", "text/javascript", "", observe);
        // Without it the element has no place until its script is there.
        let reserve = "<link rel=stylesheet href=/element/reserve.css>";
        let body = format!(
            "<script src=/shifts.js></script>{reserve}{ELEMENT}<h1>Above</h1>{LIBRARY}<p>Below</p>"
        );
        host(stage, &page, &body).await;
        let place = "return document.querySelector('p').getBoundingClientRect().top";
        let before = done(&page, place).await;
        page.row_count_is(64).await;
        assert_eq!(done(&page, place).await, before);
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(page.run("return window.shifts", vec![]).await, json!([]));
    });
}

/// With tokens of the page's the shell has none to ask with, and cookies are not sent either.
#[test]
fn with_tokens_the_first_list_is_the_programs() {
    e2e(async |stage| {
        let page = library(stage).await;
        stage.hooks.clear_requests();
        let script = "const other = document.createElement('meet-recordings');
            Object.assign(other, { serverUrl: '/', loading: 'eager', auth: 'token', fetchToken: () => 'none' });
            element.replaceWith(other);
            await other.ready";
        awaited(&page, script).await;
        page.says("You are not signed in").await;
        let lists = stage.requests("GET", LIST);
        assert!(lists.iter().all(|it| it.status == 401), "{lists:?}");
    });
}

/// Where the page and the server are different sites, and the browser keeps the cookies of other sites back: one list is
/// asked for, and then the ways out are named.
#[test]
fn cookies_that_are_kept_back_are_told_at_once() {
    e2e(async |stage| {
        let url = stage.url().to_owned();
        let port = url.rsplit(':').next().unwrap();
        let other = if url.contains("localhost") { "127.0.0.1" } else { "localhost" };
        let origin = format!("http://{other}:{port}");
        let headers = [
            ("access-control-allow-origin", origin.as_str()),
            ("access-control-allow-credentials", "true"),
        ];
        let headers = headers.map(|(name, value)| (name.to_owned(), Some(value.to_owned())));
        let allow = Action::SetHeaders { headers: headers.into() };
        let page = signed_in(stage).await;
        stage.hooks.add_rule(Rule::always("/api/", allow.clone()));
        stage.hooks.add_rule(Rule::always("/internal-api/", allow));
        stage.hooks.clear_requests();
        let body = format!("{ELEMENT}{}", LIBRARY.replace("url='/'", &format!("url='{url}'")));
        host_at(stage, &page, &origin, &body).await;
        hears(&page, "meet-auth-required", json!({ "reason": "cookies-blocked" })).await;
        page.says("browsers keep the cookies of other sites back").await;
        page.says("auth=\"token\"").await;
        assert_eq!(stage.requests("GET", LIST).len(), 1);
    });
}
