//! C4 and C5 of the contract: every attribute and its property, in sense and nonsense, at any time.

use super::host::{ELEMENT, LIBRARY, all_is_well, awaited, done, host, is, library, signed_in};
use crate::harness::{LIST, Page, Value, e2e, equal, eventually, json};

/// Attribute, property, default, a value of another kind than the default, and what nonsense reads as.
const TEXTS: [(&str, &str, &str); 5] = [
    ("server-url", "serverUrl", "/elsewhere"),
    ("provider", "provider", "whereby"),
    ("auth", "auth", "token"),
    ("room-id", "roomId", "room-1"),
    ("recording-id", "recordingId", "r--EG_1--u"),
];

const CHOICES: [(&str, &[&str]); 5] = [
    ("view", &["library", "recording", "rooms"]),
    ("layout", &["table", "cards", "grid"]),
    ("theme", &["auto", "light", "dark"]),
    ("loading", &["lazy", "eager"]),
    ("controls", &["", "native"]),
];

const SWITCHES: [(&str, &str); 5] = [
    ("no-delete", "noDelete"),
    ("no-download", "noDownload"),
    ("no-share", "noShare"),
    ("no-search", "noSearch"),
    ("persist", "persist"),
];

/// Sets one after another, each with what is to be read of it afterwards as attribute and property; gives what was else.
const CHECK: &str = "const it = document.createElement('meet-recordings');
    const wrong = [];
    for (const [attribute, property, steps] of arguments[0]) {
        for (const [how, value, ...wanted] of steps) {
            if (how === 'property') it[property] = value;
            else if (value === null) it.removeAttribute(attribute);
            else it.setAttribute(attribute, value);
            const is = [it.getAttribute(attribute), it[property]];
            if (JSON.stringify(is) !== JSON.stringify(wanted)) wrong.push([attribute, how, value, is, wanted]);
        }
    }
    return wrong";

async fn check(page: &Page, attribute: &str, property: &str, steps: Value) {
    let wrong = page.run(CHECK, vec![json!([[attribute, property, steps]])]).await;
    assert_eq!(wrong, json!([]));
}

#[test]
fn texts_reflect_both_ways() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        host(stage, &page, ELEMENT).await;
        is(&page, "Boolean(customElements.get('meet-recordings'))", json!(true)).await;
        for (attribute, property, value) in TEXTS {
            let steps = json!([
                ["attribute", null, null, ""],
                ["attribute", value, value, value],
                ["property", "", "", ""],
                ["property", value, value, value],
                ["property", null, null, ""],
                ["property", 7, "7", "7"],
                ["attribute", null, null, ""],
            ]);
            check(&page, attribute, property, steps).await;
        }
    });
}

#[test]
fn choices_reflect_and_nonsense_is_the_default() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        host(stage, &page, ELEMENT).await;
        is(&page, "Boolean(customElements.get('meet-recordings'))", json!(true)).await;
        for (name, values) in CHOICES {
            for value in values {
                let steps = json!([
                    ["attribute", null, null, values[0]],
                    ["attribute", value, value, value],
                    ["attribute", "NONSENSE", "NONSENSE", values[0]],
                    ["property", value, value, value],
                    ["property", "<b>", "<b>", values[0]],
                    ["property", null, null, values[0]],
                ]);
                check(&page, name, name, steps).await;
            }
        }
    });
}

#[test]
fn switches_are_on_by_being_there() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        host(stage, &page, ELEMENT).await;
        is(&page, "Boolean(customElements.get('meet-recordings'))", json!(true)).await;
        for (attribute, property) in SWITCHES {
            let steps = json!([
                ["attribute", null, null, false],
                ["attribute", "", "", true],
                ["attribute", "false", "false", true],
                ["property", false, null, false],
                ["property", true, "", true],
                ["property", 0, null, false],
                ["property", "yes", "", true],
                ["property", null, null, false],
            ]);
            check(&page, attribute, property, steps).await;
        }
    });
}

#[test]
fn the_size_of_a_page_is_kept_between_1_and_100() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        host(stage, &page, ELEMENT).await;
        is(&page, "Boolean(customElements.get('meet-recordings'))", json!(true)).await;
        let steps = json!([
            ["attribute", null, null, 100],
            ["attribute", "25", "25", 25],
            ["attribute", "ten", "ten", 100],
            ["attribute", "-3", "-3", 1],
            ["attribute", "1e9", "1e9", 100],
            ["attribute", "0", "0", 100],
            ["property", 7.9, "7.9", 7],
            ["property", null, null, 100],
        ]);
        check(&page, "page-size", "pageSize", steps).await;
    });
}

#[test]
fn a_secret_is_read_once_and_stands_nowhere() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        // In the page before the class is.
        let before = "<meet-recordings recording-secret=canary></meet-recordings>";
        host(stage, &page, &format!("{before}{ELEMENT}")).await;
        is(&page, "element.hasAttribute('recording-secret')", json!(false)).await;
        let script = "element.setAttribute('recording-secret', 'canary');
            const read = [element.recordingSecret, element.getAttribute('recording-secret')];
            element.recordingSecret = 'canary';
            return [...read, element.recordingSecret, element.outerHTML.includes('canary'),
                JSON.stringify({ ...element }).includes('canary'), element.cloneNode(true).outerHTML.includes('canary')]";
        let read = done(&page, script).await;
        assert_eq!(read, json!(["", null, "", false, false, false]));
    });
}

/// Every attribute and property, set to things that none of them is.
const NONSENSE: &str = r"
const values = ['', ' ', '0', '-1', 'NaN', '1e309', 'javascript:alert(1)', '<img src=x onerror=alert(1)>', '//', '../..', '\0', '\ud800',
  'x'.repeat(100_000), '{}', 'null', '\u202e'];
const others = [undefined, null, 0, -1, NaN, Infinity, true, {}, [], [[]], [null, {}], () => 1, new Map(), 2n, new Proxy({}, {}), document];
const attributes = ['server-url', 'provider', 'auth', 'room-id', 'recording-id', 'recording-secret', 'view', 'layout', 'page-size', 'theme',
  'lang', 'no-delete', 'no-download', 'no-share', 'no-search', 'loading', 'persist', 'controls', 'dir'];
const properties = ['serverUrl', 'provider', 'auth', 'roomId', 'recordingId', 'recordingSecret', 'view', 'layout', 'pageSize', 'theme', 'lang',
  'noDelete', 'noDownload', 'noShare', 'noSearch', 'loading', 'persist', 'controls', 'fetchToken', 'columns', 'messages', 'query', 'selection'];
// The same order in every run.
let seed = 7;
const random = (below) => (seed = (seed * 48_271) % 2_147_483_647) % below;
const any = (list) => list[random(list.length)];
function confuse(element, times) {
  for (let turn = 0; turn < times; turn += 1) {
    if (random(2)) element.setAttribute(any(attributes), any(values));
    else {
      const property = any(properties);
      const value = any([...values, ...others]);
      // What cannot be a text is refused by the language itself.
      try { element[property] = value; } catch (error) { if (!(error instanceof TypeError)) throw error; }
    }
  }
}
function settle(element) {
  for (const name of [...attributes]) element.removeAttribute(name);
  Object.assign(element, { recordingSecret: '', fetchToken: undefined, columns: undefined, messages: undefined, query: '', selection: [] });
  element.setAttribute('server-url', '/');
  element.setAttribute('loading', 'eager');
}
";

#[test]
fn nonsense_in_any_order_does_no_harm_before_and_after_the_definition() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        host(stage, &page, LIBRARY).await;
        let script = format!(
            "{NONSENSE} confuse(element, 300);
             await load('meet-recordings.js');
             for (let turn = 0; turn < 20; turn += 1) {{
                 confuse(element, 30);
                 await new Promise((done) => setTimeout(done, 20));
             }}
             settle(element)"
        );
        awaited(&page, &script).await;
        page.row_count_is(64).await;
        all_is_well(&page).await;
    });
}

#[test]
fn a_thousand_changes_in_a_tick_are_one() {
    e2e(async |stage| {
        let page = library(stage).await;
        stage.hooks.clear_requests();
        // In a task of the page's: in WebKit those of a driver's script end before its next line.
        let script = "setTimeout(() => { confuse(element, 1000); settle(element) })";
        done(&page, &format!("{NONSENSE} {script}")).await;
        eventually("the list", async || equal(stage.requests("GET", LIST).len(), 1)).await;
        page.row_count_is(64).await;
        assert_eq!(stage.requests("GET", LIST).len(), 1);
        all_is_well(&page).await;
    });
}
