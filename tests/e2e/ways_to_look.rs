//! The forms that the list can take: order by two columns, layouts, columns, density, groups.

use std::collections::BTreeMap;

use crate::harness::{Config, Page, Shown, Stage, e2e_with, equal, eventually, json, text};

fn with_sample(test: impl AsyncFnOnce(&mut Stage, Page)) {
    let config = Config { clock_speed: 0.0, ..Config::default() };
    e2e_with(config, async |stage| {
        let page = stage.open_library().await;
        test(stage, page).await;
    });
}

async fn open_view(page: &Page) {
    if !page.role("dialog").named("View").is_there().await {
        page.button("View").click().await;
    }
    page.role("dialog").named("View").first().await;
}

async fn close_view(page: &Page) {
    page.press(&[crate::harness::Key::Escape]).await;
    page.role("dialog").named("View").gone().await;
}

/// When each began, by the name of its file.
async fn starts(page: &Page) -> BTreeMap<String, i64> {
    let all = page.recordings().await;
    let start = |it: &crate::harness::Value| it["startDate"].as_i64().unwrap_or(i64::MIN);
    all.iter().map(|it| (text(it, "filename").to_owned(), start(it))).collect()
}

#[test]
fn rows_are_ordered_by_two_columns() {
    with_sample(async |_, page| {
        let starts = starts(&page).await;
        page.button("Room").click().await;
        let date = page.role("columnheader").starting("Date");
        let shift = crate::harness::Key::Shift;
        page.click_with(&page.button("Date").first().await, shift).await;
        page.role("columnheader").starting("Room").attr_is("aria-sort", "ascending").await;
        eventually("the second key", async || {
            let sort = date.attr("aria-sort").await;
            if sort.as_deref() == Some("none") { Err("none".to_owned()) } else { Ok(()) }
        })
        .await;
        let descending = date.attr("aria-sort").await.as_deref() == Some("descending");
        let rows = page.whole_list().await;
        let physics: Vec<i64> = rows
            .iter()
            .filter(|it| it.title == "Physics 101")
            .map(|it| starts[&it.subtitle])
            .collect();
        assert_eq!(physics.len(), 10);
        assert!(
            if descending { physics.is_sorted_by(|a, b| a >= b) } else { physics.is_sorted() },
            "{physics:?}"
        );
        let at = |title: &str| rows.iter().position(|it| it.title == title).unwrap();
        assert!(
            at("Board meeting Q3") < at("Physics 101") && at("Physics 101") < at("Sprint review")
        );
    });
}

/// Tops of the rows in the page.
async fn tops(page: &Page) -> Vec<f64> {
    let script = "return [...document.querySelectorAll('[role=row][aria-rowindex]')].slice(1)
        .map((it) => it.getBoundingClientRect()).filter((it) => it.height > 0).map((it) => Math.round(it.top))";
    serde_json::from_value(page.run(script, vec![]).await).unwrap()
}

#[test]
fn a_layout_is_chosen_and_remembered() {
    with_sample(async |_, page| {
        let titles = page.titles().await;
        let rows = tops(&page).await;
        for layout in ["Cards", "Grid"] {
            open_view(&page).await;
            page.role("radio").named(layout).click().await;
            close_view(&page).await;
            eventually(layout, async || {
                let now = tops(&page).await;
                let beside = now.windows(2).any(|it| it[0] == it[1]);
                let is_other = now != rows;
                equal((is_other, beside), (true, layout == "Grid"))
            })
            .await;
            assert_eq!(page.row_count().await, Some(64));
            assert_eq!(page.titles().await[..4], titles[..4], "the same rows");
            assert!(page.row_elements().await <= 60);
            page.row_of_length("1:00").await.select().await;
            page.says("1 selected").await;
            page.button("Clear selection").click().await;
        }
        assert_eq!(page.whole_list().await.len(), 64);
        page.go("/").await;
        page.has_rows().await;
        eventually("still a grid", async || {
            equal(tops(&page).await.windows(2).any(|it| it[0] == it[1]), true)
        })
        .await;
    });
}

#[test]
fn rows_can_be_closer_together() {
    with_sample(async |_, page| {
        let height = async || {
            let tops = tops(&page).await;
            tops[1] - tops[0]
        };
        let before = height().await;
        open_view(&page).await;
        page.role("radio").named("Compact").click().await;
        eventually("lower rows", async || {
            let now = height().await;
            if now < before { Ok(()) } else { Err(format!("{now} px")) }
        })
        .await;
    });
}

async fn headers(page: &Page) -> Vec<String> {
    page.role("columnheader").names().await
}

#[test]
fn columns_come_go_and_move() {
    with_sample(async |_, page| {
        let shown = headers(&page).await;
        assert_eq!(shown[1..5], ["Room", "Date", "Duration", "Size"]);
        open_view(&page).await;
        page.role("checkbox").named("Size").click().await;
        page.role("checkbox").named("ID").click().await;
        page.button("Move Duration up").click().await;
        eventually("columns", async || {
            let headers = headers(&page).await;
            equal(
                headers[1..5].to_vec(),
                ["Room", "Duration", "Date", "ID"].map(str::to_owned).to_vec(),
            )
        })
        .await;
        close_view(&page).await;
        let id = page.ids_with("COMPLETE").await.swap_remove(0);
        page.search_id(&id).await;
        assert!(page.first_row().await.text().await.contains(&id));
        page.go("/").await;
        page.has_rows().await;
        assert_eq!(headers(&page).await[1..5], ["Room", "Duration", "Date", "ID"], "remembered");
    });
}

/// The headings between the rows in the page, top down.
async fn headings(page: &Page) -> Vec<String> {
    let script = "return [...document.querySelectorAll('[role=row]:not([aria-rowindex])')]
        .map((it) => [it.getBoundingClientRect().top, it.innerText.replace(/\\s+/g, ' ').trim()])
        .sort((a, b) => a[0] - b[0]).map((it) => it[1])";
    serde_json::from_value(page.run(script, vec![]).await).unwrap()
}

async fn group_by(page: &Page, what: &str) {
    open_view(page).await;
    let choice = page.role("combobox").named("Group by").first().await;
    page.role("option").named(what).inside(&choice).click().await;
    close_view(page).await;
}

#[test]
fn rows_are_grouped_by_room_or_day() {
    with_sample(async |_, page| {
        group_by(&page, "Room").await;
        let groups = eventually("headings", async || {
            let headings = headings(&page).await;
            if headings.is_empty() { Err("none".to_owned()) } else { Ok(headings) }
        })
        .await;
        let rows: Vec<Shown> = page.whole_list().await;
        assert_eq!(rows.len(), 64);
        let mut titles: Vec<&str> = rows.iter().map(|it| it.title.as_str()).collect();
        titles.dedup();
        let count = titles.len();
        titles.sort_unstable();
        titles.dedup();
        assert_eq!(titles.len(), count, "a room is in one piece");
        assert!(groups[0].contains(&rows[0].title), "{groups:?}");

        group_by(&page, "Day").await;
        eventually("days", async || {
            let headings = headings(&page).await;
            equal(headings.first().is_some_and(|it| it.contains("Today")), true)
                .map_err(|_| format!("{headings:?}"))
        })
        .await;
        group_by(&page, "None").await;
        eventually("no headings", async || equal(headings(&page).await, Vec::new())).await;
    });
}

/// What hosts of the element did not allow is not kept.
#[test]
fn the_element_keeps_nothing_unless_asked_to() {
    with_sample(async |_, page| {
        let kept = async || page.run("return localStorage.length", vec![]).await;
        page.run("localStorage.clear()", vec![]).await;
        page.go("/embed/minimal.html").await;
        page.has_rows().await;
        open_view(&page).await;
        page.role("radio").named("Compact").click().await;
        page.role("textbox").named("Name").fill("Mine").await;
        page.button("Save view").click().await;
        assert_eq!(kept().await, json!(0));
        page.reload().await;
        page.has_rows().await;
        assert_eq!(page.run("return indexedDB.databases ? 0 : 0", vec![]).await, json!(0));
    });
}
