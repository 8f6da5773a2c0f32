//! C7 of the contract: what a page's styles can tell and set: states, parts, tokens, and what every element has.

use std::collections::BTreeSet;

use super::host::{ELEMENT, LIBRARY, all_is_well, awaited, done, host, is, library};
use crate::harness::{Action, Key, LIST, Page, Rule, e2e, json, text};

/// Those that hold now.
const STATES: &str = "['loading', 'empty', 'error', 'authenticated', 'playing', 'selecting'].filter((it) => element.matches(`:state(${it})`))";

#[test]
fn states_say_what_is_so() {
    e2e(async |stage| {
        let page = stage.open("/embed/embed.css").await;
        stage.hooks.add_rule(Rule::once(LIST, Action::Delay { ms: 500 }));
        host(stage, &page, &format!("{ELEMENT}{LIBRARY}")).await;
        is(&page, STATES, json!(["loading"])).await;
        is(&page, STATES, json!([])).await;
        page.sign_in().await;
        is(&page, STATES, json!(["authenticated"])).await;
        page.row_at(1).await.select().await;
        is(&page, STATES, json!(["authenticated", "selecting"])).await;
        page.press(&[Key::Escape]).await;
        done(&page, "element.select([])").await;
        page.row_of_length("1:00").await.play().await;
        is(&page, STATES, json!(["authenticated", "playing"])).await;
        page.button("Close player").click().await;
        is(&page, STATES, json!(["authenticated"])).await;
        stage.hooks.add_rule(Rule::once(
            LIST,
            Action::body("application/json", r#"{"recordings":[],"pagination":{}}"#),
        ));
        awaited(&page, "await element.refresh()").await;
        is(&page, STATES, json!(["empty", "authenticated"])).await;
        is(&page, "element.state", json!("empty")).await;
        done(&page, "element.serverUrl = 'javascript:1'").await;
        is(&page, STATES, json!(["error"])).await;
        done(&page, "element.remove()").await;
    });
}

/// Adds the parts that are in the page now.
async fn note_parts(page: &Page, parts: &mut BTreeSet<String>) {
    let script = "return [...element.shadowRoot?.querySelectorAll('[part]')].flatMap((it) => it.part.value.split(' '))";
    let found = done(page, script).await;
    parts.extend(found.as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_owned()));
}

#[test]
fn every_part_is_there_when_its_time_comes() {
    e2e(async |stage| {
        let page = library(stage).await;
        let mut parts = BTreeSet::new();
        page.button("Filters").click().await;
        page.role("group").named("Filters").first().await;
        page.row_at(1).await.select().await;
        page.role("toolbar").first().await;
        note_parts(&page, &mut parts).await;
        page.row_of_length("1:00").await.open_menu().await;
        note_parts(&page, &mut parts).await;
        page.role("menuitem").named("Delete").click().await;
        page.role("alertdialog").first().await;
        note_parts(&page, &mut parts).await;
        page.button("Cancel").click().await;
        page.row_of_length("1:00").await.play().await;
        note_parts(&page, &mut parts).await;
        page.button("Close player").click().await;
        stage.hooks.add_rule(Rule::once(LIST, Action::status(403)));
        page.button("Refresh").click().await;
        page.role("alert").first().await;
        note_parts(&page, &mut parts).await;
        done(&page, "element.serverUrl = 'javascript:1'").await;
        page.alert_says("cannot be shown").await;
        note_parts(&page, &mut parts).await;
        let wanted = [
            "alert",
            "bar",
            "dialog",
            "error",
            "filters",
            "footer",
            "list",
            "menu",
            "player",
            "row",
            "search",
            "selection",
            "status",
        ];
        assert_eq!(parts.iter().map(String::as_str).collect::<Vec<_>>(), wanted);
    });
}

/// Names of buttons and sliders of the player that are not wholly in sight, or that something else lies over.
const OUT_OF_SIGHT: &str = "(() => {
    const root = element.shadowRoot;
    const box = element.getBoundingClientRect();
    const controls = [...root.querySelectorAll('.controls :is(button, input)')].filter((it) => it.checkVisibility());
    const isSeen = (it) => {
        const { left, top, right, bottom } = it.getBoundingClientRect();
        const isInside = left >= box.left && top >= box.top && right <= box.right && bottom <= box.bottom;
        const there = root.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return isInside && it.contains(there);
    };
    return controls.length > 3 ? controls.filter((it) => !isSeen(it)).map((it) => it.ariaLabel) : 'no controls';
})()";

#[test]
fn the_player_is_as_high_as_the_element() {
    e2e(async |stage| {
        let page = library(stage).await;
        let id = text(&page.recording_of(60.0).await, "recordingId").to_owned();
        let one = LIBRARY.replace(" load", &format!(" recording-id='{id}' load"));
        let many = format!("{ELEMENT}{LIBRARY}");
        for body in [&format!("{ELEMENT}{one}"), &many] {
            host(stage, &page, body).await;
            awaited(&page, &format!("await element.ready; await element.play('{id}')")).await;
            page.video("has a picture", |it| it.width > 0).await;
            awaited(&page, "await element.pause()").await;
            for (width, height) in [(900, 400), (900, 200), (320, 200), (320, 480), (600, 700)] {
                let script = format!(
                    "Object.assign(element.style, {{ inlineSize: '{width}px', blockSize: '{height}px' }})"
                );
                done(&page, &script).await;
                is(&page, OUT_OF_SIGHT, json!([])).await;
                // What does not fit beneath the picture is scrolled to, in the element and not beside it.
                let script = "const root = element.shadowRoot;
                    const player = root.querySelector('.player');
                    const last = [...player.querySelectorAll('header button')].at(-1);
                    last.scrollIntoView();
                    const inner = last.getBoundingClientRect();
                    const outer = element.getBoundingClientRect();
                    const isReached = inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
                    const sideways = player.scrollWidth - player.clientWidth;
                    player.scrollTop = 0;
                    const { bottom } = player.getBoundingClientRect();
                    return [isReached, sideways, bottom <= outer.bottom + 1]";
                assert_eq!(done(&page, script).await, json!([true, 0, true]), "{width} × {height}");
            }
        }
        all_is_well(&page).await;
    });
}

#[test]
fn its_rows_follow_its_size() {
    e2e(async |stage| {
        let page = library(stage).await;
        let rows = "[...element.shadowRoot.querySelectorAll('[role=row]:has([role=gridcell])')].filter((it) => {
            const { top } = it.getBoundingClientRect();
            return top > 0 && top < element.getBoundingClientRect().bottom;
        }).length";
        done(&page, "element.style.blockSize = '400px'").await;
        is(&page, &format!("{rows} > 1 && {rows} < 6"), json!(true)).await;
        done(&page, "element.style.blockSize = '900px'").await;
        is(&page, &format!("{rows} > 8"), json!(true)).await;
        // And its table is cards where there is no room for columns.
        let cards = "Boolean(element.shadowRoot.querySelector('[role=grid]').closest('.is-cards'))";
        is(&page, cards, json!(false)).await;
        done(&page, "element.style.inlineSize = '400px'").await;
        is(&page, cards, json!(true)).await;
        all_is_well(&page).await;
    });
}

#[test]
fn tokens_and_themes_are_the_pages_to_set() {
    e2e(async |stage| {
        let page = library(stage).await;
        let script = "element.style.setProperty('--meet-text', 'rgb(1, 2, 3)');
            element.style.setProperty('--meet-surface', 'rgb(4, 5, 6)');
            const { color, backgroundColor, display, fontFamily } = getComputedStyle(element);
            return [color, backgroundColor, display, fontFamily === getComputedStyle(document.body).fontFamily]";
        let said = done(&page, script).await;
        assert_eq!(said, json!(["rgb(1, 2, 3)", "rgb(4, 5, 6)", "block", true]));
        for (theme, scheme) in
            [("dark", "dark"), ("light", "light"), ("auto", "normal"), ("pink", "normal")]
        {
            done(&page, &format!("element.theme = '{theme}'")).await;
            is(&page, "getComputedStyle(element).colorScheme", json!(scheme)).await;
        }
        page.row_count_is(64).await;
        // A size that a page sets is the size.
        let script = "element.style.blockSize = '400px'; element.style.inlineSize = '600px';
            const { width, height } = element.getBoundingClientRect();
            return [width, height]";
        assert_eq!(done(&page, script).await, json!([600, 400]));
        done(&page, "element.hidden = true").await;
        is(&page, "getComputedStyle(element).display", json!("none")).await;
    });
}
