//! What each generation lists, and what none should.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{
    model::{Failure, Unexpected},
    provider::testing::{answer, any_json, any_row, recording},
};

fn read(body: &str) -> Page<Recording> {
    ANY.read_list(&answer(200, body)).unwrap()
}

fn read_one(row: &serde_json::Value) -> Recording {
    read(&json!({ "recordings": [row] }).to_string()).items.remove(0)
}

#[test]
fn the_first_generation_lists_without_a_frame_and_by_other_names() {
    let page = read(include_str!("../fixtures/a-recordings.json"));
    assert_eq!((page.next, page.unreadable), (None, 0));
    let it = &page.items[0];
    assert_eq!(it.id.as_str(), "physics-1--EG_XYZ--u81");
    assert_eq!((it.room_id.as_deref(), it.title()), (Some("physics-1"), "physics-1"));
    assert_eq!(it.status, Status::Ready);
    assert_eq!((it.started_at, it.ended_at), (Some(1_600_000_000_000), Some(1_600_000_060_500)));
    assert_eq!((it.duration, it.size), (Some(60_500), Some(1024)));
    assert_eq!(it.file_name.as_deref(), Some("physics-1--XX445.mp4"));
    let running = &page.items[1];
    assert_eq!((&running.status, running.room_id.as_deref()), (&Status::Recording, Some("r2")));
    assert_eq!(running.file_name, None);
}

#[test]
fn the_second_generation_lists_in_upper_case() {
    let page = read(include_str!("../fixtures/b-recordings.json"));
    assert_eq!(page.next, Some(Cursor("1//x+y/z=".into())));
    let [ready, running, failed] = &page.items[..] else { panic!("not three") };
    assert_eq!((ready.title(), &ready.status), ("Physics 101", &Status::Ready));
    assert_eq!(ready.room_id.as_deref(), Some("physics-4k7"));
    assert_eq!((ready.started_at, ready.duration), (Some(1_600_000_000_000), Some(60_500)));
    assert_eq!((ready.size, ready.is_size_rounded), (Some(123_456_789), false));
    assert_eq!(running.status, Status::Recording);
    assert_eq!((running.duration, running.size, running.ended_at), (None, None, None));
    assert_eq!(running.title(), "physics-4k7");
    assert_eq!(failed.status, Status::Failed(FailureKind::Error));
    let failure = Failure {
        code: Some(412.0),
        error: Some("Start signal not received".into()),
        details: Some("End reason: Source closed".into()),
    };
    assert_eq!(failed.failure, Some(failure));
}

#[test]
fn later_generations_list_in_lower_case_and_say_more() {
    let limited = read(include_str!("../fixtures/3.4-recordings.json"));
    assert_eq!(limited.items[0].status, Status::Failed(FailureKind::LimitReached));
    assert_eq!(limited.next, None);
    let processing = read(include_str!("../fixtures/3.6-recordings.json")).items.remove(0);
    assert_eq!(processing.status, Status::Processing);
    assert_eq!(processing.layout.as_deref(), Some("speaker"));
    assert_eq!(processing.encoding.as_deref(), Some("H264_720P_30"));
    let mut page = read(include_str!("../fixtures/3.9-recordings.json"));
    assert!(page.next.is_some());
    let latest = page.items.remove(0);
    assert_eq!(latest.layout.as_deref(), Some("grid"));
    assert_eq!(latest.encoding.as_deref(), Some("1280×720, 30 fps, H264_MAIN"));
}

#[test]
fn every_word_for_a_status_is_known() {
    for (raw, status) in [
        ("STARTING", Status::Starting),
        ("STARTED", Status::Recording),
        ("RECORDING", Status::Recording),
        ("active", Status::Recording),
        ("STOPPING", Status::Processing),
        ("STOPPED", Status::Processing),
        ("ENDING", Status::Processing),
        ("ready", Status::Ready),
        ("complete", Status::Ready),
        ("FAILED", Status::Failed(FailureKind::Error)),
        ("aborted", Status::Failed(FailureKind::Aborted)),
        ("LIMIT_REACHED", Status::Failed(FailureKind::LimitReached)),
        ("EXPLODED", Status::Unknown("EXPLODED".into())),
        ("", Status::Unknown(String::new())),
    ] {
        assert_eq!(read_one(&json!({ "recordingId": "a", "status": raw })).status, status, "{raw}");
    }
    let none = Status::Unknown(String::new());
    assert_eq!(read_one(&json!({ "recordingId": "a" })).status, none);
    assert_eq!(read_one(&json!({ "recordingId": "a", "status": 7 })).status, none);
    let stopped = json!({ "recordingId": "a", "status": "STOPPED", "duration": 1, "size": 1 });
    assert_eq!(read_one(&stopped).status, Status::Ready);
}

#[test]
fn odd_values_cost_a_cell_and_not_the_row() {
    for odd in [json!(-1), json!(1e308), json!("x"), json!(null), json!({}), json!([]), json!(true)]
    {
        let it = read_one(&json!({
            "recordingId": "a--EG_1--b", "duration": odd, "size": odd, "startDate": odd,
            "endDate": odd, "roomName": odd, "roomId": odd, "layout": odd, "encoding": odd,
        }));
        assert_eq!((it.duration, it.size, it.started_at, it.ended_at), (None, None, None, None));
        let room = if odd == "x" { "x" } else { "a" };
        assert_eq!(it.room_id.as_deref(), Some(room), "{odd}");
    }
    let control = read_one(&json!({ "recordingId": "a\u{85}b--EG_1--c" }));
    assert_eq!(control.room_id.as_deref(), Some("a b"));
    let backwards = json!({ "recordingId": "a", "startDate": 2000, "endDate": 1000 });
    assert_eq!(read_one(&backwards).ended_at, None);
}

#[test]
fn unreadable_rows_are_counted_and_the_rest_shown() {
    let rows = r#"[null,7,[],{"recordingId":""},{"recordingId":"a"},{},{"id":"b"}]"#;
    for body in [rows.to_owned(), format!(r#"{{"recordings":{rows},"pagination":{{}}}}"#)] {
        let page = read(&body);
        assert_eq!((page.items.len(), page.unreadable), (2, 5));
    }
}

#[test]
fn a_list_that_is_none_is_an_error() {
    for body in ["{}", "null", r#"{"recordings":null}"#, r#"{"recordings":{}}"#, r#""text""#] {
        let missing = Err(Error::Unexpected(Unexpected::Missing("recordings")));
        assert_eq!(ANY.read_list(&answer(200, body)), missing, "{body}");
    }
    assert_eq!(
        ANY.read_list(&answer(200, "<!doctype html>")),
        Err(Error::Unexpected(Unexpected::Html))
    );
    for status in [200, 204] {
        assert_eq!(ANY.read_list(&answer(status, "")), Ok(Page::EMPTY));
    }
}

#[test]
fn paging_needs_both_the_claim_and_the_token() {
    let next = |pagination: serde_json::Value| {
        read(&json!({ "recordings": [], "pagination": pagination }).to_string()).next
    };
    let token = json!({ "isTruncated": true, "nextPageToken": "a+/=" });
    assert_eq!(next(token), Some(Cursor("a+/=".into())));
    for pagination in [
        json!({ "isTruncated": true, "nextPageToken": null }),
        json!({ "isTruncated": true, "nextPageToken": "" }),
        json!({ "isTruncated": true }),
        json!({ "isTruncated": "true", "nextPageToken": "a" }),
        json!({ "isTruncated": false, "nextPageToken": "a" }),
        json!(null),
    ] {
        assert_eq!(next(pagination.clone()), None, "{pagination}");
    }
}

#[test]
fn rooms_have_names_and_at_first_nothing_else() {
    let rooms = |body: &str| {
        let page = ANY.read_room_names(&answer(200, body)).unwrap();
        page.items.into_iter().map(|room| (room.id.0, room.name)).collect::<Vec<_>>()
    };
    let room = |id: &str, name: Option<&str>| (id.to_owned(), name.map(str::to_owned));
    assert_eq!(
        rooms(include_str!("../fixtures/a-rooms.json")),
        [room("OpenVidu-123456", Some("OpenVidu-123456"))]
    );
    assert_eq!(
        rooms(include_str!("../fixtures/b-rooms.json")),
        [room("physics-4k7", Some("Physics 101")), room("room-1", None)]
    );
    assert_eq!(
        rooms(include_str!("../fixtures/3.9-rooms.json")),
        [room("physics-4k7", Some("Physics 101"))]
    );
    let odd = answer(200, r#"[{"roomId":7},{"roomId":"","roomName":""},{}]"#);
    assert_eq!(ANY.read_room_names(&odd).unwrap().unreadable, 3);
}

const FIELDS: &[&str] = &[
    "roomId",
    "roomName",
    "status",
    "filename",
    "startDate",
    "startedAt",
    "endDate",
    "endedAt",
    "duration",
    "size",
    "errorCode",
    "error",
    "details",
    "layout",
    "encoding",
    "id",
];

proptest! {
    /// Whatever stands in a field, its row and its neighbours are still there.
    #[test]
    fn any_value_in_any_field_loses_no_row(row in any_row(("recordingId", "a--EG_1--b"), FIELDS), beside in any_json()) {
        let rows = json!([row, beside, { "recordingId": "c" }]);
        for body in [json!({ "recordings": rows, "pagination": beside }), rows] {
            let page = read(&body.to_string());
            let ids: Vec<&str> = page.items.iter().map(|it| it.id.as_str()).collect();
            prop_assert_eq!(ids, ["a--EG_1--b", "c"]);
            prop_assert_eq!(page.unreadable, 1);
        }
    }

    #[test]
    fn any_body_is_read_or_refused(body in any_json(), status in 100_u16..600) {
        let answer = answer(status, &body.to_string());
        let _ = ANY.read_list(&answer);
        let _ = ANY.read_get(&recording("a"), &answer);
        let _ = ANY.read_share(&answer);
        let _ = ANY.read_media(&answer);
        let _ = ANY.read_room_names(&answer);
    }
}
