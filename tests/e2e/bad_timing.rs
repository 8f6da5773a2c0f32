//! Servers that send too much, too slowly, too often the same or nothing at all: every request ends, and what is shown
//! says how. `README.md` says which test is for what.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::harness::{
    Action, Config, LIST, Page, Rule, Stage, e2e, e2e_in_chromium, e2e_with, equal, eventually,
    json, spoiled_list, stays,
};

/// How often the list was asked for.
fn asked(stage: &Stage) -> usize {
    stage.requests("GET", LIST).len()
}

async fn refresh(page: &Page) {
    page.button("Refresh").click().await;
    page.button("Refresh").attr_is("aria-busy", "false").await;
}

fn respond(status: u16, headers: &[(&str, &str)]) -> Action {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Action::Respond {
        status,
        body: "{}".to_owned(),
        content_type: "application/json".to_owned(),
        headers: headers.collect::<BTreeMap<_, _>>(),
    }
}

#[test]
fn a_list_that_repeats_itself_ends() {
    e2e(async |stage| {
        let more = json!({ "isTruncated": true, "nextPageToken": "again", "maxItems": 100 });
        let body = spoiled_list(&["room-1--EG_aaaaaaaaaaaa--bbbbbbbbbbbbbbb"], more);
        let body = Action::body("application/json", &body);
        stage.hooks.add_rule(Rule::always(LIST, body));
        let page = stage.open("/").await;
        page.button("Load more").click().await;
        page.says("The server repeats itself").await;
        assert_eq!(page.row_count().await, Some(1));
        assert!(!page.button("Load more").is_there().await);
        assert!(asked(stage) <= 3);
    });
}

#[test]
fn an_answer_that_is_too_large_is_given_up() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let rows = "{\"recordingId\":\"x\"},".repeat(1_000_000);
        let body = format!("{{\"recordings\":[{rows}{{}}]}}");
        assert!(body.len() > 20_000_000);
        stage.hooks.add_rule(Rule::always(LIST, Action::body("application/json", &body)));
        page.button("Refresh").click().await;
        page.alert_says("it was larger than 20 MB").await;
        assert_eq!(page.row_count().await, Some(64));
    });
}

/// As a bomb of compressed zeros is: what counts is what comes out of it.
#[test]
fn an_answer_without_an_end_is_not_read_to_it() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let script = "const real = window.fetch;
            window.chunks = 0;
            const chunk = new Uint8Array(1_000_000).fill(32);
            window.fetch = async (...request) => {
                const answer = await real(...request);
                if (!answer.url.includes('/recordings?')) return answer;
                return new Response(new ReadableStream({
                    pull(controller) { window.chunks += 1; controller.enqueue(chunk); },
                }));
            }";
        page.run(script, vec![]).await;
        page.button("Refresh").click().await;
        page.alert_says("it was larger than 20 MB").await;
        let chunks = async || page.run("return window.chunks", vec![]).await.as_u64().unwrap();
        let read = chunks().await;
        assert!((20..=24).contains(&read), "{read} MB");
        stays(Duration::from_millis(500), "nothing more is read", async || {
            equal(chunks().await, read)
        })
        .await;
    });
}

#[test]
fn an_answer_that_does_not_come_ends_in_a_message() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        page.hurry(30).await;
        for action in [Action::Delay { ms: 20_000 }, Action::Throttle { bytes_per_second: 1 }] {
            stage.hooks.add_rule(Rule::always(LIST, action));
            page.button("Refresh").click().await;
            page.alert_says("The server did not answer in time.").await;
            assert_eq!(page.row_count().await, Some(64));
            stage.hooks.clear_rules();
            page.button("Try again").click().await;
            eventually("message goes", async || equal(page.alert_text().await, String::new()))
                .await;
        }
    });
}

#[test]
fn a_connection_that_breaks_is_tried_once_more() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        stage.hooks.clear_requests();
        stage.hooks.add_rule(Rule::once(LIST, Action::Cut { after_bytes: 1500 }));
        refresh(&page).await;
        assert_eq!(page.alert_text().await, "");
        assert_eq!(asked(stage), 2);

        stage.hooks.clear_requests();
        stage.hooks.add_rule(Rule::always(LIST, Action::Cut { after_bytes: 1500 }));
        page.button("Refresh").click().await;
        page.alert_says("The connection broke off.").await;
        assert_eq!(asked(stage), 2);
    });
}

#[test]
fn a_server_in_trouble_is_asked_three_times() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        for status in [500, 502, 503, 504] {
            stage.hooks.clear_requests();
            stage.hooks.add_rule(Rule::always(LIST, Action::status(status)));
            page.button("Refresh").click().await;
            page.alert_says(&format!("status {status}")).await;
            assert_eq!(asked(stage), 3, "{status}");
            stage.hooks.clear_rules();
            refresh(&page).await;
        }
        stage.hooks.clear_requests();
        stage.hooks.add_rule(Rule { times: Some(2), ..Rule::always(LIST, Action::status(503)) });
        refresh(&page).await;
        assert_eq!(page.alert_text().await, "");
        assert_eq!(asked(stage), 3);
    });
}

#[test]
fn too_many_requests_are_counted_down_and_tried_again() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        stage.hooks.clear_requests();
        stage.hooks.add_rule(Rule::once(LIST, respond(429, &[("retry-after", "2")])));
        page.button("Refresh").click().await;
        page.says("Too many requests. Trying again in 2 seconds.").await;
        assert_eq!(asked(stage), 1);
        assert_eq!(page.row_count().await, Some(64));
        page.says("Too many requests. Trying again in 1 second.").await;
        page.button("Refresh").attr_is("aria-busy", "false").await;
        eventually("it goes on by itself", async || {
            equal((asked(stage), page.alert_text().await), (2, String::new()))
        })
        .await;
    });
}

#[test]
fn no_more_than_a_minute_is_waited() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        // By chance a tenth is added, so that not all come back at once.
        for (value, least, most) in [
            ("5", 5, 6),
            ("999999", 60, 66),
            ("abc", 30, 33),
            ("-1", 30, 33),
            ("Fri, 31 Dec 2100 23:59:59 GMT", 60, 66),
            ("Mon, 01 Jan 2001 00:00:00 GMT", 1, 33),
        ] {
            let limit = respond(429, &[("retry-after", value)]);
            stage.hooks.add_rule(Rule::always(LIST, limit));
            page.button("Refresh").click().await;
            let seconds = eventually("a countdown", async || {
                let text = page.text().await;
                let (_, after) = text.split_once("Trying again in ").ok_or("none")?;
                Ok(seconds(after.split('.').next().unwrap_or_default()))
            })
            .await;
            // It may have counted down already.
            assert!((least - 1..=most).contains(&seconds), "{value}: {seconds} s");
            stage.hooks.clear_rules();
            refresh(&page).await;
        }
    });
}

/// Such as “1 minute 2 seconds”.
fn seconds(spoken: &str) -> i64 {
    let words: Vec<&str> = spoken.split_whitespace().collect();
    let parts = words.chunks(2).map(|part| {
        let count: i64 = part[0].parse().unwrap();
        if part[1].starts_with("minute") { count * 60 } else { count }
    });
    parts.sum()
}

#[test]
fn a_late_answer_does_not_replace_a_newer_one() {
    // Enough that the server is asked for a room.
    e2e_with(Config { recordings: 150, ..Config::default() }, async |stage| {
        let page = stage.open_library().await;
        page.loaded_is(100).await;
        let late = format!("{LIST}maxItems=100&roomId=sprint_review-");
        stage.hooks.add_rule(Rule::always(&late, Action::Delay { ms: 1200 }));
        for name in ["Sprint review", "Design critique"] {
            page.filter("Room", name).await;
        }
        page.row_count_is(7).await;
        stays(Duration::from_millis(1800), "the newer answer", async || {
            let titles = page.titles().await;
            equal((titles.len(), titles.iter().all(|it| it == "Design critique")), (7, true))
        })
        .await;
    });
}

#[test]
fn a_hundred_letters_ask_the_server_nothing() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        stage.hooks.set_clock_speed(0.0);
        stage.hooks.clear_requests();
        page.search(&"physics 101 ".repeat(8)).await;
        page.row("found", |it| it.title == "Physics 101").await;
        assert_eq!(asked(stage), 0);
    });
}

#[test]
fn without_a_network_it_waits_and_goes_on_by_itself() {
    e2e_in_chromium("being offline", async |stage| {
        let page = stage.open_library().await;
        page.set_offline(true).await;
        stage.hooks.clear_requests();
        page.button("Refresh").click().await;
        page.alert_says("You are offline. It goes on when the connection is back.").await;
        assert_eq!(page.row_count().await, Some(64));
        page.set_offline(false).await;
        eventually("it goes on by itself", async || {
            equal((asked(stage), page.alert_text().await), (1, String::new()))
        })
        .await;
    });
}

#[test]
fn a_hidden_page_asks_for_nothing() {
    e2e(async |stage| {
        stage.hooks.set_clock_speed(0.0);
        let page = stage.open_library().await;
        let progress = "/api/v1/recordings/";
        // The next turn of asking after recordings in progress; from then on turns are short.
        page.hurry(30).await;
        let count = || stage.requests("GET", progress).len();
        eventually("turns", async || equal(count() >= 8, true)).await;
        let hide = "Object.defineProperty(document, 'visibilityState', {
            configurable: true, get: () => arguments[0] })";
        let script =
            format!("const [state] = arguments; {}", hide.replace("arguments[0]", "state"));
        page.run(&script, vec![json!("hidden")]).await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        let before = count();
        stays(Duration::from_secs(1), "no turns", async || equal(count(), before)).await;
        page.run(&script, vec![json!("visible")]).await;
        eventually("turns again", async || equal(count() > before, true)).await;
    });
}

#[test]
fn an_element_that_is_removed_stops_loading() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        page.go("/embed/minimal.html").await;
        page.has_rows().await;
        stage.hooks.add_rule(Rule::always(LIST, Action::Delay { ms: 1000 }));
        stage.hooks.clear_requests();
        let script = "const element = document.querySelector('meet-recordings');
            window.told = [];
            for (const type of ['meet-ready', 'meet-error']) {
                element.addEventListener(type, () => window.told.push(type));
            }
            element.setAttribute('server-url', '/?again');
            setTimeout(() => element.remove(), 300)";
        page.run(script, vec![]).await;
        // The server notes a request when it answers, which for one that was given up it does not.
        stays(Duration::from_millis(2000), "no answer is waited for", async || {
            equal(asked(stage), 0)
        })
        .await;
        assert_eq!(page.run("return window.told", vec![]).await, json!([]));
    });
}

#[test]
fn a_server_that_stops_leaves_the_rows_and_says_so() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        stage.hooks.add_rule(Rule::always(LIST, Action::Delay { ms: 30_000 }));
        page.button("Refresh").click().await;
        page.button("Refresh").attr_is("aria-busy", "true").await;
        stage.stop_server().await;
        page.alert_says("The server cannot be reached.").await;
        assert_eq!(page.row_count().await, Some(64));
        page.button("Try again").click().await;
        page.alert_says("The server cannot be reached.").await;
    });
}
