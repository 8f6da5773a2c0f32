//! The search: words in any order, with a slip of the finger, and its small language; what was found is marked, and what
//! makes no sense is simply looked for.

use crate::harness::{Config, Key, Page, Value, e2e, e2e_with, equal, eventually, json, text};

/// The sample, with nothing in progress that would change.
fn with_sample(test: impl AsyncFnOnce(Page)) {
    let config = Config { clock_speed: 0.0, ..Config::default() };
    e2e_with(config, async |stage| test(stage.open_library().await).await);
}

async fn finds(page: &Page, search: &str, count: usize) {
    page.search(search).await;
    eventually(&format!("“{search}”"), async || equal(page.row_count().await, Some(count))).await;
}

/// How many of the sample are so, as the server has it.
async fn count_of(page: &Page, is_so: impl Fn(&Value) -> bool) -> usize {
    let count = page.recordings().await.iter().filter(|it| is_so(it)).count();
    assert!((1..64).contains(&count), "{count} of 64 tell nothing");
    count
}

#[test]
fn finds_words_in_any_order_case_and_accent() {
    with_sample(async |page| {
        for (search, count) in [
            ("PHYSICS", 10),
            ("101 physics", 10),
            ("creation geneve", 3),
            ("CRÉATION équipe", 3),
            ("physics review", 0),
            ("فريق التصميم", 2),
            ("入門 物理", 2),
            ("हिन्दी कक्षा", 2),
            ("  sprint   review  ", 8),
        ] {
            finds(&page, search, count).await;
        }
    });
}

#[test]
fn finds_by_id_and_by_file_name() {
    with_sample(async |page| {
        let recording = page.recording_of(60.0).await;
        let id = text(&recording, "recordingId");
        finds(&page, id, 1).await;
        finds(&page, &id.rsplit("--").next().unwrap().to_uppercase(), 1).await;
        finds(&page, text(&recording, "filename"), 1).await;
    });
}

#[test]
fn a_slip_in_a_longer_word_is_forgiven() {
    with_sample(async |page| {
        for (search, count) in [("phisics", 10), ("onbording", 7), ("critiqe desing", 7)] {
            finds(&page, search, count).await;
        }
        // Three wrong letters make another word.
        finds(&page, "phxsyqs", 0).await;
    });
}

#[test]
fn what_was_found_is_marked() {
    with_sample(async |page| {
        finds(&page, "geneve redaction", 3).await;
        let marked = eventually("marks", async || {
            let script = "return [...document.querySelectorAll('[role=row] b mark')].map((it) => it.textContent)";
            let marks: Vec<String> = serde_json::from_value(page.run(script, vec![]).await).unwrap();
            if marks.is_empty() { Err("none".to_owned()) } else { Ok(marks) }
        })
        .await;
        assert_eq!(marked[..2], ["rédaction", "Genève"], "as they are written");
        assert_eq!(marked.len(), 6);
    });
}

#[test]
fn the_operators_narrow_the_list() {
    with_sample(async |page| {
        let over = |field: &'static str, least: f64| {
            move |it: &Value| it[field].as_f64().is_some_and(|it| it >= least)
        };
        let long = count_of(&page, over("duration", 600.0)).await;
        let large = count_of(&page, over("size", 2_000_000.0)).await;
        for (search, count) in [
            ("room:\"Sprint review\"", 8),
            ("room:critique", 7),
            ("-room:critique", 57),
            ("status:failed", 7),
            ("status:progress", 4),
            ("\"design critique\"", 7),
            ("\"critique design\"", 0),
            ("-critique", 57),
            ("longer:10m", long),
            (
                "shorter:10m",
                count_of(&page, |it| it["duration"].as_f64().is_some_and(|it| it < 600.0)).await,
            ),
            ("larger:2mb", large),
            ("STATUS:failed", 7),
        ] {
            finds(&page, search, count).await;
        }
        let both = count_of(&page, |it| {
            over("duration", 600.0)(it) && text(it, "roomName") == "Physics 101"
        })
        .await;
        finds(&page, "physics longer:10m", both).await;
    });
}

#[test]
fn days_are_the_readers_own() {
    with_sample(async |page| {
        let mut starts: Vec<i64> =
            page.recordings().await.iter().filter_map(|it| it["startDate"].as_i64()).collect();
        starts.sort_unstable();
        let day = "const date = new Date(arguments[0]);
            const two = (number) => String(number).padStart(2, '0');
            const midnight = new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
            const next = new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
            return [`${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`, midnight, next]";
        for start in [starts[10], starts[40]] {
            let day = page.run(day, vec![json!(start)]).await;
            let (name, midnight) = (day[0].as_str().unwrap(), day[1].as_i64().unwrap());
            let before = starts.iter().filter(|it| **it < midnight).count();
            finds(&page, &format!("before:{name}"), before).await;
            finds(&page, &format!("after:{name}"), starts.len() - before).await;
        }
    });
}

#[test]
fn what_is_typed_wrongly_is_looked_for_as_it_is() {
    with_sample(async |page| {
        for search in ["after:someday", "longer:very", "status:lost", "colour:red", "larger:"] {
            finds(&page, search, 0).await;
            page.says("No recording matches").await;
            assert_eq!(page.alert_text().await, "", "{search}");
        }
        finds(&page, "\"sprint rev", 8).await;
        finds(&page, "-", 64).await;
        for search in ["((((", "\\", "%", "a:b:c:\"", "\u{202e}", "' OR 1=1 --", "<img src=x>"] {
            page.search(search).await;
            assert_eq!(page.alert_text().await, "", "{search}");
        }
    });
}

async fn value(page: &Page) -> String {
    page.searchbox().first().await.prop("value").await.unwrap().unwrap_or_default()
}

#[test]
fn suggestions_are_taken_by_keyboard() {
    with_sample(async |page| {
        let suggestions = page.role("listbox").named("Suggestions");
        let options =
            page.role("option").inside(&page.role("region").named("Recordings").first().await);
        page.type_text("/").await;
        page.focus_is_on("Search recordings").await;
        page.type_text("stat").await;
        suggestions.first().await;
        let search = page.searchbox();
        assert!(search.attr("aria-activedescendant").await.is_none(), "nothing is chosen yet");
        page.press(&[Key::Down]).await;
        let chosen = search.attr("aria-activedescendant").await.unwrap();
        let is_there = "const root = arguments[0].getRootNode();
            const option = root.getElementById(arguments[1]);
            return [option?.role ?? option?.getAttribute('role'), option?.getAttribute('aria-selected')]";
        let field = search.first().await.to_json().unwrap();
        assert_eq!(page.run(is_there, vec![field, json!(chosen)]).await, json!(["option", "true"]));
        page.press(&[Key::Enter]).await;
        eventually("operator", async || equal(value(&page).await.as_str(), "status:")).await;

        page.type_text("fai").await;
        suggestions.first().await;
        assert_eq!(options.count().await, 1);
        page.press(&[Key::Down, Key::Enter]).await;
        eventually("value", async || equal(value(&page).await.trim(), "status:failed")).await;
        suggestions.gone().await;
        page.row_count_is(7).await;
        page.focus_is_on("Search recordings").await;

        page.type_text("room:sprint").await;
        suggestions.first().await;
        page.press(&[Key::Escape]).await;
        suggestions.gone().await;
        assert_eq!(value(&page).await, "status:failed room:sprint");
        page.press(&[Key::Escape]).await;
        eventually("nothing", async || equal(value(&page).await.as_str(), "")).await;
        page.row_count_is(64).await;
    });
}

#[test]
fn a_suggested_room_is_taken_by_the_pointer() {
    with_sample(async |page| {
        page.searchbox().fill("room:phys").await;
        let list = page.role("listbox").named("Suggestions").first().await;
        page.role("option").inside(&list).click().await;
        page.row_count_is(10).await;
        assert_eq!(value(&page).await.trim(), "room:\"Physics 101\"");
        page.focus_is_on("Search recordings").await;
    });
}

#[test]
fn arrow_down_goes_from_the_search_to_the_list() {
    with_sample(async |page| {
        page.search("Physics").await;
        page.row_count_is(10).await;
        page.press(&[Key::Down]).await;
        page.focus_is_on_row(0).await;
    });
}

/// Of a part it cannot be said that nothing more matches.
#[test]
fn searching_a_part_of_the_list_loads_the_rest() {
    e2e_with(Config { recordings: 250, clock_speed: 0.0, ..Config::default() }, async |stage| {
        let page = stage.open_library().await;
        page.loaded_is(100).await;
        page.search("status:ready").await;
        eventually("all of it is searched", async || match page.row_count().await {
            Some(count) if count > 250 => Ok(()),
            count => Err(format!("{count:?}")),
        })
        .await;
        page.search("no such thing").await;
        page.says("Searched in all 314 recordings.").await;
    });
}

/// Letters of an input method are not words yet, and not in its way.
#[test]
fn a_composition_is_left_alone() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        page.searchbox().click().await;
        let compose = "const field = arguments[0];
            const fire = (type, data) => field.dispatchEvent(new CompositionEvent(type, { data, bubbles: true, composed: true }));
            fire('compositionstart', '');
            field.value = '物理';
            fire('compositionupdate', '物理');
            field.dispatchEvent(new InputEvent('input', { data: '物理', isComposing: true, bubbles: true, composed: true }));
            const enter = new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, composed: true, cancelable: true });
            const taken = !field.dispatchEvent(enter);
            fire('compositionend', '物理');
            return [taken, field.value]";
        let field = page.searchbox().first().await.to_json().unwrap();
        assert_eq!(page.run(compose, vec![field]).await, json!([false, "物理"]));
        page.row_count_is(2).await;
    });
}
