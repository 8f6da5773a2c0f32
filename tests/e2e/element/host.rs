//! Pages of somebody else's: what stands in them, under which policy, and what they hear of the element.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::harness::{Action, Page, Rule, Stage, Value, equal, eventually, json};

/// The strictest policy that the element has to live with; `cargo xtask docs` and the README name the same.
pub const STRICT: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
    media-src 'self'; img-src 'self'; require-trusted-types-for 'script'";

pub const ELEMENT: &str = "<script type=module src=/element/meet-recordings.js></script>";

pub const LIBRARY: &str = "<meet-recordings server-url='/' loading=eager></meet-recordings>";

/// Notes events and what the policy keeps from happening. A file, for the policy allows no script in the page.
const SCRIPT: &str = r"
window.heard = [];
window.violations = [];
window.thrown = [];
window.load = (name) => import(new URL(`/element/${name}`, location.href));
// Here, because scripts of a driver have a WebAssembly of their own in Firefox.
window.trap = (stack) => {
  const error = new WebAssembly.RuntimeError('unreachable');
  error.stack = stack;
  window.dispatchEvent(new ErrorEvent('error', { error, message: error.message, cancelable: true }));
};
const types = ['ready', 'load', 'error', 'auth-required', 'query-change', 'selection-change', 'play', 'pause', 'ended', 'delete', 'share',
  'row-action', 'before-play', 'before-delete', 'before-download'];
for (const type of types) {
  document.addEventListener(`meet-${type}`, (event) => {
    const { detail, cancelable, bubbles, composed } = event;
    const isFrozen = Object.isFrozen(detail);
    window.heard.push({ type: event.type, detail, cancelable, bubbles, composed, isFrozen, target: event.target.localName });
    if (window.forbidden === event.type) event.preventDefault();
  });
}
document.addEventListener('securitypolicyviolation', (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
window.addEventListener('error', (event) => window.thrown.push(String(event.message)));
window.addEventListener('unhandledrejection', (event) => window.thrown.push(String(event.reason)));
";

/// Signs in as the server's own pages do, without opening one.
pub async fn signed_in(stage: &mut Stage) -> Page {
    let page = stage.open("/embed/embed.css").await;
    sign_in(&page).await;
    page
}

/// From any page of the server.
pub async fn sign_in(page: &Page) {
    let script = "const body = JSON.stringify({ username: 'admin', password: 'admin' });
        const headers = { 'content-type': 'application/json' };
        return (await fetch('/internal-api/v1/auth/login', { method: 'POST', headers, body })).status";
    assert_eq!(awaited(page, script).await, json!(200));
}

/// Goes to a page with this in its body and no policy.
pub async fn host(stage: &Stage, page: &Page, body: &str) {
    host_under(stage, page, "", body).await;
}

/// Goes to a page with this in its body, under a policy.
pub async fn host_under(stage: &Stage, page: &Page, policy: &str, body: &str) {
    let path = serve_host(stage, policy, body);
    page.go(&path).await;
}

/// Goes to a page with this in its body, on another origin of the server.
pub async fn host_at(stage: &Stage, page: &Page, origin: &str, body: &str) {
    let path = serve_host(stage, "", body);
    page.go(&format!("{origin}{path}")).await;
}

fn serve_host(stage: &Stage, policy: &str, body: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let path = format!("/host-{}.html", COUNT.fetch_add(1, Ordering::SeqCst));
    serve(stage, "/host.js", "text/javascript", "", SCRIPT);
    let text = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Host</title>\
         <script src=/host.js></script><body>{body}"
    );
    serve(stage, &path, "text/html; charset=utf-8", policy, &text);
    path
}

/// Lets the server have this at a path that it has not.
pub fn serve(stage: &Stage, path: &str, content_type: &str, policy: &str, body: &str) {
    let headers = match policy {
        "" => BTreeMap::new(),
        policy => [("content-security-policy".to_owned(), policy.to_owned())].into(),
    };
    let answer = Action::Respond {
        status: 200,
        body: body.to_owned(),
        content_type: content_type.to_owned(),
        headers,
    };
    stage.hooks.add_rule(Rule::always(path, answer));
}

/// A page with the library of the server, where somebody has signed in.
pub async fn library(stage: &mut Stage) -> Page {
    let page = signed_in(stage).await;
    host(stage, &page, &format!("{ELEMENT}{LIBRARY}")).await;
    page.row_count_is(64).await;
    page
}

/// What the body of an async function returns, with `element` for the first element of the page.
pub async fn awaited(page: &Page, body: &str) -> Value {
    let script = format!(
        "const done = arguments[arguments.length - 1];
         const element = document.querySelector('meet-recordings');
         (async () => {{ {body} }})().then(done, (error) => done(`failed: ${{error}}`))"
    );
    page.run_async(&script, vec![]).await
}

/// What a function returns, with `element` for the first element of the page.
pub async fn done(page: &Page, body: &str) -> Value {
    let script = format!("const element = document.querySelector('meet-recordings'); {body}");
    page.run(&script, vec![]).await
}

/// Waits until an expression has this value.
pub async fn is(page: &Page, expression: &str, value: Value) {
    eventually(expression, async || {
        equal(done(page, &format!("return {expression}")).await, value.clone())
    })
    .await;
}

/// The details of the events of a type that the page has heard.
pub async fn heard(page: &Page, event: &str) -> Vec<Value> {
    let all = page.run("return window.heard", vec![]).await;
    let all = all.as_array().unwrap().iter().filter(|it| it["type"] == event);
    all.map(|it| it["detail"].clone()).collect()
}

/// Forgets what was heard.
pub async fn forget(page: &Page) {
    page.run("window.heard.length = 0", vec![]).await;
}

/// Waits until the last event of a type has this detail.
pub async fn hears(page: &Page, event: &str, detail: Value) {
    eventually(event, async || equal(heard(page, event).await.last(), Some(&detail))).await;
}

/// Nothing was thrown in the page, nor kept from happening by its policy.
pub async fn all_is_well(page: &Page) {
    let said = page.run("return [window.thrown, window.violations]", vec![]).await;
    assert_eq!(said, json!([[], []]));
}
