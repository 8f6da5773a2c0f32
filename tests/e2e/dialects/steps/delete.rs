//! Deleting one, and several.

use std::time::Duration;

use crate::dialects::system::{Film, System};
use crate::harness::{Row, Stage, equal, eventually};

async fn are_left(stage: &Stage, count: usize) {
    eventually("recordings left on the server", async || {
        equal(stage.hooks.recording_ids().len(), count)
    })
    .await;
}

pub fn deletes_one(it: &System) {
    it.stage(0, async |stage| {
        let page = stage.open_library().await;
        let row = it.film(&page, Film::OneMinute).await;
        let rows = page.row_count().await.unwrap();
        let held = stage.hooks.recording_ids().len();
        row.choose("Delete").await;
        page.role("alertdialog").named("Delete recording?").first().await;
        page.confirm_deletion().await;
        page.status_says("1 recording deleted.").await;
        page.row_count_is(rows - 1).await;
        are_left(stage, held - 1).await;
        assert_eq!(it.deletions(stage).len(), 1);

        page.button("Refresh").click().await;
        page.button("Refresh").attr_is("aria-busy", "false").await;
        let left = page.whole_list().await;
        assert_eq!(left.len(), rows - 1);
        assert!(!left.iter().any(|it| it.is_like(&row.shown)), "{:?}", row.shown);
    });
}

pub fn deletes_several(it: &System) {
    it.stage(0, async |stage| {
        let page = stage.open_library().await;
        let chosen: Vec<Row> = page.ready_rows(3).await;
        for row in &chosen {
            row.select().await;
        }
        let rows = page.row_count().await.unwrap();
        let held = stage.hooks.recording_ids().len();
        page.button("Delete selected").click().await;
        page.role("alertdialog").named("Delete 3 recordings?").first().await;
        page.confirm_deletion().await;
        page.status_says(if it.deletes_later {
            "3 recordings will be deleted in a moment."
        } else {
            "3 recordings deleted."
        })
        .await;
        page.row_count_is(rows - 3).await;
        assert_eq!(it.deletions(stage), it.three_deletions);

        // Also where the server has only promised it.
        page.button("Refresh").click().await;
        page.button("Refresh").attr_is("aria-busy", "false").await;
        let left = page.whole_list().await;
        assert_eq!(left.len(), rows - 3);
        assert!(!left.iter().any(|it| chosen.iter().any(|row| it.is_like(&row.shown))));
        if it.deletes_later {
            assert_eq!(stage.hooks.recording_ids().len(), held, "nothing is deleted yet");
            stage.hooks.advance_clock(Duration::from_secs(5));
            page.button("Refresh").click().await;
        }
        are_left(stage, held - 3).await;
    });
}
