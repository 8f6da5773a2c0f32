use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::provider::testing::{answer, any_json, any_row};

fn id(text: &str) -> RoomId {
    RoomId(text.into())
}

#[test]
fn lists_and_rooms_are_asked_for_with_their_links() {
    assert_eq!(
        Whereby.list(Some(&Cursor("a+/=".into()))).target,
        "/v1/meetings?limit=100&fields=hostRoomUrl%2CviewerRoomUrl&cursor=a%2B%2F%3D"
    );
    assert_eq!(
        Whereby.get(&id("1/2")).target,
        "/v1/meetings/1%2F2?fields=hostRoomUrl%2CviewerRoomUrl"
    );
}

#[test]
fn reads_a_page() {
    let page = Whereby.read_list(None, &answer(200, include_str!("fixtures/list.json"))).unwrap();
    assert_eq!((page.items.len(), page.unreadable), (2, 0));
    assert_eq!(page.next, Some(Cursor("b37b8154ded84b298de3d9d2241a40ed".into())));
    let it = &page.items[0];
    assert_eq!((&it.id, it.recorded_id()), (&id("101"), "/board_meeting_q3-d16karptk1rblod"));
    assert_eq!(it.name.as_deref(), Some("board_meeting_q3-d16karptk1rblod"));
    assert_eq!(
        (it.created_at, it.settings.deletes_at),
        (Some(1_731_725_379_665), Some(1_829_837_530_751))
    );
    let roles: Vec<RoomRole> = it.links.iter().map(|it| it.role).collect();
    assert_eq!(roles, Whereby.capabilities().links);
    assert_eq!(it.status, None);
}

#[test]
fn what_is_hidden_or_odd_is_left_out_and_keys_are_never_told() {
    let body = json!({ "results": [{
        "meetingId": "1", "roomUrl": "javascript:x", "endDate": "never",
        "recording": { "destination": { "accessKeySecret": "canary" } } }] });
    let page = Whereby.read_list(None, &answer(200, &body.to_string())).unwrap();
    let it = &page.items[0];
    assert!(it.links.is_empty() && it.settings.deletes_at.is_none());
    assert!(!format!("{it:?}").contains("canary"));
}

#[test]
fn a_meeting_is_made_until_a_date() {
    let settings = RoomSettings {
        name: " Physics - ".into(),
        deletes_at: Some(1_761_812_100_500),
        is_group: true,
        ..RoomSettings::default()
    };
    let request = Whereby.create(&settings).unwrap();
    let body: Value = serde_json::from_str(&request.body.unwrap()).unwrap();
    let expected = json!({ "endDate": "2025-10-30T08:15:00.500Z", "roomNamePrefix": "physics-",
        "isLocked": false, "roomMode": "group", "fields": ["hostRoomUrl", "viewerRoomUrl"] });
    assert_eq!(body, expected);
    let refused = Whereby.read_created(&answer(400, r#"{"error":"Invalid endDate"}"#));
    let Err(Error::Invalid(details)) = refused else { panic!("{refused:?}") };
    assert_eq!(Whereby.field(&details[0].field), Some(RoomField::DeletesAt));
    let other = Whereby.read_created(&answer(400, r#"{"error":"Invalid body"}"#));
    assert!(matches!(other, Err(Error::Server { status: 400, .. })));
}

#[test]
fn deleting_is_one_by_one() {
    let request = Whereby.delete(&[id("101")], DeletionPolicy::SAFE).unwrap();
    assert_eq!(request.target, "/v1/meetings/101");
    assert_eq!(Whereby.delete(&[id("1"), id("2")], DeletionPolicy::SAFE), None);
    let outcome = |status| {
        let report = Whereby.read_delete(&[id("1")], &answer(status, ""));
        report.map(|mut it| it.outcomes.remove(0).1)
    };
    let gone = RoomOutcome::Deleted { with_meeting: false, with_recordings: false };
    assert_eq!(outcome(204), Ok(gone));
    assert_eq!(outcome(404), Ok(RoomOutcome::AlreadyGone));
    assert_eq!(outcome(403), Err(Error::Forbidden));
    let busy = answer(429, r#"{"data":{"msLeft":1500}}"#);
    let busy = Whereby.read_delete(&[id("1")], &busy);
    assert_eq!(busy, Err(Error::RateLimited { retry_after: Some(2) }));
}

const FIELDS: &[&str] = &["startDate", "endDate", "roomName", "roomUrl", "hostRoomUrl"];

proptest! {
    #[test]
    fn dates_are_read_as_they_are_written(ms in -62_000_000_000_000..250_000_000_000_000_i64) {
        prop_assert_eq!(rfc3339(&iso(ms)), Some(ms));
    }

    #[test]
    fn no_answer_upsets_a_reader(status in 200..600_u16, body in any_json(), row in any_row(("meetingId", "1"), FIELDS)) {
        let it = answer(status, &body.to_string());
        let _ = (Whereby.read_list(None, &it), Whereby.read_get(&id("1"), &it), Whereby.read_created(&it));
        if let Ok(report) = Whereby.read_delete(&[id("1")], &it) {
            prop_assert_eq!(report.outcomes.len(), 1);
        }
        let page = json!({ "results": [row] }).to_string();
        let page = Whereby.read_list(None, &answer(200, &page)).unwrap();
        prop_assert_eq!((page.items.len(), page.unreadable), (1, 0));
    }
}
