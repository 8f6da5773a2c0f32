//! Getting in and out.

use crate::harness::{Action, Engine, Rule, e2e, equal, eventually, json};

const LOGIN: &str = "/internal-api/v1/auth/login";

#[test]
fn a_wrong_password_is_said_so_and_can_be_corrected() {
    e2e(async |stage| {
        let page = stage.open("/").await;
        page.sign_in_as("admin", "wrong").await;
        page.alert_says("The user or the password is not right.").await;
        assert_eq!(page.row_count().await, Some(0));

        page.sign_in().await;
        page.row_count_is(64).await;
    });
}

#[test]
fn too_many_attempts_are_explained() {
    e2e(async |stage| {
        stage.hooks.add_rule(Rule::once(LOGIN, Action::rate_limit(90)));
        let page = stage.open("/").await;
        page.sign_in().await;
        page.alert_says("Too many requests. Try again in 1 minute 30 seconds.").await;
        assert!(page.button("Sign in").is_there().await);
    });
}

#[test]
fn signing_out_empties_the_page_and_the_next_visit_asks_to_sign_in() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        page.button("Sign out").click().await;
        page.role("textbox").named("User").first().await;
        page.row_count_is(0).await;
        page.status_says("Signed out.").await;
        assert!(!page.text().await.contains("Physics 101"), "titles are still in the page");

        page.reload().await;
        page.role("textbox").named("User").first().await;
        assert_eq!(page.row_count().await, Some(0));
    });
}

#[test]
fn a_reload_keeps_the_session() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        page.reload().await;
        page.row_count_is(64).await;
        assert!(page.button("Sign out").is_there().await);
    });
}

#[test]
fn first_rows_take_six_requests_at_most_and_none_to_another_host() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let path = page.address().await;
        page.go("about:blank").await;
        // Cold: not the scripts of the visit before.
        if stage.engine == Engine::Chromium {
            page.cdp("Network.clearBrowserCache", json!({})).await;
        }
        stage.hooks.clear_requests();
        page.go(&path).await;
        page.has_rows().await;
        // What is asked for after the list does not keep its rows waiting.
        let requests = stage.hooks.requests();
        let list = requests.iter().position(|it| it.path.starts_with("/api/v1/recordings"));
        assert!(list.is_some_and(|before| before < 6), "{requests:#?}");

        let script = "return performance.getEntriesByType('resource').map((it) => it.name)";
        let addresses = page.run(script, vec![]).await;
        for address in addresses.as_array().unwrap() {
            let address = address.as_str().unwrap();
            let own = address.starts_with(stage.url()) || address.starts_with("data:");
            assert!(own, "{address} is another host's");
        }
    });
}

#[test]
fn enter_submits_the_form() {
    e2e(async |stage| {
        let page = stage.open("/").await;
        page.role("textbox").named("User").fill("user").await;
        page.role("textbox").named("Password").fill("user1\u{e007}").await;
        eventually("rows or a refusal", async || {
            equal(page.role("textbox").named("User").is_there().await, false)
        })
        .await;
    });
}
