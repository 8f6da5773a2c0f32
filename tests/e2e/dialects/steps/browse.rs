//! The list: all of it, page by page, narrowed, ordered; and which controls there are.

use crate::dialects::system::{Film, MORE, System};
use crate::harness::{Key, Shown, equal, eventually};

/// The rows' dates. What has none, because it is only starting, comes last in either order.
fn dates(rows: Vec<Shown>) -> Vec<String> {
    rows.into_iter().map(|it| it.date).filter(|it| !it.contains("no date")).collect()
}

/// Every recording is shown once, whatever the number of pages.
pub fn lists_and_pages(it: &System) {
    it.stage(MORE, async |stage| {
        let page = stage.open_library().await;
        let more = page.button("Load more");
        if it.has_pages {
            let mut held = 100;
            while held < it.rows {
                page.loaded_is(held).await;
                more.click().await;
                held = (held + 100).min(it.rows);
            }
        }
        page.row_count_is(it.rows).await;
        more.gone().await;
        page.says(&format!("{} recordings", it.rows)).await;
        assert_eq!(page.whole_list().await.len(), it.rows);
    });
}

/// What can be done with a selection wherever there is one, without the server.
const ANYWHERE: [&str; 4] = ["Select all ", "Export CSV", "Export JSON", "Clear selection"];

/// What the system cannot do is not there to be tried.
pub fn offers_what_it_can(it: &System) {
    it.stage(0, async |stage| {
        let page = stage.open_library().await;
        it.film(&page, Film::OneMinute).await.open_menu().await;
        assert_eq!(page.role("menuitem").names().await, it.menu, "menu");
        page.press(&[Key::Escape]).await;
        page.role("menu").gone().await;

        if it.toolbar.is_empty() {
            assert_eq!(page.role("checkbox").count().await, 0, "nothing to select for");
        } else {
            for row in page.two_of_a_room().await {
                row.select().await;
            }
            let toolbar = page.role("toolbar").named("Selection").first().await;
            let buttons = page.role("button").inside(&toolbar);
            eventually("toolbar", async || {
                let mut names = buttons.names().await;
                names.retain(|name| !ANYWHERE.iter().any(|it| name.starts_with(it)));
                equal(names, it.toolbar.iter().map(|it| it.to_string()).collect())
            })
            .await;
        }

        page.button("Filters").click().await;
        let filters = page.role("group").named("Filters").first().await;
        assert_eq!(page.role("combobox").inside(&filters).names().await, it.filters, "filters");
    });
}

/// The list is limited to one room at once, and while the server has more of it, it is asked for that room.
pub fn filters_by_room(it: &System) {
    it.stage(MORE, async |stage| {
        let page = stage.open_library().await;
        page.loaded_is(100).await;
        stage.hooks.clear_requests();
        page.filter("Room", it.room[0]).await;
        let clear = page.role("button").starting(&format!("Clear filter Room: {}", it.room[0]));
        clear.first().await;
        page.button("Load more").gone().await;
        page.button("Refresh").attr_is("aria-busy", "false").await;
        let of_room = page.whole_list().await;
        let is_of_room = |row: &Shown| it.room.iter().any(|name| row.title.starts_with(name));
        assert!(!of_room.is_empty() && of_room.iter().all(is_of_room), "{of_room:?}");
        assert_eq!(it.lists(stage).len(), 1, "the server was asked");
        clear.click().await;

        // None of the room was missing.
        page.button("Load all").click().await;
        page.row_count_is(it.rows).await;
        page.filter("Room", it.room[0]).await;
        page.row_count_is(of_room.len()).await;
    });
}

/// While the server has more than is held, a click on a header asks it: what comes first is the first of all.
pub fn sorts_on_the_server(it: &System) {
    it.stage(MORE, async |stage| {
        let page = stage.open_library().await;
        page.loaded_is(100).await;
        let newest = page.first_row().await.shown;
        stage.hooks.clear_requests();
        page.button("Date").click().await;
        page.role("columnheader").named("Date").attr_is("aria-sort", "ascending").await;
        let oldest = eventually("other rows", async || {
            let rows = page.shown().await;
            if rows.contains(&newest) { Err("the same rows".to_owned()) } else { Ok(rows) }
        })
        .await;
        let lists = it.lists(stage);
        assert_eq!(lists.len(), 1, "{lists:?}");
        let wanted = it.oldest_first.unwrap_or_default();
        assert!(lists[0].path.contains(wanted), "{lists:?}");

        page.button("Load all").click().await;
        page.row_count_is(it.rows).await;
        let all = page.whole_list().await;
        let (first, all) = (dates(oldest), dates(all));
        assert!(first.len() > 9);
        assert_eq!(first[..], all[..first.len()], "the first of some are not the first of all");
    });
}

/// Where the server cannot, all of it is loaded, and sorted here.
pub fn sorts_what_it_holds(it: &System) {
    it.stage(MORE, async |stage| {
        let page = stage.open("/").await;
        page.ask_for_no_news().await;
        page.sign_in().await;
        page.has_rows().await;
        stage.hooks.clear_requests();
        page.button("Date").click().await;
        page.role("columnheader").named("Date").attr_is("aria-sort", "ascending").await;
        page.row_count_is(it.rows).await;
        let asked = it.lists(stage).len();
        assert_eq!(asked > 0, it.has_pages, "{asked} requests");
        let oldest = dates(page.whole_list().await);
        page.button("Date").click().await;
        page.role("columnheader").named("Date").attr_is("aria-sort", "descending").await;
        let mut newest = dates(page.whole_list().await);
        assert_ne!(oldest, newest);
        newest.reverse();
        assert_eq!(oldest, newest);
        assert_eq!(it.lists(stage).len(), asked, "nothing is asked for");
    });
}
