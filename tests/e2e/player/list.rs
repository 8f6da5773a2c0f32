//! From one recording of the list to the next, by hand or by itself; one at a time on a page; and a page that wants the
//! browser's own controls.

use super::{play_id, plays};
use crate::harness::{Key, Page, e2e, equal, eventually, json, text};

const EMBED: &str = "/embed/minimal.html";

/// Shows the rows of short films only, plays the first, and returns their titles.
pub async fn play_first_of_short(page: &Page) -> Vec<String> {
    page.search("status:ready shorter:10s").await;
    let titles = eventually("a list of short ones", async || {
        let titles = page.titles().await;
        let is_narrow = page.row_count().await.is_some_and(|it| (2..60).contains(&it));
        if is_narrow { Ok(titles) } else { Err(titles.len().to_string()) }
    })
    .await;
    page.first_row().await.play().await;
    plays(page).await;
    titles
}

#[test]
fn the_next_and_the_one_before_are_those_of_the_list() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        let titles = play_first_of_short(&page).await;
        page.role("heading").named(&titles[0]).first().await;
        let (previous, next) = (page.button("Previous recording"), page.button("Next recording"));
        previous.attr_is("aria-disabled", "true").await;
        assert_eq!(next.attr("aria-disabled").await, None);
        let first = page.video_address().await;
        let is_first = async |is_first| {
            eventually("another recording", async || {
                equal(page.video_address().await == first, is_first)
            })
            .await;
        };
        next.click().await;
        is_first(false).await;
        page.role("heading").named(&titles[1]).first().await;
        plays(&page).await;
        assert_eq!(previous.attr("aria-disabled").await, None);
        page.press_with(&[Key::Shift], 'P').await;
        is_first(true).await;
        page.role("heading").named(&titles[0]).first().await;
        page.press_with(&[Key::Shift], 'P').await;
        page.status_says("This is the first one.").await;
        is_first(true).await;
        page.press_with(&[Key::Shift], 'N').await;
        is_first(false).await;
        plays(&page).await;
        // Back in the list the focus is where the viewer is, not where they began.
        page.press(&[Key::Escape]).await;
        page.role("region").named("Player").gone().await;
        assert_ne!(page.focused().await, "body");
    });
}

/// Not by itself unless somebody wants it, and then with some seconds to say no.
#[test]
fn the_next_one_plays_by_itself_where_that_is_wanted() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        let titles = play_first_of_short(&page).await;
        let first = page.video_address().await;
        let to_the_end = async || {
            page.press(&[Key::End]).await;
            page.video("has ended", |it| it.has_ended).await;
        };
        to_the_end().await;
        assert!(!page.button("Play now").is_there().await, "nobody wants it");
        page.button("Settings").click().await;
        page.role("checkbox").named("Play the next recording by itself").click().await;
        page.press(&[Key::Escape]).await;
        page.role("group").named("Settings").gone().await;

        let again = async || {
            page.press(&[Key::Home]).await;
            page.button("Play").click().await;
            page.video("plays", |it| !it.is_paused && it.time < 4.5).await;
        };
        again().await;
        to_the_end().await;
        page.says(&format!("s: {}", titles[1])).await;
        page.button("Cancel").click().await;
        page.button("Play now").gone().await;
        again().await;
        assert_eq!(page.video_address().await, first);
        to_the_end().await;
        page.button("Play now").click().await;
        page.role("heading").named(&titles[1]).first().await;
        plays(&page).await;

        page.hurry(5).await;
        let second = page.video_address().await;
        to_the_end().await;
        eventually("the third begins by itself", async || {
            let address = page.video_address().await;
            if [&first, &second].contains(&&address) { Err(address) } else { Ok(()) }
        })
        .await;
        plays(&page).await;
    });
}

/// Who starts another has heard enough of the first.
#[test]
fn one_plays_at_a_time_on_a_page() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        for it in page.recordings().await.iter().filter(|it| text(it, "status") != "COMPLETE") {
            stage.hooks.remove_recording(text(it, "recordingId"));
        }
        page.go(EMBED).await;
        page.has_rows().await;
        // Each in a box of its own, one below the other.
        let boxes = "const boxes = [0, 1].map(() => {
                const box = document.createElement('div');
                Object.assign(box.style, { transform: 'scale(1)', blockSize: '440px', overflow: 'hidden' });
                document.body.append(box);
                return box;
            });
            const second = document.createElement('meet-recordings');
            second.setAttribute('server-url', '/');
            second.setAttribute('loading', 'eager');
            boxes[0].append(document.querySelector('meet-recordings'));
            boxes[1].append(second)";
        page.run(boxes, vec![]).await;
        let insides = "return [...document.querySelectorAll('meet-recordings')]
            .map((it) => it.shadowRoot.querySelector('.library')).filter((it) => it?.querySelector('[role=row] .actions'))";
        let both = eventually("two lists", async || {
            let both = page.try_elements(insides, vec![]).await?;
            if both.len() == 2 { Ok(both) } else { Err(both.len().to_string()) }
        })
        .await;
        let playing = "return [...document.querySelectorAll('meet-recordings')]
            .map((it) => it.shadowRoot.querySelector('video')).map((it) => it !== null && !it.paused && it.currentTime > 0.1)";
        let only = async |wanted: [bool; 2]| {
            eventually("only one plays", async || {
                equal(page.run(playing, vec![]).await, json!(wanted))
            })
            .await;
        };
        page.role("button").starting("Play ").inside(&both[0]).click().await;
        only([true, false]).await;
        page.role("button").starting("Play ").inside(&both[1]).click().await;
        only([false, true]).await;
        page.button("Play").inside(&both[0]).click().await;
        only([true, false]).await;
        page.button("Pause").inside(&both[0]).first().await;
        page.button("Play").inside(&both[1]).first().await;
    });
}

/// The browser's own controls where the page wants them, and of ours only what is beneath the picture.
#[test]
fn the_browsers_own_controls_can_be_had() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let recording = page.recording_of(1200.0).await;
        page.go(EMBED).await;
        page.has_rows().await;
        let element = "document.querySelector('meet-recordings')";
        page.run(&format!("{element}.setAttribute('controls', 'native')"), vec![]).await;
        play_id(&page, text(&recording, "recordingId")).await;
        let frame = plays(&page).await;
        let has = format!("return {element}.shadowRoot.querySelector('video').controls");
        assert_eq!(page.run(&has, vec![]).await, json!(true));
        for name in ["Pause", "Mute", "Settings", "Full screen", "Theatre mode"] {
            assert_eq!(page.button(name).count().await, 0, "{name}");
        }
        assert_eq!(page.role("slider").count().await, 0);
        // Their keys are the browser's too.
        page.button("Details").click().await;
        page.button("Close").click().await;
        page.type_text("m9?").await;
        let later = page.video("plays on", |it| it.time > frame.time + 0.5).await;
        assert!(!later.is_muted && !is_far(later.time, frame.time), "{later:?}");
        assert_eq!(page.role("dialog").count().await, 0);

        // It heals all the same.
        stage.hooks.expire_access_tokens();
        let seek = format!("{element}.shadowRoot.querySelector('video').currentTime = 1000");
        page.run(&seek, vec![]).await;
        page.video("plays there", |it| it.time > 1000.3 && !it.is_paused).await;
        page.press(&[Key::Escape]).await;
        page.role("region").named("Player").gone().await;
    });
}

fn is_far(a: f64, b: f64) -> bool {
    (a - b).abs() > 20.0
}
