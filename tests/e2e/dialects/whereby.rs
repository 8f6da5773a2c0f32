//! Whereby, through the gateway: media by links that end, several deleted in a while.

use super::system::{BEHIND_GATEWAY, System};
use super::tests;
use crate::harness::{Dialect, eventually};

const IT: System = System {
    dialect: Dialect::Whereby,
    rows: 197,
    room: &["physics_101-"],
    toolbar: &["Download selected", "Copy links", "Delete selected"],
    oldest_first: Some("sortBy=startDate%3Aasc"),
    deletes_later: true,
    three_deletions: &[204],
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
    opens_the_file_beside,
    deletes_one,
    deletes_several,
    signs_in_and_out,
    shares_a_link_that_ends,
    ends_with_the_cookie,
}

#[test]
fn what_is_in_the_customers_own_store_is_explained() {
    IT.stage(0, async |stage| {
        let page = stage.open_library().await;
        let rows = page.ready_rows(6).await;
        let mut explained = 0;
        for row in rows {
            row.choose("Share…").await;
            let dialog = page.role("dialog").named("Share recording");
            let text = eventually("a link or a reason", async || {
                let text = dialog.text().await;
                let is_answered = text.contains("until") || text.contains("store");
                if is_answered { Ok(text) } else { Err(text) }
            })
            .await;
            explained += usize::from(text.contains("in a store of the account's own"));
            page.button("Close").click().await;
            dialog.gone().await;
        }
        assert_eq!(explained, 1);
    });
}
