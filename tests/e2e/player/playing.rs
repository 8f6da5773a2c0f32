//! Playing: the picture moves, seeking works, closing ends it.

use std::time::Duration;

use super::{play, slow_down};
use crate::harness::{Engine, RequestRecord, e2e, equal, eventually, text, within};

fn assert_all_partial(requests: &[RequestRecord]) {
    assert!(!requests.is_empty(), "no media was asked for");
    for request in requests {
        assert_eq!(request.status, 206, "{request:?}");
        assert!(request.range.is_some(), "{request:?}");
    }
}

/// Plays, pauses, seeks to 80 %, and plays on from there.
fn plays_and_seeks(seconds: f64) {
    e2e(async |stage| {
        let page = stage.open_library().await;
        play(&page, seconds).await;
        page.video("plays", |it| it.time > 0.1 && !it.is_paused && it.width > 0).await;
        page.button("Pause").click().await;
        let before = page.video("pauses", |it| it.is_paused).await;
        assert!((before.duration - seconds).abs() < 0.5, "{before:?}");

        page.set_slider("Seek", 0.8).await;
        let share = |time: f64| time / seconds;
        let there = page.video("is at 80 %", |it| (share(it.time) - 0.8).abs() < 0.03).await;
        let sought =
            page.video("shows the new place", |it| it.hash != before.hash && it.is_paused).await;
        assert!(there.time > before.time);
        page.button("Play").click().await;
        page.video("moves on", |it| it.hash != sought.hash && it.time > there.time + 0.2).await;
        if stage.engine != Engine::WebKit {
            // WebKit's first request has no range.
            assert_all_partial(&stage.media_requests());
        }
    });
}

#[test]
fn plays_and_seeks_with_the_index_first() {
    plays_and_seeks(5.0);
}

#[test]
fn plays_and_seeks_with_the_index_last() {
    plays_and_seeks(60.0);
}

#[test]
fn plays_and_seeks_in_twenty_minutes() {
    plays_and_seeks(1200.0);
}

#[test]
fn closing_the_player_frees_the_connection() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        slow_down(&stage.hooks);
        let title = play(&page, 1200.0).await;
        page.video("plays", |it| it.time > 0.1).await;
        assert!(stage.hooks.open_media() > 0, "the file came at once: nothing to free");
        page.button("Close player").click().await;
        page.role("region").named("Player").gone().await;
        within(Duration::from_secs(2), "connections are free", async || {
            equal(stage.hooks.open_media(), 0)
        })
        .await;
        page.focus_is_on(&format!("Play {title}")).await;
    });
}

#[test]
fn what_cannot_be_played_says_why() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        for (status, why) in [
            ("FAILED", "The recording failed, so there is nothing to play."),
            ("ACTIVE", "Still recording. It can be played when it has ended."),
            ("ENDING", "Still being processed."),
        ] {
            let ids = page.ids_with(status).await;
            page.search_id(&ids[0]).await;
            page.first_row().await.click_play().await;
            page.status_says(why).await;
            assert!(!page.role("region").named("Player").is_there().await);
        }
        assert!(stage.media_requests().is_empty());
    });
}

#[test]
fn a_recording_that_vanished_is_explained() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let recording = page.recording_of(60.0).await;
        let id = text(&recording, "recordingId");
        page.search_id(id).await;
        assert!(stage.hooks.remove_recording(id));
        page.first_row().await.click_play().await;
        page.alert_says("It is not on the server any more.").await;
        page.button("Close player").click().await;
        eventually("player closes", async || {
            equal(page.role("region").named("Player").count().await, 0)
        })
        .await;
    });
}
