//! What a page puts into the element: in place of ours, above it, and into the menus of the rows.

use super::host::{ELEMENT, LIBRARY, all_is_well, awaited, done, hears, host, is, signed_in};
use crate::harness::{Action, LIST, Rule, e2e, json, text};

const EMPTY: &str = r#"{"recordings":[],"pagination":{}}"#;

fn with(content: &str) -> String {
    format!("{ELEMENT}{}", LIBRARY.replace("></", &format!(">{content}</")))
}

/// Whether what the page has put there can be seen.
const SHOWN: &str = "[...element.children].map((it) => it.checkVisibility())";

#[test]
fn each_place_has_its_time() {
    e2e(async |stage| {
        let page = stage.open("/embed/embed.css").await;
        let content = "<h2 slot=header>Ours</h2><p slot=loading>Wait</p><p slot=signed-out>Sign in there</p><p slot=empty>Nothing</p><p>Alas</p>";
        stage
            .hooks
            .add_rule(Rule::once("/element/meet_recordings_bg.wasm", Action::Delay { ms: 700 }));
        host(stage, &page, &with(content)).await;
        is(&page, SHOWN, json!([false, true, false, false, false])).await;
        is(&page, SHOWN, json!([false, false, true, false, false])).await;
        assert_eq!(page.role("textbox").count().await, 0, "ours is not there as well");
        super::host::sign_in(&page).await;
        host(stage, &page, &with(content)).await;
        page.row_count_is(64).await;
        is(&page, SHOWN, json!([true, false, false, false, false])).await;
        stage.hooks.add_rule(Rule::once(LIST, Action::body("application/json", EMPTY)));
        awaited(&page, "await element.refresh()").await;
        is(&page, SHOWN, json!([true, false, false, true, false])).await;
        done(&page, "element.serverUrl = 'javascript:1'").await;
        is(&page, SHOWN, json!([false, false, false, false, true])).await;
    });
}

/// In an element of the page's that hands on what is in it.
#[test]
fn what_a_slot_hands_on_is_in_its_place() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        let body = format!("{ELEMENT}<section><h2 slot=title>Ours</h2></section>");
        host(stage, &page, &body).await;
        let inner = LIBRARY.replace("></", "><slot name=title slot=header></slot></");
        let script = format!(
            "const root = document.querySelector('section').attachShadow({{ mode: 'open' }});
             root.innerHTML = \"{inner}\";
             await customElements.whenDefined('meet-recordings');
             await root.firstElementChild.ready"
        );
        assert_eq!(awaited(&page, &script).await, json!(null));
        page.row_count_is(64).await;
        is(&page, "document.querySelector('h2').checkVisibility()", json!(true)).await;
        let script = "const list = document.querySelector('section').shadowRoot.firstElementChild.getBoundingClientRect();
            const title = document.querySelector('h2').getBoundingClientRect();
            return title.top >= list.top && title.bottom < list.top + list.height / 2";
        assert_eq!(done(&page, script).await, json!(true));
        all_is_well(&page).await;
    });
}

#[test]
fn actions_of_the_page_are_in_the_menu_of_every_row() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        let actions = "<button slot=row-actions value=file>File it</button><button slot=row-actions><b>Send</b> on</button>";
        host(stage, &page, &with(actions)).await;
        page.row_count_is(64).await;
        let id = text(&page.recording_of(60.0).await, "recordingId").to_owned();
        page.search_id(&id).await;
        page.choose("File it").await;
        hears(&page, "meet-row-action", json!({ "name": "file", "id": id })).await;
        page.choose("Send on").await;
        hears(&page, "meet-row-action", json!({ "name": "Send on", "id": id })).await;
        // They are the page's to change at any time, and text only.
        done(&page, "element.lastElementChild.remove(); element.firstElementChild.textContent = '<i>Mark</i>'").await;
        page.choose("<i>Mark</i>").await;
        hears(&page, "meet-row-action", json!({ "name": "file", "id": id })).await;
        is(&page, SHOWN, json!([false])).await;
        all_is_well(&page).await;
    });
}

/// Of which there are none without the page's content.
#[test]
fn what_is_not_offered_is_not_there() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        let body = format!(
            "{ELEMENT}{}",
            LIBRARY.replace(" load", " no-delete no-download no-share no-search load")
        );
        host(stage, &page, &body).await;
        page.row_count_is(64).await;
        assert_eq!(page.role("searchbox").count().await, 0);
        assert_eq!(page.button("Filters").count().await, 0);
        page.row_of_length("1:00").await.open_menu().await;
        let offered = page.role("menuitem").names().await.join(", ");
        for not in ["Delete", "Download", "Share", "Copy"] {
            assert!(!offered.contains(not), "{offered}");
        }
        page.press(&[crate::harness::Key::Escape]).await;
        // One by one they come back.
        done(&page, "element.noDelete = false; element.noSearch = false").await;
        page.searchbox().first().await;
        page.row_of_length("1:00").await.open_menu().await;
        page.role("menuitem").named("Delete").first().await;
        let offered = page.role("menuitem").names().await.join(", ");
        assert!(!offered.contains("Download"), "{offered}");
    });
}

/// A recording, and the recordings of a room, in place of the library.
#[test]
fn a_view_of_less_shows_less() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        let recording = page.recording_of(60.0).await;
        let (id, room) = (text(&recording, "recordingId"), text(&recording, "roomId"));
        let of_room =
            page.recordings().await.iter().filter(|it| text(it, "roomId") == room).count();
        host(
            stage,
            &page,
            &format!("{ELEMENT}{}", LIBRARY.replace(" load", &format!(" room-id='{room}' load"))),
        )
        .await;
        page.row_count_is(of_room).await;
        let one = LIBRARY.replace(" load", &format!(" recording-id='{id}' load"));
        host(stage, &page, &format!("{ELEMENT}{one}")).await;
        page.role("region").named("Player").first().await;
        assert_eq!(page.row_count().await, Some(0));
        is(&page, "element.state", json!("ready")).await;
        all_is_well(&page).await;
    });
}

/// Whoever has the link needs no account, and the link's secret stands nowhere.
#[test]
fn a_secret_opens_one_recording_without_signing_in() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        let recording = page.recording_of(60.0).await;
        let id = text(&recording, "recordingId").to_owned();
        let (secret, _) = stage.hooks.share_secrets(&id);
        let other = stage.open("/embed/embed.css").await;
        let one = LIBRARY
            .replace(" load", &format!(" recording-id='{id}' recording-secret='{secret}' load"));
        host(stage, &other, &format!("{ELEMENT}{one}")).await;
        other.role("region").named("Player").first().await;
        other.video("has a picture", |it| it.width > 0).await;
        let script = "return [document.documentElement.outerHTML, JSON.stringify(window.heard), location.href]";
        let said = done(&other, script).await.to_string();
        assert!(!said.contains(&secret), "the secret is in the page");
        all_is_well(&other).await;
    });
}
