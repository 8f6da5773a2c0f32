//! Narrow and dark.

use crate::harness::{Page, Stage, Value, e2e_in_chromium, eventually, json};

/// The width of a small phone, in CSS pixels.
const NARROW: u32 = 320;

/// How far the page can be scrolled sideways, and what sticks out.
const OVERFLOW: &str = r"
const sideways = document.scrollingElement.scrollWidth - innerWidth;
const out = [...document.querySelectorAll('body *')].filter((it) => it.getBoundingClientRect().right > innerWidth + 1);
return [sideways, sideways > 0 ? out.slice(0, 8).map((it) => it.className || it.localName).join(', ') : '', innerWidth];
";

async fn assert_fits(page: &Page, what: &str) {
    let found = page.run(OVERFLOW, vec![]).await;
    assert_eq!(found[2], json!(NARROW), "the window is not narrow");
    assert!(
        found[0].as_i64().unwrap() <= 0,
        "{what} scrolls sideways by {}: {}",
        found[0],
        found[1]
    );
}

async fn narrow(stage: &mut Stage) -> Page {
    let page = stage.open("/").await;
    page.resize(NARROW, 640).await;
    page.role("textbox").named("User").first().await;
    page
}

#[test]
fn nothing_scrolls_sideways_at_320_pixels() {
    e2e_in_chromium("so narrow a window", async |stage| {
        let page = narrow(stage).await;
        assert_fits(&page, "sign-in").await;
        page.sign_in().await;
        page.row_count_is(64).await;
        assert_fits(&page, "library").await;

        page.button("Filters").click().await;
        page.role("combobox").named("Room").first().await;
        assert_fits(&page, "filters").await;

        page.role("checkbox").named("Select Physics 101").click().await;
        page.role("toolbar").named("Selection").first().await;
        assert_fits(&page, "selection").await;
        page.button("Delete selected").click().await;
        page.role("alertdialog").first().await;
        assert_fits(&page, "question").await;
        page.button("Cancel").click().await;
        page.button("Clear selection").click().await;

        page.search("Donaudampf").await;
        page.row_count_is(1).await;
        assert_fits(&page, "a long title").await;
        page.choose("Share…").await;
        page.role("dialog").named("Share recording").first().await;
        assert_fits(&page, "share dialog").await;
        page.button("Close").click().await;
        page.first_row().await.click_play().await;
        page.role("region").named("Player").first().await;
        page.video("plays", |it| it.width > 0).await;
        assert_fits(&page, "player").await;
    });
}

#[test]
fn everything_can_be_clicked_at_320_pixels() {
    e2e_in_chromium("so narrow a window", async |stage| {
        let page = narrow(stage).await;
        page.sign_in().await;
        page.has_rows().await;
        let id = page.ids_with("COMPLETE").await.swap_remove(0);
        page.search_id(&id).await;
        page.first_row().await.click_play().await;
        page.button("Close player").click().await;
        page.first_row().await.select().await;
        page.button("Clear selection").click().await;
        page.choose("Delete").await;
        page.button("Delete").click().await;
        page.row_count_is(0).await;
        page.button("Undo").click().await;
        page.row_count_is(1).await;
    });
}

/// Background of the page and colour of its text.
async fn colours(page: &Page) -> Value {
    let script = "const background = [...document.querySelectorAll('.library, body, html')]
            .map((it) => getComputedStyle(it).backgroundColor).find((it) => it !== 'rgba(0, 0, 0, 0)') ?? 'none';
        return [background, getComputedStyle(document.querySelector('.library')).color,
            getComputedStyle(document.querySelector('[role=grid] [role=row]')).backgroundColor]";
    page.run(script, vec![]).await
}

#[test]
fn the_dark_scheme_has_its_own_colours() {
    e2e_in_chromium("choosing the colour scheme", async |stage| {
        let page = stage.open_library().await;
        let scheme = async |value: &str| {
            let features = json!([{ "name": "prefers-color-scheme", "value": value }]);
            page.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await;
        };
        scheme("light").await;
        let light = colours(&page).await;
        scheme("dark").await;
        eventually("other colours", async || {
            let dark = colours(&page).await;
            if (0..2).all(|at| dark[at] != light[at]) {
                Ok(())
            } else {
                Err(format!("light {light}, dark {dark}"))
            }
        })
        .await;
    });
}
