//! Filters: how many each would show, what they show, and the ways back. Saved views.

use crate::harness::{Config, Key, Page, Value, e2e_with, equal, eventually, text};

fn with_sample(test: impl AsyncFnOnce(Page)) {
    let config = Config { clock_speed: 0.0, ..Config::default() };
    e2e_with(config, async |stage| test(stage.open_library().await).await);
}

/// What a filter offers, as it is shown.
async fn options(page: &Page, name: &str) -> Vec<String> {
    let choice = page.role("combobox").named(name).first().await;
    page.role("option").inside(&choice).names().await
}

async fn offers(page: &Page, name: &str, wanted: &[&str]) {
    eventually(&format!("options of {name}"), async || {
        let offered = options(page, name).await;
        let missing = wanted.iter().find(|it| !offered.iter().any(|offer| offer == **it));
        missing.map_or(Ok(()), |it| Err(format!("no “{it}” in {offered:?}")))
    })
    .await;
}

async fn count_of(page: &Page, is_so: impl Fn(&Value) -> bool) -> usize {
    page.recordings().await.iter().filter(|it| is_so(it)).count()
}

#[test]
fn every_option_says_how_many_it_would_show() {
    with_sample(async |page| {
        page.button("Filters").click().await;
        offers(&page, "Status", &["Any status", "Ready (53)", "In progress (4)", "Failed (7)"])
            .await;
        offers(
            &page,
            "Room",
            &["All rooms", "Physics 101 (10)", "Sprint review (8)", "Design critique (7)"],
        )
        .await;
        let short =
            count_of(&page, |it| it["duration"].as_f64().is_some_and(|it| it < 300.0)).await;
        let medium =
            count_of(&page, |it| it["duration"].as_f64().is_some_and(|it| it >= 300.0)).await;
        offers(
            &page,
            "Duration",
            &[&format!("Under 5 min ({short})"), &format!("5–30 min ({medium})"), "Over 1 h (0)"],
        )
        .await;
        offers(&page, "Size", &[&format!("Under 100 MB ({})", short + medium), "Over 2 GB (0)"])
            .await;

        // Each counts within what the others leave.
        page.filter("Room", "Design critique").await;
        page.row_count_is(7).await;
        offers(&page, "Room", &["Physics 101 (10)"]).await;
        page.filter("Status", "Ready").await;
        let ready = page.row_count().await.unwrap();
        assert!((1..7).contains(&ready), "{ready}");
        offers(&page, "Status", &[&format!("Ready ({ready})"), "In progress (1)"]).await;
        page.search("no such thing").await;
        offers(&page, "Status", &["Ready (0)", "In progress (0)"]).await;
    });
}

#[test]
fn dates_have_presets_and_a_calendar() {
    with_sample(async |page| {
        let now = page.run("return Date.now()", vec![]).await.as_i64().unwrap();
        let starts: Vec<i64> =
            page.recordings().await.iter().filter_map(|it| it["startDate"].as_i64()).collect();
        let midnight = "const date = new Date(); date.setHours(0, 0, 0, 0); return date.getTime()";
        let midnight = page.run(midnight, vec![]).await.as_i64().unwrap();
        let today = starts.iter().filter(|it| **it >= midnight).count();
        page.filter("Date", "Today").await;
        eventually("today", async || equal(page.row_count().await.unwrap_or(0), today)).await;
        page.filter("Date", "Last 7 days").await;
        let week = starts.iter().filter(|it| **it >= now - 8 * 86_400_000).count();
        eventually("a week", async || {
            let count = page.row_count().await.unwrap_or(0);
            if (today..=week).contains(&count) { Ok(()) } else { Err(format!("{count}")) }
        })
        .await;

        page.filter("Date", "Custom…").await;
        let date = |name: &'static str, value: &'static str| {
            let page = page.clone();
            async move {
                // Every engine has its own field for a date; what it holds is the same.
                let script = "const deep = (root) => [...root.querySelectorAll('*')].flatMap((it) => [it, ...(it.shadowRoot ? deep(it.shadowRoot) : [])]);
                    const field = deep(document).find((it) => it.matches('input[type=date]') && (it.ariaLabel === arguments[0] || it.labels?.[0]?.textContent.trim() === arguments[0]));
                    field.value = arguments[1];
                    for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }))";
                page.run(script, vec![name.into(), value.into()]).await;
            }
        };
        date("To", "1999-12-31").await;
        page.says("No recording matches").await;
        date("From", "1999-01-01").await;
        page.says("No recording matches").await;
        date("To", "2999-12-31").await;
        eventually("all that have a date", async || {
            equal(page.row_count().await, Some(starts.len()))
        })
        .await;
        page.role("button").starting("Clear filter Date: ").click().await;
        page.row_count_is(64).await;
    });
}

#[test]
fn duration_and_size_narrow_the_list() {
    with_sample(async |page| {
        let long =
            count_of(&page, |it| it["duration"].as_f64().is_some_and(|it| it >= 300.0)).await;
        page.filter("Duration", "5–30 min").await;
        page.row_count_is(long).await;
        page.filter("Size", "Over 2 GB").await;
        page.says("No recording matches").await;
        page.button("Clear filter Size: Over 2 GB").click().await;
        page.row_count_is(long).await;
        page.focus_is_on("Search recordings").await;
    });
}

#[test]
fn all_of_them_are_cleared_at_once() {
    with_sample(async |page| {
        page.filter("Room", "Physics 101").await;
        page.row_count_is(10).await;
        assert_eq!(page.button("Clear all").count().await, 0, "there is only one");
        page.filter("Status", "Ready").await;
        page.search("physics").await;
        for name in ["Clear filter Room: Physics 101", "Clear filter Status: Ready"] {
            page.button(name).first().await;
        }
        page.button("Clear all").click().await;
        page.row_count_is(64).await;
        page.role("button").starting("Clear filter ").gone().await;
        let typed = page.searchbox().first().await.prop("value").await.unwrap();
        assert_eq!(typed.as_deref(), Some(""));
        assert_ne!(page.focused().await, "body");
    });
}

#[test]
fn a_filter_is_chosen_by_keyboard_and_the_focus_stays() {
    with_sample(async |page| {
        page.tab_to("Filters").await;
        page.press(&[Key::Enter]).await;
        page.role("group").named("Filters").first().await;
        page.tab_to("Status").await;
        page.type_text("Fai").await;
        page.row_count_is(7).await;
        page.focus_is_on("Status").await;
        let titles = page.whole_list().await;
        let ids = page.ids_with("FAILED").await;
        let failed = page.recordings().await;
        let is_failed = |name: &str| failed.iter().any(|it| text(it, "filename") == name);
        assert!(ids.len() == 3 && titles.iter().all(|it| is_failed(&it.subtitle)), "{titles:?}");
    });
}

#[test]
fn a_view_is_saved_and_comes_back() {
    with_sample(async |page| {
        page.filter("Room", "Sprint review").await;
        page.search("status:ready").await;
        page.button("Duration").click().await;
        let wanted = page.whole_list().await;
        page.button("View").click().await;
        page.role("textbox").named("Name").fill("Sprints, longest first").await;
        page.button("Save view").click().await;
        let saved = page.button("Sprints, longest first");
        saved.first().await;
        page.press(&[Key::Escape]).await;
        page.role("dialog").named("View").gone().await;

        page.button("Clear all").click().await;
        page.button("Date").click().await;
        page.row_count_is(64).await;
        page.go("/").await;
        page.row_count_is(64).await;
        page.button("View").click().await;
        saved.click().await;
        page.row_count_is(wanted.len()).await;
        page.role("columnheader").named("Duration").attr_is("aria-sort", "descending").await;
        assert_eq!(page.whole_list().await, wanted);

        if !page.role("dialog").named("View").is_there().await {
            page.button("View").click().await;
        }
        page.button("Remove view Sprints, longest first").click().await;
        saved.gone().await;
        page.go("/").await;
        page.has_rows().await;
        page.button("View").click().await;
        page.role("textbox").named("Name").first().await;
        assert_eq!(saved.count().await, 0);
    });
}
