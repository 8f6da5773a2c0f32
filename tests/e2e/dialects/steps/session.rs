//! Getting in, staying in while tokens end, getting out.

use crate::dialects::system::{Film, System};
use crate::harness::{equal, eventually, json};

pub fn signs_in_and_out(it: &System) {
    it.stage(0, async |stage| {
        let page = stage.open("/").await;
        page.sign_in_as("admin", "wrong").await;
        page.alert_says("The user or the password is not right.").await;
        assert_eq!(page.row_count().await, Some(0));
        page.sign_in().await;
        page.has_rows().await;

        page.button("Sign out").click().await;
        page.role("textbox").named("User").first().await;
        page.status_says("Signed out.").await;
        page.reload().await;
        page.role("textbox").named("User").first().await;
        assert_eq!(page.row_count().await, Some(0));
    });
}

/// The access token ends: it is renewed once and nobody notices. Then the session ends, and the sign-in lies over
/// the rows.
pub fn renews_the_session(it: &System) {
    it.stage(0, async |stage| {
        let refresh = it.refresh.expect("the system renews sessions");
        let page = stage.open_library().await;
        stage.hooks.expire_access_tokens();
        stage.hooks.clear_requests();
        page.button("Refresh").click().await;
        eventually("list is asked for again", async || {
            let statuses: Vec<u16> = it.lists(stage).iter().map(|it| it.status).collect();
            equal(statuses, vec![401, 200])
        })
        .await;
        assert_eq!(stage.requests("POST", refresh).len(), 1);
        page.button("Refresh").attr_is("aria-busy", "false").await;
        assert_eq!(page.role("dialog").count().await, 0);

        stage.hooks.expire_sessions();
        page.button("Refresh").click().await;
        page.role("dialog").named("Sign in again").first().await;
        assert!(!page.shown().await.is_empty(), "the rows stay");
        page.sign_in().await;
        page.role("dialog").gone().await;
        page.has_rows().await;
    });
}

/// Behind a gateway the cookie is the session: when it is gone, the sign-in lies over the rows.
pub fn ends_with_the_cookie(it: &System) {
    it.stage_in_chromium("cookies of another path", async |stage| {
        let page = stage.open_library().await;
        page.reload().await;
        page.has_rows().await;
        page.cdp("Network.clearBrowserCookies", json!({})).await;
        page.button("Refresh").click().await;
        page.role("dialog").named("Sign in again").first().await;
        assert!(!page.shown().await.is_empty(), "the rows stay");
        page.sign_in().await;
        page.role("dialog").gone().await;
        page.button("Refresh").attr_is("aria-busy", "false").await;
        assert_eq!(page.alert_text().await, "");
    });
}

/// The recordings of one room, for whoever has its secret and no account.
pub fn opens_a_room_by_its_secret(it: &System) {
    it.stage(0, async |stage| {
        let ids = stage.hooks.recording_ids();
        let of_room: Vec<&String> =
            ids.iter().filter(|id| id.starts_with("physics_101-")).collect();
        let room = of_room[0].split("--").next().unwrap();
        let secret = stage.hooks.room_secrets(room).speaker;
        let base = it.dialect.base_path();
        let guest = stage.open(&format!("{base}/room/{room}/recordings?secret={secret}")).await;
        guest.row_count_is(of_room.len()).await;
        assert!(guest.titles().await.iter().all(|it| it == "Physics 101"));
        assert!(!guest.address().await.contains("secret"));
        assert!(!guest.button("Sign out").is_there().await);
        guest.reload().await;
        guest.row_count_is(of_room.len()).await;

        // The token for the room ends: the secret gets another.
        stage.hooks.expire_access_tokens();
        it.film(&guest, Film::TwentyMinutes).await.play().await;
        guest.video("plays", |it| it.time > 0.1 && !it.is_paused).await;
        guest.button("Close player").click().await;
        guest.button("Refresh").click().await;
        guest.button("Refresh").attr_is("aria-busy", "false").await;
        guest.row_count_is(of_room.len()).await;
        assert_eq!(guest.alert_text().await, "");
    });
}
