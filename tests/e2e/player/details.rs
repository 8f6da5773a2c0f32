//! All that is known of a recording, whatever became of it: from its row's menu, and from the player.

use super::plays;
use crate::harness::{Key, Page, e2e, e2e_in_chromium, json, text};

async fn open(page: &Page, id: &str) -> String {
    page.search_id(id).await;
    page.choose("Details").await;
    page.role("dialog").named("Details").text().await
}

async fn close(page: &Page) {
    page.button("Close").click().await;
    page.role("dialog").gone().await;
}

/// Names and values stand beside or below each other.
fn says(shown: &str, name: &str, value: &str) {
    let mut lines = shown.lines().map(str::trim);
    let is_there = lines.any(|line| line == name) && lines.next() == Some(value);
    assert!(is_there, "{name}: {value} is not in\n{shown}");
}

#[test]
fn a_ready_one_is_described_in_the_list_and_in_the_player() {
    e2e_in_chromium("reading the clipboard", async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        page.allow_clipboard().await;
        let recording = page.recording_of(60.0).await;
        let id = text(&recording, "recordingId");
        let all = |shown: &str| {
            for (name, value) in [
                ("ID", id),
                ("Room", text(&recording, "roomName")),
                ("Room ID", text(&recording, "roomId")),
                ("File", text(&recording, "filename")),
                ("Status", "Ready"),
                ("Duration", "1:00"),
                ("Size", "945 kB"),
            ] {
                says(shown, name, value);
            }
        };
        let shown = open(&page, id).await;
        all(&shown);
        page.button("Copy").click().await;
        page.says("Copied.").await;
        let copied = page.clipboard().await;
        assert!(copied.contains(&format!("ID: {id}\n")) || copied.ends_with(&format!("ID: {id}")));
        assert!(copied.contains("Duration: 1:00\n"), "{copied}");
        close(&page).await;
        let row = page.focused().await;
        assert!(row.starts_with("More actions for "), "{row}");

        page.first_row().await.play().await;
        plays(&page).await;
        page.button("Details").click().await;
        let dialog = page.role("dialog").named("Details");
        let shown = dialog.text().await;
        all(&shown);
        says(&shown, "Resolution", "640 × 360");
        // In it, keys are not the player's.
        page.type_text("km").await;
        page.press(&[Key::Escape]).await;
        dialog.gone().await;
        page.focus_is_on("Details").await;
        let frame = page.frame().await.unwrap();
        assert_eq!((frame.is_paused, frame.is_muted), (false, false));
    });
}

#[test]
fn what_runs_and_what_failed_say_what_is_known() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        let failed = page.ids_with("FAILED").await.swap_remove(0);
        let reasons = json!({
            "error": "Egress <b>ended</b>", "errorCode": 504, "details": "No video came\nfor 30 s",
        });
        assert!(stage.hooks.change_recording(&failed, reasons.as_object().unwrap().clone()));
        page.button("Refresh").click().await;
        page.button("Refresh").attr_is("aria-busy", "false").await;
        let shown = open(&page, &failed).await;
        says(&shown, "Status", "Failed");
        says(&shown, "Error", "Egress <b>ended</b>");
        says(&shown, "Error code", "504");
        says(&shown, "Error details", "No video came for 30 s");
        close(&page).await;

        let running = page.ids_with("ACTIVE").await.swap_remove(0);
        let shown = open(&page, &running).await;
        says(&shown, "Status", "Recording");
        says(&shown, "ID", &running);
        for name in ["Ended", "Size", "Duration", "Error"] {
            assert!(!shown.lines().any(|it| it.trim() == name), "{name} is not known:\n{shown}");
        }
        assert!(shown.lines().any(|it| it.trim() == "Started"), "{shown}");
    });
}
