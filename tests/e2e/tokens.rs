//! Where credentials go and what becomes of tokens: only to the server that was meant, and none is lost by using the
//! page.

use std::time::Duration;

use crate::harness::{
    Action, Config, Dialect, Page, Rule, Stage, Value, e2e, e2e_with, equal, eventually, json,
    stays,
};

const EMBED: &str = "/embed/minimal.html";
/// Of OpenVidu Meet 3.9.
const REFRESH: &str = "/meet/internal-api/v1/auth/refresh";
const LIST: &str = "/meet/api/v1/recordings?";

fn of(dialect: Dialect, test: impl AsyncFnOnce(&mut Stage)) {
    e2e_with(Config { dialect, clock_speed: 0.0, ..Config::default() }, test);
}

/// Puts an element with these attributes in place of the one that is there.
async fn embed(page: &Page, attributes: Value) {
    let script = "const element = document.createElement('meet-recordings');
        for (const [name, value] of Object.entries(arguments[0])) element.setAttribute(name, value);
        element.setAttribute('loading', 'eager');
        document.querySelector('meet-recordings').replaceWith(element)";
    page.run(script, vec![attributes]).await;
}

/// `http://auth/login` would be another host.
#[test]
fn a_gateway_without_a_path_gets_no_credentials() {
    e2e(async |stage| {
        let page = stage.open(EMBED).await;
        // The one that is there has asked what it wants to know.
        page.button("Sign in").first().await;
        let watch = "window.asked = [];
            const send = window.fetch;
            window.fetch = (request, ...more) => {
                window.asked.push(request.url ?? String(request));
                return send(request, ...more);
            }";
        for server in ["", "/", "https://gateway.example", "/gateway", "/gateway/", "/meet/demo"] {
            page.run(watch, vec![]).await;
            embed(&page, json!({ "auth": "gateway", "server-url": server })).await;
            page.alert_says("it must end in /gateway/ and a name").await;
            let asked = page.run("return window.asked", vec![]).await;
            assert_eq!(asked, json!([]), "{server:?}");
            assert_eq!(page.role("textbox").count().await, 0, "nothing to sign in to");
        }
    });
}

/// As the address bar of such a server shows it.
fn is_found_at_meet(dialect: Dialect) {
    of(dialect, async |stage| {
        let page = stage.open(EMBED).await;
        page.button("Sign in").first().await;
        embed(&page, json!({ "server-url": "/meet/" })).await;
        page.sign_in().await;
        page.row_count_is(64).await;
        assert_eq!(page.alert_text().await, "");
    });
}

#[test]
fn openvidu_meet_3_9_is_found_at_meet() {
    is_found_at_meet(Dialect::V39);
}

#[test]
fn openvidu_meet_of_march_is_found_at_meet() {
    is_found_at_meet(Dialect::A);
}

/// Tokens are in the page's memory only.
#[test]
fn the_link_to_the_page_itself_keeps_the_session() {
    of(Dialect::V39, async |stage| {
        let page = stage.open("/meet/recordings").await;
        page.sign_in().await;
        page.row_count_is(64).await;
        let link = page.role("link").named("Recordings");
        page.run("window.isSamePage = true", vec![]).await;
        stage.hooks.clear_requests();
        link.click().await;
        eventually("the list is asked for", async || {
            let statuses: Vec<u16> =
                stage.requests("GET", LIST).iter().map(|it| it.status).collect();
            equal(statuses, vec![200])
        })
        .await;
        page.row_count_is(64).await;
        assert_eq!(page.run("return window.isSamePage", vec![]).await, json!(true));
        assert!(page.address().await.ends_with("/meet/recordings"));
        assert_eq!(link.attr("href").await.as_deref(), Some("/meet/recordings"));
    });
}

/// 3.9 takes a refresh token once. Who breaks off the answer has no other.
#[test]
fn a_renewal_is_not_broken_off_by_asking_again() {
    of(Dialect::V39, async |stage| {
        let page = stage.open_library().await;
        stage.hooks.expire_access_tokens();
        stage.hooks.clear_requests();
        // The old token is used up at once, the new one comes slowly.
        stage.hooks.add_rule(Rule::always(REFRESH, Action::Throttle { bytes_per_second: 1000 }));
        page.button("Refresh").click().await;
        let renewals = || stage.requests("POST", REFRESH).len();
        eventually("renewal", async || equal(renewals(), 1)).await;
        page.button("Refresh").click().await;
        page.button("Refresh").attr_is("aria-busy", "false").await;
        assert_eq!(renewals(), 1);
        assert_eq!(page.role("dialog").count().await, 0, "nobody is asked to sign in");
        assert_eq!(stage.requests("GET", LIST).last().map(|it| it.status), Some(200));

        // The new token works as well.
        stage.hooks.expire_access_tokens();
        page.button("Refresh").click().await;
        eventually("another renewal", async || equal(renewals(), 2)).await;
        page.button("Refresh").attr_is("aria-busy", "false").await;
        assert_eq!(page.role("dialog").count().await, 0);
    });
}

const SIGNED_OUT: &str = "Sign in on the page that shows this, then try again.";

/// An element that asks the page for tokens; `ask` is the function, in JavaScript.
async fn embed_with_token(page: &Page, ask: &str) {
    let script = format!(
        "const element = document.createElement('meet-recordings');
        element.setAttribute('auth', 'token');
        element.setAttribute('loading', 'eager');
        window.asked = 0;
        element.fetchToken = {ask};
        document.querySelector('meet-recordings').replaceWith(element)"
    );
    page.run(&script, vec![]).await;
}

/// Signs in as the page, which then has a token to hand over: `window.token`.
async fn get_token(page: &Page) {
    let script = "const done = arguments[0];
        const headers = { 'content-type': 'application/json' };
        const body = JSON.stringify({ userId: 'admin', password: 'admin' });
        fetch('/meet/internal-api/v1/auth/login', { method: 'POST', headers, body })
            .then((it) => it.json()).then((it) => done(window.token = it.accessToken), () => done(null))";
    let token = page.run_async(script, vec![]).await;
    assert!(token.is_string(), "no token: {token}");
}

/// Such as a page with a sign-in form. It is no header, which once was a panic.
#[test]
fn what_is_no_token_is_explained() {
    of(Dialect::V39, async |stage| {
        let page = stage.open(EMBED).await;
        get_token(&page).await;
        for ask in [
            r"() => '<!doctype html>\n<p>Sign in</p>'",
            r"() => 'Schl\u00fcssel\u2013Wort'",
            "() => ({})",
            "() => { throw new Error('signed out') }",
        ] {
            embed_with_token(&page, ask).await;
            page.says(SIGNED_OUT).await;
        }
        let good =
            "document.querySelector('meet-recordings').fetchToken = async () => window.token";
        page.run(good, vec![]).await;
        page.button("Try again").click().await;
        page.row_count_is(64).await;
    });
}

/// Frameworks hand over a new function at every turn.
#[test]
fn a_new_function_for_tokens_does_not_begin_anew() {
    of(Dialect::V39, async |stage| {
        let page = stage.open(EMBED).await;
        get_token(&page).await;
        embed_with_token(&page, "async () => { window.asked += 1; return window.token }").await;
        page.row_count_is(64).await;
        assert_eq!(page.run("return window.asked", vec![]).await, json!(1));
        page.search("Sprint").await;
        page.row_count_is(8).await;
        stage.hooks.clear_requests();
        let renew = "const element = document.querySelector('meet-recordings');
            for (let turn = 0; turn < 50; turn += 1) {
                element.fetchToken = async () => { window.last = turn; return window.token };
            }";
        for _ in 0..3 {
            page.run(renew, vec![]).await;
        }
        stays(Duration::from_millis(500), "nothing begins anew", async || {
            equal(stage.hooks.requests().len(), 0)?;
            equal(page.row_count().await, Some(8))
        })
        .await;

        // It is the last that is asked from now on.
        stage.hooks.expire_access_tokens();
        get_token(&page).await;
        page.button("Refresh").click().await;
        page.button("Refresh").attr_is("aria-busy", "false").await;
        eventually("last is asked", async || {
            equal(page.run("return window.last ?? null", vec![]).await, json!(49))
        })
        .await;
        page.row_count_is(8).await;
        assert_eq!(page.run("return window.asked", vec![]).await, json!(1));
    });
}

#[test]
fn a_function_that_never_answers_is_given_up() {
    of(Dialect::V39, async |stage| {
        let page = stage.open(EMBED).await;
        page.button("Sign in").first().await;
        // Half a minute, in less.
        let hurry = "const wait = window.setTimeout;
            window.setTimeout = (what, ms, ...more) => wait(what, ms === 30000 ? 300 : ms, ...more)";
        page.run(hurry, vec![]).await;
        embed_with_token(&page, "() => new Promise(() => {})").await;
        page.says(SIGNED_OUT).await;
        page.button("Try again").first().await;
    });
}
