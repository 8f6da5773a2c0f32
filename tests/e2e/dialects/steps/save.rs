//! Downloads arrive with their bytes.

use crate::dialects::system::{Film, System};
use crate::harness::{equal, eventually, one_minute, zip_entries};

pub fn downloads(it: &System) {
    it.stage_in_chromium("saved files", async |stage| {
        let page = stage.open_library().await;
        let row = it.film(&page, Film::OneMinute).await;
        row.choose("Download").await;
        page.status_says(&format!("Download of {} started.", row.shown.title)).await;
        let file = stage.saved_file().await;
        assert!(file == one_minute(), "{} bytes of something else", file.len());
    });
}

/// The file is another host's, which does not say that it is to be saved: the browser opens it beside the library,
/// where the reader can.
pub fn opens_the_file_beside(it: &System) {
    it.stage_in_chromium("other windows", async |stage| {
        let page = stage.open_library().await;
        let row = it.film(&page, Film::OneMinute).await;
        row.choose("Download").await;
        page.status_says(&format!("Download of {} started.", row.shown.title)).await;
        eventually("a window with the file", async || {
            let windows = page.windows().await;
            let has_file = windows.iter().any(|it| it.contains("/s3/") && it.contains("X-Amz-"));
            equal((windows.len(), has_file), (2, true))
        })
        .await;
        page.has_rows().await;
    });
}

pub fn downloads_several_as_zip(it: &System) {
    it.stage_in_chromium("saved files", async |stage| {
        let page = stage.open_library().await;
        for row in page.ready_rows(3).await {
            row.select().await;
        }
        page.button("Download selected").click().await;
        page.status_says("Download of 3 recordings started.").await;
        assert_eq!(zip_entries(&stage.saved_as("recordings.zip").await), 3);
    });
}
