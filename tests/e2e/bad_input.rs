//! Servers that misbehave: the message is in place, the rest is shown, nothing crashes. (The harness fails a test
//! with an error on the console, so a panic never passes.)

use crate::harness::{Action, LIST, Rule, Stage, Value, e2e, eventually, json, text};

/// A recording as the server would send it, but for these fields.
fn spoiled(id: &str, fields: Value) -> Value {
    let mut recording = json!({
        "recordingId": id, "roomId": "room-1", "roomName": "Spoiled", "status": "COMPLETE",
        "startDate": 1_700_000_000_000_i64, "endDate": 1_700_000_060_000_i64, "duration": 60,
        "size": 1000, "filename": "spoiled.mp4",
    });
    let all = recording.as_object_mut().unwrap();
    all.extend(fields.as_object().unwrap().clone());
    recording
}

/// Shows these in place of the first recordings, which are returned.
fn override_first(stage: &Stage, make: &[&dyn Fn(&str) -> Value]) -> Vec<String> {
    let ids = stage.hooks.recording_ids();
    for (id, make) in ids.iter().zip(make) {
        stage.hooks.override_recording(id, make(id));
    }
    ids
}

#[test]
fn odd_values_cost_a_cell_and_not_the_row() {
    e2e(async |stage| {
        let ids = override_first(
            stage,
            &[
                &|id| spoiled(id, json!({ "status": "EXPLODED", "extra": [1, { "a": null }] })),
                &|id| json!({ "recordingId": id, "status": null, "roomName": null, "size": null }),
                &|id| json!({ "recordingId": id }),
                &|id| {
                    spoiled(
                        id,
                        json!({ "status": 7, "roomName": {}, "duration": "60", "size": -5,
                                "startDate": "yesterday", "filename": [], "roomId": false }),
                    )
                },
                &|id| {
                    spoiled(
                        id,
                        json!({ "duration": 1e308, "size": 9_007_199_254_740_993_u64,
                                "startDate": 8.65e15, "endDate": -1 }),
                    )
                },
            ],
        );
        let page = stage.open_library().await;
        page.rows().count_is(64).await;
        page.search_id(&ids[0]).await;
        page.says("Unknown status: EXPLODED").await;
        page.search_id(&ids[3]).await;
        let row = page.role("row").nth(1).text().await;
        assert!(row.contains("Unknown status"), "{row}");
        assert!(!row.contains("NaN") && !row.contains("Invalid"), "{row}");
        page.search_id(&ids[4]).await;
        let row = page.role("row").nth(1).text().await;
        assert!(!row.contains("NaN") && !row.contains("Invalid") && !row.contains("inf"), "{row}");
    });
}

#[test]
fn rows_that_are_none_are_counted_and_the_rest_shown() {
    e2e(async |stage| {
        override_first(
            stage,
            &[
                &|_| json!(null),
                &|_| json!(42),
                &|_| json!([]),
                &|_| json!({}),
                &|_| json!({ "recordingId": 7 }),
                &|_| json!({ "recordingId": " " }),
            ],
        );
        let page = stage.open_library().await;
        page.rows().count_is(58).await;
        page.says("6 recordings could not be read and are not shown.").await;
    });
}

#[test]
fn hostile_text_stays_text() {
    e2e(async |stage| {
        let image = "<img src=x onerror=window.__x=1>";
        let script = "\"><script>window.__x=1</script>";
        let ids = override_first(
            stage,
            &[
                &|id| spoiled(id, json!({ "roomName": image, "filename": script })),
                &|id| spoiled(id, json!({ "roomName": script, "status": image })),
                &|id| {
                    spoiled(
                        id,
                        json!({ "roomName": "javascript:window.__x=1", "status": "FAILED",
                                "error": image, "details": script }),
                    )
                },
            ],
        );
        let page = stage.open_library().await;
        page.search_id(&ids[0]).await;
        page.button(&format!("Play {image}")).first().await;
        page.says(script).await;
        page.choose("Delete").await;
        let question = page.role("alertdialog").named("Delete recording?").text().await;
        assert!(question.contains(image), "{question}");
        page.button("Cancel").click().await;
        page.search_id(&ids[1]).await;
        page.says(&format!("Unknown status: {image}")).await;
        page.role("button").starting("Play ").click().await;
        page.status_says(script).await;

        let found = "return [typeof window.__x, document.querySelectorAll('img, script:not([src])').length]";
        assert_eq!(page.run(found, vec![]).await, json!(["undefined", 0]));
    });
}

#[test]
fn hostile_names_of_rooms_in_the_sample_do_nothing() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        page.button("Play <img src=x onerror=alert(document.domain)>").first().await;
        page.button("Play \"><svg/onload=alert(1)>").first().await;
        let images =
            page.run("return document.querySelectorAll('img, [onload]').length", vec![]).await;
        assert_eq!(images, json!(0));
        page.button("Filters").click().await;
        page.role("combobox").named("Room").first().await;
    });
}

/// What the list answers in place of a list, and what is said of it.
fn bad_lists() -> Vec<(&'static str, Action, &'static str)> {
    let html = "<!doctype html><html><title>Sign in</title><script>window.__x=1</script></html>";
    vec![
        ("HTML", Action::body("text/html", html), "a web page in place of data"),
        ("not JSON", Action::body("application/json", "{\"recordings\":[}"), "is not JSON"),
        ("null", Action::body("application/json", "null"), "“recordings” is missing"),
        (
            "no list",
            Action::body("application/json", "{\"recordings\":{}}"),
            "“recordings” is missing",
        ),
        ("truncated", Action::Truncate { after_bytes: 1500 }, "it was cut short"),
        ("cut", Action::Cut { after_bytes: 1500 }, "broke off"),
        ("500", Action::status(500), "status 500"),
        ("403", Action::status(403), "You are not allowed to do this."),
        ("429", Action::rate_limit(5), "Too many requests. Try"),
    ]
}

#[test]
fn a_first_page_that_is_none_is_explained_and_can_be_tried_again() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        for (what, action, message) in bad_lists() {
            eprintln!("{what}");
            stage.hooks.add_rule(Rule::always(LIST, action));
            page.reload().await;
            page.alert_says(message).await;
            assert_eq!(page.rows().count().await, 0);
            stage.hooks.clear_rules();
            page.button("Try again").click().await;
            page.rows().first().await;
        }
        assert_eq!(page.run("return typeof window.__x", vec![]).await, json!("undefined"));
    });
}

#[test]
fn a_refresh_that_fails_keeps_the_rows_and_says_so() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        stage.hooks.add_rule(Rule::always(LIST, Action::status(500)));
        page.button("Refresh").click().await;
        page.alert_says("status 500").await;
        assert_eq!(page.rows().count().await, 64);
        stage.hooks.clear_rules();
        page.button("Try again").click().await;
        eventually("message goes", async || {
            let alert = page.alert_text().await;
            if alert.is_empty() { Ok(()) } else { Err(alert) }
        })
        .await;
        assert_eq!(page.rows().count().await, 64);
    });
}

#[test]
fn a_list_that_repeats_itself_ends() {
    e2e(async |stage| {
        let list = |token: &str| {
            let id = "room-1--EG_aaaaaaaaaaaa--bbbbbbbbbbbbbbb";
            let pagination =
                json!({ "isTruncated": true, "nextPageToken": token, "maxItems": 100 });
            json!({ "recordings": [spoiled(id, json!({}))], "pagination": pagination }).to_string()
        };
        let body = Action::body("application/json", &list("again"));
        stage.hooks.add_rule(Rule::always(LIST, body));
        let page = stage.open("/").await;
        page.button("Load more").click().await;
        page.says("The server repeats itself").await;
        assert_eq!(page.rows().count().await, 1);
        assert!(!page.button("Load more").is_there().await);
        assert!(stage.requests("GET", LIST).len() <= 3);
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
        assert_eq!(page.rows().count().await, 64);
        page.button("Try again").click().await;
        page.alert_says("The server cannot be reached.").await;
    });
}

#[test]
fn rooms_that_cannot_be_had_leave_the_rest_working() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        stage.hooks.add_rule(Rule::always("/api/v1/rooms", Action::body("text/html", "<p>no</p>")));
        page.button("Filters").click().await;
        let status = page.role("combobox").named("Status").first().await;
        page.role("option").named("Failed").inside(&status).click().await;
        page.says("7 of 64").await;
    });
}

#[test]
fn a_link_that_is_no_web_address_is_refused() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let recording = page.recording_of(60.0).await;
        page.search_id(text(&recording, "recordingId")).await;
        let body = json!({ "url": "javascript:window.__x=1" }).to_string();
        let answer = Action::body("application/json", &body);
        stage.hooks.add_rule(Rule::always("/api/v1/recordings/*/url", answer));
        page.choose("Share…").await;
        page.says("the link is not a web address").await;
        assert!(!page.text().await.contains("javascript:"));
    });
}
