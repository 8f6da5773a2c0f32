//! The player for those who see, hear or move differently: each of its states under axe, and A2 to A9 of the table in
//! `../accessibility.rs` where they are its own.

use std::time::Duration;

use super::states::{in_state, is_sound};
use super::{CLIPPED, FOCUS, SMALL, set_media, set_scheme};
use crate::harness::{Action, Key, MEDIA, Page, Rule, Stage, equal, eventually, json};

const VTT: &str = "WEBVTT\n\n00:00.000 --> 00:20.000\n<v Ana>Welcome to the board meeting.\n\n\
    00:20.000 --> 00:59.000\nThe budget is late.\n";

/// A film of a minute, at its half and not moving, with captions of two lines and their transcript.
async fn with_transcript(stage: &Stage, page: &Page) {
    paused_at_half(page).await;
    let file = stage.downloads().join("talk.vtt");
    std::fs::write(&file, VTT).unwrap();
    page.button("Settings").click().await;
    page.button("Captions from a file…").first().await;
    page.give_file("Captions file", &file).await;
    page.button("Captions").attr_is("aria-pressed", "true").await;
    page.press(&[Key::Escape]).await;
    page.role("group").named("Settings").gone().await;
    page.button("Transcript").click().await;
    page.says("The budget is late.").await;
}

async fn paused_at_half(page: &Page) {
    page.row_of_length("1:00").await.play().await;
    page.video("plays", |it| it.time > 0.1 && it.width > 0).await;
    page.button("Pause").click().await;
    page.type_text("5").await;
    page.video("is at its half", |it| (it.time - 30.0).abs() < 0.5).await;
}

async fn open_settings(page: &Page) {
    page.button("Settings").click().await;
    page.role("group").named("Settings").first().await;
}

#[test]
fn paused_and_its_settings() {
    in_state(0, async |stage| {
        let page = stage.open_library().await;
        paused_at_half(&page).await;
        is_sound(&page).await;
        open_settings(&page).await;
        is_sound(&page).await;
    });
}

#[test]
fn captions_and_transcript() {
    in_state(0, async |stage| {
        let page = stage.open_library().await;
        with_transcript(stage, &page).await;
        page.type_text("/").await;
        page.focus_is_on("Search the transcript").await;
        page.type_text("budget").await;
        page.says("1 found").await;
        is_sound(&page).await;
    });
}

#[test]
fn keys_and_details() {
    in_state(0, async |stage| {
        let page = stage.open_library().await;
        paused_at_half(&page).await;
        page.type_text("?").await;
        page.button("Change the key for Mute or unmute").click().await;
        is_sound(&page).await;
        page.press(&[Key::Escape, Key::Escape]).await;
        page.role("dialog").gone().await;
        page.button("Details").click().await;
        page.role("dialog").named("Details").first().await;
        is_sound(&page).await;
    });
}

#[test]
fn offers_and_troubles() {
    in_state(0, async |stage| {
        let page = stage.open_library().await;
        // A film of which not all is read ahead.
        page.row_of_length("20:00").await.play().await;
        page.video("plays", |it| it.time > 0.1).await;
        page.type_text("5").await;
        page.video("is at its half", |it| (it.time - 600.0).abs() < 5.0).await;
        page.button("Close player").click().await;
        page.row_of_length("20:00").await.play().await;
        page.button("Resume at 10:00").first().await;
        page.button("Pause").click().await;
        is_sound(&page).await;
        page.button("Close player").click().await;
        page.role("region").named("Player").gone().await;

        stage.hooks.add_rule(Rule::always(MEDIA, Action::rate_limit(600)));
        page.row_of_length("12:00").await.play().await;
        page.button("Try again now").first().await;
        is_sound(&page).await;
        stage.hooks.clear_rules();
        stage.hooks.add_rule(Rule::always(MEDIA, Action::status(404)));
        page.button("Try again now").click().await;
        page.button("Try again").first().await;
        is_sound(&page).await;
    });
}

/// A2 to A4: every stop is seen, in the bar and in what opens over the picture.
#[test]
fn every_stop_shows_that_it_has_the_focus() {
    in_state(0, async |stage| {
        let page = stage.open_library().await;
        with_transcript(stage, &page).await;
        open_settings(&page).await;
        for scheme in ["light", "dark"] {
            set_scheme(&page, scheme).await;
            page.run("document.querySelector('.player').focus()", vec![]).await;
            for _ in 0..32 {
                page.press(&[Key::Tab]).await;
                tokio::time::sleep(Duration::from_millis(20)).await;
                let focus = page.run(FOCUS, vec![]).await;
                let [name, width, is_seen, contrast] = [0, 1, 2, 3].map(|at| &focus[at]);
                if !page.focus_is_inside("[role=region]", "Player").await {
                    break;
                }
                assert!(width.as_f64().unwrap() >= 1.0, "{scheme}: no ring around {name}");
                assert_eq!(*is_seen, json!(true), "{scheme}: {name} is covered");
                assert!(contrast.as_f64().unwrap() >= 3.0, "{scheme}: {name}: {contrast}");
            }
        }
    });
}

/// A5, A8: on a telephone targets are large, and nothing is wider than it.
#[test]
fn on_a_telephone_targets_are_large_and_nothing_is_cut_off() {
    in_state(0, async |stage| {
        let page = stage.open_library().await;
        page.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await;
        with_transcript(stage, &page).await;
        let sideways = "const wide = [document.scrollingElement, ...document.querySelectorAll('.player, .settings, dialog')];
            return Math.max(...wide.map((it) => it.scrollWidth - it.clientWidth))";
        let fits = async |what: &str| {
            for width in [320, 390] {
                let size = json!({ "width": width, "height": 700, "deviceScaleFactor": 2, "mobile": true });
                page.cdp("Emulation.setDeviceMetricsOverride", size).await;
                let coarse = "return matchMedia('(pointer: coarse)').matches";
                assert_eq!(page.run(coarse, vec![]).await, json!(true));
                eventually(&format!("{what} fits into {width} px"), async || {
                    let (wide, small) =
                        (page.run(sideways, vec![]).await, page.run(SMALL, vec![json!(44)]).await);
                    let is_good = wide == json!(0) && small == json!([]);
                    if is_good { Ok(()) } else { Err(format!("{wide} px too wide; {small}")) }
                })
                .await;
                assert_eq!(page.run(CLIPPED, vec![]).await, json!([]), "{what} at {width} px");
            }
        };
        fits("the player with its transcript").await;
        open_settings(&page).await;
        fits("its settings").await;
        page.button("Keyboard shortcuts").click().await;
        page.role("dialog").named("Keyboard shortcuts").first().await;
        fits("the sheet of its keys").await;
        page.press(&[Key::Escape]).await;
        page.role("dialog").gone().await;
        page.button("Details").click().await;
        page.role("dialog").named("Details").first().await;
        fits("the details").await;
    });
}

/// A8: letters of twice the size, on a desk.
#[test]
fn text_of_twice_the_size_fits() {
    in_state(0, async |stage| {
        let page = stage.open_library().await;
        page.run("document.documentElement.style.fontSize = '200%'", vec![]).await;
        with_transcript(stage, &page).await;
        open_settings(&page).await;
        assert_eq!(page.run(CLIPPED, vec![]).await, json!([]));
        let sideways = "return document.querySelector('.player').scrollWidth - document.querySelector('.player').clientWidth";
        assert_eq!(page.run(sideways, vec![]).await, json!(0));
    });
}

/// A9: only the film moves.
#[test]
fn nothing_else_moves_where_motion_is_unwanted() {
    in_state(0, async |stage| {
        let page = stage.open_library().await;
        set_media(&page, &[("prefers-reduced-motion", "reduce")]).await;
        let moving = "return document.getAnimations().map((it) => it.effect.getComputedTiming())
            .filter((it) => it.duration > 10 || it.iterations === Infinity).length";
        page.row_of_length("1:00").await.play().await;
        page.video("plays", |it| it.time > 0.1).await;
        // The controls go away after a while, and come back.
        let seen = "return getComputedStyle(document.querySelector('.controls')).opacity";
        page.run("document.activeElement.blur()", vec![]).await;
        eventually("the controls go", async || {
            assert_eq!(page.run(moving, vec![]).await, json!(0), "controls that go");
            let seen = page.run(seen, vec![]).await;
            if seen == json!("0") { Ok(()) } else { Err(seen.to_string()) }
        })
        .await;
        page.point_at(&page.button("Pause").first().await, 0.5).await;
        assert_eq!(page.run(moving, vec![]).await, json!(0), "controls that come");
        open_settings(&page).await;
        assert_eq!(page.run(moving, vec![]).await, json!(0), "settings");
    });
}

/// A8: nothing lies over something else, however little room there is.
#[test]
fn its_parts_keep_apart() {
    in_state(0, async |stage| {
        let page = stage.open_library().await;
        with_transcript(stage, &page).await;
        let meet = "const boxes = ['.stage', '.player > header', '.transcript'].map((it) => document.querySelector(it).getBoundingClientRect());
            const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
            return boxes.some((a, at) => boxes.slice(at + 1).some((b) => meet(a, b)))";
        for (width, height) in
            [(1440, 900), (1000, 760), (900, 700), (600, 800), (320, 700), (700, 320)]
        {
            page.resize(width, height).await;
            eventually(&format!("room for all in {width} × {height}"), async || {
                equal(page.run(meet, vec![]).await, json!(false))
            })
            .await;
        }
    });
}
