//! Back and forward: each page is found again as it was left, with the focus where it was.

use crate::harness::{Config, Key, Page, e2e, e2e_with, equal, eventually, json};
use crate::rooms::{B, V39, open_rooms};

async fn rooms_made(page: &Page, count: usize) {
    for at in 0..count {
        let body = json!({ "roomName": format!("Seminar {at:02}") });
        assert_eq!(page.call("POST", B.api, body).await.0, 201);
    }
    page.button("Refresh").click().await;
    page.rooms_are(B.rooms + count).await;
}

#[test]
fn back_from_a_room_leads_to_its_row_in_the_list() {
    B.stage(async |stage| {
        let page = open_rooms(stage).await;
        rooms_made(&page, 60).await;
        page.scroll_rooms(0.5).await;
        let scrolled = page.rooms_scrolled().await;
        assert!(scrolled > 300, "{scrolled}");
        let rows = page.rooms().await;
        let row = &rows[rows.len() / 2];
        // By the pointer, and by the keyboard.
        page.button(&format!("Open {}", row.title)).click().await;
        page.role("heading").named(&row.title).first().await;
        page.title_is(&row.title).await;
        page.focus_is_on(&row.title).await;
        page.go_back().await;
        page.path_is("/rooms").await;
        page.title_is("Rooms").await;
        page.focus_is_on_row(row.at).await;
        let at = page.rooms_scrolled().await;

        page.press(&[Key::Down, Key::Enter]).await;
        page.path_is(&format!("/rooms/{}", rows[rows.len() / 2 + 1].id)).await;
        page.go_back().await;
        page.focus_is_on_row(row.at + 1).await;
        let moved = (page.rooms_scrolled().await - at).abs();
        assert!(moved <= 80, "the list has moved by {moved} px");

        page.go_forward().await;
        page.role("heading").named(&rows[rows.len() / 2 + 1].title).first().await;
        page.button("All rooms").click().await;
        page.focus_is_on_row(row.at + 1).await;
    });
}

#[test]
fn back_closes_the_player_and_the_list_is_where_it_was() {
    e2e_with(Config { clock_speed: 0.0, recordings: 30, ..Config::default() }, async |stage| {
        let page = stage.open("/recordings").await;
        page.sign_in().await;
        page.has_rows().await;
        page.scroll_to(0.4).await;
        let rows = page.ready_rows(9).await;
        let row = &rows[8];
        row.play().await;
        page.video("plays", |it| it.time > 0.1).await;
        let scrolled = page.scroll_top().await;
        let path = page.path().await;
        assert!(path.starts_with("/recordings/"), "{path}");
        page.title_is(&row.shown.title).await;

        page.go_back().await;
        page.role("region").named("Player").gone().await;
        page.path_is("/recordings").await;
        page.title_is("Recordings").await;
        page.focus_is_on_row(row.shown.at).await;
        assert!((page.scroll_top().await - scrolled).abs() < 2.0);

        page.go_forward().await;
        page.path_is(&path).await;
        page.role("region").named("Player").first().await;
        page.button("Close player").click().await;
        page.role("region").named("Player").gone().await;
        page.path_is("/recordings").await;
        assert!((page.scroll_top().await - scrolled).abs() < 2.0);
    });
}

/// A page that is left keeps its rows, its place and its focus; a new one begins at its heading.
#[test]
fn pages_are_left_as_they_are_and_begin_at_their_heading() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        page.scroll_to(0.5).await;
        let scrolled = page.scroll_top().await;
        page.role("link").named("Rooms").click().await;
        page.title_is("Rooms").await;
        page.focus_is_on("Rooms").await;
        page.search_rooms("physics").await;
        page.rooms_are(1).await;
        page.path_is("/rooms?q=physics").await;
        page.role("link").named("Overview").click().await;
        page.title_is("Overview").await;
        page.focus_is_on("Overview").await;
        page.go_back().await;
        page.rooms_are(1).await;
        page.path_is("/rooms?q=physics").await;
        page.role("link").named("Recordings").click().await;
        page.title_is("Recordings").await;
        assert!((page.scroll_top().await - scrolled).abs() < 2.0);
        // Nothing was asked for again only because its page was left.
        stage.hooks.clear_requests();
        page.role("link").named("Rooms").click().await;
        page.rooms_are(1).await;
        assert_eq!(stage.requests("GET", "/api/v1/rooms").len(), 0);
    });
}

/// The address follows only after a moment, the history at once.
#[test]
fn a_view_that_has_just_changed_is_kept() {
    B.stage(async |stage| {
        let page = open_rooms(stage).await;
        page.search_rooms("physics").await;
        page.role("link").named("Overview").click().await;
        page.title_is("Overview").await;
        page.go_back().await;
        page.path_is("/rooms?q=physics").await;
        page.rooms_are(1).await;
    });
}

/// The player over the page of a room is one step of the way back, the page another.
#[test]
fn back_closes_the_player_of_a_room_and_then_leads_to_the_list() {
    V39.stage(async |stage| {
        let page = open_rooms(stage).await;
        let row = page.find_room("board meeting").await;
        page.path_is("/rooms?q=board+meeting").await;
        page.button(&format!("Open {}", row.title)).click().await;
        page.play_of_room().await;
        page.video("plays", |it| it.time > 0.1 && !it.is_paused).await;
        page.go_back().await;
        page.role("region").named("Player").gone().await;
        page.path_is(&format!("/rooms/{}", row.id)).await;
        page.role("heading").named(&row.title).first().await;
        eventually("nothing plays", async || {
            let playing =
                "return [...document.querySelectorAll('video')].filter((it) => !it.paused).length";
            equal(page.run(playing, vec![]).await, json!(0))
        })
        .await;
        page.go_back().await;
        page.path_is("/rooms?q=board+meeting").await;
        page.focus_is_on_row(0).await;
    });
}

/// Another room's page begins at its heading, whatever was left on the one before.
#[test]
fn the_page_of_another_room_is_another_page() {
    V39.stage(async |stage| {
        let page = open_rooms(stage).await;
        for title in ["Board meeting Q3", "Support rota"] {
            page.find_room(title).await;
            page.button(&format!("Open {title}")).click().await;
            page.role("heading").named(title).first().await;
            page.focus_is_on(title).await;
            page.role("button").starting(&format!("Play {title}")).first().await;
            page.button("All rooms").click().await;
            page.path_is_list().await;
        }
        for title in ["Support rota", "Board meeting Q3"] {
            page.go_back().await;
            page.role("heading").named(title).first().await;
            page.title_is(title).await;
            page.go_back().await;
            page.path_is_list().await;
        }
    });
}

impl Page {
    async fn path_is_list(&self) {
        eventually("the list", async || {
            let path = self.path().await;
            if path == "/rooms" || path.starts_with("/rooms?") { Ok(()) } else { Err(path) }
        })
        .await;
        self.role("grid").named("Rooms").first().await;
    }
}
