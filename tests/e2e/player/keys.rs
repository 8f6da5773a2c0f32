//! Without a pointer: every key, only while the focus is in the player, and another where the viewer likes it better.

use super::{pause_at_start, play, plays};
use crate::harness::{Frame, Key, Page, e2e, equal, eventually, json};

/// Seconds of the film that most keys are tried on: ten pictures in each.
const LENGTH: f64 = 1200.0;

async fn is_at(page: &Page, seconds: f64) -> Frame {
    page.video(&format!("is at {seconds} s"), |it| (it.time - seconds).abs() < 0.3).await
}

async fn has_volume(page: &Page, volume: f64) {
    page.video(&format!("has volume {volume}"), |it| (it.volume - volume).abs() < 0.001).await;
}

async fn is_muted(page: &Page, is_muted: bool) {
    let what = if is_muted { "is mute" } else { "is heard" };
    page.video(what, |it| it.is_muted == is_muted).await;
}

/// What is shown once the film has gone where it was sent.
async fn settled(page: &Page) -> Frame {
    let script = "const video = document.querySelector('video');
        const done = () => arguments[0](true);
        if (video.seeking) video.addEventListener('seeked', done, { once: true });
        else done()";
    page.run_async(script, vec![]).await;
    page.frame().await.unwrap()
}

/// Plays or pauses, and leaves the focus in the player but on none of its controls.
async fn click_on_picture(page: &Page) {
    let script = "return [document.querySelector('video')]";
    let picture = page.try_elements(script, vec![]).await.unwrap();
    picture[0].click().await.unwrap();
    page.focus_is_on("Player").await;
}

#[test]
fn each_goes_where_it_should() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        play(&page, LENGTH).await;
        page.video("has shown enough pictures to count by", |it| it.time > 2.0).await;
        click_on_picture(&page).await;
        page.video("pauses", |it| it.is_paused).await;

        let shift = &[Key::Shift][..];
        for (held, key, seconds) in [
            (&[][..], '5', 600.0),
            (&[], 'l', 610.0),
            (&[], 'j', 600.0),
            (&[], Key::Right.value(), 605.0),
            (&[], Key::Left.value(), 600.0),
            (shift, Key::Right.value(), 630.0),
            (shift, Key::Left.value(), 600.0),
            (&[], '9', 1080.0),
            (&[], '0', 0.0),
            (&[], 'j', 0.0),
            (&[], Key::End.value(), LENGTH),
            (&[], Key::Home.value(), 0.0),
            (&[], '2', 240.0),
        ] {
            page.press_with(held, key).await;
            is_at(&page, seconds).await;
        }

        // From right to left the arrows follow the bar.
        page.run("document.documentElement.dir = 'rtl'", vec![]).await;
        page.press(&[Key::Left]).await;
        is_at(&page, 245.0).await;
        page.press(&[Key::Right]).await;
        is_at(&page, 240.0).await;
        page.run("document.documentElement.dir = 'ltr'", vec![]).await;

        page.type_text("5").await;
        settled(&page).await;
        page.type_text(".").await;
        let first = settled(&page).await;
        page.type_text(".").await;
        let second = settled(&page).await;
        assert!((second.time - first.time - 0.1).abs() < 0.02, "{first:?} {second:?}");
        assert_ne!(first.hash, second.hash);
        page.type_text(",").await;
        assert_eq!(settled(&page).await.hash, first.hash);
    });
}

#[test]
fn each_does_its_thing() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        let title = play(&page, LENGTH).await;
        plays(&page).await;
        page.type_text("k").await;
        page.video("pauses", |it| it.is_paused).await;
        page.type_text("k").await;
        page.video("plays", |it| !it.is_paused).await;
        click_on_picture(&page).await;
        page.video("pauses", |it| it.is_paused).await;
        page.type_text(" ").await;
        page.video("plays", |it| !it.is_paused).await;
        // Pictures are gone through only where they stand.
        let before = page.frame().await.unwrap();
        page.type_text(",,,,,,,,,,k").await;
        let after = page.video("pauses", |it| it.is_paused).await;
        assert!(after.time >= before.time, "{before:?} {after:?}");

        page.press(&[Key::Down, Key::Down]).await;
        has_volume(&page, 0.9).await;
        page.press(&[Key::Up]).await;
        has_volume(&page, 0.95).await;
        page.status_says("Volume 95 %").await;
        page.type_text("m").await;
        is_muted(&page, true).await;
        page.button("Unmute").first().await;
        page.type_text("m").await;
        is_muted(&page, false).await;

        page.type_text(">>").await;
        page.video("is faster", |it| it.rate == 1.5).await;
        page.type_text("<<<").await;
        page.video("is slower", |it| it.rate == 0.75).await;

        let theatre = page.button("Theatre mode");
        for is_on in ["true", "false"] {
            page.type_text("t").await;
            theatre.attr_is("aria-pressed", is_on).await;
        }
        for name in ["Exit full screen", "Full screen"] {
            page.type_text("f").await;
            page.button(name).first().await;
        }

        page.type_text("c").await;
        page.status_says("No captions").await;
        for (key, says) in [('[', "Loop from here"), (']', "Loop to here"), ('\\', "Loop off")] {
            page.press_with(&[], key).await;
            page.status_says(says).await;
        }
        // There is nothing to search in; and the search of the library is not meant.
        page.type_text("/").await;
        assert_ne!(page.focused().await, "Search recordings");

        // What is pressed with others is the browser's, or the page's.
        let before = page.frame().await.unwrap();
        page.chord('k').await;
        page.press_with(&[Key::Alt], 'l').await;
        page.press_with(&[Key::Control], 'm').await;
        page.type_text("m").await;
        let after = page.video("is mute", |it| it.is_muted).await;
        assert_eq!((after.time, after.is_paused), (before.time, true));
        assert_eq!(page.role("dialog").count().await, 0);

        page.button("Settings").click().await;
        page.role("group").named("Settings").first().await;
        page.press(&[Key::Escape]).await;
        page.role("group").named("Settings").gone().await;
        page.focus_is_on("Settings").await;
        page.press(&[Key::Escape]).await;
        page.role("region").named("Player").gone().await;
        page.focus_is_on(&format!("Play {title}")).await;
    });
}

/// In a page of somebody else's, with a field of its own.
#[test]
fn outside_the_player_they_are_the_pages() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        page.go("/embed/minimal.html").await;
        page.has_rows().await;
        let add = "const field = document.createElement('input');
            field.setAttribute('aria-label', 'Name');
            document.body.prepend(field)";
        page.run(add, vec![]).await;
        pause_at_start(&page, LENGTH).await;
        page.type_text("5").await;
        let before = is_at(&page, 600.0).await;

        page.run("document.querySelector('input').focus()", vec![]).await;
        page.type_text("k m9lt?").await;
        let typed = page.run("return document.querySelector('input').value", vec![]).await;
        assert_eq!(typed, json!("k m9lt?"));
        page.run("document.querySelector('input').blur()", vec![]).await;
        assert_eq!(page.focused().await, "body");
        page.type_text("k m9lt?").await;
        page.press(&[Key::Left, Key::Escape]).await;

        // Comes after all of these.
        page.button("Mute").click().await;
        let after = page.video("is mute", |it| it.is_muted).await;
        assert_eq!((after.time, after.is_paused), (before.time, true));
        assert_eq!(page.role("dialog").count().await, 0);
        page.type_text("m").await;
        is_muted(&page, false).await;
    });
}

#[test]
fn they_are_changed_in_their_sheet_and_stay_so() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        pause_at_start(&page, LENGTH).await;
        page.type_text("?").await;
        let sheet = page.role("dialog").named("Keyboard shortcuts");
        let text = sheet.text().await;
        for line in ["Play or pause", "10 seconds on", "Next recording", "Loop from here"] {
            assert!(text.contains(line), "{line}: {text}");
        }
        assert!(!page.button("Reset keys").is_there().await, "there is nothing to reset");
        let mute = page.button("Change the key for Mute or unmute");
        mute.click().await;
        mute.attr_is("aria-pressed", "true").await;
        // What dialogs need is refused, and another asked for.
        page.press(&[Key::Tab]).await;
        page.says("needs this key").await;
        page.type_text("x").await;
        page.says("X now: Mute or unmute.").await;
        // What does something else has a new work only.
        page.button("Change the key for 10 seconds back").click().await;
        page.type_text("l").await;
        page.says("L now: 10 seconds back. No longer: 10 seconds on.").await;
        page.button("Change the key for Play or pause").click().await;
        page.press(&[Key::Escape]).await;
        page.says("Nothing was changed.").await;
        page.type_text("m").await;
        page.button("Close").click().await;
        sheet.gone().await;
        assert!(!page.frame().await.unwrap().is_muted, "in the sheet a key is the sheet's");

        page.type_text("5").await;
        is_at(&page, 600.0).await;
        page.type_text("ml").await;
        let there = is_at(&page, 590.0).await;
        assert!(!there.is_muted, "M has lost its work");
        page.type_text("x").await;
        is_muted(&page, true).await;
        page.button("Unmute").attr_is("aria-keyshortcuts", "X").await;

        page.reload().await;
        // The address says what was played, and so it is again.
        page.button("Close player").click().await;
        page.has_rows().await;
        pause_at_start(&page, LENGTH).await;
        is_muted(&page, true).await;
        page.type_text("x").await;
        is_muted(&page, false).await;
        page.type_text("?").await;
        page.button("Reset keys").click().await;
        page.says("All keys are as they were at first.").await;
        assert_ne!(page.focused().await, "body");
        page.press(&[Key::Escape]).await;
        sheet.gone().await;
        page.type_text("m").await;
        is_muted(&page, true).await;
        page.type_text("5").await;
        is_at(&page, 600.0).await;
        page.type_text("l").await;
        is_at(&page, 610.0).await;
    });
}

/// With the Tab key to every control, in the order in which they are seen.
#[test]
fn every_control_is_reached_and_named() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        pause_at_start(&page, 60.0).await;
        page.type_text("5").await;
        is_at(&page, 30.0).await;
        page.run("document.querySelector('.player').focus()", vec![]).await;
        let mut stops = Vec::new();
        loop {
            page.press(&[Key::Tab]).await;
            if stops.len() > 30 || !page.focus_is_inside("[role=region]", "Player").await {
                break;
            }
            stops.push(page.focused().await);
        }
        let wanted = [
            "Seek",
            "Previous recording",
            "Play",
            "Next recording",
            "Back 10 seconds",
            "Forward 10 seconds",
            "Mute",
            "Volume",
            "Speed 1×",
            "Picture in picture",
            "Settings",
            "Theatre mode",
            "Full screen",
            "Copy link at 0:30",
            "Download",
            "Details",
            "Close player",
        ];
        // Not every engine leaves small windows to the page.
        let is_there = page.button("Picture in picture").is_there().await;
        let wanted = wanted.into_iter().filter(|it| is_there || *it != "Picture in picture");
        assert_eq!(stops, wanted.collect::<Vec<_>>());
        page.press_with(&[Key::Shift], Key::Tab).await;
        eventually("back inside", async || equal(page.focused().await, "Close player".to_owned()))
            .await;
    });
}
