//! Loading all of a list in the background: politely, visibly, and whatever the server does meanwhile.

use std::time::{Duration, Instant};

use crate::harness::{
    Action, Config, Dialect, Engine, LIST, Page, Rule, Stage, e2e_with, equal, eventually, json,
    stays,
};

/// Beside the sample's.
const MORE: usize = 636;
const ALL: usize = 700;

fn with_seven_pages(test: impl AsyncFnOnce(&mut Stage, Page)) {
    of(Dialect::B, test);
}

fn of(dialect: Dialect, test: impl AsyncFnOnce(&mut Stage, Page)) {
    let config = Config { dialect, recordings: MORE, clock_speed: 0.0, ..Config::default() };
    e2e_with(config, async |stage| {
        let page = stage.open_library().await;
        page.loaded_is(100).await;
        stage.hooks.clear_requests();
        test(stage, page).await;
    });
}

fn asked(stage: &Stage) -> usize {
    stage.requests("GET", LIST).len()
}

#[test]
fn all_of_it_comes_at_fewer_than_five_requests_a_second() {
    with_seven_pages(async |stage, page| {
        let start = Instant::now();
        page.button("Load all").click().await;
        page.button("Stop loading").first().await;
        page.says("300 loaded").await;
        page.row_count_is(ALL).await;
        let rate = asked(stage) as f64 / start.elapsed().as_secs_f64();
        assert_eq!(asked(stage), 6);
        assert!(rate < 5.0, "{rate} requests a second");
        page.button("Stop loading").gone().await;
        let rows = page.whole_list().await;
        let files: std::collections::BTreeSet<&String> =
            rows.iter().map(|it| &it.subtitle).collect();
        assert_eq!((rows.len(), files.len()), (ALL, ALL), "each once");
    });
}

#[test]
fn it_is_stopped_and_goes_on_from_there() {
    with_seven_pages(async |stage, page| {
        page.button("Load all").click().await;
        page.says("200 loaded").await;
        page.button("Stop loading").click().await;
        assert_ne!(page.focused().await, "body");
        page.button("Load all").first().await;
        let before = asked(stage);
        assert!(before < 6, "it was over before");
        stays(Duration::from_millis(800), "stopped", async || equal(asked(stage), before)).await;
        page.button("Load all").click().await;
        page.row_count_is(ALL).await;
        assert!(asked(stage) <= 7, "from there, not from the start: {}", asked(stage));
    });
}

#[test]
fn too_many_requests_are_waited_out() {
    with_seven_pages(async |stage, page| {
        stage.hooks.add_rule(Rule { times: Some(1), ..Rule::always(LIST, Action::rate_limit(3)) });
        page.button("Load all").click().await;
        eventually("refused once", async || equal(asked(stage), 1)).await;
        stays(Duration::from_millis(2000), "it waits", async || equal(asked(stage), 1)).await;
        page.row_count_is(ALL).await;
        assert_eq!(page.alert_text().await, "");
    });
}

#[test]
fn a_server_in_trouble_for_a_moment_loses_nothing() {
    with_seven_pages(async |stage, page| {
        stage.hooks.add_rule(Rule { times: Some(4), ..Rule::always(LIST, Action::status(503)) });
        page.button("Load all").click().await;
        page.row_count_is(ALL).await;
        assert_eq!(page.whole_list().await.len(), ALL);
    });
}

#[test]
fn nothing_is_loaded_while_nobody_looks() {
    with_seven_pages(async |stage, page| {
        let show = "const [state] = arguments;
            Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
            Object.defineProperty(document, 'hidden', { configurable: true, get: () => state === 'hidden' });
            document.dispatchEvent(new Event('visibilitychange'))";
        page.button("Load all").click().await;
        page.says("200 loaded").await;
        page.run(show, vec![json!("hidden")]).await;
        tokio::time::sleep(Duration::from_millis(400)).await;
        let before = asked(stage);
        assert!(before < 6, "it was over before");
        stays(Duration::from_millis(1000), "hidden", async || equal(asked(stage), before)).await;
        page.run(show, vec![json!("visible")]).await;
        page.row_count_is(ALL).await;
    });
}

#[test]
fn it_goes_on_when_the_network_is_back() {
    with_seven_pages(async |stage, page| {
        if stage.engine != Engine::Chromium {
            eprintln!("skipped: being offline can be tested in Chromium only");
            return;
        }
        page.button("Load all").click().await;
        page.says("200 loaded").await;
        page.set_offline(true).await;
        tokio::time::sleep(Duration::from_millis(1500)).await;
        let before = asked(stage);
        assert!(before < 6, "it was over before");
        page.set_offline(false).await;
        page.row_count_is(ALL).await;
        assert_eq!(page.whole_list().await.len(), ALL);
    });
}

#[test]
fn rows_that_come_again_on_the_next_page_are_one() {
    for dialect in [Dialect::B, Dialect::V35] {
        of(dialect, async |stage, page| {
            stage.hooks.repeat_last_row(true);
            page.button("Load all").click().await;
            page.row_count_is(ALL).await;
        });
    }
}

/// A page that is shorter than those before is not the last one.
#[test]
fn pages_that_shrink_lose_nothing() {
    with_seven_pages(async |stage, page| {
        page.button("Load more").click().await;
        page.loaded_is(200).await;
        stage.hooks.set_page_size(Some(90));
        page.button("Load all").click().await;
        page.row_count_is(ALL).await;
        assert_eq!(page.whole_list().await.len(), ALL);
    });
}

/// Places that are counted in rows move when the pages do, or when somebody deletes: what comes twice is one row.
#[test]
fn pages_that_shrink_double_nothing_where_places_are_numbers() {
    let config = Config {
        dialect: Dialect::PlugNmeet,
        recordings: MORE,
        clock_speed: 0.0,
        ..Config::default()
    };
    crate::harness::e2e_behind_gateway(config, async |stage| {
        let page = stage.open_library().await;
        page.loaded_is(100).await;
        stage.hooks.set_page_size(Some(70));
        // New ones at the top push the rest on.
        stage.hooks.add_recordings(5);
        page.button("Load all").click().await;
        let count =
            eventually("all", async || page.row_count().await.ok_or_else(|| "partial".to_owned()))
                .await;
        let rows = page.whole_list().await;
        let files: std::collections::BTreeSet<&String> = rows.iter().map(|it| &it.date).collect();
        assert_eq!(rows.len(), count);
        assert!(count > 600 && files.len() > 500, "{count} {}", files.len());
        page.button("Refresh").click().await;
        page.button("Refresh").attr_is("aria-busy", "false").await;
        page.row_count_is(count + 5).await;
    });
}

#[test]
fn scrolling_to_the_end_of_a_part_loads_more_of_it() {
    with_seven_pages(async |_, page| {
        page.scroll_to(1.0).await;
        page.loaded_is(200).await;
        assert_eq!(page.row_elements().await.min(60), page.row_elements().await);
    });
}

#[test]
fn sorting_by_what_the_server_cannot_loads_the_rest() {
    with_seven_pages(async |stage, page| {
        page.button("Size").click().await;
        page.row_count_is(ALL).await;
        page.role("columnheader").named("Size").attr_is("aria-sort", "descending").await;
        assert_eq!(asked(stage), 6);
        let rows = page.whole_list().await;
        assert_eq!(rows[0].length, "20:00", "the largest of all");
    });
}

/// Where it can, it is asked for the order of all of them.
#[test]
fn sorting_by_what_the_server_can_asks_it() {
    let config =
        Config { dialect: Dialect::V35, recordings: MORE, clock_speed: 0.0, ..Config::default() };
    e2e_with(config, async |stage| {
        let page = stage.open_library().await;
        page.loaded_is(100).await;
        stage.hooks.clear_requests();
        page.button("Size").click().await;
        page.role("columnheader").named("Size").attr_is("aria-sort", "descending").await;
        eventually("the largest of all", async || {
            equal(page.first_row().await.shown.length.as_str(), "20:00")
        })
        .await;
        let lists = stage.requests("GET", LIST);
        assert_eq!(lists.len(), 1);
        assert!(lists[0].path.contains("sortField=size"), "{lists:?}");
        // The rows of before are known too, and it says of how many this is the order.
        page.says("loaded, more on the server").await;
    });
}
