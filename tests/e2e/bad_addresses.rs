//! Ids and addresses that lead elsewhere: what is asked for is on the server that was named, and what a server answers
//! is followed only as far as it is harmless. `README.md` says which test is for what.

use std::collections::BTreeMap;

use crate::harness::{
    Action, Config, LIST, Page, Rule, Stage, e2e, e2e_with, equal, eventually, json, spoiled_list,
    text,
};

/// Ids with everything that means something in an address, and how they are written there.
const IDS: [(&str, &str); 8] = [
    ("a?b#c", "a%3Fb%23c"),
    ("a/../b\\c", "a%2F..%2Fb%5Cc"),
    ("100% %2f", "100%25%20%252f"),
    ("a;b&c=d+e", "a%3Bb%26c%3Dd%2Be"),
    ("tab\tand\nline", "tab%09and%0Aline"),
    ("null\u{0}", "null%00"),
    ("http://evil.example/x", "http%3A%2F%2Fevil.example%2Fx"),
    ("//evil.example/x", "%2F%2Fevil.example%2Fx"),
];

#[test]
fn an_id_is_one_segment_of_the_path_whatever_is_in_it() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        for (id, written) in IDS {
            stage.hooks.clear_rules();
            let list = Action::body("application/json", &spoiled_list(&[id], json!({})));
            stage.hooks.add_rule(Rule::always(LIST, list));
            stage
                .hooks
                .add_rule(Rule::always("/api/v1/recordings/", Action::status(204)).on("DELETE"));
            page.button("Refresh").click().await;
            page.row_count_is(1).await;
            stage.hooks.clear_requests();
            page.choose("Delete").await;
            page.role("alertdialog").first().await;
            page.confirm_deletion().await;
            page.status_says("1 recording deleted.").await;
            let deletions = stage.requests("DELETE", "");
            let paths: Vec<&str> = deletions.iter().map(|it| it.path.as_str()).collect();
            assert_eq!(paths, [format!("/api/v1/recordings/{written}")]);
        }
    });
}

#[test]
fn a_link_that_is_no_web_address_is_refused() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let recording = page.recording_of(60.0).await;
        page.search_id(text(&recording, "recordingId")).await;
        for url in [
            "javascript:window.__x=1",
            "data:text/html,<script>1</script>",
            "blob:nowhere",
            "no-address",
        ] {
            let body = json!({ "url": url }).to_string();
            let answer = Action::body("application/json", &body);
            stage.hooks.add_rule(Rule::once("/api/v1/recordings/*/url", answer));
            page.choose("Share…").await;
            page.says("the link is not a web address").await;
            assert!(!page.text().await.contains(url), "{url}");
            page.button("Close").click().await;
            page.role("dialog").gone().await;
        }
        assert_eq!(page.run("return typeof window.__x", vec![]).await, json!("undefined"));
    });
}

/// Such a link is somebody's to read and to copy, not ours to follow.
#[test]
fn a_link_to_elsewhere_is_shown_as_text() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let recording = page.recording_of(60.0).await;
        page.search_id(text(&recording, "recordingId")).await;
        let url = "https://evil.example/recording/1?secret=x";
        let answer = Action::body("application/json", &json!({ "url": url }).to_string());
        stage.hooks.add_rule(Rule::once("/api/v1/recordings/*/url", answer));
        page.choose("Share…").await;
        let field = page.role("textbox").named("Link").first().await;
        eventually("link", async || {
            equal(field.prop("value").await.unwrap().as_deref(), Some(url))
        })
        .await;
        let links = "return [...document.querySelectorAll('a, img, video, iframe')]
            .map((it) => it.href ?? it.src).filter((it) => it.includes('evil'))";
        assert_eq!(page.run(links, vec![]).await, json!([]));
    });
}

/// A page of somebody else's, without our policies, with an element that speaks to `server`.
async fn host_page(stage: &Stage, page: &Page, head: &str, server: &str) {
    let body = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><link rel=icon href='data:,'>\
         <script type=module src=/element/meet-recordings.js></script>{head}\
         <meet-recordings server-url='{server}' loading=eager></meet-recordings>"
    );
    let answer = Action::Respond {
        status: 200,
        body,
        content_type: "text/html; charset=utf-8".to_owned(),
        headers: BTreeMap::new(),
    };
    stage.hooks.add_rule(Rule::once("/host", answer));
    page.go("/host").await;
}

#[test]
fn the_base_of_the_host_page_leads_nowhere_else() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        host_page(stage, &page, "<base href='https://evil.example/'>", "/").await;
        page.row_count_is(64).await;
        assert!(page.run("return document.baseURI", vec![]).await == "https://evil.example/");
    });
}

#[test]
fn a_server_that_does_not_allow_the_page_is_told_from_one_that_is_away() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let port = stage.url().rsplit(':').next().unwrap().to_owned();
        let other = if stage.url().contains("localhost") { "127.0.0.1" } else { "localhost" };
        host_page(stage, &page, "", &format!("http://{other}:{port}/")).await;
        page.alert_says("the server does not allow its address").await;
        // Nobody listens there.
        host_page(stage, &page, "", &format!("http://{other}:1/")).await;
        page.alert_says("The server cannot be reached.").await;
    });
}

/// Signed in, and nothing of it kept: the browser, or the operator, has cookies turned off.
#[test]
fn a_cookie_that_got_lost_is_explained() {
    e2e_with(Config::default(), async |stage| {
        let page = stage.open("/").await;
        let without_cookie = Action::body("application/json", "{\"message\":\"Login succeeded\"}");
        stage.hooks.add_rule(Rule::once("/internal-api/v1/auth/login", without_cookie));
        page.sign_in().await;
        page.alert_says("the browser did not keep the server's cookie").await;
        assert!(page.button("Sign in").is_there().await);
    });
}

/// Deleted by somebody else meanwhile: what was wanted is so.
#[test]
fn what_is_gone_already_counts_as_deleted() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let id = page.ids_with("COMPLETE").await.swap_remove(0);
        page.search_id(&id).await;
        assert!(stage.hooks.remove_recording(&id));
        page.choose("Delete").await;
        page.role("alertdialog").first().await;
        page.confirm_deletion().await;
        page.status_says("1 recording deleted.").await;
        assert_eq!(stage.requests("DELETE", "")[0].status, 404);
    });
}
