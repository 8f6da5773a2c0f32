//! Deleting can be taken back for ten seconds, in which nothing is sent; then it is sent in batches, and what stays is
//! named with its reason.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::harness::{
    Action, Config, Key, Page, RequestRecord, Rule, Stage, Value, e2e_with, equal, eventually,
    stays, text,
};

const RECORDINGS: &str = "/api/v1/recordings";

fn with_sample(test: impl AsyncFnOnce(&mut Stage, Page)) {
    with(0, test);
}

fn with(recordings: usize, test: impl AsyncFnOnce(&mut Stage, Page)) {
    e2e_with(Config { recordings, clock_speed: 0.0, ..Config::default() }, async |stage| {
        let page = stage.open_library().await;
        test(stage, page).await;
    });
}

fn deletions(stage: &Stage) -> Vec<RequestRecord> {
    stage.requests("DELETE", RECORDINGS)
}

/// The ids that a request asks to delete.
fn ids(request: &RequestRecord) -> Vec<String> {
    match request.path.split_once("recordingIds=") {
        Some((_, ids)) => ids.replace("%2C", ",").split(',').map(str::to_owned).collect(),
        None => vec![request.path.rsplit('/').next().unwrap().to_owned()],
    }
}

/// Selects everything in view and says yes to deleting it.
async fn delete_all_in_view(page: &Page, count: usize) {
    page.tab_into_list().await;
    page.chord('a').await;
    page.press(&[Key::Delete]).await;
    let question = match count {
        1 => "Delete recording?".to_owned(),
        count => format!("Delete {count} recordings?"),
    };
    page.role("alertdialog").named(&question).first().await;
    page.button("Delete").click().await;
    page.role("alertdialog").gone().await;
}

#[test]
fn what_was_deleted_is_hidden_and_comes_back() {
    with_sample(async |stage, page| {
        let before = page.whole_list().await;
        let chosen = page.ready_rows(3).await;
        for row in &chosen {
            row.select().await;
        }
        page.button("Delete selected").click().await;
        let question = page.role("alertdialog").named("Delete 3 recordings?");
        let text = question.text().await;
        assert!(chosen.iter().all(|row| text.contains(&row.shown.title)), "{text}");
        page.button("Delete").click().await;
        page.row_count_is(61).await;
        page.status_says("3 recordings deleted.").await;
        page.button("Undo").first().await;

        page.button("Undo").click().await;
        page.status_says("3 recordings restored.").await;
        page.row_count_is(64).await;
        assert_eq!(page.whole_list().await, before);
        page.says("3 selected").await;
        page.skip(Duration::from_secs(30)).await;
        stays(Duration::from_millis(800), "nothing is sent", async || {
            equal((deletions(stage).len(), page.row_count().await), (0, Some(64)))
        })
        .await;
    });
}

/// The only one that waits as long as people do.
#[test]
fn ten_seconds_are_counted_down_before_anything_is_sent() {
    with_sample(async |stage, page| {
        let id = page.ids_with("COMPLETE").await.swap_remove(0);
        page.search_id(&id).await;
        page.choose("Delete").await;
        page.button("Delete").click().await;
        let start = std::time::Instant::now();
        // Seen and not heard.
        let shown =
            "return document.querySelector('[role=status] [aria-hidden=true]')?.textContent";
        let seconds = async || {
            let text = page.run(shown, vec![]).await.to_string();
            text.trim_matches('"').parse::<u32>().map_err(|_| text)
        };
        let first = eventually("a countdown", seconds).await;
        assert!((8..=10).contains(&first), "{first}");
        eventually("it goes down", async || {
            seconds().await.and_then(|now| if now < first { Ok(()) } else { Err(now.to_string()) })
        })
        .await;
        stays(Duration::from_secs(6), "nothing is sent", async || equal(deletions(stage).len(), 0))
            .await;
        eventually("it is sent", async || equal(deletions(stage).len(), 1)).await;
        assert!(start.elapsed() >= Duration::from_millis(9500), "{:?}", start.elapsed());
        page.button("Undo").gone().await;
        assert!(!stage.hooks.recording_ids().contains(&id));
    });
}

#[test]
fn closing_the_page_before_it_is_sent_deletes_nothing() {
    with_sample(async |stage, page| {
        page.search("Physics status:ready").await;
        let count = page.row_count().await.unwrap();
        delete_all_in_view(&page, count).await;
        page.button("Undo").first().await;
        page.go("/embed/minimal.html").await;
        page.row_count_is(64).await;

        page.open_tab("/").await;
        page.row_count_is(64).await;
        page.tab_into_list().await;
        delete_all_in_view(&page, 64).await;
        page.button("Undo").first().await;
        page.close_tab().await;
        stays(Duration::from_millis(500), "nothing is sent", async || {
            equal(deletions(stage).len(), 0)
        })
        .await;
        assert_eq!(stage.hooks.recording_ids().len(), 64);
    });
}

#[test]
fn signing_out_before_it_is_sent_deletes_nothing() {
    with_sample(async |stage, page| {
        page.ready_rows(1).await[0].choose("Delete").await;
        page.button("Delete").click().await;
        page.button("Undo").first().await;
        page.button("Sign out").click().await;
        page.role("textbox").named("User").first().await;
        page.skip(Duration::from_secs(30)).await;
        stays(Duration::from_millis(800), "nothing is sent", async || {
            equal(deletions(stage).len(), 0)
        })
        .await;
        page.sign_in().await;
        page.row_count_is(64).await;
    });
}

#[test]
fn each_deletion_has_a_countdown_of_its_own() {
    with_sample(async |stage, page| {
        let ids_before = stage.hooks.recording_ids();
        let rows = page.ready_rows(2).await;
        let (first, second) = (&rows[0].shown, &rows[1].shown);
        rows[0].choose("Delete").await;
        page.button("Delete").click().await;
        page.row_count_is(63).await;
        page.skip(Duration::from_secs(5)).await;
        page.row("that is next", |it| it.subtitle == second.subtitle).await.choose("Delete").await;
        page.button("Delete").click().await;
        page.row_count_is(62).await;
        // The first is over, the second is not.
        page.skip(Duration::from_secs(6)).await;
        eventually("the first is sent", async || equal(deletions(stage).len(), 1)).await;
        page.button("Undo").click().await;
        page.row_count_is(63).await;
        page.skip(Duration::from_secs(30)).await;
        stays(Duration::from_millis(600), "the second is not", async || {
            equal(deletions(stage).len(), 1)
        })
        .await;
        let left = stage.hooks.recording_ids();
        let gone: Vec<&String> = ids_before.iter().filter(|id| !left.contains(id)).collect();
        assert_eq!(gone.len(), 1);
        assert!(
            first.subtitle.contains(gone[0].rsplit("--").next().unwrap()),
            "{gone:?} {first:?}"
        );
    });
}

#[test]
fn many_are_sent_in_batches_each_once() {
    with(200, async |stage, page| {
        page.search("status:ready").await;
        let count = eventually("all that are ready", async || match page.row_count().await {
            Some(count) if count > 200 => Ok(count),
            count => Err(format!("{count:?}")),
        })
        .await;
        delete_all_in_view(&page, count).await;
        page.says("No recording matches").await;
        page.let_undo_pass().await;
        page.status_says(&format!("{count} recordings deleted.")).await;
        let sent = deletions(stage);
        let each: Vec<Vec<String>> = sent.iter().map(ids).collect();
        assert!(each.iter().all(|ids| ids.len() <= 50), "at most fifty at once");
        assert!(sent.iter().all(|it| it.path.len() <= 4200), "at most 4 KB");
        let all: Vec<&String> = each.iter().flatten().collect();
        assert_eq!((all.len(), all.iter().collect::<BTreeSet<_>>().len()), (count, count));
        assert!(!stage.hooks.recording_ids().iter().any(|id| all.contains(&id)));
    });
}

#[test]
fn what_a_broken_off_deletion_left_is_named_and_tried_again() {
    with(100, async |stage, page| {
        page.search("status:ready").await;
        let count = eventually("all that are ready", async || match page.row_count().await {
            Some(count) if count > 100 => Ok(count),
            count => Err(format!("{count:?}")),
        })
        .await;
        // The first batch goes through, the second does not.
        stage.hooks.add_rule(Rule::once(RECORDINGS, Action::Delay { ms: 600 }).on("DELETE"));
        delete_all_in_view(&page, count).await;
        page.let_undo_pass().await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        stage.hooks.add_rule(Rule::once(RECORDINGS, Action::status(503)).on("DELETE"));
        let report = page.role("dialog").starting(&format!("{}", count - 50));
        let text = report.text().await;
        assert!(text.contains("50 recordings deleted.") && text.contains("status 503"), "{text}");
        stage.hooks.clear_rules();
        page.button("Try again").click().await;
        report.gone().await;
        eventually("all are gone", async || {
            let left = stage.hooks.recording_ids().len();
            equal(left, 164 - count)
        })
        .await;
        page.status_says("deleted.").await;
        page.says("No recording matches").await;
    });
}

/// The recordings that somebody else deleted meanwhile are gone, as was wanted.
#[test]
fn what_others_deleted_meanwhile_is_no_failure() {
    with_sample(async |stage, page| {
        page.search("Sprint status:ready").await;
        let count = page.row_count().await.unwrap();
        let all = page.recordings().await;
        let is_ready =
            |it: &&Value| it["roomName"] == "Sprint review" && it["status"] == "COMPLETE";
        let id = text(all.iter().find(is_ready).unwrap(), "recordingId").to_owned();
        delete_all_in_view(&page, count).await;
        assert!(stage.hooks.remove_recording(&id));
        page.let_undo_pass().await;
        page.status_says(&format!("{count} recordings deleted.")).await;
        assert_eq!(page.role("dialog").count().await, 0);
    });
}

/// Nothing is doubled when a list comes while rows are hidden.
#[test]
fn a_refresh_brings_nothing_back_that_is_being_deleted() {
    with_sample(async |_, page| {
        page.ready_rows(1).await[0].choose("Delete").await;
        page.button("Delete").click().await;
        page.row_count_is(63).await;
        page.button("Refresh").click().await;
        page.button("Refresh").attr_is("aria-busy", "false").await;
        assert_eq!(page.row_count().await, Some(63));
        page.button("Undo").click().await;
        page.row_count_is(64).await;
        assert_eq!(page.whole_list().await.len(), 64);
    });
}
