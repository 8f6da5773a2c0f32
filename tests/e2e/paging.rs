//! Lists that come in pages: nothing is lost when rows go, and a page is asked for in the words of the list that it
//! belongs to.

use crate::harness::{
    Action, Config, Dialect, Page, Rule, Stage, e2e_behind_gateway, e2e_with, equal, eventually,
    stays,
};
use std::time::Duration;

/// Of OpenVidu Meet 3.9, which sorts by itself.
const LIST: &str = "/meet/api/v1/recordings?";
const BY_ROOM: &str = "sortField=roomName";
/// All that the sample of 3.9 has with [`MORE`].
const ALL: usize = 64 + MORE;
const MORE: usize = 150;

fn of_39(test: impl AsyncFnOnce(&mut Stage)) {
    let dialect = Dialect::V39;
    e2e_with(Config { dialect, recordings: MORE, clock_speed: 0.0, ..Config::default() }, test);
}

async fn open_first_page(stage: &mut Stage) -> Page {
    let page = stage.open_library().await;
    page.loaded_is(100).await;
    stage.hooks.clear_requests();
    page
}

/// The requests for the list since they were forgotten, path and query.
fn lists(stage: &Stage) -> Vec<String> {
    stage.requests("GET", LIST).into_iter().map(|it| it.path).collect()
}

/// Waits until the list begins with so many rows in the server's order. What else is known belongs somewhere behind them.
async fn begins_with(page: &Page, rows: usize) {
    page.says(&format!("{rows} of ")).await;
    page.says(" loaded, more on the server").await;
}

/// The one request for the list since they were forgotten, once there is one.
async fn the_list(stage: &Stage) -> String {
    let asked = eventually("the list is asked for", async || {
        let asked = lists(stage);
        if asked.is_empty() { Err("it is not".to_owned()) } else { Ok(asked) }
    })
    .await;
    assert_eq!(asked.len(), 1, "{asked:?}");
    asked.into_iter().next().unwrap()
}

async fn choose_room(page: &Page, name: &str) {
    page.filter("Room", name).await;
    page.button("Load more").gone().await;
    page.button("Refresh").attr_is("aria-busy", "false").await;
}

async fn all_rooms(page: &Page) {
    page.role("button").starting("Clear filter Room: ").click().await;
}

async fn is_sorted(page: &Page, column: &str, order: &str) {
    page.role("columnheader").named(column).attr_is("aria-sort", order).await;
}

/// plugNmeet's place in a list is a number of rows, and those deleted are not before it any more.
#[test]
fn rows_after_deleted_ones_are_not_skipped() {
    let dialect = Dialect::PlugNmeet;
    let config = Config { dialect, recordings: MORE, clock_speed: 0.0, ..Config::default() };
    e2e_behind_gateway(config, async |stage| {
        let page = open_first_page(stage).await;
        page.says("100 loaded of 197").await;
        for row in page.ready_rows(5).await {
            row.select().await;
        }
        page.button("Delete selected").click().await;
        page.confirm_deletion().await;
        page.status_says("5 recordings deleted.").await;
        page.says("95 loaded of 192").await;
        page.button("Load more").click().await;
        page.row_count_is(192).await;
        page.button("Load more").gone().await;
        page.says("192 recordings").await;
    });
}

#[test]
fn after_sorting_failed_more_is_loaded_of_the_list_that_is_shown() {
    of_39(async |stage| {
        let page = open_first_page(stage).await;
        stage.hooks.add_rule(Rule::once(LIST, Action::status(403)));
        page.button("Room").click().await;
        page.says("You are not allowed to do this.").await;
        assert!(the_list(stage).await.contains(BY_ROOM));
        stage.hooks.clear_requests();
        page.button("Load more").click().await;
        page.loaded_is(200).await;
        let more = the_list(stage).await;
        assert!(more.contains("nextPageToken=") && !more.contains(BY_ROOM), "{more}");
        page.button("Load more").click().await;
        page.row_count_is(ALL).await;
        page.button("Load more").gone().await;
    });
}

#[test]
fn more_of_the_old_order_is_not_loaded_while_another_is_on_its_way() {
    of_39(async |stage| {
        let page = open_first_page(stage).await;
        // Long enough for a slow machine to click while it is on its way.
        stage.hooks.add_rule(Rule::once(LIST, Action::Delay { ms: 4000 }));
        page.button("Room").click().await;
        let busy = page.button("Loading…");
        busy.attr_is("aria-disabled", "true").await;
        busy.click().await;
        page.button("Load more").first().await;
        let sorted = the_list(stage).await;
        assert!(sorted.contains(BY_ROOM) && !sorted.contains("nextPageToken="), "{sorted}");
        begins_with(&page, 100).await;

        stage.hooks.clear_requests();
        page.button("Load more").click().await;
        begins_with(&page, 200).await;
        let more = the_list(stage).await;
        assert!(more.contains("nextPageToken=") && more.contains(BY_ROOM), "{more}");
        page.button("Load more").click().await;
        page.row_count_is(ALL).await;
    });
}

/// A complete list is sorted without the server; the longer one after it is in that order too, to its end.
#[test]
fn an_order_chosen_in_one_room_is_that_of_all_rooms_too() {
    of_39(async |stage| {
        let page = open_first_page(stage).await;
        choose_room(&page, "Physics 101").await;
        stage.hooks.clear_requests();
        page.button("Size").click().await;
        is_sorted(&page, "Size", "descending").await;
        stays(Duration::from_millis(200), "no request", async || equal(lists(stage).len(), 0))
            .await;

        all_rooms(&page).await;
        is_sorted(&page, "Size", "descending").await;
        eventually("the largest of all comes first", async || {
            // The largest of the sample's films.
            equal(page.first_row().await.shown.length.as_str(), "20:00")
        })
        .await;
    });
}

#[test]
fn an_order_of_before_is_not_taken_for_the_new_one() {
    of_39(async |stage| {
        let page = open_first_page(stage).await;
        let newest = page.first_row().await.shown;
        page.button("Size").click().await;
        assert!(the_list(stage).await.contains("sortField=size"));
        choose_room(&page, "Physics 101").await;
        page.button("Date").click().await;
        is_sorted(&page, "Date", "descending").await;
        all_rooms(&page).await;
        is_sorted(&page, "Date", "descending").await;
        // Not the newest of those that were loaded by size.
        eventually("the newest of all comes first", async || {
            equal(page.first_row().await.shown, newest.clone())
        })
        .await;
    });
}

/// What the server does not do is not claimed, and not done to a part of the rows either.
#[test]
fn a_refused_order_leaves_the_list_as_it_was() {
    of_39(async |stage| {
        let page = open_first_page(stage).await;
        is_sorted(&page, "Date", "descending").await;
        let before = page.shown().await[..8].to_vec();
        stage.hooks.add_rule(Rule::once(LIST, Action::status(403)));
        page.button("Room").click().await;
        page.says("You are not allowed to do this.").await;
        assert!(the_list(stage).await.contains(BY_ROOM));
        is_sorted(&page, "Date", "descending").await;
        let by_room = page.role("columnheader").named("Room").first().await;
        let claimed = by_room.attr("aria-sort").await.unwrap();
        assert!(claimed.is_none_or(|it| it == "none"), "Room is not sorted by");
        assert_eq!(page.shown().await[..8], before);

        // Nor is it asked for later.
        stage.hooks.clear_requests();
        page.button("Refresh").click().await;
        page.button("Refresh").attr_is("aria-busy", "false").await;
        assert!(!the_list(stage).await.contains(BY_ROOM));
        is_sorted(&page, "Date", "descending").await;
    });
}
