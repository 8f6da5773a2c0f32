//! What there is around the page: fingers, small windows, and the keys and the lock screen of the device.

use std::time::Duration;

use super::list::play_first_of_short;
use super::{is_near, pause_at_start, plays};
use crate::harness::{Page, e2e_in_chromium, equal, eventually, json, stays};

/// Notes what the device is told: its handlers, how far it is, and locks that keep its screen on.
const LISTEN: &str = r"
window.handlers = {};
window.told = null;
window.locks = [];
const patch = (type, name, note) => {
  const real = type.prototype[name];
  type.prototype[name] = function (...all) {
    return note(all, () => real.apply(this, all));
  };
};
patch(MediaSession, 'setActionHandler', ([action, handler], real) => {
  window.handlers[action] = handler;
  real();
});
patch(MediaSession, 'setPositionState', ([state], real) => {
  window.told = state ?? null;
  real();
});
navigator.wakeLock.request = async () => {
  const lock = { isHeld: true, release: async () => { lock.isHeld = false; } };
  window.locks.push(lock);
  return lock;
};
";

async fn is_so(page: &Page, what: &str, script: &str, wanted: crate::harness::Value) {
    eventually(what, async || {
        equal(page.run(&format!("return {script}"), vec![]).await, wanted.clone())
    })
    .await;
}

/// What the device's own keys do.
async fn act(page: &Page, action: &str, details: crate::harness::Value) {
    let script = "window.handlers[arguments[0]]({ action: arguments[0], ...arguments[1] })";
    page.run(script, vec![json!(action), details]).await;
}

#[test]
fn the_device_is_told_what_plays_and_its_keys_are_heard() {
    e2e_in_chromium("what a device is told", async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        page.run(LISTEN, vec![]).await;
        let titles = play_first_of_short(&page).await;
        let title = "navigator.mediaSession.metadata?.title ?? null";
        let state = "navigator.mediaSession.playbackState";
        let held = "window.locks.filter((it) => it.isHeld).length";
        let ways = "[window.handlers.previoustrack !== null, window.handlers.nexttrack !== null]";
        is_so(&page, "the title", title, json!(titles[0])).await;
        is_so(&page, "it plays", state, json!("playing")).await;
        is_so(&page, "there is a next one", ways, json!([false, true])).await;
        is_so(&page, "the screen stays on", held, json!(1)).await;
        let length = "Math.round(window.told?.duration ?? 0)";
        is_so(&page, "how long it is", length, json!(5)).await;

        act(&page, "pause", json!({})).await;
        page.video("pauses", |it| it.is_paused).await;
        is_so(&page, "it is paused", state, json!("paused")).await;
        is_so(&page, "the screen may go off", held, json!(0)).await;
        act(&page, "seekto", json!({ "seekTime": 3.0 })).await;
        page.video("is there", |it| (it.time - 3.0).abs() < 0.1).await;
        is_so(&page, "where it is", "window.told.position", json!(3)).await;
        act(&page, "seekbackward", json!({ "seekOffset": 2.0 })).await;
        page.video("is back", |it| (it.time - 1.0).abs() < 0.1).await;
        act(&page, "seekforward", json!({})).await;
        page.video("is at the end", |it| it.time > 4.9).await;
        act(&page, "nexttrack", json!({})).await;
        plays(&page).await;
        is_so(&page, "the title", title, json!(titles[1])).await;
        is_so(&page, "there are both", ways, json!([true, true])).await;

        page.button("Close player").click().await;
        page.role("region").named("Player").gone().await;
        is_so(&page, "nothing plays", title, json!(null)).await;
        is_so(&page, "nothing plays", state, json!("none")).await;
        let keys = "Object.values(window.handlers).filter((it) => it !== null).length";
        is_so(&page, "its keys are free", keys, json!(0)).await;
        is_so(&page, "the screen may go off", held, json!(0)).await;
    });
}

#[test]
fn the_picture_stays_on_top_of_other_windows() {
    e2e_in_chromium("windows of the picture alone", async |stage| {
        let page = stage.open_library().await;
        pause_at_start(&page, 60.0).await;
        let is_in = "document.pictureInPictureElement === document.querySelector('video')";
        page.button("Picture in picture").click().await;
        page.button("Exit picture in picture").first().await;
        is_so(&page, "the window", is_in, json!(true)).await;
        page.button("Exit picture in picture").click().await;
        page.button("Picture in picture").first().await;
        is_so(&page, "no window", is_in, json!(false)).await;
        for (key, name) in [("i", "Exit picture in picture"), ("p", "Picture in picture")] {
            page.type_text(key).await;
            page.button(name).first().await;
        }
        // Closed by a button of its own.
        page.type_text("i").await;
        page.button("Exit picture in picture").first().await;
        page.run("document.exitPictureInPicture()", vec![]).await;
        page.button("Picture in picture").first().await;
    });
}

/// How much is seen of the controls.
const SEEN: &str = "Number(getComputedStyle(document.querySelector('.controls')).opacity)";

/// Two taps on a side of the picture seek; one shows the controls and takes them away.
#[test]
fn fingers_seek_by_taps_and_bring_the_controls() {
    e2e_in_chromium("a touch screen", async |stage| {
        let page = stage.open_library().await;
        page.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await;
        pause_at_start(&page, 1200.0).await;
        page.type_text("5").await;
        page.video("is at its half", |it| is_near(it, 0.5)).await;
        let is_at = async |seconds: f64| {
            let what = format!("is at {seconds} s");
            page.video(&what, |it| (it.time - seconds).abs() < 0.5).await;
        };
        // Taps that follow soon belong to those before.
        let rest = || tokio::time::sleep(Duration::from_millis(700));
        page.tap_video(0.85, 2).await;
        is_at(610.0).await;
        rest().await;
        page.tap_video(0.15, 3).await;
        is_at(590.0).await;
        rest().await;
        page.tap_video(0.5, 2).await;
        stays(
            Duration::from_millis(500),
            "the middle seeks nowhere, and plays nothing",
            async || {
                let it = page.frame().await?;
                equal((it.is_paused, (it.time - 590.0).abs() < 0.5), (true, true))
            },
        )
        .await;
        let is_full = "document.fullscreenElement !== null";
        is_so(&page, "the screen is not filled by two taps", is_full, json!(false)).await;

        rest().await;
        page.type_text("k").await;
        page.video("plays", |it| !it.is_paused).await;
        page.tap_video(0.5, 1).await;
        is_so(&page, "the controls go", SEEN, json!(0)).await;
        rest().await;
        page.tap_video(0.5, 1).await;
        is_so(&page, "the controls come", SEEN, json!(1)).await;
        assert!(!page.frame().await.unwrap().is_paused, "one tap does not pause");
    });
}
