//! What a deletion asks, and what every answer to it means.

use super::*;

#[test]
fn deleting_asks_what_the_generation_lets_it() {
    let force =
        DeletionPolicy { with_meeting: WithMeeting::Force, with_recordings: WithRecordings::Force };
    let target = |version, ids: &[RoomId], policy| {
        at(version).delete(ids, policy).map(|it| (it.method, it.target))
    };
    let one = [id("a")];
    let two = [id("a"), id("b,c")];
    let delete = |target: &str| Some((Method::Delete, target.to_owned()));
    let safe = DeletionPolicy::SAFE;
    assert_eq!(target(Version::A, &one, force), delete("/meet/api/v1/rooms/a"));
    assert_eq!(target(Version::A, &two, safe), None);
    assert_eq!(target(Version::B, &one, safe), delete("/api/v1/rooms/a"));
    assert_eq!(
        target(Version::B, &two, force),
        delete("/api/v1/rooms?roomIds=a%2Cb%2Cc&force=true")
    );
    assert_eq!(
        target(Version::V34, &one, safe),
        delete("/api/v1/rooms/a?withMeeting=fail&withRecordings=fail")
    );
    assert_eq!(
        target(Version::V39, &two, DeletionPolicy::default()),
        delete(
            "/meet/api/v1/rooms?roomIds=a%2Cb%2Cc&withMeeting=when_meeting_ends&withRecordings=close"
        )
    );
    assert_eq!(target(Version::V39, &[], safe), None);
}

fn outcome(status: u16, body: &str) -> RoomOutcome {
    let report = at(Version::V39).read_delete(&[id("a")], &answer(status, body)).unwrap();
    assert_eq!(report.outcomes.len(), 1);
    report.outcomes.into_iter().next().unwrap().1
}

#[test]
fn every_code_of_a_deletion_says_what_happened() {
    use RoomOutcome::*;
    for (status, code, expected) in [
        (200, "room_deleted", Deleted { with_meeting: false, with_recordings: false }),
        (
            200,
            "room_with_active_meeting_deleted",
            Deleted { with_meeting: true, with_recordings: false },
        ),
        (
            200,
            "room_and_recordings_deleted",
            Deleted { with_meeting: false, with_recordings: true },
        ),
        (
            200,
            "room_with_active_meeting_and_recordings_deleted",
            Deleted { with_meeting: true, with_recordings: true },
        ),
        (200, "room_closed", Closed { with_meeting: false }),
        (200, "room_with_active_meeting_closed", Closed { with_meeting: true }),
        (
            202,
            "room_with_active_meeting_scheduled_to_be_deleted",
            ToBeDeleted { with_recordings: false },
        ),
        (
            202,
            "room_with_active_meeting_and_recordings_scheduled_to_be_deleted",
            ToBeDeleted { with_recordings: true },
        ),
        (202, "room_with_active_meeting_scheduled_to_be_closed", ToBeClosed),
    ] {
        let item = json!({ "roomId": "a", "successCode": code, "message": "m", "room": {} });
        assert_eq!(outcome(status, &item.to_string()), expected, "{code}");
        for name in ["successful", "deleted"] {
            let bulk = json!({ "message": "m", name: [item] }).to_string();
            assert_eq!(outcome(200, &bulk), expected, "{name} {code}");
        }
    }
    let (both, cannot_wait) = (
        Obstacle { meeting: true, recordings: true, cannot_wait: false },
        Obstacle { meeting: true, recordings: true, cannot_wait: true },
    );
    for (code, obstacle) in [
        ("room_has_active_meeting", Obstacle { meeting: true, ..Obstacle::default() }),
        ("room_has_recordings", Obstacle { recordings: true, ..Obstacle::default() }),
        ("room_with_active_meeting_has_recordings", both),
        ("room_with_recordings_has_active_meeting", both),
        ("room_with_active_meeting_has_recordings_cannot_schedule_deletion", cannot_wait),
    ] {
        let item = json!({ "roomId": "a", "error": code, "message": "m" });
        assert_eq!(outcome(409, &item.to_string()), Refused(obstacle), "{code}");
        let bulk = json!({ "message": "m", "failed": [item] }).to_string();
        assert_eq!(outcome(400, &bulk), Refused(obstacle), "{code}");
    }
    let other = r#"{"error":"Room Error","message":"Room 'a' has an active meeting"}"#;
    assert_eq!(outcome(409, other), Failed("Room 'a' has an active meeting".into()));
}

#[test]
fn answers_of_other_generations_say_what_happened() {
    let gone = RoomOutcome::Deleted { with_meeting: false, with_recordings: false };
    let later = RoomOutcome::ToBeDeleted { with_recordings: false };
    assert_eq!(outcome(204, ""), gone);
    assert_eq!(outcome(202, r#"{"message":"Room a marked for deletion"}"#), later);
    assert_eq!(outcome(200, r#"{"message":"m","deletedRooms":["a"]}"#), gone);
    assert_eq!(outcome(404, "{}"), RoomOutcome::AlreadyGone);
    let mixed = answer(200, r#"{"deleted":["a"],"markedForDeletion":["b"]}"#);
    let ids = [id("a"), id("b"), id("c")];
    let report = at(Version::B).read_delete(&ids, &mixed).unwrap();
    let unknown = RoomOutcome::Failed(String::new());
    let expected = ids.into_iter().zip([gone, later, unknown]).collect::<Vec<_>>();
    assert_eq!(report.outcomes, expected);
    let refused = at(Version::V34).read_delete(
        &expected.iter().map(|it| it.0.clone()).collect::<Vec<_>>(),
        &answer(403, "{}"),
    );
    assert_eq!(refused, Err(Error::Forbidden));
}
