//! The bar and what stands around it: each control does what its name says, and what is liked stays for the next recording.

use super::{is_near, pause_at_start, play, plays};
use crate::harness::{
    Frame, Key, Page, Stage, e2e, e2e_in_chromium, equal, eventually, json, one_minute, text,
};

async fn choose_speed(page: &Page, label: &str) {
    page.button("Settings").click().await;
    let list = page.role("combobox").named("Speed").first().await;
    page.role("option").named(label).inside(&list).click().await;
    page.press(&[Key::Escape]).await;
    page.role("group").named("Settings").gone().await;
}

/// Presses a button of the settings and closes them.
async fn set(page: &Page, name: &str) {
    page.button("Settings").click().await;
    page.button(name).click().await;
    page.press(&[Key::Escape]).await;
    page.role("group").named("Settings").gone().await;
}

#[test]
fn the_bar_has_what_was_promised() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let title = play(&page, 60.0).await;
        for name in [
            "Pause",
            "Mute",
            "Settings",
            "Full screen",
            "Close player",
            "Back 10 seconds",
            "Forward 10 seconds",
            "Speed 1×",
            "Theatre mode",
            "Previous recording",
            "Next recording",
            "Download",
            "Details",
        ] {
            page.button(name).first().await;
        }
        page.role("heading").named(&title).first().await;
        page.role("slider").named("Volume").first().await;
        // Only where there are captions, or other devices.
        for name in ["Captions", "Transcript", "Play on another device"] {
            assert_eq!(page.button(name).count().await, 0, "{name}");
        }
        plays(&page).await;
        page.button("Pause").click().await;
        let start = page.video("pauses", |it| it.is_paused).await.time;
        let is_at = async |seconds: f64| {
            let what = format!("is at {seconds} s");
            page.video(&what, |it| (it.time - seconds).abs() < 0.3).await;
        };
        page.button("Forward 10 seconds").click().await;
        is_at(start + 10.0).await;
        page.button("Forward 10 seconds").click().await;
        page.button("Back 10 seconds").click().await;
        page.button("Back 10 seconds").click().await;
        is_at(start).await;
        page.button("Back 10 seconds").click().await;
        is_at(0.0).await;
    });
}

/// What is liked once is liked for the next recording too, and in the app at the next visit.
#[test]
fn speed_and_sound_stay_for_the_next() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        page.row_of_length("1:00").await.play().await;
        plays(&page).await;
        page.button("Speed 1×").click().await;
        page.role("group").named("Settings").first().await;
        let list = page.role("combobox").named("Speed").first().await;
        page.role("option").named("1.5×").inside(&list).click().await;
        page.video("is faster", |it| it.rate == 1.5).await;
        let pitch = "return document.querySelector('video').preservesPitch !== false";
        assert_eq!(page.run(pitch, vec![]).await, json!(true));
        page.press(&[Key::Escape]).await;
        page.role("group").named("Settings").gone().await;
        page.set_slider("Volume", 0.5).await;
        let volume = page.video("is quieter", |it| (it.volume - 0.5).abs() < 0.15).await.volume;
        let spoken = page.role("slider").named("Volume").attr("aria-valuetext").await;
        let percent = format!("{}%", (volume * 100.0).round());
        assert_eq!(spoken, Some(percent));
        page.button("Mute").click().await;
        page.video("is mute", |it| it.is_muted).await;

        let is_so = |it: &Frame| {
            let is_moving = it.time > 0.1 && !it.is_paused;
            is_moving && it.is_muted && it.rate == 1.5 && (it.volume - volume).abs() < 0.01
        };
        let address = page.video_address().await;
        page.button("Next recording").click().await;
        eventually("the next one", async || {
            if page.video_address().await == address { Err("no") } else { Ok(()) }
                .map_err(Into::into)
        })
        .await;
        page.video("is as the one before", is_so).await;
        page.button("Close player").click().await;
        page.role("region").named("Player").gone().await;
        page.row_of_length("1:00").await.play().await;
        page.video("is as it was", is_so).await;
        page.reload().await;
        // The address says what was played, and so it is again.
        page.button("Close player").click().await;
        page.has_rows().await;
        page.row_of_length("1:00").await.play().await;
        page.video("is as at the last visit", is_so).await;
        page.button("Speed 1.5×").first().await;
        page.button("Unmute").first().await;
    });
}

/// When it will be over, as the reader writes times; it may just have struck.
const ENDS: &str = r"
const video = document.querySelector('video');
const left = (video.duration - video.currentTime) / video.playbackRate * 1000;
const format = new Intl.DateTimeFormat(navigator.language, { timeStyle: 'short' });
const text = document.body.innerText;
return [-1000, 0, 1000].some((ms) => text.includes(`ends at ${format.format(Date.now() + left + ms)}${arguments[0]}`));
";

/// Of `10:00`.
fn seconds(clock: &str) -> Option<f64> {
    let (minutes, seconds) = clock.split_once(':')?;
    Some(60.0 * minutes.parse::<f64>().ok()? + seconds.parse::<f64>().ok()?)
}

/// What stands above the bar where the pointer is.
pub async fn under_pointer(page: &Page) -> String {
    let script = "return document.querySelector('.seek-bar output')?.textContent ?? ''";
    page.run(script, vec![]).await.as_str().unwrap().to_owned()
}

/// Under the pointer the time there; beside the bar how far it is, and when it will be over.
#[test]
fn times_are_told() {
    e2e_in_chromium("a pointer that rests", async |stage| {
        let page = stage.open_library().await;
        pause_at_start(&page, 1200.0).await;
        page.says("0:00 / 20:00").await;
        let ends = async |rate: &str| {
            eventually(&format!("when it ends{rate}"), async || {
                equal(page.run(ENDS, vec![json!(rate)]).await, json!(true))
            })
            .await;
        };
        ends("").await;
        let slider = page.role("slider").named("Seek").first().await;
        for (share, near) in [(0.5, 600.0), (0.25, 300.0)] {
            page.point_at(&slider, share).await;
            eventually("the time under the pointer", async || {
                let shown = under_pointer(&page).await;
                let is_near = seconds(&shown).is_some_and(|it| (it - near).abs() < 10.0);
                if is_near { Ok(()) } else { Err(shown) }
            })
            .await;
        }
        page.point_at(&page.button("Settings").first().await, 0.5).await;
        eventually("nothing without a pointer", async || {
            equal(under_pointer(&page).await, String::new())
        })
        .await;
        choose_speed(&page, "2×").await;
        ends(" at 2×").await;
    });
}

/// Listened to by somebody who does not see it, the slider does not chatter.
#[test]
fn the_place_is_spoken_now_and_then() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        play(&page, 60.0).await;
        plays(&page).await;
        let slider = page.role("slider").named("Seek");
        let spoken = slider.attr("aria-valuetext").await.unwrap_or_default();
        assert!(spoken.ends_with(" of 1 minute"), "{spoken}");
        let watch = "window.spoken = [];
            const slider = [...document.querySelectorAll('input[type=range]')].find((it) => it.ariaLabel === 'Seek');
            new MutationObserver(() => window.spoken.push(slider.getAttribute('aria-valuetext')))
                .observe(slider, { attributeFilter: ['aria-valuetext'] })";
        page.run(watch, vec![]).await;
        // The search for the recording is told a moment later.
        page.status_says("1 of 64").await;
        let (start, before) = (page.frame().await.unwrap().time, page.status_text().await);
        page.video("plays for a while", |it| it.time > start + 4.0).await;
        let spoken = page.run("return [...new Set(window.spoken)]", vec![]).await;
        assert!(spoken.as_array().unwrap().len() <= 1, "{spoken}");
        assert_eq!(page.status_text().await, before, "playing is no news");
        page.set_slider("Seek", 0.5).await;
        page.video("is there", |it| is_near(it, 0.5)).await;
        let now = slider.attr("aria-valuetext").await.unwrap();
        let is_there = ["29 ", "30 ", "31 ", "32 "].iter().any(|it| now.starts_with(it));
        assert!(is_there, "{now}");
    });
}

/// Pixels that the picture is wide, and those of the window.
async fn widths(page: &Page) -> (f64, f64) {
    let script = "return [document.querySelector('video').clientWidth, innerWidth]";
    let widths = page.run(script, vec![]).await;
    (widths[0].as_f64().unwrap(), widths[1].as_f64().unwrap())
}

#[test]
fn the_picture_fills_more_room_and_the_screen() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        page.row_of_length("1:00").await.play().await;
        plays(&page).await;
        let (narrow, window) = widths(&page).await;
        assert!(narrow < window);
        let theatre = page.button("Theatre mode");
        theatre.click().await;
        theatre.attr_is("aria-pressed", "true").await;
        assert_eq!(widths(&page).await.0, window);

        page.button("Full screen").click().await;
        page.button("Exit full screen").first().await;
        let is_full =
            "return document.fullscreenElement?.contains(document.querySelector('video')) ?? false";
        assert_eq!(page.run(is_full, vec![]).await, json!(true));
        // All that can be done is there too.
        page.button("Settings").click().await;
        page.role("group").named("Settings").first().await;
        page.press(&[Key::Escape]).await;
        page.role("group").named("Settings").gone().await;
        page.button("Exit full screen").click().await;
        page.button("Full screen").first().await;
        assert_eq!(page.run(is_full, vec![]).await, json!(false));

        page.double_click_video().await;
        page.button("Exit full screen").first().await;
        let it = page.frame().await.unwrap();
        assert!(!it.is_paused, "the two clicks cancel each other: {it:?}");
        page.double_click_video().await;
        page.button("Full screen").first().await;

        page.reload().await;
        // The address says what was played, and so it is again.
        page.button("Close player").click().await;
        page.has_rows().await;
        page.row_of_length("1:00").await.play().await;
        plays(&page).await;
        theatre.attr_is("aria-pressed", "true").await;
    });
}

/// A passage to hear again and again, also where it ends with the film.
#[test]
fn a_loop_plays_again_and_again() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        pause_at_start(&page, 60.0).await;
        page.type_text("5").await;
        page.video("is at its half", |it| is_near(it, 0.5)).await;
        set(&page, "Loop from here").await;
        page.press(&[Key::Right]).await;
        page.video("is five seconds on", |it| (it.time - 35.0).abs() < 0.3).await;
        set(&page, "Loop to here").await;
        page.press(&[Key::Left]).await;
        page.video("is back", |it| (it.time - 30.0).abs() < 0.3).await;
        page.type_text(">>>>>>>k").await;
        for _ in 0..2 {
            page.video("comes near its end", |it| it.time > 33.0 && it.time < 36.5).await;
            page.video("begins again", |it| it.time > 29.5 && it.time < 32.5).await;
        }
        set(&page, "Stop the loop").await;
        page.video("goes on behind it", |it| it.time > 37.0 && !it.is_paused).await;

        page.type_text("k9[").await;
        page.press(&[Key::End]).await;
        page.video("is at the end", |it| it.time > 59.9).await;
        page.type_text("]9k").await;
        for _ in 0..2 {
            page.video("comes to the end", |it| it.time > 58.0).await;
            page.video("begins again", |it| it.time < 57.0 && it.time > 53.0).await;
        }
        page.video("plays on", |it| !it.is_paused).await;
    });
}

#[test]
fn a_recording_is_saved_from_the_player() {
    e2e_in_chromium("saved files", async |stage: &mut Stage| {
        let page = stage.open_library().await;
        let recording = page.recording_of(60.0).await;
        play(&page, 60.0).await;
        plays(&page).await;
        page.button("Download").click().await;
        let file = stage.saved_as(text(&recording, "filename")).await;
        assert!(file == one_minute(), "{} bytes of something else", file.len());
        assert!(!page.frame().await.unwrap().is_paused, "it plays on");
    });
}
