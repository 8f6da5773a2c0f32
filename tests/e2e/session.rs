//! Sessions that end while the library is in use.

use std::time::Duration;

use crate::harness::{Action, Config, Key, LIST, Rule, e2e, e2e_with, equal, eventually, stays};

const REFRESH: &str = "/internal-api/v1/auth/refresh";

#[test]
fn an_expired_access_token_is_renewed_once_for_all_who_wait() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let filters = page.button("Filters").first().await;
        let refresh = page.button("Refresh").first().await;
        // Long enough that both requests are refused before the renewal is answered.
        stage.hooks.add_rule(Rule::always(REFRESH, Action::Delay { ms: 800 }));
        stage.hooks.expire_access_tokens();
        stage.hooks.clear_requests();
        let both = vec![filters.to_json().unwrap(), refresh.to_json().unwrap()];
        page.run("for (const it of arguments) it.click()", both).await;

        let answered = async |path: &str| {
            let statuses: Vec<u16> =
                stage.requests("GET", path).iter().map(|it| it.status).collect();
            equal(statuses, vec![401, 200])
        };
        eventually("list is asked for again", async || answered("/api/v1/recordings?").await).await;
        eventually("rooms are asked for again", async || answered("/api/v1/rooms").await).await;
        assert_eq!(stage.requests("POST", REFRESH).len(), 1);
        page.row_count_is(64).await;
        assert_eq!(page.role("dialog").count().await, 0);
    });
}

#[test]
fn the_end_of_the_session_asks_to_sign_in_over_the_library() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        page.search("Physics").await;
        stage.hooks.expire_sessions();
        page.button("Refresh").click().await;
        page.role("dialog").named("Sign in again").first().await;
        assert!(page.text().await.contains("Physics 101"), "the rows stay");

        page.sign_in().await;
        page.role("dialog").gone().await;
        page.button("Play Physics 101").first().await;
        let search = page.role("searchbox").named("Search recordings").first().await;
        assert_eq!(search.prop("value").await.unwrap().as_deref(), Some("Physics"));
    });
}

#[test]
fn a_late_answer_brings_nothing_back_after_signing_out() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        stage.hooks.add_rule(Rule::once(LIST, Action::Delay { ms: 1500 }));
        page.button("Refresh").click().await;
        page.button("Sign out").click().await;
        page.role("textbox").named("User").first().await;
        stays(Duration::from_millis(2500), "no rows", async || {
            equal(page.role("row").count().await, 0)
        })
        .await;
    });
}

#[test]
fn loading_goes_on_after_signing_in_again() {
    e2e_with(Config { recordings: 100, ..Config::default() }, async |stage| {
        let page = stage.open_library().await;
        page.loaded_is(100).await;
        stage.hooks.expire_sessions();
        page.button("Load more").click().await;
        page.role("dialog").named("Sign in again").first().await;
        page.sign_in().await;
        page.row_count_is(164).await;
    });
}

#[test]
fn the_sign_in_dialog_can_be_put_off() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        stage.hooks.expire_sessions();
        page.button("Refresh").click().await;
        page.role("dialog").named("Sign in again").first().await;
        page.press(&[Key::Escape]).await;
        page.role("dialog").gone().await;
        page.row_count_is(64).await;

        page.button("Sign in").click().await;
        page.role("dialog").named("Sign in again").first().await;
        page.sign_in().await;
        page.role("dialog").gone().await;
        page.row_count_is(64).await;
    });
}

#[test]
fn a_session_that_ended_before_the_visit_asks_to_sign_in() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        stage.hooks.expire_sessions();
        page.reload().await;
        page.role("textbox").named("User").first().await;
        assert_eq!(page.role("dialog").count().await, 0, "nothing is there to lie over");
        page.sign_in().await;
        page.row_count_is(64).await;
    });
}

#[test]
fn polling_does_not_storm_a_server_that_refuses() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        stage.hooks.expire_sessions();
        stage.hooks.clear_requests();
        // The next turn of asking after recordings in progress is at most four seconds away.
        page.role("dialog").named("Sign in again").first().await;
        let refused = stage.requests("GET", "/api/v1/recordings").len();
        assert!(refused <= 2, "{:#?}", stage.hooks.requests());
        stage.hooks.clear_requests();
        // Longer than the pause between two turns.
        stays(Duration::from_secs(5), "no requests", async || {
            equal(stage.hooks.requests().len(), 0)
        })
        .await;
    });
}
