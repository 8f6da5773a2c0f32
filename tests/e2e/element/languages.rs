//! C13 of the contract: the language of the element, or of what is around it, and the page's own words.

use super::host::{ELEMENT, LIBRARY, all_is_well, done, host, is, library, signed_in};
use crate::harness::{Action, Page, Rule, Value, e2e, json};

const GERMAN: &str = include_str!("../../../languages/de.json");
const ARABIC: &str = include_str!("../../../languages/ar.json");

/// What a language has for an English text.
fn word(language: &str, english: &str) -> String {
    let words: Value = serde_json::from_str(language).unwrap();
    words[english].as_str().unwrap_or_else(|| panic!("{english} is missing")).to_owned()
}

async fn shows(page: &Page, which: &str, language: &str) {
    let list = format!("{which}.shadowRoot?.querySelector('[role=grid]')?.ariaLabel");
    is(page, &list, json!(word(language, "Recordings"))).await;
    page.button(&word(language, "Refresh")).first().await;
}

#[test]
fn the_language_is_its_own() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        host(stage, &page, &format!("{ELEMENT}{}", LIBRARY.replace(" load", " lang=de load")))
            .await;
        shows(&page, "element", GERMAN).await;
        let asked = stage.requests("GET", "/element/lang/");
        assert_eq!(asked.len(), 1, "{asked:?}");
        // It changes while it is shown.
        done(&page, "element.lang = 'en'").await;
        page.row_count_is(64).await;
        page.button("Refresh").first().await;
        all_is_well(&page).await;
    });
}

#[test]
fn the_language_is_that_of_the_nearest_around() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        host(stage, &page, &format!("{ELEMENT}<div lang=ar><p><span>{LIBRARY}</span></div>")).await;
        shows(&page, "element", ARABIC).await;
        is(&page, "getComputedStyle(element.shadowRoot.firstElementChild).direction", json!("rtl"))
            .await;
        all_is_well(&page).await;
    });
}

/// Through the shadow roots around it.
#[test]
fn the_language_is_that_of_the_host_of_a_shadow_root() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        host(stage, &page, &format!("{ELEMENT}<section lang=de></section>")).await;
        let script = format!(
            "document.querySelector('section').attachShadow({{ mode: 'open' }}).innerHTML = \"{LIBRARY}\""
        );
        done(&page, &script).await;
        page.role("grid").named(&word(GERMAN, "Recordings")).first().await;
        page.button(&word(GERMAN, "Refresh")).first().await;
    });
}

#[test]
fn two_of_them_speak_two_languages() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        let german = LIBRARY.replace(" load", " lang=de load");
        let arabic = LIBRARY.replace(" load", " lang=ar load");
        host(stage, &page, &format!("{ELEMENT}{german}{arabic}")).await;
        shows(&page, "element", GERMAN).await;
        shows(&page, "document.querySelectorAll('meet-recordings')[1]", ARABIC).await;
        // Also what is said later, from either.
        for language in [GERMAN, ARABIC] {
            page.button(&word(language, "Filters")).click().await;
            page.role("group").named(&word(language, "Filters")).first().await;
        }
        all_is_well(&page).await;
    });
}

/// English is what is left.
#[test]
fn a_language_that_is_none_is_no_obstacle() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        for language in ["tlh", "x", "not a language", "de-", "_", "\u{202e}", "en-US-u-nu-arab"] {
            host(stage, &page, ELEMENT).await;
            let script = format!(
                "const it = document.createElement('meet-recordings');
                 Object.assign(it, {{ serverUrl: '/', loading: 'eager', lang: '{language}' }});
                 document.body.append(it)"
            );
            done(&page, &script).await;
            page.row_count_is(64).await;
            page.button("Refresh").first().await;
            all_is_well(&page).await;
        }
    });
}

#[test]
fn words_of_the_page_come_before_ours() {
    e2e(async |stage| {
        let page = library(stage).await;
        let script = "element.messages = { Refresh: 'Fetch', '{n} selected': { one: 'One taken', other: '{n} taken' }, Filters: 7, View: '' }";
        done(&page, script).await;
        page.button("Fetch").first().await;
        page.row_at(1).await.select().await;
        page.says("One taken").await;
        page.row_at(2).await.select().await;
        page.says("2 taken").await;
        for nothing in
            ["undefined", "null", "{}", "[]", "'text'", "{ Refresh: null }", "{ Refresh: '{x}{' }"]
        {
            done(&page, &format!("element.messages = {nothing}")).await;
            page.row_count_is(64).await;
        }
        done(&page, "element.messages = undefined").await;
        page.button("Refresh").first().await;
        all_is_well(&page).await;
    });
}

/// What is said before the program is there, and where it does not come.
#[test]
fn loading_and_failing_are_said_in_the_language() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        let wasm = "/element/meet_recordings_bg.wasm";
        stage.hooks.add_rule(Rule::once(wasm, Action::Delay { ms: 4000 }));
        let body = format!("{ELEMENT}{}", LIBRARY.replace(" load", " lang=de load"));
        host(stage, &page, &body).await;
        let status = "element.shadowRoot?.querySelector('[role=status]')?.textContent";
        is(&page, status, json!(word(GERMAN, "Loading…"))).await;
        shows(&page, "element", GERMAN).await;

        stage.hooks.add_rule(Rule::always(wasm, Action::status(404)));
        host(stage, &page, &body).await;
        page.alert_says(&word(GERMAN, "Recordings cannot be shown")).await;
        let reason = word(GERMAN, "The program could not be loaded: {reason}.");
        page.alert_says(reason.split('{').next().unwrap()).await;
        // In the page's words, where it has some.
        done(&page, "element.messages = { 'Recordings cannot be shown': 'Ach', 'Try again': 7 }")
            .await;
        page.alert_says("Ach").await;
        page.button("7").first().await;
        done(&page, "element.messages = undefined; element.lang = 'ar'").await;
        page.alert_says(&word(ARABIC, "Recordings cannot be shown")).await;
        let panel = "getComputedStyle(element.shadowRoot.querySelector('[part=error]')).direction";
        is(&page, panel, json!("rtl")).await;
        // Where its texts do not come either it is said in English.
        stage.hooks.add_rule(Rule::always("/element/lang/fr.js", Action::status(404)));
        done(&page, "element.lang = 'fr'").await;
        page.alert_says("Recordings cannot be shown").await;
        stage.hooks.clear_rules();
        page.button("Try again").click().await;
        // In French where the browser tries for its texts once more.
        let rows = "element.shadowRoot.querySelectorAll('[role=gridcell]').length > 0";
        is(&page, rows, json!(true)).await;
        let errors = page.console_errors().await;
        assert!(errors.iter().all(|it| it.contains("/element/")), "{errors:?}");
    });
}
