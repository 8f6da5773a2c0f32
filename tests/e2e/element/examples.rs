//! The pages of `www/embed`: the reference with what can be tried in it, and one page a deployment mode (S1 is
//! `page_around::the_three_lines_are_enough`). Some ask the same server under another of this machine's names, which it
//! answers as a server does that allows their origin.

use super::host::{awaited, done, is};
use crate::harness::{
    Action, Config, Dialect, Engine, LIST, Page, Rule, Stage, e2e, e2e_with, equal, eventually,
    json,
};

/// The server under another name of this machine.
fn at(stage: &Stage, host: &str) -> String {
    let port = stage.url().rsplit(':').next().unwrap_or_default();
    format!("http://{host}:{port}")
}

/// And under the one that is another site.
fn other(stage: &Stage) -> String {
    let is_name = stage.url().contains("localhost");
    at(stage, if is_name { "127.0.0.1" } else { "localhost" })
}

/// What is below `path` may be asked by pages of this origin.
fn allow(stage: &Stage, path: &str, origin: &str) {
    stage
        .hooks
        .add_rule(Rule::always(path, Action::set_header("access-control-allow-origin", origin)));
}

fn with_tokens(test: impl AsyncFnOnce(&mut Stage)) {
    let config = Config { dialect: Dialect::V39, clock_speed: 0.0, ..Config::default() };
    e2e_with(config, test);
}

async fn is_accessible(page: &Page) {
    let violations = page.violations().await;
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

#[test]
fn the_reference_has_everything_and_something_to_try() {
    e2e(async |stage| {
        let page = stage.open("/embed/").await;
        page.sign_in().await;
        page.row_count_is(64).await;
        let missing = "const api = await (await fetch('/embed/api.json')).json();
            const names = [...document.querySelectorAll('.entry h3, .tokens code')].map((it) => it.textContent);
            return [...api.property.map((it) => it.attribute ?? it.name), ...api.method.map((it) => it.name),
                ...api.event.map((it) => it.name), ...api.slot.map((it) => it.name || '(default)'),
                ...api['css-state'].map((it) => `:state(${it.name})`), ...api.part.map((it) => `::part(${it.name})`),
                ...api.token.map((it) => it.name)].filter((it) => !names.includes(it))";
        assert_eq!(awaited(&page, missing).await, json!([]));
        // Each takes the example from the one before, as it is.
        let wrong = "const folds = [...document.querySelectorAll('details.try')];
            const wrong = [];
            for (const fold of folds) {
                fold.querySelector('summary').click();
                const isRight = () => fold.contains(element) && element.state === 'ready' && document.querySelectorAll('details.try[open]').length === 1;
                for (let turn = 0; turn < 50 && !isRight(); turn += 1) await new Promise((resolve) => setTimeout(resolve, 20));
                if (!isRight()) wrong.push(fold.parentNode.textContent);
            }
            return folds.length > 50 ? wrong : ['few'];";
        assert_eq!(awaited(&page, wrong).await, json!([]));
        page.button("Bring it back").click().await;
        is(&page, "document.querySelector('#home').contains(element)", json!(true)).await;
        page.row_count_is(64).await;
        is_accessible(&page).await;
        page.resize(320, 700).await;
        is(&page, "document.documentElement.scrollWidth <= innerWidth", json!(true)).await;
    });
}

#[test]
fn the_playground_makes_the_stylesheet_that_the_example_wears() {
    e2e(async |stage| {
        let page = stage.open("/embed/").await;
        page.button("Paper").click().await;
        let css = "const text = document.querySelector('#tokens code.css').textContent;
            const host = document.createElement('p');
            document.body.append(host);
            host.style.color = text.match(/--meet-surface: (.*);/)[1];
            return [getComputedStyle(element).backgroundColor === getComputedStyle(host).color, text.startsWith('meet-recordings {')]";
        assert_eq!(done(&page, css).await, json!([true, true]));
        page.button("As delivered").click().await;
        is(
            &page,
            "document.querySelector('#tokens code.css').textContent.includes('--')",
            json!(false),
        )
        .await;
    });
}

#[test]
fn another_host_of_the_site_shares_its_cookies() {
    e2e(async |stage| {
        let app = at(stage, "app.example.localhost");
        allow(stage, "/api/", &app);
        allow(stage, "/internal-api/", &app);
        allow(stage, "/meet/", &app);
        let page = stage.open("/embed/same-site.html").await;
        page.says(&app).await;
        page.go(&format!("{app}/embed/same-site.html")).await;
        is(&page, "element.serverUrl", json!(at(stage, "meet.example.localhost"))).await;
        page.sign_in().await;
        if stage.engine == Engine::WebKit {
            // To it each name below localhost is a site of its own.
            page.says("the browser did not keep the server's cookie").await;
            return;
        }
        page.row_count_is(64).await;
        page.reload().await;
        page.row_count_is(64).await;
        is_accessible(&page).await;
    });
}

#[test]
fn tokens_open_a_server_on_another_site() {
    with_tokens(async |stage| {
        let page = stage.open("/embed/token.html").await;
        is(&page, "element.serverUrl", json!(other(stage))).await;
        page.row_count_is(64).await;
        is(&page, "document.querySelector('#asked').textContent", json!("1")).await;
        page.row_of_length("1:00").await.play().await;
        page.video("plays", |it| it.time > 0.1).await;
        page.button("Close player").click().await;
        is_accessible(&page).await;
    });
}

#[test]
fn links_open_a_recording_and_a_room_on_another_site() {
    with_tokens(async |stage| {
        allow(stage, "/meet/", stage.url());
        let page = stage.open("/embed/share.html").await;
        page.plays().await;
        is(&page, "element.serverUrl", json!(other(stage))).await;
        let is_secret = "const secret = new URL(document.forms[0].link.value).searchParams.get('recordingSecret');
            return document.documentElement.outerHTML.includes(secret)";
        assert_eq!(done(&page, is_secret).await, json!(false));
        page.button("A room's link").click().await;
        page.has_rows().await;
        assert_eq!(page.role("textbox").named("User").count().await, 0);
    });
}

#[test]
fn a_frame_of_the_servers_works_on_another_site() {
    with_tokens(async |stage| {
        let page = stage.open("/embed/iframe.html").await;
        eventually("the frame asks its own server", async || {
            let framed = stage.requests("GET", "/embed/framed.html").len();
            let lists = stage.requests("GET", &format!("/meet{LIST}")).len();
            equal((framed, lists), (1, 1))
        })
        .await;
        is(
            &page,
            "document.querySelector('iframe').src",
            json!(format!("{}/embed/framed.html", other(stage))),
        )
        .await;
        is_accessible(&page).await;
        // And by itself, as in a tab of its own.
        page.go("/embed/framed.html").await;
        page.sign_in().await;
        page.row_count_is(64).await;
        is_accessible(&page).await;
    });
}
