//! Links for others: made, copied, and opened by somebody who is not signed in.

use crate::harness::{
    Engine, MEDIA, Page, Stage, Value, e2e, e2e_in_chromium, equal, eventually, text,
};

/// Opens the share dialog of a minute's recording, and returns that recording.
async fn share_dialog(page: &Page) -> Value {
    let recording = page.recording_of(60.0).await;
    page.search_id(text(&recording, "recordingId")).await;
    page.choose("Share…").await;
    page.role("dialog").named("Share recording").first().await;
    recording
}

/// The link shown, once it is there and another than before.
async fn link(page: &Page, before: &str) -> String {
    eventually("link", async || {
        let field = page.role("textbox").named("Link").first().await;
        let link = field.prop("value").await.unwrap().unwrap_or_default();
        if link.is_empty() || link == before { Err(link) } else { Ok(link) }
    })
    .await
}

async fn private_link(page: &Page) -> String {
    let public = link(page, "").await;
    page.role("radio").named("Signed-in users").click().await;
    link(page, &public).await
}

async fn plays(page: &Page) {
    page.role("region").named("Player").first().await;
    page.plays().await;
}

/// Answers to requests for media, as (has the secret, status).
fn media(stage: &Stage) -> Vec<(bool, u16)> {
    stage.media_requests().iter().map(|it| (it.path.contains("secret="), it.status)).collect()
}

#[test]
fn the_dialog_makes_a_link_for_anyone_or_for_those_signed_in() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let recording = share_dialog(&page).await;
        let start =
            format!("{}/recording/{}?secret=", stage.url(), text(&recording, "recordingId"));
        let anyone = page.role("radio").named("Anyone with the link").first().await;
        assert!(anyone.is_selected().await.unwrap(), "the default");
        let public = link(&page, "").await;
        assert!(public.starts_with(&start), "{public}");
        let private = private_link(&page).await;
        assert!(private.starts_with(&start), "{private}");
        page.button("Close").click().await;
        page.role("dialog").gone().await;
    });
}

#[test]
fn copy_puts_the_link_on_the_clipboard() {
    e2e_in_chromium("reading the clipboard", async |stage| {
        let page = stage.open_library().await;
        page.allow_clipboard().await;
        share_dialog(&page).await;
        let link = link(&page, "").await;
        page.button("Copy").click().await;
        page.says("Copied.").await;
        assert_eq!(page.clipboard().await, link);
    });
}

#[test]
fn a_public_link_plays_signed_out_and_leaves_no_secret_in_the_address() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        share_dialog(&page).await;
        let link = link(&page, "").await;
        stage.hooks.clear_requests();

        let guest = stage.open(&link).await;
        plays(&guest).await;
        let address = guest.address().await;
        assert!(!address.contains("secret"), "{address}");
        assert_eq!(Some(address.as_str()), link.split('?').next());
        guest.reload().await;
        plays(&guest).await;
        assert!(!guest.address().await.contains("secret"));
        assert!(!guest.text().await.contains("Copy link"), "guests cannot make links");
        // WebKit's first request has no range.
        let whole = stage.engine == Engine::WebKit;
        let is_good = |it: &(bool, u16)| it.0 && (it.1 == 206 || (whole && it.1 == 200));
        assert!(media(stage).iter().all(is_good), "{:?}", media(stage));
    });
}

#[test]
fn a_guest_can_download_what_a_public_link_shows() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let recording = share_dialog(&page).await;
        let link = link(&page, "").await;
        let guest = stage.open(&link).await;
        plays(&guest).await;
        stage.hooks.clear_requests();
        guest.button("Download").click().await;
        guest.status_says(&format!("Download of {} started.", text(&recording, "roomName"))).await;
        eventually("file is asked for", async || {
            // Beside the question whether it would be sent, which asks for one byte.
            let whole = stage.media_requests();
            let whole = whole.iter().any(|it| it.range.as_deref() != Some("bytes=0-0"));
            if whole { Ok(()) } else { Err(format!("{:?}", stage.media_requests())) }
        })
        .await;
        let good = |it: &(bool, u16)| it.0 && matches!(it.1, 200 | 206);
        assert!(media(stage).iter().all(good), "{MEDIA}: {:?}", media(stage));
    });
}

#[test]
fn a_private_link_asks_to_sign_in_and_then_plays() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        share_dialog(&page).await;
        let link = private_link(&page).await;

        let guest = stage.open(&link).await;
        guest.role("textbox").named("User").first().await;
        assert!(!guest.role("region").named("Player").is_there().await);
        assert!(!guest.address().await.contains("secret"));
        guest.sign_in_as("user", "user1").await;
        plays(&guest).await;
        eventually("form goes", async || {
            equal(guest.role("textbox").named("User").count().await, 0)
        })
        .await;
    });
}

#[test]
fn a_wrong_secret_is_explained() {
    e2e(async |stage| {
        let id = stage.hooks.recording_ids().swap_remove(0);
        let guest = stage.open(&format!("/recording/{id}?secret=wrong")).await;
        guest.alert_says("The server does not accept this link. Ask for a new one.").await;
        assert!(!guest.address().await.contains("secret"));
        assert!(!guest.text().await.contains("wrong"), "secrets are not shown");
    });
}

#[test]
fn a_link_to_what_was_deleted_is_explained() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let recording = share_dialog(&page).await;
        let link = link(&page, "").await;
        assert!(stage.hooks.remove_recording(text(&recording, "recordingId")));
        let guest = stage.open(&link).await;
        guest.alert_says("It is not on the server any more.").await;
    });
}
