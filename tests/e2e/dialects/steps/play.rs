//! Playing: the picture moves, seeking goes where it should, and what ends meanwhile is renewed.

use crate::dialects::system::{Film, System};
use crate::harness::{Action, Page, Rule};

const SECONDS: f64 = 1200.0;

/// Seeks to this share of the film.
async fn seek(page: &Page, share: f64) -> f64 {
    page.set_slider("Seek", share).await;
    page.video("is there", |it| (it.time / SECONDS - share).abs() < 0.03).await.time
}

pub fn plays_and_seeks(it: &System) {
    it.stage(0, async |stage| {
        let page = stage.open_library().await;
        it.film(&page, Film::TwentyMinutes).await.play().await;
        let first = page.video("plays", |it| it.time > 0.1 && !it.is_paused && it.width > 0).await;
        assert!((first.duration - SECONDS).abs() < 0.5, "{first:?}");
        let there = seek(&page, 0.8).await;
        page.video("moves on", |it| it.time > there + 0.2).await;
        assert_eq!(page.alert_text().await, "");
        let media = it.media_requests(stage);
        assert!(!media.is_empty(), "{:#?}", stage.hooks.requests());
        assert!(media.iter().all(|it| it.range.is_some()), "{media:?}");
    });
}

/// The token, or the link, that the media are opened with ends: it goes on with another, where it was.
pub fn plays_on_when_the_token_ends(it: &System) {
    it.stage(0, async |stage| {
        let page = stage.open_library().await;
        // No faster than it plays several times over: else the browser has all of it at once.
        let slowly = Action::Throttle { bytes_per_second: 600_000 };
        stage.hooks.add_rule(Rule::always(&it.media(), slowly));
        it.film(&page, Film::TwentyMinutes).await.play().await;
        page.video("plays", |it| it.time > 0.1).await;
        let before = page.video_address().await;
        it.end_tokens(stage);
        stage.hooks.clear_requests();
        // No further than a gateway soon comes that reads from the start.
        let there = seek(&page, 0.3).await;
        let on = page.video("plays on", |it| it.time > there + 0.5 && !it.is_paused).await;
        assert!(on.time < there + 30.0, "the place is kept: {there} {on:?}");
        let media = it.media_requests(stage);
        assert!(media.iter().any(|it| matches!(it.status, 401 | 403)), "{media:?}");
        assert_ne!(page.video_address().await, before);
        if let Some(refresh) = it.refresh {
            assert_eq!(stage.requests("POST", refresh).len(), 1);
        }
        assert_eq!(page.role("dialog").count().await, 0);
        assert_eq!(page.alert_text().await, "");
    });
}
