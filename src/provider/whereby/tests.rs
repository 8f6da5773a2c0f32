use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{
    model::{Address, DeleteOutcome, Matching, NameFilter, RoomId, Status, Unexpected},
    provider::{
        Method,
        testing::{answer, any_json, any_row, id, recording},
    },
};

fn read_one(row: &serde_json::Value) -> Recording {
    let body = json!({ "results": [row], "cursor": null }).to_string();
    Whereby.read_list(&answer(200, &body)).unwrap().items.remove(0)
}

#[test]
fn lists_are_asked_for_in_the_servers_words() {
    let all = Whereby.list(&Query::default(), None);
    assert_eq!(
        (all.method, all.target.as_str()),
        (Method::Get, "/v1/recordings?limit=100&sortBy=startDate%3Adesc")
    );
    let query = Query {
        room: Some(RoomId("/physics-793e3b5e".into())),
        session: Some("left out".into()),
        room_name: Some(NameFilter { text: "left out".into(), matching: Matching::Exact }),
        status: Some(Status::Ready),
        sort: Some(Sort { key: SortKey::Size, descending: true }),
        size: None,
    };
    assert_eq!(
        Whereby.list(&query, Some(&Cursor("a+/=".into()))).target,
        "/v1/recordings?limit=100&roomName=%2Fphysics-793e3b5e&sortBy=sizeInMegaBytes%3Adesc&cursor=a%2B%2F%3D"
    );
}

#[test]
fn every_column_is_ordered_by_the_server() {
    for (key, field) in [
        (SortKey::Room, "roomName"),
        (SortKey::Date, "startDate"),
        (SortKey::Duration, "duration"),
        (SortKey::Size, "sizeInMegaBytes"),
    ] {
        assert!(Whereby.capabilities().sort.contains(&key));
        let query = Query { sort: Some(Sort { key, descending: false }), ..Query::default() };
        let target = format!("/v1/recordings?limit=100&sortBy={field}%3Aasc");
        assert_eq!(Whereby.list(&query, None).target, target);
    }
}

#[test]
fn reads_a_page() {
    let page = Whereby.read_list(&answer(200, include_str!("fixtures/list.json"))).unwrap();
    assert_eq!((page.total, page.unreadable), (None, 0));
    assert_eq!(page.next, Some(Cursor("8f4031bfc7640c5f267b11b6fe0c2507".into())));
    let it = &page.items[0];
    assert_eq!(it.id.as_str(), "a56f6ad7-37fe-4a37-9319-3174630ba57a");
    assert_eq!(it.room_id.as_deref(), Some("/physics-793e3b5e"));
    assert_eq!(it.room_name.as_deref(), Some("physics-793e3b5e"));
    assert_eq!(it.session_id.as_deref(), Some("e2f29530-46ec-4cee-8b27-e565cb5bb2e9"));
    assert_eq!(it.status, Status::Ready);
    assert_eq!(it.started_at, Some(1_761_812_100_000));
    assert_eq!(it.ended_at, Some(1_761_814_830_500));
    assert_eq!(it.duration, Some(2_730_500));
    assert_eq!((it.size, it.is_size_rounded), (Some(100_500_000), true));
    assert_eq!(it.file_name.as_deref(), Some("physics-793e3b5e-2025-10-30T08:15:00.000Z.mp4"));
}

#[test]
fn what_is_not_known_is_left_open() {
    let page = Whereby.read_list(&answer(200, include_str!("fixtures/list.json"))).unwrap();
    let it = &page.items[1];
    assert_eq!((&it.room_id, &it.room_name), (&None, &None));
    assert_eq!((it.ended_at, it.duration), (None, None));
    assert_eq!((it.size, it.is_size_rounded), (None, false));
    assert_eq!(it.file_name.as_deref(), Some("recording.mkv"));
    assert_eq!(it.title(), "recording.mkv");
}

#[test]
fn the_vendors_own_example_says_no_length() {
    let page = Whereby.read_list(&answer(200, include_str!("fixtures/list-last.json"))).unwrap();
    let it = &page.items[0];
    assert_eq!((it.started_at, it.ended_at, it.duration), (Some(1_735_689_600_000), None, None));
    assert_eq!(it.size, Some(100_000_000));
    assert_eq!(page.next, None);
}

#[test]
fn an_end_before_the_start_is_no_end() {
    let it = read_one(&json!({
        "recordingId": "a",
        "startDate": "2025-01-01T00:00:01Z",
        "endDate": "2025-01-01T00:00:00Z",
    }));
    assert_eq!((it.ended_at, it.duration), (None, None));
    let only_end = read_one(&json!({ "recordingId": "a", "endDate": "2025-01-01T00:00:00Z" }));
    assert_eq!((only_end.ended_at, only_end.duration), (Some(1_735_689_600_000), None));
}

#[test]
fn the_end_of_the_list_is_a_cursor_that_is_none() {
    for cursor in [json!(null), json!(""), json!(7), json!({})] {
        let body = json!({ "results": [], "cursor": cursor }).to_string();
        assert_eq!(Whereby.read_list(&answer(200, &body)), Ok(Page::EMPTY), "{cursor}");
    }
    assert_eq!(Whereby.read_list(&answer(200, r#"{"results":[]}"#)), Ok(Page::EMPTY));
}

#[test]
fn a_list_that_is_none_is_an_error() {
    for body in ["{}", "null", "[]", r#"{"results":null}"#, r#"{"results":{}}"#, "7"] {
        let missing = Err(Error::Unexpected(Unexpected::Missing("results")));
        assert_eq!(Whereby.read_list(&answer(200, body)), missing, "{body}");
    }
    let gone = answer(404, "Cannot GET /v2/recordings");
    assert_eq!(Whereby.read_list(&gone), Err(Error::Unexpected(Unexpected::NoApi)));
    let page = answer(200, "<!doctype html>");
    assert_eq!(Whereby.read_list(&page), Err(Error::Unexpected(Unexpected::Html)));
}

#[test]
fn errors_are_read_by_their_status() {
    let read = |status| Whereby.read_list(&answer(status, r#"{"anything":1}"#)).unwrap_err();
    assert_eq!(read(401), Error::SignedOut);
    assert_eq!(read(403), Error::Forbidden);
    assert_eq!(read(429), Error::RateLimited { retry_after: None });
    assert_eq!(read(500), Error::Server { status: 500, message: String::new() });
}

#[test]
fn too_many_requests_say_when_to_come_back() {
    let body = include_str!("fixtures/rate-limited.json");
    let limited = answer(429, body);
    let expected = Error::RateLimited { retry_after: Some(39) };
    assert_eq!(Whereby.read_list(&limited), Err(expected.clone()));
    assert_eq!(Whereby.read_room_names(&limited), Err(expected.clone()));
    assert_eq!(Whereby.read_link(&recording("a"), &limited), Err(expected.clone()));
    assert_eq!(Whereby.read_get(&recording("a"), &limited), Err(expected.clone()));
    assert_eq!(Whereby.read_delete(&[id("a"), id("b")], &limited), Err(expected));
    let header = Answer { retry_after: Some(7), ..answer(429, body) };
    assert_eq!(Whereby.read_list(&header), Err(Error::RateLimited { retry_after: Some(7) }));
    let odd = answer(429, r#"{"data":{"msLeft":-1}}"#);
    assert_eq!(Whereby.read_list(&odd), Err(Error::RateLimited { retry_after: None }));
}

#[test]
fn one_recording_is_asked_for_by_its_id() {
    assert_eq!(Whereby.get(&recording("../a?b"), None).target, "/v1/recordings/..%2Fa%3Fb");
    let row = r#"{"recordingId":"a","filename":"recording.mp4","sizeInMegaBytes":1}"#;
    let it = Whereby.read_get(&recording("a"), &answer(200, row)).unwrap();
    assert_eq!(it.size, Some(1_000_000));
    assert_eq!(Whereby.read_get(&recording("a"), &answer(404, "")), Err(Error::NotFound));
    assert_eq!(
        Whereby.read_get(&recording("a"), &answer(200, "{}")),
        Err(Error::Unexpected(Unexpected::Missing("recordingId")))
    );
}

#[test]
fn links_for_oneself_and_for_others_last_differently() {
    let own = Request::get("/v1/recordings/a/access-link?validForSeconds=3600".into());
    for intent in [Intent::Play, Intent::Download] {
        assert_eq!(Whereby.media(&recording("a"), intent, None), Media::Ask(own.clone()));
    }
    let others = Request::get("/v1/recordings/a/access-link?validForSeconds=43200".into());
    assert_eq!(Whereby.share(&recording("a"), Access::Anyone), Some(others));
    assert_eq!(Whereby.share(&recording("a"), Access::SignedIn), None);
}

#[test]
fn a_link_ends_when_it_says() {
    let given = answer(200, include_str!("fixtures/access-link.json"));
    let link = Whereby.read_link(&recording("a"), &given).unwrap();
    let url = "https://s3.eu-central-1.amazonaws.com/recordings/1.mp4?AWSAccessKeyId=AKIAJ&Signature=x%2By";
    assert_eq!(link.address, Address::Absolute(url.into()));
    assert_eq!(link.expires_at, Some(1_740_819_600_000));
    assert_eq!(Whereby.read_share(&given), Ok(link));
    let forever = answer(200, r#"{"accessLink":"https://x/","expires":null}"#);
    assert_eq!(Whereby.read_link(&recording("a"), &forever).unwrap().expires_at, None);
}

#[test]
fn a_recording_in_ones_own_store_has_no_link() {
    let read = |status, body| Whereby.read_link(&recording("a"), &answer(status, body));
    assert_eq!(read(403, r#"{"error":"Forbidden"}"#), Err(Error::NotHosted));
    assert_eq!(read(404, ""), Err(Error::NotFound));
    assert_eq!(read(200, "{}"), Err(Error::Unexpected(Unexpected::Missing("accessLink"))));
    let unsafe_link = Err(Error::Unexpected(Unexpected::UnsafeLink));
    assert_eq!(read(200, r#"{"accessLink":"javascript:alert(1)"}"#), unsafe_link);
}

#[test]
fn one_is_deleted_now_and_several_later() {
    let one = Whereby.delete(&[id("a/b")]).unwrap();
    assert_eq!(
        (one.method, one.target.as_str(), one.body),
        (Method::Delete, "/v1/recordings/a%2Fb", None)
    );
    let several = Whereby.delete(&[id("a"), id("b\"")]).unwrap();
    assert_eq!(
        (several.method, several.target.as_str()),
        (Method::Post, "/v1/recordings/bulk-delete")
    );
    assert_eq!(several.body.as_deref(), Some(r#"{"recordingIds":["a","b\""]}"#));
    assert!(!several.is_safe);
    assert_eq!(Whereby.delete(&[]), None);
    let outcomes = |ids: &[&str], status| {
        let ids: Vec<RecordingId> = ids.iter().map(|text| id(text)).collect();
        Whereby.read_delete(&ids, &answer(status, "")).map(|report| {
            report.outcomes.into_iter().map(|(_, outcome)| outcome).collect::<Vec<_>>()
        })
    };
    assert_eq!(outcomes(&["a"], 204), Ok(vec![DeleteOutcome::Deleted]));
    assert_eq!(outcomes(&["a"], 404), Ok(vec![DeleteOutcome::AlreadyGone]));
    let scheduled = DeleteOutcome::Scheduled;
    assert_eq!(outcomes(&["a", "b"], 204), Ok(vec![scheduled.clone(), scheduled]));
    assert_eq!(outcomes(&["a", "b"], 404), Err(Error::NotFound));
    assert_eq!(outcomes(&["a"], 403), Err(Error::Forbidden));
}

#[test]
fn rooms_are_meetings_under_their_names() {
    let request = Whereby.room_names(Some(&Cursor("a=".into()))).unwrap();
    assert_eq!(request.target, "/v1/meetings?limit=100&cursor=a%3D");
    let page =
        Whereby.read_room_names(&answer(200, include_str!("fixtures/meetings.json"))).unwrap();
    let room =
        RoomName { id: RoomId("/physics-793e3b5e".into()), name: Some("physics-793e3b5e".into()) };
    assert_eq!((page.items, page.unreadable), (vec![room], 1));
    assert_eq!(page.next, Some(Cursor("next".into())));
}

const FIELDS: &[&str] =
    &["roomName", "roomSessionId", "filename", "startDate", "endDate", "sizeInMegaBytes", "status"];

proptest! {
    /// Whatever stands in a field, its row and its neighbours are still there.
    #[test]
    fn any_value_in_any_field_loses_no_row(row in any_row(("recordingId", "a"), FIELDS), beside in any_json()) {
        let body = json!({ "results": [row, beside, { "recordingId": "c" }], "cursor": beside });
        let page = Whereby.read_list(&answer(200, &body.to_string())).unwrap();
        let ids: Vec<&str> = page.items.iter().map(|it| it.id.as_str()).collect();
        prop_assert_eq!(ids, ["a", "c"]);
        prop_assert_eq!(page.unreadable, 1);
    }

    #[test]
    fn any_body_is_read_or_refused(body in any_json(), status in 100_u16..600) {
        let answer = answer(status, &body.to_string());
        let _ = Whereby.read_list(&answer);
        let _ = Whereby.read_get(&recording("a"), &answer);
        let _ = Whereby.read_link(&recording("a"), &answer);
        let _ = Whereby.read_room_names(&answer);
        if let Ok(report) = Whereby.read_delete(&[id("a"), id("b")], &answer) {
            prop_assert_eq!(report.outcomes.len(), 2);
        }
    }
}
