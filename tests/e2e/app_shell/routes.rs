//! Addresses: each leads to its page, whoever is signed in, and what it means is said where it means nothing.

use crate::harness::{Config, Dialect, Key, Page, Stage, e2e, e2e_with, eventually, json, text};
use crate::rooms::{B, V39, open_rooms};

/// A recording that can be played, known before anybody is signed in.
async fn playable(page: &Page) -> (String, String) {
    let (_, list) = page.call("GET", "/api/v1/recordings?maxItems=100", json!(null)).await;
    let all = list["recordings"].as_array().unwrap();
    let found = all
        .iter()
        .find(|it| text(it, "status") == "COMPLETE" && it["duration"].as_f64() == Some(60.0));
    let found = found.unwrap();
    (text(found, "recordingId").to_owned(), text(found, "roomName").to_owned())
}

/// Addresses, the heading of the page and its title.
#[test]
fn each_address_leads_to_its_page() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open("/rooms").await;
        page.role("textbox").named("User").first().await;
        page.sign_in().await;
        let room = {
            page.has_rooms().await;
            page.room("Board meeting Q3").await
        };
        let of_room = format!("/rooms/{}", room.id);
        for (path, heading) in [
            ("/rooms", "Rooms"),
            (of_room.as_str(), "Board meeting Q3"),
            ("/overview", "Overview"),
            ("/recordings", "Recordings"),
            ("/", "Recordings"),
            ("/nowhere", "Recordings"),
        ] {
            page.go(path).await;
            page.role("heading").named(heading).first().await;
            page.title_is(heading).await;
            let here = page.role("link");
            eventually("where it is in the navigation", async || {
                let script = "return [...document.querySelectorAll('nav a[aria-current=page]')].map((it) => it.textContent)";
                let now = page.run(script, vec![]).await;
                let link = if heading.starts_with("Board") { "Rooms" } else { heading };
                if now == json!([link]) { Ok(()) } else { Err(now.to_string()) }
            })
            .await;
            assert_eq!(here.names().await, ["Recordings", "Rooms", "Overview"], "{path}");
        }
    });
}

#[test]
fn a_link_to_a_recording_plays_it_after_signing_in() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open("/").await;
        let (id, title) = playable(&page).await;
        page.go(&format!("/recordings/{id}?t=20")).await;
        page.role("textbox").named("User").first().await;
        assert_eq!(page.role("region").named("Player").count().await, 0);
        page.sign_in().await;
        page.video("plays from there", |it| it.time > 19.5 && it.width > 0).await;
        page.title_is(&title).await;
        page.button("Close player").click().await;
        page.role("region").named("Player").gone().await;
        page.path_is("/recordings").await;
        page.title_is("Recordings").await;
        page.row_count_is(64).await;
        assert_ne!(page.focused().await, "body");
    });
}

#[test]
fn a_link_to_a_recording_that_is_not_there_is_explained() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open("/recordings/nothing--EG_xyz--abc").await;
        page.sign_in().await;
        page.alert_says("nothing--EG_xyz--abc").await;
        page.path_is("/recordings").await;
        page.row_count_is(64).await;
        assert_eq!(page.role("region").named("Player").count().await, 0);
    });
}

/// What failed or goes on cannot be played: it is said why, over the list.
#[test]
fn a_link_to_a_recording_that_cannot_be_played_is_explained() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        let id = page.ids_with("FAILED").await.swap_remove(0);
        page.go(&format!("/recordings/{id}")).await;
        eventually("it is said why", async || {
            let said = page.alert_text().await;
            if said.is_empty() { Err("nothing".to_owned()) } else { Ok(()) }
        })
        .await;
        page.path_is("/recordings").await;
        page.row_count_is(64).await;
    });
}

#[test]
fn a_link_to_a_room_that_is_not_there_is_explained() {
    B.stage(async |stage| {
        let page = stage.open("/rooms/no-such-room").await;
        page.sign_in().await;
        page.says("This room does not exist any more.").await;
        page.button("All rooms").click().await;
        page.path_is("/rooms").await;
        page.rooms_are(B.rooms).await;
    });
}

/// The page of a room has its recordings and no others, played over that page.
#[test]
fn the_page_of_a_room_has_its_recordings_only() {
    V39.stage(async |stage| {
        let page = open_rooms(stage).await;
        let row = page.find_room("board meeting").await;
        page.button(&format!("Open {}", row.title)).click().await;
        page.path_is(&format!("/rooms/{}", row.id)).await;
        page.role("heading").named(&row.title).first().await;
        let titles = page.recordings_of_room(4).await;
        assert!(titles.iter().all(|it| it == "Board meeting Q3"), "{titles:?}");
        page.says("Owner").await;
        page.play_of_room().await;
        page.video("plays", |it| it.time > 0.1).await;
        page.press(&[Key::Escape]).await;
        page.role("region").named("Player").gone().await;
        page.path_is(&format!("/rooms/{}", row.id)).await;
        page.role("heading").named(&row.title).first().await;
    });
}

/// Where its page was is the list, without it.
#[test]
fn a_room_that_is_deleted_on_its_page_leads_back() {
    B.stage(async |stage| {
        let page = open_rooms(stage).await;
        let row = page.find_room("support").await;
        page.button(&format!("Open {}", row.title)).click().await;
        page.role("heading").named(&row.title).first().await;
        page.button("Delete").click().await;
        page.role("alertdialog").named("Delete room?").first().await;
        page.button("Delete").click().await;
        page.status_says("1 room deleted.").await;
        page.role("heading").named("Rooms").first().await;
        page.title_is("Rooms").await;
        eventually("the focus is somewhere", async || match page.focused().await.as_str() {
            "body" => Err("it is lost".to_owned()),
            _ => Ok(()),
        })
        .await;
        page.button("Clear search and filters").click().await;
        page.rooms_are(B.rooms - 1).await;
    });
}

async fn open_at(stage: &mut Stage, path: &str) -> Page {
    let page = stage.open(path).await;
    page.sign_in().await;
    page
}

/// All that is narrowed and ordered is in the address, and comes back from it.
#[test]
fn the_view_of_the_rooms_is_in_the_address() {
    let config = Config { dialect: Dialect::V39, clock_speed: 0.0, ..Config::default() };
    e2e_with(config, async |stage| {
        let page = open_at(stage, "/rooms?q=e&status=closed&recordings=yes&sort=name").await;
        page.has_rooms().await;
        let rows = page.rooms().await;
        assert!(rows.iter().all(|it| it.status == "Closed"), "{rows:?}");
        assert_eq!(page.typed_search().await, "e");
        page.button("With recordings").attr_is("aria-pressed", "true").await;
        let grid = page.role("grid").named("Rooms").first().await;
        let head = page.role("columnheader").named("Room").inside(&grid);
        head.attr_is("aria-sort", "ascending").await;

        page.search_rooms("physics").await;
        let status = page.role("combobox").named("Status").first().await;
        page.role("option").named("Active meeting").inside(&status).click().await;
        page.rooms_are(1).await;
        page.path_is("/rooms?q=physics&status=active&recordings=yes&sort=name").await;
        page.reload_rooms().await;
        page.rooms_are(1).await;
        assert_eq!(page.typed_search().await, "physics");
        page.role("link").named("Recordings").click().await;
        page.path_is("/recordings").await;
        page.go_back().await;
        page.path_is("/rooms?q=physics&status=active&recordings=yes&sort=name").await;
        page.rooms_are(1).await;
    });
}

impl Page {
    async fn typed_search(&self) -> String {
        let search = self.role("searchbox").named("Search rooms").first().await;
        search.prop("value").await.unwrap().unwrap_or_default()
    }
}
