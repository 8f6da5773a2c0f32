//! The player: it plays whatever the network does, says why when it cannot, and is handled with any hand. What hostile
//! servers do and which test is for it stands in `../README.md`.

mod bad_media;
mod captions;
mod controls;
mod details;
mod device;
mod heals;
mod keys;
mod list;
mod places;
mod playing;
mod watch;

use crate::harness::{Action, Frame, Hooks, MEDIA, Page, Rule, text};

/// Plays a recording of this length; returns its title.
async fn play(page: &Page, seconds: f64) -> String {
    let recording = page.recording_of(seconds).await;
    play_id(page, text(&recording, "recordingId")).await;
    text(&recording, "roomName").to_owned()
}

/// The ids of recordings of this length: what was played once may come from the browser's memory.
async fn ids_of(page: &Page, seconds: f64) -> Vec<String> {
    let all = page.recordings().await.into_iter();
    let fitting = all
        .filter(|it| it["duration"].as_f64() == Some(seconds) && text(it, "status") == "COMPLETE");
    fitting.map(|it| text(&it, "recordingId").to_owned()).collect()
}

async fn play_id(page: &Page, id: &str) {
    page.search_id(id).await;
    page.first_row().await.play().await;
}

async fn plays(page: &Page) -> Frame {
    page.video("plays", |it| it.time > 0.1 && !it.is_paused && it.width > 0).await
}

/// Plays a recording of this length until the picture moves, and stops there.
async fn pause_at_start(page: &Page, seconds: f64) -> Frame {
    play(page, seconds).await;
    plays(page).await;
    page.button("Pause").click().await;
    page.video("pauses", |it| it.is_paused).await
}

/// Whether a video of this length is near this share of it.
fn is_near(it: &Frame, share: f64) -> bool {
    (it.time / it.duration - share).abs() < 0.03
}

/// Makes the file arrive no faster than it plays several times over: else it is in the browser's memory at once.
fn slow_down(hooks: &Hooks) {
    hooks.add_rule(Rule::always(MEDIA, Action::Throttle { bytes_per_second: 400_000 }));
}
