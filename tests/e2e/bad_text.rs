//! Hostile text where a title should be: it is shown as text, clipped where it is too much, and breaks neither the row nor
//! the page. `README.md` says which test is for what.

use crate::harness::{
    Config, Page, Stage, e2e, e2e_in_chromium, e2e_with, equal, eventually, json, text,
};

/// A title, and how the row shows it at its beginning.
fn titles() -> Vec<(String, String)> {
    let same = |text: &str| (text.to_owned(), text.to_owned());
    vec![
        same("<img src=x onerror=window.__x=1>"),
        same("\"><svg/onload=window.__x=1>"),
        same("</script><script>window.__x=1</script>"),
        same("{{7*7}} ${7*7} {0} %s %d"),
        same("javascript:window.__x=1"),
        ("M".repeat(1_000_000), "M".repeat(200)),
        ("Z\u{300}\u{301}\u{302}\u{303}\u{304}".repeat(100), "Z".to_owned()),
        same("👩\u{200d}👩\u{200d}👧 会議 اجتماع"),
        ("w".repeat(300), "w".repeat(200)),
        (" \t\u{a0} ".to_owned(), String::new()),
        (String::new(), String::new()),
        ("\u{1b}[31mred\u{1b}[0m\r\nsecond line".to_owned(), String::new()),
        ("\u{202e}txt.exe\u{2066}".to_owned(), String::new()),
        same("аdmin аdmin"),
    ]
}

/// The first recordings of the sample have these titles.
fn with_titles(stage: &Stage) -> Vec<String> {
    let ids = stage.hooks.recording_ids();
    for (id, (title, _)) in ids.iter().zip(titles()) {
        let fields = json!({ "roomName": title });
        assert!(stage.hooks.change_recording(id, fields.as_object().unwrap().clone()));
    }
    ids
}

async fn nothing_ran(page: &Page) {
    let found = "return [typeof window.__x, document.querySelectorAll('[role=grid] :is(img, script, a, iframe)').length]";
    assert_eq!(page.run(found, vec![]).await, json!(["undefined", 0]));
}

/// Heights of the rows in the page.
const HEIGHTS: &str =
    "return [...new Set([...document.querySelectorAll('[role=row][aria-rowindex]')].slice(1)
    .map((it) => Math.round(it.getBoundingClientRect().height)))]";

#[test]
fn any_title_is_text_and_one_line() {
    e2e_with(Config { clock_speed: 0.0, ..Config::default() }, async |stage| {
        let ids = with_titles(stage);
        let page = stage.open_library().await;
        page.row_count_is(64).await;
        for (id, (title, begins)) in ids.iter().zip(titles()) {
            page.search_id(id).await;
            let row = page.first_row().await;
            let name: String = title.chars().take(40).collect();
            assert!(row.shown.title.starts_with(&begins), "{name}: {}", row.shown.title);
            assert!(!row.shown.title.trim().is_empty(), "{name}: there is always a name");
            assert!(row.shown.title.chars().count() <= 1000, "{name}: clipped");
            assert!(!row.shown.title.contains(['\u{1b}', '\n', '\r']), "{name}: one line");
            row.open_menu().await;
            page.press(&[crate::harness::Key::Escape]).await;
            page.role("menu").gone().await;
        }
        nothing_ran(&page).await;
        page.search(" ").await;
        page.row_count_is(64).await;
        let heights = page.run(HEIGHTS, vec![]).await;
        assert_eq!(heights.as_array().unwrap().len(), 1, "all rows are as high: {heights}");
    });
}

#[test]
fn no_title_breaks_a_small_page() {
    e2e_in_chromium("so narrow a window", async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let ids = with_titles(stage);
        let page = stage.open("/").await;
        page.resize(320, 640).await;
        page.sign_in().await;
        page.row_count_is(64).await;
        for id in &ids[..14] {
            page.search_id(id).await;
            let sideways = "const list = document.querySelector('.viewport:has([role=grid])');
                return [document.scrollingElement.scrollWidth - innerWidth, list.scrollWidth - list.clientWidth]";
            assert_eq!(page.run(sideways, vec![]).await, json!([0, 0]), "{id}");
            assert_eq!(page.run(HEIGHTS, vec![]).await.as_array().unwrap().len(), 1);
        }
    });
}

/// A megabyte of a title is in the page as little as it is seen.
#[test]
fn a_long_title_is_not_in_the_page_in_full() {
    e2e_with(Config { clock_speed: 0.0, ..Config::default() }, async |stage| {
        for id in stage.hooks.recording_ids().iter().take(10) {
            let fields =
                json!({ "roomName": "long ".repeat(100_000), "filename": "f".repeat(100_000) });
            assert!(stage.hooks.change_recording(id, fields.as_object().unwrap().clone()));
        }
        let page = stage.open_library().await;
        page.row_count_is(64).await;
        page.search("long").await;
        page.row_count_is(10).await;
        let length =
            page.run("return document.querySelector('[role=grid]').innerHTML.length", vec![]).await;
        assert!(length.as_u64().unwrap() < 200_000, "{length}");
    });
}

/// Many with one name are told apart by what else is known of them.
#[test]
fn a_thousand_of_one_name_are_a_thousand_rows() {
    e2e_with(Config { clock_speed: 0.0, recordings: 936, ..Config::default() }, async |stage| {
        stage.hooks.set_page_size(Some(1000));
        for id in stage.hooks.recording_ids() {
            let fields = json!({ "roomName": "The same" });
            assert!(stage.hooks.change_recording(&id, fields.as_object().unwrap().clone()));
        }
        let page = stage.open_library().await;
        page.row_count_is(1000).await;
        let rows = page.whole_list().await;
        assert!(rows.iter().all(|it| it.title == "The same"));
        let mut told: Vec<(&str, &str)> =
            rows.iter().map(|it| (it.subtitle.as_str(), it.date.as_str())).collect();
        told.sort_unstable();
        told.dedup();
        assert_eq!(told.len(), 1000);
    });
}

/// In the words of a failure too, and in those of the server.
#[test]
fn what_a_server_says_of_a_failure_is_text_on_one_line() {
    e2e_with(Config { clock_speed: 0.0, ..Config::default() }, async |stage| {
        let page = stage.open_library().await;
        let id = page.ids_with("FAILED").await.swap_remove(0);
        let fields = json!({
            "error": "\u{1b}[31m<b>egress</b>\r\nfailed\u{1b}[0m", "details": "{0} ${1} <img src=x onerror=window.__x=1>",
        });
        assert!(stage.hooks.change_recording(&id, fields.as_object().unwrap().clone()));
        page.button("Refresh").click().await;
        page.button("Refresh").attr_is("aria-busy", "false").await;
        page.search_id(&id).await;
        let reason = "return document.querySelector('[role=gridcell] .status').title";
        let reason = page.run(reason, vec![]).await;
        let reason = reason.as_str().unwrap();
        assert!(reason.contains("<b>egress</b>") && reason.contains("{0} ${1} <img"), "{reason:?}");
        assert!(!reason.contains(['\u{1b}', '\n', '\r']), "{reason:?}");
        nothing_ran(&page).await;
    });
}

/// What others have said around a title stays as it was said.
#[test]
fn a_title_turns_nothing_around_it() {
    e2e_in_chromium("where it saves files", async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        let recording = page.recording_of(60.0).await;
        let id = text(&recording, "recordingId");
        let fields = json!({ "roomName": "\u{202e}gpj.exe\u{2066}" });
        assert!(stage.hooks.change_recording(id, fields.as_object().unwrap().clone()));
        page.reload().await;
        page.search_id(id).await;
        page.choose("Download").await;
        page.status_says("Download of gpj.exe started.").await;
        page.first_row().await.play().await;
        eventually("the title of the tab", async || {
            let title = page.run("return document.title", vec![]).await;
            equal(title, json!("gpj.exe"))
        })
        .await;
    });
}

/// Whether the first letter of the first title is to be seen.
const BEGINS: &str = "
    const title = document.querySelector('[role=gridcell] b bdi');
    const range = document.createRange();
    range.selectNodeContents(document.createTreeWalker(title, NodeFilter.SHOW_TEXT).nextNode());
    range.setEnd(range.startContainer, 1);
    const [letter, box] = [range, title.parentElement].map((it) => it.getBoundingClientRect());
    return letter.left > box.left - 2 && letter.right < box.right + 2";

#[test]
fn a_long_title_loses_its_end_in_whatever_direction_it_is_read() {
    e2e(async |stage| {
        let ids = stage.hooks.recording_ids();
        let fields = json!({ "roomName": "פגישה ".repeat(60) });
        assert!(stage.hooks.change_recording(&ids[0], fields.as_object().unwrap().clone()));
        let page = stage.open_library().await;
        page.search_id(&ids[0]).await;
        assert_eq!(page.run(BEGINS, vec![]).await, json!(true));
        page.run("document.documentElement.dir = 'rtl'", vec![]).await;
        assert_eq!(page.run(BEGINS, vec![]).await, json!(true));
        let fields = json!({ "roomName": "Meeting ".repeat(60) });
        assert!(stage.hooks.change_recording(&ids[0], fields.as_object().unwrap().clone()));
        page.button("Refresh").click().await;
        page.says("Meeting Meeting").await;
        assert_eq!(page.run(BEGINS, vec![]).await, json!(true));

        // One that is short stands at the side of the page.
        page.search_id(&ids[1]).await;
        let gap = "const title = document.querySelector('[role=gridcell] b bdi');
            const [text, box] = [title, title.parentElement].map((it) => it.getBoundingClientRect());
            return Math.abs(text.right - box.right)";
        assert_eq!(page.run(gap, vec![]).await, json!(0));
    });
}
