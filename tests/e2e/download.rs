//! Saving files: the right bytes under the right name, and never an error message as a file.

use std::fs;
use std::time::Duration;

use crate::harness::{
    Action, Config, Engine, Key, MEDIA, Rule, e2e_in_chromium, e2e_with, equal, eventually, json,
    one_minute, stays, text, zip_entries,
};

const SAVED_FILES: &str = "saved files";

#[test]
fn one_arrives_whole_under_its_name() {
    e2e_in_chromium(SAVED_FILES, async |stage| {
        let page = stage.open_library().await;
        let recording = page.recording_of(60.0).await;
        page.search_id(text(&recording, "recordingId")).await;
        page.choose("Download").await;
        page.status_says(&format!("Download of {} started.", text(&recording, "roomName"))).await;
        let file = stage.saved_as(text(&recording, "filename")).await;
        assert!(file == one_minute(), "{} bytes of something else", file.len());
    });
}

#[test]
fn several_arrive_as_one_zip() {
    e2e_in_chromium(SAVED_FILES, async |stage| {
        let page = stage.open_library().await;
        let ids = page.ids_with("COMPLETE").await;
        for id in &ids[..3] {
            page.search_id(id).await;
            page.first_row().await.select().await;
        }
        page.button("Download selected").click().await;
        page.status_says("Download of 3 recordings started.").await;
        let zip = stage.saved_as("recordings.zip").await;
        assert_eq!(zip_entries(&zip), 3);
        let bytes = String::from_utf8_lossy(&zip);
        for recording in page.recordings().await {
            let wanted = ids[..3].iter().any(|id| id == text(&recording, "recordingId"));
            let name = text(&recording, "filename");
            assert_eq!(bytes.contains(name), wanted, "{name}");
        }
    });
}

#[test]
fn what_is_not_ready_is_left_out_and_said_so() {
    e2e_in_chromium(SAVED_FILES, async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        let failed = page.ids_with("FAILED").await.swap_remove(0);
        page.search_id(&failed).await;
        page.first_row().await.select().await;
        page.button("Download selected").click().await;
        page.alert_says("None of the selected recordings is ready to download.").await;

        let complete = page.ids_with("COMPLETE").await.swap_remove(0);
        page.search_id(&complete).await;
        page.first_row().await.select().await;
        page.button("Download selected").click().await;
        page.status_says(
            "Download of 1 recording started. Left out because they are not ready: 1.",
        )
        .await;
        assert_eq!(zip_entries(&stage.saved_as("recordings.zip").await), 1);
    });
}

#[test]
fn a_refusal_is_shown_and_nothing_is_saved() {
    e2e_in_chromium(SAVED_FILES, async |stage| {
        let page = stage.open_library().await;
        let recording = page.recording_of(60.0).await;
        let id = text(&recording, "recordingId");
        page.search_id(id).await;
        stage.hooks.add_rule(Rule::once(MEDIA, Action::status(409)));
        page.choose("Download").await;
        page.alert_says("Not possible now").await;

        assert!(stage.hooks.remove_recording(id));
        page.choose("Download").await;
        page.alert_says("It is not on the server any more.").await;

        let folder = stage.downloads();
        stays(Duration::from_secs(1), "nothing is saved", async || {
            equal(fs::read_dir(&folder).unwrap().count(), 0)
        })
        .await;
    });
}

/// The server takes fifty at once.
#[test]
fn many_arrive_in_as_many_zips_as_it_takes() {
    if Engine::from_env() != Engine::Chromium {
        eprintln!("skipped: {SAVED_FILES} can be tested in Chromium only");
        return;
    }
    e2e_with(Config { recordings: 300, clock_speed: 0.0, ..Config::default() }, async |stage| {
        let page = stage.open_library().await;
        page.search("status:ready shorter:10s").await;
        let count = eventually("all that are short", async || match page.row_count().await {
            Some(count) if count > 50 => Ok(count),
            count => Err(format!("{count:?}")),
        })
        .await;
        page.tab_into_list().await;
        page.chord('a').await;
        page.button("Download selected").click().await;
        page.status_says(&format!("Download of {count} recordings started.")).await;
        eventually("all files", async || equal(stage.saved().len(), count.div_ceil(50))).await;
        let read = |name: &String| zip_entries(&fs::read(stage.downloads().join(name)).unwrap());
        assert_eq!(stage.saved().iter().map(read).sum::<usize>(), count);
    });
}

#[test]
fn a_large_download_is_asked_about() {
    e2e_in_chromium(SAVED_FILES, async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        let ids = page.ids_with("COMPLETE").await;
        let large = json!({ "size": 1_500_000_000 });
        for id in &ids[..2] {
            assert!(stage.hooks.change_recording(id, large.as_object().unwrap().clone()));
        }
        page.button("Refresh").click().await;
        page.button("Refresh").attr_is("aria-busy", "false").await;
        page.search("larger:1gb").await;
        page.row_count_is(2).await;
        page.tab_into_list().await;
        page.chord('a').await;
        page.button("Download selected").click().await;
        let question = page.role("alertdialog").named("Download 2 recordings?");
        let text = question.text().await;
        assert!(text.contains("3 GB") || text.contains("3.00 GB"), "{text}");
        page.press(&[Key::Escape]).await;
        question.gone().await;
        assert!(stage.saved().is_empty());
        assert_ne!(page.focused().await, "body");

        page.button("Download selected").click().await;
        question.first().await;
        page.button("Download").click().await;
        assert_eq!(zip_entries(&stage.saved_as("recordings.zip").await), 2);
    });
}
