//! Links open the recording for somebody who is not signed in.

use crate::dialects::system::{Film, System};
use crate::harness::{Dialect, Page, eventually, json, one_minute};

/// The link in the open share dialog.
pub async fn link_shown(page: &Page) -> String {
    eventually("link", async || {
        let field = page.role("textbox").named("Link").first().await;
        let link = field.prop("value").await.unwrap().unwrap_or_default();
        if link.is_empty() { Err(link) } else { Ok(link) }
    })
    .await
}

pub fn shares_a_link(it: &System) {
    it.stage(0, async |stage| {
        let page = stage.open_library().await;
        let row = it.film(&page, Film::OneMinute).await;
        row.choose("Share…").await;
        page.role("dialog").named("Share recording").first().await;
        let link = link_shown(&page).await;
        let secret = format!("?{}=", it.secret);
        let address = format!("{}{}/recording/", stage.url(), it.dialect.base_path());
        assert!(link.starts_with(&address) && link.contains(&secret), "{link}");
        assert_eq!(page.role("radio").names().await, ["Anyone with the link", "Signed-in users"]);

        let guest = stage.open(&link).await;
        guest.role("region").named("Player").first().await;
        guest.role("heading").named(&row.shown.title).first().await;
        guest.video("plays", |it| it.time > 0.1 && !it.is_paused && it.width > 0).await;
        let address = guest.address().await;
        assert!(!address.to_lowercase().contains("secret"), "{address}");
    });
}

/// The link is the file itself, for whoever has it, until a time that is said.
pub fn shares_a_link_that_ends(it: &System) {
    it.stage_in_chromium("saved files", async |stage| {
        let page = stage.open_library().await;
        it.film(&page, Film::OneMinute).await.choose("Share…").await;
        let dialog = page.role("dialog").named("Share recording");
        let link = link_shown(&page).await;
        let text = dialog.text().await;
        assert!(text.contains("The link works until"), "{text}");
        assert_eq!(page.role("radio").count().await, 0, "there is nothing to choose");

        let guest = stage.open("about:blank").await;
        // Not `goto`, which fails for what is saved and not shown.
        guest.run("location.assign(arguments[0])", vec![json!(link)]).await;
        if it.dialect == Dialect::PlugNmeet {
            assert!(stage.saved_file().await == one_minute());
        } else {
            guest.video("plays", |it| it.time > 0.1 && it.width > 0).await;
        }
    });
}
