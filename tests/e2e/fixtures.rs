//! The packed element in a page of each framework: what Custom Elements Everywhere asks of a framework (its 16 tests, two of
//! which are one here), asked of `<meet-recordings>`. `cargo xtask fixtures` builds the pages, of `tests/fixtures`.

use std::{env, path::PathBuf};

use crate::harness::{Config, LIST, Page, Stage, e2e_with, equal, eventually, json};

/// What a page's framework lets a page say.
#[derive(Clone, Copy)]
enum Listeners {
    /// Whatever an event is called.
    Any,
    /// The package's own component knows the element's events.
    Own,
}

/// Events of every way of spelling, fired at the element as Custom Elements Everywhere does.
const SPELLINGS: [&str; 5] =
    ["lowercaseevent", "kebab-event", "camelEvent", "CAPSevent", "PascalEvent"];

/// Signs in at the fixture's own element and looks at everything.
fn looks_right(path: &str, listeners: Listeners) {
    let site = env::var_os("MEET_FIXTURES").map(PathBuf::from);
    let site = site.expect("MEET_FIXTURES says where the pages are: run `cargo xtask fixtures`");
    assert!(site.join(path).is_file(), "{path} is not built");
    let config = Config { app: Some(site), ..Config::default() };
    e2e_with(config, async |stage| {
        let page = stage.open(&format!("/{path}")).await;
        displays_elements_without_and_with_children(&page).await;
        page.sign_in().await;
        page.has_rows().await;
        takes_attributes_and_properties(stage, &page).await;
        tells_listeners(&page, listeners).await;
        finds_its_parts(&page).await;
        goes_and_comes_back(&page).await;
    });
}

async fn displays_elements_without_and_with_children(page: &Page) {
    eventually("both elements are there", async || {
        let script = "return ['bare', 'full'].map((id) => document.getElementById(id)?.shadowRoot?.childElementCount > 0)";
        equal(page.run(script, vec![]).await, json!([true, true]))
    })
    .await;
    let children = "return [...document.querySelector('#full').children].map((it) => [it.localName, it.slot, it.textContent.trim()])";
    assert_eq!(
        page.run(children, vec![]).await,
        json!([["h2", "header", "Lectures"], ["button", "row-actions", "Add a note"]])
    );
}

async fn takes_attributes_and_properties(stage: &Stage, page: &Page) {
    let script = "const it = document.querySelector('#full');
        return [it.serverUrl, it.pageSize, it.noShare, it.columns, it.messages, typeof it.fetchToken]";
    assert_eq!(
        page.run(script, vec![]).await,
        json!(["/", 10, true, ["size", "date"], { "Refresh": "Look again" }, "function"]),
        "text, number, boolean, array, object, and an object by a name in camel case"
    );
    // And they do what they are for.
    page.button("Look again").first().await;
    let first = stage.requests("GET", LIST).swap_remove(0);
    assert!(first.path.contains("maxItems=10"), "{first:?}");
}

async fn tells_listeners(page: &Page, listeners: Listeners) {
    let heard = |of: &'static str, name: &'static str| async move {
        let script = "return window.fixture[arguments[0]][arguments[1]] ?? 0";
        page.run(script, vec![json!(of), json!(name)]).await.as_u64().unwrap_or_default()
    };
    eventually("the listeners have heard of the list", async || {
        let counts = (heard("heard", "meet-load").await, heard("listened", "meet-load").await);
        if counts.0 > 0 && counts.0 == counts.1 { Ok(()) } else { Err(format!("{counts:?}")) }
    })
    .await;
    if matches!(listeners, Listeners::Any) {
        for name in SPELLINGS {
            let fire = "document.querySelector('#full').dispatchEvent(new CustomEvent(arguments[0], { bubbles: true }))";
            page.run(fire, vec![json!(name)]).await;
            assert_eq!(heard("heard", name).await, 1, "{name}");
        }
    }
}

/// What comes when it is needed lies where the framework's tools have put it.
async fn finds_its_parts(page: &Page) {
    let listen = "document.querySelector('#full').addEventListener('meet-row-action', (event) => window.chosen = event.detail.name)";
    page.run(listen, vec![]).await;
    page.choose("Add a note").await;
    assert_eq!(page.run("return window.chosen", vec![]).await, json!("note"));
    let id = page.ids_with("COMPLETE").await.swap_remove(0);
    page.run("document.querySelector('#full').play(arguments[0])", vec![json!(id)]).await;
    page.video("plays", |it| it.time > 0.1).await;
}

async fn goes_and_comes_back(page: &Page) {
    let count = "return document.querySelectorAll('meet-recordings').length";
    page.run("window.fixture.show(false)", vec![]).await;
    eventually("they are gone", async || equal(page.run(count, vec![]).await, json!(0))).await;
    page.run("window.fixture.show(true)", vec![]).await;
    eventually("they are back", async || equal(page.run(count, vec![]).await, json!(2))).await;
    page.has_rows().await;
    page.button("Look again").first().await;
}

#[test]
fn html() {
    looks_right("html/index.html", Listeners::Any);
}

#[test]
fn html_in_one_file() {
    looks_right("html/inline.html", Listeners::Any);
}

#[test]
fn react() {
    looks_right("react/index.html", Listeners::Any);
}

#[test]
fn react_by_the_packages_component() {
    looks_right("react/component.html", Listeners::Own);
}

#[test]
fn react_18() {
    looks_right("react18/index.html", Listeners::Own);
}

#[test]
fn vue() {
    looks_right("vue/index.html", Listeners::Any);
}

#[test]
fn svelte() {
    looks_right("svelte/index.html", Listeners::Any);
}

#[test]
fn angular() {
    looks_right("angular/index.html", Listeners::Any);
}

#[test]
fn lit() {
    looks_right("lit/index.html", Listeners::Any);
}

#[test]
fn webpack() {
    looks_right("webpack/index.html", Listeners::Any);
}

#[test]
fn leptos() {
    looks_right("leptos/index.html", Listeners::Any);
}
