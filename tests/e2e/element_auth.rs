//! `<meet-recordings>` and who signs in: the server, a gateway, or the host page by handing over tokens.

use crate::harness::{
    Config, Dialect, Page, Stage, e2e, e2e_behind_gateway, e2e_with, equal, eventually, json, stays,
};
use std::time::Duration;

const EMBED: &str = "/embed/minimal.html";
const LIST: &str = "/api/v1/recordings?";
const SIGNED_OUT: &str = "You are not signed in, or your session has ended.";

/// Puts an element with these attributes in place of the one that is there. Its `fetchToken` gives what `window.token`
/// is at that moment, and `window.calls` counts how often it was asked.
async fn replace(page: &Page, attributes: &[(&str, &str)]) {
    let script = "const element = document.createElement('meet-recordings');
        window.calls = 0;
        window.errors = [];
        element.addEventListener('meet-error', (event) => window.errors.push(event.detail));
        element.fetchToken = async () => { window.calls += 1; return typeof window.token === 'function' ? window.token() : window.token; };
        for (const [name, value] of arguments[0]) element.setAttribute(name, value);
        element.setAttribute('loading', 'eager');
        document.querySelector('meet-recordings').replaceWith(element)";
    page.run(script, vec![json!(attributes)]).await;
}

async fn calls(page: &Page) -> u64 {
    page.run("return window.calls", vec![]).await.as_u64().unwrap()
}

/// Signs in as a host page's own server would, and leaves the token in `window.token`.
async fn get_token(page: &Page) {
    let script = "const done = arguments[0];
        const body = JSON.stringify({ username: 'admin', password: 'admin' });
        const headers = { 'content-type': 'application/json' };
        fetch('/internal-api/v1/auth/login', { method: 'POST', headers, body })
            .then((it) => it.json())
            .then((it) => done(window.token = it.accessToken))";
    let token = page.run_async(script, vec![]).await;
    assert!(token.as_str().is_some_and(|it| it.len() > 20), "{token}");
}

/// Against a server that knows tokens in headers only.
fn with_tokens(test: impl AsyncFnOnce(&mut Stage)) {
    let config = Config { dialect: Dialect::V35, clock_speed: 0.0, ..Config::default() };
    e2e_with(config, test);
}

/// The list in an element that gets its tokens from the page.
async fn with_token(stage: &mut Stage) -> Page {
    let page = stage.open(EMBED).await;
    get_token(&page).await;
    replace(&page, &[("server-url", "/"), ("auth", "token")]).await;
    page.row_count_is(64).await;
    page
}

#[test]
fn a_token_of_the_host_pages_opens_the_library() {
    with_tokens(async |stage| {
        let page = with_token(stage).await;
        assert_eq!(calls(&page).await, 1);
        page.row_of_length("1:00").await.play().await;
        page.video("plays", |it| it.time > 0.1).await;
    });
}

#[test]
fn an_ended_token_is_asked_for_once_more() {
    with_tokens(async |stage| {
        let page = with_token(stage).await;
        stage.hooks.expire_access_tokens();
        get_token(&page).await;
        stage.hooks.clear_requests();
        page.button("Refresh").click().await;
        page.button("Refresh").attr_is("aria-busy", "false").await;
        assert_eq!(calls(&page).await, 2);
        let lists: Vec<u16> = stage.requests("GET", LIST).iter().map(|it| it.status).collect();
        assert_eq!(lists, [401, 200]);
    });
}

#[test]
fn a_token_that_stays_refused_ends_in_a_message_and_no_loop() {
    with_tokens(async |stage| {
        let page = with_token(stage).await;
        stage.hooks.expire_access_tokens();
        stage.hooks.clear_requests();
        page.button("Refresh").click().await;
        page.role("dialog").named("Sign in again").first().await;
        page.says(SIGNED_OUT).await;
        assert_eq!(page.role("textbox").count().await, 0, "nobody signs in here");
        assert_eq!(calls(&page).await, 2);
        stays(Duration::from_secs(2), "no more requests", async || {
            equal((stage.requests("GET", LIST).len(), calls(&page).await), (2, 2))
        })
        .await;

        // The host page has signed in again.
        get_token(&page).await;
        page.button("Try again").click().await;
        page.role("dialog").gone().await;
        page.row_count_is(64).await;
    });
}

#[test]
fn no_token_is_said_so() {
    with_tokens(async |stage| {
        let page = stage.open(EMBED).await;
        for token in ["undefined", "''", "42", "() => Promise.reject(new Error('canary'))"] {
            page.run(&format!("window.token = {token}"), vec![]).await;
            replace(&page, &[("server-url", "/"), ("auth", "token")]).await;
            page.says(SIGNED_OUT).await;
            assert!(calls(&page).await <= 2, "{token}");
            assert!(!page.text().await.contains("canary"));
        }
    });
}

#[test]
fn a_token_shows_up_nowhere() {
    with_tokens(async |stage| {
        let page = with_token(stage).await;
        page.row_of_length("1:00").await.play().await;
        page.video("plays", |it| it.time > 0.1).await;
        stage.hooks.expire_access_tokens();
        page.button("Close player").click().await;
        page.button("Refresh").click().await;
        page.says(SIGNED_OUT).await;
        let script = "const element = document.querySelector('meet-recordings');
            return [document.documentElement.outerHTML, element.shadowRoot.innerHTML, location.href,
                document.title, document.cookie, JSON.stringify({ ...localStorage, ...sessionStorage }),
                JSON.stringify(window.errors), JSON.stringify(history.state)]
                .map((it) => String(it).includes(window.token))";
        let found = page.run(script, vec![]).await;
        assert_eq!(found, json!(vec![false; 8]));
    });
}

#[test]
fn wrong_options_are_said_so() {
    e2e(async |stage| {
        let page = stage.open(EMBED).await;
        for (attributes, reason) in [
            ([("provider", "zoom"), ("auth", "")], "provider: not a kind of server"),
            ([("provider", ""), ("auth", "magic")], "auth: must be server, gateway or token"),
        ] {
            replace(&page, &attributes).await;
            page.alert_says(reason).await;
            let codes = page.run("return window.errors.map((it) => it.code)", vec![]).await;
            assert_eq!(codes, json!(["refused"]));
        }
        page.run("document.querySelector('meet-recordings').fetchToken = 7", vec![]).await;
        page.run("document.querySelector('meet-recordings').auth = 'token'", vec![]).await;
        page.alert_says("auth: token needs the property fetchToken, a function").await;

        // And can be put right.
        page.run("document.querySelector('meet-recordings').auth = 'server'", vec![]).await;
        page.role("textbox").named("User").first().await;
    });
}

#[test]
fn a_named_server_is_not_found_out() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        page.go(EMBED).await;
        page.has_rows().await;
        stage.hooks.clear_requests();
        replace(&page, &[("server-url", "/"), ("provider", "openvidu-meet@b")]).await;
        page.row_count_is(64).await;
        let asked = stage.requests("GET", "/");
        let asked: Vec<&String> = asked.iter().map(|it| &it.path).collect();
        assert!(asked.iter().all(|it| it.starts_with("/api/v1/recordings")), "{asked:?}");
    });
}

#[test]
fn a_gateway_signs_in_and_says_what_is_behind_it() {
    let config = Config { dialect: Dialect::PlugNmeet, clock_speed: 0.0, ..Config::default() };
    e2e_behind_gateway(config, async |stage| {
        let page = stage.open(EMBED).await;
        replace(&page, &[("server-url", "/gateway/demo"), ("auth", "gateway")]).await;
        page.sign_in_as("admin", "wrong").await;
        page.alert_says("The user or the password is not right.").await;
        page.sign_in().await;
        page.has_rows().await;
        page.ready_rows(1).await[0].play().await;
        page.video("plays", |it| it.time > 0.1).await;

        // Another system than those of this user.
        replace(&page, &[("server-url", "/gateway/other"), ("auth", "gateway")]).await;
        page.alert_says("You are not allowed to do this.").await;
    });
}

#[test]
fn attributes_that_change_a_thousand_times_are_one_change() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        page.go(EMBED).await;
        page.has_rows().await;
        stage.hooks.clear_requests();
        let script = "const element = document.querySelector('meet-recordings');
            for (let turn = 0; turn < 1000; turn += 1) {
                element.setAttribute('server-url', turn % 2 ? '/' : '/nowhere');
                element.provider = turn % 2 ? 'openvidu-meet' : 'whereby';
                element.fetchToken = () => turn;
            }";
        page.run(script, vec![]).await;
        eventually("the list is asked for", async || equal(stage.requests("GET", LIST).len(), 1))
            .await;
        page.row_count_is(64).await;
        let nowhere = stage.requests("GET", "/nowhere").len();
        assert_eq!((stage.requests("GET", LIST).len(), nowhere), (1, 0));
    });
}
