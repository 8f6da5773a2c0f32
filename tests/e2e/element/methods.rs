//! What a page can do from outside, before and after the program is there, and what it hears of it.

use super::host::{ELEMENT, LIBRARY, all_is_well, awaited, done, host, is, library, signed_in};
use crate::harness::{Action, LIST, Page, Rule, Stage, e2e, equal, eventually, json, text};

/// A library and a recording of a minute in it.
async fn with_minute(stage: &mut Stage) -> (Page, String) {
    let page = library(stage).await;
    let recording = page.recording_of(60.0).await;
    (page, text(&recording, "recordingId").to_owned())
}

#[test]
fn refreshing_ends_when_the_answer_is_there() {
    e2e(async |stage| {
        let page = library(stage).await;
        stage.hooks.add_recordings(1);
        stage.hooks.add_rule(Rule::once(LIST, Action::Delay { ms: 300 }));
        stage.hooks.clear_requests();
        let script = "const start = performance.now();
            const answer = await element.refresh();
            return [answer === undefined, performance.now() - start >= 290]";
        assert_eq!(awaited(&page, script).await, json!([true, true]));
        assert_eq!(stage.requests("GET", LIST).len(), 1);
        page.row_count_is(65).await;
        // Also when there is none.
        stage.hooks.add_rule(Rule::once(LIST, Action::status(403)));
        assert_eq!(awaited(&page, "await element.refresh(); return 1").await, json!(1));
    });
}

#[test]
fn plays_pauses_and_seeks() {
    e2e(async |stage| {
        let (page, id) = with_minute(stage).await;
        assert_eq!(
            awaited(&page, &format!("return await element.play('{id}', 20)")).await,
            json!(null)
        );
        page.role("region").named("Player").first().await;
        page.video("is at 20 s", |it| it.time >= 20.0 && it.time < 30.0).await;
        awaited(&page, "await element.pause()").await;
        page.video("is paused", |it| it.is_paused).await;
        awaited(&page, "await element.seek(40)").await;
        page.video("is at 40 s", |it| (40.0..41.0).contains(&it.time) && it.is_paused).await;
        for nothing in ["NaN", "Infinity", "'text'", "undefined", "{}"] {
            awaited(&page, &format!("await element.seek({nothing})")).await;
        }
        page.video("is at 40 s", |it| (40.0..41.0).contains(&it.time)).await;
        awaited(&page, "await element.seek(-5)").await;
        page.video("is at the start", |it| it.time < 0.5).await;
        awaited(&page, "await element.play()").await;
        page.plays().await;
        all_is_well(&page).await;
    });
}

#[test]
fn what_cannot_be_played_is_refused_with_the_reason() {
    e2e(async |stage| {
        let page = library(stage).await;
        let failed = page.ids_with("FAILED").await.swap_remove(0);
        for (id, reason) in [
            ("'r--EG_none--u'".to_owned(), "not on the server"),
            (format!("'{failed}'"), "failed"),
            ("''".to_owned(), "an id is needed"),
        ] {
            let script = format!(
                "try {{ await element.play({id}); return 'played' }} catch (error) {{ return [error.name === 'Error', error.message] }}"
            );
            let said = awaited(&page, &script).await;
            assert_eq!(said[0], json!(true), "{id}: {said}");
            let message = said[1].as_str().unwrap().to_lowercase();
            assert!(message.contains(reason), "{id}: {message}");
        }
        assert_eq!(page.role("region").named("Player").count().await, 0);
        // Without a player there is nothing to pause, and no harm in it.
        awaited(&page, "await element.pause(); await element.seek(3); await element.play()").await;
        page.row_count_is(64).await;
        all_is_well(&page).await;
    });
}

#[test]
fn what_is_called_before_the_program_is_there_is_done_in_its_order() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        let recording = page.recording_of(60.0).await;
        let id = text(&recording, "recordingId");
        stage.hooks.add_rule(Rule::once("/element/*.wasm", Action::Delay { ms: 500 }));
        let below = "<div style='block-size:5000px'></div>";
        host(stage, &page, &format!("{ELEMENT}{below}{}", LIBRARY.replace("eager", "lazy"))).await;
        is(&page, "element.state", json!("idle")).await;
        assert_eq!(stage.requests("GET", "/element/*").len(), 0);
        let script = format!(
            "const order = [];
             const calls = [element.play('{id}', 10), element.seek(30), element.pause(), element.select(['{id}'])];
             calls.forEach((call, at) => call?.then(() => order.push(at)));
             await Promise.all(calls);
             return order"
        );
        let order = awaited(&page, &script).await;
        assert_eq!(order.as_array().unwrap().len(), 3, "{order}");
        page.role("region").named("Player").first().await;
        page.video("is at its place", |it| it.time >= 10.0).await;
        all_is_well(&page).await;
    });
}

/// A recording that the list does not have, and that the server takes its time to tell of.
async fn with_one_that_is_not_listed(stage: &mut Stage) -> (Page, String) {
    let page = signed_in(stage).await;
    let recording = page.recording_of(60.0).await;
    let id = text(&recording, "recordingId").to_owned();
    let rooms = page.recordings().await;
    let other =
        rooms.iter().map(|it| text(it, "roomId")).find(|it| *it != text(&recording, "roomId"));
    let one_room = LIBRARY.replace(" load", &format!(" room-id='{}' load", other.unwrap()));
    host(stage, &page, &format!("{ELEMENT}{one_room}")).await;
    page.has_rows().await;
    let path = format!("/api/v1/recordings/{id}");
    stage.hooks.add_rule(Rule::once(&path, Action::Delay { ms: 500 }));
    (page, id)
}

#[test]
fn with_nothing_to_play_an_order_is_for_nobody() {
    e2e(async |stage| {
        let (page, id) = with_minute(stage).await;
        awaited(&page, "await element.seek(40); await element.pause()").await;
        page.search_id(&id).await;
        page.first_row().await.click_play().await;
        page.video("plays from the start", |it| it.time > 0.1 && it.time < 20.0 && !it.is_paused)
            .await;
        page.button("Close player").click().await;
        // Nor is one for what could not be opened.
        let script = format!(
            "const failed = element.play('r--EG_none--u').catch(() => 'refused');
             element.seek(40);
             element.pause();
             return [await failed, await element.play('{id}')]"
        );
        assert_eq!(awaited(&page, &script).await, json!(["refused", null]));
        page.video("plays from the start", |it| it.time > 0.1 && it.time < 20.0 && !it.is_paused)
            .await;
        all_is_well(&page).await;
    });
}

#[test]
fn orders_are_for_the_recording_that_is_being_opened() {
    e2e(async |stage| {
        let (page, id) = with_one_that_is_not_listed(stage).await;
        done(&page, &format!("element.play('{id}'); element.seek(30); element.pause()")).await;
        page.video("is at its place", |it| (30.0..31.0).contains(&it.time) && it.is_paused).await;
        // Also while another is in the player.
        let long = text(&page.recording_of(1200.0).await, "recordingId").to_owned();
        awaited(&page, &format!("await element.play('{long}')")).await;
        page.video("is the long one", |it| it.duration > 1000.0).await;
        done(&page, &format!("element.play('{id}'); element.seek(20); element.pause()")).await;
        page.video("is at its place", |it| {
            it.duration < 100.0 && (20.0..21.0).contains(&it.time) && it.is_paused
        })
        .await;
        all_is_well(&page).await;
    });
}

#[test]
fn orders_are_for_the_one_recording_that_is_shown() {
    e2e(async |stage| {
        let page = signed_in(stage).await;
        let id = text(&page.recording_of(60.0).await, "recordingId").to_owned();
        let path = format!("/api/v1/recordings/{id}");
        stage.hooks.add_rule(Rule::once(&path, Action::Delay { ms: 500 }));
        let one = LIBRARY.replace(" load", &format!(" recording-id='{id}' load"));
        host(stage, &page, &format!("{ELEMENT}{one}")).await;
        done(&page, "element.seek(30); element.pause()").await;
        page.video("is at its place", |it| (30.0..31.0).contains(&it.time) && it.is_paused).await;
        all_is_well(&page).await;
    });
}

#[test]
fn focusing_it_leads_to_the_search() {
    e2e(async |stage| {
        let page = library(stage).await;
        done(&page, "document.activeElement.blur(); element.focus()").await;
        page.focus_is_on("Search recordings").await;
        done(&page, "element.blur()").await;
    });
}

#[test]
fn selects_what_the_list_has() {
    e2e(async |stage| {
        let (page, id) = with_minute(stage).await;
        done(&page, &format!("element.select(['{id}', 'nobody', 7, null, '{id}'])")).await;
        eventually("selection", async || {
            equal(done(&page, "return element.selection").await, json!([id]))
        })
        .await;
        done(&page, "element.select()").await;
        is(&page, "element.selection", json!([])).await;
    });
}
