//! Users of a gateway who may not do everything: what is not theirs is not offered, and not given.

use crate::harness::{
    Config, Dialect, Key, Page, Stage, e2e_behind_gateway, equal, eventually, json,
};

/// Opens the library as the user who may only look and play.
async fn open_library(stage: &mut Stage) -> Page {
    let page = stage.open("/").await;
    page.sign_in_as("user", "user1").await;
    page.row_of_length("1:00").await;
    page
}

fn looks_and_plays(dialect: Dialect) {
    let config = Config { dialect, clock_speed: 0.0, ..Config::default() };
    e2e_behind_gateway(config, async |stage| {
        let page = open_library(stage).await;
        let row = page.row_of_length("1:00").await;
        assert_eq!(page.role("button").starting("Download ").count().await, 0);
        assert_eq!(page.role("checkbox").count().await, 0);
        row.open_menu().await;
        assert_eq!(page.role("menuitem").names().await, ["Details"]);
        page.press(&[Key::Escape]).await;
        page.role("menu").gone().await;
        row.play().await;
        page.video("plays", |it| it.time > 0.1 && it.width > 0).await;
        for name in ["Download", "Copy link"] {
            assert_eq!(page.button(name).count().await, 0, "{name}");
        }
    });
}

#[test]
fn a_user_without_rights_looks_and_plays_on_openvidu_meet() {
    looks_and_plays(Dialect::V39);
}

#[test]
fn a_user_without_rights_looks_and_plays_on_whereby() {
    looks_and_plays(Dialect::Whereby);
}

#[test]
fn what_is_not_offered_is_refused() {
    let config = Config { dialect: Dialect::V34, clock_speed: 0.0, ..Config::default() };
    e2e_behind_gateway(config, async |stage| {
        let page = open_library(stage).await;
        let id = stage.hooks.recording_ids().swap_remove(0);
        stage.hooks.clear_requests();
        let script = "const [path, method, done] = arguments;
            fetch(path, { method, headers: { 'x-requested-with': 'test' } }).then((it) => done(it.status))";
        let path = format!("/gateway/demo/api/v1/recordings/{id}");
        for (method, path) in [
            ("DELETE", path.clone()),
            ("GET", format!("{path}/url")),
            ("GET", format!("/gateway/demo/api/v1/recordings/download?recordingIds={id}")),
        ] {
            let status = page.run_async(script, vec![json!(path), json!(method)]).await;
            assert_eq!(status, json!(403), "{method} {path}");
        }
        assert_eq!(stage.requests("DELETE", "").len(), 0, "the server was not asked");
        assert!(stage.hooks.recording_ids().contains(&id));
    });
}

/// Whoever signs in next has their own rights.
#[test]
fn rights_change_with_the_user() {
    let config = Config { dialect: Dialect::V34, clock_speed: 0.0, ..Config::default() };
    e2e_behind_gateway(config, async |stage| {
        let page = open_library(stage).await;
        page.row_of_length("1:00").await.open_menu().await;
        assert_eq!(page.role("menuitem").names().await, ["Details"]);
        page.press(&[Key::Escape]).await;
        page.button("Sign out").click().await;
        page.sign_in().await;
        page.row_count_is(64).await;
        page.row_of_length("1:00").await.open_menu().await;
        let items = page.role("menuitem");
        eventually("menu", async || {
            let wanted = ["Download", "Copy link", "Share…", "Details", "Delete"];
            equal(items.names().await, wanted.map(str::to_owned).to_vec())
        })
        .await;
    });
}
