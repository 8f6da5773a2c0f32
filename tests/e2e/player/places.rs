//! Where it begins: at a time in the link, or where somebody left it, if they like.

use super::{is_near, pause_at_start, play, plays};
use crate::harness::{Key, Page, e2e, e2e_in_chromium, equal, eventually, json, text};

const LENGTH: f64 = 1200.0;

/// Plays the film of twenty minutes, leaves it at that many seconds, and plays it again from its start.
async fn leave_at(page: &Page, seconds: f64) {
    page.type_text("k").await;
    page.video("pauses", |it| it.is_paused).await;
    page.run("document.querySelector('video').currentTime = arguments[0]", vec![json!(seconds)])
        .await;
    page.video("is there", |it| (it.time - seconds).abs() < 0.3).await;
    close(page).await;
    page.first_row().await.play().await;
    let it = plays(page).await;
    assert!(it.time < 5.0, "offered, not done: {it:?}");
}

async fn close(page: &Page) {
    page.button("Close player").click().await;
    page.role("region").named("Player").gone().await;
}

async fn offers(page: &Page) -> Vec<String> {
    let names = page.role("button").starting("Resume at").names().await;
    assert_eq!(page.button("Dismiss").count().await, names.len());
    names
}

#[test]
fn a_link_begins_at_its_time() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        // What can be written in which way is tested beside `player::time`.
        let recording = page.recording_of(LENGTH).await;
        let id = text(&recording, "recordingId");
        for time in ["?t=10m", "?t=10:00", "#t=npt:600,660"] {
            page.go("about:blank").await;
            page.go(&format!("/recording/{id}{time}")).await;
            let it = page.video(&format!("begins as {time} says"), |it| is_near(it, 0.5)).await;
            assert!(it.time >= 599.5, "{time}: {it:?}");
        }
        for time in ["?t=soon", "#t=-5"] {
            page.go("about:blank").await;
            page.go(&format!("/recording/{id}{time}")).await;
            let it = plays(&page).await;
            assert!(it.time < 5.0, "{time}: {it:?}");
        }
        // Behind the end is at the end.
        page.go("about:blank").await;
        page.go(&format!("/recording/{id}?t=99h")).await;
        page.video("is at the end", |it| it.time > LENGTH - 1.0).await;
    });
}

#[test]
fn a_link_to_the_place_is_copied_and_leads_there() {
    e2e_in_chromium("reading the clipboard", async |stage| {
        let page = stage.open_library().await;
        page.allow_clipboard().await;
        pause_at_start(&page, LENGTH).await;
        page.button("Copy link").first().await;
        page.type_text("5").await;
        page.video("is at its half", |it| is_near(it, 0.5)).await;
        page.button("Copy link at 10:00").click().await;
        page.status_says("copied").await;
        let link = page.clipboard().await;
        assert!(link.contains("/recording/") && link.contains("secret="), "{link}");
        assert!(link.ends_with("&t=10m0s"), "{link}");

        let guest = stage.open(&link).await;
        let it = guest.video("begins there", |it| is_near(it, 0.5)).await;
        assert!(it.time >= 599.5, "{it:?}");
        assert!(!guest.address().await.contains("secret"));
        // A guest sees one recording and has no list to go back to.
        for name in ["Close player", "Next recording", "Previous recording"] {
            assert_eq!(guest.button(name).count().await, 0, "{name}");
        }
        assert_eq!(guest.role("button").starting("Copy link").count().await, 0);
        guest.type_text("k").await;
        guest.video("pauses", |it| it.is_paused).await;
        guest.press(&[Key::Escape]).await;
        guest.button("Settings").click().await;
        guest.button("Keyboard shortcuts").first().await;
        assert_eq!(guest.role("checkbox").count().await, 0);
    });
}

/// It is offered, not done: who comes for the beginning is not sent elsewhere.
#[test]
fn who_left_is_offered_to_go_on() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        play(&page, LENGTH).await;
        assert_eq!(offers(&page).await, Vec::<String>::new(), "nobody was here before");
        plays(&page).await;
        // At the beginning nothing has begun, and at the end it is over.
        for seconds in [8.0, LENGTH - 10.0] {
            leave_at(&page, seconds).await;
            assert_eq!(offers(&page).await, Vec::<String>::new(), "{seconds}");
        }
        leave_at(&page, 600.0).await;
        page.button("Resume at 10:00").click().await;
        page.video("goes on there", |it| is_near(it, 0.5) && !it.is_paused).await;
        assert_eq!(offers(&page).await, Vec::<String>::new());
        assert_ne!(page.focused().await, "body");

        // The app keeps it for the next visit, also when the page goes without a word.
        page.type_text("k").await;
        page.video("pauses", |it| it.is_paused).await;
        page.type_text("2").await;
        page.video("is at its fifth", |it| is_near(it, 0.2)).await;
        page.reload().await;
        // The address says what was played, and so it is again.
        page.button("Close player").click().await;
        page.has_rows().await;
        play(&page, LENGTH).await;
        plays(&page).await;
        page.role("button").starting("Resume at ").first().await;
        page.button("Dismiss").click().await;
        page.button("Dismiss").gone().await;
        assert_eq!(offers(&page).await, Vec::<String>::new());
        assert!(plays(&page).await.time < 60.0);
        assert_ne!(page.focused().await, "body");

        leave_at(&page, 600.0).await;
        page.button("Resume at 10:00").first().await;
        close(&page).await;
        page.button("Sign out").click().await;
        page.sign_in().await;
        page.row_count_is(64).await;
        play(&page, LENGTH).await;
        plays(&page).await;
        assert_eq!(offers(&page).await, Vec::<String>::new(), "gone with the user");
    });
}

/// An element keeps nothing unless its page says so; the app keeps no secrets.
#[test]
fn nothing_is_kept_unasked() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        page.go("/embed/minimal.html").await;
        page.has_rows().await;
        let kept = async || {
            let kept = page.run("return JSON.stringify({ ...localStorage })", vec![]).await;
            kept.as_str().unwrap().to_owned()
        };
        page.run("localStorage.clear()", vec![]).await;
        play(&page, LENGTH).await;
        plays(&page).await;
        page.type_text("m5k").await;
        page.video("is at its half", |it| is_near(it, 0.5) && it.is_paused && it.is_muted).await;
        close(&page).await;
        assert_eq!(kept().await, "{}");
        // Till it leaves it knows all the same.
        page.first_row().await.play().await;
        page.button("Resume at 10:00").first().await;

        page.go("/").await;
        page.has_rows().await;
        play(&page, LENGTH).await;
        plays(&page).await;
        page.type_text("5").await;
        page.video("is at its half", |it| is_near(it, 0.5)).await;
        close(&page).await;
        eventually("the place is kept", async || {
            let kept = kept().await;
            equal(kept.contains("600") || kept.contains("601"), true).map_err(|_| kept)
        })
        .await;
        let kept = kept().await.to_lowercase();
        assert!(!kept.contains("token") && !kept.contains("secret"), "{kept}");
    });
}
