//! Who sees what: somebody else signs in over a library, somebody with an account opens a room's link, a page of
//! another origin embeds the library.

use crate::harness::{
    Action, Config, Dialect, Engine, Page, Rule, Stage, e2e_with, equal, eventually, json, stays,
};
use std::time::Duration;

/// Of OpenVidu Meet 3.9.
const LIST: &str = "/meet/api/v1/recordings?";

fn of(dialect: Dialect, test: impl AsyncFnOnce(&mut Stage)) {
    e2e_with(Config { dialect, clock_speed: 0.0, ..Config::default() }, test);
}

/// What the open filters offer as rooms.
async fn rooms(page: &Page) -> Vec<String> {
    let mut names = page.options("Room").await;
    names.sort();
    names
}

/// How many recordings `user` has in a browser of their own.
async fn count_of_user(stage: &mut Stage) -> usize {
    let page = stage.open("/").await;
    page.sign_in_as("user", "user1").await;
    page.has_rows().await;
    page.button("Refresh").attr_is("aria-busy", "false").await;
    page.row_count().await.unwrap()
}

/// The session of an administrator with rows selected and rooms loaded ends as a link is made.
async fn end_session_of_admin(stage: &mut Stage) -> Page {
    let page = stage.open_library().await;
    page.row_count_is(64).await;
    page.button("Filters").click().await;
    eventually("rooms", async || {
        if rooms(&page).await.len() > 3 { Ok(()) } else { Err("too few".to_owned()) }
    })
    .await;
    for row in page.ready_rows(2).await {
        row.select().await;
    }
    page.says("2 selected").await;
    stage.hooks.expire_sessions();
    page.ready_rows(1).await[0].choose("Share…").await;
    page.role("dialog").named("Sign in again").first().await;
    page
}

#[test]
fn nothing_of_the_first_user_stays_for_the_second() {
    of(Dialect::V39, async |stage| {
        let own = count_of_user(stage).await;
        assert!((1..64).contains(&own), "{own} rows");
        let page = end_session_of_admin(stage).await;
        // Slow, so that what is shown before the answer is seen too.
        stage.hooks.add_rule(Rule::once(LIST, Action::Delay { ms: 1000 }));
        page.sign_in_as("user", "user1").await;
        page.role("dialog").named("Sign in again").gone().await;
        stays(Duration::from_millis(500), "no rows before the answer", async || {
            equal(page.row_count().await, Some(0))
        })
        .await;
        page.row_count_is(own).await;
        page.button("Refresh").attr_is("aria-busy", "false").await;
        assert_eq!(page.row_count().await, Some(own));
        assert_eq!(page.role("dialog").count().await, 0, "no share dialog");
        let text = page.text().await;
        assert!(!text.contains("selected"), "{text}");
        // What the administrator had opened is not open for the user.
        page.role("group").named("Filters").gone().await;
        page.button("Filters").click().await;
        eventually("rooms of the user", async || {
            let own = ["All rooms", "Customer onboarding", "Physics 101"];
            equal(rooms(&page).await, own.map(str::to_owned).to_vec())
        })
        .await;
    });
}

/// The same user finds everything as it was, and the link that was not made.
#[test]
fn who_signs_in_again_finds_things_as_they_were() {
    of(Dialect::V39, async |stage| {
        let page = end_session_of_admin(stage).await;
        page.sign_in().await;
        page.role("dialog").named("Share recording").first().await;
        eventually("link", async || {
            let field = page.role("textbox").named("Link").first().await;
            let link = field.prop("value").await.unwrap().unwrap_or_default();
            if link.contains("/recording/") { Ok(()) } else { Err(link) }
        })
        .await;
        page.button("Close").click().await;
        page.role("dialog").gone().await;
        page.row_count_is(64).await;
        page.says("2 selected").await;
    });
}

/// The cookie of an account is no reason to show more than the room.
#[test]
fn a_room_link_shows_an_administrator_only_that_room() {
    of(Dialect::B, async |stage| {
        let page = stage.open_library().await;
        page.row_count_is(64).await;
        let ids = stage.hooks.recording_ids();
        let of_room = ids.iter().filter(|id| id.starts_with("physics_101-"));
        let of_room: Vec<&String> = of_room.collect();
        let room = of_room[0].split("--").next().unwrap();
        let secret = stage.hooks.room_secrets(room).speaker;
        stage.hooks.clear_requests();

        page.go(&format!("/room/{room}/recordings?secret={secret}")).await;
        page.row_count_is(of_room.len()).await;
        page.button("Refresh").attr_is("aria-busy", "false").await;
        page.button("Refresh").click().await;
        page.button("Refresh").attr_is("aria-busy", "false").await;
        let titles: Vec<String> = page.whole_list().await.into_iter().map(|it| it.title).collect();
        assert_eq!(titles, vec!["Physics 101"; of_room.len()]);
        let asked: Vec<String> =
            stage.requests("GET", "/api/v1/recordings?").into_iter().map(|it| it.path).collect();
        // The first asks which server this is.
        let of_this = format!("roomId={room}");
        assert!(asked.len() > 1, "{asked:?}");
        assert!(asked.iter().skip(1).all(|it| it.contains(&of_this)), "{asked:?}");

        // It cannot be left for all rooms.
        let chips = page.role("button").starting("Clear filter Room: ");
        assert!(!chips.is_there().await);
        if page.button("Filters").is_there().await {
            page.button("Filters").click().await;
            page.role("group").named("Filters").first().await;
            assert!(!page.role("combobox").named("Room").is_there().await);
            assert!(!chips.is_there().await);
        }
    });
}

/// At the root there is somebody else, who does not know the page's origin.
#[test]
fn a_server_below_meet_is_found_from_another_origin() {
    of(Dialect::V39, async |stage| {
        if stage.engine != Engine::Chromium {
            eprintln!("skipped: another origin is let into the sample's page in Chromium only");
            return;
        }
        let page = stage.open("/embed/minimal.html").await;
        // The sample's pages speak to their own server only.
        page.cdp("Page.setBypassCSP", json!({ "enabled": true })).await;
        page.reload().await;
        page.button("Sign in").first().await;
        // By another name it is another origin, and the sample allows none with credentials.
        let server = stage.url().replace("localhost", "127.0.0.1");
        assert_ne!(server, stage.url());
        let allowed = [
            ("access-control-allow-origin", stage.url()),
            ("access-control-allow-credentials", "true"),
            ("access-control-allow-headers", "x-requested-with, content-type, authorization"),
        ];
        let answer = |status| Action::Respond {
            status,
            body: r#"{"error":"Unauthorized","message":"Sign in"}"#.to_owned(),
            content_type: "application/json".to_owned(),
            headers: allowed.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        };
        stage.hooks.add_rule(Rule::always("/meet/", answer(200)).on("OPTIONS"));
        stage.hooks.add_rule(Rule::always("/meet/", answer(401)).on("GET"));
        stage.hooks.clear_requests();
        let embed = "const element = document.createElement('meet-recordings');
            element.setAttribute('server-url', arguments[0]);
            element.setAttribute('loading', 'eager');
            document.querySelector('meet-recordings').replaceWith(element)";
        page.run(embed, vec![server.into()]).await;
        eventually("asked below /meet", async || {
            let asked = stage.requests("GET", LIST).len();
            if asked > 0 { Ok(()) } else { Err(format!("{:?}", stage.hooks.requests())) }
        })
        .await;
        let at_root = stage.requests("OPTIONS", "/api/v1/recordings?").len();
        assert_eq!(at_root, 1, "{:?}", stage.hooks.requests());
        page.button("Sign in").first().await;
        assert_eq!(page.alert_text().await, "");
    });
}
