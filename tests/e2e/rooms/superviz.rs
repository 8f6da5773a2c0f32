//! SuperViz has no rooms: nothing leads to them.

use super::system::SUPERVIZ;
use crate::harness::{equal, eventually};

#[test]
fn nothing_leads_to_rooms() {
    SUPERVIZ.stage(async |stage| {
        let page = stage.open_library().await;
        let links = page.role("link");
        eventually("navigation", async || {
            equal(links.names().await, vec!["Recordings".to_owned(), "Overview".to_owned()])
        })
        .await;
        page.role("link").named("Overview").click().await;
        page.role("heading").named("Overview").first().await;
        assert_eq!(links.names().await, ["Recordings", "Overview"]);
        // Who comes by an address is told.
        page.go("/rooms").await;
        page.says("This server has no rooms to manage").await;
    });
}
