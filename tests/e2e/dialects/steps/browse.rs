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
        let grid = page.role("grid").named("Recordings");
        let more = page.button("Load more");
        if it.has_pages {
            grid.attr_is("aria-rowcount", "-1").await;
            page.says("100 loaded").await;
            let mut held = 100;
            while held < it.rows {
                page.rows().count_is(held).await;
                more.click().await;
                held = (held + 100).min(it.rows);
            }
        }
        page.rows().count_is(it.rows).await;
        more.gone().await;
        page.says(&format!("{} recordings", it.rows)).await;
        grid.attr_is("aria-rowcount", &(it.rows + 1).to_string()).await;
    });
}

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
                let wanted = it.toolbar.iter().map(|it| it.to_string()).collect();
                equal(buttons.names().await, wanted)
            })
            .await;
        }

        page.button("Filters").click().await;
        let filters = page.role("group").named("Filters").first().await;
        assert_eq!(page.role("combobox").inside(&filters).names().await, it.filters, "filters");
    });
}

/// The server limits the list to one room, of those that it lists.
pub fn filters_by_room(it: &System) {
    it.stage(MORE, async |stage| {
        let page = stage.open_library().await;
        page.rows().count_is(100).await;
        let is_of_room = |title: &String| it.room.iter().any(|name| title.starts_with(name));
        let held = page.titles().await.iter().filter(|it| is_of_room(it)).count();
        stage.hooks.clear_requests();
        page.button("Filters").click().await;
        let rooms = page.role("combobox").named("Room").first().await;
        page.role("option").starting(it.room[0]).inside(&rooms).click().await;
        let clear = page.role("button").starting(&format!("Clear filter Room: {}", it.room[0]));
        clear.first().await;
        eventually("more rows of the room, and no others", async || {
            let titles = page.titles().await;
            let others = titles.iter().filter(|it| !is_of_room(it)).count();
            equal((titles.len() > held, others), (true, 0))
        })
        .await;
        assert_eq!(it.lists(stage).len(), 1, "the server was asked");
        assert!(!page.button("Load more").is_there().await);
        clear.click().await;
        page.rows().count_is(100).await;
    });
}

/// While the server has more than is held, a click on a header asks it: what comes first is the first of all.
pub fn sorts_on_the_server(it: &System) {
    it.stage(MORE, async |stage| {
        let page = stage.open_library().await;
        page.rows().count_is(100).await;
        let newest = page.shown().await;
        stage.hooks.clear_requests();
        page.button("Date").click().await;
        page.role("columnheader").named("Date").attr_is("aria-sort", "ascending").await;
        let oldest = eventually("other rows", async || {
            let rows = page.shown().await;
            if rows.contains(&newest[50]) { Err("the same rows".to_owned()) } else { Ok(rows) }
        })
        .await;
        let lists = it.lists(stage);
        assert_eq!(lists.len(), 1, "{lists:?}");
        let wanted = it.oldest_first.unwrap_or_default();
        assert!(lists[0].path.contains(wanted), "{lists:?}");

        while page.button("Load more").is_there().await {
            let before = page.rows().count().await;
            page.button("Load more").click().await;
            eventually("more rows", async || equal(page.rows().count().await > before, true)).await;
        }
        let all = page.shown().await;
        assert_eq!(all.len(), it.rows);
        let (first, all) = (dates(oldest), dates(all));
        assert!(first.len() > 90);
        assert_eq!(first[..], all[..first.len()], "the first of some are not the first of all");
    });
}

/// Where the server cannot, the rows held are sorted, and it says how many those are.
pub fn sorts_what_it_holds(it: &System) {
    it.stage(MORE, async |stage| {
        let page = stage.open_library().await;
        let held = if it.has_pages { 100 } else { it.rows };
        page.rows().count_is(held).await;
        stage.hooks.clear_requests();
        let before = page.shown().await;
        page.button("Date").click().await;
        page.role("columnheader").named("Date").attr_is("aria-sort", "ascending").await;
        let (before, mut after) = (dates(before), dates(page.shown().await));
        assert_ne!(before, after);
        after.reverse();
        assert_eq!(before, after);
        assert!(it.lists(stage).is_empty(), "nothing is asked for");
        if it.has_pages {
            page.says("100 loaded").await;
        }
    });
}
