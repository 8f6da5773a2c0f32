//! Answers that are not what they should be: the message is in place, the rest is shown, nothing crashes. (The harness
//! fails a test with an error on the console, so a panic never passes.) `README.md` says which test is for what.

use std::collections::BTreeMap;

use crate::harness::{
    Action, LIST, Rule, Stage, Value, e2e, eventually, json, spoiled, spoiled_list,
};

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
                &|id| spoiled(id, json!({ "duration": -1, "size": 0, "startDate": 0 })),
                &|id| spoiled(id, json!({ "duration": "NaN", "size": null, "startDate": -1 })),
                &|id| {
                    spoiled(
                        id,
                        json!({ "duration": null, "startDate": 1_700_000_060_000_i64,
                                "endDate": 1_700_000_000_000_i64 }),
                    )
                },
            ],
        );
        let page = stage.open_library().await;
        page.row_count_is(64).await;
        page.search_id(&ids[0]).await;
        page.says("Unknown status: EXPLODED").await;
        page.search_id(&ids[3]).await;
        let row = page.first_row().await.text().await;
        assert!(row.contains("Unknown status"), "{row}");
        assert!(!row.contains("NaN") && !row.contains("Invalid"), "{row}");
        for id in &ids[4..8] {
            page.search_id(id).await;
            let row = &page.shown().await[0];
            let is_sound = |text: &str| {
                !["NaN", "Invalid", "inf", "-1", "1969"].iter().any(|it| text.contains(it))
            };
            assert!(is_sound(&row.date) && is_sound(&row.size) && is_sound(&row.length), "{row:?}");
            assert_eq!(row.length, "–", "{row:?}");
        }
    });
}

#[test]
fn an_unknown_status_is_shown_and_not_played() {
    e2e(async |stage| {
        let ids = override_first(stage, &[&|id| spoiled(id, json!({ "status": "EXPLODED" }))]);
        let page = stage.open_library().await;
        page.search_id(&ids[0]).await;
        page.says("Unknown status: EXPLODED").await;
        page.first_row().await.click_play().await;
        page.status_says("The server does not say that it is ready to play.").await;
        page.first_row().await.open_menu().await;
        page.role("menuitem").named("Download").attr_is("aria-disabled", "true").await;
        assert!(stage.media_requests().is_empty());
    });
}

fn answer(body: &str) -> Action {
    Action::body("application/json", body)
}

#[test]
fn a_recording_that_comes_twice_is_one_row() {
    e2e(async |stage| {
        let ids = ["r--EG_a--1", "r--EG_b--1", "r--EG_c--1"];
        let first = spoiled_list(
            &[ids[0], ids[0], ids[1]],
            json!({ "isTruncated": true, "nextPageToken": "2", "maxItems": 100 }),
        );
        let second =
            spoiled_list(&[ids[1], ids[2]], json!({ "isTruncated": false, "maxItems": 100 }));
        let next = format!("{LIST}maxItems=100&nextPageToken=2");
        stage.hooks.add_rule(Rule::always(&next, answer(&second)));
        stage.hooks.add_rule(Rule::always(LIST, answer(&first)));
        let page = stage.open("/").await;
        page.loaded_is(2).await;
        for at in [0, 1] {
            page.row_at(at).await.select().await;
        }
        page.says("2 selected").await;
        page.button("Load more").click().await;
        page.row_count_is(3).await;
        page.says("2 selected").await;
    });
}

#[test]
fn of_a_field_that_is_there_twice_the_last_counts() {
    e2e(async |stage| {
        let body = spoiled_list(&["r--EG_a--1"], json!({}));
        let body = body.replacen("\"roomName\":", "\"roomName\":\"First\",\"roomName\":", 1);
        assert!(body.contains("First"));
        stage.hooks.add_rule(Rule::always(LIST, answer(&body)));
        let page = stage.open("/").await;
        page.button("Play Spoiled").first().await;
        assert!(!page.text().await.contains("First"));
    });
}

#[test]
fn more_is_offered_only_with_a_place_to_go_on() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        for pagination in [
            json!({ "isTruncated": true, "nextPageToken": null }),
            json!({ "isTruncated": true }),
            json!({ "isTruncated": true, "nextPageToken": "" }),
            json!({ "isTruncated": true, "nextPageToken": 7 }),
            json!({ "isTruncated": false, "nextPageToken": "2" }),
            json!(null),
        ] {
            let body = spoiled_list(&["r--EG_a--1"], pagination.clone());
            stage.hooks.add_rule(Rule::once(LIST, answer(&body)));
            page.button("Refresh").click().await;
            page.row_count_is(1).await;
            page.button("Refresh").attr_is("aria-busy", "false").await;
            assert_eq!(page.button("Load more").count().await, 0, "{pagination}");
            page.button("Refresh").click().await;
            page.row_count_is(64).await;
        }
    });
}

#[test]
fn nothing_in_place_of_a_list_is_an_empty_library() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        for status in [200, 204] {
            let nothing = Action::Respond {
                status,
                body: String::new(),
                content_type: "application/json".to_owned(),
                headers: BTreeMap::new(),
            };
            stage.hooks.add_rule(Rule::always(LIST, nothing));
            page.reload().await;
            page.says("No recordings yet").await;
            stage.hooks.clear_rules();
            page.button("Refresh").click().await;
            page.row_count_is(64).await;
        }
    });
}

/// A BOM is none of the text; another encoding is not read as if it were UTF-8.
#[test]
fn only_utf_8_is_read() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        let body = spoiled_list(&["r--EG_a--1"], json!({})).replace("Spoiled", "Équipe");
        let latin: Vec<u8> = body.chars().map(|it| it as u8).collect();
        let utf_16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "\u{feff}".encode_utf16().chain(body.encode_utf16()).flat_map(bytes).collect()
        };
        for bytes in [latin, utf_16(u16::to_le_bytes), utf_16(u16::to_be_bytes)] {
            page.run(ANSWER_BYTES, vec![json!(bytes)]).await;
            page.button("Refresh").click().await;
            page.alert_says("is not JSON").await;
            assert_eq!(page.row_count().await, Some(64), "what was there stays");
            page.run("window.fetch = window.realFetch", vec![]).await;
            page.button("Try again").click().await;
            page.button("Refresh").attr_is("aria-busy", "false").await;
            assert_eq!(page.alert_text().await, "");
        }
        let with_bom = format!("\u{feff}{body}");
        page.run(ANSWER_BYTES, vec![json!(with_bom.as_bytes())]).await;
        page.button("Refresh").click().await;
        page.button("Play Équipe").first().await;
    });
}

/// Answers these bytes to requests for the list.
const ANSWER_BYTES: &str = r"
const bytes = new Uint8Array(arguments[0]);
const real = (window.realFetch ??= window.fetch);
window.fetch = async (...request) => {
  const answer = await real(...request);
  return answer.url.includes('/recordings?') ? new Response(bytes, { status: 200 }) : answer;
};
";

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
        page.row_count_is(58).await;
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
        page.first_row().await.click_play().await;
        page.status_says(script).await;

        let found = "return [typeof window.__x, document.querySelectorAll('img, script:not([src])').length]";
        assert_eq!(page.run(found, vec![]).await, json!(["undefined", 0]));
    });
}

#[test]
fn hostile_names_of_rooms_in_the_sample_do_nothing() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        for name in ["<img src=x onerror=alert(document.domain)>", "\"><svg/onload=alert(1)>"] {
            page.search(name).await;
            page.row_count_is(1).await;
            page.button(&format!("Play {name}")).first().await;
        }
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
        ("nothing in it", answer("{}"), "“recordings” is missing"),
        ("a text for a list", answer("{\"recordings\":\"many\"}"), "“recordings” is missing"),
        ("garbage behind it", answer("{\"recordings\":[]}<br>"), "is not JSON"),
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
            assert_eq!(page.row_count().await, Some(0));
            stage.hooks.clear_rules();
            page.button("Try again").click().await;
            page.has_rows().await;
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
        assert_eq!(page.row_count().await, Some(64));
        stage.hooks.clear_rules();
        page.button("Try again").click().await;
        eventually("message goes", async || {
            let alert = page.alert_text().await;
            if alert.is_empty() { Ok(()) } else { Err(alert) }
        })
        .await;
        assert_eq!(page.row_count().await, Some(64));
    });
}

#[test]
fn rooms_that_cannot_be_had_leave_the_rest_working() {
    e2e(async |stage| {
        let page = stage.open_library().await;
        stage.hooks.add_rule(Rule::always("/api/v1/rooms", Action::body("text/html", "<p>no</p>")));
        page.filter("Status", "Failed").await;
        page.says("7 of 64").await;
    });
}
