use proptest::prelude::*;

use super::*;
use crate::{
    model::{
        Access, DeleteOutcome, Error, FailureKind, Json, Recording, RoomId, Status, Unexpected,
    },
    provider::{Answer, Body, Method},
};

fn json_answer(status: u16, text: &str) -> Answer {
    let json: Json = serde_json::from_str(text).unwrap();
    Answer { status, retry_after: None, body: Body::Json(json) }
}

fn bare(status: u16) -> Answer {
    Answer { status, retry_after: None, body: Body::Empty }
}

fn id(text: &str) -> RecordingId {
    RecordingId::new(text).unwrap()
}

fn read_one(row: &str) -> Recording {
    let page = format!(r#"{{"recordings":[{row}],"pagination":{{"isTruncated":false}}}}"#);
    OpenViduMeet::read_list(&json_answer(200, &page)).unwrap().items.remove(0)
}

#[test]
fn reads_a_complete_recording_of_generation_b() {
    let it = read_one(
        r#"{"recordingId":"physics-4k7--EG_XYZ--u81","roomId":"physics-4k7","roomName":"Physics 101",
            "status":"COMPLETE","filename":"physics-4k7--u81.mp4","startDate":1600000000000,
            "endDate":1600000060500,"duration":60.5,"size":123456789,"errorCode":null,"error":null,
            "details":"Stopped using API"}"#,
    );
    assert_eq!(it.title(), "Physics 101");
    assert_eq!(it.status, Status::Ready);
    assert_eq!(it.started_at, Some(1_600_000_000_000));
    assert_eq!(it.duration, Some(60_500));
    assert_eq!(it.size, Some(123_456_789));
    assert_eq!(it.failure.unwrap().details.as_deref(), Some("Stopped using API"));
}

#[test]
fn status_is_read_in_either_case() {
    for (raw, status) in [
        ("STARTING", Status::Starting),
        ("active", Status::Recording),
        ("ENDING", Status::Processing),
        ("complete", Status::Ready),
        ("FAILED", Status::Failed(FailureKind::Error)),
        ("aborted", Status::Failed(FailureKind::Aborted)),
        ("LIMIT_REACHED", Status::Failed(FailureKind::LimitReached)),
        ("EXPLODED", Status::Unknown("EXPLODED".into())),
    ] {
        assert_eq!(read_one(&format!(r#"{{"recordingId":"a","status":"{raw}"}}"#)).status, status);
    }
    assert_eq!(read_one(r#"{"recordingId":"a"}"#).status, Status::Unknown(String::new()));
    assert_eq!(
        read_one(r#"{"recordingId":"a","status":7}"#).status,
        Status::Unknown(String::new())
    );
}

#[test]
fn odd_values_cost_a_cell_and_not_the_row() {
    for odd in ["-1", "1e308", "\"60\"", "null", "{}", "[]", "true"] {
        let it = read_one(&format!(
            r#"{{"recordingId":"a--EG_1--b","duration":{odd},"size":{odd},"startDate":{odd},"roomName":{odd},"roomId":{odd}}}"#
        ));
        assert_eq!((it.duration, it.size, it.started_at), (None, None, None), "{odd}");
        assert_eq!(it.room_id.as_deref(), if odd == "\"60\"" { Some("60") } else { Some("a") });
    }
    let backwards = read_one(r#"{"recordingId":"a","startDate":2000,"endDate":1000}"#);
    assert_eq!(backwards.ended_at, None);
}

#[test]
fn unreadable_rows_are_counted_and_the_rest_shown() {
    let page = OpenViduMeet::read_list(&json_answer(
        200,
        r#"{"recordings":[null,7,[],{"recordingId":""},{"recordingId":"a"},{}],"pagination":{}}"#,
    ))
    .unwrap();
    assert_eq!((page.items.len(), page.unreadable), (1, 5));
}

#[test]
fn a_list_that_is_none_is_an_error() {
    for body in ["{}", "null", r#"{"recordings":null}"#, r#"{"recordings":{}}"#, r#""text""#] {
        assert_eq!(
            OpenViduMeet::read_list(&json_answer(200, body)),
            Err(Error::Unexpected(Unexpected::Missing("recordings"))),
            "{body}"
        );
    }
    assert_eq!(OpenViduMeet::read_list(&bare(204)), Err(Error::Unexpected(Unexpected::Empty)));
}

#[test]
fn paging_needs_both_the_claim_and_the_token() {
    let next = |pagination: &str| {
        let body = format!(r#"{{"recordings":[],"pagination":{pagination}}}"#);
        OpenViduMeet::read_list(&json_answer(200, &body)).unwrap().next
    };
    assert_eq!(next(r#"{"isTruncated":true,"nextPageToken":"a+/="}"#), Some(Cursor("a+/=".into())));
    assert_eq!(next(r#"{"isTruncated":true,"nextPageToken":null}"#), None);
    assert_eq!(next(r#"{"isTruncated":true}"#), None);
    assert_eq!(next(r#"{"isTruncated":false,"nextPageToken":"a"}"#), None);
}

#[test]
fn requests_are_encoded_once() {
    let all = OpenViduMeet::list(&Query::default(), Some(&Cursor("a+/=".into())));
    assert_eq!(all.target, "/api/v1/recordings?maxItems=100&nextPageToken=a%2B%2F%3D");
    let room = Query { room: Some(RoomId("r 1".into())) };
    assert_eq!(
        OpenViduMeet::list(&room, None).target,
        "/api/v1/recordings?maxItems=100&roomId=r%201"
    );
    let secret = Secret::new("s&t");
    assert_eq!(
        OpenViduMeet::media(&id("//evil/x?y"), Some(&secret)).target,
        "/api/v1/recordings/%2F%2Fevil%2Fx%3Fy/media?secret=s%26t"
    );
    assert_eq!(
        OpenViduMeet::share(&id("a"), Access::SignedIn).target,
        "/api/v1/recordings/a/url?privateAccess=true"
    );
}

#[test]
fn one_is_deleted_by_its_own_route_and_several_together() {
    let one = OpenViduMeet::delete(&[id("a")]);
    assert_eq!((one.method, one.target.as_str()), (Method::Delete, "/api/v1/recordings/a"));
    let two = OpenViduMeet::delete(&[id("a"), id("b,c")]);
    assert_eq!(two.target, "/api/v1/recordings?recordingIds=a%2Cb%2Cc");
}

fn outcomes(ids: &[&str], answer: &Answer) -> Result<Vec<DeleteOutcome>, Error> {
    let ids: Vec<_> = ids.iter().map(|text| id(text)).collect();
    OpenViduMeet::read_delete(&ids, answer)
        .map(|report| report.outcomes.into_iter().map(|(_, outcome)| outcome).collect())
}

#[test]
fn every_shape_of_a_delete_answer_becomes_one_report() {
    use DeleteOutcome::{AlreadyGone, Deleted, Failed};
    assert_eq!(outcomes(&["a", "b"], &bare(204)), Ok(vec![Deleted, Deleted]));
    assert_eq!(outcomes(&["a"], &bare(404)), Ok(vec![AlreadyGone]));
    let conflict = json_answer(409, r#"{"message":"Recording 'a' is not stopped yet"}"#);
    assert_eq!(
        outcomes(&["a"], &conflict),
        Ok(vec![Failed("Recording 'a' is not stopped yet".into())])
    );
    let b = r#"{"deleted":["a"],"notDeleted":[{"recordingId":"b","error":"in progress"}]}"#;
    let expected = Ok(vec![Deleted, Failed("in progress".into())]);
    assert_eq!(outcomes(&["a", "b"], &json_answer(200, b)), expected);
    let v3_4 = r#"{"message":"1 recording(s) could not be deleted","deleted":["a"],"failed":[{"recordingId":"b","error":"in progress"}]}"#;
    assert_eq!(outcomes(&["a", "b"], &json_answer(400, v3_4)), expected);
    let ok = r#"{"message":"All recordings deleted successfully","deleted":["a","b"]}"#;
    assert_eq!(outcomes(&["a", "b"], &json_answer(200, ok)), Ok(vec![Deleted, Deleted]));
    assert_eq!(outcomes(&["a"], &json_answer(200, r#"{"message":"ok"}"#)), Ok(vec![Deleted]));
}

#[test]
fn an_id_that_the_report_leaves_out_is_not_called_deleted() {
    let silent = json_answer(200, r#"{"deleted":["a"],"notDeleted":[]}"#);
    assert_eq!(outcomes(&["a", "b"], &silent).unwrap()[1], DeleteOutcome::Failed(String::new()));
}

#[test]
fn a_refused_delete_request_is_an_error() {
    assert_eq!(outcomes(&["a", "b"], &bare(401)), Err(Error::SignedOut));
    assert_eq!(outcomes(&["a", "b"], &bare(403)), Err(Error::Forbidden));
    assert!(matches!(outcomes(&["a", "b"], &bare(400)), Err(Error::Server { status: 400, .. })));
}

#[test]
fn sign_in_and_refresh_have_statuses_of_their_own() {
    assert_eq!(OpenViduMeet::read_sign_in(&bare(404)), Err(Error::BadCredentials));
    assert_eq!(
        OpenViduMeet::read_sign_in(&bare(429)),
        Err(Error::RateLimited { retry_after: None })
    );
    assert_eq!(OpenViduMeet::read_refresh(&bare(400)), Err(Error::SignedOut));
    assert_eq!(OpenViduMeet::read_refresh(&bare(200)), Ok(()));
    assert!(matches!(OpenViduMeet::read_refresh(&bare(503)), Err(Error::Server { .. })));
}

#[test]
fn a_cookie_that_did_not_come_back_is_not_a_wrong_password() {
    assert_eq!(OpenViduMeet::read_profile(&bare(401)), Err(Error::CookieRefused));
    assert_eq!(OpenViduMeet::read_profile(&bare(200)), Ok(()));
}

#[test]
fn a_list_that_is_not_there_says_that_the_api_is_not() {
    assert_eq!(OpenViduMeet::read_list(&bare(404)), Err(Error::Unexpected(Unexpected::NoApi)));
}

#[test]
fn only_web_links_are_shared() {
    let share = |url: &str| {
        OpenViduMeet::read_share(&json_answer(200, &serde_json::json!({ "url": url }).to_string()))
    };
    assert!(share("https://meet.example/recording/a?secret=b").is_ok());
    for bad in ["javascript:alert(1)", "data:text/html,x", "//evil/x", "http://a b", ""] {
        assert_eq!(share(bad), Err(Error::Unexpected(Unexpected::UnsafeLink)), "{bad}");
    }
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            prop::collection::hash_map(any::<String>(), inner, 0..4)
                .prop_map(|map| map.into_iter().collect::<serde_json::Map<_, _>>().into()),
        ]
    })
}

const FIELDS: [&str; 12] = [
    "roomId",
    "roomName",
    "status",
    "filename",
    "startDate",
    "endDate",
    "duration",
    "size",
    "errorCode",
    "error",
    "details",
    "extra",
];

proptest! {
    /// Whatever stands in a field, its row and its neighbours are still there.
    #[test]
    fn any_value_in_any_field_loses_no_row(values in prop::collection::vec(any_json(), FIELDS.len())) {
        let mut row: serde_json::Map<_, _> =
            FIELDS.iter().map(|name| (*name).to_owned()).zip(values).collect();
        row.insert("recordingId".into(), "a--EG_1--b".into());
        let body = serde_json::json!({ "recordings": [row, { "recordingId": "c" }] });
        let page = OpenViduMeet::read_list(&json_answer(200, &body.to_string())).unwrap();
        prop_assert_eq!(page.items.len(), 2);
    }

    #[test]
    fn any_body_is_read_or_refused(body in any_json(), status in 100_u16..600) {
        let answer = json_answer(status, &body.to_string());
        let _ = OpenViduMeet::read_list(&answer);
        let _ = OpenViduMeet::read_get(&answer);
        let _ = OpenViduMeet::read_share(&answer);
        let _ = OpenViduMeet::read_rooms(&answer);
        if let Ok(report) = OpenViduMeet::read_delete(&[id("a"), id("b")], &answer) {
            prop_assert_eq!(report.outcomes.len(), 2);
        }
    }
}
