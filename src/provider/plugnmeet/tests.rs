use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{
    model::{
        Address, DeleteOutcome, FieldError, Link, Matching, NameFilter, Status, Subtitle,
        Unexpected,
    },
    provider::{
        Method,
        percent::encode,
        testing::{answer, any_json, any_row, id, recording},
    },
};

fn asked(request: &Request) -> (Method, &str, &str, bool) {
    let body = request.body.as_deref().unwrap_or_default();
    (request.method, &request.target, body, request.is_safe)
}

/// With `"status":false`, as HTTP 200.
fn refused(code: &str, message: &str) -> Answer {
    let body = json!({ "status": false, "msg": message, "status_code": code });
    answer(200, &body.to_string())
}

fn read_one(row: &str) -> Recording {
    let body =
        format!(r#"{{"status":true,"msg":"success","result":{{"recordings_list":[{row}]}}}}"#);
    PlugNmeet.read_list(&answer(200, &body)).unwrap().items.remove(0)
}

#[test]
fn lists_are_asked_for_in_the_servers_words() {
    let all = PlugNmeet.list(&Query::default(), None);
    assert_eq!(
        asked(&all),
        (
            Method::Post,
            "/auth/recording/fetch",
            r#"{"room_ids":[],"from":0,"limit":100,"order_by":"DESC"}"#,
            true
        )
    );
    let query = Query {
        room: Some(RoomId("room\"01".into())),
        session: Some("sid".into()),
        room_name: Some(NameFilter { text: "x".into(), matching: Matching::Exact }),
        status: Some(Status::Ready),
        sort: Some(Sort { key: SortKey::Date, descending: false }),
        size: None,
    };
    let some = PlugNmeet.list(&query, Some(&Cursor("100".into())));
    assert_eq!(
        some.body.as_deref(),
        Some(
            r#"{"room_ids":["room\"01"],"room_sid":"sid","from":100,"limit":100,"order_by":"ASC"}"#
        )
    );
}

#[test]
fn what_the_server_would_misunderstand_is_not_sent() {
    let query = Query {
        session: Some(String::new()),
        sort: Some(Sort { key: SortKey::Size, descending: false }),
        ..Query::default()
    };
    let request = PlugNmeet.list(&query, Some(&Cursor("-1; drop".into())));
    let body = r#"{"room_ids":[],"from":0,"limit":100,"order_by":"DESC"}"#;
    assert_eq!(request.body.as_deref(), Some(body));
}

#[test]
fn reads_the_servers_own_list() {
    let page = PlugNmeet.read_list(&answer(200, include_str!("fixtures/list.json"))).unwrap();
    assert_eq!((page.total, page.unreadable), (Some(102), 0));
    assert_eq!(page.next, Some(Cursor("2".into())));
    let it = &page.items[0];
    assert_eq!(it.name.as_deref(), Some("Optics"));
    assert_eq!(it.description.as_deref(), Some("Lenses and mirrors"));
    assert_eq!(it.room_id.as_deref(), Some("room01"));
    assert_eq!(it.room_name.as_deref(), Some("Physics 101"));
    assert_eq!(it.session_id.as_deref(), Some("7f867cd7-7956-4a17-af46-6ddd4015a497"));
    assert_eq!(it.status, Status::Ready);
    assert_eq!(it.started_at, Some(1_761_814_595_173));
    assert_eq!((it.ended_at, it.duration), (None, None));
    assert_eq!(it.listed_at, Some(1_761_818_400_000));
    assert_eq!((it.size, it.is_size_rounded), (Some(123_450_000), true));
    assert_eq!(
        it.file_name.as_deref(),
        Some("7f867cd7-7956-4a17-af46-6ddd4015a497-1761814595173.mp4")
    );
    let english = Subtitle {
        language: "en".into(),
        label: "English".into(),
        url: "https://files.example.org/optics.en.vtt".into(),
    };
    assert_eq!(it.subtitles, [english]);
    let extra = [("meeting-title", "Physics 101"), ("meeting-created", "2025-10-30T08:15:00Z")];
    assert_eq!(it.extra, extra.map(|(key, value)| (key.to_owned(), value.to_owned())));
}

#[test]
fn metadata_and_zeros_say_nothing() {
    let page = PlugNmeet.read_list(&answer(200, include_str!("fixtures/list.json"))).unwrap();
    let it = &page.items[1];
    assert_eq!((&it.name, &it.room_name, &it.description), (&None, &None, &None));
    assert_eq!((it.size, it.is_size_rounded, it.listed_at), (None, false, None));
    assert!(it.extra.is_empty() && it.subtitles.is_empty());
    assert_eq!(it.title(), "room02");
}

#[test]
fn reads_the_list_of_the_lti_pages() {
    let page = PlugNmeet.read_list(&answer(200, include_str!("fixtures/list-lti.json"))).unwrap();
    assert_eq!((page.total, page.next), (Some(1), None));
    let it = &page.items[0];
    assert_eq!((it.listed_at, it.size), (Some(1_761_818_400_000), Some(123_450_000)));
    assert_eq!(it.started_at, Some(1_761_814_595_173));
}

#[test]
fn reads_the_list_of_the_client_kits() {
    let page = PlugNmeet.read_list(&answer(200, include_str!("fixtures/list-camel.json"))).unwrap();
    assert_eq!((page.total, page.next), (Some(3), Some(Cursor("2".into()))));
    let it = &page.items[0];
    assert_eq!((it.listed_at, it.size), (Some(1_761_818_400_000), Some(123_450_000)));
    assert_eq!((it.room_id.as_deref(), it.session_id.as_deref()), (Some("room01"), Some("a")));
    assert_eq!(it.file_name.as_deref(), Some("a-1761814595173.mp4"));
    assert_eq!(it.room_name.as_deref(), Some("Physics 101"));
}

#[test]
fn no_rows_are_an_empty_page_and_no_error() {
    let empty = Ok(Page { total: Some(0), ..Page::EMPTY });
    for body in [
        include_str!("fixtures/empty.json"),
        include_str!("fixtures/empty-old.json"),
        r#"{"msg":"no recording found"}"#,
    ] {
        assert_eq!(PlugNmeet.read_list(&answer(200, body)), empty, "{body}");
    }
    let rooms = PlugNmeet.read_room_names(&refused("NOT_FOUND", "no room found")).unwrap();
    assert!(rooms.items.is_empty());
}

#[test]
fn a_part_beyond_the_end_is_the_end() {
    for list in [r#","recordings_list":[]"#, r#","recordings_list":null"#, ""] {
        let body = format!(
            r#"{{"status":true,"msg":"success","result":{{"total_recordings":"7","from":200{list}}}}}"#
        );
        let page = PlugNmeet.read_list(&answer(200, &body)).unwrap();
        assert_eq!((page.items.len(), page.next, page.total), (0, None, Some(7)));
    }
}

#[test]
fn a_list_that_is_none_is_an_error() {
    let missing = |part| Err(Error::Unexpected(Unexpected::Missing(part)));
    for (body, expected) in [
        ("{}", missing("status")),
        ("null", missing("status")),
        (r#"{"status":true}"#, missing("result")),
        (r#"{"status":true,"result":[]}"#, missing("result")),
        (r#"{"status":true,"result":"{\"recordings_list\":[}"}"#, missing("result")),
        (r#"{"status":true,"result":{"recordings_list":7}}"#, missing("recordings_list")),
        ("", Err(Error::Unexpected(Unexpected::Empty))),
        ("<html>", Err(Error::Unexpected(Unexpected::Html))),
    ] {
        assert_eq!(PlugNmeet.read_list(&answer(200, body)), expected, "{body}");
    }
}

#[test]
fn a_server_that_has_no_such_route_says_so_in_plain_text() {
    let gone = answer(404, "not found");
    assert_eq!(PlugNmeet.read_list(&gone), Err(Error::Unexpected(Unexpected::NoApi)));
    assert_eq!(PlugNmeet.read_done(&gone), Err(Error::Unsupported));
    assert_eq!(PlugNmeet.read_get(&recording("a"), &gone), Err(Error::Unsupported));
    assert_eq!(PlugNmeet.read_delete(&[id("a")], &gone), Err(Error::Unsupported));
    let lti = answer(404, r#"{"status":false,"msg":"recording not found"}"#);
    assert_eq!(PlugNmeet.read_get(&recording("a"), &lti), Err(Error::NotFound));
}

#[test]
fn refusals_with_200_are_told_apart_by_their_code() {
    let read = |code, message| PlugNmeet.read_done(&refused(code, message)).unwrap_err();
    assert_eq!(read("NOT_FOUND", "recording not found"), Error::NotFound);
    assert_eq!(read("ROOM_NOT_FOUND", ""), Error::NotFound);
    assert_eq!(read("PERMISSION_DENIED", ""), Error::Forbidden);
    assert_eq!(read("USER_BLOCKED", ""), Error::Forbidden);
    assert_eq!(read("CONFLICT", "one at a time"), Error::Conflict("one at a time".into()));
    assert_eq!(read("ROOM_NOT_ACTIVE", "over"), Error::Conflict("over".into()));
    for code in ["INVALID_PARAMETERS", "MISSING_REQUIRED_PARAMETER"] {
        let field = FieldError { field: String::new(), message: "two are needed".into() };
        assert_eq!(read(code, "two are needed"), Error::Invalid(vec![field]));
    }
    for code in ["INTERNAL_SERVER_ERROR", "UNKNOWN_STATUS", "NEWER", ""] {
        assert_eq!(read(code, "why"), Error::Server { status: 200, message: "why".into() });
    }
    assert_eq!(read("", "no info found"), Error::NotFound);
    // A code says more than the words beside it.
    assert!(matches!(read("INTERNAL_SERVER_ERROR", "no info found"), Error::Server { .. }));
}

#[test]
fn a_bad_signature_is_a_session_that_is_none() {
    let body = include_str!("fixtures/unauthorized.json");
    assert_eq!(PlugNmeet.read_list(&answer(401, body)), Err(Error::SignedOut));
}

#[test]
fn one_recording_knows_the_title_of_its_session() {
    let request = PlugNmeet.get(&recording("a"), None);
    assert_eq!(
        asked(&request),
        (Method::Post, "/auth/recording/info", r#"{"record_id":"a"}"#, true)
    );
    let info = answer(200, include_str!("fixtures/info.json"));
    let it = PlugNmeet.read_get(&recording("a"), &info).unwrap();
    assert_eq!(it.room_name.as_deref(), Some("Physics 101"));
    assert_eq!((it.size, it.session_id.as_deref()), (Some(12_500_000), Some("a")));
    let gone = refused("NOT_FOUND", "recording not found");
    assert_eq!(PlugNmeet.read_get(&recording("a"), &gone), Err(Error::NotFound));
    let none = answer(200, r#"{"status":true,"recording_info":null}"#);
    assert_eq!(
        PlugNmeet.read_get(&recording("a"), &none),
        Err(Error::Unexpected(Unexpected::Missing("recording_info")))
    );
}

#[test]
fn a_start_is_read_from_an_id_that_has_one() {
    let started_at = |id: &str| read_one(&format!(r#"{{"record_id":"{id}"}}"#)).started_at;
    assert_eq!(started_at("a-b-1420070400000"), Some(1_420_070_400_000));
    for id in ["a-1420070399999", "a-4102444800001", "a-b", "1761814595173", "a-", "a-1e12"] {
        assert_eq!(started_at(id), None, "{id}");
    }
}

#[test]
fn a_token_is_asked_for_and_becomes_an_address() {
    let Media::Ask(request) = PlugNmeet.media(&recording("a\\b"), Intent::Download, None) else {
        panic!("not asked for")
    };
    assert_eq!(
        asked(&request),
        (Method::Post, "/auth/recording/getDownloadToken", r#"{"record_id":"a\\b"}"#, true)
    );
    assert_eq!(PlugNmeet.share(&recording("a\\b"), Access::Anyone), Some(request));
    assert_eq!(PlugNmeet.share(&recording("a"), Access::SignedIn), None);
    let token = answer(200, include_str!("fixtures/token.json"));
    let link = PlugNmeet.read_link(&recording("a"), &token).unwrap();
    let Address::Below(target) = &link.address else { panic!("not below") };
    assert!(target.starts_with("/download/recording/eyJ") && target.ends_with(".c2lnbmF0dXJl"));
    assert_eq!(link.expires_at, Some(1_761_818_200_000));
    assert_eq!(PlugNmeet.read_share(&token), Ok(link));
}

#[test]
fn a_token_that_is_none_of_the_known_kind_is_used_all_the_same() {
    let link = |token: &str| {
        let body = json!({ "status": true, "msg": "success", "token": token });
        PlugNmeet.read_link(&recording("a"), &answer(200, &body.to_string()))
    };
    // `e30` is `{}`; `eyJleHAiOiJ4In0` is `{"exp":"x"}`; `_w` is no UTF-8.
    for token in ["opaque", "a.b.c", "a.e30.c", "a.eyJleHAiOiJ4In0.c", "a._w.c", "a.%.c", "..", "é"]
    {
        assert_eq!(
            link(token),
            Ok(Link::below(format!("/download/recording/{}", encode(token)))),
            "{token}"
        );
    }
    assert_eq!(link(""), Err(Error::Unexpected(Unexpected::Missing("token"))));
    let gone = refused("NOT_FOUND", "recording not found");
    assert_eq!(PlugNmeet.read_link(&recording("a"), &gone), Err(Error::NotFound));
}

#[test]
fn an_expired_token_does_not_end_the_session() {
    for status in [401, 403] {
        assert_eq!(PlugNmeet.read_media(&answer(status, "token expired")), Err(Error::BadSecret));
    }
    assert_eq!(PlugNmeet.read_media(&answer(404, "file not found")), Err(Error::NotFound));
    assert_eq!(PlugNmeet.read_media(&answer(206, "")), Ok(()));
}

#[test]
fn recordings_are_deleted_one_by_one() {
    let request = PlugNmeet.delete(&[id("a")]).unwrap();
    assert_eq!(
        asked(&request),
        (Method::Post, "/auth/recording/delete", r#"{"record_id":"a"}"#, false)
    );
    assert_eq!(PlugNmeet.delete(&[id("a"), id("b")]), None);
    assert_eq!(PlugNmeet.delete(&[]), None);
    let outcome = |answer: &Answer| {
        PlugNmeet
            .read_delete(&[id("a")], answer)
            .map(|mut report| report.outcomes.remove(0))
            .map(|(_, outcome)| outcome)
    };
    let ok = answer(200, r#"{"status":true,"msg":"success","status_code":"SUCCESS"}"#);
    assert_eq!(outcome(&ok), Ok(DeleteOutcome::Deleted));
    let gone = refused("NOT_FOUND", "recording not found");
    assert_eq!(outcome(&gone), Ok(DeleteOutcome::AlreadyGone));
    let old = answer(200, r#"{"status":false,"msg":"no info found"}"#);
    assert_eq!(outcome(&old), Ok(DeleteOutcome::AlreadyGone));
    let busy = refused("CONFLICT", "in use");
    assert_eq!(outcome(&busy), Ok(DeleteOutcome::Failed("in use".into())));
    assert_eq!(outcome(&answer(401, "")), Err(Error::SignedOut));
}

#[test]
fn only_what_is_named_is_changed() {
    let body = |patch: &MetadataPatch| PlugNmeet.update(&id("a"), patch).unwrap().body.unwrap();
    assert_eq!(body(&MetadataPatch::default()), r#"{"record_id":"a","metadata":{}}"#);
    let cleared = MetadataPatch { title: Some(String::new()), ..MetadataPatch::default() };
    assert_eq!(body(&cleared), r#"{"record_id":"a","metadata":{"title":""}}"#);
    let subtitle = |language: &str, label: &str, url: &str| Subtitle {
        language: language.into(),
        label: label.into(),
        url: url.into(),
    };
    let patch = MetadataPatch {
        title: Some("Optics \"2\"".into()),
        description: Some("Lenses\nand mirrors".into()),
        extra: [("k", "old"), ("gone", ""), ("k", "v")]
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into(),
        subtitles: vec![subtitle("en", "", "https://x/en.vtt"), subtitle("de", "", "")],
    };
    assert_eq!(
        body(&patch),
        concat!(
            r#"{"record_id":"a","metadata":{"title":"Optics \"2\"","#,
            r#""description":"Lenses\u000aand mirrors","#,
            r#""subtitles":{"en":{"label":"en","url":"https://x/en.vtt"},"de":{"label":"","url":""}},"#,
            r#""extra_data":{"gone":"","k":"v"}}}"#
        )
    );
    let request = PlugNmeet.update(&id("a"), &patch).unwrap();
    assert_eq!(
        (request.method, request.target.as_str(), request.is_safe),
        (Method::Post, "/auth/recording/updateMetadata", false)
    );
}

#[test]
fn several_of_a_room_are_merged_in_the_order_given() {
    let room = RoomId("room01".into());
    let request = PlugNmeet.merge(&room, &[id("b"), id("a")]).unwrap();
    assert_eq!(
        asked(&request),
        (
            Method::Post,
            "/auth/recording/mergeRecordings",
            r#"{"by_ids":{"room_id":"room01","recording_ids":["b","a"]}}"#,
            false
        )
    );
    assert_eq!(PlugNmeet.merge(&room, &[id("a")]), None);
}

#[test]
fn rooms_are_those_of_past_sessions_each_once() {
    let request = PlugNmeet.room_names(Some(&Cursor("100".into()))).unwrap();
    assert_eq!(
        asked(&request),
        (
            Method::Post,
            "/auth/room/fetchPastRooms",
            r#"{"room_ids":[],"from":100,"limit":100,"order_by":"DESC"}"#,
            true
        )
    );
    let page =
        PlugNmeet.read_room_names(&answer(200, include_str!("fixtures/past-rooms.json"))).unwrap();
    let rooms: Vec<(&str, &str)> =
        page.items.iter().map(|room| (room.id.0.as_str(), room.title())).collect();
    assert_eq!(rooms, [("room01", "Physics 101"), ("room02", "room02")]);
    assert_eq!((page.next, page.total), (Some(Cursor("3".into())), None));
}

const FIELDS: &[&str] = &[
    "room_id",
    "roomId",
    "room_sid",
    "file_path",
    "file_size",
    "fileSize",
    "creation_time",
    "metadata",
    "recordId",
];

const METADATA: &[&str] = &["title", "description", "subtitles", "extra_data", "extraData"];

proptest! {
    /// Whatever stands in a field, its row and its neighbours are still there.
    #[test]
    fn any_value_in_any_field_loses_no_row(
        row in any_row(("record_id", "a-1761814595173"), FIELDS),
        metadata in any_row(("title", "b"), METADATA),
        beside in any_json(),
    ) {
        let body = json!({ "status": true, "msg": beside, "result": {
            "from": beside, "total_recordings": beside, "limit": beside,
            "recordings_list": [row, { "record_id": "b", "metadata": metadata }, beside, { "record_id": "c" }],
        } });
        let page = PlugNmeet.read_list(&answer(200, &body.to_string())).unwrap();
        let ids: Vec<&str> = page.items.iter().map(|it| it.id.as_str()).collect();
        prop_assert_eq!(ids, ["a-1761814595173", "b", "c"]);
        prop_assert_eq!(page.unreadable, 1);
        // Paging goes on, and not back.
        if let Some(Cursor(next)) = page.next {
            prop_assert!(next.parse::<u64>().unwrap() >= 4);
        }
    }

    #[test]
    fn any_body_is_read_or_refused(body in any_json(), token in any::<String>(), status in 100_u16..600) {
        let token = json!({ "status": true, "token": token, "result": body });
        for body in [body, token] {
            let answer = answer(status, &body.to_string());
            let _ = PlugNmeet.read_list(&answer);
            let _ = PlugNmeet.read_get(&recording("a"), &answer);
            let _ = PlugNmeet.read_link(&recording("a"), &answer);
            let _ = PlugNmeet.read_room_names(&answer);
            let _ = PlugNmeet.read_done(&answer);
            if let Ok(report) = PlugNmeet.read_delete(&[id("a")], &answer) {
                prop_assert_eq!(report.outcomes.len(), 1);
            }
        }
    }

    #[test]
    fn requests_are_json_whatever_was_typed(text in any::<String>(), key in any::<String>()) {
        let patch = MetadataPatch {
            title: Some(text.clone()),
            extra: vec![(key.clone(), text.clone()), (key.clone(), text.clone())],
            ..MetadataPatch::default()
        };
        let body = PlugNmeet.update(&id("a"), &patch).unwrap().body.unwrap();
        let body: serde_json::Value = serde_json::from_str(&body).unwrap();
        prop_assert_eq!(body["metadata"]["title"].as_str(), Some(text.as_str()));
        prop_assert_eq!(body["metadata"]["extra_data"][&key].as_str(), Some(text.as_str()));
    }
}

#[test]
fn a_place_in_the_list_counts_the_rows_before_it() {
    let after = |from: &str, removed| PlugNmeet.cursor_after(Cursor(from.into()), removed).0;
    assert_eq!(after("100", 8), "92");
    assert_eq!(after("5", 8), "0");
    assert_eq!(after("100", 0), "100");
}

#[test]
fn live_rooms_are_another_list_after_the_past_ones() {
    let past =
        r#"{"status":true,"result":{"total_rooms":"1","from":0,"rooms_list":[{"room_id":"a"}]}}"#;
    let page = PlugNmeet.read_room_names(&answer(200, past)).unwrap();
    let asked = PlugNmeet.room_names(page.next.as_ref()).unwrap();
    assert_eq!(
        (asked.target.as_str(), asked.body.as_deref()),
        ("/auth/room/getActiveRoomsInfo", Some("{}"))
    );
    let live = r#"{"status":true,"rooms":[{"room_info":{"room_id":"b","room_title":"B"},"participants_info":[]},{"room_info":null}]}"#;
    let page = PlugNmeet.read_room_names(&answer(200, live)).unwrap();
    assert_eq!((page.items.len(), page.unreadable, page.next), (1, 1, None));
    assert_eq!(page.items[0].title(), "B");
    let none = r#"{"status":false,"msg":"no active room found","status_code":"NOT_FOUND"}"#;
    let page = PlugNmeet.read_room_names(&answer(200, none)).unwrap();
    assert!(page.items.is_empty());
}

#[test]
fn a_description_keeps_its_lines_and_its_length() {
    let long = format!("one\\ntwo\\n{}", "x".repeat(5000));
    let text = format!(
        r#"{{"status":true,"result":{{"recordings_list":[{{"record_id":"a","metadata":{{"description":"{long}"}}}}]}}}}"#
    );
    let page = PlugNmeet.read_list(&answer(200, &text)).unwrap();
    let description = page.items[0].description.as_ref().unwrap();
    assert_eq!(description.lines().count(), 3);
    assert_eq!(description.len(), 5008);
}
