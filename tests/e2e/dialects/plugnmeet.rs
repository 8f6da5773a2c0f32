//! plugNmeet, through the gateway, which adds what its server lacks: ranges.

use super::system::{BEHIND_GATEWAY, Mark, System};
use super::tests;
use std::time::Duration;

use crate::harness::{Dialect, Page, eventually, json};

const IT: System = System {
    dialect: Dialect::PlugNmeet,
    rows: 197,
    // Recordings from before there were titles go by the room's id.
    room: &["Physics 101", "physics_101-"],
    films: [Mark::Size("≈ about 940 kB"), Mark::Size("≈ about 6.85 MB")],
    menu: &["Download", "Copy link", "Share…", "Edit details…", "Details", "Delete"],
    toolbar: &["Download selected", "Copy links", "Merge selected", "Delete selected"],
    filters: &["Room", "Date", "Size"],
    three_deletions: &[200, 200, 200],
    ..BEHIND_GATEWAY
};

tests! {
    IT;
    lists_and_pages,
    offers_what_it_can,
    filters_by_room,
    sorts_on_the_server,
    plays_and_seeks,
    plays_on_when_the_token_ends,
    downloads,
    deletes_one,
    deletes_several,
    signs_in_and_out,
    shares_a_link_that_ends,
    ends_with_the_cookie,
}

async fn refresh(page: &Page) {
    page.button("Refresh").click().await;
    page.button("Refresh").attr_is("aria-busy", "false").await;
}

#[test]
fn edits_title_and_description() {
    IT.stage(0, async |stage| {
        let page = stage.open_library().await;
        page.ready_rows(1).await[0].choose("Edit details…").await;
        let dialog = page.role("dialog").named("Edit details");
        dialog.first().await;
        page.role("textbox").named("Title").fill("Kinematics \u{201c}two\u{201d} \u{5c} <b>").await;
        page.role("textbox").named("Description").fill("First half.\nSecond half.").await;
        page.button("Save").click().await;
        dialog.gone().await;
        let title = "Kinematics \u{201c}two\u{201d} \u{5c} <b>";
        page.status_says(&format!("{title} saved.")).await;
        assert_eq!(page.titles().await[0], title);

        page.reload().await;
        let row = page.row("with the new title", |it| it.title == title).await;
        row.choose("Edit details…").await;
        let description = page.role("textbox").named("Description").first().await;
        let value = description.prop("value").await.unwrap();
        assert_eq!(value.as_deref(), Some("First half.\nSecond half."));
    });
}

#[test]
fn merges_recordings_of_a_room() {
    IT.stage(0, async |stage| {
        let page = stage.open_library().await;
        let rows = page.row_count().await.unwrap();
        // Of two rooms there is nothing to merge.
        let merge = page.button("Merge selected");
        let [first, second] = page.two_of_a_room().await;
        first.select().await;
        assert_eq!(merge.count().await, 0);
        second.select().await;
        merge.click().await;
        page.status_says("The recordings are being merged.").await;
        page.role("toolbar").gone().await;
        stage.hooks.advance_clock(Duration::from_secs(4));
        refresh(&page).await;
        page.row_count_is(rows + 1).await;
    });
}

#[test]
fn shows_captions() {
    IT.stage(0, async |stage| {
        let page = stage.open_library().await;
        page.ready_rows(1).await[0].play().await;
        page.video("plays", |it| it.time > 0.1).await;
        let captions = page.button("Captions");
        captions.attr_is("aria-pressed", "false").await;
        captions.click().await;
        captions.attr_is("aria-pressed", "true").await;
        let shown = "const video = document.querySelector('video');
            return [...video.textTracks].map((it) => [it.mode, it.language, it.cues.length > 0])";
        eventually("cues", async || {
            let tracks = page.run(shown, vec![]).await;
            let wanted = json!([["showing", "en", true]]);
            if tracks == wanted { Ok(()) } else { Err(tracks.to_string()) }
        })
        .await;
        captions.click().await;
        captions.attr_is("aria-pressed", "false").await;
        assert_eq!(page.run(shown, vec![]).await, json!([["hidden", "en", true]]));
    });
}
