use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{
    model::{Access, Address, RecordingId, RoomId, Status, Unexpected},
    provider::{
        Method,
        testing::{answer, any_json, any_row, id, recording},
    },
};

fn read_one(row: &serde_json::Value) -> Recording {
    SuperViz.read_list(&answer(200, &json!([row]).to_string())).unwrap().items.remove(0)
}

#[test]
fn lists_are_asked_for_in_the_servers_words() {
    let all = SuperViz.list(&Query::default(), None);
    assert_eq!((all.method, all.target.as_str()), (Method::Get, "/recording?page=1&limit=100"));
    let query =
        Query { room: Some(RoomId("a b".into())), session: Some("m&1".into()), ..Query::default() };
    assert_eq!(
        SuperViz.list(&query, Some(&Cursor("2".into()))).target,
        "/recording?roomId=a%20b&meetingId=m%261&page=2&limit=100"
    );
}

#[test]
fn reads_a_page() {
    let page = SuperViz.read_list(&answer(200, include_str!("fixtures/list.json"))).unwrap();
    assert_eq!((page.total, page.unreadable), (Some(3), 0));
    assert_eq!(page.next, Some(Cursor("2".into())));
    let it = &page.items[0];
    assert_eq!(it.id.as_str(), "0b1c");
    assert_eq!((it.room_id.as_deref(), it.session_id.as_deref()), (Some("physics"), Some("m1")));
    assert_eq!(it.status, Status::Ready);
    assert_eq!((it.started_at, it.listed_at), (None, Some(1_715_620_440_941)));
    assert_eq!((it.duration, it.size, &it.file_name), (None, None, &None));
    assert_eq!(page.items[1].status, Status::Processing);
}

#[test]
fn reads_the_bare_list_of_the_documentation() {
    let page = SuperViz.read_list(&answer(200, include_str!("fixtures/list-bare.json"))).unwrap();
    assert_eq!((page.items.len(), page.next, page.total), (1, None, None));
    assert_eq!(page.items[0].status, Status::Processing);
}

#[test]
fn the_last_page_has_no_next() {
    for pagination in [
        json!({ "page": 2, "totalPages": 2 }),
        json!({ "page": 1, "totalPages": 0 }),
        json!({ "page": null, "totalPages": 9 }),
        json!({ "totalPages": 9 }),
        json!(null),
        json!(7),
    ] {
        let body = json!({ "data": [], "pagination": pagination }).to_string();
        assert_eq!(SuperViz.read_list(&answer(200, &body)).unwrap().next, None, "{pagination}");
    }
}

#[test]
fn statuses_are_read_in_any_case() {
    for (raw, status) in [
        ("processing", Status::Processing),
        ("AVAILABLE", Status::Ready),
        ("done", Status::Ready),
        ("archived", Status::Unknown("archived".into())),
        ("", Status::Unknown(String::new())),
    ] {
        assert_eq!(read_one(&json!({ "uuid": "a", "status": raw })).status, status);
    }
    assert_eq!(read_one(&json!({ "uuid": "a" })).status, Status::Unknown(String::new()));
}

#[test]
fn a_list_that_is_none_is_an_error() {
    for body in ["{}", "null", r#"{"data":null}"#, r#"{"data":{}}"#, "7"] {
        let missing = Err(Error::Unexpected(Unexpected::Missing("data")));
        assert_eq!(SuperViz.read_list(&answer(200, body)), missing, "{body}");
    }
    let gone = answer(404, r#"{"statusCode":404,"message":"Cannot GET /recording"}"#);
    assert_eq!(SuperViz.read_list(&gone), Err(Error::Unexpected(Unexpected::NoApi)));
}

#[test]
fn errors_have_the_servers_words() {
    let unauthorized = answer(401, include_str!("fixtures/unauthorized.json"));
    assert_eq!(SuperViz.read_list(&unauthorized), Err(Error::SignedOut));
    let broken = answer(500, r#"{"statusCode":500,"message":"Internal server error"}"#);
    let message = "Internal server error".to_owned();
    assert_eq!(SuperViz.read_list(&broken), Err(Error::Server { status: 500, message }));
    let listed =
        answer(400, r#"{"statusCode":400,"message":["limit must not be greater than 50"]}"#);
    assert!(matches!(SuperViz.read_list(&listed), Err(Error::Server { status: 400, .. })));
}

fn of_meeting(text: &str) -> RecordingRef {
    let (room_id, session_id) = (Some("physics".into()), Some("m1".into()));
    RecordingRef { id: id(text), room_id, session_id }
}

#[test]
fn one_recording_is_found_in_the_list_of_its_meeting() {
    let request = SuperViz.get(&of_meeting("0b1c"), None);
    assert_eq!(request.target, "/recording?roomId=physics&meetingId=m1&page=1&limit=100");
    assert_eq!(SuperViz.media(&of_meeting("0b1c"), Intent::Play, None), Media::Ask(request));
    let list = answer(200, include_str!("fixtures/list.json"));
    let it = SuperViz.read_get(&of_meeting("0b1c"), &list).unwrap();
    assert_eq!(it.id, RecordingId::new("0b1c").unwrap());
}

#[test]
fn what_is_not_on_the_first_page_is_not_called_gone() {
    let first = answer(200, include_str!("fixtures/list.json"));
    assert_eq!(SuperViz.read_get(&recording("x"), &first), Err(Error::Unsupported));
    assert_eq!(SuperViz.read_link(&recording("x"), &first), Err(Error::Unsupported));
    let whole = answer(200, include_str!("fixtures/list-bare.json"));
    assert_eq!(SuperViz.read_get(&recording("x"), &whole), Err(Error::NotFound));
    assert_eq!(SuperViz.read_link(&recording("x"), &whole), Err(Error::NotFound));
}

#[test]
fn a_link_is_used_when_the_recording_is_there_and_the_link_is_one() {
    let list = answer(200, include_str!("fixtures/list.json"));
    let link = SuperViz.read_link(&of_meeting("0b1c"), &list).unwrap();
    let url = "https://storage.example.com/0b1c.mp4?X-Amz-Expires=3600&X-Amz-Signature=x";
    assert_eq!((link.address, link.expires_at), (Address::Absolute(url.into()), None));
    // A link that leads nowhere yet.
    let early = SuperViz.read_link(&of_meeting("0b1d"), &list);
    assert_eq!(early, Err(Error::Conflict(String::new())));
    let read = |row: serde_json::Value| {
        SuperViz.read_link(&recording("a"), &answer(200, &json!({ "data": [row] }).to_string()))
    };
    let missing = Err(Error::Unexpected(Unexpected::Missing("url")));
    assert_eq!(read(json!({ "uuid": "a", "status": "available" })), missing);
    assert_eq!(read(json!({ "uuid": "a", "status": "available", "url": "" })), missing);
    let unsafe_link = Err(Error::Unexpected(Unexpected::UnsafeLink));
    assert_eq!(
        read(json!({ "uuid": "a", "status": "done", "url": "data:text/html,x" })),
        unsafe_link
    );
    // An unknown status is left to the server to judge.
    assert!(read(json!({ "uuid": "a", "status": "archived", "url": "https://x/a" })).is_ok());
}

#[test]
fn nothing_can_be_changed() {
    let can = SuperViz.capabilities();
    assert!(can.play && can.download && can.status && can.filter_room);
    assert!(!can.delete && !can.share && !can.zip && !can.edit && !can.merge && !can.rooms);
    assert_eq!(SuperViz.delete(&[id("a")]), None);
    assert_eq!(SuperViz.share(&recording("a"), Access::Anyone), None);
    assert_eq!(SuperViz.room_names(None), None);
}

const FIELDS: &[&str] = &["url", "roomId", "meetingId", "status", "createdAt", "id"];

proptest! {
    /// Whatever stands in a field, its row and its neighbours are still there.
    #[test]
    fn any_value_in_any_field_loses_no_row(row in any_row(("uuid", "a"), FIELDS), beside in any_json()) {
        let rows = json!([row, beside, { "uuid": "c" }]);
        for body in [json!({ "data": rows, "pagination": beside }), rows] {
            let page = SuperViz.read_list(&answer(200, &body.to_string())).unwrap();
            let ids: Vec<&str> = page.items.iter().map(|it| it.id.as_str()).collect();
            prop_assert_eq!(ids, ["a", "c"]);
            prop_assert_eq!(page.unreadable, 1);
        }
    }

    #[test]
    fn any_body_is_read_or_refused(body in any_json(), status in 100_u16..600) {
        for body in [json!([body]), body] {
            let answer = answer(status, &body.to_string());
            let _ = SuperViz.read_list(&answer);
            let _ = SuperViz.read_get(&recording("a"), &answer);
            let _ = SuperViz.read_link(&recording("a"), &answer);
        }
    }
}
